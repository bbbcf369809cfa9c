"""Kinds of document, their abbreviations and the offices that stand in a document's symbol.

The tables `loai_van_ban`, `ky_hieu` and `khoa_quoc_hoi` of `catalog/quoc-gia/tu_doc`. Their sources
are Nghị định 30/2020/NĐ-CP, Phụ lục III (state documents); Hướng dẫn 36-HD/VPTW of 2018 (Party
documents); Luật Ban hành văn bản quy phạm pháp luật for the rest.
"""

from __future__ import annotations

import re
from functools import cache

from danvan_cli.grammar.vocabulary import any_of, rows, words_of


def _of_group(group: str) -> frozenset[str]:
    return frozenset(r["ten"] for r in rows("loai_van_ban") if group in r["nhom"].split())


def _organs(*groups: str) -> frozenset[str]:
    return frozenset(r["ky_hieu"] for r in rows("ky_hieu") if r["nhom"] in groups)


_KINDS = {row["ten"]: row for row in rows("loai_van_ban")}
_ORGANS = {row["ky_hieu"]: row for row in rows("ky_hieu")}

KINDS = {kind.lower(): kind for kind in _KINDS}
"""Lower-case name of a kind → its canonical spelling."""
SHORT_KINDS = {row["tat"]: kind for kind, row in _KINDS.items() if row["tat"]}
"""Kinds as they are shortened in running text ("NQ 57-NQ/TW")."""
LAWS = _of_group("luat") | {"Hiến pháp"}
GENERIC = _of_group("chung")
LETTERS = _of_group("thu")
"""Kinds whose symbol begins with the office: "Công văn số 12/SNV-TCBC"."""
WITH_YEAR = _of_group("nam")
"""Kinds whose numbers hold the year: Luật Ban hành văn bản quy phạm pháp luật of 1996."""
BY_OFFICE = _of_group("co_quan")
"""Kinds whose symbol always names the office."""
BARE, NUMBERED = _of_group("tran"), _of_group("so")
"""Kinds cited by a number without a symbol: with or without, and only with, the word "số"."""
PLANS = _of_group("viec")
"""Kinds that say what is to be done: plans, programmes, letters."""
_CHECKED = tuple(kind for kind, row in _KINDS.items() if "kiem" in row["nhom"].split())
MODIFIERS = frozenset(words_of("kem_loai"))
KIND_WORDS = max(len(kind.split()) for kind in KINDS)
_CODE_KIND = {
    **{
        code.casefold(): (code, kind)
        for kind, row in _KINDS.items()
        for code in row["khac"].split()
    },
    **{short.casefold(): (short, kind) for short, kind in SHORT_KINDS.items()},
}
ABBREVIATIONS = {
    code.casefold(): code
    for row in _KINDS.values()
    for code in f"{row['tat']} {row['ky_hieu']} {row['khac']}".split()
}
"""Abbreviations of kinds, by casefolded spelling."""

PARTY_CENTRE = _organs("dang")
"""Party offices whose symbols always take the Party form. Not ĐU: enterprises write NQ-ĐU."""
STATE_CENTRE = _organs("nha_nuoc")
MINISTRIES = _organs("bo", "trung_uong")
_TERM_BEARERS = _organs("quoc_hoi")
ORGANS = {organ.casefold(): organ for organ in _ORGANS if organ not in _TERM_BEARERS}
"""Offices known by their abbreviation, by casefolded spelling."""
SOLE_ISSUERS = {organ: row["ten_in"] for organ, row in _ORGANS.items() if row["ten_in"]}
"""Offices of which there is one, so that the symbol alone names the issuer."""

_TERMS = re.compile(rf"({'|'.join(sorted(_TERM_BEARERS))})(\d{{1,2}})", re.IGNORECASE)
_TERM_YEARS = {int(r["khoa"]): (int(r["tu"]), int(r["den"])) for r in rows("khoa_quoc_hoi")}
_COMMITTEE = re.compile(rf"{any_of('cap_uy')}\s+{any_of('dia_ban')}|{any_of('cap_uy')}$")
_SIGNER = rf"(?:(?:{any_of('nguoi_ky')})\s+)?"


def codes_of(kind: str) -> tuple[str, ...]:
    """Abbreviations a document of `kind` may carry, the usual one first; empty where unknown."""
    return tuple(_KINDS[kind]["ky_hieu"].split())


