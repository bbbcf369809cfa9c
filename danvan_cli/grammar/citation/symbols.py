"""Kinds of document, their abbreviations and the offices that stand in a document's symbol.

Abbreviations of kinds: Nghị định 30/2020/NĐ-CP, Phụ lục III (state documents); Hướng dẫn
36-HD/VPTW of 2018 (Party documents); Luật Ban hành văn bản quy phạm pháp luật for the rest.
"""

from __future__ import annotations

import re
from itertools import pairwise

from danvan_cli.grammar.citation.text import word_set

_KIND_CODES = {
    "Hiến pháp": "",
    "Bộ luật": "",
    "Luật": "",
    "Pháp lệnh": "",
    "Lệnh": "",
    "Sắc lệnh": "",
    "Sắc luật": "",
    "Nghị quyết": "NQ",
    "Nghị quyết liên tịch": "NQLT NQ",
    "Nghị quyết chuyên đề": "NQ",
    "Nghị định": "NĐ",
    "Quyết định": "QĐ",
    "Quyết định liên tịch": "QĐLT QĐ",
    "Chỉ thị": "CT",
    "Chỉ thị liên tịch": "CTLT CT",
    "Thông tư": "TT TTLT",
    "Thông tư liên tịch": "TTLT TT",
    "Thông tri": "TT TTr",
    "Quy chế": "",
    "Quy chế phối hợp": "",
    "Quy định": "QĐ QyĐ QĐi",
    "Quy định phối hợp": "",
    "Quy trình": "",
    "Quy ước": "",
    "Thông cáo": "",
    "Thông báo": "TB KL",
    "Thông báo kết luận": "TB KL",
    "Thông báo ý kiến kết luận": "TB KL",
    "Hướng dẫn": "HD",
    "Hướng dẫn liên ngành": "HD",
    "Hướng dẫn liên tịch": "HD",
    "Chương trình": "CTr CT",
    "Chương trình công tác": "CTr CT",
    "Chương trình hành động": "CTr CT",
    "Chương trình phối hợp": "CTr CT",
    "Kế hoạch": "KH",
    "Kế hoạch hành động": "KH",
    "Kế hoạch liên ngành": "KH",
    "Kế hoạch liên tịch": "KH",
    "Kế hoạch phối hợp": "KH",
    "Phương án": "",
    "Đề án": "ĐA",
    "Dự án": "",
    "Báo cáo": "BC",
    "Báo cáo thẩm định": "BC BCTĐ",
    "Báo cáo thẩm tra": "BC",
    "Biên bản": "",
    "Biên bản ghi nhớ": "",
    "Tờ trình": "TTr TT",
    "Tờ trình liên ngành": "TTr TT",
    "Hợp đồng": "",
    "Công văn": "CV",
    "Công điện": "CĐ",
    "Công thư": "",
    "Kết luận": "KL TB",
    "Kết luận thanh tra": "KL TB",
    "Văn bản hợp nhất": "",
    "Văn bản": "CV",
    "Giấy mời": "",
    "Giấy phép": "",
    "Giấy ủy quyền": "",
    "Điều lệ": "",
    "Tuyên bố": "",
    "Lời kêu gọi": "",
}
KINDS = {kind.lower(): kind for kind in _KIND_CODES}
"""Lower-case name of a kind → its canonical spelling."""
SHORT_KINDS = {
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "CĐ": "Công điện",
    "KL": "Kết luận",
    "CTr": "Chương trình",
    "ĐA": "Đề án",
}
"""Kinds as they are shortened in running text ("NQ 57-NQ/TW")."""
LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})
GENERIC = frozenset({"Văn bản"})
MODIFIERS = frozenset(
    {"khẩn", "hỏa tốc", "thượng khẩn", "mật", "tối mật", "liên tịch", "liên ngành"}
)
KIND_WORDS = max(len(kind.split()) for kind in KINDS)

_CODE_KIND = {short.casefold(): (short, kind) for short, kind in SHORT_KINDS.items()}
_OTHER_CODES = word_set("""NQLT CTLT QĐLT KHLT KHPH CTPH CTrPH CTrHĐ CTHĐ QC QCPH QyĐ QĐi QT TC TBKL PA DA
    BCTĐ BCTT BB HĐ VBHN GM GP GUQ SL L PL ĐL KLTT""")
