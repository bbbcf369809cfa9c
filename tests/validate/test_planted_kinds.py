"""Forty kinds of faults, each planted in a catalogue, in a unit's file and in a document, are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.validate.cities import run

KINDS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("planted_kinds.yaml").read_text("utf-8")
)
ENOUGH = 40
SLOTS = {
    "danh mục": (
        "thanh-pho/2027/danh_muc.yaml",
        {
            "cau": "noi_dung: Sửa đổi, bổ sung Quy chế dân chủ ở cơ sở",
            "thoi_gian": "thoi_gian: Quý II/2027",
            "phoi_hop": "phoi_hop: cac-co-quan-don-vi",
        },
    ),
    "hồ sơ": (
        "ho-so.yaml",
        {
            "cau": "noi_dung: Quán triệt Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, tổng hợp kết quả",
            "thoi_gian": "thoi_gian: Trước ngày 02/5/2027",
            "phoi_hop": "phoi_hop: cong-an",
        },
    ),
    "văn bản": (
        "ke-hoach.txt",
        {
            "cau": "Tổ chức tuyên truyền tại các thôn của xã Đông Xuân.",
            "thoi_gian": "- Thời gian thực hiện: Trước ngày 15/9/2027.",
            "phoi_hop": "- Cơ quan phối hợp: Phòng Kinh tế.",
        },
    ),
}
"""Where each place has a sentence, a deadline and who helps, to be written otherwise."""
TRUE = ("DV218", "DV512")
"""What is so of a sentence put in: the register has not its document; the day off is gone."""


def codes_in(place: Path, *wheres: str) -> set[str]:
    city = place / "thanh-pho"
    paths = [city if where == "danh mục" else place / SLOTS[where][0] for where in wheres]
    return {finding.code for finding in run(*paths, root=city).findings}


def write(place: Path, where: str, slot: str, words: str) -> None:
    """Put `words` into a slot of the file of `where`."""
    name, slots = SLOTS[where]
    path, old = place / name, slots[slot]
    text = path.read_text("utf-8")
    assert old in text
    if where == "văn bản":
        new = f"{words}." if slot == "cau" else old.partition(": ")[0] + f": {words}."
    elif slot == "phoi_hop":
        new = "phoi_hop: [" + ", ".join(f'"{one}"' for one in words.split(", ")) + "]"
    else:
        new = f'{"noi_dung" if slot == "cau" else slot}: "{words}"'
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_there_are_forty_kinds() -> None:
    assert len({kind["loai"] for kind in KINDS}) == len(KINDS) >= ENOUGH


@pytest.mark.parametrize("kind", KINDS, ids=[kind["loai"] for kind in KINDS])
def test_what_is_right_is_silent_in_all_three(place: Path, kind: dict[str, Any]) -> None:
    for where in SLOTS:
        write(place, where, kind["o"], kind["dung"])
    assert codes_in(place, *SLOTS) <= set(TRUE)


@pytest.mark.parametrize("where", SLOTS)
@pytest.mark.parametrize("kind", KINDS, ids=[kind["loai"] for kind in KINDS])
def test_one_fault_is_named_wherever_it_stands(
    place: Path, where: str, kind: dict[str, Any]
) -> None:
    write(place, where, kind["o"], kind["sai"])
    meant = [kind["ma"]] if isinstance(kind["ma"], str) else kind["ma"]
    assert codes_in(place, where) & set(meant)
