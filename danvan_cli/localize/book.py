"""Which agency is meant: by id, by every name it goes by, with the words people put round a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from danvan_cli.grammar.agency.names import forms, name_key, spans, without_title
from danvan_cli.grammar.dates import from_figures
from danvan_cli.grammar.names import NameIndex, NameMatch
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import Agency, Unit
from danvan_cli.nodes import Text
from danvan_cli.prose import Origin, filled
from danvan_cli.text import comparable, fold, nearest, nfc

_LEAST_WORDS, _LEAST_LETTERS = 3, 8
_WORD = re.compile(r"\w+")
_TOLD_BY = 4
"""By so many words an office that is gone is told from the one that followed it."""


class Ended:
    """The names of offices that no longer exist, looked for in running text.

    `names` are those of all offices, by id; `gone` says which no longer exist. Few texts have the
    first words of one of these.
    """

    def __init__(self, names: Iterable[tuple[str, str]], gone: frozenset[str]) -> None:
        self._names = tuple(names)
        self._gone = gone

    @cached_property
    def _beginnings(self) -> re.Pattern[str]:
        gone = (comparable(name) for ma, name in self._names if ma in self._gone)
        heads = sorted({r"\W+".join(_WORD.findall(name)[:_TOLD_BY]) for name in gone})
        return re.compile(rf"(?<!\w)(?:{'|'.join(heads)})" if heads else r"(?!)")

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self._names)

    def may_be_in(self, text: str) -> tuple[NameMatch, ...]:
        """Every office named in `text` where one of them may no longer exist."""
        if not self._beginnings.search(comparable(nfc(text))):
            return ()
        return self._index.find(text)


class KnownNames:
    """Every name of the agencies of a kind of unit; gathered when a name is first looked for."""

    def __init__(
        self,
        agencies: Iterable[Agency],
        values: tuple[Mapping[str, str], ...],
        gone: frozenset[str],
    ) -> None:
        self._agencies = tuple(agencies)
        self._values = values
        self._gone = gone

    @cached_property
    def _named(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (str(a.ma), name) for a in self._agencies for name in every_name(a, self._values)
        )

    @cached_property
    def by_key(self) -> dict[str, tuple[str, str]]:
        """Comparison key to id and the name as it is printed."""
        return {name_key(name): (ma, name) for ma, name in self._named}

    @cached_property
    def ended(self) -> Ended:
        """The names of those that no longer exist."""
        return Ended(self._named, self._gone)


@dataclass(frozen=True, eq=False)
class AgencyBook:
    """The agencies of a catalogue, and of a unit's own file, under every name they go by.

    Names that print the kind of unit (`Công an {loai}`) are known both so and as printed.
    `own` are the ids that the unit's own file gives or changes, `level` and `kind` the unit's.
    """

    by_id: dict[str, Agency]
    names: dict[str, str]
    """Printed official name by id."""
    known: KnownNames
    """The names of the catalogue's agencies."""
    places: re.Pattern[str]
    """The names of the unit and of the city that may stand after an agency's name."""
    city: str
    """The city's own name, folded."""
    level: str = ""
    kind: str = ""
    values: tuple[Mapping[str, str], ...] = ()
    """What the placeholders of names stand for, for each kind of unit whose names are known."""
    own: frozenset[str] = field(default_factory=frozenset)
    given: tuple[Agency, ...] = ()
    """Those of the unit's own file, as it gives them."""

    @cached_property
    def by_key(self) -> dict[str, tuple[str, str]]:
        """Comparison key to id and the name as it is printed; the unit's own names win."""
        if not self.given:
            return self.known.by_key
        named = ((str(a.ma), name) for a in self.given for name in every_name(a, self.values))
        return {**self.known.by_key, **{name_key(name): (ma, name) for ma, name in named}}

    def with_own(self, agencies: Sequence[Agency]) -> AgencyBook:
        """This book with a unit's own agencies; one of a known id only changes what it gives."""
        by_id, names = dict(self.by_id), dict(self.names)
        for agency in agencies:
            known = by_id.get(agency.ma)
            given = {name: getattr(agency, name) for name in agency.model_fields_set}
            made = (known or agency).model_copy(
                update=given if known or agency.has("cap") else {"cap": Text(self.level)}
            )
            by_id[agency.ma] = made
            names[str(agency.ma)] = str(filled(made.ten, self.values[0], Origin.RULE))
        own = frozenset(str(a.ma) for a in agencies)
        return replace(self, by_id=by_id, names=names, own=own, given=tuple(agencies))

    def resolve(self, name: str) -> str | None:
        """The id meant by an id, a name or an alias, and nothing more than that; else None."""
        if name in self.by_id:
            return name
        found = self.by_key.get(name_key(name))
        return found[0] if found else None

    def meant(self, text: str) -> str | None:
        """The id of the agency that `text` names, with or without titles and tails; else None."""
        return text if text in self.by_id else _meant(self, text)

    def nearest(self, name: str) -> str | None:
        """The id or name most like `name`: of the unit's own offices, else one that is much like it.

        Another level's office is named only for a slip of letters: a commune that writes of a
        'phòng' it does not have is not helped by a ministry.
        """
        near, alike = self._own_first
        return nearest(name, near, cutoff=0.6) or nearest(name, alike, cutoff=0.85)

    @cached_property
    def _own_first(self) -> tuple[list[str], list[str]]:
        """Ids and names of the offices that the unit has, and of all others that exist."""
        sides: tuple[list[str], list[str]] = ([], [])
        for ma, agency in self.by_id.items():
            has = ma in self.own or (agency.cap == self.level and fits(agency, self.kind))
            if not agency.den_ngay:
                sides[not has].extend((ma, self.names[ma]))
        return sides

    def forms(self, key: str) -> list[str]:
        """`key`, then what is left of it without the title before and the tails after it."""
        return forms(key, self.places, self.city)

    def misspelt(self, text: str) -> tuple[int, int, str] | None:
        """Where the word stands that makes `text` no known name, and the right word, or None.

        Only where exactly one word differs by one letter, not the first, so that no real office
        near in name is taken for a slip.
        """
        from rapidfuzz.distance import OSA  # only an unknown name is looked at so

        key = name_key(text)
        for form in self.forms(key):
            words = form.split()
            if len(words) < _LEAST_WORDS or len(form) < _LEAST_LETTERS:
                continue
            for known in self.by_key:
                if abs(len(known) - len(form)) > 1 or known.count(" ") != len(words) - 1:
                    continue
                pairs = enumerate(zip(words, known.split(), strict=True))
                differing = [(at, a, b) for at, (a, b) in pairs if a != b]
                if len(differing) == 1 and differing[0][0] > 0:
                    at, wrong, right = differing[0]
                    if OSA.distance(wrong, right, score_cutoff=1) <= 1:
                        # What a form leaves out at its beginning is a title.
                        before = (
                            0 if form == key else len(key.split()) - len(without_title(key).split())
                        )
                        return (*spans(text)[before + at], right)
        return None

    def mentions(self, text: str) -> tuple[NameMatch, ...]:
        """The offices named in running text where one of them may no longer exist."""
        return _mentions(self.known.ended, text)

    def over(self, ma: str, when: date) -> bool:
        """Whether the agency `ma` no longer existed on `when`."""
        last = self.last_day(ma)
        return last is not None and last < when

    def last_day(self, ma: str) -> date | None:
        """The last day the agency `ma` existed; None where it does still."""
        ended = self.by_id[ma].den_ngay
        return from_figures(ended) if ended else None

    def successor(self, ma: str, when: date) -> str | None:
        """The agency that stands for `ma` on `when`, followed over several changes."""
        seen: set[str] = set()
        while ma not in seen and self.over(ma, when):
            seen.add(ma)
            heirs = self.by_id[ma].thay_bang
            if len(heirs) != 1 or heirs[0] not in self.by_id:
                return None
            ma = str(heirs[0])
        return None if ma in seen else ma

    def heirs(self, ma: str) -> tuple[str, ...]:
        """The names of those who share the work of the agency `ma`, each in its field."""
        known = [str(heir) for heir in self.by_id[ma].thay_bang if heir in self.by_id]
        return tuple(self.names[heir] for heir in known)


