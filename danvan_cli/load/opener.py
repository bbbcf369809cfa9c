"""The layers of a city's year read and laid over each other: files to one `Catalogue`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from danvan_cli.findings import Finding, Place
from danvan_cli.load.bounded import bytes_or_none
from danvan_cli.load.catalogue import Catalogue, with_names
from danvan_cli.load.fields import PROMPT, read_model, unanswered
from danvan_cli.load.folders import (
    COUNTRY,
    LAYER_NAMES,
    OUTLINES,
    TASKS,
    UNIT_LAYER,
    find_year,
    layers_of,
    shown_path,
    yaml_files,
    years_of,
)
from danvan_cli.load.layers import (
    REMOVE,
    levels_of,
    one_layer,
    put_year,
    spell_levels,
    stacked,
    without_taken,
)
from danvan_cli.load.numbering import numbered
from danvan_cli.load.search import Uncatalogued
from danvan_cli.load.source import read_bytes, read_yaml
from danvan_cli.load.units import KINDS, PROVINCES, ProvinceLists, kinds_below
from danvan_cli.models.base import Item, UnitKind
from danvan_cli.models.catalogue import AgencyMap, CatalogueFile, Edition
from danvan_cli.models.outline import OutlineFile, Wording
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import AgencyFile, CalendarFile, Kind, LegalFile, UnitFile
from danvan_cli.nodes import Mapping, Node, Text, child, mappings, text_at, texts_in
from danvan_cli.problems import unknown_id

M = TypeVar("M", bound=Item)


def load_file(
    model: type[M], path: Path, shown: str, layer: str = ""
) -> tuple[M | None, tuple[Finding, ...]]:
    """The file at `path` as a `model`, with every fault found; None where it has none to give."""
    node, findings = load_node(path, shown, layer)
    if node is None and findings:
        return None, findings
    value, faults = as_model(model, node, shown, findings)
    return value, findings + faults


def load_profile(path: Path, shown: str) -> tuple[Profile | None, tuple[Finding, ...]]:
    """The unit's file at `path`, with every fault of form; None where nothing of it can be used."""
    node, findings = load_node(path, shown, UNIT_LAYER)
    return _profile(node, shown, findings)


def read_profile(text: str, shown: str) -> tuple[Profile | None, tuple[Finding, ...]]:
    """As `load_profile`, of the text of a unit's file."""
    node, findings = read_yaml(text, shown, UNIT_LAYER)
    return _profile(node, shown, findings)


def _profile(
    node: Node | None, shown: str, findings: tuple[Finding, ...]
) -> tuple[Profile | None, tuple[Finding, ...]]:
    if node is None and findings:
        return None, findings
    year = text_at(node, "danh_muc")
    if year is not None:
        put_year(node, year)
    profile, faults = as_model(Profile, node, shown, findings)
    return profile, findings + faults


def as_model(
    model: type[M], node: Node | None, shown: str, known: Iterable[Finding]
) -> tuple[M | None, tuple[Finding, ...]]:
    """`node` as a `model` with its faults of form, less those that `known` faults of YAML make."""
    value, faults = read_model(model, node, shown)
    # What the syntax refuses (an alias) reads as empty: one fault, said once.
    refused = {finding.place for finding in known}
    return value, tuple(f for f in faults if f.code != "DV104" or f.place not in refused)


def load_node(path: Path, shown: str, layer: str = "") -> tuple[Node | None, tuple[Finding, ...]]:
    """The YAML of the file at `path`, a part of `layer`, with every fault of its form."""
    text, findings = read_bytes(path, shown)
    if text is None:
        return None, findings
    node, more = read_yaml(text, shown, layer)
    return node, findings + more + tuple(unanswered(node) if PROMPT in text else ())


def load_catalogue(
    root: Path, year: str | None = None
) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """The catalogue below `root`, with every fault of form in its files.

    None where a file that everything needs cannot be used at all.

    Raises:
        ReadError, UsageError: as `find_year`.
    """
    folder = find_year(root, year)
    opener = _Opener(layers_of(folder))
    tasks = opener.tasks(folder / TASKS)
    return opener.catalogue(folder, tasks), tuple(opener.findings)


def load_country(place: Uncatalogued) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """What the country alone gives a province of its list: everything but tasks.

    None where a file that everything needs cannot be used at all.
    """
    opener = _Opener((place.country,), place.province)
    year = Text(place.year)
    edition = Edition.model_construct(nam=year, ten=Text(""), chu_de=None, van_ban=None)
    opener.year = year
    tasks = CatalogueFile.model_construct(danh_muc=edition, nhom=(), bo_qua=())
    return opener.catalogue(place.country, tasks), tuple(opener.findings)


