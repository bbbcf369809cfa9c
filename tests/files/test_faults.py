"""The disk fails, the process is killed, another program saves: at every single step of a write."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from danvan_cli.errors import WriteError
from danvan_cli.files import (
    Judge,
    Verdict,
    kept,
    make_new,
    new_folder,
    replaced,
    waiting,
    write_all,
)

STEPS = ("open", "write", "fsync", "link", "unlink", "rename", "replace", "mkdir", "rmdir")
OURS, EDIT, SAVED = b"made by danvan", b"edited by hand", b"saved in between"
NEW = {"ours": b"new 1", "edited": b"new 2", "absent": b"new 3"}
OLD = {"ours": OURS, "edited": EDIT}
JUDGE: Judge = replaced(lambda data: data == OURS or data.startswith(b"new"))


class Killed(BaseException):
    """The process ends here; nothing of it runs any more."""


@contextmanager
def stepped(before: Callable[[int, str], None]) -> Iterator[list[int]]:
    """Calls `before` with the number and the name of each change on the disk."""
    count = [0]
    places: list[tuple[Any, str]] = [(os, name) for name in STEPS]
    places.append((waiting, "exchange"))
    real = [(module, name, getattr(module, name)) for module, name in places]

    def step(name: str, call: Any) -> Any:
        def counted(*given: Any, **more: Any) -> Any:
            if name == "open" and not given[1] & os.O_CREAT:
                return call(*given, **more)
            count[0] += 1
            before(count[0], name)
            return call(*given, **more)

        return counted

    for module, name, call in real:
        setattr(module, name, step(name, call))
    try:
        yield count
    finally:
        for module, name, call in real:
            setattr(module, name, call)


@pytest.fixture(params=["exchange", "no exchange"])
def _any_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "no exchange":
        monkeypatch.setattr(waiting, "exchange", lambda *_: False)


def folder_of(tmp_path: Path, number: int) -> Path:
    folder = tmp_path / str(number)
    folder.mkdir()
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    return folder


def put(folder: Path) -> None:
    write_all([(folder / name, data) for name, data in NEW.items()], JUDGE)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def steps_of_a_write(tmp_path: Path) -> int:
    folder = folder_of(tmp_path, 0)
    with stepped(lambda *_: None) as count:
        put(folder)
    return count[0]


DONE = {**NEW, "edited.ban-sua-1": EDIT}


@pytest.mark.usefixtures("_any_system")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_disk_that_fails_once_leaves_all_or_nothing(code: int, tmp_path: Path) -> None:
    total = steps_of_a_write(tmp_path)
    assert total > 10
    for at in range(1, total + 1):
        folder = folder_of(tmp_path, at)

        def fail(number: int, name: str, at: int = at) -> None:
            if number == at and name not in ("unlink", "rmdir"):
                raise OSError(code, "fails")

        with stepped(fail):
            try:
                put(folder)
            except WriteError:
                expected = OLD
            else:
                expected = DONE
        found = contents(folder)
        if EDIT in {found[name] for name in found if name.startswith(".danvan-")}:
            # It failed when all was done, at the edit's last step: the next run does that.
            assert {name: found.get(name) for name in NEW} == NEW, at
            put(folder)
            assert contents(folder) == DONE, at
        elif code != errno.EACCES:
            assert found == expected, at
        else:
            # A file that may not be touched stays; the others are written.
            assert EDIT in found.values(), at
            assert not [name for name in found if name.startswith(".danvan-")], at


@pytest.mark.usefixtures("_any_system")
def test_a_kill_while_a_failed_command_takes_itself_back_leaves_all_or_nothing(
    tmp_path: Path,
) -> None:
    total = steps_of_a_write(tmp_path)
    outcomes = set()
    for failed, after in product(range(4, total), range(1, 16)):
        folder = folder_of(tmp_path, failed * 100 + after)

        def fail(number: int, _: str, failed: int = failed, after: int = after) -> None:
            if number >= failed + after:
                raise Killed
            if number == failed:
                raise OSError(errno.EIO, "fails")

        with stepped(fail), suppress(Killed, WriteError):
            put(folder)
        write_all([(folder / "other", b"1")], kept)
        found = contents(folder)
        del found["other"]
        assert found in (OLD, DONE), (failed, after)
        outcomes.add(found == DONE)
    assert outcomes == {True, False}


@pytest.mark.usefixtures("_any_system")
def test_a_disk_that_stays_full_leaves_everything_as_it_was(tmp_path: Path) -> None:
    for at in range(1, 9):
        folder = folder_of(tmp_path, at)

        def full(number: int, name: str, at: int = at) -> None:
            if number >= at and name in ("open", "write", "mkdir", "fsync"):
                raise OSError(errno.ENOSPC, "full")

        with stepped(full), pytest.raises(WriteError, match="hết chỗ trên đĩa"):
            put(folder)
        assert contents(folder) == OLD, at


@pytest.mark.usefixtures("_any_system")
def test_a_kill_at_any_step_damages_nothing_and_the_next_run_cleans_up(tmp_path: Path) -> None:
    total = steps_of_a_write(tmp_path)
    for at in range(1, total + 1):
        folder = folder_of(tmp_path, at)

        def kill(number: int, _: str, at: int = at) -> None:
            if number >= at:
                raise Killed

        with stepped(kill), suppress(Killed):
            put(folder)
        found = contents(folder)
        for name in NEW:
            assert found.get(name) in (None, OLD.get(name), NEW[name]), (at, name)
        assert EDIT in found.values(), at
        put(folder)
        assert contents(folder) == DONE, at


def test_a_kill_leaves_every_file_in_its_place_where_files_can_change_places(
    tmp_path: Path,
) -> None:
    total = steps_of_a_write(tmp_path)
    for at in range(1, total + 1):
        folder = folder_of(tmp_path, at)

        def kill(number: int, _: str, at: int = at) -> None:
            if number >= at:
                raise Killed

        with stepped(kill), pytest.raises(Killed):
            put(folder)
        found = contents(folder)
        assert all(found[name] in (OLD[name], NEW[name]) for name in OLD), at


@pytest.mark.usefixtures("_any_system")
@pytest.mark.parametrize("name", ["ours", "edited", "absent"])
@pytest.mark.parametrize("how", ["renamed into place", "written in place"])
def test_what_another_program_saves_in_between_is_never_lost(
    name: str, how: str, tmp_path: Path
) -> None:
    total = steps_of_a_write(tmp_path)
    saving = os.replace
    for at in range(1, total + 1):
        folder = folder_of(tmp_path, at)

        def save(number: int, _: str, at: int = at, folder: Path = folder) -> None:
            if number != at:
                return
            if how == "written in place":
                (folder / name).write_bytes(SAVED)
            else:
                (folder / "~word").write_bytes(SAVED)
                saving(folder / "~word", folder / name)

        with stepped(save):
            put(folder)
        found = contents(folder)
        assert SAVED in found.values(), at
        assert EDIT in found.values() or name == "edited", at
        assert not [left for left in found if left.startswith(".danvan-")], at


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def fill(parent: Path) -> None:
        with new_folder(parent / "ra") as folder:
            make_new((folder / name, data) for name, data in NEW.items())

    parent = folder_of(tmp_path, 0)
    with stepped(lambda *_: None) as count:
        fill(parent)
    for at in range(1, count[0] + 1):
        parent = folder_of(tmp_path, at)

        def kill(number: int, _: str, at: int = at) -> None:
            if number >= at:
                raise Killed

        with stepped(kill), pytest.raises(Killed):
            fill(parent)
        assert not (parent / "ra").exists()
        fill(parent)
        assert contents(parent / "ra") == NEW
        assert sorted(p.name for p in parent.iterdir()) == ["edited", "ours", "ra"]


def test_the_verdicts_of_the_harness_are_those_of_a_write(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 0)
    written = write_all([(folder / name, data) for name, data in NEW.items()], JUDGE)
    assert [w.verdict for w in written] == [Verdict.REPLACED, Verdict.SET_ASIDE, Verdict.NEW]
    assert contents(folder) == DONE
