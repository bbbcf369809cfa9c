"""What a command is about to put in place, noted until all of it is there.

A command that changes several files writes its note once all of them wait, whole, beside their
places. A run killed after that is finished by the next that writes into one of its folders; one
killed before has changed nothing. A command that fails first turns its note, in one step: from
then on what it has done is to be undone. The note lies in the first folder; each of the others
holds a sign that leads to it, and a note without that sign reaches no file of theirs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from danvan_cli.files.steps import BusyError, make, turn
from danvan_cli.files.waiting import WaitingFile, unfinished

_LEFT = re.compile(r"(\.danvan-[0-9a-f]{16})\.(viec|lui|theo)")
"""A note of what is to be done, one of what is to be undone, a sign."""
_LONGEST = 10_000_000


class Journal:
    """The note of one command; one that changes a single file needs none."""

    def __init__(self) -> None:
        self._folders: list[Path] = []
        self._name = f".danvan-{os.urandom(8).hex()}"

    def write(self, changes: Sequence[WaitingFile]) -> None:
        """Note `changes` instead of what was noted; from here on the command will be finished."""
        if not self._folders:
            if len(changes) < 2:
                return
            self._folders = sorted({change.path.parent.resolve() for change in changes})
            for folder in self._folders[1:]:
                make(folder / f"{self._name}.theo", os.fsencode(self._folders[0]))
        planned = [[str(c.path.parent.resolve()), c.made.name, c.path.name] for c in changes]
        part = unfinished(self._folders[0])
        make(part, json.dumps(planned).encode("utf-8", "surrogateescape"))
        try:
            part.replace(self._folders[0] / f"{self._name}.viec")
        except BaseException:
            part.unlink()
            raise

    def turn(self) -> None:
        """From here on the command will be undone."""
        for folder in self._folders[:1]:
            with suppress(OSError):
                (folder / f"{self._name}.viec").rename(folder / f"{self._name}.lui")

    def close(self) -> None:
        """There is nothing to finish or to undo."""
        _drop(self._name, self._folders)


def _drop(name: str, folders: Sequence[Path]) -> None:
    for left in (
        *(folder / f"{name}.{kind}" for folder in folders[:1] for kind in ("viec", "lui")),
        *(folder / f"{name}.theo" for folder in folders[1:]),
    ):
        with suppress(OSError):
            left.unlink()


def finish(folder: Path) -> None:
    """End what killed runs over `folder`, which is held, had noted.

    Raises:
        BusyError: another folder of such a run is held by somebody else.
    """
    folder = folder.resolve()
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found if _LEFT.fullmatch(entry.name))
    for left in (folder / name for name in names):
        try:
            if left.suffix == ".theo":
                home = Path(os.fsdecode(_read(left)))
                for kind in (".viec", ".lui"):
                    note = (home / left.name).with_suffix(kind)
                    if note.is_file():
                        _finish(note, folder)
                left.unlink(missing_ok=True)
            elif left.is_file():
                _finish(left, folder)
        except BusyError:
            raise
        except OSError:
            continue


def _finish(note: Path, held: Path) -> None:
    """Do or undo all that `note` says."""
    changes = list(_changes(note))
    folders = [note.parent]
    folders += (
        folder
        for folder in {change.path.parent for change in changes} - {note.parent}
        if (folder / note.name).with_suffix(".theo").is_file()
    )
    with ExitStack() as stack:
        for folder in sorted(folders):
            if folder != held:
                stack.enter_context(turn(folder))
        if not note.is_file():  # another run has ended it meanwhile
            return
        for change in changes:
            if change.path.parent in folders:
                with suppress(OSError):  # a file held by another program stays as it is
                    change.back() if note.suffix == ".lui" else change.forward()
        _drop(note.stem, folders)


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= _LONGEST else b""


def _changes(note: Path) -> Iterator[WaitingFile]:
    """What a note says, as far as it is one."""
    try:
        for folder, made, name in json.loads(_read(note)):
            if Path(name).name == name and Path(made).name == made:
                change = WaitingFile.of(Path(folder) / made, Path(folder) / name)
                if change is not None:
                    yield change
    except (ValueError, TypeError, RecursionError):
        return
