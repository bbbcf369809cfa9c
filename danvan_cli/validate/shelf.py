"""The catalogues of a run, each loaded once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from danvan_cli.errors import ReadError, UsageError
from danvan_cli.findings import Finding
from danvan_cli.load.bounded import real
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import cities_of, find_year, shown_path
from danvan_cli.load.form import form_file
from danvan_cli.load.opener import load_catalogue, load_file
from danvan_cli.load.search import city_for
from danvan_cli.models.form import FormFile
from danvan_cli.models.profile import Profile
from danvan_cli.validate.suppress import Allowance

Loaded = tuple[Catalogue | None, tuple[Finding, ...]]


@dataclass
class Shelf:
    """Catalogues by the folder of their year; `root` and `year` say which one is in use."""

    root: Path
    year: str | None = None
    loaded: dict[Path, Loaded] = field(default_factory=dict)
    allowed: dict[Catalogue, tuple[Allowance, ...]] = field(default_factory=dict)
    base_faults: tuple[Finding, ...] = ()
    """What is wrong with the older catalogue compared with last."""
    forms: dict[Path, tuple[FormFile | None, tuple[Finding, ...]]] = field(default_factory=dict)

    def at(self, folder: Path) -> Loaded:
        """The catalogue in the folder of a year, with every fault of form in its files."""
        key = real(folder)
        if key not in self.loaded:
            self.loaded[key] = load_catalogue(folder)
        return self.loaded[key]

    def in_use(self, year: str | None = None, unit: str | None = None) -> Loaded:
        """The catalogue in use, or that of another year of the same city.

        Of several cities it is the one that has the unit called `unit`.

        Raises:
            ReadError, UsageError: as `find_year` and `city_for`.
        """
        root = self.root
        if unit is not None and len(cities_of(root)) > 1:
            root = city_for(root, unit)
        return self.at(find_year(root, year or self.year))

    def for_profile(self, profile: Profile) -> Loaded:
        """The catalogue a unit's file changes; a year that is not there is a finding."""
        name = profile.don_vi or profile.ten
        unit = str(name) if name else None
        if name is not None and len(cities_of(self.root)) > 1:
            try:
                city_for(self.root, str(name))
            except UsageError as error:
                return None, (Finding(name.place, "DV205", str(error), "don_vi", str(name)),)
        if profile.danh_muc is None:
            return self.in_use(unit=unit)[0], ()
        try:
            return self.in_use(str(profile.danh_muc), unit)[0], ()
        except UsageError as error:
            fault = Finding(
                profile.danh_muc.place,
                "DV105",
                str(error),
                subject="danh_muc",
                value=str(profile.danh_muc),
            )
            return self.in_use(unit=unit)[0], (fault,)

    def for_document(self, year: int | None, unit: str | None) -> Catalogue | None:
        """The catalogue of the year a document is of, else the one in use.

        `unit` is whose document it is. Where several cities are at hand and none has it, there is
        no catalogue to judge it by.
        """
        several = len(cities_of(self.root)) > 1
        if several and unit is None:
            return None
        if year is not None and self.year is None:
            try:
                return self.in_use(str(year), unit)[0]
            except (UsageError, ReadError):
                pass
        try:
            return self.in_use(unit=unit)[0]
        except UsageError:
            if several:
                return None
            raise

    def base(self, folder: Path, catalogue: Catalogue) -> Catalogue | None:
        """The older catalogue in `folder` that `catalogue` is compared with.

        Raises:
            ReadError, UsageError: there is none there.
        """
        try:
            year = find_year(folder, str(catalogue.edition.nam))
        except UsageError:
            year = find_year(folder)
        made, self.base_faults = load_catalogue(year)
        return made

    def form(self, catalogue: Catalogue) -> tuple[FormFile | None, tuple[Finding, ...]]:
        """The figures of form that hold where `catalogue` does, read once."""
        path = form_file(catalogue.folder)
        if path not in self.forms:
            self.forms[path] = load_file(FormFile, path, shown_path(path))
        return self.forms[path]

    def faults(self, catalogue: Catalogue) -> tuple[Finding, ...]:
        """The faults of form of a loaded catalogue."""
        return self.loaded.get(real(catalogue.folder), (None, ()))[1]

    def folders(self) -> Iterable[Path]:
        """The folder of every catalogue loaded."""
        return tuple(self.loaded)

    def faults_of_broken(self) -> Iterable[tuple[Finding, ...]]:
        """The faults of every catalogue that has any."""
        return tuple(faults for _, faults in self.loaded.values() if faults)
