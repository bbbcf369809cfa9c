"""What a unit is: its kind and facts, its agencies, the values of the placeholders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.numbering import Numbered, each_alone, with_ids
from danvan_cli.localize import reasons
from danvan_cli.localize.book import AgencyBook
from danvan_cli.localize.offices import Offices, citation_names, cited_by, offices_of
from danvan_cli.models.base import PLACEHOLDERS
from danvan_cli.models.catalogue import Selector
from danvan_cli.models.profile import FactsEdit, OwnAgency, Profile
from danvan_cli.models.registers import Unit
from danvan_cli.prose import Origin, Prose, by_rule, fill, prose

SIMPLE_PLACEHOLDERS = tuple(PLACEHOLDERS)
THEME_FACT = "chu_de"
CITY_THEME_FACT, CITY_DECISION_FACT = "chu_de_tinh", "quyet_dinh_tinh"
RESOLUTION_FACT, TARGETS_FACT = "nghi_quyet_rieng", "muc_tieu_rieng"
DECISION_FACT, PLAN_FACT = "quyet_dinh_rieng", "ke_hoach_rieng"
KNOWN_FACTS = (
    *(THEME_FACT, CITY_THEME_FACT, CITY_DECISION_FACT),
    *(RESOLUTION_FACT, TARGETS_FACT, DECISION_FACT, PLAN_FACT),
)
"""Facts that nobody is asked for: what the unit's file or the catalogue gives."""
RESOLUTION_FIELDS = {
    "so-hieu": "so_hieu",
    "ngay": "ngay",
    "cua": "cua",
    "ve": "ve",
    "giai-doan": "giai_doan",
}
"""What a placeholder for a resolution asks for, and the field it stands in."""
# Without its validator, which is slow to make.
_NO_PROFILE = Profile.model_construct()
_NO_FACTS = FactsEdit.model_construct()


@dataclass(frozen=True)
class Locality:
    """A unit as localising sees it.

    `facts` hold; of the facts that tasks ask for, `unknown` are those nobody has answered.
    `numbered` are the numbers by which the unit's file names tasks of the city.
    """

    catalogue: Catalogue
    unit: Unit
    profile: Profile
    kind_name: str
    full_name: str
    facts: frozenset[str]
    unknown: frozenset[str]
    offices: Offices = field(compare=False)
    values: dict[str, Prose] = field(compare=False)
    numbered: tuple[Numbered, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue, unit: Unit, profile: Profile | None = None) -> Locality:
        """The locality of `unit` under `catalogue`, as its own file changes it."""
        profile, numbered = (_NO_PROFILE, ()) if profile is None else with_ids(profile, catalogue)
        profile = _with_names(each_alone(profile), unit)
        kind = catalogue.kinds[unit.loai]
        own_facts = profile.dac_diem or _NO_FACTS
        absent = {str(f) for f in unit.khong_co}
        facts = {str(f) for f in (*kind.dac_diem, *unit.dac_diem)} - absent
        facts = (facts | {str(f) for f in own_facts.co}) - {str(f) for f in own_facts.khong}
        absent |= {str(f) for f in own_facts.khong}
        known = {
            THEME_FACT: profile.chu_de,
            CITY_THEME_FACT: catalogue.edition.chu_de,
            CITY_DECISION_FACT: catalogue.edition.van_ban,
            RESOLUTION_FACT: profile.nghi_quyet,
            # A document that issues another, as a decision does the danh mục.
            DECISION_FACT: _makes(profile, {o.issued_by for o in catalogue.outlines}),
            # A document that is itself what a task of the danh mục asks for.
            PLAN_FACT: _makes(profile, {o.loai for o in catalogue.outlines if o.la_nhiem_vu}),
            TARGETS_FACT: profile.nghi_quyet is not None and profile.nghi_quyet.muc_tieu,
        }
        facts |= {fact for fact, value in known.items() if value}
        offices = offices_of(catalogue, unit.loai, profile)
        own = _own_values(catalogue, unit, profile)
        own |= {name: fill(value, own)[0] for name, value in offices.unfinished.items()}
        own |= cited_by(catalogue, profile.phap_ly, Origin.UNIT)
        values = offices.values | own
        own |= {
            f"cum_tu.{ma}": fill(prose(text, Origin.UNIT), values)[0]
            for ma, text in profile.cum_tu.items()
        }
        return cls(
            catalogue,
            unit,
            profile,
            str(kind.ten),
            str(own["don_vi"]),
            frozenset(facts),
            frozenset(asked_facts(catalogue, unit.loai)) - facts - absent,
            offices,
            offices.values | own,
            numbered,
        )

    @property
    def book(self) -> AgencyBook:
        """The agencies the unit knows, its own among them."""
        return self.offices.book

    @property
    def is_city(self) -> bool:
        """Whether the unit is the city itself."""
        return self.catalogue.is_city(self.unit.loai)

    def holds(self, selectors: Iterable[Selector]) -> bool:
        """Whether one of `selectors` holds here; True where there is none."""
        return holds(selectors, self.unit.loai, self.facts)

    def agency_name(self, ma: str) -> Prose:
        """The printed name of the agency `ma`, the unit's own where it has one."""
        return fill(self.offices.name(ma), self.values)[0]

    def is_local(self, ma: str) -> bool:
        """Whether the agency `ma` may do a task here: of the unit's own level, or of no level."""
        return self.offices.is_local(ma)