@lru_cache(maxsize=16384)
def _meant(book: AgencyBook, text: str) -> str | None:
    for key in book.forms(name_key(text)):
        if key in book.by_key:
            return book.by_key[key][0]
    return None


@lru_cache(maxsize=16384)
def _mentions(ended: Ended, text: str) -> tuple[NameMatch, ...]:
    return ended.may_be_in(text)


def fits(agency: Agency, kind: str) -> bool:
    """Whether units of `kind` have the agency."""
    return not agency.ap_dung or kind in agency.ap_dung


def every_name(agency: Agency, values: Iterable[Mapping[str, str]]) -> Iterable[str]:
    """Every name of `agency`, as written and as printed; the official name of a kind last."""
    for given in (*agency.ten_khac, agency.ten):
        if "{" in given:
            yield str(given)
    for of_kind in values:
        for given in (*agency.ten_khac, agency.ten):
            yield str(filled(given, of_kind, Origin.RULE))


@lru_cache(maxsize=256)
def agencies_of(catalogue: Catalogue, unit: Unit | None) -> AgencyBook:
    """The agencies of `catalogue` as documents of `unit` name them; of any unit for None."""
    kind = str(unit.loai) if unit is not None else str(catalogue.city.loai)
    # All units of a kind share their names unless some name holds the unit's own.
    own = str(unit.ten) if unit is not None and _name_units(catalogue) else ""
    return replace(_of_kind(catalogue, kind, own), places=_places(catalogue, unit))


