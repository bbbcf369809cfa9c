"""How a paper fills its pages: told from its words as it is printed, before any program sets them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.load.profile import find_unit
from danvan_cli.render.content import BodyBlock, PrintedSignature
from danvan_cli.render.pages import (
    Filling,
    PageRoom,
    Piece,
    RowSize,
    filled_pages,
    laid,
    parted,
    pieces_of,
)
from danvan_cli.render.template import load_template, render
from tests.cities import shipped_city
from tests.office.variations import POSTS, drafts, each, line
from tests.render.word_files import MAIN, TEMPLATES, content, parts_of, words

HEIGHT = 100.0
TEXTS = st.lists(
    st.builds(
        Piece,
        before=st.just(2.0),
        lines=st.integers(1, 6),
        line=st.just(5.0),
        after=st.just(0.0),
        keep=st.booleans(),
        stretches=st.just(True),
        first=st.just(0.0),
    ),
    max_size=30,
)
ROWS = st.lists(
    st.integers(1, 12).flatmap(
        lambda n: st.builds(
            RowSize,
            height=st.just(n * 5.0 + 2),
            lines=st.just(n),
            line=st.just(5.0),
            keep=st.sampled_from([False, False, True]),
        )
    ),
    max_size=30,
)


def signed(*, lines: int) -> list[Piece]:
    """A text whose last paragraph and signature stand at the foot of a page, or do not fit on it."""
    body = [Piece(2.0, 1, 5.0, stretches=True)] * lines
    return [*body, Piece(2.0, 2, 5.0, keep=True, stretches=True), Piece(0.0, 1, 20.0)]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_more_stays_open_than_before_and_nothing_is_lost(text: list[Piece]) -> None:
    filling = filled_pages(text, HEIGHT)
    assert filling.opened <= max(laid(text, HEIGHT).opened, default=0.0)
    assert all(0 <= left <= HEIGHT for left in laid(text, HEIGHT).opened)
    words = sum(piece.lines * piece.line for piece in text)
    done = laid(text, HEIGHT)
    assert words <= len(done.opened) * HEIGHT + done.at - sum(done.opened) + 0.01


@pytest.mark.parametrize("lines", range(1, 40))
def test_a_page_before_the_signature_is_filled(lines: int) -> None:
    text = signed(lines=lines)
    filling = filled_pages(text, HEIGHT)
    assert filling.opened <= 0.148 * HEIGHT
    if max(laid(text, HEIGHT).opened, default=0.0) <= 0.11 * HEIGHT:
        assert filling.more == 0.0


def test_a_row_longer_than_its_page_goes_on_over_the_next() -> None:
    text = [*signed(lines=4)[:-1], Piece(0.0, 1, 130.0, first=30.0)]
    assert filled_pages(text, HEIGHT) == Filling(0.0, 0.0, loose=True)
    low = [*signed(lines=9)[:-1], Piece(0.0, 1, 130.0, first=30.0)]
    assert filled_pages(low, HEIGHT).more > 0


@settings(max_examples=200, deadline=None)
@given(ROWS, st.floats(0, 90))
def test_rows_part_with_two_lines_on_either_side_or_leave_little_open(
    rows: list[RowSize], at: float
) -> None:
    may, end = parted(rows, at, 8.0, HEIGHT)
    assert len(may) == len(rows)
    assert end >= 0
    assert not any(going_on for row, going_on in zip(rows, may, strict=True) if row.keep)
    assert not any(going_on for row, going_on in zip(rows, may, strict=True) if row.lines < 4)


def test_a_row_that_would_leave_one_line_at_the_foot_is_kept_whole() -> None:
    tall = RowSize(62.0, 12, 5.0)
    assert parted([tall], 100.0 - 8.0, 8.0, HEIGHT)[0] == [False]
    assert parted([tall], 100.0 - 22.0, 8.0, HEIGHT)[0] == [True]


def test_a_heading_is_kept_with_the_first_lines_of_its_row() -> None:
    heading, short = RowSize(10.0, keep=True), RowSize(12.0, 2, 5.0)
    may, end = parted([heading, short], 85.0, 8.0, HEIGHT)
    assert may == [False, False]
    assert end == 30.0


def test_a_table_row_is_as_high_as_its_highest_cell() -> None:
    cell = '<w:tc><w:tcPr><w:tcW w:w="2000"/></w:tcPr>{}</w:tc>'
    word = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    row = f"<w:tr>{cell.format(word.format('chữ') * 3)}{cell.format(word.format('chữ'))}</w:tr>"
    page = PageRoom(400.0, 700.0)
    one, three = ([*pieces_of(xml, page)] for xml in (word.format("chữ"), f"<w:tbl>{row}</w:tbl>"))
    assert three[0].line == pytest.approx(3 * one[0].line)


def spaces(data: bytes) -> set[int]:
    """The spaces above the paragraphs of the styles of a paper, in twentieths of a point."""
    styles = parts_of(data)["word/styles.xml"].decode()
    return {int(found) for found in re.findall(r'w:before="(\d+)"', styles)}


def test_only_a_text_that_would_leave_its_page_open_has_more_space() -> None:
    line = "Các cơ quan, đơn vị của xã tổ chức quán triệt nội dung này đến công chức, viên chức."
    signature = PrintedSignature((words("TM. ỦY BAN NHÂN DÂN"), words("CHỦ TỊCH")), words("Lê An"))
    given_spaces = spaces(MAIN.read_bytes())
    looser = []
    for count in range(12, 32):
        blocks = tuple(BodyBlock(f"d{at}", "doan", words(line)) for at in range(count))
        paper = content(ten_loai="KẾ HOẠCH", noi_dung=blocks, ky=signature)
        looser.append(spaces(render(load_template(MAIN), paper)) != given_spaces)
    assert looser[0] is False
    assert any(looser)
    assert not all(looser[-4:])


def test_a_short_last_paragraph_takes_the_one_before_along() -> None:
    styles = load_template(MAIN).prepared.page.styles
    assert styles["BodyText"].stretches
    assert not styles["NguoiKy"].stretches


def test_a_long_list_of_recipients_goes_on_over_the_page() -> None:
    long = {"nguoi_ky": POSTS["chu_tich"]["nguoi_ky"], **each({"them": [line(n) for n in range(25)]})}  # fmt: skip
    for said, whole in ((POSTS["chu_tich"], True), (long, False)):
        for draft in drafts(find_unit(shipped_city(), "an-lao"), said):
            if not draft.content.ky.quyen_han:
                continue
            body = parts_of(draft.rendered(TEMPLATES))["word/document.xml"].decode()
            row = body[body.rindex("<w:tr>", 0, body.index("Nơi nhận:")) :]
            assert row.startswith("<w:tr><w:trPr><w:cantSplit/>") == whole
