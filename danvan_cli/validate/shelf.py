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
from danvan_cli.load.resources import catalogue_worked_on, shipped
from danvan_cli.load.search import city_for
from danvan_cli.models.form import FormFile
from danvan_cli.models.profile import Profile
from danvan_cli.validate.suppress import Allowance

Loaded = tuple[Catalogue | None, tuple[Finding, ...]]


def _called(folder: Path) -> str:
    shown, own = shown_path(folder), real(shipped("catalog"))
    if Path(shown).is_absolute() and real(folder).is_relative_to(own):
        return f"{real(folder).relative_to(own).as_posix()} đi kèm danvan"
    return shown


@dataclass
class Shelf:
    """Catalogues by the folder of their year; `root` and `year` say which one is in use.

    One that is not `given` gives way to the one that a file stands in.
    """

    root: Path
    year: str | None = None
    given: bool = True
    loaded: dict[Path, Loaded] = field(default_factory=dict)
    allowed: dict[Catalogue, tuple[Allowance, ...]] = field(default_factory=dict)
    base_faults: tuple[Finding, ...] = ()
    """What is wrong with the older catalogue compared with last."""
    forms: dict[Path, tuple[FormFile | None, tuple[Finding, ...]]] = field(default_factory=dict)
    meant: dict[tuple[Path, int | None, str | None], Catalogue | None] = field(default_factory=dict)
    """The catalogue that documents of a folder, a year and a unit are judged by."""

    def stand_on(self, folders: Iterable[Path]) -> None:
        """Let the catalogues judged, of one root, serve every file judged beside them."""
        cities = {real(folder).parent for folder in folders}
        roots = cities if len(cities) == 1 else {city.parent for city in cities}
        if not self.given and len(roots) == 1:
            self.root, self.given = roots.pop(), True

    def names(self) -> tuple[str, ...]:
        """What each catalogue loaded is called: where it lies, or which of those with danvan it is."""
        return tuple(_called(folder) for folder, (made, _) in self.loaded.items() if made)

    def at(self, folder: Path) -> Loaded:
        """The catalogue in the folder of a year, with every fault of form in its files."""
        key = real(folder)
        if key not in self.loaded:
            self.loaded[key] = load_catalogue(folder)
        return self.loaded[key]

    def root_for(self, path: Path) -> Path:
        """The catalogues that the file at `path` is judged by."""
        return self.root if self.given else catalogue_worked_on(real(path).parent) or self.root

    def in_use(
        self, year: str | None = None, unit: str | None = None, root: Path | None = None
    ) -> Loaded:
        """The catalogue in use, or that of another year of the same city.

        Of several cities it is the one that has the unit called `unit`.

        Raises:
            ReadError, UsageError: as `find_year` and `city_for`.
        """
        root = root or self.root
        if unit is not None and len(cities_of(root)) > 1:
            root = city_for(root, unit)
        return self.at(find_year(root, year or self.year))

    def for_profile(self, profile: Profile, path: Path) -> Loaded:
        """The catalogue the unit's file at `path` changes; a year that is not there is a finding."""
        name = profile.don_vi or profile.ten
        unit = str(name) if name else None
        root = self.root_for(path)
        if name is not None and len(cities_of(root)) > 1:
            try:
                city_for(root, str(name))
            except UsageError as error:
                return None, (Finding(name.place, "DV205", str(error), "don_vi", str(name)),)
        if profile.danh_muc is None:
            return self.in_use(unit=unit, root=root)[0], ()
        try:
            return self.in_use(str(profile.danh_muc), unit, root)[0], ()
        except UsageError as error:
            fault = Finding(
                profile.danh_muc.place,
                "DV105",
                str(error),
                subject="danh_muc",
                value=str(profile.danh_muc),
            )
            return self.in_use(unit=unit, root=root)[0], (fault,)

    def for_document(self, year: int | None, unit: str | None, path: Path) -> Catalogue | None:
        """The catalogue of the year the document at `path` is of, else the one in use.

        `unit` is whose document it is. Where several cities are at hand and none has it, there is
        no catalogue to judge it by.
        """
        key = (path.parent, year, unit)
        if key not in self.meant:
            self.meant[key] = self._for_document(year, unit, self.root_for(path))
        return self.meant[key]

    def _for_document(self, year: int | None, unit: str | None, root: Path) -> Catalogue | None:
        several = len(cities_of(root)) > 1
        if several and unit is None:
            return None
        if year is not None and self.year is None:
            try:
                return self.in_use(str(year), unit, root)[0]
            except (UsageError, ReadError):
                pass
        try:
            return self.in_use(unit=unit, root=root)[0]
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
