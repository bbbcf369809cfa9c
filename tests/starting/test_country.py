"""The country's list: 34 provinces and cities, 3,321 communes, each name under one id."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from danvan_cli.load.search import named_units, split_name
from danvan_cli.load.units import communes, provinces
from danvan_cli.text import new_tone, nfc
from tests.starting.places import CATALOGUE, danvan, own_catalogue

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


def test_everything_in_the_folder_of_the_country_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = own_catalogue(tmp_path)
    form = root / "quoc-gia" / "the_thuc.yaml"
    form.write_text(form.read_text("utf-8").replace('rong: "210"', "rong: hai mươi"), "utf-8")
    units = root / "quoc-gia" / "don_vi" / "gia-lai.csv"
    lines = units.read_text("utf-8").split("\n")
    lines[3:6] = ["xax,Tên Lạ", "xa", lines[1]]
    units.write_text("\n".join(lines), "utf-8")
    assert danvan("validate", root) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.partition("quoc-gia/")[2] for line in said if "DV105" in line] == [
        "don_vi/gia-lai.csv:4:1 DV105 Không có loại đơn vị 'xax'. "
        "Nhận: thanh_pho, tinh, xa, phuong, dac_khu.",
        "don_vi/gia-lai.csv:5:1 DV105 Dòng này thiếu tên đơn vị.",
        "don_vi/gia-lai.csv:6:1 DV105 Mã 'quy-nhon-bac' đã có ở dòng 2. Ghi mã khác ở cột ma.",
        "the_thuc.yaml:7:37 DV105 'rong' (Rộng, mm) cần một số hoặc một khoảng như '13-14', "
        "nhưng ở đây là 'hai mươi'.",
    ]
