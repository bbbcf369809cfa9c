"""Checks of form of one citation: what it says against itself, nothing looked up.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I and III, for state documents; Hướng dẫn
36-HD/VPTW of 2018 for Party documents; terms of the Quốc hội from its own record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.grammar.citation.number_faults import (
    MALFORMED_SYMBOL,
    SPACES_IN_NUMBER,
    Raised,
    number_faults,
)
from danvan_cli.grammar.citation.symbols import (
    ABBREVIATIONS,
    BY_OFFICE,
    GENERIC,
    KINDS,
    LETTERS,
    ORGANS,
    SOLE_ISSUERS,
    STATE_CENTRE,
    codes_of,
    issuers_named,
    kind_of,
    may_issue,
    organ_named,
    other_issuer,
    party_committee,
    term_of,
)
from danvan_cli.grammar.citation.text import Readable, one_slip
from danvan_cli.grammar.citation.values import CitationFault, CitationParts
from danvan_cli.grammar.dates import in_figures
from danvan_cli.grammar.spans import Span
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.text import plain_ascii, squeeze

ISSUER_AND_SYMBOL = "DV503"
YEAR_AND_DATE = "DV504"
IMPOSSIBLE_DATE = "DV505"
BROKEN_WORDS = "DV515"
COMMA_BEFORE_DATE = "DV516"
GENERIC_KIND = "DV517"
LOOK_ALIKE = "DV704"


def faults_of(
    ready: Readable, parts: CitationParts
) -> tuple[tuple[CitationFault, ...], tuple[CitationFault, ...]]:
    """The serious and the slight faults of a citation, each in the order it stands."""
    party = parts.issuer is not None and party_committee(_said(ready, parts.issuer))
    serious = number_faults(parts, party_issuer=party) or [
        *_in_letters(ready, parts),
        *_without_office(ready, parts),
    ]
    serious += [*_loose_end(ready, parts), *_in_issuer(ready, parts), *_in_date(parts)]
    serious += _in_words(ready, parts)
    slight = list(_slight(ready, parts, spaces=not any(s[1] == _span(parts) for s in serious)))
    return _sorted(ready, serious), _sorted(ready, slight)


def _said(ready: Readable, issuer: Span) -> str:
    """The issuer in small letters."""
    return squeeze(ready.plain[issuer.start : issuer.end]).lower()


def _span(parts: CitationParts) -> Span | None:
    return parts.number.span if parts.number else None


def _sorted(ready: Readable, raised: list[Raised]) -> tuple[CitationFault, ...]:
    faults = []
    for code, span, suggestion, message in dict.fromkeys(raised):
        right = suggestion
        found = ready.cut(span.start, span.end)
        if right and right in KINDS.values() and found[:1].islower():
            right = right.lower()
        fault = CitationFault(code, ready.at(span.start), ready.at(span.end), found, right, message)
        faults.append(fault)
    return tuple(sorted(faults, key=lambda fault: (fault.start, fault.code)))


def _in_letters(ready: Readable, parts: CitationParts) -> Iterator[Raised]:
    """TTg in capitals where the line is in none."""
    number, kind = parts.number, parts.kind
    if number is None:
        return
    shouted = kind is None or ready.plain[kind.start : kind.end].isupper()
    if number.organ == _PREMIER.upper() and not shouted:
        right = number.printed(ky_hieu=f"{number.code}-{_PREMIER}")
        message = f"Ký hiệu của {SOLE_ISSUERS[_PREMIER]} viết {_PREMIER}"
        yield MALFORMED_SYMBOL, number.span, right, message


def _without_office(ready: Readable, parts: CitationParts) -> Iterator[Raised]:
    """A number of the State that ends with the abbreviation of its kind: 150/2025/NĐ."""
    number = parts.number
    if number is None or number.so is None or number.organ or number.separator != "/":
        return
    goes_on = _GOES_ON.match(ready.plain, number.span.end)
    if parts.short_kind or goes_on or parts.loai not in BY_OFFICE:
        return
    if number.code in codes_of(parts.loai):
        message = f"Ký hiệu {number.ky_hieu} thiếu chữ viết tắt của cơ quan ban hành"
        yield MALFORMED_SYMBOL, number.span, None, message


def _loose_end(ready: Readable, parts: CitationParts) -> Iterator[Raised]:
    """A slash or hyphen after the whole symbol, before a space: 371/QĐ-UBND/ ngày ..."""
    number = parts.number
    if number is None or not number.organ or not number.so:
        return
    rest = _REST.match(ready.plain, number.span.end)
    if rest and (organ := ORGANS.get((number.organ + rest[1]).casefold())):
        right = number.printed(ky_hieu=f"{number.code}{number.between}{organ}")
        message = f"Ký hiệu {organ} viết rời"
        yield SPACES_IN_NUMBER, Span(number.span.start, rest.end()), right, message
    sign = _LOOSE.match(ready.plain, number.span.end)
    if sign:
        message = f"Thừa dấu '{sign[0]}' sau ký hiệu {number.ky_hieu}"
        yield SPACES_IN_NUMBER, Span(number.span.start, sign.end()), number.printed(), message


def _in_issuer(ready: Readable, parts: CitationParts) -> Iterator[Raised]:
    """An issuer that is surely not the office the symbol names."""
    number, issuer = parts.number, parts.issuer
    if number is None or issuer is None or (parts.loai or "").endswith("liên tịch"):
        return
    coded = number.code.casefold() in ABBREVIATIONS
    leads = term_of(number.code) or (parts.loai in LETTERS and not coded)
    last = number.code if leads else number.organ
    if not last or not (coded or leads):
        return
    said = _said(ready, issuer)
    organ = organ_named(last)
    if organ is None:
        for meant in _SURE_ISSUERS.intersection(issuers_named(said)):
            if sorted(last) == sorted(meant) or one_slip(last.upper(), meant.upper()):
                symbol = number.printed(ky_hieu=f"{number.code}{number.between}{meant}")
                message = f"Ký hiệu {last} viết sai, đúng là {meant}"
                yield MALFORMED_SYMBOL, number.span, symbol, message
    elif other_issuer(organ, said):
        right = SOLE_ISSUERS.get(organ) if may_issue(organ, number.code) else None
        message = (
            f"Ký hiệu {last} là của {right}"
            if right
            else f"Văn bản có ký hiệu {last} không do cơ quan này ban hành"
        )
        yield ISSUER_AND_SYMBOL, issuer, right, message


def _in_date(parts: CitationParts) -> Iterator[Raised]:
    when, number = parts.when, parts.number
    if when is None or when.figures is None:
        return
    if when.ngay is None:
        right = in_figures(when.swapped) if when.swapped else None
        yield IMPOSSIBLE_DATE, when.figures, right, "Ngày này không có trong lịch"
    elif number and number.full_year and number.full_year != when.ngay.year:
        message = f"Năm trong số hiệu là {number.nam} nhưng ngày thuộc năm {when.ngay.year}"
        yield YEAR_AND_DATE, when.figures, None, message


_PREMIER = "TTg"
_SURE_ISSUERS = {*SOLE_ISSUERS, *words_of("ky_hieu_de_sai")}
_REST = re.compile(r"\s([A-ZĐ]{1,4})(?!\w)")
_LOOSE = re.compile(r"[-/](?=\s+(?:ngày|của)\s)")
_GOES_ON = re.compile(r"\s*[-/]\s*[^\W\d_a-zà-ỹđ]")
# None of these without its accented letters (x, phng, tnh, huyn, ...) is a word.
_LETTERS_LOST = {re.sub(r"[^\x00-\x7f]", "", word): word for word in words_of("mat_dau")}


def _in_words(ready: Readable, parts: CitationParts) -> Iterator[Raised]:
    """Words that lost their accented letters (ngy, x for xã) or are misspelt."""
    accented = parts.kind and not ready.plain[parts.kind.start : parts.kind.end].isascii()
    for span, right in (*parts.broken, *(parts.when.broken if parts.when else ())):
        if accented or ready.plain[span.start : span.end].lower() != plain_ascii(right):
            yield BROKEN_WORDS, span, right, "Từ viết sai"
    if parts.issuer is None:
        return
    start, end = parts.issuer.start, parts.issuer.end
    for found in re.compile(r"(?<![\w.])[a-z]+(?![\w.])").finditer(ready.plain, start, end):
        word = _LETTERS_LOST.get(found[0])
        if word:
            yield BROKEN_WORDS, Span(*found.span()), word, "Từ mất chữ"


def _slight(ready: Readable, parts: CitationParts, *, spaces: bool) -> Iterator[Raised]:
    number = parts.number
    if number and number.so and number.ky_hieu and spaces:
        written = ready.written[number.span.start : number.span.end]
        joint = re.search(r"[^\S\n]|[‒–—―−]", written)
        slash = number.nam and number.organ in STATE_CENTRE and "/" in number.ky_hieu
        right = number.printed(ky_hieu=f"{number.code}-{number.organ}" if slash else None)
        missing = (number.nam or number.so) + number.code in written
        if (joint or slash or missing) and "\n" not in written and written != right:
            message = "Số, ký hiệu viết liền, dùng dấu gạch nối ngắn"
            yield SPACES_IN_NUMBER, number.span, right, message
        plain = ready.plain[number.span.start : number.span.end]
        odd = ((old, new) for old, new in zip(written, plain, strict=True) if old != new)
        for old, new in odd:
            if new.isalpha():
                message = f"Chữ '{old}' trong ký hiệu không phải chữ '{new}' tiếng Việt"
                yield LOOK_ALIKE, number.span, number.printed(), message
                break
    if parts.when and parts.when.comma:
        yield COMMA_BEFORE_DATE, parts.when.comma, "", "Không có dấu phẩy giữa số, ký hiệu và ngày"
    if parts.loai in GENERIC and parts.kind and number:
        kind = kind_of(number.code)
        message = 'Nêu tên loại văn bản thay cho "văn bản"'
        if kind or number.code.casefold() in ABBREVIATIONS:
            yield GENERIC_KIND, parts.kind, kind, message
