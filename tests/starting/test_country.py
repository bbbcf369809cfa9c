"""The country's list: 34 provinces and cities, 3,321 communes, each name under one id."""

from __future__ import annotations

from collections import Counter

import pytest

from danvan_cli.load.search import named_units, split_name
from danvan_cli.load.units import communes, provinces
from danvan_cli.text import new_tone, nfc
from tests.starting.places import CATALOGUE

COUNTRY = CATALOGUE / "quoc-gia"
UNITS = [(p, u) for p in provinces(COUNTRY) for u in communes(COUNTRY, p.ma)]


def test_the_whole_country_is_there_once() -> None:
    assert len(provinces(COUNTRY)) == 34
    assert len(UNITS) == 3321
    assert Counter(u.loai for _, u in UNITS) == {"xa": 2621, "phuong": 687, "dac_khu": 13}
    ids = [(p.ma, p.ma) for p in provinces(COUNTRY)] + [(p.ma, u.ma) for p, u in UNITS]
    assert max(Counter(ids).values()) == 1
    assert max(Counter((p.ma, u.loai, u.ten) for p, u in UNITS).values()) == 1


def test_names_are_in_the_official_spelling_and_ids_are_no_codes() -> None:
    assert [u.ten for _, u in UNITS if u.ten != new_tone(nfc(u.ten))] == []
    assert [
        u.ma
        for _, u in UNITS
        if u.ma.rpartition("-")[2].isdecimal() and len(u.ma.rpartition("-")[2]) > 2
    ] == []


def test_every_commune_is_found_by_its_name_and_province_and_no_other() -> None:
    for province, unit in UNITS[::7]:
        (found,) = (
            n for n in named_units(COUNTRY, f"{province.ma}/{unit.ma}") if n.unit.ma == unit.ma
        )
        assert (found.province, found.unit) == (province, unit)


def test_a_name_of_several_provinces_means_all_of_them() -> None:
    assert len({n.province.ma for n in named_units(COUNTRY, "xã Tân Tiến")}) == 7


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("hai-phong/an-lao", ("hai-phong", "an-lao")),
        ("xã An Lão, thành phố Hải Phòng", ("thành phố Hải Phòng", "xã An Lão")),
        ("xã An Lão", ("", "xã An Lão")),
    ],
)
def test_a_name_may_say_its_province(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
