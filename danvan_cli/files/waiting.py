"""Files that wait beside their place, and what a killed run left of them.

A waiting file's name says what it may hold and be thrown away with: the new bytes, or old ones
that nobody had changed. Whatever else it holds is somebody's work and gets a name of its own.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from danvan_cli.files.steps import place

_LONGEST = 150
_NOTHING = "0" * 16
_UNFINISHED = re.compile(r"\.danvan-[0-9a-f]{16}\.tmp")
_WAITING = re.compile(r"\.danvan-([0-9a-f]{16})-([0-9a-f]{16})-[0-9a-f]{8}-(.+)", re.S)


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
    found = _WAITING.fullmatch(made.name)
    assert found is not None
    mark = _mark(made.read_bytes())
    if mark == found[1] or (mark == found[2] and path.exists()):
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
            if _is_named(left, names):
                left.unlink()
            elif _UNFINISHED.fullmatch(name):
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
            elif found := _WAITING.fullmatch(name):
                settle(left, folder / found[3])


def _is_named(left: Path, names: list[str]) -> bool:
    """Whether a leftover has already got its name: the run was killed before it dropped this one."""
    if left.stat().st_nlink == 1 or left.is_dir():
        return False
    return any(left.samefile(left.with_name(n)) for n in names if not n.startswith(".danvan-"))


def _mark(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
