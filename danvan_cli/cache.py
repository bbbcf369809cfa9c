"""What does not change between runs, kept ready in the user's cache folder.

An entry is found by its key alone, so it is never out of date: the key is made of everything it
was made from. An entry that is damaged, or that somebody else could have written, is no entry;
a folder that cannot be used is no fault. `DANVAN_CACHE_DIR` names another folder,
`DANVAN_NO_CACHE` does without.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from danvan_cli.errors import WriteError
from danvan_cli.files import Verdict, write_all

T = TypeVar("T")
Allowed = Callable[[str, str], bool]
"""Whether a class, by its module and name, may be made of the bytes of an entry."""
MAX_TOTAL = 64_000_000
"""All entries together; the ones longest out of use go first."""
_MAGIC = b"danvan 1\n"
_MARK = 16
_DAY = 86_400
_MAKERS = ("load", "models", "render", "render/compiler", "word")
"""The rooms whose code makes what is kept."""


def key_of(*parts: bytes) -> str:
    """The key of what is made from `parts` by this danvan under this Python."""
    digest = blake2b(_program(), digest_size=_MARK)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def read(kind: str, key: str) -> bytes | None:
    """The entry of this kind and key; None where there is none that can be trusted."""
    folder = _folder()
    if folder is None:
        return None
    path = folder / f"{kind}-{key}"
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            if not _own(found) or found.st_size > MAX_TOTAL:
                return None
            data = file.read()
        if time.time() - found.st_mtime > _DAY:
            os.utime(path)
    except OSError:
        return None
    head = len(_MAGIC) + _MARK
    value = data[head:]
    sound = data[:head] == _MAGIC + _mark(value)
    return value if sound else None


def keep(kind: str, key: str, value: bytes) -> None:
    """`value` as the entry of this kind and key, where the folder can be written."""
    folder = _folder(make=True)
    if folder is None or len(value) > MAX_TOTAL // 4:
        return
    data = _MAGIC + _mark(value) + value
    with suppress(OSError, WriteError):
        write_all([(folder / f"{kind}-{key}", data)], lambda _, __: Verdict.REPLACED)
        _drop_oldest(folder)


_NO_VALUE = (
    pickle.UnpicklingError,
    *(ArithmeticError, AttributeError, EOFError, ImportError, LookupError, MemoryError),
    *(TypeError, ValueError),
)
"""What comes of bytes that are no value of the classes that may be made."""


class _Values(pickle.Unpickler):
    """Makes values of the classes that are allowed and nothing else, whatever the bytes ask for."""

    def __init__(self, data: bytes, allowed: Allowed) -> None:
        super().__init__(io.BytesIO(data))
        self.allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        """The class `name` of `module`.

        Raises:
            UnpicklingError: it is none of those that may be made.
        """
        ours = "." not in name and self.allowed(module, name)
        found = super().find_class(module, name) if ours else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def read_value(kind: str, key: str, of: type[T], allowed: Allowed) -> T | None:
    """The value kept as this entry, made of `allowed` classes alone; None where there is none."""
    data = read(kind, key)
    if data is None:
        return None
    try:
        made = _Values(data, allowed).load()
    except _NO_VALUE:
        return None
    return made if isinstance(made, of) else None


def keep_value(kind: str, key: str, value: object) -> None:
    """`value` as the entry of this kind and key, where the folder can be written."""
    keep(kind, key, pickle.dumps(value, 5))


def place() -> Path | None:
    """The folder of the cache; None where the user does without one."""
    if os.environ.get("DANVAN_NO_CACHE"):
        return None
    named = os.environ.get("DANVAN_CACHE_DIR")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "danvan" / "Cache" if base else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "danvan"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else home / ".cache") / "danvan"


def _folder(*, make: bool = False) -> Path | None:
    """The folder of the cache if nobody else can write there."""
    folder = place()
    if folder is None:
        return None
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
    except OSError:
        return None
    return folder if _own(found) else None


def _own(found: os.stat_result) -> bool:
    """Whether it is the user's, and nobody else may change it."""
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def _mark(value: bytes) -> bytes:
    return blake2b(value, digest_size=_MARK).digest()


@cache
def _program() -> bytes:
    """What tells one state of the program and of Python from another."""
    files = []
    package = Path(__file__).parent
    for folder in (package, *(package / name for name in _MAKERS)):
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    found = entry.stat()
                    files.append(f"{entry.path} {found.st_size} {found.st_mtime_ns}")
    return "\n".join([sys.version, *sorted(files)]).encode()


def _drop_oldest(folder: Path) -> None:
    with os.scandir(folder) as entries:
        found = [(entry.stat(), entry.path) for entry in entries if entry.is_file()]
    total = sum(state.st_size for state, _ in found)
    for state, path in sorted(found, key=lambda pair: pair[0].st_mtime):
        if total <= MAX_TOTAL:
            break
        Path(path).unlink(missing_ok=True)
        total -= state.st_size
