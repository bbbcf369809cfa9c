"""A copy with its layout set right: every letter as it was, and what could be set is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.cli.app import run
from danvan_cli.load.folders import form_file
from danvan_cli.load.opener import load_file
from danvan_cli.models.form import FormFile
from danvan_cli.reading.word_file import read_word
from danvan_cli.shipped import shipped
from danvan_cli.validate.checks.form.form import form_faults
from danvan_cli.validate.checks.form.mend import mended
from danvan_cli.word.package import read_package
from tests.package_faults import package_faults
from tests.papers import PARTS, paper_of

LOOKS = ["cỡ 11", "cỡ 16", "đậm", "không đậm", "nghiêng", "đứng", "trái", "phông Arial"]
LOOKS += ["màu FF0000", "thụt 3", "trước 0", "giãn 2", "giãn 0.8"]
PAGES = [
    "trang: trái 20, trên 10",
    "số trang: không có",
    "số trang: chân trang, phải",
    "số trang: cỡ 11",
]
_LINE = st.builds("{}: {}".format, st.sampled_from(sorted(PARTS)), st.sampled_from(LOOKS))
_CHANGES = st.lists(st.one_of(_LINE, st.sampled_from(PAGES)), max_size=6)


def figures() -> FormFile:
    form, faults = load_file(FormFile, form_file(shipped("catalog") / "hai-phong"), "the_thuc.yaml")
    assert form is not None
    assert faults == ()
    return form


FORM = figures()


def faults_of(data: bytes) -> list[str]:
    layout = read_word(data, "a.docx").layout
    assert layout is not None
    return [f"{f.code} {f.what} {f.found}" for f in form_faults(layout, FORM)]


def words_of(data: bytes) -> list[str]:
    layout = read_word(data, "a.docx").layout
    assert layout is not None
    return [paragraph.text for paragraph in layout.paragraphs]


def test_a_right_paper_is_left_alone() -> None:
    data = paper_of("")
    assert faults_of(data) == []
    assert mended(data, FORM) == (data, 0)


@settings(deadline=None, max_examples=60)
@given(_CHANGES)
def test_what_is_set_is_right_and_no_letter_is_touched(changes: list[str]) -> None:
    data = paper_of("\n".join(changes))
    made, count = mended(data, FORM)
    assert words_of(made) == words_of(data)
    assert bool(count) == (made != data)
    assert [f for f in faults_of(made) if "DV818" not in f] == []
    assert package_faults(read_package(made)) == ()
    assert mended(made, FORM) == (made, 0)


@pytest.mark.parametrize(
    "changes",
    ["số: chữ Số: 5/KH-UBND", "kẻ tiêu ngữ: không có", "phụ lục: chữ PHỤ LỤC"],
)
def test_what_only_a_person_can_do_is_left_and_found_again(changes: str) -> None:
    data = paper_of(changes)
    assert mended(data, FORM) == (data, 0)
    assert faults_of(data)


def test_letters_coded_for_an_old_font_keep_it() -> None:
    data = paper_of(
        "lời văn: phông .VnTime, chữ Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc"
    )
    made, _ = mended(data, FORM)
    assert words_of(made) == words_of(data)
    assert any("là .VnTime" in fault for fault in faults_of(made))


def test_fix_writes_a_copy_beside_the_file_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = paper_of("lời văn: cỡ 12\nsố trang: không có")
    Path("ke-hoach.docx").write_bytes(data)
    assert run(["validate", "ke-hoach.docx", "--select", "DV8", "--diff"]) == 1
    assert [path.name for path in Path().iterdir()] == ["ke-hoach.docx"]
    said = "2 chỗ về thể thức trong bản chép 'ke-hoach.the-thuc.docx', chữ giữ nguyên."
    assert f"Sẽ đặt lại {said}" in capsys.readouterr().err
    assert run(["validate", "ke-hoach.docx", "--select", "DV8", "--fix"]) == 1
    assert f"Đã đặt lại {said}" in capsys.readouterr().err
    assert Path("ke-hoach.docx").read_bytes() == data
    assert run(["validate", "ke-hoach.the-thuc.docx", "--select", "DV8"]) == 0
