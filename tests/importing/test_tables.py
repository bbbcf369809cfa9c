"""Tables as Word and people make them: read, told apart, and no word of them lost."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.cli.app import run
from danvan_cli.importing.paper import rival_lists, taking
from danvan_cli.importing.unit import UnitImport, import_unit
from danvan_cli.reading.lines import word_lines
from danvan_cli.reading.reader import document_in
from danvan_cli.word.names import W
from danvan_cli.word.revisions import settled
from tests.cities import SMALL, small_city
from tests.hands import with_body

HEADS = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"]
TASKS = [
    (
        "Tuyên truyền, quán triệt các văn bản về công tác dân vận trên địa bàn xã",
        "Phòng Văn hóa - Xã hội",
        "Công an xã",
        "Thường xuyên",
    ),
    (
        "Sửa đổi, bổ sung Quy chế dân chủ ở cơ sở",
        "Phòng Văn hóa - Xã hội",
        "",
        "Trước ngày 28/02/2027",
    ),
    (
        "Tổ chức đối thoại với Nhân dân tại các thôn",
        "Văn phòng HĐND và UBND",
        "Công an xã",
        "Quý III/2027",
    ),
]
SOURCES = ["quan-triet", "quy-che-dan-chu", "doi-thoai"]
Made = Any
"""A document of python-docx, or a table of it; the library has no types."""


def started(kind: str = "DANH MỤC") -> Made:
    made = docx.Document()
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG XUÂN"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    made.add_paragraph(kind)
    made.add_paragraph("nhiệm vụ công tác dân vận năm 2027 của xã Đông Xuân")
    return made


def table_of(made: Made, heads: list[str], rows: list[list[str]]) -> Made:
    table = made.add_table(1, len(heads))
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def numbered(first: int = 1, tasks: list[tuple[str, str, str, str]] = TASKS) -> list[list[str]]:
    return [[str(n), *task] for n, task in enumerate(tasks, start=first)]


def plain(made: Made) -> None:
    table_of(made, HEADS, numbered())


def head_of_two_rows(made: Made) -> None:
    table = table_of(
        made, ["STT", "Nội dung công việc", "Phân công", "", "Thời hạn hoàn thành"], []
    )
    cells = table.add_row().cells
    cells[2].text, cells[3].text = "Đơn vị chủ trì", "Đơn vị phối hợp"
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    group = table.add_row().cells
    group[0].merge(group[4]).text = "I. Tuyên truyền"
    for row in numbered():
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def head_by_hand_again(made: Made) -> None:
    table_of(made, HEADS, [*numbered()[:1], HEADS, *numbered()[1:]])


def broken_in_two(made: Made) -> None:
    table_of(made, HEADS, numbered()[:1])
    made.add_paragraph("")
    table_of(made, numbered()[1], numbered()[2:])


def broken_with_its_head(made: Made) -> None:
    table_of(made, HEADS, numbered()[:2])
    made.add_paragraph("Tiếp theo")
    table_of(made, HEADS, numbered()[2:])


def other_columns(made: Made) -> None:
    heads = ["Số TT", "Thời hạn", "Cơ quan tham mưu", "Nội dung, nhiệm vụ", "Phối hợp", "Ghi chú"]
    rows = [[n, when, who, text, more, ""] for n, text, who, more, when in numbered()]
    table_of(made, heads, rows)


def no_numbers(made: Made) -> None:
    table_of(made, HEADS[1:], [list(task) for task in TASKS])


def numbers_of_word(made: Made) -> None:
    table = table_of(made, HEADS, [])
    for task in TASKS:
        cells = table.add_row().cells
        cells[0].paragraphs[0].style = "List Number"
        for cell, text in zip(cells[1:], task, strict=True):
            cell.text = text


def decomposed(made: Made) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    rows = [
        [
            unicodedata.normalize("NFD", x).replace(" ", "\u00a0", 1).replace(" ", "  ", 1)
            for x in row
        ]
        for row in numbered()
    ]
    table_of(made, HEADS, rows)


def table_in_table(made: Made) -> None:
    table = table_of(made, HEADS, numbered())
    inner = table.cell(2, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Chỉ tiêu", "90%"


def roman_groups(made: Made) -> None:
    one, two, three = numbered()
    table_of(
        made,
        HEADS,
        [
            ["I", "Tuyên truyền", "", "", ""],
            one,
            ["II", "Dân chủ", "", "", ""],
            ["1", *two[1:]],
            ["2", *three[1:]],
        ],
    )


def one_cell_for_who(made: Made) -> None:
    rows = [
        [n, text, f"Chủ trì: {who}\nPhối hợp: {more or 'không'}", when]
        for n, text, who, more, when in numbered()
    ]
    table_of(made, ["TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"], rows)


def who_for_several_rows(made: Made) -> None:
    table = table_of(made, HEADS, numbered())
    table.cell(1, 2).merge(table.cell(2, 2)).text = "Phòng Văn hóa - Xã hội"


def tracked(made: Made) -> None:
    table = table_of(made, HEADS, [*numbered(), ["4", "Việc đã bỏ", "", "", ""]])
    row = table.rows[4]._tr
    mark = etree.SubElement(row.get_or_add_trPr(), f"{W}del")
    mark.set(f"{W}id", "900")


KINDS: list[Callable[[Made], None]] = [
    *(plain, head_of_two_rows, head_by_hand_again, broken_in_two, broken_with_its_head),
    *(other_columns, no_numbers, numbers_of_word, decomposed, table_in_table, roman_groups),
    *(one_cell_for_who, who_for_several_rows, tracked),
]


def saved(made: Made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), "accept")


def imported(data: bytes, lines: bytes | None = None) -> UnitImport:
    catalogue = small_city()
    unit = next(u for u in catalogue.units if u.ma == "dong-xuan")
    return import_unit(document_in(data, "x.docx"), word_lines(lines or data), catalogue, unit)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_table_of_this_kind_is_read_as_any(kind: Callable[[Made], None]) -> None:
    made = started()
    kind(made)
    found = imported(saved(made))
    assert [each.match.sources for each in found.aligned] == [(ma,) for ma in SOURCES]
    assert found.unknown == ()
    # A line between tables, the name of a group that the city does not have: both are told.
    assert found.left_over == () or kind in (broken_with_its_head, roman_groups)
    if kind not in (no_numbers, roman_groups):
        assert [each.task.so for each in found.aligned] == ["1", "2", "3"]
    leads = [" ".join(p.text for p in each.task.chu_tri) for each in found.aligned]
    assert [unicodedata.normalize("NFC", x).replace("\u00a0", " ").split() for x in leads] == [
        task[1].split() for task in TASKS
    ]


def two_lists() -> bytes:
    made = started()
    plain(made)
    made.add_paragraph("Lịch kiểm tra năm 2027")
    table_of(
        made,
        ["TT", "Nội dung kiểm tra", "Đơn vị chủ trì", "Thời gian"],
        [[str(n), f"Kiểm tra thôn {n}", "Công an xã", "Quý II/2027"] for n in (1, 2)],
    )
    return saved(made)


def test_two_tables_that_could_be_it_are_told_apart() -> None:
    document = document_in(two_lists(), "x.docx")
    one, other = rival_lists(document)
    assert (one.count, other.count) == (3, 2)
    chosen, aside = taking(document, (one, other), [one])
    assert [row.number for row in chosen.rows] == ["1", "2", "3"]
    assert {p.text for p in aside} >= {"Kiểm tra thôn 1", "Kiểm tra thôn 2"}
    assert rival_lists(chosen) == ()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", str(SMALL))
    return tmp_path


def test_of_two_tables_one_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "hai.docx").write_bytes(two_lists())
    assert run(["import", "hai.docx"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "1. 3 nhiệm vụ, các cột TT, Nhiệm vụ, Cơ quan chủ trì, Cơ quan phối hợp, Thời gian thực"
        " hiện: “Tuyên truyền, quán triệt các văn bản về công tác dân vận…”",
        "2. 2 nhiệm vụ, các cột TT, Nội dung kiểm tra, Đơn vị chủ trì, Thời gian:"
        " “Kiểm tra thôn 1”",
        "Lỗi: Văn bản có 2 bảng nhiệm vụ, không rõ bảng nào là danh mục. Chọn bằng --bang và số ở"
        " trên, ví dụ --bang 1, hoặc --bang 1,2 để lấy cả hai.",
    ]
    assert sorted(p.name for p in here.iterdir()) == ["hai.docx"]
    for wanted, numbers in (("2", ["1", "2"]), ("1,2", ["1", "2", "3", "1", "2"])):
        run(["import", "hai.docx", "--bang", wanted, "--format", "json"])
        made = json.loads(capsys.readouterr().out)
        assert [task["so"] for task in made["nhiem_vu"]] == numbers
        assert made["con_lai"] == [] or wanted == "1,2"
    assert run(["import", "hai.docx", "--bang", "3"]) == 2
    assert "--bang không nhận '3'. Nhận số từ 1 đến 2" in capsys.readouterr().err


def test_a_table_of_unknown_columns_is_told_and_leaves_nothing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = started()
    table_of(made, ["A", "B"], [["một", "hai"], ["ba", "bốn"]])
    (here / "la.docx").write_bytes(saved(made))
    assert run(["import", "la.docx"]) == 2
    assert capsys.readouterr().err == (
        "Lỗi: Không thấy nhiệm vụ nào trong 'la.docx'. Bảng có các cột 'A', 'B'. Cần một bảng có"
        " cột nhiệm vụ và cột TT hoặc cột cơ quan chủ trì, hoặc các nhiệm vụ có dòng 'Cơ quan chủ"
        " trì:'.\n"
    )
    assert sorted(p.name for p in here.iterdir()) == ["la.docx"]


WORDS = st.text("bcdghklmnpqrstvx", min_size=4, max_size=9)
_SHAPES = ["", "hai đoạn", "bảng lồng", "chèn", "xuống dòng", "hộp chữ", "chú thích"]


@st.composite
def wild_tables(draw: st.DrawFn) -> list[list[tuple[str, str, int, bool]]]:
    """Rows of cells: words, shape, columns spanned, whether it goes on from above."""
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        left, row = 5, []
        while left:
            span = draw(st.integers(1, min(left, 2)))
            left -= span
            word, shape = draw(WORDS), draw(st.sampled_from(_SHAPES))
            row.append((word, shape, span, draw(st.booleans()) and draw(st.booleans())))
        rows.append(row)
    return rows


def wild(rows: list[list[tuple[str, str, int, bool]]]) -> tuple[bytes, list[str]]:
    """A paper with such a table, and every word of it that is to be found again."""
    made = started()
    table_of(made, HEADS, numbered())
    words: list[str] = []

    def change(root: etree._Element) -> None:
        tables = list(root.iter(f"{W}tbl"))
        for at, row in enumerate(rows):
            line = etree.SubElement(tables[-1], f"{W}tr")
            for cell_at, (word, shape, span, goes_on) in enumerate(row):
                cell = etree.SubElement(line, f"{W}tc")
                properties = etree.SubElement(cell, f"{W}tcPr")
                etree.SubElement(properties, f"{W}gridSpan", {f"{W}val": str(span)})
                if goes_on and at:
                    etree.SubElement(properties, f"{W}vMerge")
                _fill(cell, f"{word}q{at}{cell_at}", "" if goes_on and at else shape, words)

    return with_body(saved(made), change), words


def _fill(cell: etree._Element, word: str, shape: str, words: list[str]) -> None:
    paragraph = etree.SubElement(cell, f"{W}p")
    words.append(word)
    holder = paragraph
    if shape == "chèn":
        holder = etree.SubElement(paragraph, f"{W}ins", {f"{W}id": "7"})
    run_ = etree.SubElement(holder, f"{W}r")
    etree.SubElement(run_, f"{W}t").text = word
    more = f"{word}z"
    if shape == "xuống dòng":
        etree.SubElement(run_, f"{W}br")
        etree.SubElement(run_, f"{W}t").text = more
    elif shape == "hai đoạn":
        _fill(cell, more, "", words)
        return
    elif shape == "bảng lồng":
        row = etree.SubElement(etree.SubElement(cell, f"{W}tbl"), f"{W}tr")
        _fill(etree.SubElement(row, f"{W}tc"), more, "", words)
        etree.SubElement(cell, f"{W}p")
        return
    elif shape == "hộp chữ":
        box = etree.SubElement(etree.SubElement(run_, f"{W}pict"), f"{W}txbxContent")
        _fill(box, more, "", words)
        return
    elif shape == "chú thích":
        etree.SubElement(run_, f"{W}footnoteReference", {f"{W}id": "99"})
        return
    else:
        return
    words.append(more)


def told(found: UnitImport) -> str:
    """All that an import says of a paper: what it made, what it left out, what is left over."""
    left = [each.text for each in (*found.left_out, *found.left_over)]
    return json.dumps(found.profile, ensure_ascii=False) + "\n".join(left)


@settings(max_examples=60, deadline=None)
@given(rows=wild_tables(), which=st.integers(0, 200))
def test_every_word_of_a_wild_table_is_used_or_told_and_a_loss_of_the_reader_too(
    rows: list[list[tuple[str, str, int, bool]]], which: int
) -> None:
    data, words = wild(rows)
    said = told(imported(data))
    assert [word for word in words if word not in said] == []
    gone = words[which % len(words)]

    def lose(root: etree._Element) -> None:
        for text in [t for t in root.iter(f"{W}t") if t.text == gone]:
            text.text = ""

    found = imported(with_body(data, lose), data)
    assert any(gone in left.text for left in found.left_over)
