"""What is wrong inside a document's number: kind, office, year, term, form, signs."""

from __future__ import annotations

import re
from dataclasses import replace

from danvan_cli.grammar.citation.symbols import (
    ABBREVIATIONS,
    BARE,
    BY_OFFICE,
    GENERIC,
    LAWS,
    LETTERS,
    MINISTRIES,
    NUMBERED,
    ORGANS,
    PARTY_CENTRE,
    SHORT_KINDS,
    SOLE_ISSUERS,
    STATE_CENTRE,
    WITH_YEAR,
    codes_of,
    disagree,
    kind_of,
    may_issue,
    misspelt_term,
    organ_named,
    sole_issuer,
    term_of,
    terms_in,
)
from danvan_cli.grammar.citation.text import one_slip
from danvan_cli.grammar.citation.values import CitationParts, Number
from danvan_cli.grammar.spans import Span
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.text import plain_ascii

KIND_AND_SYMBOL = "DV501"
PARTY_AND_STATE_FORM = "DV502"
SPACES_IN_NUMBER = "DV507"
TERM_OF_ASSEMBLY = "DV510"
MALFORMED_SYMBOL = "DV513"

Raised = tuple[str, Span, str | None, str]
"""A fault before it is placed: code, where, the right form, what is said."""
_ALSO_OF_PARTY = frozenset(words_of("ky_hieu_ca_dang"))
"""Bộ Tài chính, and the Ban Tổ chức of a Party committee."""
_FORMS_SINCE = int(words_of("nam_co_dang_so")[0])
_YEARS_SINCE = int(words_of("nam_so_co_nam")[0])
_KINDS_SINCE = int(words_of("nam_so_co_loai")[0])
_LIKE_FIGURES = {"O": "0", "o": "0", "l": "1"}
# Never the first part of an office's own symbol, so that it says the kind whatever the office.
_ONLY_KINDS = frozenset(words_of("ky_hieu_chi_loai"))


def number_faults(parts: CitationParts, *, party_issuer: bool) -> list[Raised]:
    """Faults inside the number; their suggestions set all of them right at once.

    `party_issuer` tells that a Party committee of a place is named as the issuer.
    """
    number = parts.number
    if number is None:
        return []
    if not number.ky_hieu:
        return _without_symbol(parts, number)
    if number.so and number.so[-1] in _LIKE_FIGURES:
        so = number.so[:-1] + _LIKE_FIGURES[number.so[-1]]
        message = f"Số {number.so} có chữ '{number.so[-1]}' ở chỗ của chữ số"
        return [(MALFORMED_SYMBOL, number.span, replace(number, so=so).printed(), message)]
    if number.nam and not number.full_year:
        full = replace(number, nam=f"20{number.nam}").printed()
        message = f"Năm trong số hiệu viết đủ bốn chữ số, không viết '{number.nam}'"
        return [(MALFORMED_SYMBOL, number.span, full, message)]
    if term := misspelt_term(number.ky_hieu):
        message = f"Ký hiệu {number.ky_hieu} viết sai, đúng là {term}"
        return [(MALFORMED_SYMBOL, number.span, number.printed(ky_hieu=term), message)]
    other = number.code.casefold() in ABBREVIATIONS and kind_of(number.code) not in LAWS
    if parts.loai in LAWS and other and number.full_year:
        return [_not_of_assembly(parts.loai or "", number)]
    code, organ, party, certain = number.code, number.organ, number.kieu != "nha_nuoc", True
    raised: list[tuple[str, str]] = []
    joined = _joined(parts.loai, number)
    right_code = joined[0] if joined else _right_code(parts, number)
    if right_code:
        meant = ("/" if party else "-").join(joined) if joined else right_code
        raised.append((MALFORMED_SYMBOL, f"Ký hiệu {code} viết sai, đúng là {meant}"))
        code, organ = joined or (right_code, organ)
    right_organ = _right_organ(organ, code)
    if right_organ:
        raised.append((MALFORMED_SYMBOL, f"Ký hiệu {organ} viết sai, đúng là {right_organ}"))
        organ = right_organ
    if (
        parts.loai
        and parts.kind
        and not parts.short_kind
        and _kind_disagrees(parts.loai, code, organ)
    ):
        message = f"Loại văn bản là {parts.loai} nhưng ký hiệu là {code}"
        if parts.loai in LETTERS:
            return [(KIND_AND_SYMBOL, parts.kind, kind_of(code), message)]
        raised.append((KIND_AND_SYMBOL, message))
        code = (codes_of(parts.loai) or (code,))[0]
        certain = may_issue(organ, code) and not term_of(number.code)
    elif _cannot_issue(parts, organ, code):
        raised.append(
            (KIND_AND_SYMBOL, f"{SOLE_ISSUERS.get(organ, organ)} không ban hành {parts.loai}")
        )
        certain = False
    if _lacks_kind(parts, number):
        kind_code = codes_of(parts.loai or "")[0]
        message = f"Ký hiệu {number.ky_hieu} thiếu chữ viết tắt của {parts.loai} ({kind_code})"
        right = None if organ else number.printed(ky_hieu=f"{kind_code}-{code}")
        return [(MALFORMED_SYMBOL, number.span, right, message)]
    form = _right_form(number, organ, of_party=party_issuer) if _modern(parts) else None
    if form:
        raised.append((PARTY_AND_STATE_FORM, form[1]))
        party = form[0]
    sat = _right_term(parts, number)
    if sat:
        raised.append((TERM_OF_ASSEMBLY, sat[1]))
        certain = certain and sat[0] is not None
        wrong = number.ky_hieu.rpartition("-")[2]
        code, organ = (part.replace(wrong, sat[0] or wrong) for part in (code, organ))
    if _lacks_year(parts, number):
        raised.append((MALFORMED_SYMBOL, f"Số hiệu {parts.loai} phải có năm ban hành"))
        year = parts.when.ngay.year if parts.when and parts.when.ngay else None
        certain = certain and year is not None and not term_of(number.code)
        number = replace(number, nam=str(year) if year else None)
    if not raised and _modern(parts) and _signs_differ(parts, number, code, organ):
        raised.append((SPACES_IN_NUMBER, "Dấu nối trong số, ký hiệu viết sai hoặc thiếu"))
        party = party and organ not in STATE_CENTRE
        form = (party, "")
    if not certain:
        right = None
    elif organ and (form or right_code):
        right = number.printed(ky_hieu=f"{code}{'/' if party else '-'}{organ}", party=party)
    else:
        right = number.printed(ky_hieu=code + number.between + organ, party=party)
    return [(fault, number.span, right, message) for fault, message in raised]


