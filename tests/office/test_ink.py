"""The pages kept as grids of ink: the same when read back, and told apart where they really differ."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office.__main__ import _MOST, _MOST_OTHER_WORDS
from tests.office.ink import ACROSS, DOWN, Page, _grid, distance, read, unlike, written

GREY = st.integers(0, 9)
PAGES = st.lists(
    st.lists(st.lists(GREY, min_size=ACROSS, max_size=ACROSS).map(tuple), min_size=DOWN, max_size=DOWN).map(tuple),
    min_size=1, max_size=2,
)  # fmt: skip


def page(*rows: str) -> Page:
    """A page with these rows at its head, the rest white."""
    made = [tuple(map(int, row.ljust(ACROSS, "0"))) for row in rows]
    return tuple(made + [(0,) * ACROSS] * (DOWN - len(made)))


TEXT = page(*["00" + "33" * 6] * 18)
HEAD = page("0033300333", "0011100222", "", "0003333330", "", *["00" + "22" * 6] * 12)


@settings(max_examples=20, deadline=None)
@given(PAGES)
def test_what_is_kept_is_read_back(pages: list[Page]) -> None:
    assert read(written(pages)) == pages
    assert all(distance(one, one) == 0 for one in pages)


def test_a_line_a_little_higher_is_no_difference() -> None:
    moved = (*HEAD[1:], (0,) * ACROSS)
    assert distance(HEAD, moved) < distance(HEAD, TEXT)
    greyer = tuple(tuple(max(cell - (cell == 3 and y == 4), 0) for cell in row) for y, row in enumerate(TEXT))  # fmt: skip
    assert unlike([TEXT], [greyer], _MOST, lines=True) == []


def test_a_page_that_really_differs_is_told() -> None:
    changes = {
        "another page": HEAD,
        "white": page(),
        "half of it gone": (*TEXT[:9], *page()[9:]),
        "a column gone": tuple((*row[:8], *[0] * 8) for row in TEXT),
        "twice as black": tuple(tuple(min(2 * cell, 9) for cell in row) for row in TEXT),
    }
    for name, other in changes.items():
        assert unlike([TEXT], [other], _MOST, lines=True), name
        assert unlike([TEXT], [other], _MOST_OTHER_WORDS, lines=False), name
    # A signature that is lost at the foot of a page is a small part of its ink.
    signed = (*TEXT[:14], *page("0000000044440000", "0000000022220000")[:2], *page()[16:])
    unsigned = (*TEXT[:14], *page()[14:])
    assert unlike([signed], [unsigned], _MOST, lines=True)


def test_a_page_more_or_less_is_told() -> None:
    assert unlike([TEXT], [TEXT, TEXT], 1.0, lines=True) == ["2 pages, kept were 1"]
    assert unlike([TEXT], [TEXT, TEXT], 1.0, lines=False) == []
    assert unlike([TEXT], [TEXT] * 3, 1.0, lines=False) == ["3 pages, kept were 1"]


def test_white_paper_has_no_ink_and_black_paper_is_full() -> None:
    width, height = ACROSS * 3, DOWN * 3
    assert _grid(width, height, b"\xff" * (width * height)) == page()
    black = _grid(width, height, b"\0" * (width * height))
    assert {cell for row in black for cell in row} == {9}
