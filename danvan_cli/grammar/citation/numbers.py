"""Numbers and symbols of documents in running text, with the kind that stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danvan_cli.grammar.citation.names import law_name_end
from danvan_cli.grammar.citation.symbols import (
    ABBREVIATIONS,
    BARE,
    KIND_WORDS,
    KINDS,
    LAWS,
    LETTERS,
    MODIFIERS,
    NUMBERED,
    SHORT_KINDS,
    WITH_YEAR,
    codes_of,
    misspelt_term,
    organ_named,
    term_of,
)
from danvan_cli.grammar.citation.text import Readable
from danvan_cli.grammar.citation.values import Number
from danvan_cli.grammar.spans import Span
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.text import fold, nearest

_CODE_WORDS = "|".join(sorted(ABBREVIATIONS.values(), key=len, reverse=True))
_TWO_WORDS = words_of("ky_hieu_hai_chu")[0].split()
_PART = (
    rf"(?:(?:(?i:{'|'.join(words_of('ky_hieu_lan_chu'))})|NgV|BNgV)(?!\w)"
    r"|[A-ZĐƯƠÂÔÊ](?:[A-ZĐƯƠÂÔÊ0-9&]|\.(?=[A-ZĐ]{2})|[a-zế](?![^\W\d_A-ZĐ]))*)"
)
_YEARLY = "|".join(sorted({codes_of(kind)[0] for kind in WITH_YEAR if codes_of(kind)}))
# A dash between spaces is part of the symbol only after its first part: "05/QĐ - UBND",
# but "57-NQ/TW - UBND xã" is a symbol and a new clause.
_SYMBOL = (
    rf"{_PART}(?: ?[-/_]\s{{0,2}}{_PART})?(?:(?: ?[-/_]|[-/]\s){_PART}){{0,4}}"
    rf"(?:(?<={_TWO_WORDS[0]}) {_TWO_WORDS[1]})?(?:(?<=QH) \d{{2}})?(?:(?!\w)|(?=(?:và|của|ngày|về|quy|ban)\b))"
)
_NUMBER = re.compile(
    r"(?<![\w/-])(?<!\d[.,])(?P<so>\d{1,3}\.\d{3}|\d{1,4}\.\d{1,2}(?=\s?[/-])|\d{1,6}[A-Za-zĐđ]?)"
    rf"(?:\s?[/-]\s?(?P<nam>\d{{4}}|\d{{2}}(?=/(?:{_YEARLY})\b)))?"
    rf"(?P<sep>\s{{0,3}}(?:-|//?)\s{{0,3}}| (?=(?:{_CODE_WORDS})[-/])|(?<=\d)(?=(?:{_CODE_WORDS})[-/])"
    r"| (?=[A-ZĐ]{2,8}-[A-ZĐ]{2,}))"
    rf"(?P<symbol>(?:(?:{_CODE_WORDS}) (?:{'|'.join(words_of('ky_hieu_sau_dau_cach'))})\b)|{_SYMBOL})"
)
_BLANK = re.compile(
    r"(?<=số)\s{0,3}:?(?P<gap>[\s.…_]{0,60})(?:/(?P<nam>\d{4}))?(?P<sep>[-/]) ?(?P<symbol>"
    + _SYMBOL
    + ")",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?:{'|'.join(sorted(BARE))}|(?:{'|'.join(sorted(NUMBERED))})(?=\s+số))\s{{1,3}}(?P<word>số\s{{1,3}})?"
    r"(?P<so>\d{1,5})(?:/(?P<nam>(?:19|20)\d\d))?(?![\w/-])(?P<more>\s{0,3},?\s{1,3}(?:ngày\s{1,3}(?=\d)|của\s{1,3}(?=\w)))?",
    re.IGNORECASE,
)
_SO = re.compile(r"(?:(?<!\w)số)?\s{0,3}[:.(“\"*]{0,3}\s{0,3}$", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s*(?:,|;|và|hoặc|&|và các)?\s*(?:số\s*:?)?\s*", re.IGNORECASE)
_FORM = re.compile(rf"(?:{'|'.join(words_of('mau_giay'))})\s*$", re.IGNORECASE)
_LAW_BEFORE = re.compile(r"(?<!\w)(?:Bộ [Ll]uật|Luật|Pháp lệnh)\s+(?=[^\W\d_])")
_NO_LAW_NAME = re.compile(
    rf"[;:\n\d]|\.\s|\bđược\b|\b(?:{'|'.join(sorted(BARE))}|luật (?:số|này)|theo|bộ luật)\b",
    re.IGNORECASE,
)


_YEAR_OF_LAW = re.compile(r",?\s+(?:năm\s+)?(?:19|20)\d\d[\s,(]*$")


@dataclass(frozen=True)
class DocumentNumber:
    """A number in a text with the kind, and for a law the name, that stand before it.

    `lead` is where the citation begins when no kind stands there ("Số 12/QĐ-UBND").
    """

    number: Number
    lead: int
    loai: str | None
    kind: Span | None
    short_kind: bool = False
    name: Span | None = None
    broken: tuple[tuple[Span, str], ...] = ()


def find_numbers(ready: Readable) -> Iterator[DocumentNumber]:
    """Numbers that belong to documents, in order; forms, house numbers and the like left out."""
    matches = [m for rule in (_NUMBER, _BLANK, _BARE) for m in rule.finditer(ready.plain)]
    matches.sort(key=lambda m: (m.start(), -m.end()))
    last: DocumentNumber | None = None
    for match in matches:
        if last and match.start("so" if match.re is not _BLANK else "sep") < last.number.span.end:
            continue
        found = _bare(match) if match.re is _BARE else _numbered(ready, match, last)
        if found:
            yield found
            last = found


def _bare(match: re.Match[str]) -> DocumentNumber | None:
    """A number without a symbol: "Nghị quyết số 18 ngày ...", "Nghị định 30/2020"."""
    of_office = match["more"] and not match.string[match.end()].islower()
    if not (match["nam"] or of_office):
        return None
    words = " ".join(match[0].split()[:2]).lower()
    end = match.end("nam") if match["nam"] else match.end("so")
    number = Number(Span(match.start("so"), end), match["so"], match["nam"], "/", "")
    kind = Span(match.start(), match.start() + len(" ".join(match[0].split(" ")[:2])))
    return DocumentNumber(number, match.start(), KINDS.get(words), kind)


def _numbered(
    ready: Readable, match: re.Match[str], before: DocumentNumber | None
) -> DocumentNumber | None:
    plain = ready.plain
    blank = match.re is _BLANK
    begin = match.start() if blank else match.start("so")
    number = _number(ready, match, begin)
    so_word = _SO.search(plain, max(0, begin - 12), begin)
    lead = so_word.start() if so_word else begin
    lead += len(plain[lead:begin]) - len(plain[lead:begin].lstrip(' :.(“"*\n')) if so_word else 0
    kind_end = so_word.start() if so_word else begin
    if _FORM.search(plain, max(0, kind_end - 12), kind_end):
        return None
    loai, kind, short = _kind_before(ready, kind_end)
    if loai and kind:
        return DocumentNumber(number, lead, loai, kind, short)
    last = number.ky_hieu.rpartition("-")[2]
    numbered_law = so_word is not None and number.nam and not blank
    if term_of(last) or (number.nam and misspelt_term(last)) or numbered_law:
        law = _law_before(ready, kind_end)
        named = law and (term_of(last) or law_name_end(plain, law[2].start) == law[2].end)
        if law and named:
            return DocumentNumber(number, lead, law[0], law[1], name=law[2])
    farther = _kind_farther(ready, kind_end, number)
    if farther:
        return DocumentNumber(number, lead, *farther)
    misspelt = _misspelt_kind(ready, kind_end, number)
    if misspelt:
        return misspelt
    if not _stands_alone(number):
        return None
    joined = before and _LIST_GAP.fullmatch(plain, before.number.span.end, begin)
    if before and joined and before.number.code == number.code:
        return DocumentNumber(number, lead, before.loai, None)
    return DocumentNumber(number, lead, None, None)


def _number(ready: Readable, match: re.Match[str], begin: int) -> Number:
    written = _tight(ready.written[match.start("symbol") : match.end("symbol")])
    return Number(
        span=Span(begin, match.end("symbol")),
        so=None if match.re is _BLANK else match["so"],
        nam=match["nam"],
        separator=match["sep"].strip()[:1] or ("/" if match["nam"] else " "),
        ky_hieu=_tight(match["symbol"]),
        as_written=written,
        signs=re.sub(r"\s", "", ready.plain[begin : match.end("symbol")]),
    )


_DOTTED = re.compile(rf"^({_CODE_WORDS})\.(?=\w)")


def _tight(symbol: str) -> str:
    symbol = re.sub(r"\s*[-_‐‑‒–—―−]\s*", "-", re.sub(r"\s*/\s*", "/", symbol))
    symbol = re.sub(r"(?<=QH)\s+(?=\d)", "", symbol)
    symbol = _DOTTED.sub(r"\1-", symbol)
    return re.sub(rf"(?<!{_TWO_WORDS[0]})\s+", "-", symbol)


def _kind_before(ready: Readable, end: int) -> tuple[str | None, Span | None, bool]:
    """The kind whose name ends at `end`, its span, and whether it is a short form."""
    plain = ready.plain
    words = list(re.finditer(r"[^\W\d_]+", plain[max(0, end - 60) : end]))
    base = max(0, end - 60)
    if not words or plain[base + words[-1].end() : end].strip(" \n*_:("):
        return None, None, False
    while len(words) > 1:
        tail = " ".join(w[0] for w in words[-2:]).lower()
        if words[-1][0].lower() in MODIFIERS or tail in MODIFIERS:
            kind = _longest_kind(plain, base, words)
            if kind:
                return (*kind, False)
            words = words[: -2 if tail in MODIFIERS else -1]
            continue
        break
    kind = _longest_kind(plain, base, words)
    if kind:
        return (*kind, False)
    short = SHORT_KINDS.get(words[-1][0]) if words else None
    if short:
        return short, Span(base + words[-1].start(), base + words[-1].end()), True
    return None, None, False


def _longest_kind(plain: str, base: int, words: list[re.Match[str]]) -> tuple[str, Span] | None:
    for count in range(min(KIND_WORDS, len(words)), 0, -1):
        span = Span(base + words[-count].start(), base + words[-1].end())
        kind = KINDS.get(" ".join(plain[span.start : span.end].split()).lower())
        if kind:
            return kind, span
    return None


def _kind_farther(ready: Readable, end: int, number: Number) -> tuple[str, Span] | None:
    """A kind some words before its number ("Báo cáo tổng kết số 12/BC-UBND").

    Only where the symbol is of that kind, or is an office's for a Công văn "của ...".
    """
    clause = re.search(r"[^,;:.\n()]*$", ready.plain[max(0, end - 90) : end])
    base = end - len(clause[0]) if clause else end
    found = list(re.finditer(r"[^\W\d_]+", ready.plain[base:end]))
    for count in range(len(found) - 1, 0, -1):
        kind = _longest_kind(ready.plain, base, found[:count])
        if kind is None:
            continue
        code = number.code.casefold()
        letter = kind[0] in LETTERS and found[count][0] == "của" and code not in ABBREVIATIONS
        of_kind = code in map(str.casefold, codes_of(kind[0]))
        return kind if letter or (of_kind and kind[0] not in LAWS) else None
    return None


def _law_before(ready: Readable, end: int) -> tuple[str, Span, Span] | None:
    """The law named before its number: kind, span of the kind, span of the name."""
    begin = max(0, end - 260)
    for head in _LAW_BEFORE.finditer(ready.plain, begin, end):
        name = _YEAR_OF_LAW.sub("", ready.plain[head.end() : end]).rstrip(" ,(")
        amending = name.lower().startswith("sửa đổi")
        if name and (amending or not _NO_LAW_NAME.search(name)) and "\n\n" not in name:
            if amending and re.search(r";|\.\s", name):
                continue
            loai = KINDS[" ".join(head[0].split()).lower()]
            kind = Span(head.start(), head.start() + len(head[0].rstrip()))
            return loai, kind, Span(head.end(), head.end() + len(name))
    return None


def _misspelt_kind(ready: Readable, end: int, number: Number) -> DocumentNumber | None:
    """A kind spelt almost right before "số", where the symbol says which kind is meant."""
    code = number.code.casefold()
    meant = [k for k in KINDS.values() if k not in LAWS and code in map(str.casefold, codes_of(k))]
    words = list(re.finditer(r"[^\W\d_]+", ready.plain[max(0, end - 20) : end]))[-2:]
    if len(words) < 2 or not meant or code not in ABBREVIATIONS:
        return None
    base = max(0, end - 20)
    span = Span(base + words[0].start(), base + words[1].end())
    if ready.plain[span.end : end].strip():
        return None
    said = ready.plain[span.start : span.end]
    kind = nearest(said, meant, cutoff=0.75)
    if kind is None or fold(said) == fold(kind) or said.isascii():
        return None
    right = kind if said[0].isupper() else kind.lower()
    return DocumentNumber(number, span.start, kind, span, broken=((span, right),))


def _stands_alone(number: Number) -> bool:
    """Whether a number is surely a document's though no kind stands before it."""
    if number.so is None:
        return False
    if term_of(number.code):
        return number.nam is not None
    if number.code.casefold() not in ABBREVIATIONS or not number.organ:
        return False
    if number.nam:
        return True
    first = re.split("[-/ ]", number.organ)[0]
    return organ_named(first) is not None or number.kieu == "dang"
