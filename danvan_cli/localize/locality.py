"""What a unit is: its kind and facts, its agencies, the values of the placeholders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.offices import province_values
from danvan_cli.localize.citations import citation_names, citations
from danvan_cli.models.catalogue import AgencyRef, Selector
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Agency, Unit
from danvan_cli.nodes import Text
from danvan_cli.prose import Origin, Prose, filled, prose
from danvan_cli.text import fold, nearest

SIMPLE_PLACEHOLDERS = (
    "loai",
    "don_vi",
    "ten",
    "tinh",
    "loai_tinh",
    "ten_tinh",
    "cap_uy_tinh",
    "nam",
    "khu_dan_cu",
    "chu_de",
    "chu_de_tinh",
)
ARGUMENT_PLACEHOLDERS = ("co_quan", "viet_tat", "cum_tu", "so_ngay")
THEME_FACT = "chu_de"
CITY_THEME_FACT, CITY_DECISION_FACT = "chu_de_tinh", "quyet_dinh_tinh"
KNOWN_FACTS = (THEME_FACT, CITY_THEME_FACT, CITY_DECISION_FACT)
"""Facts that nobody is asked for: what the unit's file or the catalogue gives."""


@dataclass(frozen=True)
class AgencyBook:
    """Agencies by id and by every name they go by."""

    by_id: dict[str, Agency]
    by_name: dict[str, str]
    own: frozenset[str] = frozenset()
    kind_name: str = ""
    level: str = ""

    @classmethod
    def of(cls, catalogue: Catalogue, kind: str) -> AgencyBook:
        """The book of a catalogue for a unit of `kind`: its own level wins where names meet.

        A name that prints the kind (`Công an {loai}`) is known both so and as printed.
        """
        known = catalogue.kinds.get(kind)
        level = str(known.cap) if known else ""
        ordered = sorted(catalogue.agencies, key=lambda a: a.cap == level and _fits(a, kind))
        name = str(known.ten) if known else ""
        book = cls({a.ma: a for a in ordered}, {}, kind_name=name, level=level)
        for agency in ordered:
            book.by_name.update(book.names_of(agency))
        return book

    def names_of(self, agency: Agency) -> dict[str, str]:
        """Every folded name of `agency`, each with its id."""
        made: dict[str, str] = {}
        for name in (*agency.ten_khac, agency.ten):
            printed = filled(name, {"loai": self.kind_name}, Origin.RULE)
            made |= {fold(name): str(agency.ma), fold(str(printed)): str(agency.ma)}
        return made

    def with_own(self, agencies: Iterable[Agency]) -> AgencyBook:
        """This book with a unit's own agencies; one of a known id only changes what it gives."""
        made = dict(self.by_id)
        names = dict(self.by_name)
        for agency in agencies:
            known = made.get(agency.ma)
            given = {name: getattr(agency, name) for name in agency.model_fields_set}
            made[agency.ma] = (known or agency).model_copy(
                update=given if known or agency.has("cap") else {"cap": Text(self.level)}
            )
            names.update(self.names_of(agency))
        own = frozenset(str(a.ma) for a in agencies)
        return AgencyBook(made, names, own, self.kind_name, self.level)

    def resolve(self, name: str) -> str | None:
        """The id meant by an id, a name or an alias."""
        return name if name in self.by_id else self.by_name.get(fold(name))

    def nearest(self, name: str) -> str | None:
        """The id or name most like `name`."""
        return nearest(name, [*self.by_id, *(a.ten for a in self.by_id.values())], cutoff=0.6)


@lru_cache(maxsize=32)
def _book(catalogue: Catalogue, kind: str) -> AgencyBook:
    return AgencyBook.of(catalogue, kind)


def _fits(agency: Agency, kind: str) -> bool:
    return not agency.ap_dung or kind in agency.ap_dung