def _not_of_assembly(loai: str, number: Number) -> Raised:
    """A law under the number of another kind of document: Luật Căn cước số 26/2023/NĐ-CP."""
    sat = terms_in(number.full_year or 0)
    right = number.printed(ky_hieu=f"QH{sat[0]}") if len(sat) == 1 else None
    message = f"{loai} do Quốc hội ban hành, ký hiệu không phải là {number.ky_hieu}"
    return KIND_AND_SYMBOL, number.span, right, message


def _cannot_issue(parts: CitationParts, organ: str, code: str) -> bool:
    """Whether the office that the symbol names has no documents of the kind that it names."""
    if not organ or parts.loai not in BY_OFFICE or not _since(parts, _KINDS_SINCE):
        return False
    return code == codes_of(parts.loai or "")[0] and not may_issue(
        organ_named(organ) or organ, code
    )


def _without_symbol(parts: CitationParts, number: Number) -> list[Raised]:
    """A document cited by number and date alone: nobody can tell which it is."""
    dated = parts.when is not None and parts.when.ngay is not None
    if number.so is None or number.nam or not dated or not _modern(parts) or parts.short_kind:
        return []
    message = f"{parts.loai} số {number.so} thiếu ký hiệu"
    return [(MALFORMED_SYMBOL, number.span, None, message)]


def _lacks_year(parts: CitationParts, number: Number) -> bool:
    """Whether a kind whose number holds its year is cited without it."""
    if number.nam or number.so is None or parts.short_kind or number.separator == "-":
        return False
    if parts.loai not in WITH_YEAR and not term_of(number.code):
        return False
    return _since(parts, _YEARS_SINCE) and (
        bool(term_of(number.code)) or organ_named(number.organ) is not None
    )


def _lacks_kind(parts: CitationParts, number: Number) -> bool:
    """Whether the symbol begins with the office, the kind left out: 45/UBND, 33/TTg."""
    if parts.loai is None or parts.short_kind or number.kieu != "nha_nuoc":
        return False
    if parts.loai in LETTERS or not codes_of(parts.loai):
        return False
    ministry = parts.loai in WITH_YEAR and number.code in MINISTRIES
    office = number.code in STATE_CENTRE or ministry
    return office and _since(parts, _KINDS_SINCE, number)


def _since(parts: CitationParts, year: int, number: Number | None = None) -> bool:
    """Whether the document is of `year` or later; of one that says no year, `number` decides."""
    if parts.when and parts.when.ngay:
        return parts.when.ngay.year >= year
    return number is None or (number.nam is not None and int(number.nam) >= year)