def _with_names(profile: Profile, unit: Unit) -> Profile:
    """`profile` with what the register of units says things are called at `unit`."""
    if not unit.ten_co_quan and not unit.khu_dan_cu:
        return profile
    own = {str(agency.ma) for agency in profile.co_quan}
    named = tuple(
        OwnAgency.model_construct(ma=ma, ten=ten, _fields_set={"ma", "ten"})
        for ma, ten in unit.ten_co_quan.items()
        if ma not in own
    )
    return profile.model_copy(
        update={
            "co_quan": (*named, *profile.co_quan),
            "khu_dan_cu": profile.khu_dan_cu or unit.khu_dan_cu,
        }
    )


def _makes(profile: Profile, kinds: Iterable[str]) -> bool:
    """Whether the unit makes a document of one of `kinds`; "" is none."""
    named = set(filter(None, kinds))
    return bool(named.intersection(map(str, profile.loai_van_ban or named)))


def holds(selectors: Iterable[Selector], kind: str, facts: frozenset[str]) -> bool:
    """Whether one of `selectors` holds for a unit of `kind` with `facts`; True where there is none."""
    selectors = tuple(selectors)
    return not selectors or any(
        (not s.loai or kind in s.loai)
        and all(fact in facts for fact in s.co)
        and not any(fact in facts for fact in s.khong)
        for s in selectors
    )


class Decides(NamedTuple):
    """The tasks of the city, by number, that a fact brings in, and those whose words it changes."""

    tasks: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=64)
def asked_facts(catalogue: Catalogue, kind: str) -> dict[str, Decides]:
    """The facts that decide over tasks of a unit of `kind`, each with what it decides.

    In the order of the register of facts; what the unit's file or the catalogue itself gives is
    not among them.
    """
    made: dict[str, Decides] = {}
    walked = [(catalogue.numbers[str(task.ma)], task) for _, task, _ in catalogue.walk()]
    facts = (str(f.ma) for f in catalogue.facts if not f.hoi and f.ma not in KNOWN_FACTS)
    for fact in facts:
        tasks = tuple(n for n, task in walked if _asks(task.ap_dung, fact, kind))
        words = tuple(
            n
            for n, task in walked
            if n not in tasks and any(_asks(v.khi, fact, kind) for v in task.bien_the)
        )
        if tasks or words:
            made[fact] = Decides(tasks, words)
    return made


def _asks(selectors: Iterable[Selector], fact: str, kind: str) -> bool:
    """Whether one of `selectors` that may be for a unit of `kind` asks for the fact."""
    return any(fact in (*s.co, *s.khong) for s in selectors if not s.loai or kind in s.loai)


def _own_values(catalogue: Catalogue, unit: Unit, profile: Profile) -> dict[str, Prose]:
    kind = prose(catalogue.kinds[unit.loai].ten, Origin.RULE)
    name = prose(unit.ten, Origin.RULE)
    # Nghị định 30/2020/NĐ-CP, Phụ lục II, III.1.b: a unit named after a person, a number or
    # an event keeps its common noun with a capital.
    shown = kind.capitalised() if unit.ten_nguoi else kind
    made = {"don_vi": shown + by_rule(" ", reasons.BETWEEN_WORDS) + name, "ten": name}
    if profile.chu_de:
        made["chu_de"] = prose(profile.chu_de, Origin.UNIT)
    return made | _resolution_values(catalogue, profile)


def _resolution_values(catalogue: Catalogue, profile: Profile) -> dict[str, Prose]:
    """The resolution that the unit's plan carries out: its own, else the catalogue's."""
    own = profile.nghi_quyet
    usual = next((o.nghi_quyet for o in catalogue.outlines if o.nghi_quyet), None)
    given, origin = (own, Origin.UNIT) if own else (usual, Origin.CATALOGUE)
    if given is None:
        return {}
    return {
        f"nghi_quyet.{name}": prose(getattr(given, field), origin)
        for name, field in RESOLUTION_FIELDS.items()
    }


def known_placeholders(catalogue: Catalogue) -> set[str]:
    """Every placeholder the texts of `catalogue` may hold."""
    made = set(SIMPLE_PLACEHOLDERS)
    made |= {f"co_quan.{a.ma}" for a in catalogue.agencies}
    made |= {f"viet_tat.{a.ma}" for a in catalogue.agencies if a.viet_tat}
    made |= {f"cum_tu.{ma}" for ma in catalogue.wording.cum_tu}
    made |= {f"so_ngay.{o.ma}" for o in catalogue.outlines}
    made |= {f"phu_luc.{a.ma}" for o in catalogue.outlines for a in o.phu_luc}
    made |= {f"nghi_quyet.{name}" for name in RESOLUTION_FIELDS}
    made.update(citation_names(catalogue))
    return made


def explained_placeholders(catalogue: Catalogue) -> dict[str, str]:
    """Every placeholder the texts of `catalogue` may hold, and what it prints, as in one of its units."""
    unit = next(iter(catalogue.units), catalogue.city)
    printed = {name: str(text) for name, text in Locality.of(catalogue, unit).values.items()}
    return {
        name: PLACEHOLDERS.get(name) or printed.get(name, "")
        for name in known_placeholders(catalogue)
    }
