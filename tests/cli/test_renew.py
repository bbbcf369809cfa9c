"""`danvan render --giu-sua` from outside: what is written, kept aside and said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.word.revisions import comments_in
from tests.cities import SMALL
from tests.hands import Edit, by_hand, lines

START = 'don_vi: dong-xuan\ndanh_muc: "2027"\nnguoi_ky: {signer}\nloai_van_ban: [quyet-dinh]\n'
NAME = "dong-xuan-quyet-dinh-2027"
PAPER = Path("dong-xuan") / f"{NAME}.docx"
TOLD = "! Trước khi ký, soát lại: danvan validate dong-xuan\n"


@pytest.fixture(autouse=True)
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The decision of a xã, its signer not known yet, in the folder where commands run."""
    shutil.copytree(SMALL, tmp_path / "thanh-pho-nho")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", "thanh-pho-nho")
    sign("de_trong")
    assert run(["render", "ho-so.yaml"]) == 0


def sign(signer: str, more: str = "") -> None:
    Path("ho-so.yaml").write_text(START.format(signer=signer) + more, "utf-8")


def edit(*edits: Edit) -> bytes:
    data = by_hand(PAPER.read_bytes(), *edits)
    PAPER.write_bytes(data)
    return data


def again(capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    capsys.readouterr()
    assert run(["render", "ho-so.yaml", "--giu-sua"]) == code
    seen = capsys.readouterr()
    notes = (line for line in seen.err.splitlines() if not line.startswith("Coi như"))
    return seen.out + "".join(f"! {line}\n" for line in notes)


def test_the_signer_comes_in_and_the_edited_file_is_kept_aside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = edit(Edit("đổi chữ", "có hiệu lực", "Các xóm tự theo dõi."))
    sign("Trần Văn An")
    aside = PAPER.with_name(f"{NAME}.ban-sua-1.docx")
    assert again(capsys) == (
        f"{PAPER} (làm mới 1 chỗ, giữ 1 chỗ sửa tay; bản cũ cất ở {aside})\n{TOLD}"
    )
    assert aside.read_bytes() == before
    assert set(lines(PAPER.read_bytes())) - set(lines(before)) == {"Trần Văn An"}
    assert again(capsys) == f"{PAPER} (không đổi)\n{TOLD}"


def test_what_both_changed_is_told_and_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    edit(Edit("thêm", "CHỦ TỊCH", "Lê Thị Bình"))
    sign("Trần Văn An")
    said = again(capsys, code=1)
    assert (
        "! Cả hai cùng đổi, giữ chữ đã sửa tay, bên cạnh có chú thích."
        " Bản mới của danvan: Trần Văn An\n"
    ) in said
    assert comments_in(PAPER.read_bytes()) == ("danvan: Bản mới của danvan: Trần Văn An",)


def test_an_unedited_paper_is_simply_made_again(capsys: pytest.CaptureFixture[str]) -> None:
    sign("Trần Văn An")
    assert again(capsys) == f"{PAPER} (làm lại)\n{TOLD}"


def test_a_file_that_is_not_danvan_s_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    PAPER.write_bytes(b"ghi ch\xc3\xba")
    assert again(capsys, code=1) == (
        f"! {PAPER}: không phải tệp .docx (không phải tệp nén zip), giữ nguyên."
        f" Thêm --force thay cho --giu-sua để làm lại; tệp cũ được cất riêng.\n{TOLD}"
    )
    assert PAPER.read_bytes() == b"ghi ch\xc3\xba"


@pytest.mark.parametrize("other", ["--force", "--tat-ca"])
def test_it_goes_with_one_unit_and_without_force(
    other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["render", "ho-so.yaml", "--giu-sua", other]) == 2
    assert "--giu-sua không đi cùng --tat-ca hay --force." in capsys.readouterr().err
