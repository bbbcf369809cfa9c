"""What can begin an agency's name or a collective: the words the reader of agency cells knows.

Names and kinds are those of Nghị định 45/2025/NĐ-CP and 150/2025/NĐ-CP (offices of cities and
communes) and of Quy định 298 and 299-QĐ/TW (Party side), in the groups of `tu.csv`. Patterns read
`text.comparable` form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from danvan_cli.grammar.vocabulary import any_of, words_of

MANY = re.compile(rf"(?:{any_of('nhieu')}\s*)+")
TITLE = re.compile(rf"(?:(?:phó\s+)?{any_of('chuc_danh')}\s*)+")
_HEADS = re.compile(rf"(?:{TITLE.pattern},?\s*)+")
NAMED = re.compile(any_of("ten_co_quan"))
"""Begin an agency's name whatever their case and whatever follows."""
KIND = re.compile(any_of("loai_co_quan"))
"""Begin a name where a proper word follows ("Sở Nội vụ", not "sở, ngành")."""
UTILITY = re.compile(any_of("dich_vu"))
"""Begin a name where they have a capital: "Viễn thông tỉnh", not "doanh nghiệp, viễn thông"."""
MEMBER = re.compile(any_of("thanh_vien", "rieng_le", "khu_dan_cu"))
"""Members of collectives; alone after a named agency, each begins a new one."""
SINGLE = re.compile(any_of("rieng_le"))
"""Members that do not open a list of their own: "Doanh nghiệp, nhà đầu tư" are two."""
SETTLEMENT = re.compile(any_of("khu_dan_cu"))
PEOPLE = re.compile(any_of("nguoi_dan"))
PLACE = re.compile(any_of("dia_ban"))
FIELD = re.compile(any_of("linh_vuc"))
"""What follows Sở or Bộ, where a list leaves the word out: "Sở Nội vụ, Tư pháp"."""
WORKERS = re.compile(any_of("nguoi_lam_viec"))
COUNCIL = re.compile(any_of("hoi_dong_uy_ban"))
ACRONYM = re.compile(r"(?:[A-ZĐ]{3,}|[A-Z][a-z]+[A-Z]\w*)(?![\w&])")

SHORT = re.compile(r"[A-ZĐ]{2,}(?:[-&.][A-ZĐ]+)*(?![\w&])")
"""An office in capitals alone: VHXH, VH-XH, HĐND-UBND."""
INITIALLED = re.compile(r"(?:P|VP|TT|CA|BCH|BQL|TYT|UB|Đ|H)\s?\.\s?[A-ZĐ]")
"""An office whose first word is an initial with a dot: P.VHXH, TT. PVHCC."""

REACH = 200
"""Of a longer text before a sign only so much of its head and its tail is looked at."""
_SEVERAL = re.compile(
    rf"(?<!\w)(?:các\s+(?:{PLACE.pattern}|{SETTLEMENT.pattern}|địa\s+phương)|{any_of('cap')})"
    rf"|(?<!\w){PLACE.pattern}\s*[,/]\s*{PLACE.pattern}"
)
_PRESS = re.compile(rf"{any_of('bao')}\s+và(?!\w)")
_QUALIFIER = re.compile(any_of("dinh_ngu"))
_NAMED_IN_LOWER = frozenset(words_of("ten_viet_thuong"))
_OF_A_PLACE = re.compile(rf"{any_of('dia_ban', 'khu_dan_cu')}(?:\s+\d+)?\s*(?:[,;.]|$)")
"""Ends the name of an office: "Thư viện xã", not "Phòng cấp tỉnh"."""
_NEXT_WORD = re.compile(r"\s+(?=\w)")


