"""Tables of tasks as Word and people make them."""

from __future__ import annotations

import pytest

from danvan_cli.findings import Place
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Grid, GridCell
from danvan_cli.reading.tables import TaskTable, read_table

HEAD = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện"


def table(*lines: str) -> Grid:
    """A table of `lines`, cells parted by bars; `^` goes on with the cell above, `>` spans two."""
    rows = []
    for line in lines:
        cells = []
        for text in (part.strip() for part in line.split("|")):
            span = 2 if text.startswith(">") else 1
            text = text.removeprefix(">").strip()
            shown = (
                Passage(text, "chu", "", lambda _: Place("t", 1)) if text not in ("", "^") else None
            )
            cells.append(GridCell(shown, span, text == "^"))
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def read(*lines: str, before: TaskTable | None = None) -> TaskTable:
    made = read_table(table(*lines), 1, before)
    assert made is not None
    return made


def said(task_table: TaskTable) -> list[str]:
    fields = ("noi_dung", "chu_tri", "phoi_hop", "thoi_gian")
    return [
        f"{row.number}: " + " / ".join("+".join(p.text for p in getattr(row, f)) for f in fields)
        for row in task_table.rows
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            (HEAD, "1 | Việc một | A | B | Quý I"), ["1: Việc một / A / B / Quý I"], id="plain"
        ),
        pytest.param(
            (HEAD, "1 | Việc một | A | B | C", HEAD, "2 | Việc hai | D | E | F"),
            ["1: Việc một / A / B / C", "2: Việc hai / D / E / F"],
            id="head repeated by hand",
        ),
        pytest.param(
            ("> DANH MỤC NHIỆM VỤ | > | ", HEAD, "1 | Việc một | A | B | C"),
            ["1: Việc một / A / B / C"],
            id="a row with the title above the head",
        ),
        pytest.param(
            (
                "STT | Nội dung công việc | Thời hạn hoàn thành | Đơn vị chủ trì | Đơn vị phối hợp",
                "1 | Việc một | Quý I | A | B",
            ),
            ["1: Việc một / A / B / Quý I"],
            id="other labels, another order",
        ),
        pytest.param(
            ("TT | Nội dung | Bộ phận phụ trách | Hạn xong", "1 | Việc một | A | Quý I"),
            ["1: Việc một / A /  / Quý I"],
            id="fewer columns",
        ),
        pytest.param(
            (HEAD, "1 | Việc một | A | B | C", "2 | Việc hai | ^ | ^ | D"),
            ["1: Việc một / A / B / C", "2: Việc hai / A / B / D"],
            id="cells merged downwards",
        ),
    ],
)
def test_a_table_gives_its_tasks(lines: tuple[str, ...], expected: list[str]) -> None:
    assert said(read(*lines)) == expected


def test_a_column_of_another_kind_is_kept_with_its_name() -> None:
    made = read(f"{HEAD} | Sản phẩm | Ghi chú", "1 | Việc | A | B | C | Báo cáo | gấp")
    assert [(name, p.text) for name, p in made.rows[0].khac] == [
        ("Sản phẩm", "Báo cáo"),
        ("Ghi chú", "gấp"),
    ]


def test_a_table_broken_in_two_goes_on() -> None:
    first = read(HEAD, "1 | Việc một | A | B | C")
    assert said(read("2 | Việc hai | D | E | F", before=first)) == ["2: Việc hai / D / E / F"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("Nơi nhận | CHỦ TỊCH",), id="signatures"),
        pytest.param(("2 | Việc hai | D",), id="fewer columns than the table before"),
        pytest.param(("Tên | Việc hai | D | E | F",), id="no number in its first cell"),
    ],
)
def test_another_table_does_not_go_on_with_the_one_before(lines: tuple[str, ...]) -> None:
    first = read(HEAD, "1 | Việc một | A | B | C")
    assert read_table(table(*lines), 2, first) is None
