from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.load.numbering import label_value
from danvan_cli.text import (
    comparable,
    fold,
    fold_with_offsets,
    nearest,
    new_tone,
    nfc,
    nfc_with_offsets,
    plain_ascii,
    roman,
    roman_value,
    same_name,
    slug,
    squeeze,
    whole,
)

VIETNAMESE = st.text(alphabet="aàoỏuủyýỳqhaồĐđÐ -–—\u0301\u0323\u0300\u00a0\n\r\tß İ“’")
TEXTS = st.one_of(st.text(), VIETNAMESE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("HOÁ", "HÓA"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("Quỳ", "Quỳ"),
        ("hoàn", "hoàn"),
        ("thuyền", "thuyền"),
        ("Hòa", "Hòa"),
        ("loại", "loại"),
    ],
)
def test_the_tone_mark_goes_where_the_official_style_puts_it(old: str, new: str) -> None:
    assert new_tone(old) == new


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Văn hoá – Xã hội", "Văn hóa-Xã hội"),
        ("ỦY BAN  nhân dân", "Uỷ ban nhân dân"),
        (unicodedata.normalize("NFD", "Đặc khu"), "đặc khu"),
        ("Ðảng", "Đảng"),
        ("“Dân vận khéo”", '"dân vận khéo"'),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Cẩm Giàng", "Cẩm Giang"), ("Sở Y tế", "Sở Tư pháp"), ("dan", "đan")]
)
def test_different_names_fold_differently(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet="aàoỏoảuủyýỳqhaồêĐđÐ -–—\u00a0\n“’AÀOẢUỶ"))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_fold_with_offsets_folds_as_fold_does(text: str) -> None:
    for form in (text, unicodedata.normalize("NFD", text)):
        folded, offsets = fold_with_offsets(form)
        assert folded == fold(form)
        assert len(offsets) == len(folded) + 1
        assert offsets == sorted(offsets)
        assert offsets[0] >= 0
        assert offsets[-1] <= len(form)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_lead_back_to_what_was_written(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "  Phòng Văn hoá  –  Xã hội, xã")
    folded, offsets = fold_with_offsets(text)
    start = folded.index("văn hóa")
    written = text[offsets[start] : offsets[start + len("văn hóa")]]
    assert unicodedata.normalize("NFC", written) == "Văn hoá"
    whole = folded.index("văn hóa-xã hội")
    written = text[offsets[whole] : offsets[whole + len("văn hóa-xã hội")]]
    assert unicodedata.normalize("NFC", written) == "Văn hoá  –  Xã hội"


@given(TEXTS)
def test_composed_text_leads_back_to_what_was_written(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    composed, offsets = nfc_with_offsets(decomposed)
    assert composed == unicodedata.normalize("NFC", decomposed)
    assert len(offsets) == len(composed) + 1
    assert (offsets[0], offsets[-1]) == (0, len(decomposed))


@given(TEXTS)
def test_comparable_text_stands_place_for_place(text: str) -> None:
    assert len(comparable(text)) == len(text)


def test_comparable_text_has_one_case_tone_and_dash() -> None:
    assert comparable("Uỷ ban – HĐND") == "ủy ban - hđnd"
    assert comparable("İ Uỷ") == "İ ủy"


def test_line_ends_become_one_kind() -> None:
    assert nfc("a\r\nb\rc") == "a\nb\nc"


def test_white_space_is_squeezed() -> None:
    assert squeeze(" Sở\u00a0 Nội \n vụ ") == "Sở Nội vụ"


@pytest.mark.parametrize(
    ("text", "ascii_form", "file_name"),
    [
        ("Đặc khu Cát Hải", "Dac khu Cat Hai", "dac-khu-cat-hai"),
        ("Văn hóa – Xã hội", "Van hoa  Xa hoi", "van-hoa-xa-hoi"),
        ("", "", ""),
        ("Quý I/2026", "Quy I/2026", "quy-i-2026"),
    ],
)
def test_plain_forms_drop_the_diacritics(text: str, ascii_form: str, file_name: str) -> None:
    assert plain_ascii(text) == ascii_form
    assert slug(text) == file_name


@given(TEXTS)
def test_a_slug_is_safe_as_a_file_name(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_nearest_name_is_given_and_a_far_one_is_not() -> None:
    known = ["Sở Nội vụ", "Sở Ngoại vụ", "Sở Tư pháp"]
    assert nearest("sở nội vu", known) == "Sở Nội vụ"
    assert nearest("Phòng Kinh tế", known) is None
    assert nearest("Sở Nội vụ", []) is None


@given(st.integers(1, 89))
def test_roman_figures_read_back(number: int) -> None:
    assert roman_value(roman(number)) == number


@pytest.mark.parametrize(
    ("number", "figures"),
    [
        (99, "XCIX"),
        (1444, "MCDXLIV"),
        (3999, "MMMCMXCIX"),
        (4000, "4000"),
        (99_999_999, "99999999"),
    ],
)
def test_roman_figures_stay_short(number: int, figures: str) -> None:
    assert roman(number) == figures


@given(st.text("0123456789٣²", max_size=5_000) | st.just("9" * 5_000))
def test_a_number_of_any_length_is_read_or_is_none(text: str) -> None:
    number = whole(text)
    assert number is None or (len(text) <= 9 and number == int(text))
    assert label_value(text) in (number, None)


@pytest.mark.parametrize(
    ("figures", "number"), [("IIII", 4), ("XXXX", 40), ("", None), ("C", None), ("iv", None)]
)
def test_other_figures(figures: str, number: int | None) -> None:
    assert roman_value(figures) == number


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ("An Lão", True), ("an lão", True), ("An Lao", True), ("an-lao", True), ("AN LAO", True),
        ("An La\u0303o", True), ("An Lạo", False), ("Ân Lão", False), ("An Lão Hạ", False),
    ],
)  # fmt: skip
def test_a_name_may_lack_diacritics_but_not_have_others(given: str, same: bool) -> None:
    assert same_name(given, "An Lão") is same
