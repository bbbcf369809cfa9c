from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.grammar.names import NameIndex

NAMES = (
    ("vhxh", "Phòng Văn hóa - Xã hội"),
    ("vhxh", "Phòng VHXH"),
    ("kt", "Phòng Kinh tế"),
    ("kthtdt", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("ubnd", "Ủy ban nhân dân"),
    ("hoa-binh", "phường Hòa Bình"),
    ("cam-giang", "xã Cẩm Giàng"),
)
INDEX = NameIndex(NAMES)
WRITTEN = st.sampled_from(NAMES).flatmap(
    lambda pair: st.sampled_from(
        [
            (pair, pair[1]),
            (pair, pair[1].upper()),
            (pair, unicodedata.normalize("NFD", pair[1])),
            (pair, pair[1].replace(" - ", "–").replace("óa", "oá").replace("òa", "oà")),
            (pair, pair[1].replace(" ", "  ").replace("Ủy", "Uỷ")),
        ]
    )
)
FILLER = st.lists(
    st.sampled_from(["xã", "nhân dân", "giao", "và", "Ðất", ",", "(", ")", "2026", "văn", "–"])
).map(" ".join)


@given(FILLER, WRITTEN, FILLER)
def test_a_planted_name_is_found_whatever_surrounds_it(
    before: str, written: tuple[tuple[str, str], str], after: str
) -> None:
    (identity, _), form = written
    text = f"{before} ; {form} ; {after}"
    found = [m for m in INDEX.find(text) if text[m.start : m.end] == form]
    assert [m.id for m in found] == [identity]


@given(WRITTEN, st.sampled_from("aớđ7_"))
def test_a_name_is_never_found_inside_a_longer_word(
    written: tuple[tuple[str, str], str], letter: str
) -> None:
    form = written[1]
    reaches = [m.end for m in INDEX.find(f"{form}{letter}")]
    assert len(form) not in reaches
    assert all(m.start > 0 for m in INDEX.find(f"{letter}{form}"))


@given(st.text())
def test_any_text_is_searched_and_matches_do_not_overlap(text: str) -> None:
    last = 0
    for match in INDEX.find(text):
        assert last <= match.start < match.end <= len(text)
        last = match.end


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Phòng Kinh tế, Hạ tầng và Đô thị chủ trì", ["kthtdt"]),
        ("Phòng Kinh tế, Văn phòng", ["kt"]),
        ("Phòng Văn hoá–Xã hội; PHÒNG KINH TẾ", ["vhxh", "kt"]),
        ("phường Hoà Bình và xã Cẩm Giàng", ["hoa-binh", "cam-giang"]),
        ("xã Cẩm Giang", []),
        ("Phòng Kinh tếphường Hòa Bình", []),
        ("", []),
    ],
)
def test_the_longest_name_at_each_place_is_found(text: str, ids: list[str]) -> None:
    assert [match.id for match in INDEX.find(text)] == ids


def test_a_match_tells_the_name_the_index_was_given() -> None:
    (match,) = INDEX.find("giao phòng vhxh")
    assert (match.name, match.start, match.end) == ("Phòng VHXH", 5, 15)


def test_the_first_of_two_like_names_is_kept() -> None:
    index = NameIndex([("a", "Văn hóa - Xã hội"), ("b", "văn hoá–xã hội"), ("c", " ")])
    assert [match.id for match in index.find("Văn hóa - Xã hội")] == ["a"]
