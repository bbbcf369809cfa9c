"""Laws of text made of pieces."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.findings import Place
from danvan_cli.nodes import Extract, Text
from danvan_cli.prose import (
    NOTHING,
    Origin,
    Piece,
    Prose,
    by_rule,
    filled,
    joined,
    placeholders,
    prose,
)

ORIGINS = st.sampled_from(list(Origin))
SOURCE = Text("0123456789abấ đ.", Place("danh_muc.yaml", 3, 5))
EXTRACTS = st.none() | st.integers(0, 8).map(lambda at: Extract(SOURCE, at, at + 8))
PIECES = st.builds(Piece, st.text("abấ đ.\n", min_size=1, max_size=8), ORIGINS, EXTRACTS, EXTRACTS)
PROSES = st.lists(PIECES, max_size=6).map(lambda pieces: Prose(tuple(pieces)))
SPANS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))


def owners(text: Prose) -> list[Origin]:
    return [piece.origin for piece in text.pieces for _ in piece.text]


@given(PROSES, SPANS)
def test_a_cut_says_what_a_slice_says_and_keeps_whose_it_is(
    text: Prose, span: tuple[int, int]
) -> None:
    part = text.cut(*span)
    assert str(part) == str(text)[slice(*span)]
    assert owners(part) == owners(text)[slice(*span)]


@given(PROSES, SPANS, PROSES)
def test_replaced_changes_its_span_alone(text: Prose, span: tuple[int, int], new: Prose) -> None:
    start, end = (min(at, len(str(text))) for at in span)
    made = text.replaced(start, end, new)
    assert str(made) == str(text)[:start] + str(new) + str(text)[end:]
    assert owners(made) == owners(text)[:start] + owners(new) + owners(text)[end:]


@given(PROSES, PROSES, PROSES)
def test_adding_is_joining_texts(one: Prose, two: Prose, three: Prose) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + NOTHING == NOTHING + one == one
    assert str(joined([one, two], by_rule("; ", "Dấu giữa hai ý."))) == f"{one}; {two}"
    assert joined([], by_rule("; ", "Dấu giữa hai ý.")) == NOTHING


@given(PROSES)
def test_every_word_is_counted_once_whoever_it_is_of(text: Prose) -> None:
    whole = prose(str(text), Origin.UNIT)
    assert text.words().total() == whole.words().total()
    assert set(whole.words()) <= {Origin.UNIT}


@given(PROSES)
def test_lines_are_those_of_the_text_without_the_empty_ones(text: Prose) -> None:
    wanted = [line for line in str(text).split("\n") if line.strip()]
    assert [str(line) for line in text.lines()] == wanted


@given(PROSES)
def test_a_capital_changes_the_first_letter_alone(text: Prose) -> None:
    assert str(text.capitalised())[1:] == str(text)[1:]
    assert str(text.capitalised())[:1] == str(text)[:1].upper()
    assert str(text.lowered())[:1] == str(text)[:1].lower()
    assert owners(text.lowered()) == owners(text)


def test_a_word_of_two_origins_is_the_later_ones() -> None:
    text = prose("xã", Origin.CATALOGUE) + prose("-phường tốt", Origin.UNIT)
    assert text.words() == Counter({Origin.UNIT: 2})


VALUES: dict[str, Prose | str] = {
    "loai": prose("xã", Origin.RULE),
    "co_quan.ubnd": prose("ủy ban", Origin.UNIT),
    "so": "12",
}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        ("không có gì", "không có gì"),
        ("{loai} {Loai} {LOAI}", "xã Xã XÃ"),
        ("{co_quan.ubnd}, {Co_quan.ubnd}, {CO_QUAN.ubnd}", "ủy ban, Ủy ban, ỦY BAN"),
        ("Số {so}", "Số 12"),
        (
            "{khong_co} {loai.x} {co_quan} {co_quan.la}",
            "{khong_co} {loai.x} {co_quan} {co_quan.la}",
        ),
        ("{ loai } {{loai}} {loai", "{ loai } {xã} {loai"),
        ("{{ loai }} {% if %} {}", "{{ loai }} {% if %} {}"),
        ("{lOAI}", "xã"),
    ],
)
def test_placeholders_are_filled_and_other_braces_stay(text: str, made: str) -> None:
    assert str(filled(text, VALUES, Origin.CATALOGUE)) == made


def test_what_is_filled_in_keeps_its_origin_and_the_rest_its_place() -> None:
    place = Place("danh_muc.yaml", 3, 5)
    made = filled(Text("Ở {loai} này", place), VALUES, Origin.CATALOGUE)
    assert [(p.text, p.origin) for p in made.pieces] == [
        ("Ở ", Origin.CATALOGUE),
        ("xã", Origin.RULE),
        (" này", Origin.CATALOGUE),
    ]
    assert made.place == place
    assert NOTHING.place == Place("")


def test_placeholders_are_listed_with_their_offsets() -> None:
    assert placeholders("a {LOAI} {co_quan.cong-an} {x y}") == (("loai", 2), ("co_quan.cong-an", 9))


@given(st.text("ab{}.loai", max_size=30))
def test_a_text_without_known_placeholders_comes_out_as_it_is(text: str) -> None:
    assert str(filled(text, {}, Origin.UNIT)) == text
