"""What is said beside the papers of a unit, and in the file that init makes for it."""

from __future__ import annotations

from danvan_cli.cli.init import profile_text
from danvan_cli.cli.remarks import remarks
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from tests.cities import shipped_city


def test_words_that_wait_for_an_answer_are_named_with_what_they_take_for_granted() -> None:
    catalogue = shipped_city()
    locality = Locality.of(catalogue, find_unit(catalogue, "le-chan"))
    lines = list(remarks(locality, localize(locality), "le-chan", ""))
    assert (
        "Câu chữ của 2.9 (thành phố) viết như phường không có khu công nghiệp, khu kinh tế hoặc"
        " cụm công nghiệp trên địa bàn, vì chưa biết (khu_cong_nghiep)." in lines
    )


def test_a_made_file_says_what_units_are_taken_to_have_only_where_there_is_something() -> None:
    catalogue = shipped_city()
    ward, commune = (
        profile_text(catalogue, find_unit(catalogue, name), "ho-so.yaml", "de_trong", "", [], [])
        for name in ("le-chan", "an-lao")
    )
    assert "# Các đặc điểm:\n#   khu_cong_nghiep: có khu công nghiệp" in ward
    assert "coi như có" not in ward
    assert (
        "# Xã coi như có: nong_thon_moi (không đúng thì ghi vào khong). Các đặc điểm khác:\n"
    ) in commune
