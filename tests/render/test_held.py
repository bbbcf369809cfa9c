"""What belongs together is not parted by the end of a line, and is read as if it were plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.reading.reader import document_in, read_document
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.render.ink import held, held_within
from danvan_cli.text import HYPHEN, SPACE, breakable
from tests.cities import shipped_city
from tests.render.word_files import TEMPLATES, parts_of

# "~" and "=" stand for a space and a hyphen at which no line ends.
HELD = [
    "Chỉ thị số~33/CT=TTg ngày~26/11/2021",
    "Số:~15/KH=UBND",
    "ngày~05 tháng~02 năm~2026",
    "theo điểm~a khoản~2 Điều~5",
    "giai đoạn 2026~-~2030, nhiệm kỳ 2026=2031",
    "Phòng Văn hóa~- Xã hội",
    "Quý~II/2026, đợt~1, theo Phụ lục~I",
    "Phụ lục I",
    "đạt 95~% trở lên",
    "- Lưu: VT, VHXH.",
    "- Cơ quan chủ trì: Công an xã",
    "in-tơ-nét, Mác - ",
    "a) Công khai thủ tục; điểm b) bỏ",
    "Điều này, năm nay, số liệu",
]
SPLIT = re.compile(r"\w-[A-ZĐ0-9]|(?:ngày|tháng|năm|số|Điều|Quý) [0-9IVX]|\w - ")


@pytest.mark.parametrize("shown", HELD)
def test_what_belongs_together_is_held(shown: str) -> None:
    if "Mác" in shown:
        shown = shown.replace(" - ", "~- ")
    wanted = shown.replace("~", SPACE).replace("=", HYPHEN)
    assert held(breakable(wanted)) == wanted


def test_what_is_wider_than_its_column_may_be_parted_at_spaces() -> None:
    whole = held("Trước ngày 15/02/2026")
    assert held_within(breakable(whole), 200, 14) == whole
    assert held_within(breakable(whole), 66, 14) == "Trước ngày 15/02/2026"
    assert HYPHEN in held_within("số 48/2019/QĐ-UBND", 66, 14)


@settings(deadline=None)
@given(st.text("số Điềungày-–/%0123AĐIVX a)", max_size=60))
def test_holding_changes_no_letter_and_is_done_once(text: str) -> None:
    made = held(text)
    assert len(made) == len(text)
    assert breakable(made) == breakable(text)
    assert held(made) == made


@pytest.mark.parametrize("unit", ["le-chan", "cat-hai"])
def test_no_paper_has_a_symbol_or_a_date_that_may_be_parted(unit: str) -> None:
    locality = Locality.of(shipped_city(), find_unit(shipped_city(), unit))
    documents, _ = documents_of(locality, localize(locality), document_kinds(locality))
    for document in documents:
        body = parts_of(document.rendered(TEMPLATES))["word/document.xml"].decode()
        texts = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", body)
        # The column of deadlines is narrower than "ngày 15/02/2026".
        long = [t for t in texts if not t.startswith("Hoàn thành trước ngày ")]
        assert [t for t in long if SPLIT.search(t)] == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["số 33/CT-TTg", "ngày 05/02/2026", "Văn hóa - Xã hội", "việc"])))
def test_held_and_plain_words_are_read_alike(said: list[str]) -> None:
    from tests.papers import paper_of

    plain = f"Nội dung {' '.join(said)} của xã"
    papers = [paper_of(f"lời văn: chữ {text}") for text in (plain, held(plain))]
    assert document_in(papers[0], "a.docx").text == document_in(papers[1], "a.docx").text


def test_text_copied_from_a_paper_is_read_as_typed(tmp_path: Path) -> None:
    text = "Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021, giai đoạn 2026 - 2030."
    path = tmp_path / "chep.txt"
    path.write_text(held(text), encoding="utf-8")
    document, _ = read_document(path, "chep.txt")
    assert document is not None
    assert document.text == text
