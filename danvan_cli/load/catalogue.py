"""One city's catalogue of one year as a value: registers, tasks, documents' outlines; names of agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from danvan_cli.findings import Finding
from danvan_cli.load.folders import COUNTRY, layer_files
from danvan_cli.models.catalogue import AgencyMap, Edition, Group, Suppression, Task
from danvan_cli.models.outline import Outline, Wording
from danvan_cli.models.registers import (
    Agency,
    CalendarFile,
    Fact,
    Kind,
    LegalDocument,
    Sector,
    Unit,
)
from danvan_cli.nodes import Text
from danvan_cli.prose import Origin, filled
from danvan_cli.text import fold

_KIND = " {loai}"


def province_values(province: Unit, kind: Kind | None) -> dict[str, str]:
    """What the placeholders of a province stand for: `{tinh}`, `{loai_tinh}`, `{ten_tinh}`, ..."""
    name = str(province.ten)
    noun = str(kind.ten) if kind else ""
    # "thành phố Hồ Chí Minh" would else be said twice.
    whole = name if noun and fold(name).startswith(f"{fold(noun)} ") else f"{noun} {name}".strip()
    made = {"tinh": whole, "loai_tinh": noun, "ten_tinh": name}
    if kind is not None and kind.cap_uy:
        made["cap_uy_tinh"] = str(kind.cap_uy)
    return made


def with_names(
    agencies: Iterable[Agency], province: Unit, kinds: Mapping[Text, Kind]
) -> Iterator[Agency]:
    """`agencies` as they are called in `province`, each also under its name with the place's own.

    An office of the province is known with and without the province's noun and name, one of a
    commune with and without `{loai}`; a collective only as it is written.
    """
    kind = next((k for name, k in kinds.items() if name == province.loai), None)
    values = province_values(province, kind)
    own = str(kind.cap) if kind else ""
    local = {str(k.cap) for k in kinds.values()} - {own}
    for agency in agencies:
        ten = _filled(agency.ten, values)
        names = [_filled(name, values) for name in agency.ten_khac]
        if agency.tap_the is None and agency.cap == own:
            names += _of_province(ten, names, province, kind, values)
        elif agency.tap_the is None and agency.cap in local:
            names += _of_commune(ten, names)
        others = {fold(name): name for name in reversed(names) if fold(name) != fold(ten)}
        yield agency.model_copy(update={"ten": ten, "ten_khac": tuple(reversed(others.values()))})


def _filled(name: Text, values: Mapping[str, str]) -> Text:
    if "{" not in name:
        return name
    made = str(filled(name, values, Origin.CATALOGUE))
    return name if made == name else Text(made, name.place, raw=name)


def _of_province(
    ten: Text, names: list[Text], province: Unit, kind: Kind | None, values: Mapping[str, str]
) -> list[Text]:
    noun, party = values["loai_tinh"], values.get("cap_uy_tinh", "-")
    short = [str(kind.viet_tat)] if kind and kind.viet_tat else []
    named_short = [f"{s} {n}" for s in short for n in (province.ten, province.viet_tat) if n]
    tails = [noun, values["ten_tinh"], values["tinh"], *short, *named_short]
    made: list[Text] = []
    for name in (ten, *names):
        if name.endswith(party):
            made.append(Text(f"{name} {province.ten}", name.place))
        elif name is ten or name.endswith(f" {noun}"):
            bare = name.removesuffix(f" {noun}")
            made += [Text(f"{bare} {tail}", name.place) for tail in tails]
    return made


def _of_commune(ten: Text, names: list[Text]) -> list[Text]:
    made: list[Text] = []
    for name in (ten, *names):
        if name.endswith(_KIND):
            made.append(Text(name.removesuffix(_KIND), name.place))
        elif name is ten:
            made.append(Text(f"{name}{_KIND}", name.place))
    return made


UNREADABLE = "DV101"
"""The code of a file that cannot be read at all."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One city's catalogue of one year, with every register it leans on."""

    folder: Path
    shown: str
    edition: Edition
    groups: tuple[Group, ...]
    agencies: tuple[Agency, ...]
    maps: dict[str, AgencyMap]
    city: Unit
    kinds: dict[str, Kind]
    facts: tuple[Fact, ...]
    units: tuple[Unit, ...]
    legal: tuple[LegalDocument, ...]
    calendar: CalendarFile
    wording: Wording
    outlines: tuple[Outline, ...]
    suppressions: tuple[Suppression, ...] = ()
    layers: tuple[Path, ...] = ()
    """The folders it is laid of, the lowest first: country, city, year."""
    sectors: dict[str, Sector] = field(default_factory=dict)
    """The sectors of agencies besides the state's own."""
    map_names: tuple[Text, ...] = ()
    """The kinds and levels that the default maps are given for."""
    kind_names: dict[str, str] = field(default_factory=dict)
    """What the kinds of document are called, as far as the catalogue says."""
    document_kinds: tuple[str, ...] = ()
    """The kinds of document in the order they are issued; those of the outlines besides."""
    overlaid: tuple[Finding, ...] = ()
    """What is wrong in how the layers lie (DV116); nothing that keeps it from being used."""

    @property
    def year(self) -> int:
        """The year the catalogue is for."""
        return int(self.edition.nam)

    @cached_property
    def fingerprint(self) -> str:
        """What tells the content of its files from any other, as 16 hexadecimal digits."""
        digest = sha256()
        for layer in self.layers:
            for path in layer_files(layer):
                digest.update(path.relative_to(layer).as_posix().encode() + b"\0")
                digest.update(sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Every task and point by `ma`, in printed order."""
        return {task.ma: task for _, task, _ in self.walk()}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The printed number of every task and point by `ma`: 2.1, 3.5.đ."""
        return {
            str(task.ma): f"{parent.tt}.{task.tt}" if parent else str(task.tt)
            for _, task, parent in self.walk()
        }

    @cached_property
    def numbered(self) -> dict[str, str]:
        """The `ma` of every task and point by its printed number."""
        return {number: ma for ma, number in self.numbers.items()}

    def walk(self) -> Iterator[tuple[Group, Task, Task | None]]:
        """Every task in printed order with its group and, for a point, its parent."""
        for group in self.groups:
            for task in group.nhiem_vu:
                yield group, task, None
                for point in task.diem:
                    yield group, point, task

    @property
    def country(self) -> Path | None:
        """The folder of what all provinces share; None where it stands on no such layer."""
        return next((layer for layer in self.layers if layer.name == COUNTRY), None)

    @property
    def is_country_only(self) -> bool:
        """Whether no one has a catalogue of the province: there is what the country gives."""
        return self.layers == (self.folder,)

    @property
    def how_to_start(self) -> str:
        """The command that starts a catalogue of the province."""
        return f'danvan new city {self.city.ma} "{self.province}"'

    @property
    def province(self) -> str:
        """The city or province as running text names it: "thành phố Hải Phòng"."""
        return province_values(self.city, self.kinds.get(self.city.loai))["tinh"]

    @property
    def noun(self) -> str:
        """What people call whoever gives the tasks: "thành phố", "tỉnh"."""
        return str(self.kinds[self.city.loai].ten)

    def is_city(self, kind: str) -> bool:
        """Whether a unit of this kind is the city or province itself, not one of its communes."""
        return kind == self.city.loai

    @cached_property
    def commune_kinds(self) -> tuple[str, ...]:
        """The kinds of unit below the level of the city or province."""
        own = self.kinds.get(self.city.loai)
        return tuple(k for k, kind in self.kinds.items() if own is None or kind.cap != own.cap)

    @cached_property
    def commune_levels(self) -> frozenset[str]:
        """The levels of those kinds."""
        return frozenset(str(self.kinds[kind].cap) for kind in self.commune_kinds)

    @cached_property
    def kinds_in_use(self) -> tuple[str, ...]:
        """The kinds that the city or province and its communes are of."""
        used = {str(unit.loai) for unit in (self.city, *self.units)}
        return tuple(kind for kind in self.kinds if kind in used)

    def outline(self, ma: str) -> Outline | None:
        """The outline with this `ma`."""
        return next((o for o in self.outlines if o.ma == ma), None)
