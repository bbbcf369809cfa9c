"""Tables of tasks: which column is which, the rows with what each gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from danvan_cli.passage import Passage, Role
from danvan_cli.reading.document import Cell, Numbered, Row, Table, named
from danvan_cli.reading.numbers import row_number
from danvan_cli.text import ALPHABET, fold, squeeze

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tt", re.compile(r"(?:s?tt|số tt|số thứ tự)$")),
    ("phoi_hop", re.compile("phối hợp")),
    ("thoi_gian", re.compile("thời gian|thời hạn|tiến độ|hoàn thành")),
    ("chu_tri", re.compile("chủ trì|(?:cơ quan|đơn vị|bộ phận).*thực hiện|tham mưu")),
    ("noi_dung", re.compile("nhiệm vụ|nội dung|mục tiêu|giải pháp|công việc|chỉ tiêu")),
)
_ROLES: Mapping[str, Role] = {
    "noi_dung": "noi_dung",
    "chu_tri": "chu_tri",
    "phoi_hop": "phoi_hop",
    "thoi_gian": "thoi_gian",
}
_GROUP_NUMBER = re.compile(r"(?:\d+|[IVXL]+)$")
_GridRow = dict[int, Cell]


@dataclass(frozen=True)
class TaskTable:
    """A table of tasks: its rows, its numbers in order, every passage in order."""

    rows: tuple[Row, ...]
    numbers: tuple[Numbered, ...]
    passages: tuple[Passage, ...]


def read_table(table: Table, order: int) -> TaskTable | None:
    """`table`, the document's task table number `order`, as tasks; None where it lists none.

    It does when its head has a column TT and one for the task.
    """
    grid = [_on_grid(row) for row in table.rows]
    head = 1 + (len(grid) > 1 and any(c.continued for c in grid[1].values()))
    names = _names(grid[:head])
    fields = {at: _field(name) for at, name in names.items()}
    if not {"tt", "noi_dung"} <= set(fields.values()):
        return None
    return _TableReader(order, names, fields).read(grid, head)


def _on_grid(row: tuple[Cell, ...]) -> _GridRow:
    """The cells of a row by the column each begins in."""
    made: _GridRow = {}
    at = 0
    for cell in row:
        made[at] = cell
        at += cell.span
    return made


def _names(head: list[_GridRow]) -> dict[int, str]:
    """The name of each column; in a head of two rows the lower one wins where it says more."""
    names: dict[int, str] = {}
    for row in head:
        for start, cell in row.items():
            if cell.passage:
                for at in range(start, start + cell.span):
                    names[at] = squeeze(cell.passage.text)
    return names


def _field(name: str) -> str:
    return next((field for field, pattern in _COLUMNS if pattern.search(fold(name))), "")


class _TableReader:
    def __init__(self, order: int, names: Mapping[int, str], fields: Mapping[int, str]) -> None:
        self.order, self.names, self.fields = order, names, fields
        self.above: dict[int, Passage] = {}
        self.passages: list[Passage] = []
        self.parent = ""

    def read(self, grid: list[_GridRow], head: int) -> TaskTable:
        for cells in grid[:head]:
            for cell in cells.values():
                if cell.passage:
                    where = f"bảng {self.order}, dòng tiêu đề"
                    self.passages.append(named(cell.passage, "tieu_de", "dong_tieu_de", where))
        rows = [self._row(cells, index) for index, cells in enumerate(grid[head:], 1)]
        numbers = [row_number(row.tt[0]) for row in rows if row and row.tt]
        return TaskTable(
            tuple(row for row in rows if row),
            tuple(number for number in numbers if number),
            tuple(self.passages),
        )

    def _number(self, cells: _GridRow) -> str:
        """The number of a row; a point says whose it is: 3.5.đ."""
        for at, cell in cells.items():
            if cell.passage and self.fields.get(at) == "tt":
                number = squeeze(cell.passage.text).rstrip(".)")
                if number in ALPHABET and self.parent:
                    return f"{self.parent}.{number}"
                self.parent = number
                return number
        return ""

    def _row(self, cells: _GridRow, index: int) -> Row | None:
        number = self._number(cells)
        group = self._names_group(cells, number)
        given: defaultdict[str, list[Passage]] = defaultdict(list)
        for at, cell in cells.items():
            field = self.fields.get(at, "")
            if cell.passage:
                self.above[at] = self._cell(at, cell.passage, number or f"thứ {index}", group)
                self.passages.append(self.above[at])
            elif not cell.continued or field == "tt":
                self.above.pop(at, None)
            if at in self.above and (cell.passage or cell.continued):
                given[field].append(self.above[at])
        if not given:
            return None
        return Row(
            form="bang",
            number=number,
            place=next(iter(given.values()))[0].locate(0),
            tt=tuple(given["tt"]),
            noi_dung=tuple(given["noi_dung"]),
            chu_tri=tuple(given["chu_tri"]),
            phoi_hop=tuple(given["phoi_hop"]),
            thoi_gian=tuple(given["thoi_gian"]),
            group=group,
        )

    def _cell(self, at: int, passage: Passage, row: str, group: bool) -> Passage:
        field, name = self.fields.get(at, ""), self.names.get(at, "")
        role: Role = "tieu_de" if group and field != "tt" else _ROLES.get(field, "chu")
        where = f"bảng {self.order}, dòng {row}, cột {name}"
        return named(passage, role, f"{row}.{field or name}", where)

    def _names_group(self, cells: _GridRow, number: str) -> bool:
        """Whether a row only names a group: one text over the other columns, or in capitals."""
        filled = [(at, c) for at, c in cells.items() if c.passage and self.fields.get(at) != "tt"]
        if len(filled) != 1:
            return False
        _, cell = filled[0]
        text = cell.passage.text if cell.passage else ""
        return cell.span > 1 or (text.isupper() and _GROUP_NUMBER.match(number) is not None)
