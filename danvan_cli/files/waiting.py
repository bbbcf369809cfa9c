"""Files that wait beside their place, and what a killed run left of them.

A waiting file's name says what it may hold and be thrown away with: the new bytes, or old ones
that nobody had changed. Whatever else it holds is somebody's work and gets a name of its own.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from danvan_cli.files.steps import place

_LONGEST = 150
_NOTHING = "0" * 16
_UNFINISHED = re.compile(r"\.danvan-[0-9a-f]{16}\.tmp")
_WAITING = re.compile(r"\.danvan-([0-9a-f]{16})-([0-9a-f]{16})-[0-9a-f]{8}-(.+)", re.S)


@dataclass(frozen=True)
class Waiting:
    """What the name of a waiting file says: the marks of the new bytes and of the old."""

    new: str
    old: str
    name: str

    @classmethod
    def of(cls, name: str) -> Waiting | None:
        """What `name` says; None where it is no waiting file's."""
        found = _WAITING.fullmatch(name)
        return cls(*found.groups()) if found else None

    def is_new(self, path: Path) -> bool:
        """Whether the file at `path` holds the new bytes."""
        return _mark(path.read_bytes()) == self.new

    def may_go(self, path: Path) -> bool:
        """Whether the file at `path` may make room: it is as it was judged, or will be set aside."""
        return self.old in (_NOTHING, _mark(path.read_bytes()))

    def beside(self, made: Path) -> Path:
        """Another free name like that of `made`."""
        return made.with_name(f".danvan-{self.new}-{self.old}-{os.urandom(4).hex()}-{self.name}")


def unfinished(folder: Path) -> Path:
    """A free name in `folder` for what is not whole yet."""
    return folder / f".danvan-{os.urandom(8).hex()}.tmp"


def waiting(path: Path, new: bytes, old: bytes | None) -> Path:
    """A free name beside `path` for a file that holds `new`, or after the change `old`.

    Without `old` what comes out of the place is kept, whatever it is.
    """
    marks = f"{_mark(new)}-{_NOTHING if old is None else _mark(old)}"
    name = path.name
    while len(os.fsencode(name)) > _LONGEST:
        name = name[1:]
    return path.with_name(f".danvan-{marks}-{os.urandom(4).hex()}-{name}")


def settle(made: Path, path: Path) -> Path | None:
    """What waits for `path` is removed; if it is somebody's work it goes back, or is set aside.

    Where it was set aside, else None.
    """
    own = Waiting.of(made.name)
    assert own is not None
    mark = _mark(made.read_bytes())
    if mark == own.new or (mark == own.old and path.exists()):
        made.unlink()
        return None
    with suppress(FileExistsError):
        place(made, path)
        return None
    return set_aside(made, path)


def set_aside(made: Path, path: Path) -> Path:
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


def clear(folder: Path) -> None:
    """What killed runs left in `folder` is removed or, if it is somebody's work, set aside."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
    for name in sorted(n for n in names if n.startswith(".danvan-")):
        left = folder / name
        with suppress(OSError):
            if is_named(left):
                left.unlink()
            elif _UNFINISHED.fullmatch(name):
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
            elif own := Waiting.of(name):
                settle(left, folder / own.name)


def is_named(left: Path) -> bool:
    """Whether a leftover has already got its name: the run was killed before it dropped this one."""
    found = left.stat()
    if found.st_nlink == 1 or left.is_dir():
        return False
    with os.scandir(left.parent) as entries:
        return any(
            entry.inode() == found.st_ino and not entry.name.startswith(".danvan-")
            for entry in entries
        )


def _mark(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
