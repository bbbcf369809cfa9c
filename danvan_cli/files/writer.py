"""Files written over a whole command: all of them, or every one as it was.

A file is first made beside its place. An existing file changes places with it in one step, and
what comes out is held against what was judged: what another program saved in between goes back
and is judged anew. Runs that write into one folder take turns.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from danvan_cli.files.journal import Entry, Journal, finish
from danvan_cli.files.refused import refusals_of, refuse_devices
from danvan_cli.files.steps import exchange, make, place, turn
from danvan_cli.files.waiting import Waiting, clear, set_aside, settle, unfinished, waiting


class Verdict(StrEnum):
    """What becomes of a file."""

    NEW = "moi"
    SAME = "khong_doi"
    REPLACED = "ghi_lai"
    KEPT = "giu_nguyen"
    SET_ASIDE = "cat_ban_sua"
    LOCKED = "dang_khoa"


@dataclass(frozen=True)
class Written:
    """A file and what became of it; `aside` is where an edited one was put."""

    path: Path
    verdict: Verdict
    aside: Path | None = None


Judge = Callable[[Path, bytes], Verdict]
"""What is to become of a file that is there and holds other bytes: KEPT, REPLACED or SET_ASIDE."""


@dataclass
class _Step:
    """A file on its way, as far as it has come.

    `made` waits beside the place: the new one, once `placed` the old one, which is `aside` in the
    end if a person changed it.
    """

    path: Path
    data: bytes
    verdict: Verdict
    present: bytes = b""
    made: Path | None = None
    placed: bool = False
    aside: Path | None = None

    def free(self) -> Path:
        """A name for what waits: the new file, or an old one that is replaced."""
        known = self.present if self.verdict is Verdict.REPLACED else None
        return waiting(self.path, self.data, known)


def write_all(
    files: Iterable[tuple[Path, bytes]], judge: Judge, *, together: bool = False
) -> tuple[Written, ...]:
    """Each of `files` at its path; the folders they need are made.

    A file that another program holds, or that is read-only, is LOCKED and the others are
    written; with `together` it stops them all.

    Raises:
        WriteError: a file cannot be written; nothing has been changed then.
    """
    files = list(files)
    for path, _ in files:
        refuse_devices(path)
    folders = sorted({path.parent for path, _ in files})
    if len(folders) == 1 and not folders[0].exists():
        with new_folder(folders[0]) as folder:
            make_new((folder / path.name, data) for path, data in files)
        return tuple(Written(path, Verdict.NEW) for path, _ in files)
    with ExitStack() as stack:
        for folder in folders:
            stack.enter_context(_alone(folder))
        return _written(files, judge, together)


def make_new(files: Iterable[tuple[Path, bytes]]) -> tuple[Written, ...]:
    """Each of `files`, in a folder that is filled with `new_folder`.

    Raises:
        WriteError: one of them cannot be made.
    """
    made = []
    for path, data in files:
        with refusals_of(path):
            path.parent.mkdir(exist_ok=True)
            make(path, data)
        made.append(Written(path, Verdict.NEW))
    return tuple(made)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill with `make_new`, which takes the name `folder` at the end, whole.

    Raises:
        WriteError: it cannot be made, or `folder` is there by now.
    """
    refuse_devices(folder)
    with refusals_of(folder):
        if folder.parent.is_file():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    with _alone(folder.parent):
        filled = unfinished(folder.parent)
        try:
            with refusals_of(folder):
                filled.mkdir()
            yield filled
            with refusals_of(folder):
                filled.rename(folder)
        except BaseException:
            shutil.rmtree(filled, ignore_errors=True)
            raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """`folder`, made if it is missing, without another run of danvan and what killed ones left.

    Folders that were made are gone again if what follows fails.
    """
    with refusals_of(folder):
        missing = [f for f in (folder, *folder.parents) if not f.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as stack:
            with refusals_of(folder):
                if stack.enter_context(turn(folder)):
                    finish(folder, _change)
                    clear(folder)
            yield
    except BaseException:
        for made in missing:
            with suppress(OSError):
                made.rmdir()
        raise


def _written(files: list[tuple[Path, bytes]], judge: Judge, together: bool) -> tuple[Written, ...]:
    steps: list[_Step] = []
    journal: Journal | None = None
    try:
        for path, data in files:
            with refusals_of(path):
                steps.append(_planned(path, data, judge))
                _make(steps[-1])
        journal = _noted(steps)
        for at in range(len(steps)):
            with refusals_of(steps[at].path):
                while not _settled(steps[at], together):
                    steps[at] = _planned(steps[at].path, steps[at].data, judge)
                    _make(steps[at])
                    if journal is not None:
                        journal.write(_entries(steps))
    except BaseException:
        if journal is not None:
            journal.close()
        for step in reversed(steps):
            with suppress(OSError):
                _take_back(step)
        raise
    if journal is not None:
        journal.close()
    for step in steps:
        if step.made is not None:
            with suppress(OSError):  # else the next run does it
                settle(step.made, step.path)
    return tuple(Written(step.path, step.verdict, step.aside) for step in steps)


def _noted(steps: list[_Step]) -> Journal | None:
    """The note of a command that changes several files."""
    moved = [step for step in steps if step.made is not None]
    if len(moved) < 2:
        return None
    journal = Journal(sorted({step.path.parent for step in moved}))
    try:
        with refusals_of(moved[0].path):
            journal.write(_entries(steps))
    except BaseException:
        journal.close()
        raise
    return journal


def _entries(steps: list[_Step]) -> list[Entry]:
    return [
        Entry(step.made, step.path, step.verdict is Verdict.NEW)
        for step in steps
        if step.made is not None
    ]


def _planned(path: Path, data: bytes, judge: Judge) -> _Step:
    try:
        found = path.stat()
    except FileNotFoundError:
        return _Step(path, data, Verdict.NEW)
    if not stat.S_ISREG(found.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code), str(path))
    present = path.read_bytes()
    if present == data:
        return _Step(path, data, Verdict.SAME)
    verdict = judge(path, present)
    if verdict is not Verdict.KEPT and not found.st_mode & 0o222:
        verdict = Verdict.LOCKED
    return _Step(path, data, verdict, present)