class _Opener:
    """Reads the files of some layers, each once, and lays each kind over those below."""

    def __init__(self, layers: tuple[Path, ...], province: str = "") -> None:
        self.findings: list[Finding] = []
        self.overlaid: list[Finding] = []
        self.layers = layers
        self.province = province
        self.year: Text | None = None
        self.units = self._laid(self._unit_layers())
        self.levels = levels_of(self.units)

    def catalogue(self, folder: Path, tasks: CatalogueFile | None) -> Catalogue | None:
        """The catalogue of the folder of a year with these tasks."""
        agencies = self._agencies()
        units = self._model(UnitFile, "don_vi.yaml", self.units)
        if units is None:
            self._ask_for_units()
        legal = self._register(LegalFile, "phap_ly.yaml")
        calendar = self._register(CalendarFile, "ngay_nghi.yaml")
        wording = self._register(Wording, "ngon_tu.yaml")
        outlines = self._outlines()
        kinds = dict.fromkeys([*outlines.loai, *(o.loai for o in outlines.van_ban)])
        if not (tasks and agencies and units and legal and calendar and wording):
            return None
        strays = [u for u in (units.tinh, *units.don_vi) if u.loai not in units.loai]
        for unit in strays:
            place = unit.place_of("loai")
            declared = [str(kind) for kind in units.loai]
            self.findings += unknown_id(
                Text(unit.loai, place), declared, "loại đơn vị", f"{unit.ma}.loai"
            )
        if units.tinh in strays:
            return None
        return Catalogue(
            folder=folder,
            shown=shown_path(folder),
            edition=tasks.danh_muc,
            groups=tuple(numbered(tasks.nhom)),
            agencies=tuple(with_names(agencies.co_quan, units.tinh, units.loai)),
            maps=_maps(agencies.anh_xa, units.loai),
            sectors={str(name): sector for name, sector in agencies.khoi.items()},
            city=units.tinh,
            kinds={str(name): kind for name, kind in units.loai.items()},
            facts=units.dac_diem,
            units=tuple(unit for unit in units.don_vi if unit not in strays),
            legal=legal.van_ban,
            calendar=calendar,
            wording=wording,
            outlines=outlines.van_ban,
            document_kinds=tuple(str(kind) for kind in kinds),
            kind_names={str(kind): str(name) for kind, name in outlines.loai.items()},
            suppressions=tasks.bo_qua,
            layers=self.layers,
            map_names=tuple(agencies.anh_xa),
            overlaid=tuple(self.overlaid),
        )

    def file(self, model: type[M], path: Path) -> M | None:
        """The file at `path` as a `model`, its faults kept."""
        value, faults = load_file(model, path, shown_path(path), self._layer(path))
        self.findings += faults
        return value

    def tasks(self, path: Path) -> CatalogueFile | None:
        """The year's tasks, the year put into their deadlines."""
        node, faults = load_node(path, shown_path(path), self._layer(path))
        self.findings += faults
        if node is None and faults:
            return None
        year = text_at(node, "danh_muc", "nam")
        if year is not None:
            self.year = year
            put_year(node, year)
        spell_levels(node, self.levels)
        value, more = as_model(CatalogueFile, node, shown_path(path), faults)
        self.findings += more
        return value

    def _layer(self, path: Path) -> str:
        """Whose file it is: that of the highest layer it lies in."""
        names = LAYER_NAMES if self.layers[0].name == COUNTRY else LAYER_NAMES[1:]
        known = list(zip(self.layers, names, strict=False))
        return next((name for at, name in reversed(known) if path.is_relative_to(at)), "")

    def _node(self, path: Path) -> Mapping | None:
        node, faults = load_node(path, shown_path(path), self._layer(path))
        self.findings += faults
        if isinstance(node, Mapping):
            return node
        if node is None and not faults and bytes_or_none(path).strip():
            return Mapping()  # remarks alone: the layer has nothing of its own to say here
        if not faults:
            self.findings += read_model(Wording, node, shown_path(path))[1]
        return None

    def _laid(self, nodes: Iterable[Mapping | None]) -> Mapping | None:
        made, overlaid = stacked(node for node in nodes if node is not None)
        self.overlaid += overlaid
        return made

    def _register(self, model: type[M], name: str) -> M | None:
        return self._model(model, name, self._laid(self._nodes(name)))

    def _nodes(self, name: str) -> list[Mapping | None]:
        return [self._node(path) for layer in self.layers if (path := layer / name).is_file()]

    def _agencies(self) -> AgencyFile | None:
        """The register of agencies; what the map says of one that a layer took out goes with it."""
        nodes = self._nodes("co_quan.yaml")
        laid = self._laid(nodes)
        taken = [t for node in nodes for t in texts_in(child(child(node, REMOVE), "co_quan"))]
        if laid is not None and taken:
            laid, overlaid = without_taken(laid, taken)
            self.overlaid += overlaid
        return self._model(AgencyFile, "co_quan.yaml", laid)

    def _model(self, model: type[M], name: str, node: Mapping | None) -> M | None:
        paths = [layer / name for layer in self.layers]
        if node is None:
            # One that is there says itself what is wrong with it; a missing one is asked for.
            asked = paths[-2] if len(paths) > 1 else paths[-1]
            return None if any(path.is_file() for path in paths) else self.file(model, asked)
        value, faults = as_model(model, node, shown_path(paths[-1]), self.findings)
        self.findings += faults
        return value

    def _ask_for_units(self) -> None:
        """A city that is in no list and has no file of its units: the file is what it lacks."""
        paths = [layer / "don_vi.yaml" for layer in self.layers[-2:]]
        if len(paths) > 1 and not any(path.is_file() for path in paths):
            self.findings = [f for f in self.findings if f.subject.split(".")[0] != "tinh"]
            self.file(UnitFile, paths[0])

    def _outlines(self) -> OutlineFile:
        layers = []
        for layer in self.layers:
            nodes = [self._node(path) for path in yaml_files(layer / OUTLINES)]
            layers.append(one_layer(node for node in nodes if node is not None))
        laid = self._laid(layers)
        if laid is None or not laid:
            return OutlineFile()
        if self.year is not None:
            put_year(laid, self.year)
        spell_levels(laid, self.levels)
        file = self._model(OutlineFile, OUTLINES, laid)
        return file if file is not None else OutlineFile()

    def _unit_layers(self) -> list[Mapping | None]:
        """The units' files, over the country's lists for the province they name."""
        nodes = [
            self._node(layer / "don_vi.yaml") if (layer / "don_vi.yaml").is_file() else None
            for layer in self.layers
        ]
        country = self.layers[0]
        kinds = None
        if (country / KINDS).is_file():
            kinds, faults = kinds_below(country)
            self.findings += faults
        if not (country / PROVINCES).is_file():
            return [kinds, *nodes]
        named_by = next((n for n in reversed(nodes) if n is not None and "tinh" in n), None)
        ma = self.province or (self.layers[1].name if len(self.layers) > 1 else "")
        lists = ProvinceLists(country, ma, named_by)
        self.findings += lists.findings
        return [kinds, nodes[0], lists.below, *(lists.without(n) for n in nodes[1:])]


