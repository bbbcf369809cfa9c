"""Faults that only a whole document shows, planted anywhere in it: named there, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validate.cities import run

CODES = ("DV310", "DV615", "DV616", "DV619")
TASKS = (
    "Tuyên truyền, phổ biến các quy định về dân chủ ở cơ sở đến cán bộ, đảng viên và Nhân dân các thôn",
    "Tổ chức đối thoại giữa người đứng đầu cấp ủy, chính quyền với Nhân dân về những việc người dân quan tâm",
    "Rà soát, giải quyết dứt điểm đơn thư khiếu nại, tố cáo, kiến nghị, phản ánh còn tồn đọng trên địa bàn xã",
    "Công khai các khoản thu, mức đóng góp và việc sử dụng kinh phí xây dựng công trình công cộng tại nhà văn hóa",
    "Vận động Nhân dân tham gia bảo vệ môi trường, chỉnh trang đường làng, ngõ xóm và giữ gìn an ninh trật tự",
)
Lines = list[str]
Planting = Callable[[Lines, int, int], tuple[Lines, str]]


def paper(tasks: Lines) -> Lines:
    """A decision that sets up a council and gives it `tasks`, a line each."""
    return [
        "ỦY BAN NHÂN DÂN",
        "XÃ ĐÔNG XUÂN",
        "Số: 15/QĐ-UBND",
        "Đông Xuân, ngày 05 tháng 02 năm 2027",
        "QUYẾT ĐỊNH",
        "Về việc thành lập Hội đồng dân vận xã năm 2027",
        *tasks,
        "Trên đây là nội dung các thành viên Hội đồng thực hiện trong năm 2027./.",
    ]


def numbered(texts: Lines) -> Lines:
    made: Lines = []
    for number, text in enumerate(texts, 1):
        made += [f"{number}. {text}.", "- Thời gian thực hiện: Quý II/2027"]
    return made


def broken(lines: Lines, at: int, cut: int) -> tuple[Lines, str]:
    words = lines[at].split(" ")
    cuts = [
        where
        for where in range(10, len(words) - 4)
        if words[where].islower() and words[where - 1].isalpha() and words[where - 1].islower()
    ]
    where = cuts[cut % len(cuts)]
    # Lines without an empty one between are one paragraph in a copied text.
    parts = [" ".join(words[:where]), "", "", " ".join(words[where:])]
    return [*lines[:at], *parts, *lines[at + 1 :]], "DV619"


def doubled(lines: Lines, at: int, _: int) -> tuple[Lines, str]:
    said = lines[at].split(". ", 1)[1]
    return [*lines[: at + 1], said, *lines[at + 1 :]], "DV616"


def two_times(lines: Lines, at: int, cut: int) -> tuple[Lines, str]:
    late = f"{lines[at].rstrip('.')}, hoàn thành trước ngày 15/{7 + cut % 5}/2027"
    return [*lines[:at], late, *lines[at + 1 :]], "DV310"


def other_body(lines: Lines, at: int, _: int) -> tuple[Lines, str]:
    left = "Các thành viên Ban Chỉ đạo làm việc theo chế độ kiêm nhiệm."
    return [*lines[:at], left, *lines[at:]], "DV615"


def other_kind(lines: Lines, at: int, _: int) -> tuple[Lines, str]:
    return [
        *lines[:at],
        "Kinh phí thực hiện Chương trình này do ngân sách xã bảo đảm.",
        *lines[at:],
    ], "DV615"


PLANTINGS = (broken, doubled, two_times, other_body, other_kind)


def codes_of(path: Path, tasks: Lines) -> list[str]:
    path.write_text("\n".join(paper(tasks)) + "\n", "utf-8")
    return [finding.code for finding in run(path).findings if finding.code in CODES]


@pytest.mark.parametrize("plant", PLANTINGS, ids=lambda plant: plant.__name__)
def test_a_fault_is_named_wherever_it_is_planted(
    tmp_path_factory: pytest.TempPathFactory, plant: Planting
) -> None:
    path = tmp_path_factory.mktemp("van-ban") / "quyet-dinh.txt"

    @settings(max_examples=12, deadline=None)
    @given(st.permutations(TASKS), st.integers(1, len(TASKS)), st.data())
    def planted(order: Lines, count: int, data: st.DataObject) -> None:
        tasks = numbered(order[:count])
        assert codes_of(path, tasks) == []
        at = 2 * data.draw(st.integers(0, count - 1))
        faulty, code = plant(tasks, at, data.draw(st.integers(0, 30)))
        assert codes_of(path, faulty) == [code]

    planted()