def _signs_differ(parts: CitationParts, number: Number, code: str, organ: str) -> bool:
    """Whether a slash or hyphen is missing or another, spaces and dashes aside."""
    if number.so is None or not organ or parts.loai is None:
        return False
    state = organ in STATE_CENTRE
    if not state and number.kieu is None:
        return False
    symbol = f"{code}-{organ}" if state else None
    right = number.printed(ky_hieu=symbol, party=False if state else None)
    return number.signs != re.sub(r"\s", "", right)


def _modern(parts: CitationParts) -> bool:
    """Whether the forms of today held when the document was issued."""
    return not (parts.when and parts.when.ngay and parts.when.ngay.year < _FORMS_SINCE)


def _kind_disagrees(loai: str, code: str, organ: str) -> bool:
    if term_of(code):
        return loai in BARE | NUMBERED and "NQ" not in codes_of(loai)
    first = organ.split("-")[0].split("/")[0]
    if not organ:
        return False
    says_kind = code in _ONLY_KINDS or loai not in LETTERS
    if organ_named(first) is None and not (
        says_kind and len(first) > 1 and f"{code}-{first}" != "BC-VT"
    ):
        return False
    return loai not in GENERIC and disagree(loai, code, organ)


def _right_code(parts: CitationParts, number: Number) -> str | None:
    """The abbreviation meant by one that misses a letter, a đ, or has two letters swapped."""
    code, organ = number.code, number.organ
    if parts.loai is None or parts.short_kind or not organ or code.casefold() in ABBREVIATIONS:
        return None
    first = re.split("[-/ ]", organ)[0]
    if organ_named(first) is None:
        return None
    for right in codes_of(parts.loai)[:1]:
        plain = (plain_ascii(code).upper(), plain_ascii(right).upper())
        near = plain[0] == plain[1] or one_slip(*plain) or one_slip(code.upper(), right.upper())
        if near and parts.loai not in LETTERS:
            return right
    return None


def _joined(loai: str | None, number: Number) -> tuple[str, str] | None:
    """Abbreviation and office run together: NĐCP, QĐVPCP."""
    if number.organ:
        return None
    for right in codes_of(loai)[:1] if loai else ():
        bare = plain_ascii(number.code[: len(right)])
        office = organ_named(number.code[len(right) :])
        if office and bare == plain_ascii(right) and loai not in LETTERS:
            return right, office
    state = ORGANS.values() if number.nam else STATE_CENTRE
    for office in state if number.kieu == "nha_nuoc" else PARTY_CENTRE:
        code = number.code.removesuffix(office)
        if code != number.code and code in SHORT_KINDS:
            return code, office
    return None


def _right_organ(organ: str, code: str) -> str | None:
    """The office meant by an abbreviation that lost its đ, lost or doubled a letter, or swapped two."""
    if not organ or organ.casefold() in ORGANS or len(organ) < 2:
        return None
    for right in words_of("ky_hieu_de_sai"):
        lost = len(organ) != len(right) and one_slip(organ, right)
        if lost or sorted(plain_ascii(organ)) == sorted(plain_ascii(right)):
            return right
    sole = sole_issuer(code)
    return sole if sole and one_slip(organ, sole) else None


def _right_form(number: Number, organ: str, *, of_party: bool) -> tuple[bool, str] | None:
    """Whether the number should take the Party form, where it surely takes the wrong one."""
    if number.code.casefold() not in ABBREVIATIONS and plain_ascii(number.code).casefold() != "qd":
        return None
    if (
        (organ in PARTY_CENTRE or (of_party and organ not in STATE_CENTRE))
        and not number.nam
        and (number.separator == "/" or number.between == "-")
    ):
        return True, "Văn bản của Đảng viết số-loại/cơ quan"
    state = organ in STATE_CENTRE | (MINISTRIES - _ALSO_OF_PARTY) or term_of(organ) is not None
    if state and number.kieu == "dang" and number.separator == "-":
        return False, "Văn bản của cơ quan nhà nước viết số/loại-cơ quan"
    return None


def _right_term(parts: CitationParts, number: Number) -> tuple[str | None, str] | None:
    """The part of the symbol with the term of the Quốc hội that sat in the document's year."""
    last = re.split("[-/ ]", number.ky_hieu)[-1]
    term = term_of(last)
    date_year = parts.when.ngay.year if parts.when and parts.when.ngay else None
    year = int(number.nam) if number.nam else date_year
    if term is None or term[0].upper() == "HĐNN" or year is None:
        return None
    running = terms_in(year)
    if not running or term[1] in running:
        return None
    if date_year and term[1] in terms_in(date_year):
        return None
    message = (
        f"Năm {year} là Quốc hội khóa {' hoặc '.join(map(str, running))}, không phải khóa {term[1]}"
    )
    return (f"{term[0]}{running[0]}" if len(running) == 1 else None), message
