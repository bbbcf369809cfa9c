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