def agencies_of_kind(catalogue: Catalogue, kind: str) -> AgencyBook:
    """The agencies of `catalogue` for units of `kind`: their own level wins where names meet."""
    return _of_kind(catalogue, kind, "")


@lru_cache(maxsize=4)
def _name_units(catalogue: Catalogue) -> bool:
    return any("{ten}" in name.lower() for a in catalogue.agencies for name in (*a.ten_khac, a.ten))


@lru_cache(maxsize=256)
def _of_kind(catalogue: Catalogue, kind: str, own_name: str) -> AgencyBook:
    # A city's papers speak of its communes, of whatever kind.
    kinds = [*catalogue.commune_kinds, kind] if catalogue.is_city(kind) else [kind]
    values = tuple(
        {
            "loai": str(catalogue.kinds[each].ten),
            "khu_dan_cu": str(catalogue.kinds[each].khu_dan_cu),
            "ten": own_name,
            "tinh": catalogue.province,
        }
        for each in kinds
        if each in catalogue.kinds
    )
    level = str(catalogue.kinds[kind].cap) if kind in catalogue.kinds else ""
    ordered = sorted(catalogue.agencies, key=lambda a: a.cap == level and fits(a, kind))
    by_id = {str(a.ma): a for a in catalogue.agencies}
    gone = frozenset(ma for ma, agency in by_id.items() if agency.den_ngay)
    return AgencyBook(
        by_id,
        {ma: str(filled(a.ten, values[0], Origin.RULE)) for ma, a in by_id.items()},
        KnownNames(ordered, values, gone),
        _places(catalogue, None),
        fold(catalogue.city.ten),
        level,
        kind,
        values,
    )


def _places(catalogue: Catalogue, unit: Unit | None) -> re.Pattern[str]:
    kinds = [re.escape(fold(str(kind.ten))) for kind in catalogue.kinds.values()]
    short = [re.escape(fold(kind.viet_tat)) for kind in catalogue.kinds.values() if kind.viet_tat]
    city = fold(catalogue.city.ten)
    tails = [rf"(?:{'|'.join([*kinds, *short])})?(?: ?{re.escape(city)})"]
    if unit is not None and unit.loai in catalogue.kinds:
        own = re.escape(fold(str(catalogue.kinds[unit.loai].ten)))
        tails.append(rf"{own}(?: {re.escape(fold(unit.ten))})?")
    else:
        tails.append(rf"(?:{'|'.join(kinds)})")
    return re.compile(rf" (?:{'|'.join(tails)})$")
