"""Single steps on the disk, each whole: make, put in a free place, change places, take turns."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 20.0
"""Seconds to wait for another run of danvan that writes into the same folder."""
_LOCK = ".danvan.lock"
_PAUSE = 0.02
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


class BusyError(OSError):
    """Another run of danvan holds the folder."""


def make(path: Path, data: bytes, mode: int | None = None) -> None:
    """A new file at `path` holding `data`, on the disk when this returns.

    Without `mode` its permissions are those of any new file of the user.

    Raises:
        FileExistsError: something is there.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        os.fsync(handle)
    except BaseException:
        os.close(handle)
        with suppress(OSError):
            path.unlink()
        raise
    os.close(handle)


def place(made: Path, path: Path) -> None:
    """`made` takes the name `path`, where nothing is.

    Raises:
        FileExistsError: something is there; both stay as they are.
    """
    if os.name == "nt":
        made.rename(path)
        return
    try:
        os.link(made, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without links: the name is taken first, then filled in one step.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        made.replace(path)
    else:
        made.unlink()


def exchange(one: Path, other: Path) -> bool:
    """The two files change places in one step; False where the system has no such step."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # only a file that is there already needs it

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(code, os.strerror(code), str(other))


@contextmanager
def turn(folder: Path) -> Iterator[bool]:
    """Alone in `folder` among runs of danvan; False where the file system cannot say so.

    Raises:
        BusyError: another run did not finish in `PATIENCE` seconds.
    """
    handle = _opened_windows(folder) if os.name == "nt" else os.open(folder, os.O_RDONLY)
    try:
        yield _waited(_lock_windows if os.name == "nt" else _lock, handle, folder)
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    import fcntl  # not on every system

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_windows(handle: int) -> None:
    import msvcrt

    getattr(msvcrt, "locking")(handle, getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009


def _opened_windows(folder: Path) -> int:
    """A file of `folder` to lock, gone when the last run has closed it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_TEMPORARY", 0)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return os.open(folder / _LOCK, flags)
        except PermissionError:  # it is just being removed
            if time.monotonic() > until or not os.access(folder, os.W_OK):
                raise
            time.sleep(_PAUSE)


def _waited(lock: Callable[[int], None], handle: int, folder: Path) -> bool:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            lock(handle)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() > until:
                raise BusyError(errno.EBUSY, error.strerror, str(folder)) from error
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True
