"""Catalogues and unit files as an earlier run read them, where no file has changed since.

Only what had no fault is kept: a fault is found again by each run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from danvan_cli import cache
from danvan_cli.findings import Finding
from danvan_cli.load.bounded import file_bytes
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import find_year, layer_files, layers_of, shown_path
from danvan_cli.load.search import Uncatalogued
from danvan_cli.models.profile import Profile

T = TypeVar("T")
Loaded = tuple[T | None, tuple[Finding, ...]]


def ready_catalogue(root: Path, year: str | None = None) -> Loaded[Catalogue]:
    """As `load_catalogue`.

    Raises:
        ReadError, UsageError: as `find_year`.
    """
    folder = find_year(root, year)
    return _ready(
        "danh-muc",
        Catalogue,
        lambda: (str(folder).encode(), shown_path(folder).encode(), *_files(layers_of(folder))),
        lambda: _opener().load_catalogue(folder),
    )


def ready_country(place: Uncatalogued) -> Loaded[Catalogue]:
    """As `load_country`."""
    said = f"{place.country}\n{shown_path(place.country)}\n{place.province}\n{place.year}"
    return _ready(
        "danh-muc",
        Catalogue,
        lambda: (said.encode(), *_files((place.country,))),
        lambda: _opener().load_country(place),
    )


def ready_profile(path: Path, shown: str) -> Loaded[Profile]:
    """As `load_profile`."""
    return _ready(
        "ho-so",
        Profile,
        lambda: (shown.encode(), _bytes(path)),
        lambda: _opener().load_profile(path, shown),
    )


def _ready(
    kind: str, of: type[T], parts: Callable[[], tuple[bytes, ...]], load: Callable[[], Loaded[T]]
) -> Loaded[T]:
    if cache.place() is None:
        return load()
    key = cache.key_of(*parts())
    found = cache.read_value(kind, key, of, _may_be_made)
    if found is not None:
        return found, ()
    made, findings = load()
    # A file may have been saved while it was read: then the key is another by now.
    if made is not None and not findings and key == cache.key_of(*parts()):
        cache.keep_value(kind, key, made)
    return made, findings


def _opener() -> ModuleType:
    """What reads YAML and checks it; a run that finds everything ready does without."""
    return import_module("danvan_cli.load.opener")


def _files(layers: Iterable[Path]) -> Iterator[bytes]:
    """The name and the bytes of every file that may be read for a catalogue of these layers."""
    for layer in layers:
        lists = sorted(layer.glob("*.csv")) + sorted(layer.glob("don_vi/*.csv"))
        for path in (*layer_files(layer), *lists):
            yield str(path).encode()
            yield _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        return file_bytes(path)
    except OSError as error:
        return repr(error).encode()


_ALLOWED = {
    ("danvan_cli.load.catalogue", "Catalogue"),
    ("danvan_cli.findings", "Place"),
    ("danvan_cli.nodes", "Text"),
    ("danvan_cli.nodes", "SourceText"),
    ("danvan_cli.nodes", "Mapping"),
    ("danvan_cli.nodes", "Sequence"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
    ("pathlib._local", "PosixPath"),  # where Python 3.13 has them
    ("pathlib._local", "WindowsPath"),
    ("builtins", "set"),
}


def _may_be_made(module: str, name: str) -> bool:
    return module.startswith("danvan_cli.models.") or (module, name) in _ALLOWED
