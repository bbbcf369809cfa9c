"""What a document tells of its own setting: whose it is, of which city, which year, which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from danvan_cli.findings import Finding, Place
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.profile import matching
from danvan_cli.models.registers import Unit
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, fold, nearest
from danvan_cli.validate.setting import Setting

_REPORTS = re.compile(any_of("nhin_lui", capitals=True))
_UNIT = re.compile(rf"{any_of('loai_xa', 'loai_tinh')}\.?\s+")
_PROVINCE = rf"{any_of('loai_tinh')}\.?\s+"
_OF_PLACE = re.compile(rf"(?<!\w){_PROVINCE}(?P<name>[^\W\d_]+(?: [^\W\d_]+){{0,3}})")
_UNION = re.compile(rf"(?:{any_of('thuong_truc')} )?{any_of('doan_the')}")
_HEAD = 4
_MISSPELT = 0.8
_AUTUMN = 10
_SHOWN = 8


def setting_of(
    document: Document, catalogue: Catalogue, issued: date | None, unit: Unit | None
) -> Setting:
    """What `document` is judged against; `issued` and `unit` are what the user says of it."""
    own = unit or unit_of_document(document, catalogue)
    written = document.written
    by_title = _by_title(document)
    exact = written.exact or issued
    return Setting(
        catalogue,
        "van_ban",
        document.year or catalogue.year,
        exact,
        own,
        home=not catalogue.is_country_only and (own is not None or is_home(document, catalogue)),
        year_known=document.years is not None,
        rests_on_city=rests_on(document, catalogue),
        official=_is_official(document),
        of_union=document.of_party or _of_union(document),
        since=exact or written.first or (by_title[0] if by_title else None),
        until=exact or written.last or (by_title[1] if by_title else None),
        speaks_of=date(document.years[0], 1, 1) if document.years and _reports(document) else None,
    )


def _is_official(document: Document) -> bool:
    """Whether anything of the form of an office's paper is seen, or it lists tasks."""
    return bool(
        document.kind
        or document.letterhead
        or document.symbol
        or document.date_line
        or document.recipients
        or document.attached
        or document.annexes
        or document.rows
    )


def _of_union(document: Document) -> bool:
    """Whether the first line of the letterhead names the Front or a union."""
    return any(_UNION.match(comparable(passage.text)) for passage in document.passages[:_HEAD])


def _by_title(document: Document) -> tuple[date, date] | None:
    """The days between which a document about a year is written: a plan from autumn before."""
    if document.years is None:
        return None
    first, last = document.years
    if _reports(document):
        return date(last, 1, 1), date(last + 1, 12, 31)
    return date(first - 1, _AUTUMN, 1), date(last, 12, 31)


def _reports(document: Document) -> bool:
    return _REPORTS.match(document.kind or "") is not None


def said_of(document: Document) -> str | None:
    """Whose it says it is: the unit of the letterhead or of the date line, with its province."""
    name = document.issuer or document.place_name
    province = next((p for p in document.places if _is_province(p) and p != name), None)
    return f"{name}, {province}" if name and province and not _is_province(name) else name


def _is_province(place: str) -> bool:
    return re.match(_PROVINCE, comparable(place)) is not None


def of_nobody(document: Document, shown: str, choices: tuple[str, ...]) -> Finding:
    """Several cities are at hand, and the document is of none of them, or of which is not clear."""
    if choices:
        message = which_place(document, choices)
    else:
        message = (
            f"Không biết soát theo danh mục nào: '{said_of(document) or 'văn bản này'}' không rõ "
            f"của nơi nào trong các danh mục ở đây. Thêm --unit, hoặc --catalog của thành phố."
        )
    return Finding(Place(shown), "DV205", message, "don_vi")


def which_place(document: Document, choices: tuple[str, ...]) -> str:
    """A question for the place: the name the document gives, and where there is one so called."""
    more = ", …" if len(choices) > _SHOWN else ""
    listed = ", ".join(choices[:_SHOWN])
    return f"'{said_of(document)}' có ở {len(choices)} nơi, thêm --unit của một nơi: {listed}{more}"


def unit_of_document(document: Document, catalogue: Catalogue) -> Unit | None:
    """The unit whose document it is, by its letterhead or its date line; None if unknown."""
    if _foreign(document, catalogue):
        return None
    for written in (document.issuer, document.place_name):
        found = matching(catalogue, written) if written else []
        if len(found) == 1:
            return found[0]
    return None


def is_home(document: Document, catalogue: Catalogue) -> bool:
    """Whether the document is of the catalogue's city: its frame, or else its text, says so."""
    if document.places:
        return not _foreign(document, catalogue) and any(
            _of_city(place, catalogue) for place in document.places
        )
    city = fold(catalogue.city.ten)
    named = [fold(found["name"]) for found in _OF_PLACE.finditer(comparable(document.text))]
    ours = sum(name == city or name.startswith(f"{city} ") for name in named)
    return ours > 0 and 2 * ours > len(named)


def _foreign(document: Document, catalogue: Catalogue) -> bool:
    """Whether the frame names a province or a city that is not the catalogue's."""
    provinces = [p for p in document.places if _is_province(p)]
    return any(not _of_city(province, catalogue) for province in provinces)


def _of_city(place: str, catalogue: Catalogue) -> bool:
    """Whether `place` is the city or one of its units, a letter wrong allowed."""
    name = _UNIT.sub("", fold(place), count=1)
    known = _known(catalogue)
    return name in known or nearest(name, known, cutoff=_MISSPELT) is not None


@lru_cache(maxsize=8)
def _known(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(fold(unit.ten) for unit in (catalogue.city, *catalogue.units))


def rests_on(document: Document, catalogue: Catalogue) -> bool:
    """Whether the text names the decision by which the catalogue was issued, by its number."""
    return any(number in document.text for number in _decision(catalogue))


def _decision(catalogue: Catalogue) -> Iterator[str]:
    for document in catalogue.legal:
        if document.ma == catalogue.edition.van_ban and document.so_hieu:
            yield str(document.so_hieu)
