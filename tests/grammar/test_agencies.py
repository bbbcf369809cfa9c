from __future__ import annotations

import json
import unicodedata
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.grammar.agency.reader import read_agencies
from danvan_cli.grammar.names import NameIndex
from tests.cases import each

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("agencies.jsonl").read_text(encoding="utf-8").splitlines()
]
SIMPLE = (
    "Sở Nội vụ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Phòng Văn hóa - Xã hội",
    "Văn phòng HĐND và UBND xã",
    "Báo và Phát thanh, Truyền hình tỉnh",
    "Ban Tuyên giáo và Dân vận Thành ủy",
    "Ủy ban MTTQ Việt Nam xã",
    "Ban Chỉ huy Quân sự xã",
    "Công an xã",
    "Trạm Y tế xã",
    "Ủy ban Kiểm tra Đảng ủy",
    "Trung tâm Phục vụ hành chính công",
    "các cơ quan, đơn vị, tổ chức",
    "UBND các xã, phường, đặc khu",
)
PIECES = st.sampled_from(
    [
        *SIMPLE,
        *[
            ";",
            ",",
            "và",
            "với",
            "-",
            "(",
            ")",
            ":",
            "\n",
            ".",
            "*",
            "&",
            "chủ",
            "trì",
            "phối",
            "hợp",
            "đề",
            "nghị",
            "giao",
            "các",
            "sở",
            "ban",
            "ngành",
            "1.",
        ],
        "Các Sở: ",
        "tổng hợp, theo dõi chung",
        "có liên quan",
    ]
)
CELLS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join))


@each("case", CASES, itemgetter("text"))
def test_a_cell_is_split_as_a_clerk_would(case: dict[str, Any]) -> None:
    mentions = read_agencies(case["text"]).phan
    found = [mention.text for mention in mentions]
    assert found in [case["phan"], *case.get("phan_khac", [])]
    if "phan_khac" in case:
        return
    if "vai_tro" in case or "tap_the" in case:
        roles = case.get("vai_tro", [""] * len(found))
        assert [mention.vai_tro for mention in mentions] == roles
        assert [m.text for m in mentions if m.de_nghi] == case.get("de_nghi", [])
    if "tap_the" in case:
        assert [m.text for m in mentions if m.tap_the] == case["tap_the"]


@each("case", CASES, itemgetter("text"))
def test_a_cell_in_decomposed_form_is_split_alike(case: dict[str, Any]) -> None:
    text = unicodedata.normalize("NFD", case["text"])
    mentions = read_agencies(text).phan
    alike = [unicodedata.normalize("NFC", mention.text) for mention in mentions]
    assert alike in [case["phan"], *case.get("phan_khac", [])]
    assert all(text[m.start : m.end] == m.text for m in mentions)


@pytest.mark.parametrize("text", ["", " ", "Không có.", "không", "-", ";", "...", "\n"])
def test_a_cell_that_names_nobody_has_no_parts(text: str) -> None:
    assert read_agencies(text).phan == ()


@given(CELLS)
def test_any_text_is_read_and_spans_slice_to_the_parts(text: str) -> None:
    cell = read_agencies(text)
    assert cell.text == text
    last = 0
    for mention in cell.phan:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        assert mention.text.strip() == mention.text != ""
        last = mention.end


@given(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=6))
def test_agencies_joined_by_semicolons_are_read_back(names: list[str]) -> None:
    assert [m.text for m in read_agencies("; ".join(names)).phan] == names


@given(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=6))
def test_agencies_joined_by_commas_are_read_back(names: list[str]) -> None:
    assert [m.text for m in read_agencies(", ".join(names)).phan] == names


@given(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=6))
def test_agencies_on_lines_of_their_own_are_read_back(names: list[str]) -> None:
    assert [m.text for m in read_agencies("\n".join(f"- {n}" for n in names)).phan] == names


@given(st.sampled_from(SIMPLE), st.sampled_from(SIMPLE))
def test_who_leads_and_who_helps_are_told_apart(leader: str, helper: str) -> None:
    first, second = read_agencies(f"{leader} chủ trì, phối hợp với {helper}").phan
    assert (first.text, first.vai_tro) == (leader, "chủ trì")
    assert (second.text, second.vai_tro) == (helper, "")


def test_known_agencies_are_found_in_running_text() -> None:
    names = NameIndex([("so-noi-vu", "Sở Nội vụ"), ("ubnd", "UBND")])
    text = "Giao sở nội vụ tham mưu UBND thành phố."
    assert [(text[m.start : m.end], m.id) for m in names.find(text)] == [
        ("sở nội vụ", "so-noi-vu"),
        ("UBND", "ubnd"),
    ]
