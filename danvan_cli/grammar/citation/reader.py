"""Citations of legal and Party documents in Vietnamese administrative texts.

A citation gives kind, number and symbol, date and issuer (Nghị định 30/2020/NĐ-CP, Phụ lục I,
II.6.b; for Party documents Hướng dẫn 36-HD/VPTW of 2018); a law may stand by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from danvan_cli.grammar import dates
from danvan_cli.grammar.citation.dates import read_when
from danvan_cli.grammar.citation.faults import faults_of
from danvan_cli.grammar.citation.names import issuer_end, law_heads, law_name_end
from danvan_cli.grammar.citation.numbers import find_numbers
from danvan_cli.grammar.citation.symbols import KINDS, LAWS
from danvan_cli.grammar.citation.text import Readable, readable
from danvan_cli.grammar.citation.values import (
    Citation,
    CitationParts,
    Number,
    Places,
)
from danvan_cli.grammar.spans import NO_SPAN, Span
from danvan_cli.text import squeeze

__all__ = ["Citation", "canonical_citation", "find_citations", "read_citation"]

_OF = re.compile(r"(?:\s{0,3}\[\d+\])?\)?\s{0,3},?\s{0,4}(?P<of>của|cuả|cảu)\s{1,4}", re.IGNORECASE)
_YEAR = re.compile(r",?\s{1,3}(?:năm\s{1,3})?(?P<nam>(?:19|20)\d\d)(?![\d/.-])")
_CONSTITUTION = re.compile(r"(?<!\w)Hiến pháp(?=\s+(?:năm\s+)?(?:19|20)\d\d(?![\d/.-]))")
_ARTICLES = re.compile(
    r"(?:(?:điểm|tiết|khoản|điều|mục|chương|phần)\s+(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,6})"
    r"(?:\s*(?:,|và)\s*(?:\d{1,3}[a-zđ]?|[a-zđ])(?!\w)){0,6}(?:\s*(?:,|và|của)?\s+|\s*,?\s*$)){1,8}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"\s{0,3}(?:về\s{1,3}(?:việc\s{1,3})?)?[“\"](?P<ten>[^“”\"\n]{4,400})[”\"]", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\s{0,3},?\s{0,3}(?P<ten>(?:về|quy định|ban hành)\s[^;\n“”\"()]{4,400}?)(?P<end>;|\.(?:\s|$)|\)|$)",
    re.I,
)


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every citation in a running text, in the order they stand.

    Found are numbered documents (also with the number left blank, `so` is then None) and laws
    by name. Spans are offsets into `text` as given, whatever its Unicode form; a title after
    the issuer is read into `ten` but lies outside the span. Never fails.
    """
    ready = readable(text)
    found = list(_numbered(ready))
    taken = [(start, end) for _, start, end, _ in found]
    found += _laws_by_name(ready, taken)
    found = _apart(found)
    starts = [start for _, start, _, _ in found] + [len(ready.plain)]
    return tuple(
        _citation(ready, parts, Span(start, end), name, starts[n + 1])
        for n, (parts, start, end, name) in enumerate(found)
    )


def read_citation(text: str) -> Citation | None:
    """The first citation of a phrase, None where it holds none."""
    found = find_citations(text)
    if not found and text[:1].islower():
        found = find_citations(text[0].upper() + text[1:])
    return found[0] if found else None


def canonical_citation(citation: Citation) -> str:
    """The citation as a careful clerk prints it, without its title.

    `Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ`, `Luật Đất đai năm 2024`.
    """
    words = [citation.loai or ""]
    law = citation.loai in LAWS
    if law and citation.ten:
        words.append(citation.ten)
    if citation.ky_hieu is not None or citation.so is not None:
        number = Number(Span(0, 0), citation.so, citation.nam, "", citation.ky_hieu or "")
        words.append("số " + _number_text(number, citation.kieu))
    elif citation.nam:
        words.append(f"năm {citation.nam}")
    if citation.ngay:
        words.append("ngày " + dates.in_figures(citation.ngay))
    if citation.co_quan:
        words.append("của " + citation.co_quan)
    return " ".join(word for word in words if word)


def _number_text(number: Number, kieu: str | None) -> str:
    if not number.ky_hieu:
        return f"{number.so}/{number.nam}" if number.nam else str(number.so)
    return number.printed(party=kieu != "nha_nuoc").translate({0xD0: "Đ", 0xF0: "đ", 0x189: "Đ"})


_Found = tuple[CitationParts, int, int, Span | None]


def _apart(found: list[_Found]) -> list[_Found]:
    """Citations in order, without those that lie in or run into the one before."""
    apart: list[_Found] = []
    for one in sorted(found, key=lambda one: (one[1], -one[2])):
        if not apart or one[1] >= apart[-1][2]:
            apart.append(one)
    return apart


def _numbered(ready: Readable) -> Iterator[_Found]:
    """Citations with a number, each with its span and the span of a law's name."""
    end = 0
    for found in find_numbers(ready):
        if found.number.span.start < end:
            continue
        start = found.kind.start if found.kind else found.lead
        parts, stop = _tail(ready, found.loai, found.kind, found.number, found.short_kind)
        if found.broken:
            parts = _with_broken(parts, found.broken)
        yield parts, start, stop, found.name
        end = stop


def _with_broken(parts: CitationParts, more: tuple[tuple[Span, str], ...]) -> CitationParts:
    return replace(parts, broken=(*more, *parts.broken))


