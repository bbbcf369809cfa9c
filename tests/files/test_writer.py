"""Files are written whole or not at all, and nothing a person has changed is lost."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from danvan_cli.cli.papers import judge_of
from danvan_cli.errors import WriteError
from danvan_cli.files import (
    Verdict,
    Written,
    as_read,
    new_folder,
    only_own,
    steps,
    waiting,
    write_all,
)
from danvan_cli.files.steps import make
from danvan_cli.render.template import load_template, render
from tests.render.word_files import MAIN, content

NAME = "van-ban.docx"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def put(folder: Path, files: dict[str, bytes], *, force: bool = False) -> tuple[Written, ...]:
    """Papers written as `danvan render` writes them."""
    judge = judge_of(force=force, with_file=True)
    return write_all([(folder / name, data) for name, data in files.items()], judge)


@pytest.fixture(params=["exchange", "no exchange"])
def _any_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that lets two files change places in one step, and one that does not."""
    if request.param == "no exchange":
        monkeypatch.setattr(waiting, "exchange", lambda *_: False)


def made(title: str) -> bytes:
    """A document of danvan's own, with `title` in it."""
    return render(load_template(MAIN), content(lenh=title), made_on=date(2027, 2, 5))


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
    written = put(folder, {"a.docx": b"1", "b.docx": b"2"})
    assert [w.verdict for w in written] == [Verdict.NEW, Verdict.NEW]
    assert files_in(folder) == {"a.docx": b"1", "b.docx": b"2"}


def test_a_file_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path, {NAME: b"1"})
    before = (tmp_path / NAME).stat().st_mtime_ns
    (written,) = put(tmp_path, {NAME: b"1"}, force=True)
    assert written.verdict is Verdict.SAME
    assert (tmp_path / NAME).stat().st_mtime_ns == before


def test_another_file_is_kept_and_the_rest_written(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    written = put(tmp_path, {NAME: b"1", "b.docx": b"2"})
    assert [w.verdict for w in written] == [Verdict.KEPT, Verdict.NEW]
    assert files_in(tmp_path) == {NAME: b"old", "b.docx": b"2"}


@pytest.mark.parametrize("force", [False, True])
def test_a_file_of_danvan_nobody_changed_is_replaced(force: bool, tmp_path: Path) -> None:
    old, new = made("CŨ"), made("MỚI")
    (tmp_path / NAME).write_bytes(old)
    (written,) = put(tmp_path, {NAME: new}, force=force)
    assert (written.verdict, written.aside) == (Verdict.REPLACED, None)
    assert files_in(tmp_path) == {NAME: new}


def test_a_file_changed_by_hand_is_kept_without_force(tmp_path: Path) -> None:
    first = edited(made("CŨ"), tmp_path / NAME)
    (written,) = put(tmp_path, {NAME: made("MỚI")})
    assert written.verdict is Verdict.KEPT
    assert files_in(tmp_path) == {NAME: first}


def test_a_file_changed_by_hand_is_put_aside_each_time_under_a_new_name(tmp_path: Path) -> None:
    first = edited(made("CŨ"), tmp_path / NAME)
    (written,) = put(tmp_path, {NAME: made("MỚI")}, force=True)
    assert written.verdict is Verdict.SET_ASIDE
    assert written.aside == tmp_path / "van-ban.ban-sua-1.docx"
    (tmp_path / NAME).write_bytes(b"not a Word file at all")
    (again,) = put(tmp_path, {NAME: made("MỚI")}, force=True)
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
    put(tmp_path / folder, {NAME: b"1"})
    assert (tmp_path / folder / NAME).read_bytes() == b"1"


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "ket-qua").write_bytes(b"x")
    with pytest.raises(WriteError, match="đã có một tệp trùng tên thư mục này"):
        put(tmp_path / "ket-qua", {NAME: b"1"})
    assert files_in(tmp_path) == {"ket-qua": b"x"}


def test_a_folder_below_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"x")
    with pytest.raises(WriteError, match="một phần của đường dẫn là tệp"):
        put(tmp_path / "tep" / "con", {NAME: b"1"})


def test_a_file_name_that_is_a_folder_is_said_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(WriteError):
        put(tmp_path, {"a.docx": b"1", NAME: b"1"}, force=True)
    assert [p.name for p in tmp_path.iterdir()] == [NAME]


