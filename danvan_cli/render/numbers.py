"""Numbers as documents print them: of the unit's documents and their dates, of headings and points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import (
    IN_FIGURES,
    day_of,
    from_figures,
    in_figures,
    month_of,
    real_date,
)
from danvan_cli.localize.locality import Locality
from danvan_cli.models.profile import DocumentChange
from danvan_cli.nodes import Extract
from danvan_cli.problems import date_of_another_year, number_with_symbol, wrong_day
from danvan_cli.prose import Origin, Prose, filled, prose, respelt
from danvan_cli.text import ALPHABET, roman

_NUMBER = re.compile(r"^\d+[a-z]?$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_MONTH = re.compile(r"^(0?[1-9]|1[0-2])/(\d{4})$")


def issued_on(change: DocumentChange | None) -> date | None:
    """The document's own date where the unit's file gives it whole."""
    return from_figures(change.ngay) if change is not None and change.ngay else None


def wrong_numbers(locality: Locality) -> Iterator[Finding]:
    """What is wrong with the numbers and dates a unit's file gives its documents.

    DV302 a date on no calendar, DV303 one of a far year, DV105 a number with its symbol.
    """
    symbols = {str(o.loai): str(o.ky_hieu) for o in locality.catalogue.outlines if o.ky_hieu}
    year = locality.catalogue.year
    for kind, change in locality.profile.van_ban.items():
        number, written = change.so_hieu, change.ngay
        if number and not _NUMBER.match(number):
            yield number_with_symbol(number, symbols.get(kind, ""), number.place)
        if not written:
            continue
        if issued_on(change) is None and not _MONTH.match(written):
            yield wrong_day(kind, written, written.place, _year_last(written))
        # A decision may be signed late in the year before, a plan early in the year after.
        elif abs(int(written[-4:]) - year) > 1:
            yield date_of_another_year(written, year, written.place)


def _year_last(written: str) -> str:
    """A day that begins with its year, in figures as documents print it; empty for another."""
    found = _YEAR_FIRST.match(written)
    day = real_date(*(int(found[group]) for group in (3, 2, 1))) if found else None
    return in_figures(day) if day is not None else ""


def number_values(locality: Locality) -> dict[str, Prose]:
    """For each document of the unit: `dong_so`, `dong_ngay` and `so_ngay`, by kind and by outline.

    The number and the date are given by the office's system after signing (Nghị định
    30/2020/NĐ-CP, Điều 15), so they are blank until the unit's file has them.
    """
    made: dict[str, Prose] = {}
    wording = locality.catalogue.wording
    for outline in locality.catalogue.outlines:
        if outline.ky_hieu is None:
            continue
        change = locality.profile.van_ban.get(outline.loai)
        values = _parts(locality, change)
        joint = change.lien_tich if change is not None else None
        own = joint.ky_hieu if joint is not None else None
        values["ky_hieu"] = prose(own or outline.ky_hieu, Origin.UNIT if own else Origin.CATALOGUE)
        for name in ("dong_so", "dong_ngay", "so_ngay"):
            text = filled(getattr(wording, name), values, Origin.CATALOGUE)
            made[f"{name}.{outline.ma}"] = text
            made.setdefault(f"{name}.{outline.loai}", text)
    return made


def _parts(locality: Locality, change: DocumentChange | None) -> dict[str, Prose]:
    wording = locality.catalogue.wording
    place = locality.values["don_vi" if locality.unit.ten_nguoi else "ten"]
    made = {
        "so": prose(wording.trong_so, Origin.CATALOGUE),
        "ngay": prose(wording.trong_ngay, Origin.CATALOGUE),
        "thang": prose(wording.trong_thang, Origin.CATALOGUE),
        "nam": prose(locality.catalogue.edition.nam, Origin.CATALOGUE),
        "dia_danh": place,
    }
    if change is None:
        return made
    if change.so_hieu:
        number = str(change.so_hieu)
        made["so"] = respelt(number.zfill(2), Origin.UNIT, Extract.of(change.so_hieu))
    found = (IN_FIGURES if issued_on(change) else _MONTH).search(change.ngay or "")
    if found is not None:
        made |= _date(found, Extract.of(change.ngay or ""))
    return made


def _date(found: re.Match[str], written: Extract | None) -> dict[str, Prose]:
    """What `found` gives of day, month and year, each with its figures in the unit's file."""
    shown: dict[str, Callable[[int], str]] = {"ngay": day_of, "thang": month_of, "nam": str}
    names = list(shown)[-len(found.groups()) :]
    return {
        name: respelt(
            shown[name](int(figures)), Origin.UNIT, written and written.cut(*found.span(at))
        )
        for at, (name, figures) in enumerate(zip(names, found.groups(), strict=True), 1)
    }


def letter(number: int) -> str:
    """1, 2, 3 as a, b, c, d, đ, e; after y come aa, ab."""
    made = ""
    while number > 0:
        number, rest = divmod(number - 1, len(ALPHABET))
        made = ALPHABET[rest] + made
    return made


def number_text(style: str | None, index: int, above: str) -> str:
    """The number with its mark: `I.`, `1.`, `5.1.`, `a)`; empty for `khong`.

    `above` is the number of the heading above, for the double numbers of `so_kep`.
    """
    if style == "la_ma":
        return f"{roman(index)}."
    if style == "so":
        return f"{index}."
    if style == "so_kep":
        return f"{above.rstrip('.')}.{index}."
    if style == "chu":
        return f"{letter(index)})"
    return ""