def _tail(
    ready: Readable,
    loai: str | None,
    kind: Span | None,
    number: Number | None,
    short_kind: bool = False,
    position: int = 0,
) -> tuple[CitationParts, int]:
    """Date and issuer, in either order, after the number or name; and where they end."""
    plain = ready.plain
    position = number.span.end if number else position
    opened = kind and number and "(" in plain[kind.start : number.span.start]
    if opened and plain.startswith(")", position):
        position += 1
    when = read_when(plain, position)
    position = when.span.end if when else position
    issuer: Span | None = None
    broken: tuple[tuple[Span, str], ...] = ()
    of = _OF.match(plain, position)
    if of:
        end = issuer_end(plain, of.end())
        if end > of.end():
            issuer, position = Span(of.end(), end), end
            if of["of"].lower() == "cảu":
                broken = ((Span(*of.span("of")), "của"),)
    if issuer and when is None:
        when = read_when(plain, position)
        if when and (when.figures is None or when.comma):
            when = None
        position = when.span.end if when else position
    if when and plain.startswith(")", position) and "(" in plain[when.span.start : position]:
        position += 1
    return CitationParts(loai, kind, short_kind, number, when, issuer, broken), position


def _laws_by_name(ready: Readable, taken: list[tuple[int, int]]) -> Iterator[_Found]:
    """Laws cited by name where no number found before covers them."""
    plain = ready.plain
    for head, after in law_heads(plain):
        if any(start <= head < end for start, end in taken):
            continue
        begin = after + len(plain[after:]) - len(plain[after:].lstrip())
        end = law_name_end(plain, begin)
        if end is None or any(head < start < end for start, _ in taken):
            continue
        loai = KINDS[squeeze(plain[head:after]).lower()]
        yield _by_name(ready, loai, Span(head, after), Span(begin, end), end)
    for found in _CONSTITUTION.finditer(plain):
        yield _by_name(ready, "Hiến pháp", Span(*found.span()), None, found.end())


def _by_name(ready: Readable, loai: str, kind: Span, name: Span | None, end: int) -> _Found:
    year = _YEAR.match(ready.plain, end)
    position = year.end() if year else end
    parts, stop = _tail(ready, loai, kind, None, position=position)
    return parts, kind.start, stop, name


def _citation(
    ready: Readable, parts: CitationParts, span: Span, name: Span | None, following: int
) -> Citation:
    number = parts.number
    nam = number.nam if number else _year_of_law(ready, parts, span, name)
    serious, slight = faults_of(ready, parts)
    ten = name or _title(ready, span.end, following)
    return Citation(
        text=ready.cut(span.start, span.end),
        start=ready.at(span.start),
        end=ready.at(span.end),
        loai=parts.loai,
        ten=_written(ready, ten),
        so=number.so if number else None,
        nam=nam,
        ky_hieu=(number.as_written or None) if number else None,
        kieu=number.kieu if number else None,
        ngay=parts.when.ngay if parts.when else None,
        co_quan=_written(ready, parts.issuer),
        dieu=_articles(ready, span.start),
        loi=serious,
        luu_y=slight,
        places=_places(ready, parts, ten),
        date_in_words=parts.when is not None and parts.when.in_words,
    )


def _places(ready: Readable, parts: CitationParts, ten: Span | None) -> Places:
    number, when = parts.number, parts.when
    spans = (
        parts.kind, ten, number and number.span, when and when.figures, parts.issuer,
    )  # fmt: skip
    return Places(*(Span(ready.at(s.start), ready.at(s.end)) if s else NO_SPAN for s in spans))


def _written(ready: Readable, span: Span | None) -> str | None:
    return squeeze(ready.written[span.start : span.end]) if span else None


def _year_of_law(
    ready: Readable, parts: CitationParts, span: Span, name: Span | None
) -> str | None:
    end = name.end if name else (parts.kind.end if parts.kind else span.start)
    year = _YEAR.match(ready.plain, end, span.end)
    return year["nam"] if year else None


def _title(ready: Readable, position: int, following: int) -> Span | None:
    """Where the title stands after a citation, where quotes or the end of the clause delimit it."""
    quoted = _QUOTED.match(ready.plain, position)
    if quoted:
        return Span(*quoted.span("ten"))
    about = _ABOUT.match(ready.plain, position, following)
    if about is None or (about["end"] == "" and about.end() != len(ready.plain)):
        return None
    return Span(*about.span("ten"))


def _articles(ready: Readable, start: int) -> tuple[str, ...]:
    """References to articles and clauses that stand right before a citation."""
    begin = max(0, start - 120)
    before = ready.plain[begin:start]
    if not re.search(r"\d|\b[a-zđ]\s", before[-12:]):
        return ()
    for opening in re.finditer(r"\b(?:điểm|tiết|khoản|điều)\b", before, re.IGNORECASE):
        found = _ARTICLES.match(before, opening.start())
        if found:
            words = ready.written[begin + found.start() : begin + found.end()]
            words = re.sub(r"[\s,]*(?:của)?[\s,]*$", "", words)
            return tuple(squeeze(one) for one in _split_articles(words))
    return ()


def _split_articles(words: str) -> list[str]:
    """`khoản 2 Điều 5 và Điều 7` as its two references."""
    ends = [
        m.start() for m in re.finditer(r"(?:,|\bvà\b)\s*(?=(?:điểm|khoản|điều)\b)", words, re.I)
    ]
    pieces, start = [], 0
    for end in ends:
        if re.search(r"điều\s", words[start:end], re.IGNORECASE):
            pieces.append(words[start:end].strip(" ,"))
            start = end
    pieces.append(words[start:])
    return [re.sub(r"^(?:,|và)\s*", "", piece).strip(" ,") for piece in pieces]