def disagree(kind: str, code: str, organ: str) -> bool:
    """Whether a document of `kind` surely cannot carry the abbreviation `code` before `organ`."""
    base = next((k for k in _CHECKED if kind == k or kind.startswith(k + " ")), None)
    known = _CODE_KIND.get(code.casefold())
    if base is None or known is None:
        return False
    allowed = [*codes_of(kind), *_KINDS[base]["cung_gap"].split()]
    for name, row in _KINDS.items():
        if f"{name} ".startswith(f"{base} "):
            allowed += f"{row['ky_hieu']} {row['khac']}".split()
    # CT, TT and TTr open the symbols of offices too (Cục Thuế, Thanh tra): in a letter the first
    # part is the office, unless an office follows.
    if (
        base in LETTERS
        and known[0] in words_of("ky_hieu_cung_la_co_quan")
        and organ_named(organ) is None
    ):
        return False
    return known[0] not in allowed


def may_issue(organ: str, code: str) -> bool:
    """Whether the office can issue a document with this abbreviation, as far as is known.

    Luật Ban hành văn bản quy phạm pháp luật: nghị định come from the Chính phủ alone, and so on.
    """
    row, known = _ORGANS.get(organ), _CODE_KIND.get(code.casefold())
    only = _KINDS[known[1]]["chi_cua"] if known else ""
    if row is None:
        return only not in _ORGANS
    if only and only not in (organ, row["nhom"]):
        return False
    return not row["ban_hanh"] or code in row["ban_hanh"].split()


def sole_issuer(code: str) -> str | None:
    """The symbol of the one office whose documents carry `code` (NĐ: CP); None for any other."""
    known = _CODE_KIND.get(code.casefold())
    only = _KINDS[known[1]]["chi_cua"] if known else ""
    return only if only in _ORGANS else None


def kind_of(code: str) -> str | None:
    """The kind an abbreviation stands for, None where unknown or more than one."""
    known = _CODE_KIND.get(code.casefold())
    return known[1] if known and known[0] not in words_of("ky_hieu_nhieu_loai") else None


def organ_named(part: str) -> str | None:
    """The known office a part of a symbol names (UBTVQH15 gives UBTVQH), or None."""
    term = _TERMS.fullmatch(part)
    return term[1].upper() if term else ORGANS.get(part.casefold())


@cache
def _issuers() -> re.Pattern[str]:
    names = sorted({n for row in _ORGANS.values() for n in row["ten"].split("|") if n}, key=len)
    groups = "|".join(re.escape(name) for name in reversed([*_MINISTRY_OR_DEPARTMENT, *names]))
    return re.compile(rf"{_SIGNER}(?P<ten>{groups})(?!\w)")


_MINISTRY_OR_DEPARTMENT = {
    name: group for group, name in (pair.split("=") for pair in words_of("ten_nhom"))
}


def other_issuer(organ: str, named: str) -> bool:
    """Whether lower-case words surely name another office than the one `organ` stands for.

    A ministry or department that is no more has no name here: its successor issues for it. An
    office that works for another announces what that one concludes (VPCP for the Thủ tướng).
    """
    found, row = _issuers().match(named), _ORGANS.get(organ)
    if found is None or row is None:
        return False
    if generic := _MINISTRY_OR_DEPARTMENT.get(found["ten"]):
        return row["nhom"] != generic
    meant = issuers_named(named)
    if organ in meant or any(_one_for_the_other(organ, other) for other in meant):
        return False
    return bool(row["ten"]) or row["nhom"] not in {_ORGANS[other]["nhom"] for other in meant}


def party_committee(named: str) -> bool:
    """Whether lower-case words name the Party committee of a place; firms have forms of their own."""
    return _COMMITTEE.match(named) is not None


def issuers_named(named: str) -> list[str]:
    """The symbols of the offices that lower-case words begin with."""
    found = _issuers().match(named)
    return [o for o, one in _ORGANS.items() if found and found["ten"] in one["ten"].split("|")]


def _one_for_the_other(organ: str, other: str) -> bool:
    return other in _ORGANS[organ]["cua"].split() or organ in _ORGANS[other]["cua"].split()


def term_of(part: str) -> tuple[str, int] | None:
    """`QH15` as ("QH", 15); None where `part` is no such symbol."""
    term = _TERMS.fullmatch(part)
    return (term[1], int(term[2])) if term else None


def misspelt_term(part: str) -> str | None:
    """`HQ15` as QH15, its letters in another order; None for any other part of a symbol."""
    letters, term = part.rstrip("0123456789"), part.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
    meant = [b for b in _TERM_BEARERS if sorted(b) == sorted(letters) and b != letters]
    return f"{meant[0]}{term}" if meant and term.isdecimal() else None


def terms_in(year: int) -> tuple[int, ...]:
    """Terms of the Quốc hội running in `year`: two where one ends and the next begins.

    Empty before the first and after the last term whose years are known.
    """
    return tuple(n for n, (first, last) in _TERM_YEARS.items() if first <= year <= last)
