"""The catalogues of a run, each loaded once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from danvan_cli.errors import ReadError, UsageError
from danvan_cli.findings import Finding
from danvan_cli.load.bounded import real
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.choosing import Catalogues, Loaded, Where
from danvan_cli.load.folders import (
    COUNTRY,
    YAML,
    cities_of,
    find_year,
    form_file,
    is_city,
    layer_files,
    shown_path,
)
from danvan_cli.load.opener import load_catalogue, load_country, load_file, load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.load.search import AmbiguousError, Uncatalogued
from danvan_cli.models.form import FormFile
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.reading.document import Document
from danvan_cli.shipped import shipped
from danvan_cli.validate.checks.documents.own import said_of
from danvan_cli.validate.inputs import files_of
from danvan_cli.validate.suppress import Allowance

_UNIT = re.compile(rb"^(?:don_vi|ten):", re.MULTILINE)
_HEAD, _MOST_FILES = 4000, 40
Meant = tuple[Catalogue | None, tuple[str, ...]]
"""A catalogue, and the places that may be meant instead."""


def called(catalogue: Catalogue) -> str:
    """What a catalogue is called: where it lies, or which of those with danvan it is."""
    shown, own = shown_path(catalogue.folder), real(shipped("catalog"))
    if Path(shown).is_absolute() and real(catalogue.folder).is_relative_to(own):
        return f"{real(catalogue.folder).relative_to(own).as_posix()} đi kèm danvan"
    return shown


def made_for(document: Document) -> str | None:
    """The unit, with its province, that danvan made a Word file for."""
    about = document.about
    province, unit = about.get("danh_muc", "").partition("/")[0], about.get("don_vi")
    return f"{province}/{unit}" if province and unit else None


def year_of(document: Document) -> str:
    """The year whose catalogue a document is judged by: that it was made from, else its own; "" if none.

    The title of a plan for years to come names the first of them.
    """
    made_from = document.about.get("danh_muc", "").partition("/")[2]
    return made_from or str(document.year or "")


def _profiles_in(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a folder that name a unit, where they are few enough to be one unit's."""
    try:
        files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in YAML]
        heads = [(path, path.read_bytes()[:_HEAD]) for path in files[:_MOST_FILES]]
    except OSError:
        return ()
    return tuple(path for path, head in heads if _UNIT.search(head))


