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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from danvan_cli.errors import WriteError
from danvan_cli.files.journal import Journal, finish
from danvan_cli.files.refused import refusals_of, refuse_devices
from danvan_cli.files.steps import make, turn
from danvan_cli.files.waiting import WaitingFile, clear, unfinished


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
class _PlannedWrite:
    """What is to become of a file that holds `present`; `change` is the file on its way."""

    path: Path
    data: bytes
    verdict: Verdict
    present: bytes | None = None
    change: WaitingFile | None = None


def kept(_: Path, __: bytes) -> Verdict:
    """It stays as it is."""
    return Verdict.KEPT


def only_new(remedy: str) -> Judge:
    """Nothing is written where it is there; `remedy` says what to do then."""

    def judge(path: Path, _: bytes) -> Verdict:
        raise WriteError(path, "tệp đã có, giữ nguyên.", remedy)

    return judge


def replaced(untouched: Callable[[bytes], bool], *, else_: Verdict = Verdict.SET_ASIDE) -> Judge:
    """It is replaced where it is `untouched` since danvan made it, `else_` becomes of it."""
    return lambda _, present: Verdict.REPLACED if untouched(present) else else_


def set_aside(_: Path, __: bytes) -> Verdict:
    """It is replaced, and set aside first."""
    return Verdict.SET_ASIDE


def as_read(read: Mapping[Path, bytes]) -> Judge:
    """It is replaced where it is as it was read, and is known by no other name.

    Two names of one file (links) would be two files afterwards, one of them the old one.
    """

    def judge(path: Path, present: bytes) -> Verdict:
        if read.get(path) == present:
            if path.is_symlink() or path.stat().st_nlink > 1:
                raise WriteError(
                    path,
                    "tệp này còn một tên khác (liên kết), tên kia sẽ giữ bản cũ; chưa ghi gì.",
                    "Chạy với tệp thật, hoặc chép ra thành tệp riêng rồi chạy lại.",
                )
            return Verdict.REPLACED
        raise WriteError(path, "tệp vừa được lưu từ chương trình khác, chưa ghi gì.", "Chạy lại.")

    return judge


def only_own(own: Callable[[bytes], bool], what: str) -> Judge:
    """It is replaced where it is a file of this kind (`what` for people), else nothing is written."""

    def judge(path: Path, present: bytes) -> Verdict:
        if own(present):
            return Verdict.REPLACED
        raise WriteError(
            path, f"tệp đã có và không phải {what}, giữ nguyên.", "Chọn tên khác, hoặc dời tệp ấy."
        )

    return judge


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
    if not files:
        return ()
    for path, _ in files:
        refuse_devices(path)
    top = _top([path.parent for path, _ in files])
    if not top.exists():
        with new_folder(top) as folder:
            make_new((folder / path.relative_to(top), data) for path, data in files)
        return tuple(Written(path, Verdict.NEW) for path, _ in files)
    # One folder may be written in two ways, and can be held only once.
    folders = {path.parent.resolve(): path.parent for path, _ in files}
    with ExitStack() as stack:
        for folder in sorted(folders):
            stack.enter_context(_alone(folders[folder]))
        return _written(files, judge, together)


def _top(folders: list[Path]) -> Path:
    """The folder that holds all `folders`, or this one if some start here and some at the root."""
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        return Path()


def make_new(files: Iterable[tuple[Path, bytes]]) -> tuple[Written, ...]:
    """Each of `files`, in a folder that is filled with `new_folder`.

    Raises:
        WriteError: one of them cannot be made.
    """
    made = []
    for path, data in files:
        with refusals_of(path):
            path.parent.mkdir(parents=True, exist_ok=True)
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
        except BaseException as error:
            shutil.rmtree(filled, ignore_errors=True)
            if isinstance(error, WriteError) and error.path.is_relative_to(filled):
                path = folder / error.path.relative_to(filled)
                raise WriteError(path, error.found, error.remedy) from error
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
                    finish(folder)
                    clear(folder)
            yield
    except BaseException:
        for made in missing:
            with suppress(OSError):
                made.rmdir()
        raise


def _written(files: list[tuple[Path, bytes]], judge: Judge, together: bool) -> tuple[Written, ...]:
    steps: list[_PlannedWrite] = []
    journal = Journal()
    try:
        for path, data in files:
            with refusals_of(path):
                steps.append(_planned(path, data, judge))
        with refusals_of(steps[0].path):
            journal.write(_changes(steps))
        for step in steps:
            with refusals_of(step.path):
                while not _put(step, together):
                    vars(step).update(vars(_planned(step.path, step.data, judge)))
                    journal.write(_changes(steps))
    except BaseException:
        _take_back(steps, journal)
        raise
    journal.close()
    return tuple(Written(step.path, step.verdict, _settled(step)) for step in steps)


def _changes(steps: list[_PlannedWrite]) -> list[WaitingFile]:
    return [step.change for step in steps if step.change is not None]


def _planned(path: Path, data: bytes, judge: Judge) -> _PlannedWrite:
    """What is to become of the file at `path`; the new one waits beside it, on the disk."""
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None
        made = WaitingFile.start(path, data, None, None, known=True)
        return _PlannedWrite(path, data, Verdict.NEW, None, made)
    if not stat.S_ISREG(found.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code), str(path))
    present = path.read_bytes()
    if present == data:
        return _PlannedWrite(path, data, Verdict.SAME)
    verdict = judge(path, present)
    if verdict is Verdict.KEPT:
        return _PlannedWrite(path, data, Verdict.KEPT)
    if not found.st_mode & 0o222:
        return _PlannedWrite(path, data, Verdict.LOCKED)
    mode, known = stat.S_IMODE(found.st_mode), verdict is Verdict.REPLACED
    made = WaitingFile.start(path, data, mode, present, known=known)
    return _PlannedWrite(path, data, verdict, present, made)


def _put(step: _PlannedWrite, together: bool) -> bool:
    """The new file put in its place; False where another program saved there in between."""
    if step.change is None:
        if step.verdict is Verdict.LOCKED and together:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(step.path))
        return True
    try:
        step.change.put()
        if step.change.held() == step.present:
            return True
    except (FileExistsError, FileNotFoundError):
        pass
    except PermissionError:
        if together:
            raise
        step.change.back()
        step.verdict, step.change = Verdict.LOCKED, None
        return True
    step.change.back()
    step.change = None
    return False


def _take_back(steps: list[_PlannedWrite], journal: Journal) -> None:
    """Every file as it was before; what cannot be now, the next run does."""
    journal.turn()
    whole = True
    for change in reversed(_changes(steps)):
        try:
            change.back()
        except OSError:
            whole = False
    if whole:
        journal.close()


def _settled(step: _PlannedWrite) -> Path | None:
    """Where an edited file was put aside."""
    if step.change is None:
        return None
    with suppress(OSError):  # else the next run does it
        return step.change.settle()
    return step.change.made
