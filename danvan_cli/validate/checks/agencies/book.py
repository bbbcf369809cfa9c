"""Which agency a document means: names and aliases with the unit's own words filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from danvan_cli.grammar.dates import from_figures
from danvan_cli.grammar.names import NameIndex, NameMatch
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import Agency, Unit
from danvan_cli.prose import Origin, filled
from danvan_cli.text import comparable, fold, nfc

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


class Ended:
    """The names of offices that no longer exist, looked for in running text.

    `beginnings` are their first two words, in comparable form: few texts have any of them.
    """

    def __init__(self, names: Iterable[str], index: NameIndex) -> None:
        heads = sorted({r"\s+".join(map(re.escape, comparable(n).split()[:2])) for n in names})
        self._beginnings = re.compile(rf"(?<!\w)(?:{'|'.join(heads)})" if heads else r"(?!)")
        self._index = index

    def may_be_in(self, text: str) -> tuple[NameMatch, ...]:
        """Every office named in `text` where one of them may no longer exist."""
        if not self._beginnings.search(comparable(nfc(text))):
            return ()
        return self._index.find(text)


@dataclass(frozen=True, eq=False)
class Known:
    """The agencies of a catalogue under every name a unit's documents may give them."""

    by_id: dict[str, Agency]
    names: dict[str, str]
    """Printed official name by id."""
    by_key: dict[str, tuple[str, str]]
    """Comparison key to id and the name as the register gives it."""
    places: re.Pattern[str]
    city: str
    """The city's own name, folded."""
    ended: Ended

    def resolve(self, text: str) -> str | None:
        """The id of the agency that `text` names, with or without titles and tails; else None."""
        return text if text in self.by_id else _resolved(self, text)

    def forms(self, key: str) -> list[str]:
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
        for key in self.forms(name_key(text)):
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

    def mentions(self, text: str) -> tuple[NameMatch, ...]:
        """The offices named in running text where one of them may no longer exist."""
        return _mentions(self.ended, text)

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


@lru_cache(maxsize=16384)
def _resolved(known: Known, text: str) -> str | None:
    for key in known.forms(name_key(text)):
        if key in known.by_key:
            return known.by_key[key][0]
    return None


@lru_cache(maxsize=16384)
def _mentions(ended: Ended, text: str) -> tuple[NameMatch, ...]:
    return ended.may_be_in(text)


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
    return Known(by_id, names, by_key, places, city, Ended(gone, NameIndex(indexed)))


def local_refs(ma: str, catalogue: Catalogue, unit: Unit, known: Known) -> list[str]:
    """The ids of those who do the work of the agency `ma` in units of the kind of `unit`."""
    for key, refs in catalogue.maps.get(unit.loai, {}).items():
        if known.resolve(key) == ma:
            found = [known.resolve(ref.co_quan) for ref in refs]
            return [one for one in found if one]
    return []


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
