"""Files are written whole or not at all, and nothing a person has changed is lost."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from danvan_cli import files
from danvan_cli.errors import WriteError
from danvan_cli.files import Verdict, write_all
from danvan_cli.render.numbering import letter, number_of
from danvan_cli.render.template import load_template, render
from danvan_cli.text import roman
from tests.render.word_files import TEMPLATES, context_of

NAME = "van-ban.docx"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def made(title: str) -> bytes:
    """A document of danvan's own, with `title` in it."""
    context = {**context_of("quyet-dinh"), "lenh": title}
    return render(load_template(TEMPLATES / "quyet-dinh.docx"), context, made_on=date(2027, 2, 5))


def edited(data: bytes, path: Path) -> bytes:
    """`data` as it is after someone saved it from another program."""
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:t>", b" x</w:t>", 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path.read_bytes()


def files_in(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_new_files_are_written_in_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "một" / "thư mục có dấu cách"
    written = write_all(folder, [("a.docx", b"1"), ("b.docx", b"2")])
    assert [w.verdict for w in written] == [Verdict.NEW, Verdict.NEW]
    assert files_in(folder) == {"a.docx": b"1", "b.docx": b"2"}


def test_a_file_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    write_all(tmp_path, [(NAME, b"1")])
    before = (tmp_path / NAME).stat().st_mtime_ns
    (written,) = write_all(tmp_path, [(NAME, b"1")], force=True)
    assert written.verdict is Verdict.SAME
    assert (tmp_path / NAME).stat().st_mtime_ns == before


def test_another_file_is_kept_and_the_rest_written(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    written = write_all(tmp_path, [(NAME, b"1"), ("b.docx", b"2")])
    assert [w.verdict for w in written] == [Verdict.KEPT, Verdict.NEW]
    assert files_in(tmp_path) == {NAME: b"old", "b.docx": b"2"}


def test_a_file_of_danvan_nobody_changed_is_replaced_by_force(tmp_path: Path) -> None:
    old, new = made("CŨ"), made("MỚI")
    (tmp_path / NAME).write_bytes(old)
    (written,) = write_all(tmp_path, [(NAME, new)], force=True)
    assert (written.verdict, written.aside) == (Verdict.REPLACED, None)
    assert files_in(tmp_path) == {NAME: new}


def test_a_file_changed_by_hand_is_put_aside_each_time_under_a_new_name(tmp_path: Path) -> None:
    first = edited(made("CŨ"), tmp_path / NAME)
    (written,) = write_all(tmp_path, [(NAME, made("MỚI"))], force=True)
    assert written.verdict is Verdict.SET_ASIDE
    assert written.aside == tmp_path / "van-ban.ban-sua-1.docx"
    (tmp_path / NAME).write_bytes(b"not a Word file at all")
    (again,) = write_all(tmp_path, [(NAME, made("MỚI"))], force=True)
    assert again.aside == tmp_path / "van-ban.ban-sua-2.docx"
    assert files_in(tmp_path) == {
        NAME: made("MỚI"),
        "van-ban.ban-sua-1.docx": first,
        "van-ban.ban-sua-2.docx": b"not a Word file at all",
    }


@pytest.mark.parametrize(
    "folder", ["Văn bản của xã", "a b  c", "Đặc khu (bản 1)", "thư-mục.docx", "%TEMP%", "a'b"]
)
def test_folders_may_have_any_name_windows_allows(folder: str, tmp_path: Path) -> None:
    write_all(tmp_path / folder, [(NAME, b"1")])
    assert (tmp_path / folder / NAME).read_bytes() == b"1"


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "ket-qua").write_bytes(b"x")
    with pytest.raises(WriteError, match="đã có một tệp trùng tên thư mục này"):
        write_all(tmp_path / "ket-qua", [(NAME, b"1")])
    assert files_in(tmp_path) == {"ket-qua": b"x"}


def test_a_folder_below_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"x")
    with pytest.raises(WriteError, match="một phần của đường dẫn là tệp"):
        write_all(tmp_path / "tep" / "con", [(NAME, b"1")])


def test_a_file_name_that_is_a_folder_is_said_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(WriteError):
        write_all(tmp_path, [("a.docx", b"1"), (NAME, b"1")], force=True)
    assert [p.name for p in tmp_path.iterdir()] == [NAME]


@pytest.mark.skipif(AS_ROOT, reason="root may write anywhere")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WriteError, match="không có quyền ghi"):
            write_all(tmp_path, [(NAME, b"1")])
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")
    real = files._temporary

    def full(path: Path, data: bytes) -> Path:
        if path.name == "b.docx":
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(files, "_temporary", full)
    with pytest.raises(WriteError, match="không ghi được"):
        write_all(tmp_path, [("a.docx", b"1"), ("b.docx", b"2")], force=True)
    assert files_in(tmp_path) == {"a.docx": b"old"}


@pytest.mark.parametrize("locked_name", ["a.docx", "b.docx", "c.docx", "d.docx"])
def test_a_file_locked_by_word_leaves_everything_as_it_was(
    locked_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(made("CŨ"), tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(b"no document of danvan")
    (tmp_path / "d.docx").write_bytes(made("CŨ"))
    before = files_in(tmp_path)
    real = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).name == locked_name:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(WriteError, match="đang mở trong Word"):
        write_all(tmp_path, [(f"{name}.docx", b"1") for name in "abcd"], force=True)
    assert files_in(tmp_path) == before


def test_no_temporary_file_is_left_behind(tmp_path: Path) -> None:
    write_all(tmp_path, [(f"{i}.docx", b"x") for i in range(5)])
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{i}.docx" for i in range(5)]


def test_letters_and_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 19, 40, 48)] == [
        *("I", "IV", "IX", "XIV", "XIX"),
        *("XL", "XLVIII"),
    ]
    assert "".join(letter(n) for n in range(1, 8)) == "abcdđeg"
    assert (letter(23), letter(24), letter(25)) == ("y", "aa", "ab")
    assert number_of("khong", 3, "") == number_of(None, 3, "") == ""
