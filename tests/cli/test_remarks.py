"""What is said beside the papers of a unit, and in the file that init makes for it."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("name", ["le-chan", "an-lao", "cat-hai"])
def test_work_the_city_gives_every_commune_stands_in_the_papers_and_is_said(name: str) -> None:
    catalogue = shipped_city()
    locality = Locality.of(catalogue, find_unit(catalogue, name))
    programme = localize(locality)
    assert programme.task("dan-chu-thu-hoi-dat") is not None
    (said,) = (line for line in remarks(locality, programme, name, "") if "Coi như" in line)
    assert "tái định cư (nhiệm vụ 3.3 của thành phố)" in said


def test_a_made_file_says_what_units_of_the_kind_are_taken_to_have() -> None:
    catalogue = shipped_city()
    ward, commune = (
        profile_text(catalogue, find_unit(catalogue, name), "ho-so.yaml", "de_trong", "", [], [])
        for name in ("le-chan", "an-lao")
    )
    assert "# Phường coi như có: thu_hoi_dat (không đúng thì ghi vào khong)." in ward
    assert (
        "# Xã coi như có: nong_thon_moi, thu_hoi_dat (không đúng thì ghi vào khong). Các đặc điểm khác:\n"
    ) in commune