def _make(step: _Step) -> None:
    """The new bytes on the disk, beside their place, with the permissions they are to have."""
    if step.verdict is Verdict.NEW:
        mode = None
    elif step.verdict in (Verdict.REPLACED, Verdict.SET_ASIDE):
        mode = stat.S_IMODE(step.path.stat().st_mode)
    else:
        return
    part = unfinished(step.path.parent)
    make(part, step.data, mode)
    try:
        step.made = part.rename(step.free())
    except BaseException:
        part.unlink()
        raise


def _settled(step: _Step, together: bool) -> bool:
    """The new file put in its place; False where another program saved there in between."""
    if step.made is None:
        if step.verdict is Verdict.LOCKED and together:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(step.path))
        return True
    try:
        if _place(step):
            return True
    except (FileExistsError, FileNotFoundError):
        pass
    except PermissionError:
        if together or step.placed:
            raise
        settle(step.made, step.path)
        step.verdict, step.made = Verdict.LOCKED, None
        return True
    _take_back(step)
    return False


def _place(step: _Step) -> bool:
    assert step.made is not None
    if step.verdict is Verdict.NEW:
        place(step.made, step.path)
        step.made, step.placed = None, True
        return True
    step.made = _change(step.made, step.path)
    step.placed = True
    if step.made.read_bytes() != step.present:
        return False
    if step.verdict is Verdict.SET_ASIDE:
        step.aside = set_aside(step.made, step.path)
        step.made = None
    return True


def _change(made: Path, path: Path) -> Path:
    """What waits and what is in the place change, in one step where the system has it.

    Where what came out waits.
    """
    own = Waiting.of(made.name)
    if own is None or exchange(made, path):
        return made
    out = path.rename(own.beside(made))
    try:
        place(made, path)
    except OSError:
        settle(out, path)
        raise
    return out


def _take_back(step: _Step) -> None:
    """The file as it was before."""
    if step.aside is not None:
        step.made = step.aside.rename(step.free())
    if step.placed and step.made is None:
        step.made = step.path.rename(step.free())
    elif step.placed and step.made is not None:
        step.made = _change(step.made, step.path)
    if step.made is not None:
        settle(step.made, step.path)
