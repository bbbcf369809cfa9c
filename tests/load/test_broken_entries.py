"""A fault of form in one entry hides neither its other faults nor those of other entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validate.cities import city_in, codes, run, told, written

LEGAL = """  - ma: thu
    loai: {loai}
    so_hieu: {so_hieu}
    ngay: {ngay}
    co_quan: Thủ tướng Chính phủ
    ten: về công tác dân vận
    nguon: Công báo
    ra_soat: {ra_soat}
"""
RIGHT = {"loai": "Chỉ thị", "so_hieu": "38/CT-TTg", "ngay": "26/11/2021", "ra_soat": "20/11/2026"}
WRONG = {"loai": "Chỉ thi", "so_hieu": "38/TT-TTg", "ngay": "31/11/2021", "ra_soat": "31/02/2026"}
MISSING = ("ma", "loai", "ten", "nguon", "ra_soat")


def _without(text: str, key: str) -> str:
    kept = [line for line in text.splitlines() if f"{key}:" not in line]
    made = "\n".join(kept) + "\n"
    return made.replace("    loai:", "  - loai:", 1) if key == "ma" else made


def _findings(tmp_path: Path, text: str) -> list[str]:
    report = run(city := city_in(tmp_path, phap_ly=text), root=city)
    return [line.partition(" ")[2] for line in told(report.findings)]


@pytest.mark.parametrize("missing", MISSING)
def test_a_missing_key_is_told_and_nothing_else_of_a_sound_entry(
    missing: str, tmp_path: Path
) -> None:
    (line,) = _findings(tmp_path, _without(LEGAL.format(**RIGHT), missing))
    assert line.startswith(f"DV104 Thiếu khóa '{missing}' ")


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_a_missing_key_hides_no_other_fault(missing: str, wrong: str, tmp_path: Path) -> None:
    text = LEGAL.format(**{**RIGHT, wrong: WRONG[wrong]})
    alone = run(city := city_in(tmp_path / "mot", phap_ly=text), root=city)
    both = _findings(tmp_path / "hai", _without(text, missing))
    assert both[0].startswith("DV104 ")
    if missing == wrong or (missing, wrong) == ("loai", "so_hieu"):  # a fault between the two
        return
    assert [line[:5] for line in both[1:]] == codes(alone)


def test_every_fault_of_one_entry_is_told(tmp_path: Path) -> None:
    text = _without(LEGAL.format(**{**WRONG, "loai": "Chỉ thị"}), "nguon")
    found = [line[:5] for line in _findings(tmp_path, text)]
    assert sorted(found) == ["DV104", "DV105", "DV105", "DV501"]


def test_a_task_with_a_fault_of_form_is_still_there_for_units(tmp_path: Path) -> None:
    """A list where a text must be: said there, and not again by a unit's file that changes the task."""
    city = city_in(tmp_path)
    path = city / "2027" / "danh_muc.yaml"
    text = path.read_text("utf-8")
    old = "noi_dung: Tổ chức đối thoại với Nhân dân"
    at = text.index(old)
    line = text[at : text.index("\n", at)]
    written(path, text.replace(line, f"{line}\n        chi_tiet: {{la: [1]}}", 1))
    unit = written(
        tmp_path / "ho-so.yaml",
        "don_vi: dong-xuan\nnguoi_ky: de_trong\nsua_doi:\n"
        "  - {ma: doi-thoai, ly_do: Theo lịch của xã, thoi_gian: Quý III/2027}\n",
    )
    report = run(city, unit, root=city)
    assert {finding.code for finding in report.findings} <= {"DV105", "DV103"}
    assert {finding.place.path for finding in report.findings} == {report.findings[0].place.path}