ABBREVIATIONS = {code.casefold(): code for code in (*SHORT_KINDS, *_OTHER_CODES)}
"""Abbreviations of kinds, by casefolded spelling."""

# A plan, programme or scheme is often cited by the number of the decision it came with.
_ALSO_SEEN = {
    "Kế hoạch": "QĐ NQ",
    "Chương trình": "QĐ NQ ĐA",
    "Đề án": "QĐ NQ",
    "Hướng dẫn": "CV TT QĐ",
    "Báo cáo": "TB",
    "Thông tri": "CT",
}
_CHECKED = (
    *("Nghị quyết", "Nghị định", "Quyết định", "Quy định", "Chỉ thị", "Thông tư", "Thông báo"),
    *("Hướng dẫn", "Kế hoạch", "Chương trình", "Đề án", "Báo cáo", "Tờ trình", "Công văn"),
    *("Công điện", "Kết luận"),
)

PARTY_CENTRE = word_set(
    "TW BCHTW VPTW BTCTW BTGTW BDVTW BTGDVTW UBKTTW BNCTW TU VPTU BTCTU BTGTU BDVTU UBKTTU HU"
)
"""Party offices whose symbols always take the Party form. Not ĐU: enterprises write NQ-ĐU."""
STATE_CENTRE = frozenset({"UBND", "HĐND", "CP", "TTg"})
MINISTRIES = word_set("""BTC BNV BTP BCA BQP BYT BCT BXD BNG BGDĐT BGTVT BKHĐT BKHCN BTTTT BTNMT BNNPTNT
    BNNMT BLĐTBXH BVHTTDL BDTTG UBDT TTCP NHNN VPCP VPQH CTN TANDTC VKSTC VKSNDTC KTNN
    BHXH""")
_DEPARTMENTS = word_set("""SNV STP STC SXD SCT SYT SGDĐT SKHCN SNNMT SVHTTDL SVHTT SDL SDTTG STTTT SKHĐT
    SGTVT SLĐTBXH STNMT SNNPTNT SNgV SNN""")
ORGANS = {
    organ.casefold(): organ
    for organ in (*PARTY_CENTRE, *STATE_CENTRE, *MINISTRIES, *_DEPARTMENTS, "ĐU", "QU", "UB")
}
"""Offices known by their abbreviation, by casefolded spelling."""

_TERMS = re.compile(r"(QH|UBTVQH|HĐNN)(\d{1,2})", re.IGNORECASE)
_TERM_ENDS = (
    *(1946, 1960, 1964, 1971, 1975, 1976, 1981, 1987, 1992),
    *(1997, 2002, 2007, 2011, 2016, 2021, 2026, 2031),
)

_ISSUER_NAMES = {
    "TTg": r"thủ tướng(?: chính phủ)?",
    "VPCP": r"văn phòng chính phủ",
    "CP": r"chính phủ",
    "UBTVQH": r"(?:ủy ban thường vụ|ubtv) ?(?:quốc hội|qh)",
    "VPQH": r"văn phòng quốc hội",
    "QH": r"quốc hội",
    "CTN": r"chủ tịch nước",
    "DU": r"(?:(?:ban thường vụ|thường trực|btv) )?đảng ủy",
    "UBND": r"(?:(?:phó )?chủ tịch )?(?:ubnd|ủy ban nhân dân)",
    "HĐND": r"(?:thường trực )?(?:hđnd|hội đồng nhân dân)",
    "TW": r"bộ chính trị|ban bí thư|(?:ban chấp hành|bch) (?:trung ương|tw)|tổng bí thư",
    "TU": r"(?:(?:ban thường vụ|thường trực|btv) )?(?:tỉnh|thành) ủy",
    "SO": r"(?:giám đốc )?sở",
    "BTC": r"(?:bộ trưởng )?bộ tài chính",
    "BNV": r"(?:bộ trưởng )?bộ nội vụ",
    "BTP": r"(?:bộ trưởng )?bộ tư pháp",
    "BCA": r"(?:bộ trưởng )?bộ công an",
    "BQP": r"(?:bộ trưởng )?bộ quốc phòng",
    "BYT": r"(?:bộ trưởng )?bộ y tế",
    "BCT": r"(?:bộ trưởng )?bộ công thương",
    "BGDĐT": r"(?:bộ trưởng )?bộ giáo dục",
    "BNG": r"(?:bộ trưởng )?bộ ngoại giao",
    "BO": r"(?:bộ trưởng )?bộ(?! (?:phận|tư lệnh|chỉ huy|luật)\b)(?= \w)",
}
_ISSUERS = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _ISSUER_NAMES.items()) + r")(?!\w)"
)
SOLE_ISSUERS = {
    "TTg": "Thủ tướng Chính phủ",
    "CP": "Chính phủ",
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "CTN": "Chủ tịch nước",
}
"""Offices of which there is one, so that the symbol alone names the issuer."""