@dataclass
class OpenCatalogues(Catalogues):
    """The catalogues of a run and what goes with them, each read once, from the files themselves."""

    allowed: dict[Catalogue, tuple[Allowance, ...]] = field(default_factory=dict)
    base_faults: tuple[Finding, ...] = ()
    """What is wrong with the older catalogue compared with last."""
    profiles: dict[Path, tuple[Profile | None, tuple[Finding, ...]]] = field(default_factory=dict)
    beside: dict[Path, tuple[Path, ...]] = field(default_factory=dict)
    """The units' files that stand in a folder."""
    forms: dict[Path, tuple[FormFile | None, tuple[Finding, ...]]] = field(default_factory=dict)
    judged: frozenset[str] = frozenset()
    """The cities whose catalogues are judged, by the names of their folders."""
    meant: dict[tuple[object, ...], Meant] = field(default_factory=dict)
    """What documents of a folder, a year and a unit are judged by."""

    def _opened(self, where: Where) -> Loaded:
        return load_country(where) if isinstance(where, Uncatalogued) else load_catalogue(where)

    def stand_on(self, folders: Iterable[Path]) -> None:
        """Let the catalogues judged, of one root, serve every file judged beside them."""
        cities = {real(folder).parent for folder in folders}
        self.judged = frozenset(city.name for city in cities)
        roots = {city.parent for city in cities}
        if len(cities) == 1 and not any((root / COUNTRY).is_dir() for root in roots):
            roots = cities
        if not self.given and len(roots) == 1:
            self.root, self.given = roots.pop(), True

    def for_document(self, document: Document, unit: str | None, path: Path) -> Meant:
        """The catalogue of the city the document at `path` says it is of, and the places it may mean instead.

        `unit` is whose it is by what the user says. None where several cities are at hand and it
        is of none. A name of several provinces that have no catalogue gives what the country
        gives all of them.

        Raises:
            ReadError, UsageError: as `city_with`.
        """
        key = (path.parent, year_of(document), unit, said_of(document), document.issuer is None)
        if key not in self.meant:
            self.meant[key] = self._for_document(document, unit, path)
        if self.meant[key][1] and (own := made_for(document)) is not None:
            with suppress(UsageError):
                return self._of_document(self.city_with(own, path), document), ()
        return self.meant[key]

    def _for_document(self, document: Document, unit: str | None, path: Path) -> Meant:
        if unit is not None:
            return self._of_document(self.city_with(unit, path), document), ()
        root = self.root_for(path)
        usual = None if len(cities_of(root)) > 1 else self._of_document(root, document)
        name = said_of(document)
        if name is None:
            return usual, ()
        choices: tuple[str, ...] = ()
        try:
            where = self.city_with(name, path)
        except AmbiguousError as error:
            if error.meant is None:
                return None, error.choices
            where, choices = error.meant, error.choices
        except UsageError:
            return usual, ()
        if isinstance(where, Uncatalogued) and document.issuer is None:
            return usual, ()  # ministries too write in the capital
        return self._of_document(where, document), choices

    def _of_document(self, where: Where, document: Document) -> Catalogue | None:
        """The catalogue of the year the document is of, else the one in use."""
        year = year_of(document)
        if year and self.year is None:
            with suppress(UsageError, ReadError):
                return self.of(where, year)[0]
        return self.of(where)[0]

    def base(self, folder: Path, catalogue: Catalogue) -> Catalogue | None:
        """The older catalogue in `folder` that `catalogue` is compared with.

        Of a folder of several cities that of the same city, None where the city is new.

        Raises:
            ReadError, UsageError: there is none there.
        """
        cities = cities_of(folder)
        own = folder / catalogue.folder.parent.name
        if not is_city(folder) and own in cities:
            folder = own
        elif len(cities) > 1 or self._is_another(cities[0], catalogue):
            return None
        try:
            year = find_year(folder, str(catalogue.edition.nam))
        except UsageError:
            year = find_year(folder)
        older, self.base_faults = load_catalogue(year)
        return older

    def _is_another(self, city: Path, catalogue: Catalogue) -> bool:
        """Whether the city in a folder is one judged beside that of `catalogue`."""
        return city.name != catalogue.folder.parent.name and city.name in self.judged

    def profile(self, path: Path) -> tuple[Profile | None, tuple[Finding, ...]]:
        """The unit's file at `path`, with every fault of form, read once."""
        key = real(path)
        if key not in self.profiles:
            self.profiles[key] = load_profile(path, shown_path(path))
        return self.profiles[key]

    def own_file(self, catalogue: Catalogue, unit: Unit, document: Path) -> Profile | None:
        """The unit's file that stands beside one of its papers, or in the folder above."""
        for folder in (document.parent, document.parent.parent):
            for path in self._profiles_of(real(folder)):
                profile = self.profile(path)[0]
                if profile is not None and unit_of(catalogue, profile, "")[0] == unit:
                    return profile
        return None

    def _profiles_of(self, folder: Path) -> tuple[Path, ...]:
        if folder not in self.beside:
            self.beside[folder] = _profiles_in(folder)
        return self.beside[folder]

    def form(self, folder: Path) -> tuple[FormFile | None, tuple[Finding, ...]]:
        """The figures of form that hold for the catalogues in `folder`, read once."""
        path = form_file(folder)
        if path not in self.forms:
            self.forms[path] = load_file(FormFile, path, shown_path(path))
        return self.forms[path]

    def faults(self, catalogue: Catalogue) -> tuple[Finding, ...]:
        """The faults of form of a loaded catalogue."""
        return next((faults for opened, faults in self.loaded.values() if opened is catalogue), ())

    def files(self) -> Iterator[Path]:
        """Every file of every catalogue loaded."""
        for where in self.loaded:
            yield from (
                layer_files(where.country) if isinstance(where, Uncatalogued) else files_of(where)
            )

    def faults_of_broken(self) -> Iterable[tuple[Finding, ...]]:
        """The faults of every catalogue that has any."""
        return tuple(faults for _, faults in self.loaded.values() if faults)
