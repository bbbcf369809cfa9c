"""Which of the catalogues at hand is meant: by a unit's name, by a unit's file, by nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from danvan_cli import cache
from danvan_cli.errors import UsageError
from danvan_cli.findings import Finding
from danvan_cli.load.bounded import file_bytes, real
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import (
    TASKS,
    catalogue_worked_on,
    cities_of,
    find_year,
    is_city,
    layer_files,
    layers_of,
    shown_path,
)
from danvan_cli.load.profile import matching
from danvan_cli.load.search import Uncatalogued, whose
from danvan_cli.models.profile import Profile
from danvan_cli.problems import wrong_value

T = TypeVar("T")
Opened = tuple[T | None, tuple[Finding, ...]]


def ready_catalogue(root: Path, year: str | None = None) -> Opened[Catalogue]:
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


def ready_country(place: Uncatalogued) -> Opened[Catalogue]:
    """As `load_country`."""
    key = f"{place.country}\n{shown_path(place.country)}\n{place.province}\n{place.year}"
    return _ready(
        "danh-muc",
        Catalogue,
        lambda: (key.encode(), *_files((place.country,))),
        lambda: _opener().load_country(place),
    )


def ready_profile(path: Path, shown: str) -> Opened[Profile]:
    """As `load_profile`."""
    return _ready(
        "ho-so",
        Profile,
        lambda: (shown.encode(), _bytes(path)),
        lambda: _opener().load_profile(path, shown),
    )


def _ready(
    kind: str, of: type[T], parts: Callable[[], tuple[bytes, ...]], load: Callable[[], Opened[T]]
) -> Opened[T]:
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


Loaded = tuple[Catalogue | None, tuple[Finding, ...]]
Where = Path | Uncatalogued
"""A city's folder or a year's, or a province that has none."""


def home_of(catalogue: Catalogue) -> Where:
    """The city a catalogue is of, or its province where it has none."""
    if catalogue.is_country_only:
        return Uncatalogued(catalogue.folder, str(catalogue.city.ma), str(catalogue.year))
    return catalogue.folder.parent


@dataclass
class Catalogues:
    """The catalogues below `root`: a year's folder, a city's, or one that holds cities.

    Each is opened once. `year` is the year asked for; without it the newest is meant. A root that
    is not `given` gives way to the one that a file stands in.
    """

    root: Path
    year: str | None = None
    given: bool = True
    loaded: dict[Where, Loaded] = field(default_factory=dict)

    def at(self, where: Where) -> Loaded:
        """The catalogue of a year's folder or of a province, with every fault of form in its files."""
        key = real(where) if isinstance(where, Path) else where
        if key not in self.loaded:
            self.loaded[key] = (
                ready_country(where) if isinstance(where, Uncatalogued) else ready_catalogue(where)
            )
        return self.loaded[key]

    def keep(self, catalogue: Catalogue) -> None:
        """A sound catalogue that is open already."""
        where = home_of(catalogue) if catalogue.is_country_only else real(catalogue.folder)
        self.loaded[where] = (catalogue, ())

    def of(self, where: Where, year: str | None = None) -> Loaded:
        """The catalogue of a city or a province for `year`, else for the year asked for.

        Raises:
            ReadError, UsageError: as `find_year`.
        """
        wanted = year or self.year
        if isinstance(where, Uncatalogued):
            return self.at(replace(where, year=wanted or where.year))
        if wanted and wanted != where.name and (where / TASKS).is_file():
            where = where.parent
        return self.at(find_year(where, wanted))

    def root_for(self, path: Path | None) -> Path:
        """The catalogues for the file or folder at `path`."""
        if self.given or path is None or not path.exists():
            return self.root
        folder = real(path) if path.is_dir() else real(path).parent
        return catalogue_worked_on(folder) or self.root

    def in_use(self, path: Path | None = None) -> Loaded:
        """The catalogue of the only city there is, for the file at `path`.

        Raises:
            ReadError, UsageError: as `find_year`.
        """
        return self.of(self.root_for(path))

    def city_with(self, name: str, path: Path | None = None) -> Where:
        """The city that has the unit called `name`, or the province where no city at hand has it.

        Where one city is chosen by its folder it is that, whatever the name. `path` is the file
        that names the unit.

        Raises:
            ReadError, UsageError: as `whose`.
        """
        root = self.root_for(path)
        cities = cities_of(root)
        if is_city(root):
            return root
        if len(cities) == 1:  # what nearly every name is about is found without a search
            usual = self.at(find_year(cities[0]))[0]
            if usual is None or matching(usual, name):
                return cities[0]
        return whose(root, name)

    def for_unit(self, name: str, path: Path | None = None) -> Loaded:
        """The catalogue for the unit called `name`, perhaps by the file at `path`.

        Raises:
            ReadError, UsageError: as `city_with` and `find_year`.
        """
        return self.of(self.city_with(name, path or Path(name)))

    def for_profile(self, profile: Profile, path: Path) -> Loaded:
        """The catalogue that the unit's file at `path` changes; findings alone where there is none.

        A year that is not there is a finding beside the catalogue of another.

        Raises:
            ReadError, UsageError: it names no unit, and there is no catalogue or more than one.
        """
        name, year, root = profile.don_vi or profile.ten, profile.danh_muc, self.root_for(path)
        try:
            where = self.city_with(name, path) if name is not None else root
        except UsageError as error:
            assert name is not None
            if profile.don_vi is not None or len(cities_of(root)) > 1:
                return None, (Finding(name.place, "DV205", str(error), "don_vi", str(name)),)
            where = root  # a unit that is in no list
        if year is None:
            return self.of(where)[0], ()
        try:
            return self.of(where, str(year))[0], ()
        except UsageError as error:
            fault = wrong_value(year.place, "danh_muc", str(error), year)
            return self.of(where)[0], (fault,)