@dataclass(frozen=True)
class Source:
    """A composed text, and the form of the same length that patterns read (brackets masked)."""

    text: str
    low: str

    def kind(self, at: int) -> str:
        """What begins at `at`: "many", "named", "loose", "member", "place" or "" for none of them.

        "loose" is a kind of agency with a capital letter and a name without one ("Phòng văn hóa"),
        which a collective may hold as a member.
        """
        text, low = self.text, self.low
        if MANY.match(low, at):
            return "many"
        if TITLE.match(low, at) or NAMED.match(low, at) or INITIALLED.match(text, at):
            return "named"
        if text[at : at + 1].isupper() and UTILITY.match(low, at):
            return "named"
        if kind := KIND.match(low, at):
            following = _NEXT_WORD.match(low, kind.end())
            if following and not text[following.end()].islower():
                return "named"
            if following and text[at].isupper() and _OF_A_PLACE.match(low, following.end()):
                return "named"
            named_so = following and text[at].isupper() and kind.group() in _NAMED_IN_LOWER
            if following and named_so and not _QUALIFIER.match(low, following.end()):
                return "loose"
        if MEMBER.match(low, at) and not WORKERS.match(low, at):
            return "member"
        return "place" if PLACE.match(low, at) else ""

    def qualified(self, at: int) -> bool:
        """Whether a common noun begins at `at` with what tells it from others: "Đơn vị trực thuộc"."""
        noun = MEMBER.match(self.low, at)
        following = _NEXT_WORD.match(self.low, noun.end()) if noun else None
        return following is not None and _QUALIFIER.match(self.low, following.end()) is not None

    def begins_agency(self, at: int) -> bool:
        """Whether an agency, or a collective of agencies, begins at `at` ("các nội dung" does not)."""
        many = MANY.match(self.low, at)
        if many:
            return self.kind(many.end()) != ""
        return self.kind(at) not in ("", "place")

    def lists(self, at: int) -> bool:
        """Whether what begins at `at` is a list of common nouns, or of those who head them.

        "các sở, ban, ngành", "thủ trưởng cơ quan, đơn vị".
        """
        heads = _HEADS.match(self.low, at)
        return self.kind(heads.end() if heads else at) in ("many", "member")

    def is_collective(self, start: int, end: int) -> bool:
        """Whether the name stands for several: "các sở, ngành", "UBND cấp xã", "doanh nghiệp"."""
        low = self.low[start:end]
        title = TITLE.match(low)
        at = title.end() if title else 0
        if _PRESS.match(low):
            return False
        if MANY.match(low, at) or PEOPLE.match(low, at) or self.kind(start + at) == "member":
            return True
        return _SEVERAL.search(low) is not None


def head_word(low: str) -> str:
    """The word a name begins with, "các" and titles left out: sở, ubnd, ban, ...; else ""."""
    at = 0
    for leading in (MANY, TITLE, MANY):
        if found := leading.match(low, at):
            at = found.end()
    for family in ("hoi_dong_uy_ban", "mat_tran"):
        if re.compile(any_of(family)).match(low, at):
            return words_of(family)[0]
    found = NAMED.match(low, at) or KIND.match(low, at) or MEMBER.match(low, at)
    word = " ".join(found.group().split()) if found else ""
    first = word.partition(" ")[0]
    alike = first in words_of("goi_theo_chu_dau") and word not in words_of("rieng_chu_dau")
    return first if alike else word


@dataclass(frozen=True)
class Joint:
    """A sign of a stretch of text, with the name begun before it."""

    source: Source
    sign: re.Match[str]
    begin: int
    """Where that name begins."""
    bounds: tuple[int, int]

    @property
    def at(self) -> int:
        """Where what follows the sign begins."""
        return self.sign.end()

    @cached_property
    def left(self) -> str:
        """What stands before the sign: of a very long list its head and its tail, which decide."""
        low, begin, end = self.source.low, self.begin, self.sign.start()
        if end - begin <= 2 * REACH:
            return low[begin:end].strip()
        return f"{low[begin : begin + REACH].lstrip()} {low[end - REACH : end].rstrip()}"

    @cached_property
    def head(self) -> str:
        """The word the name begins with."""
        return head_word(self.left)

    @property
    def word(self) -> str | None:
        """The word that joins, None for a mark."""
        return self.sign["word"]

    @property
    def capital(self) -> bool:
        """Whether what follows begins with a capital letter."""
        return self.source.text[self.at].isupper()

    def next(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What of `pattern` follows the sign."""
        return pattern.match(self.source.low, self.at, self.bounds[1])

    @cached_property
    def lists(self) -> bool:
        """Whether a list of common nouns stands before the sign."""
        return self.source.lists(self.begin)
