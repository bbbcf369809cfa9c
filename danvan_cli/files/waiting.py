"""Files that wait beside their place, on their way into it or out of it.

A waiting file's name says what it may hold and be thrown away with: the new bytes, or old ones
that nobody had changed. Whatever else it holds is somebody's work and gets a name of its own.
Every step is found again on the disk alone, so that one run can end what another began.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from danvan_cli.files.steps import exchange, make, place

_LONGEST = 150
_ANYTHING, _NOTHING = "0" * 16, "f" * 16
_UNFINISHED = re.compile(r"\.danvan-[0-9a-f]{16}\.tmp")
_WAITING = re.compile(r"\.danvan-([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{8})[-~](.+)", re.S)


@dataclass(frozen=True)
class WaitingFile:
    """A file that waits as `made` for the place `path`, and the marks of its bytes and of the old.

    What it drives out of the place waits as `made` in its turn, or as `out` where the system
    cannot let two files change places.
    """

    made: Path
    out: Path
    path: Path
    new: str
    old: str

    @classmethod
    def of(cls, made: Path, path: Path | None = None) -> WaitingFile | None:
        """The change whose waiting file is `made`; None where that is no waiting file's name."""
        found = _WAITING.fullmatch(made.name)
        if found is None:
            return None
        new, old, ident, name = found.groups()
        mark = f".danvan-{new}-{old}-{ident}"
        out = made.with_name(f"{mark}~{name}")
        return cls(made.with_name(f"{mark}-{name}"), out, path or made.with_name(name), new, old)

    @classmethod
    def start(
        cls, path: Path, data: bytes, mode: int | None, old: bytes | None, *, known: bool
    ) -> WaitingFile:
        """`data` on the disk beside `path`, where `old` is or nothing.

        What comes out of the place is kept, whatever it is, unless it is `known`.
        """
        part = unfinished(path.parent)
        make(part, data, mode)
        name = path.name
        while len(os.fsencode(name)) > _LONGEST:
            name = name[1:]
        mark = _NOTHING if old is None else _mark(old) if known else _ANYTHING
        made = path.with_name(f".danvan-{_mark(data)}-{mark}-{os.urandom(4).hex()}-{name}")
        try:
            part.rename(made)
        except BaseException:
            part.unlink()
            raise
        change = cls.of(made, path)
        assert change is not None
        return change

    def put(self) -> None:
        """What waits and what is in the place change.

        Raises:
            FileExistsError, FileNotFoundError: the place is not as it was; `back` is to follow.
        """
        if self.old != _NOTHING:
            if exchange(self.made, self.path):
                return
            self.path.rename(self.out)
        place(self.made, self.path)

    def held(self) -> bytes | None:
        """What came out of the place, where something did."""
        if self.old == _NOTHING:
            return None
        return (self.out if self.out.exists() else self.made).read_bytes()

    def forward(self) -> None:
        """Done as far as it is not done yet, unless somebody has saved in the place since."""
        if _there(self.made) and self._is_new(self.made):
            if not self.path.exists():
                place(self.made, self.path)
            elif not self._is_new(self.path) and self.old in (_ANYTHING, _mark_of(self.path)):
                self.put()
        self.settle()

    def back(self) -> None:
        """Undone as far as it was done, unless somebody has saved in the place since."""
        waits = _there(self.made)
        if self._is_new(self.path):
            if _there(self.out):
                self.path.rename(self.made)
                place(self.out, self.path)
            elif waits and not self._is_new(self.made):
                exchange(self.made, self.path)
            elif not waits and self.old == _NOTHING:
                self.path.rename(self.made)
        self.settle()

    def settle(self) -> Path | None:
        """What waits is removed, or, if it is somebody's work, goes back into the place or aside.

        Where it was put aside, else None.
        """
        aside = None
        for left in (self.made, self.out):
            if not _there(left):
                continue
            mark = _mark_of(left)
            if mark == self.new or (mark == self.old and self.path.exists()):
                left.unlink()
                continue
            try:
                place(left, self.path)
            except FileExistsError:
                aside = _set_aside(left, self.path)
        return aside

    def _is_new(self, path: Path) -> bool:
        return path.exists() and _mark_of(path) == self.new


def unfinished(folder: Path) -> Path:
    """A free name in `folder` for what is not whole yet."""
    return folder / f".danvan-{os.urandom(8).hex()}.tmp"


def clear(folder: Path) -> None:
    """What killed runs left in `folder` is removed or, if it is somebody's work, set aside."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
    for name in sorted(n for n in names if n.startswith(".danvan-")):
        left = folder / name
        with suppress(OSError):
            if _UNFINISHED.fullmatch(name):
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
            elif change := WaitingFile.of(left):
                change.settle()


def _set_aside(made: Path, path: Path) -> Path:
    """`made` under the first free name of a copy of `path`."""
    number = 1
    while True:
        copy = path.with_name(f"{path.stem}.ban-sua-{number}{path.suffix}")
        try:
            place(made, copy)
        except FileExistsError:
            number += 1
        else:
            return copy


def _there(made: Path) -> bool:
    """Whether `made` waits; a run killed after it got its name left the other behind, which goes."""
    try:
        found = made.lstat()
    except FileNotFoundError:
        return False
    if found.st_nlink == 1 or made.is_dir():
        return True
    with os.scandir(made.parent) as entries:
        named = any(
            entry.inode() == found.st_ino and not entry.name.startswith(".danvan-")
            for entry in entries
        )
    if named:
        made.unlink()
    return not named


def _mark(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def _mark_of(path: Path) -> str:
    return _mark(path.read_bytes())
