"""Which agency a document means: names and aliases with the unit's own words filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from danvan_cli.grammar.dates import from_figures
from danvan_cli.grammar.names import NameIndex
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import Agency, Unit
from danvan_cli.prose import Origin, filled
from danvan_cli.text import comparable, fold

_SHORT = (
    ("hđnd", "hội đồng nhân dân"),
    ("ubnd", "ủy ban nhân dân"),
    ("mttqvn", "mặt trận tổ quốc việt nam"),
    ("mttq", "mặt trận tổ quốc"),
    ("&", " và "),
)
_MARKS = re.compile(r"[-.,;:*\"'()]")
_TITLE = re.compile(r"^(?:phó )?(?:trưởng|giám đốc|chánh|thủ trưởng|lãnh đạo) ")
_TAIL = re.compile(r" (?:thuộc|trực thuộc|của|trên địa bàn|tại) .+$| (?:có )?liên quan$| cùng cấp$")
_LEAST_WORDS, _LEAST_LETTERS = 3, 8


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """`name` for comparison: folded, without marks, usual abbreviations written out."""
    made = fold(name)
    for short, whole in _SHORT:
        made = re.sub(rf"(?<!\w){short}(?!\w)" if short != "&" else short, whole, made)
    return " ".join(_MARKS.sub(" ", made).split())


@dataclass(frozen=True)
class Known:
    """The agencies of a catalogue under every name a unit's documents may give them."""

    by_id: dict[str, Agency]
    names: dict[str, str]
    """Printed official name by id."""
    by_key: dict[str, tuple[str, str]]
    """Comparison key to id and the name as the register gives it."""
    index: NameIndex
    places: re.Pattern[str]
    city: str
    """The city's own name, folded."""
    ended: re.Pattern[str]
    """How the names of offices that no longer exist begin, in comparable form."""

    def resolve(self, text: str) -> str | None:
        """The id of the agency that `text` names, with or without titles and tails; else None."""
        if text in self.by_id:
            return text
        for key in self._forms(name_key(text)):
            if key in self.by_key:
                return self.by_key[key][0]
        return None

    def _forms(self, key: str) -> list[str]:
        """`key`, then what is left of it without the title before and the tails after it."""
        forms = [key]
        bare, done = _TITLE.sub("", key), ""
        while bare != done:
            done = bare
            cut = self.places.sub("", bare)
            forms += [bare, bare.removesuffix(f" {self.city}"), cut]
            bare = _TAIL.sub("", cut)
        return forms

    def misspelt(self, text: str) -> tuple[str, str] | None:
        """The word of `text` that is one letter off a known name and the right word, or None.

        Only where exactly one word differs, not the first, so that no real office near in name
        is taken for a slip.
        """
        for key in self._forms(name_key(text)):
            words = key.split()
            if len(words) < _LEAST_WORDS or len(key) < _LEAST_LETTERS:
                continue
            for known in self.by_key:
                if abs(len(known) - len(key)) > 1 or known.count(" ") != len(words) - 1:
                    continue
                differing = [(a, b) for a, b in zip(words, known.split(), strict=True) if a != b]
                if len(differing) == 1 and words[0] == known.split()[0]:
                    wrong, right = differing[0]
                    if OSA.distance(wrong, right, score_cutoff=1) <= 1:
                        return wrong, right
        return None

    def over(self, ma: str, when: date) -> bool:
        """Whether the agency `ma` no longer existed on `when`."""
        ended = self.by_id[ma].den_ngay
        last = from_figures(ended) if ended else None
        return last is not None and last < when

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


@lru_cache(maxsize=256)
def known_agencies(catalogue: Catalogue, unit: Unit | None) -> Known:
    """The agencies of `catalogue` as documents of `unit` name them; of any unit for None."""
    kind = unit.loai if unit is not None and not catalogue.is_city(unit.loai) else None
    # All units of a kind share their names unless some name holds the unit's own.
    own = str(unit.ten) if unit is not None and _name_units(catalogue) else ""
    return replace(_known(catalogue, kind, own), places=_places(catalogue, unit))


@lru_cache(maxsize=4)
def _name_units(catalogue: Catalogue) -> bool:
    return any("{ten}" in name.lower() for a in catalogue.agencies for name in (*a.ten_khac, a.ten))


@lru_cache(maxsize=256)
def _known(catalogue: Catalogue, own_kind: str | None, own_name: str) -> Known:
    kinds = [own_kind] if own_kind else catalogue.commune_kinds
    local = catalogue.commune_levels
    ordered = sorted(catalogue.agencies, key=lambda a: (a.cap in local) == (own_kind is not None))
    by_key: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    indexed: list[tuple[str, str]] = []
    for agency in ordered:
        for kind in kinds:
            values = {
                "loai": str(catalogue.kinds[kind].ten),
                "khu_dan_cu": str(catalogue.kinds[kind].khu_dan_cu),
                "ten": own_name,
                "tinh": catalogue.province,
            }
            for given in (*agency.ten_khac, agency.ten):
                name = str(filled(given, values, Origin.RULE))
                by_key[name_key(name)] = (str(agency.ma), name)
                indexed.append((str(agency.ma), name))
            names.setdefault(str(agency.ma), str(filled(agency.ten, values, Origin.RULE)))
    by_id = {str(a.ma): a for a in catalogue.agencies}
    places, city = _places(catalogue, None), fold(catalogue.city.ten)
    gone = [name for ma, name in indexed if by_id[ma].den_ngay]
    return Known(by_id, names, by_key, NameIndex(indexed), places, city, _beginnings(gone))


def local_refs(ma: str, catalogue: Catalogue, unit: Unit, known: Known) -> list[str]:
    """The ids of those who do the work of the agency `ma` in units of the kind of `unit`."""
    for key, refs in catalogue.maps.get(unit.loai, {}).items():
        if known.resolve(key) == ma:
            found = [known.resolve(ref.co_quan) for ref in refs]
            return [one for one in found if one]
    return []


def _beginnings(names: list[str]) -> re.Pattern[str]:
    """A pattern for the first two words of `names`; of nothing where there is none."""
    heads = sorted({r"\s+".join(map(re.escape, comparable(n).split()[:2])) for n in names})
    return re.compile(rf"(?<!\w)(?:{'|'.join(heads)})" if heads else r"(?!)")


def _places(catalogue: Catalogue, unit: Unit | None) -> re.Pattern[str]:
    """The names of the unit and of the city that may stand after an agency's name."""
    kinds = [re.escape(fold(str(kind.ten))) for kind in catalogue.kinds.values()]
    city = fold(catalogue.city.ten)
    tails = [rf"(?:{'|'.join(kinds)}|tp)?(?: ?{re.escape(city)})"]
    if unit is not None and unit.loai in catalogue.kinds:
        own = re.escape(fold(str(catalogue.kinds[unit.loai].ten)))
        tails.append(rf"{own}(?: {re.escape(fold(unit.ten))})?")
    else:
        tails.append(rf"(?:{'|'.join(k for k in kinds)})")
    return re.compile(rf" (?:{'|'.join(tails)})$")
