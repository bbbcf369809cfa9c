"""What units of one kind share under one catalogue: agencies, maps, values of placeholders, citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from danvan_cli.load.catalogue import Catalogue, province_values
from danvan_cli.localize import reasons
from danvan_cli.localize.book import AgencyBook, agencies_of_kind, fits
from danvan_cli.localize.programme import LocalTask
from danvan_cli.models.catalogue import AgencyMap, AgencyRef
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import LegalDocument
from danvan_cli.nodes import Text
from danvan_cli.prose import Origin, Prose, by_rule, fill, filled, placeholders, prose

UNIT_VALUES = frozenset({"don_vi", "ten", "chu_de"})
"""Placeholders whose value differs from unit to unit of a kind."""
T = TypeVar("T")
_MOST = 100_000


class MapEntry(NamedTuple):
    """What a map makes of an agency: `key` as the map writes it, and those who stand for it."""

    key: Text
    refs: tuple[AgencyRef, ...]


@dataclass(eq=False)
class Offices:
    """The agencies units of `kind` have, and the words that are the same for all of them."""

    catalogue: Catalogue
    kind: str
    book: AgencyBook
    profile: Profile = field(default_factory=Profile.model_construct)
    _made: dict[tuple[str, int], tuple[object, object]] = field(default_factory=dict)
    _tables: dict[int, tuple[AgencyMap, dict[str, MapEntry]]] = field(default_factory=dict)

    def once(self, step: str, task: LocalTask, make: Callable[[], tuple[T, bool]]) -> T:
        """What `step` makes of `task`: made once for all units where `make` says they share it."""
        key = (step, id(task))
        known = self._made.get(key)
        if known is not None:
            return known[1]  # type: ignore[return-value]
        made, shared = make()
        if shared:
            if len(self._made) >= _MOST:
                self._made.clear()
            # The task is kept with it: its id must not be given to another.
            self._made[key] = (task, made)
        return made

    def table(self, map_: AgencyMap) -> dict[str, MapEntry]:
        """The entries of a map by the id of their agency."""
        known = self._tables.get(id(map_))
        if known is None:
            made: dict[str, MapEntry] = {}
            for key, refs in map_.items():
                ma = self.book.resolve(key)
                if ma is not None:
                    made.setdefault(ma, MapEntry(key, refs))
            known = self._tables[id(map_)] = (map_, made)
        return known[1]

    def default(self, ma: str) -> tuple[str, MapEntry] | None:
        """What the unit's own map, else the kind's, makes of the agency `ma`, and which it was."""
        maps = (("don_vi", self.profile.anh_xa), ("loai", self.catalogue.maps.get(self.kind)))
        for layer, map_ in maps:
            entry = self.table(map_).get(ma) if map_ else None
            if entry is not None:
                return layer, entry
        return None

    def is_local(self, ma: str) -> bool:
        """Whether the agency `ma` may do a task here: of the unit's own level, or of no level."""
        agency = self.book.by_id[ma]
        if self.catalogue.is_city(self.kind):
            below = agency.cap in self.catalogue.commune_levels
            return not below or agency.tap_the is not None
        return agency.cap == self.book.level and fits(agency, self.kind)

    def local_id(self, ma: str) -> str:
        """The one local agency that stands for `ma`, `ma` itself where there is none."""
        return ma if self.is_local(ma) else next(iter(self.local_ids(ma)), ma)

    def local_ids(self, ma: str) -> tuple[str, ...]:
        """Those who do the work of the agency `ma` here, by the map; none where none is mapped."""
        found = self.default(ma)
        named = (self.book.resolve(r.co_quan) for r in found[1].refs) if found else ()
        return tuple(one for one in named if one is not None)

    def name(self, ma: str) -> Prose:
        """The name of the agency `ma` in the register, its placeholders as they stand."""
        origin = Origin.UNIT if ma in self.book.own else Origin.RULE
        return prose(self.book.by_id[ma].ten.written, origin)

    @cached_property
    def values(self) -> dict[str, Prose]:
        """Every placeholder and its value, less what only a single unit can fill."""
        catalogue, own = self.catalogue, self.profile.khu_dan_cu
        kind = catalogue.kinds[self.kind]
        made = {
            "loai": prose(kind.ten, Origin.RULE),
            **_province(catalogue),
            "nam": prose(catalogue.edition.nam, Origin.CATALOGUE),
            "nam_sau": by_rule(str(catalogue.year + 1), reasons.value_of("nam_sau")),
            "khu_dan_cu": prose(own, Origin.UNIT) if own else prose(kind.khu_dan_cu, Origin.RULE),
        }
        if catalogue.edition.chu_de:
            made["chu_de_tinh"] = prose(catalogue.edition.chu_de, Origin.CATALOGUE)
        made.update(self._agency_values(made))
        made.update(citations(catalogue))
        for ma, text in catalogue.wording.cum_tu.items():  # a phrase may hold those before it
            made[f"cum_tu.{ma}"] = fill(prose(text, Origin.CATALOGUE), made)[0]
        return made

    def _agency_values(self, values: dict[str, Prose]) -> dict[str, Prose]:
        made: dict[str, Prose] = {}
        for ma, agency in self.book.by_id.items():
            local = self.local_id(ma)
            made[f"co_quan.{ma}"] = fill(self.name(local), values)[0]
            short = self.book.by_id[local].viet_tat or agency.viet_tat
            if short:
                made[f"viet_tat.{ma}"] = prose(short, Origin.RULE)
        return made

    @cached_property
    def unfinished(self) -> dict[str, Prose]:
        """The values with a placeholder left for the unit to fill."""
        return {
            name: value
            for name, value in self.values.items()
            if any(key in UNIT_VALUES for key, _ in placeholders(value.text))
        }

    @cached_property
    def of_unit(self) -> frozenset[str]:
        """Every placeholder whose value differs from unit to unit."""
        return UNIT_VALUES | self.unfinished.keys()


