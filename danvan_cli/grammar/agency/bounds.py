"""Where one agency of a cell ends and the next begins.

Commas, "và", dashes and lost line breaks part agencies, and also stand inside names ("Phòng Kinh
tế, Hạ tầng và Đô thị") and collectives ("các sở, ban, ngành"): a sign counts only where what
follows it can begin an agency and what precedes it can end there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danvan_cli.grammar.agency.words import (
    ACRONYM,
    FIELD,
    INITIALLED,
    KIND,
    MANY,
    NAMED,
    PLACE,
    SETTLEMENT,
    SHORT,
    SINGLE,
    TITLE,
    UNION,
    any_of,
    begins_agency,
    head_word,
    is_collective,
    spaced,
    start_kind,
)

_SOFT = spaced(
    r"\s*,\s*(?:(?:và|cùng)\s+)?|\s+(?P<word>và|với|đối với|cùng với|cùng|hoặc)\s+"
    r"|\s+(?P<dash>[-+])\s+|(?P<slash>\s*/\s*|\s+&\s+)|(?P<space>\s+)"
)
LEAD = spaced(r"(?:[\s,.;:*+•\-]+|(?:và|cùng|với)\s+|(?:\d{1,2}[.)]|[a-zđ]\))\s+)+")
_REACH = 200
_OF_ANOTHER = ("phòng", "ubnd", "văn phòng")
_WHOLE_NAME = 3
"""With more words than this a name before a dash is whole: "Ban Nội chính Tỉnh ủy - Tòa án"."""
_TAIL = re.compile(r"[\s.;,:*+/&\-]+\Z")
_LIST = spaced(MANY.pattern + r"[^,;:()]{1,24}:\s*")
_CLOSED = spaced(
    r"(?<!\w)(?:liên quan|theo quy định|khác)$|(?<!\w)(?:thuộc|trên địa bàn|của)\s+\w.*$"
)
_OFFICE = spaced(
    r"(?:lãnh đạo\s+)?(?:văn phòng|vp)\s+(?:(?:đoàn đbqh|đoàn đại biểu quốc hội)(?:,\s*|\s+và\s+))?"
    r"(?:hđnd|hội đồng nhân dân|đoàn đbqh|đoàn đại biểu quốc hội)(?:\s+(?:tỉnh|thành phố|xã))?"
)
_COUNCILS = re.compile(any_of("ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân"))
_UNDER_COUNCIL = spaced(r"thuộc\s+(?:hđnd|hội đồng nhân dân)$")
_NAME_GOES_ON = frozenset(
    (
        "hội",
        "hiệp hội",
        "liên minh",
        "liên hiệp",
        "vụ",
        "cục",
        "viện",
        "ban",
        "trung tâm",
        "sở",
        "bộ",
    )
) | {"phòng"}
_SAME_NAME = spaced(r"(?:các\s+)?(?:khu|dự án|cụm)(?!\w)")
_FIELD_END = spaced(r"\s*(?:[,;.(]|và\s|$)")
_ROW = re.compile(any_of("sở|bộ|ngành"))
CONNECTING = spaced(
    r"(?:^|[\s(])(?:của|thuộc|các|và|với|về|là|tại|văn|cơ quan|chủ tịch|giám đốc|trưởng|lãnh đạo"
    r"|chánh|thường trực|cho|đến|từ|một số|thủ trưởng|giữa)$"
)
# With no sign between them two agencies are told apart only where the second cannot be the office
# the first belongs to: "Sở Nội vụ Sở Tài chính", but "Thanh tra Sở Y tế", "Văn phòng UBND xã".
_UNPARTED = {
    "sở": "sở|ubnd|bộ|công an|mttq|văn phòng|trung tâm|thanh tra|ban quản lý|ban chỉ huy",
    "ubnd": "sở|bộ|công an|mttq|văn phòng|trung tâm|phòng|thanh tra|ban chỉ huy",
    "bộ": "bộ|ubnd",
    "cục": "cục|vụ",
    "vụ": "cục|vụ",
    "phòng": "phòng|văn phòng|trung tâm|trạm y tế|ban chỉ huy",
    "văn phòng": "phòng|sở|trung tâm",
    "trung tâm": "phòng|sở|trung tâm",
    "công an": "sở|phòng",
    "hội": "hội",
    "trạm y tế": "phòng",
}


@dataclass(frozen=True)
class Source:
    """A composed text, and the form of the same length that patterns read (brackets masked)."""

    text: str
    low: str

    def kind(self, at: int) -> str:
        """What begins at `at`: see `agency_words.start_kind`."""
        return start_kind(self.text, self.low, at)

    def begins_agency(self, at: int) -> bool:
        """Whether an agency, or a collective of agencies, begins at `at`."""
        return begins_agency(self.text, self.low, at)

    def lists(self, at: int) -> bool:
        """Whether what begins at `at` is a list of common nouns ("các sở, ban, ngành")."""
        return self.kind(at) in ("many", "member")

    def is_collective(self, start: int, end: int) -> bool:
        """Whether the name from `start` to `end` stands for several agencies."""
        return is_collective(self.text[start:end], self.low[start:end])


def parts(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the separate agencies of a stretch without roles and requests."""
    low = source.low
    begin: int | None = start
    for sign in _SOFT.finditer(low, start, end):
        if begin is None:
            if source.begins_agency(sign.end()) and not sign["space"]:
                begin = sign.end()
            continue
        if _parts_here(source, begin, sign, (start, end)):
            yield from _trimmed(source, begin, sign.start())
            begin = sign.end()
        elif sign["word"] in ("với", "đối với"):
            # "Bộ Công an với các tiêu chuẩn ...": a matter, not an agency, up to the next one.
            yield from _trimmed(source, begin, sign.start())
            begin = None
    if begin is not None:
        yield from _trimmed(source, begin, end)


