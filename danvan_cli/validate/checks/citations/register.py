"""The register of legal documents as citations are looked up in it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from danvan_cli.grammar.agency.names import name_key
from danvan_cli.grammar.citation.symbols import LAWS
from danvan_cli.grammar.citation.values import Citation
from danvan_cli.grammar.dates import from_figures, in_figures
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.book import agencies_of
from danvan_cli.models.registers import LegalDocument
from danvan_cli.text import fold

_NUMBER = re.compile(r"(\d+[a-zđ]?)(?:/(\d{4}))?[-/](.+)")
_ABOUT = re.compile(rf"^(?:{any_of('truoc_trich_yeu')}\s+)+")
_LIKE, _LEAST_TITLE = 85, 20

NumberKey = tuple[str, str | None, str]


@dataclass(frozen=True)
class RegisterEntry:
    """A document of the register with its number, date and names ready to compare."""

    document: LegalDocument
    key: NumberKey | None
    day: date | None
    titles: tuple[str, ...]
    issuer: str | None
    ended: date | None

    @property
    def organ(self) -> str:
        """What follows the abbreviation of the kind in the symbol: ttg, tw, ubnd."""
        return organ_of(self.key[2]) if self.key else ""

    @property
    def shown(self) -> str:
        """The document as messages name it: kind, number, date."""
        document = self.document
        number = f"số {document.so_hieu}" if document.so_hieu else str(document.ten)
        day = f" ngày {in_figures(self.day)}" if self.day else ""
        return f"{document.loai} {number}{day}"

    def titled(self, following: str) -> bool:
        """Whether the words after a citation are this document's title."""
        said = _ABOUT.sub("", fold(following).lstrip(' ,"'))
        return any(
            len(title) >= _LEAST_TITLE
            and fuzz.partial_ratio(title, said[: len(title) + 20]) >= _LIKE
            for title in self.titles
            if len(said) >= _LEAST_TITLE
        )


@dataclass(frozen=True)
class Register:
    """The documents by number, and the laws by name."""

    entries: tuple[RegisterEntry, ...]
    by_number: dict[NumberKey, tuple[RegisterEntry, ...]]
    by_name: dict[str, tuple[RegisterEntry, ...]]
    by_id: dict[str, RegisterEntry]

    def numbered(self, citation: Citation) -> tuple[RegisterEntry, ...]:
        """The documents with the number and symbol of `citation`."""
        key = number_key(citation)
        return self.by_number.get(key, ()) if key else ()

    def named(self, citation: Citation) -> tuple[RegisterEntry, ...]:
        """The laws with the name of `citation`."""
        return self.by_name.get(fold(citation.ten), ()) if citation.ten else ()


@lru_cache(maxsize=8)
def register_of(catalogue: Catalogue) -> Register:
    """The register of a catalogue, read once."""
    entries = tuple(_entry(document, catalogue) for document in catalogue.legal)
    numbers: dict[NumberKey, list[RegisterEntry]] = defaultdict(list)
    names: dict[str, list[RegisterEntry]] = defaultdict(list)
    for entry in entries:
        if entry.key:
            numbers[entry.key].append(entry)
        if entry.document.loai in LAWS:
            for name in {fold(entry.document.ten), *entry.titles}:
                names[name].append(entry)
    return Register(
        entries,
        {key: tuple(found) for key, found in numbers.items()},
        {name: tuple(found) for name, found in names.items()},
        {str(e.document.ma): e for e in entries},
    )


def _entry(document: LegalDocument, catalogue: Catalogue) -> RegisterEntry:
    head = f"{fold(document.loai)} "
    titles = {
        _ABOUT.sub("", fold(name).removeprefix(head)) for name in (document.ten, *document.ten_khac)
    }
    return RegisterEntry(
        document=document,
        key=_parsed(document.so_hieu) if document.so_hieu else None,
        day=from_figures(document.ngay) if document.ngay else None,
        titles=tuple(sorted(titles)),
        issuer=issuer_key(document.co_quan, catalogue),
        ended=from_figures(document.het_hieu_luc) if document.het_hieu_luc else None,
    )


def _parsed(number: str) -> NumberKey | None:
    found = _NUMBER.fullmatch(fold(number).replace(" ", ""))
    return (_bare(found[1]), found[2], found[3]) if found else None


def number_key(citation: Citation) -> NumberKey | None:
    """Number, year and symbol of a citation for comparison; None where one is missing."""
    if citation.so is None or not citation.ky_hieu:
        return None
    return _bare(citation.so), citation.nam, fold(citation.ky_hieu).replace(" ", "")


def _bare(number: str) -> str:
    return number.casefold().lstrip("0") or "0"


def organ_of(symbol: str) -> str:
    """The part of a folded symbol that names the office."""
    parts = re.split("[-/]", symbol, maxsplit=1)
    return parts[-1]


@lru_cache(maxsize=4096)
def issuer_key(name: str | None, catalogue: Catalogue) -> str | None:
    """An issuer for comparison: the id of a known agency, else its folded name."""
    if name is None:
        return None
    return agencies_of(catalogue, None).meant(name) or name_key(name)


def may_be_one(first: str | None, second: str | None) -> bool:
    """Whether two issuers can be the same: one unknown, equal, or one the short form of the other."""
    if first is None or second is None or first == second:
        return True
    return first in second or second in first