def _province(catalogue: Catalogue) -> dict[str, Prose]:
    """The values of a province, as `province_values` gives them, each word with its place."""
    province, kind = catalogue.city, catalogue.kinds.get(catalogue.city.loai)
    values = province_values(province, kind)
    name = prose(province.ten, Origin.RULE)
    made = {"ten_tinh": name, "tinh": name}
    if kind is not None:
        made["loai_tinh"] = noun = prose(kind.ten, Origin.RULE)
        if kind.cap_uy is not None:
            made["cap_uy_tinh"] = prose(kind.cap_uy, Origin.RULE)
        if values["tinh"] != str(name):
            made["tinh"] = noun + by_rule(" ", reasons.BETWEEN_WORDS) + name
    return made


@lru_cache(maxsize=32)
def offices_of_kind(catalogue: Catalogue, kind: str) -> Offices:
    """The offices of units of `kind` that have nothing of their own."""
    return Offices(catalogue, kind, agencies_of_kind(catalogue, kind))


def offices_of(catalogue: Catalogue, kind: str, profile: Profile) -> Offices:
    """The offices of a unit of `kind`: the kind's, or its own where its file changes them."""
    shared = offices_of_kind(catalogue, kind)
    if not (
        profile.co_quan or profile.anh_xa or profile.khu_dan_cu or profile.cum_tu or profile.phap_ly
    ):
        return shared
    book = shared.book.with_own(profile.co_quan) if profile.co_quan else shared.book
    return Offices(catalogue, kind, book, profile)


ISSUING = "ban-hanh"
"""Stands for the document that issues the year's catalogue, whichever it is."""
_FIELDS = ("loai", "so_hieu", "ngay", "co_quan", "ten")


@lru_cache(maxsize=64)
def citations(catalogue: Catalogue) -> dict[str, Prose]:
    """The value of every placeholder of a citation; none for what the register does not know."""
    made = cited_by(catalogue, catalogue.legal, Origin.CATALOGUE)
    for name in catalogue.wording.vien_dan:
        issuing = made.get(f"{name}.{catalogue.edition.van_ban}")
        if issuing is not None:
            made[f"{name}.{ISSUING}"] = issuing
    return made


def cited_by(
    catalogue: Catalogue, documents: Iterable[LegalDocument], origin: Origin
) -> dict[str, Prose]:
    """The value of every placeholder that cites one of `documents`, in the catalogue's forms."""
    made: dict[str, Prose] = {}
    for document in documents:
        values = {name: getattr(document, name) for name in _FIELDS}
        given = {name: prose(value, origin) for name, value in values.items() if value}
        for name, form in catalogue.wording.vien_dan.items():
            words = next((w for loai, w in form.rieng.items() if loai == document.loai), form.cau)
            # What the register does not know leaves the placeholder to be found.
            if all(asked in given for asked, _ in placeholders(words)):
                made[f"{name}.{document.ma}"] = filled(words, given, Origin.CATALOGUE)
    return made


def citation_names(catalogue: Catalogue) -> Iterator[str]:
    """Every placeholder of a citation that a text may hold."""
    for name in catalogue.wording.vien_dan:
        yield f"{name}.{ISSUING}"
        for document in catalogue.legal:
            yield f"{name}.{document.ma}"