def _maps(given: dict[UnitKind, AgencyMap], kinds: dict[UnitKind, Kind]) -> dict[str, AgencyMap]:
    """For each kind of unit the map of its level, with the kind's own exceptions."""
    made: dict[str, AgencyMap] = {}
    for name, kind in kinds.items():
        layers = [m for key, m in given.items() if key == kind.cap]
        layers += [m for key, m in given.items() if key == name]
        if layers:
            made[str(name)] = {key: refs for layer in layers for key, refs in layer.items()}
    return made


def is_shared(text: Text, catalogue: Catalogue) -> bool:
    """Whether a text of `catalogue` stands in a file that other years use too."""
    return not text.place.path.startswith(f"{shown_path(catalogue.folder)}/")


@lru_cache(maxsize=8)
def tasks_of_other_years(catalogue: Catalogue) -> frozenset[str]:
    """The ids of the tasks that any other year of the same city has."""
    return frozenset(ma for year in _other_years(catalogue) for ma in _tasks(year))


@lru_cache(maxsize=8)
def themes_of_other_years(catalogue: Catalogue) -> dict[str, tuple[str, Place]]:
    """The theme of every other year of the same city that has one, and where it stands."""
    made: dict[str, tuple[str, Place]] = {}
    for year in _other_years(catalogue):
        node, _ = load_node(year / TASKS, shown_path(year / TASKS))
        theme = text_at(node, "danh_muc", "chu_de")
        if theme is not None:
            made[year.name] = (str(theme), theme.place)
    return made


def _other_years(catalogue: Catalogue) -> list[Path]:
    if catalogue.is_country_only:
        return []
    return [y for y in years_of(catalogue.folder.parent) if y.name != catalogue.folder.name]


def _tasks(year: Path) -> Iterator[str]:
    node, _ = load_node(year / TASKS, shown_path(year / TASKS))
    for group in mappings(child(node, "nhom")):
        for task in mappings(child(group, "nhiem_vu")):
            for one in (task, *mappings(child(task, "diem"))):
                yield str(child(one, "ma") or "")
