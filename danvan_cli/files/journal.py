"""What a command is about to put in place, noted until all of it is there.

A command that changes several files writes its note once all of them wait, whole, beside their
places. A run killed after that is finished by the next that writes into one of its folders; one
killed before has changed nothing. The note lies in the first folder; each of the others holds a
sign that leads to it, and a note without that sign reaches no file of theirs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.files.steps import make, place, turn
from danvan_cli.files.waiting import Waiting, is_named, settle, unfinished

_NOTE = re.compile(r"\.danvan-([0-9a-f]{16})\.viec")
_SIGN = re.compile(r"\.danvan-([0-9a-f]{16})\.theo")
_LONGEST = 10_000_000
Change = Callable[[Path, Path], Path]
"""What waits and what is in the place change; where what came out waits."""


@dataclass(frozen=True)
class Entry:
    """A file that waits as `made` for the place `path`, where nothing was if it is `new`."""

    made: Path
    path: Path
    new: bool


class Journal:
    """The note of one command over `folders`."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folder.resolve() for folder in folders)
        self._ident = os.urandom(8).hex()
        self._signed = False

    @property
    def _note(self) -> Path:
        return self._folders[0] / f".danvan-{self._ident}.viec"

    def _signs(self) -> Iterator[Path]:
        return (folder / f".danvan-{self._ident}.theo" for folder in self._folders[1:])

    def write(self, entries: Iterable[Entry]) -> None:
        """Note `entries` instead of what was noted; from here on the command will be finished."""
        if not self._signed:
            for sign in self._signs():
                make(sign, os.fsencode(self._folders[0]))
            self._signed = True
        said = [[str(e.path.parent.resolve()), e.made.name, e.path.name, e.new] for e in entries]
        part = unfinished(self._folders[0])
        make(part, json.dumps(said).encode("utf-8", "surrogateescape"))
        try:
            part.replace(self._note)
        except BaseException:
            part.unlink()
            raise

    def close(self) -> None:
        """Everything is in its place, or nothing is to be: there is nothing to finish."""
        for left in (self._note, *self._signs()):
            with suppress(OSError):
                left.unlink()


def finish(folder: Path, change: Change) -> None:
    """Put in place what killed runs over `folder`, which is held, had noted."""
    folder = folder.resolve()
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found if entry.name.startswith(".danvan-"))
    for name in names:
        left = folder / name
        with suppress(OSError):
            if _NOTE.fullmatch(name):
                _finish(left, folder, change)
            elif sign := _SIGN.fullmatch(name):
                home = Path(os.fsdecode(_read(left)))
                note = home / f".danvan-{sign[1]}.viec"
                if note.is_file():
                    with turn(home):
                        _finish(note, folder, change)
                left.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= _LONGEST else b""


def _finish(note: Path, held: Path, change: Change) -> None:
    """Put in place all that `note` says; `held` and the note's own folder are held."""
    sign = note.with_suffix(".theo").name
    entries = list(_entries(note))
    for folder in dict.fromkeys(path.parent for _, path, _ in entries):
        if folder != note.parent and not (folder / sign).is_file():
            continue
        with suppress(OSError), _turn(folder, folder in (held, note.parent)):
            for made, path, new in entries:
                if path.parent == folder:
                    with suppress(OSError):  # a file held by another program stays as it is
                        _put(made, path, change, new=new)
    note.unlink()
    for folder in {path.parent for _, path, _ in entries}:
        with suppress(OSError):
            (folder / sign).unlink()


def _turn(folder: Path, held: bool) -> AbstractContextManager[object]:
    return nullcontext() if held else turn(folder)


def _entries(note: Path) -> Iterator[tuple[Path, Path, bool]]:
    """What a note says, as far as it is one."""
    try:
        said = json.loads(_read(note))
        for folder, made, name, new in said:
            if Waiting.of(made) is not None and Path(name).name == name:
                yield Path(folder) / made, Path(folder) / name, bool(new)
    except (ValueError, TypeError, RecursionError):
        return


def _put(made: Path, path: Path, change: Change, *, new: bool) -> None:
    """The file that waits as `made` in its place, unless somebody has saved there since."""
    own = Waiting.of(made.name)
    if own is None or not made.is_file() or is_named(made):
        return
    if own.is_new(made):
        if not path.exists():
            place(made, path)
            return
        if not new and not own.is_new(path) and own.may_go(path):
            made = change(made, path)
    settle(made, path)
