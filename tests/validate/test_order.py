"""What is said of a paper is the same whichever papers were judged before it in the same run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from danvan_cli.word.kept import ElementBytes, Kept
from danvan_cli.word.names import W
from tests.cities import ROOT, shipped_city
from tests.papers import paper_of

PAPERS = (
    "",
    "lời văn: cỡ 9\nđiểm: phông Arial",
    "lời văn: phông Arial, màu FF0000\nkhoản: không có",
    "địa danh: chữ Đông Xuân, ngày 05 tháng 02 năm 2028",
    "cơ quan: chữ ỦY BAN NHÂN DÂN XÃ NGHI DƯƠNG\nđịa danh: chữ Nghi Dương, ngày 05 tháng 02 năm 2026",
    "cơ quan: chữ ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN\nđịa danh: chữ An Biên, ngày 05 tháng 02 năm 2026",
    "lời văn: chữ Sở Thông tin và Truyền thông phối hợp trước ngày 31/02/2026, uỷ ban hoá giải.",
    "lời văn: chữ Sở Thông tin và Truyền thông phối hợp trước ngày 31/02/2026, uỷ ban hoá giải.\n"
    "cơ quan: chữ ỦY BAN NHÂN DÂN XÃ NGHI DƯƠNG\nđịa danh: chữ Nghi Dương, ngày 05 tháng 02 năm 2026",
    "điểm: thêm 2\nkết: cỡ 16, trái",
    "kiểu: của Đảng\nlời văn: cỡ 9",
)
OPTIONS = Options(ROOT / "catalog", date(2026, 1, 15))
COUNT = itertools.count()


def said(top: Path, order: Sequence[int]) -> dict[int, list[tuple[object, ...]]]:
    """What is said of each of `PAPERS`, judged in that order; each lies in a folder of its own."""
    top /= str(next(COUNT))
    at = {}
    for place, paper in enumerate(order):
        path = top / f"{place:02}" / "a.docx"
        path.parent.mkdir(parents=True)
        path.write_bytes(paper_of(PAPERS[paper]))
        at[str(path)] = paper
    report = validate_paths([top], OPTIONS, (shipped_city(),))
    made: dict[int, list[tuple[object, ...]]] = {paper: [] for paper in order}
    for one in report.findings:
        here = one.place
        made[at[here.path]].append((here.line, here.column, here.where, one.code, one.message))
    return made


def test_the_order_of_papers_changes_nothing(tmp_path: Path) -> None:
    alone = {paper: said(tmp_path, [paper])[paper] for paper in range(len(PAPERS))}
    assert sum(map(bool, alone.values())) >= len(PAPERS) - 3

    @settings(deadline=None, max_examples=8)
    @given(st.permutations(range(len(PAPERS))))
    def same(order: list[int]) -> None:
        assert said(tmp_path, order) == alone

    same()


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=40))
def test_what_is_kept_is_what_would_be_made(asked: list[tuple[str, bool]]) -> None:
    kept: Kept[tuple[str, bool]] = Kept(most=3)
    for text, upper in asked:
        element = etree.Element(f"{W}t")
        element.text = text * (9000 if text == "f" else 1)

        def make(made_of: etree._Element, upper: bool = upper) -> tuple[str, bool]:
            return (made_of.text or "")[:1], upper

        made = kept.of(element, ElementBytes(), make, upper)
        assert made == (text, upper)
