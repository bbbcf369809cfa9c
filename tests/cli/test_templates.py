"""`danvan templates FOLDER --ghi-chu`: what is wrong with templates, told and put into copies as comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from danvan_cli.cli.app import run
from danvan_cli.word.package import read_package, write_package
from danvan_cli.word.revisions import comments_in
from tests.package_faults import package_faults
from tests.render.word_files import MAIN, W, parts_of, text_of

WRONG = {
    "{{ ky.ho_ten }}": "{{ ky.hoten }}",
    "{{ can_cu }}": "{{ can_cu",
    "{{ nhiem_vu.tt }}": "{{ nhiem_vu.tt }}{{ cot.xa }}",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    Path("mau").mkdir()


def template(changes: dict[str, str]) -> Path:
    parts = dict(read_package(MAIN.read_bytes()))
    body = parts["word/document.xml"].decode()
    for old, new in changes.items():
        assert old in body
        body = body.replace(old, new, 1)
    path = Path("mau") / MAIN.name
    path.write_bytes(write_package({**parts, "word/document.xml": body.encode()}))
    return path


def commented(data: bytes) -> dict[str, list[str]]:
    """The comments of a file by the words of the paragraph that each stands on."""
    parts = parts_of(data)
    said = {
        c.get(f"{W}id"): text_of(c)
        for c in etree.fromstring(parts["word/comments.xml"]).iter(f"{W}comment")
    }
    made: dict[str, list[str]] = {}
    for paragraph in etree.fromstring(parts["word/document.xml"]).iter(f"{W}p"):
        for mark in paragraph.iter(f"{W}commentReference"):
            made.setdefault(text_of(paragraph), []).append(said[mark.get(f"{W}id")])
    return made


def test_every_fault_is_told_with_its_place_and_is_a_comment_on_its_paragraph(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = template(WRONG)
    before = path.read_bytes()
    assert run(["templates", "mau", "--ghi-chu"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "mau/van-ban.ghi-chu.docx" in lines
    (count,) = [int(m[1]) for line in lines if (m := re.match(r"(\d+) chỗ sai ở 1 mẫu\.", line))]
    assert sum("DV6" in line for line in lines) == count
    assert any("(bảng 2, hàng 3, ô 1" in line and "“cot.xa”" in line for line in lines)
    assert path.read_bytes() == before
    copy = Path("mau/van-ban.ghi-chu.docx").read_bytes()
    assert package_faults(parts_of(copy)) == ()
    found = commented(copy)
    assert sum(map(len, found.values())) == count == len(comments_in(copy))
    assert any("không đóng trong cùng một đoạn" in c for c in found["{{ can_cu"])
    assert found["{{ ky.hoten }}"] == [
        "Không văn bản nào có “ky.hoten” ở {{ ky.hoten }}. Có phải “ky.ho_ten”?"
    ]
    assert any("cot.xa" in c for c in found["{{ nhiem_vu.tt }}{{ cot.xa }}"])
    assert any("Mẫu không in {{ can_cu }}" in c for c in found["{{ co_quan }}"])


def test_the_words_of_the_copy_are_those_of_the_template() -> None:
    path = template(WRONG)
    run(["templates", "mau", "--ghi-chu"])
    words = [
        [text_of(p) for p in etree.fromstring(parts_of(file.read_bytes())["word/document.xml"]).iter(f"{W}p")]
        for file in (path, Path("mau/van-ban.ghi-chu.docx"))
    ]  # fmt: skip
    assert words[0] == words[1]


def test_a_right_template_has_no_copy(capsys: pytest.CaptureFixture[str]) -> None:
    path = template({})
    assert run(["templates", str(path), "--ghi-chu"]) == 0
    assert capsys.readouterr().out == "1 mẫu, không có chỗ sai.\n"
    assert [p.name for p in Path("mau").iterdir()] == [path.name]


def test_a_copy_is_no_template_and_one_made_again_is_set_aside_if_it_was_edited() -> None:
    template(WRONG)
    run(["templates", "mau", "--ghi-chu"])
    copy = Path("mau/van-ban.ghi-chu.docx")
    assert run(["templates", "mau", "--ghi-chu"]) == 1
    assert len(list(Path("mau").glob("*.docx"))) == 2
    copy.write_bytes(copy.read_bytes() + b"\0")
    run(["templates", "mau", "--ghi-chu"])
    assert len(list(Path("mau").glob("*.docx"))) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--ghi-chu"], "--ghi-chu cần mẫu hoặc thư mục mẫu."),
        (["trong", "--ghi-chu"], "Không có mẫu .docx nào ở 'trong'. Kiểm tra đường dẫn."),
    ],
)
def test_what_is_asked_wrongly_is_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("trong").mkdir()
    assert run(["templates", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_what_is_no_word_file_is_told_and_has_no_copy(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mau/a.docx").write_bytes(b"PK khong phai")
    assert run(["templates", "mau", "--ghi-chu"]) == 1
    assert "DV610" in capsys.readouterr().out
    assert [p.name for p in Path("mau").iterdir()] == ["a.docx"]