def _left(low: str, begin: int, end: int) -> str:
    """What stands before a sign: of a very long list its head and its tail, which decide."""
    if end - begin <= 2 * _REACH:
        return low[begin:end].strip()
    return f"{low[begin : begin + _REACH].lstrip()} {low[end - _REACH : end].rstrip()}"


def _trimmed(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without signs round it, or nothing where no word is left."""
    if lead := LEAD.match(source.low, start, end):
        start = lead.end()
    tail = _TAIL.search(source.low, start, end)
    stop = tail.start() if tail else end
    if any(char.isalnum() for char in source.text[start:stop]):
        yield start, stop


def _parts_here(source: Source, begin: int, sign: re.Match[str], bounds: tuple[int, int]) -> bool:
    """Whether `sign` parts the name begun at `begin` from another agency."""
    low = source.low
    left, at = _left(low, begin, sign.start()), sign.end()
    if not left or at >= bounds[1]:
        return False
    if sign["space"] or sign["dash"]:
        return _unparted(source, begin, sign)
    if sign["word"] in ("với", "đối với"):
        return source.begins_agency(at)
    kind = source.kind(at)
    if sign["slash"]:
        return kind == "named" and len(left.split()) > 1
    if kind in ("many", "named"):
        return not _inside_name(source, left, at, sign, bounds)
    if kind == "loose":
        return not source.lists(begin) or _CLOSED.search(left) is not None
    if kind == "member":
        return _member_apart(source, begin, sign)
    if kind == "place":
        return _place_apart(source, begin, sign)
    return _rest_apart(source, begin, sign, bounds[1])


def _inside_name(
    source: Source, left: str, at: int, sign: re.Match[str], bounds: tuple[int, int]
) -> bool:
    """Whether an agency's name goes on over a sign though what follows could begin another."""
    low = source.low
    if _COUNCILS.match(low, at) and (_OFFICE.fullmatch(left) or _UNDER_COUNCIL.search(left)):
        return True
    if left == "báo" or (head_word(left) == "ban quản lý" and _SAME_NAME.match(low, at)):
        return True
    owned = head_word(left) in ("cục", "vụ") and low.startswith("bộ ", at)
    alone = "," not in left and "," not in low[at : bounds[1]] and " và bộ " not in low[at:]
    return owned and alone and not sign["word"] and low[bounds[0] : sign.start()].strip() == left


def _member_apart(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether a common noun ("đơn vị", "doanh nghiệp") stands apart from what precedes it."""
    low, at = source.low, sign.end()
    left = _left(low, begin, sign.start())
    if source.lists(begin):
        if SETTLEMENT.match(left) and SETTLEMENT.match(low, at):
            return False
        return _CLOSED.search(left) is not None or SINGLE.match(left) is not None
    if title := TITLE.match(left):
        return MANY.match(left, title.end()) is None
    goes_on = source.text[at].isupper() and head_word(left) in _NAME_GOES_ON
    return not (sign["word"] == "và" and goes_on)


def _place_apart(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether a place after a sign stands for its authority: "UBND thành phố A, Thành phố B"."""
    if not _is_proper(source, sign.end()):
        return False
    places = list(PLACE.finditer(source.low, begin, sign.start()))
    if places:
        return _is_proper(source, places[-1].start())
    return source.text[sign.end()].isupper()


def _is_proper(source: Source, at: int) -> bool:
    """Whether the place word at `at` has a name after it."""
    place = PLACE.match(source.low, at)
    name = source.text[place.end() :].lstrip() if place else ""
    return name[:1].isupper()


def _ends_short(text: str, begin: int, end: int) -> bool:
    """Whether what stands before a sign is an office in capitals, with or without its first word."""
    words = text[max(begin, end - _REACH) : end].split()
    if not words or not SHORT.fullmatch(words[-1].rpartition(".")[2] or words[-1]):
        return False
    return len(words) == 1 or words[-2].lower().rstrip(".") in ("phòng", "p", "vp", "ban", "tt")


def _rest_apart(source: Source, begin: int, sign: re.Match[str], end: int) -> bool:
    """Whether a word that begins no known name does here: list members, acronyms."""
    low, at = source.low, sign.end()
    left = _left(low, begin, sign.start())
    head = head_word(left)
    listed = _LIST.match(low)
    if listed and listed.end() <= at:
        near = max(0, low.rfind(" ", 0, max(0, at - _REACH)))
        fields = FIELD.finditer(low, near, at + _REACH)
        inside = any(name.start() < at < name.end() for name in fields)
        return ";" not in low and not inside
    if field := FIELD.match(low, at, end):
        own = re.sub(rf"^(?:{MANY.pattern})?(?:sở|bộ)\s+", "", left)
        after = _FIELD_END.match(low, field.end(), end)
        return after is not None and FIELD.fullmatch(own) is not None
    if head == "hội" or head.startswith("đoàn") or UNION.match(left):
        return UNION.match(low, at) is not None
    if SHORT.match(source.text, at) and _ends_short(source.text, begin, sign.start()):
        return True
    unnamed = ("sở", "phòng", "ban", "báo")
    return head not in unnamed and ACRONYM.match(source.text, at) is not None


def _unparted(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether two agencies stand side by side, the sign between them lost with a line break."""
    low, text, at = source.low, source.text, sign.end()
    left = _left(low, begin, sign.start())
    if not text[at].isupper():
        return False
    short = _ends_short(text, begin, sign.start())
    if short and (INITIALLED.match(text, at) or (sign["dash"] and SHORT.match(text, at))):
        return True
    if len(left.split()) < 2 or CONNECTING.search(left):
        return False
    head = head_word(left)
    if source.kind(at) == "many":
        return head not in ("ban quản lý", "liên hiệp", "hội")
    if source.kind(at) not in ("named", "loose"):
        return False
    second = head_word(low[at:])
    if NAMED.fullmatch(left) or KIND.fullmatch(left):
        return False
    if source.lists(begin):
        return second in ("sở", "bộ") or (
            second == "ubnd" and _ROW.search(left) is not None and "thuộc" not in left
        )
    if sign["dash"] and len(left.split()) > _WHOLE_NAME and second not in _OF_ANOTHER:
        return True
    last = text[max(0, at - _REACH) : at].split()[-1]
    if second == "phòng" and last[:1].isupper() and not last.isupper():
        # A place may end in the word: its last half is no office.
        return sign["dash"] is not None
    return second in _UNPARTED.get(head, "").split("|")