def codes_of(kind: str) -> tuple[str, ...]:
    """Abbreviations a document of `kind` may carry, the usual one first; empty where unknown."""
    return tuple(_KIND_CODES[kind].split())


def disagree(kind: str, code: str) -> bool:
    """Whether a document of `kind` surely cannot carry the abbreviation `code`."""
    base = next((k for k in _CHECKED if kind == k or kind.startswith(k + " ")), None)
    known = _CODE_KIND.get(code.casefold())
    if base is None or known is None:
        return False
    allowed = (*codes_of(kind), *codes_of(base), *_ALSO_SEEN.get(base, "").split())
    # CT, TT and TTr open the symbols of offices too (Cục Thuế, Thanh tra): in a Công văn the
    # first part is the office.
    if base == "Công văn" and known[0] in {"CT", "TT", "CĐ", "KL", "CTr", "ĐA", "HD"}:
        return False
    return known[0] not in allowed


def may_issue(organ: str, code: str) -> bool:
    """Whether the office can issue a document with this abbreviation, as far as is known.

    Luật Ban hành văn bản quy phạm pháp luật: nghị định come from the Chính phủ alone, and so on.
    """
    if code == "NĐ":
        return organ == "CP"
    known = {"CP": "NQ TTr BC", "TTg": "QĐ CT CĐ", "CTN": "QĐ L TTr"}.get(organ)
    return known is None or code in known.split()


def kind_of(code: str) -> str | None:
    """The kind an abbreviation stands for, None where unknown or more than one."""
    known = _CODE_KIND.get(code.casefold())
    return known[1] if known and known[0] not in {"QĐ", "TT", "CT"} else None


def organ_named(part: str) -> str | None:
    """The known office a part of a symbol names (UBTVQH15 gives UBTVQH), or None."""
    term = _TERMS.fullmatch(part)
    return term[1].upper() if term else ORGANS.get(part.casefold())


def issuer_class(organ: str) -> str | None:
    """The class of issuer an office of a symbol belongs to, comparable with `issuers_in`."""
    if organ in _DEPARTMENTS:
        return "SO"
    organ = "DU" if organ == "ĐU" else organ
    # A conclusion of the Thủ tướng is announced under the symbol of his office.
    if organ in {"VPCP", "VPQH"}:
        return None
    if organ in _ISSUER_NAMES:
        return organ
    return "BO" if organ in MINISTRIES and organ.startswith("B") and organ != "BHXH" else None


def same_issuer(expected: str, named: str) -> bool:
    """Whether two classes of issuer can be one: a ministry not told apart is any ministry."""
    ministries = {"BO", *(key for key in _ISSUER_NAMES if key in MINISTRIES and key[0] == "B")}
    return expected == named or ("BO" in {expected, named} and {expected, named} <= ministries)


def issuers_in(words: str) -> tuple[tuple[str, int], ...]:
    """Classes of issuer named in lower-case `words`, each with where it begins."""
    return tuple((str(m.lastgroup), m.start()) for m in _ISSUERS.finditer(words))


def term_of(part: str) -> tuple[str, int] | None:
    """`QH15` as ("QH", 15); None where `part` is no such symbol."""
    term = _TERMS.fullmatch(part)
    return (term[1], int(term[2])) if term else None


def terms_in(year: int) -> tuple[int, ...]:
    """Terms of the Quốc hội running in `year`: two where one ends and the next begins.

    Empty before 1946 and after the last term whose years are known.
    """
    terms = pairwise(_TERM_ENDS)
    return tuple(n for n, (first, last) in enumerate(terms, 1) if first <= year <= last)
