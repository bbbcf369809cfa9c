"""DV509: what is cited otherwise than the register of legal documents has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import day_of, in_figures, month_of
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.validate.checks.citations.cited import (
    Cited,
    citation_name,
    date_place,
    may_be_looked_up,
    number_place,
)
from danvan_cli.validate.checks.citations.register import (
    Register,
    RegisterEntry,
    issuer_key,
    may_be_one,
    number_key,
    organ_of,
    register_of,
)
from danvan_cli.validate.setting import Setting

UNLIKE_REGISTER = "DV509"
_PARTY_ORGAN = "tw"
_SHARED = tuple(organ.lower() for organ in words_of("ky_hieu_nhieu_noi"))


def unlike_register(cited: Cited, setting: Setting) -> Iterator[Finding]:
    """DV509: the same document with another date, number, symbol or issuer than registered."""
    citation, register = cited.citation, register_of(setting.catalogue)
    if not may_be_looked_up(cited, setting):
        return
    misdated = wrong_date(cited, register, setting)
    if misdated:
        yield _date_finding(cited, misdated)
        return
    if citation.so is None:
        return
    exact = [e for e in register.numbered(citation) if e.day == citation.ngay and e.day]
    if exact:
        yield from _issuer_finding(cited, exact[0], setting)
    elif not register.numbered(citation):
        others = _renumbered(cited, register, setting)
        if others:
            yield _number_finding(cited, others)


def wrong_date(cited: Cited, register: Register, setting: Setting) -> tuple[RegisterEntry, ...]:
    """The registered documents a citation surely means though it gives them another date."""
    citation = cited.citation
    day = citation.ngay
    if day is None:
        return ()
    if citation.so is None:
        among = [e for e in register.named(citation) if e.day]
        if any(e.day == day for e in among):
            return ()
        return tuple(e for e in among if e.day and _slip(e.day, day))
    issuer = issuer_key(citation.co_quan, setting.catalogue)
    found = [e for e in register.numbered(citation) if e.day]
    if any(e.day == day for e in found):
        return ()
    meant = []
    for entry in found:
        titled = entry.titled(cited.following)
        one = may_be_one(issuer, entry.issuer) and (citation.co_quan or entry.organ not in _SHARED)
        same_year = entry.day is not None and entry.day.year == day.year
        if titled or (one and (same_year or citation.nam is not None)):
            meant.append(entry)
    return tuple(meant)


def _slip(right: date, written: date) -> bool:
    """Whether a law's date is surely a slip: the year right, or all but the year."""
    return right.year == written.year or (right.month, right.day) == (written.month, written.day)


def _renumbered(cited: Cited, register: Register, setting: Setting) -> tuple[RegisterEntry, ...]:
    """The registered documents meant by a citation that gives another number or symbol."""
    citation, key = cited.citation, number_key(cited.citation)
    if key is None:
        return ()
    issuer = issuer_key(citation.co_quan, setting.catalogue)
    meant = []
    for entry in register.entries:
        if entry.key is None or entry.document.loai != citation.loai:
            continue
        dated = entry.day is not None and entry.day == citation.ngay
        same_number = entry.key[0] == key[0] and entry.organ == organ_of(key[2])
        same_symbol = entry.key[1:] == key[1:]
        titled = entry.titled(cited.following)
        sure = dated and same_number and may_be_one(issuer, entry.issuer)
        undated = citation.ngay is None and same_number and titled
        if sure or undated or (dated and same_symbol and titled):
            meant.append(entry)
    return tuple(meant)


def _date_finding(cited: Cited, meant: tuple[RegisterEntry, ...]) -> Finding:
    citation = cited.citation
    start, end = date_place(citation)
    found = cited.passage.text[start:end]
    days = [e.day for e in meant if e.day]
    placed = bool(citation.places.ngay)
    in_words = citation.date_in_words
    right = _written(days[0], in_words=in_words) if len(days) == 1 and placed else None
    told = " hoặc ".join(in_figures(day) for day in days)
    remedy = f"Sửa thành '{right}'" if right else "Đối chiếu bản gốc rồi sửa"
    message = (
        f"{citation_name(citation)} ghi ngày '{found}' nhưng sổ văn bản ghi {told}. "
        f"{remedy}, hoặc sửa sổ nếu sổ sai."
    )
    return cited.passage.finding(UNLIKE_REGISTER, start, end, message, right)


def _number_finding(cited: Cited, meant: tuple[RegisterEntry, ...]) -> Finding:
    start, end = number_place(cited.citation)
    numbers = [str(e.document.so_hieu) for e in meant]
    right = numbers[0] if len(numbers) == 1 and cited.citation.places.so else None
    remedy = f"Sửa thành '{right}'" if right else "Đối chiếu bản gốc rồi sửa"
    message = (
        f"'{cited.passage.text[start:end]}' khác sổ văn bản: {' hoặc '.join(e.shown for e in meant)}. "
        f"{remedy}, hoặc sửa sổ nếu sổ sai."
    )
    return cited.passage.finding(UNLIKE_REGISTER, start, end, message, right)


def _issuer_finding(cited: Cited, entry: RegisterEntry, setting: Setting) -> Iterator[Finding]:
    """Only for the centre of the Party, whose one symbol several offices share."""
    citation = cited.citation
    said = issuer_key(citation.co_quan, setting.catalogue)
    known = {str(a.ma) for a in setting.catalogue.agencies}
    if entry.organ != _PARTY_ORGAN or said not in known or entry.issuer not in known:
        return
    if citation.co_quan is None or may_be_one(said, entry.issuer):
        return
    right = str(entry.document.co_quan)
    message = (
        f"{citation_name(citation)} ghi của '{citation.co_quan}' nhưng sổ văn bản ghi của '{right}'. "
        f"Sửa thành '{right}', hoặc sửa sổ nếu sổ sai."
    )
    yield cited.passage.finding(UNLIKE_REGISTER, *citation.places.co_quan, message, right)


def _written(day: date, *, in_words: bool) -> str:
    if in_words:
        return f"{day_of(day.day)} tháng {month_of(day.month)} năm {day.year}"
    return in_figures(day)