@pytest.mark.skipif(AS_ROOT, reason="root may write anywhere")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WriteError, match="không có quyền ghi"):
            put(tmp_path, {NAME: b"1"})
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.usefixtures("_any_system")
@pytest.mark.parametrize("locked_name", ["a.docx", "b.docx", "d.docx"])
def test_a_file_locked_by_word_stops_no_other_and_is_named(
    locked_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(made("CŨ"), tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(b"no document of danvan")
    (tmp_path / "d.docx").write_bytes(made("CŨ"))
    before = (tmp_path / locked_name).read_bytes()
    lock(monkeypatch, locked_name)
    files = {f"{name}.docx": b"1" for name in "abcd"}
    written = put(tmp_path, files, force=True)
    assert [w.path.name for w in written if w.verdict is Verdict.LOCKED] == [locked_name]
    found = files_in(tmp_path)
    assert found.pop(locked_name) == before
    assert {name: found[name] for name in found if ".ban-sua-" not in name} == {
        name: b"1" for name in files if name != locked_name
    }


def lock(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The system refuses to move the file `name` or to put another in its place."""
    for module, function in ((os, "rename"), (os, "replace"), (waiting, "exchange")):
        real = getattr(module, function)

        def refuse(*paths: Path, real: Any = real) -> Any:
            if name in {Path(p).name for p in paths}:
                raise PermissionError(errno.EACCES, "Permission denied")
            return real(*paths)

        monkeypatch.setattr(module, function, refuse)


@pytest.mark.usefixtures("_any_system")
def test_files_that_belong_together_are_all_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / one / "a.yaml" for one in "xyz"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(b"old")
    lock(monkeypatch, "a.yaml")
    read = dict.fromkeys(paths, b"old")
    with pytest.raises(WriteError, match=r"x/a\.yaml: không có quyền ghi"):
        write_all([(path, b"new") for path in paths], as_read(read), together=True)
    assert [files_in(path.parent) for path in paths] == [{"a.yaml": b"old"}] * 3
    monkeypatch.undo()
    write_all([(path, b"new") for path in paths], as_read(read), together=True)
    assert [files_in(path.parent) for path in paths] == [{"a.yaml": b"new"}] * 3


def test_the_first_files_go_back_when_the_last_is_read_only(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml")]
    for path in paths:
        path.write_bytes(b"old")
    paths[2].chmod(0o444)
    with pytest.raises(WriteError, match=r"c\.yaml"):
        write_all(
            [(p, b"new") for p in paths], as_read(dict.fromkeys(paths, b"old")), together=True
        )
    assert set(files_in(tmp_path).values()) == {b"old"}
    assert len(files_in(tmp_path)) == 3


def test_a_file_saved_since_it_was_read_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.yaml"
    path.write_bytes(b"saved since")
    with pytest.raises(WriteError, match="vừa được lưu từ chương trình khác"):
        write_all([(path, b"new")], as_read({path: b"as it was read"}))
    assert files_in(tmp_path) == {"ho-so.yaml": b"saved since"}


@pytest.mark.skipif(os.name == "nt", reason="links of another kind")
def test_a_file_with_two_names_is_not_made_two_files(tmp_path: Path) -> None:
    path, other = tmp_path / "ho-so.yaml", tmp_path / "ban-sao.yaml"
    path.write_bytes(b"old")
    other.hardlink_to(path)
    with pytest.raises(WriteError, match="còn một tên khác"):
        write_all([(path, b"new")], as_read({path: b"old"}))
    assert files_in(tmp_path) == {"ban-sao.yaml": b"old", "ho-so.yaml": b"old"}
    other.unlink()
    other.symlink_to(path)
    with pytest.raises(WriteError, match="còn một tên khác"):
        write_all([(other, b"new")], as_read({other: b"old"}))
    assert (other.is_symlink(), path.read_bytes()) == (True, b"old")
    path.unlink()
    with pytest.raises(WriteError, match="không ghi được ở đây"):
        put(tmp_path, {other.name: b"new"})


def test_a_file_of_another_kind_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.yaml"
    judge = only_own(lambda data: data.startswith(b"{"), "tệp mốc của danvan")
    path.write_bytes(b"don_vi: an-lao")
    with pytest.raises(WriteError, match="đã có và không phải tệp mốc của danvan, giữ nguyên"):
        write_all([(path, b"{}")], judge)
    assert path.read_bytes() == b"don_vi: an-lao"
    path.write_bytes(b"{ }")
    write_all([(path, b"{}")], judge)
    assert files_in(tmp_path) == {"ho-so.yaml": b"{}"}


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o007])
def test_permissions_are_those_of_the_user_and_of_the_file(mask: int, tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(made("CŨ"))
    (tmp_path / "old.docx").chmod(0o640)
    before = os.umask(mask)
    try:
        put(tmp_path, {"old.docx": b"1", "new.docx": b"1"}, force=True)
        put(tmp_path / "folder", {"new.docx": b"1"})
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {
        "old.docx": 0o640,
        "new.docx": 0o666 & ~mask,
        "folder": 0o777 & ~mask,
    }


@pytest.mark.parametrize("text", ["a", "thư mục"])
def test_a_file_too_long_for_the_disk_is_said(text: str, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="quá dài"):
        put(tmp_path, {text * 300 + ".docx": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_is_replaced_all_the_same(tmp_path: Path) -> None:
    name = "ă" * 120 + ".docx"
    edit = edited(made("CŨ"), tmp_path / name)
    (written,) = put(tmp_path, {name: b"1"}, force=True)
    assert written.aside is not None
    assert written.aside.read_bytes() == edit
    assert len(files_in(tmp_path)) == 2


def test_a_folder_is_filled_whole_or_is_not_there(tmp_path: Path) -> None:
    def fill(folder: Path, *, fails: bool) -> None:
        with new_folder(folder) as new:
            make(new / "a", b"1")
            if fails:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "ra", fails=True)
    assert list(tmp_path.iterdir()) == []
    fill(tmp_path / "ra", fails=False)
    assert files_in(tmp_path / "ra") == {"a": b"1"}
    with pytest.raises(WriteError, match="vừa được tạo ở nơi khác"):
        fill(tmp_path / "ra", fails=False)
    assert [p.name for p in tmp_path.iterdir()] == ["ra"]


def test_a_folder_another_run_holds_is_waited_for_and_then_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "PATIENCE", 0.05)
    with steps.turn(tmp_path), pytest.raises(WriteError, match="một lệnh danvan khác đang ghi"):
        put(tmp_path, {NAME: b"1"})
    put(tmp_path, {NAME: b"1"})
    assert files_in(tmp_path) == {NAME: b"1"}


def test_no_temporary_file_is_left_behind(tmp_path: Path) -> None:
    put(tmp_path, {f"{i}.docx": b"x" for i in range(5)})
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{i}.docx" for i in range(5)]


def test_a_folder_named_in_two_ways_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(steps, "PATIENCE", 0.05)
    put(Path(), {"a": b"1"})
    write_all([(Path("b"), b"2"), (tmp_path / "c", b"3")], judge_of(force=True, with_file=False))
    assert files_in(tmp_path) == {"a": b"1", "b": b"2", "c": b"3"}
