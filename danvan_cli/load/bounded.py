"""Bytes of files and names in folders, within bounds looked at before anything is read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

MAX_BYTES = 8_000_000
MAX_LEVELS = 60
MAX_FILES = 50_000
_SPLIT = "Chia tệp thành nhiều tệp nhỏ."
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

_SET_ASIDE = re.compile(r"\.ban-sua-\d+\.ya?ml$")


class UnfitError(OSError):
    """What stands at a path may not be read: what it is and what to do, both in Vietnamese."""

    def __init__(self, path: Path, found: str, remedy: str) -> None:
        super().__init__(found)
        self.filename = str(path)
        self.found = found
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.filename}: {self.found}. {self.remedy}"


_EDITED: ContextVar[Mapping[Path, bytes]] = ContextVar("edited")


@contextmanager
def as_if(edited: Mapping[Path, bytes]) -> Iterator[None]:
    """Within, every file of `edited` (resolved paths) reads as these bytes.

    What fixes would make of the files can so be judged before anything is written.
    """
    token = _EDITED.set(edited)
    try:
        yield
    finally:
        _EDITED.reset(token)


def real(path: Path) -> Path:
    """`path` without links; a link that leads to itself stays, where `resolve` would raise."""
    return Path(os.path.realpath(path))


def file_bytes(path: Path, most: int = MAX_BYTES, remedy: str = _SPLIT) -> bytes:
    """The bytes of the file at `path`, or those it would have after pending fixes.

    `remedy` is what to do about a file that is too large.

    Raises:
        UnfitError: it has more than `most` bytes, or is a device, a pipe, a folder.
        OSError: it is not there or may not be read.
    """
    edited = _EDITED.get(None)
    pending = edited.get(real(path)) if edited else None
    return _bytes(path, most, remedy) if pending is None else pending


def bytes_or_none(path: Path) -> bytes:
    """The bytes of the file at `path`; none where it cannot be read, which is said elsewhere."""
    try:
        return file_bytes(path)
    except OSError:
        return b""


def _bytes(path: Path, most: int, remedy: str) -> bytes:
    # Opened first, looked at then: what is read is what was looked at. A pipe without a writer
    # does not hold the run.
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise UnfitError(path, "không phải tệp thường", "Chép nội dung vào một tệp.")
        data = file.read(state.st_size + 1) if state.st_size <= most else b""
        if len(data) > state.st_size:  # it grows while it is read, or does not know its size
            data += file.read(most + 1 - len(data))
    if state.st_size > most or len(data) > most:
        raise UnfitError(path, f"tệp lớn hơn {most // 1_000_000} MB", remedy)
    return data


def files_below(folder: Path, refused: Callable[[Path], None] = lambda _: None) -> Iterator[Path]:
    """Every file below `folder` in a fixed order, hidden ones left out, links to folders too.

    `refused` is told of each folder that may not be opened.

    YAML that danvan set aside (`danh_muc.ban-sua-1.yaml`) is an older copy, and no file of it.

    Raises:
        UnfitError: more than `MAX_LEVELS` folders in each other, or more than `MAX_FILES` files.
    """
    waiting = [(folder, 0)]
    seen = 0
    while waiting:
        here, level = waiting.pop()
        if level > MAX_LEVELS:
            raise UnfitError(
                folder, f"thư mục lồng quá {MAX_LEVELS} cấp", "Chỉ đến thư mục cần soát."
            )
        folders = []
        for entry in sorted(_entries(here, refused), key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    folders.append((Path(entry.path), level + 1))
            elif not entry.name.startswith((".", "~$")) and not _SET_ASIDE.search(entry.name):
                seen += 1
                if seen > MAX_FILES:
                    raise UnfitError(
                        folder, f"thư mục có hơn {MAX_FILES:,} tệp", "Chỉ đến thư mục cần soát."
                    )
                yield Path(entry.path)
        waiting += reversed(folders)


def _entries(folder: Path, refused: Callable[[Path], None]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except PermissionError:
        refused(folder)
        return []