@dataclass(frozen=True)
class Locality:
    """A unit as localising sees it."""

    catalogue: Catalogue
    unit: Unit
    profile: Profile
    kind_name: str
    full_name: str
    facts: frozenset[str]
    book: AgencyBook
    values: dict[str, Prose] = field(compare=False)

    @classmethod
    def of(cls, catalogue: Catalogue, unit: Unit, profile: Profile | None = None) -> Locality:
        """The locality of `unit` under `catalogue`, as its own file changes it."""
        profile = (
            profile or Profile.model_construct()
        )  # without its validator, which is slow to make
        kind = catalogue.kinds[unit.loai]
        facts = {str(f) for f in (*kind.dac_diem, *unit.dac_diem)}
        if profile.dac_diem:
            facts = (facts | {str(f) for f in profile.dac_diem.them}) - {
                str(f) for f in profile.dac_diem.bot
            }
        known = {
            THEME_FACT: profile.chu_de,
            CITY_THEME_FACT: catalogue.edition.chu_de,
            CITY_DECISION_FACT: catalogue.edition.van_ban,
        }
        facts |= {fact for fact, value in known.items() if value}
        # Nghị định 30/2020/NĐ-CP, Phụ lục II, III.1.b: a unit named after a person, a number or
        # an event keeps its common noun with a capital.
        kind_name = str(kind.ten)
        shown_kind = kind_name.capitalize() if unit.ten_nguoi else kind_name
        book = _book(catalogue, unit.loai)
        if profile.co_quan:
            book = book.with_own(profile.co_quan)
        made = cls(
            catalogue,
            unit,
            profile,
            kind_name,
            f"{shown_kind} {unit.ten}",
            frozenset(facts),
            book,
            {},
        )
        made.values.update(made._simple_values())
        made.values.update(made._agency_values())
        made.values.update(citations(catalogue))
        made.values.update(
            {
                f"cum_tu.{ma}": filled(text, made.values, Origin.CATALOGUE)
                for ma, text in catalogue.wording.cum_tu.items()
            }
        )
        return made

    @property
    def is_city(self) -> bool:
        """Whether the unit is the city itself."""
        return self.catalogue.is_city(self.unit.loai)

    def holds(self, selectors: Iterable[Selector]) -> bool:
        """Whether one of `selectors` holds here; True where there is none."""
        selectors = tuple(selectors)
        return not selectors or any(self._holds(s) for s in selectors)

    def _holds(self, selector: Selector) -> bool:
        return (
            (not selector.loai or self.unit.loai in selector.loai)
            and all(fact in self.facts for fact in selector.co)
            and not any(fact in self.facts for fact in selector.khong)
        )

    def local_ids(self, ma: str) -> tuple[AgencyRef, ...] | None:
        """What the kind's default map, as the unit changes it, makes of the agency `ma`."""
        for layer in (self.profile.anh_xa, self.catalogue.maps.get(self.unit.loai, {})):
            for key, refs in layer.items():
                if self.book.resolve(key) == ma:
                    return refs
        return None

    def agency_name(self, ma: str) -> Prose:
        """The printed name of the agency `ma`, the unit's own where it has one."""
        agency = self.book.by_id[ma]
        origin = Origin.UNIT if ma in self.book.own else Origin.RULE
        return filled(agency.ten, self.values, origin)

    def is_local(self, ma: str) -> bool:
        """Whether the agency `ma` may do a task here: of the unit's own level, or of no level."""
        agency = self.book.by_id[ma]
        if self.is_city:
            below = agency.cap in self.catalogue.commune_levels
            return not below or agency.tap_the is not None
        return agency.cap == self.book.level and _fits(agency, self.unit.loai)

    def _simple_values(self) -> dict[str, Prose]:
        profile, catalogue = self.profile, self.catalogue
        kind = catalogue.kinds[self.unit.loai]
        place = province_values(catalogue.city, catalogue.kinds.get(catalogue.city.loai))
        own = profile.khu_dan_cu
        made = {
            "loai": prose(self.kind_name, Origin.RULE),
            "don_vi": prose(self.full_name, Origin.RULE),
            "ten": prose(str(self.unit.ten), Origin.RULE),
            **{name: prose(value, Origin.RULE) for name, value in place.items()},
            "nam": prose(str(catalogue.edition.nam), Origin.CATALOGUE),
            "khu_dan_cu": prose(own, Origin.UNIT) if own else prose(kind.khu_dan_cu, Origin.RULE),
        }
        if catalogue.edition.chu_de:
            made["chu_de_tinh"] = prose(catalogue.edition.chu_de, Origin.CATALOGUE)
        if profile.chu_de:
            made["chu_de"] = prose(profile.chu_de, Origin.UNIT)
        return made

    def _agency_values(self) -> dict[str, Prose]:
        made: dict[str, Prose] = {}
        for ma, agency in self.book.by_id.items():
            local = self.local_id(ma)
            made[f"co_quan.{ma}"] = self.agency_name(local)
            short = self.book.by_id[local].viet_tat or agency.viet_tat
            if short:
                made[f"viet_tat.{ma}"] = prose(short, Origin.RULE)
        return made

    def local_id(self, ma: str) -> str:
        """The one local agency that stands for `ma`, `ma` itself where there is none."""
        if self.is_local(ma):
            return ma
        for ref in self.local_ids(ma) or ():
            local = self.book.resolve(ref.co_quan)
            if local is not None:
                return local
        return ma


def known_placeholders(catalogue: Catalogue) -> set[str]:
    """Every placeholder the texts of `catalogue` may hold."""
    made = set(SIMPLE_PLACEHOLDERS)
    made |= {f"co_quan.{a.ma}" for a in catalogue.agencies}
    made |= {f"viet_tat.{a.ma}" for a in catalogue.agencies if a.viet_tat}
    made |= {f"cum_tu.{ma}" for ma in catalogue.wording.cum_tu}
    made |= {f"so_ngay.{o.ma}" for o in catalogue.outlines}
    made.update(citation_names(catalogue))
    return made
