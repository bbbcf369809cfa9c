"""`danvan import` on a terminal: it asks what it cannot tell, and writes what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from tests.cities import SMALL
from tests.cli.test_terminal import in_a_terminal
from tests.importing.test_tables import HEADS, numbered, saved, started, table_of, two_lists


def test_which_of_two_tables_is_asked(tmp_path: Path) -> None:
    (tmp_path / "hai.docx").write_bytes(two_lists())
    code, screen = in_a_terminal(tmp_path, ["import", "hai.docx"], "9\n1\n")
    assert "Văn bản có nhiều bảng nhiệm vụ:" in screen
    assert "Trả lời một số từ 1 đến 2." in screen
    assert "ho-so.yaml: 3 nhiệm vụ" in screen
    assert code == 0
    assert "Kiểm tra thôn" not in (tmp_path / "ho-so.yaml").read_text("utf-8")


def test_numbers_of_the_paper_and_of_the_catalogue_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = started()
    doubtful = ("Đối thoại với người dân ở cơ sở", "Công an xã", "", "Quý II/2027")
    table_of(made, HEADS, [*numbered()[:1], ["2", *doubtful]])
    (tmp_path / "ngo.docx").write_bytes(saved(made))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", str(SMALL))
    run(["import", "ngo.docx"])
    assert (
        "Chưa chắc: nhiệm vụ 2 của văn bản “Đối thoại với người dân ở cơ sở” lấy là 2.2 của danh mục;"
        " trong danh mục còn giống 2.1.b (0.26).\n"
    ) in capsys.readouterr().err


def test_a_doubtful_task_is_asked_and_the_answer_kept(tmp_path: Path) -> None:
    made = started()
    doubtful = ("Đối thoại với người dân ở cơ sở", "Công an xã", "", "Quý II/2027")
    table_of(made, HEADS, [*numbered()[:1], ["2", *doubtful]])
    (tmp_path / "ngo.docx").write_bytes(saved(made))
    for answer, own in (("0", 1), ("1", 0)):
        arguments = ["import", "ngo.docx", "--force"]
        code, screen = in_a_terminal(tmp_path, arguments, f"x\n{answer}\n")
        assert "Nhiệm vụ 2: Đối thoại với người dân ở cơ sở" in screen
        assert "Là nhiệm vụ nào của danh mục" in screen
        assert "Trả lời một số từ 0 đến" in screen
        assert code == 0
        written = (tmp_path / "ho-so.yaml").read_text("utf-8")
        assert written.count("bo_sung:") == own
