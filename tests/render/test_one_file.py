"""`gop_tep`: a decision and the danh mục it issues in one file, made, judged and read back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from danvan_cli.cli.app import run
from danvan_cli.importing.unit import import_unit
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.reading.lines import bare_lines, word_lines
from danvan_cli.reading.reader import document_in, read_document
from danvan_cli.render.documents import Draft, document_kinds, documents_of
from tests.cities import shipped_city
from tests.package_faults import package_faults
from tests.render.word_files import TEMPLATES, parts_of

OWN = {
    "nguoi_ky": {"ho_ten": "Trần Văn An", "chuc_vu": "pho_chu_tich"},
    "sua_doi": [{"ma": "doi-thoai-voi-nhan-dan", "ly_do": "A", "thoi_gian": "Quý II/2026"}],
    "van_ban": {"quyet-dinh": {"so_hieu": "31", "ngay": "05/02/2026"}},
}


def made(kinds: list[str] | None = None, **more: object) -> dict[str, Draft]:
    profile = Profile.model_validate({**OWN, **more})
    locality = Locality.of(shipped_city(), find_unit(shipped_city(), "an-lao"), profile)
    documents, findings = documents_of(
        locality, localize(locality), kinds or document_kinds(locality)
    )
    assert findings == ()
    return {d.kind: d for d in documents}


def said(data: bytes) -> list[str]:
    """The lines of a file, the numbers of its pages and rows left out."""
    return [line for line in word_lines(data) if any(map(str.isalpha, line))]


def test_the_unit_says_whether_they_are_one_file_or_two() -> None:
    assert {"quyet-dinh", "danh-muc"} <= made().keys()
    assert {"quyet-dinh", "danh-muc"} <= made(gop_tep="khong").keys()
    one = made(gop_tep="co")
    assert "danh-muc" not in one
    assert [d.kind for d in one["quyet-dinh"].texts()] == ["quyet-dinh", "danh-muc"]


@pytest.mark.parametrize("asked", ["quyet-dinh", "danh-muc"])
def test_either_of_them_gives_the_one_file(asked: str) -> None:
    documents = made([asked], gop_tep="co")
    assert list(documents) == ["quyet-dinh"]
    assert len(documents["quyet-dinh"].enclosed) == 1


def test_the_one_file_holds_the_words_of_both_and_counts_the_pages_of_each() -> None:
    one = made(gop_tep="co")["quyet-dinh"].rendered(TEMPLATES)
    two = made()
    apart = [said(two[kind].rendered(TEMPLATES)) for kind in ("quyet-dinh", "danh-muc")]
    assert said(one) == [*apart[0], *apart[1]]
    parts = parts_of(one)
    assert package_faults(parts) == ()
    sections = re.findall(r"<w:sectPr>.*?</w:sectPr>", parts["word/document.xml"].decode())
    assert ['w:start="1"' in section for section in sections] == [False, True]
    assert all("<w:titlePg/>" in section for section in sections)


def test_each_text_of_the_file_is_a_document_of_its_own() -> None:
    document = document_in(made(gop_tep="co")["quyet-dinh"].rendered(TEMPLATES), "a.docx")
    assert [text.kind for text in document.texts] == ["QUYẾT ĐỊNH", "DANH MỤC"]
    decision, listed = document.texts
    assert (decision.number, decision.rows) == ("31", ())
    assert decision.recipients
    assert len(listed.rows) > 20
    assert "Quyết định số 31/QĐ-UBND ngày 05 tháng 02 năm 2026".lower() in (listed.attached or "")


def test_an_annex_is_no_document_of_its_own() -> None:
    document = document_in(made()["ke-hoach-nghi-quyet"].rendered(TEMPLATES), "a.docx")
    assert document.annexes
    assert document.enclosed == ()


def test_the_one_file_is_read_back_into_the_same_unit_file(tmp_path: Path) -> None:
    data = made(gop_tep="co")["quyet-dinh"].rendered(TEMPLATES)
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    document, _ = read_document(path, "a.docx")
    assert document is not None
    unit = find_unit(shipped_city(), "an-lao")
    back = import_unit(document, bare_lines(path), shipped_city(), unit)
    assert back.left_over == ()
    locality = Locality.of(shipped_city(), unit, Profile.model_validate(back.profile))
    documents, _ = documents_of(locality, localize(locality), document_kinds(locality))
    assert len(documents) == 1
    assert documents[0].rendered(TEMPLATES) == data


def test_the_one_file_is_judged_whole_and_found_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = made(gop_tep="co")["quyet-dinh"].rendered(TEMPLATES)
    Path("a.docx").write_bytes(data)
    assert run(["validate", "a.docx", "--ignore", "DV519"]) == 0
    wrong: dict[str, Any] = {
        "sua_doi": [{"ma": "doi-thoai-voi-nhan-dan", "ly_do": "A", "thoi_gian": "31/6/2026"}]
    }
    Path("b.docx").write_bytes(made(gop_tep="co", **wrong)["quyet-dinh"].rendered(TEMPLATES))
    capsys.readouterr()
    assert run(["validate", "b.docx"]) == 1
    assert "DV302" in capsys.readouterr().out
