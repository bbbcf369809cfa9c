"""Tables of tasks: which column is which, the rows with what each gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from danvan_cli.passage import Passage, Role
from danvan_cli.reading.document import Grid, GridCell, ItemNumber, TaskRow, with_role
from danvan_cli.reading.numbers import row_number
from danvan_cli.text import ALPHABET, fold, squeeze

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tt", re.compile(r"(?:s?tt|số tt|số thứ tự|stt\.?|số)$")),
    ("phoi_hop", re.compile("phối hợp")),
    ("thoi_gian", re.compile("thời gian|thời hạn|thời điểm|tiến độ|hoàn thành|hạn ")),
    (
        "chu_tri",
        re.compile(
            "chủ trì|(?:cơ quan|đơn vị|bộ phận|phòng|ban).*(?:thực hiện|phụ trách|chịu trách nhiệm)"
            "|tham mưu|phân công|đầu mối"
        ),
    ),
    ("noi_dung", re.compile("nhiệm vụ|nội dung|mục tiêu|giải pháp|công việc|chỉ tiêu|việc$")),
)
_ROLES: Mapping[str, Role] = {
    "noi_dung": "noi_dung",
    "chu_tri": "chu_tri",
    "phoi_hop": "phoi_hop",
    "thoi_gian": "thoi_gian",
}
_GROUP_NUMBER = re.compile(r"(?:\d+|[IVXL]+)$")
_ROMAN = re.compile(r"[IVXL]+$")
_GridRow = dict[int, GridCell]
_HEAD_ROWS = 3
"""A head stands this far down at most: a row with the table's title may come first."""


@dataclass(frozen=True)
class TaskTable:
    """A table of tasks: its rows, its numbers in order, every passage in order.

    `columns` are the names of its columns by the grid column each stands in.
    """

    rows: tuple[TaskRow, ...]
    numbers: tuple[ItemNumber, ...]
    passages: tuple[Passage, ...]
    columns: Mapping[int, str]


def read_table(table: Grid, order: int, before: TaskTable | None = None) -> TaskTable | None:
    """`table`, the document's task table number `order`, as tasks; None where it lists none.

    It does when its head, in one of its first rows, has a column for the task, and one TT or one
    for who leads; a table without a head that stands right after `before` and has its columns goes on with it.
    """
    grid = [_on_grid(row) for row in table.rows]
    for top in range(min(len(grid), _HEAD_ROWS)):
        merged = len(grid) > top + 1 and any(c.continued for c in grid[top + 1].values())
        head = top + 1 + merged
        names = _names(grid[top:head])
        fields = _fields(names)
        found = set(fields.values())
        if "noi_dung" in found and found & {"tt", "chu_tri"}:
            return _TableReader(order, names, fields).read(grid, head)
    if before is not None and _goes_on(grid, before):
        return _TableReader(order, before.columns, _fields(before.columns)).read(grid, 0)
    return None


def _goes_on(grid: list[_GridRow], before: TaskTable) -> bool:
    """Whether a table broken in two goes on here: as many columns, and its first cell a number."""
    width = max(before.columns, default=-1) + 1
    first = next((row for row in grid if row), {})
    tt = next((at for at, field in _fields(before.columns).items() if field == "tt"), 0)
    cell = first.get(tt)
    numbered = cell is not None and cell.passage is not None and row_number(cell.passage)
    return bool(numbered) and max(max(row) + row[max(row)].span for row in grid if row) == width


def _on_grid(row: tuple[GridCell, ...]) -> _GridRow:
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


def _fields(names: Mapping[int, str]) -> dict[int, str]:
    """The field of each column; a second column for the same field is none of ours."""
    made: dict[int, str] = {}
    for at, name in names.items():
        field = next((field for field, pattern in _COLUMNS if pattern.search(fold(name))), "")
        spans = names.get(at - 1) == name
        made[at] = field if spans or field not in made.values() else ""
    return made


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
                    self.passages.append(with_role(cell.passage, "tieu_de", "dong_tieu_de", where))
        rows: list[TaskRow | None] = []
        for index, cells in enumerate(grid[head:], 1):
            if self._repeats_head(cells):
                for cell in cells.values():
                    if cell.passage:
                        where = f"bảng {self.order}, dòng tiêu đề lặp lại"
                        self.passages.append(
                            with_role(cell.passage, "tieu_de", "dong_tieu_de", where)
                        )
            else:
                rows.append(self._row(cells, index))
        numbers = [row_number(row.tt[0]) for row in rows if row and row.tt]
        return TaskTable(
            tuple(row for row in rows if row),
            tuple(number for number in numbers if number),
            tuple(self.passages),
            self.names,
        )

    def _repeats_head(self, cells: _GridRow) -> bool:
        """Whether a row is the head once more, as people repeat it by hand on each page."""
        said = {at: fold(c.passage.text) for at, c in cells.items() if c.passage}
        return len(said) > 1 and all(fold(self.names.get(at, "")) == t for at, t in said.items())

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

    def _row(self, cells: _GridRow, index: int) -> TaskRow | None:
        number = self._number(cells)
        group = self._names_group(cells, number)
        given: defaultdict[str, list[Passage]] = defaultdict(list)
        other: list[tuple[int, Passage]] = []
        for at, cell in cells.items():
            field = self.fields.get(at, "")
            if cell.passage:
                self.above[at] = self._cell(at, cell.passage, number or f"thứ {index}", group)
                self.passages.append(self.above[at])
            elif not cell.continued or field == "tt":
                self.above.pop(at, None)
            if at in self.above and (cell.passage or cell.continued):
                given[field].append(self.above[at])
                if not field:
                    other.append((at, self.above[at]))
        if not given:
            return None
        return TaskRow(
            form="bang",
            number=number,
            place=next(iter(given.values()))[0].locate(0),
            tt=tuple(given["tt"]),
            noi_dung=tuple(given["noi_dung"]),
            chu_tri=tuple(given["chu_tri"]),
            phoi_hop=tuple(given["phoi_hop"]),
            thoi_gian=tuple(given["thoi_gian"]),
            khac=tuple((self.names.get(p[0], ""), p[1]) for p in other),
            group=group,
            columns=tuple(dict.fromkeys(self.names.values())),
        )

    def _cell(self, at: int, passage: Passage, row: str, group: bool) -> Passage:
        field, name = self.fields.get(at, ""), self.names.get(at, "")
        role: Role = "tieu_de" if group and field != "tt" else _ROLES.get(field, "chu")
        where = f"bảng {self.order}, dòng {row}, cột {name}"
        return with_role(passage, role, f"{row}.{field or name}", where)

    def _names_group(self, cells: _GridRow, number: str) -> bool:
        """Whether a row only names a group: one text over the other columns, in capitals, or Roman."""
        filled = [(at, c) for at, c in cells.items() if c.passage and self.fields.get(at) != "tt"]
        if len(filled) != 1:
            return False
        _, cell = filled[0]
        text = cell.passage.text if cell.passage else ""
        numbered = _GROUP_NUMBER.match(number) is not None
        return cell.span > 1 or (numbered and (text.isupper() or bool(_ROMAN.match(number))))
