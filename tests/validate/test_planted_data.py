"""Any single fault planted in a catalogue, a unit's file or a document is named; without it, nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.validate.cities import run

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "planted_data.yaml").read_text("utf-8"))
KINDS = 40


def judged(place: Path) -> list[str]:
    city = place / "thanh-pho"
    report = run(city, place / "ho-so.yaml", place / "ke-hoach.txt", root=city)
    return [f"{f.place} {f.code} {f.message}" for f in report.findings]


def test_there_are_enough_kinds_in_each_of_the_three() -> None:
    files = {case["tep"] for case in CASES}
    assert len(CASES) >= KINDS
    assert {"ho-so.yaml", "ke-hoach.txt", "2027/danh_muc.yaml", "phap_ly.yaml"} <= files


def test_the_unplanted_original_is_silent(place: Path) -> None:
    assert judged(place) == []


@pytest.mark.parametrize("case", CASES, ids=[case["ten"] for case in CASES])
def test_a_planted_fault_is_named(place: Path, case: dict[str, Any]) -> None:
    own = place / case["tep"]
    path = own if own.is_file() else place / "thanh-pho" / case["tep"]
    text = path.read_text("utf-8")
    old, new = str(case["tu"]), str(case["thanh"])
    assert old in text, case
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = judged(place)
    assert any(f" {case['ma']} " in line for line in found), found


def test_a_catalogue_without_any_map_is_told_so_once(place: Path) -> None:
    path = place / "thanh-pho" / "co_quan.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("anh_xa:")], "utf-8")
    city = place / "thanh-pho"
    found = [f.message for f in run(city, root=city).findings if f.code == "DV403"]
    assert found == [
        "Danh mục chưa có 'anh_xa' nên không biết cơ quan nào của đơn vị làm thay 'Sở Nội vụ', "
        "'Ban Tuyên giáo và Dân vận Thành ủy', 'Ủy ban Mặt trận Tổ quốc Việt Nam thành phố' và 2 cơ quan "
        "nữa. Thêm 'anh_xa' vào co_quan.yaml: dưới mỗi loại đơn vị, mỗi dòng '<mã cơ quan cấp trên>: <mã cơ quan của đơn vị>'."
    ]
