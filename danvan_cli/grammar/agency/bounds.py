"""Where one agency of a cell ends and the next begins.

Commas, "và", dashes and lost line breaks part agencies, and also stand inside names ("Phòng Kinh
tế, Hạ tầng và Đô thị") and collectives ("các sở, ban, ngành"): a sign counts only where what
follows it can begin an agency and what precedes it can end there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from danvan_cli.grammar.agency.words import (
    ACRONYM,
    COUNCIL,
    FIELD,
    INITIALLED,
    KIND,
    MANY,
    MEMBER,
    NAMED,
    PEOPLE,
    PLACE,
    SETTLEMENT,
    SHORT,
    SINGLE,
    TITLE,
    UNION,
    WORKERS,
    Source,
    head_word,
)
from danvan_cli.grammar.vocabulary import any_of, spaced, words_of

_SOFT = spaced(
    r"\s*,\s*(?:(?:và|cùng)\s+)?|\s+(?P<word>và|với|đối với|cùng với|cùng|hoặc|(?<!ngoại\s)(?<!bàn\s)giao)\s+"
    r"|\s+(?P<dash>[-+])\s+|(?P<slash>\s*/\s*|\s+&\s+)|(?P<space>\s+)"
)
LEAD = spaced(r"(?:[\s,.;:*+•\-]+|(?:và|cùng|với|do)\s+|(?:\d{1,2}[.)]|[a-zđ]\))\s+)+")
_REACH = 200
_WHOLE_NAME = 3
"""With more words than this a name before a dash is whole: "Ban Nội chính Tỉnh ủy - Tòa án"."""
_TAIL = re.compile(r"[\s.;,:*+/&\-]+\Z")
_LIST = spaced(rf"(?:{TITLE.pattern})?{MANY.pattern}[^,;:()]{{1,24}}:\s*")
CLOSED = spaced(
    r"(?<!\w)(?:liên quan|theo quy định|khác)$|(?<!\w)(?:thuộc|trên địa bàn|của)\s+\w.*$"
)
_SETTLEMENT_LAST = re.compile(rf"(?<!\w){SETTLEMENT.pattern}$")
_LEVEL = re.compile(rf"(?<!\w){PLACE.pattern}$")
_LIST_GOES_ON = re.compile(rf"{MANY.pattern}{MEMBER.pattern}$")
_MANY_OF_A_KIND = re.compile(rf"(?:{TITLE.pattern})?{MANY.pattern}{KIND.pattern}\s+\w")
_COMMITTEES = spaced(rf"{MANY.pattern}(?:{any_of('cap_uy', 'cap_uy_gon')},?\s*)+")
_COMMITTEE = re.compile(any_of("cap_uy"))
_OFFICE = spaced(
    rf"(?:{TITLE.pattern})?{any_of('van_phong')}\s+(?:{any_of('doan_dai_bieu')}(?:,\s*|\s+và\s+))?"
    rf"{any_of('hoi_dong_uy_ban', 'doan_dai_bieu')}(?:\s+{PLACE.pattern})?"
)
_MINISTRY = re.compile(any_of("bo"))
_AND_MINISTRY = re.compile(rf"\svà\s+{_MINISTRY.pattern}")
_WITH_FIELD = re.compile(rf"^(?:{MANY.pattern})?{any_of('co_linh_vuc')}\s+")
_UNDER_COUNCIL = spaced(rf"thuộc\s+{COUNCIL.pattern}$")
_NAME_GOES_ON = frozenset(words_of("ten_con_tiep"))
_SHORTENED = frozenset(words_of("viet_gon"))
_OF_ANOTHER = frozenset(words_of("cua_noi_khac"))
_WITH_COMMAS = re.compile(any_of("ten_co_phay"))
_GOES_ON = re.compile(any_of("ten_co_phay_tiep"))
_PART_OF = re.compile(any_of("la_phan"))
_TWO_WORDS = re.compile(r"[^\W\d_]+\s+[^\W\d_]")
_HEADS_OF_MANY = re.compile(TITLE.pattern + MANY.pattern)
_PEOPLE_LAST = re.compile(rf"(?<!\w){PEOPLE.pattern}$")
_ALONE = r"(?=\s*(?:[,;.]|và\s|$))"
_FRONT_ALONE = spaced(any_of("mat_tran") + _ALONE)
_NUMBER_ALONE = spaced(r"\d+" + _ALONE)
_SETTLEMENT_ALONE = spaced(SETTLEMENT.pattern + _ALONE)
_FIELD_END = spaced(r"\s*(?:[,;.(]|và\s|$)")
_ROW = re.compile(rf"(?<!\w){any_of('hang_co_quan')}")
CONNECTING = re.compile(rf"(?:^|[\s(]){any_of('truoc_ten')}$")


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
    if sign["word"] in ("với", "đối với", "giao"):
        return source.begins_agency(at)
    kind = source.kind(at)
    if sign["slash"]:
        named = kind == "named" and len(left.split()) > 1
        return named and not _inside_name(source, begin, sign, bounds)
    if kind in ("many", "named"):
        return not _inside_name(source, begin, sign, bounds)
    if kind == "loose":
        alone = MEMBER.fullmatch(left) and source.text[begin].isupper() and not sign["word"]
        return bool(alone) or not source.lists(begin) or CLOSED.search(left) is not None
    if kind == "member":
        return _member_apart(source, begin, sign)
    if kind == "place":
        return _place_apart(source, begin, sign)
    return _rest_apart(source, begin, sign, bounds)


def _inside_name(source: Source, begin: int, sign: re.Match[str], bounds: tuple[int, int]) -> bool:
    """Whether an agency's name goes on over a sign though what follows could begin another."""
    low, at = source.low, sign.end()
    left = _left(low, begin, sign.start())
    if TITLE.fullmatch(left) and TITLE.match(low, at):
        return True
    if COUNCIL.match(low, at) and (_OFFICE.fullmatch(left) or _UNDER_COUNCIL.search(left)):
        return True
    if left in words_of("bao") or _under_one_head(head_word(left)).match(low, at):
        return True
    if _COMMITTEE.match(low, at) and _COMMITTEES.fullmatch(left):
        return True
    if source.lists(begin) and not sign["word"] and _common_noun(source, left, at):
        return True
    owned = head_word(left) in words_of("thuoc_bo") and _MINISTRY.match(low, at)
    rest = low[at : bounds[1]]
    alone = "," not in left and "," not in rest and not _AND_MINISTRY.search(rest)
    only = low[bounds[0] : sign.start()].strip() == left
    return bool(owned) and alone and only and not sign["word"]


@cache
def _under_one_head(head: str) -> re.Pattern[str]:
    """What a name that begins with `head` may hold after a sign: "Ban Quản lý dự án, khu ..."."""
    words = any_of(f"gom {head}")
    return spaced(rf"(?:các\s+)?{words}") if words_of(f"gom {head}") else re.compile(r"(?!)")


def _common_noun(source: Source, left: str, at: int) -> bool:
    """Whether a list goes on with those who elsewhere are one agency: "cấp ủy, chính quyền, MTTQ"."""
    if _HEADS_OF_MANY.match(left):
        return False
    if source.text[at].islower() and PEOPLE.match(source.low, at):
        return True
    return _PEOPLE_LAST.search(left) is not None and _FRONT_ALONE.match(source.low, at) is not None


def _member_apart(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether a common noun ("đơn vị", "doanh nghiệp") stands apart from what precedes it."""
    low, at = source.low, sign.end()
    left = _left(low, begin, sign.start())
    several = len(left.split()) > 1 and MANY.match(left) is None
    if SETTLEMENT.match(low, at) and _SETTLEMENT_LAST.search(left):
        return False
    if _SETTLEMENT_ALONE.match(low, at) and _LEVEL.search(left) and source.text[at].islower():
        return False
    if source.lists(begin):
        if MEMBER.fullmatch(left) and sign["word"] == "và":
            return False
        if (several and SINGLE.match(low, at)) or _capital_name(source, begin, at):
            return True
        return CLOSED.search(left) is not None or SINGLE.match(left) is not None
    if _LIST_GOES_ON.search(left):
        return False
    goes_on = source.text[at].isupper() and head_word(left) in _NAME_GOES_ON
    goes_on = goes_on and not _LEVEL.search(left)
    return not (sign["word"] == "và" and goes_on)


def _capital_name(source: Source, begin: int, at: int) -> bool:
    """Whether the name of an office begins here, after another or after a list in small letters.

    "Tổ bảo vệ an ninh, Đội dân phòng"; "Các thành viên Hội đồng, Tổ chuyên viên".
    """
    text, many = source.text, MANY.match(source.low, begin)
    if not text[at].isupper() or not _TWO_WORDS.match(text, at):
        return False
    if many is None:
        return text[begin].isupper() and _TWO_WORDS.match(text, begin) is not None
    listed_small = text[many.end()].islower() and KIND.match(source.low, at)
    return bool(listed_small) and not source.qualified(at)


def _place_apart(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether a place after a sign stands for its authority: "UBND thành phố A, Thành phố B"."""
    if not _is_proper(source, sign.end()):
        return False
    places = list(PLACE.finditer(source.low, begin, sign.start()))
    if places:
        return _is_proper(source, places[0].start())
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
    return len(words) == 1 or words[-2].lower().rstrip(".") in _SHORTENED


def _rest_apart(source: Source, begin: int, sign: re.Match[str], bounds: tuple[int, int]) -> bool:
    """Whether a word that begins no known name does here: list members, acronyms, whole names."""
    low, text, at = source.low, source.text, sign.end()
    left = _left(low, begin, sign.start())
    head = head_word(left)
    if _NUMBER_ALONE.match(low, at):
        return False
    if _said_again(source, begin, at):
        return True
    listed = _LIST.match(low, bounds[0])
    if listed and listed.end() <= at:
        return _listed_apart(source, at, bounds[1])
    if field := FIELD.match(low, at, bounds[1]):
        own = _WITH_FIELD.sub("", left)
        after = _FIELD_END.match(low, field.end(), bounds[1])
        return after is not None and FIELD.fullmatch(own) is not None
    if head in words_of("hoi_doan") or UNION.match(left):
        return UNION.match(low, at) is not None
    if WORKERS.match(low, at):
        return not (WORKERS.search(left) or PEOPLE.search(left) or MANY.match(left))
    if SHORT.match(text, at) and _ends_short(text, begin, sign.start()) and not MANY.search(left):
        return True
    if ACRONYM.match(text, at) and not _MANY_OF_A_KIND.match(left):
        return not sign["word"] or SHORT.fullmatch(text[begin : sign.start()].strip()) is not None
    if MANY.match(left) or source.lists(begin) or sign["word"]:
        return False
    return _LEVEL.search(left) is not None or _whole(source, left, sign, bounds[1])


def _said_again(source: Source, begin: int, at: int) -> bool:
    """Whether a name begins as the one before it does: "Lữ đoàn 147, Lữ đoàn 125"."""
    one, other = (re.match(r"\w+(?: \w+)?", source.low[i:]) for i in (begin, at))
    if one is None or other is None:
        return False
    capital = source.text[begin].isupper() and source.text[at].isupper()
    if capital and not PLACE.match(source.low, begin):
        return one[0].split()[0] == other[0].split()[0]
    return one[0] == other[0]


def _whole(source: Source, left: str, sign: re.Match[str], end: int) -> bool:
    """Whether the name before a comma ends there, though nobody knows what begins after it."""
    at = sign.end()
    if source.text[at].islower() or MANY.search(left) or not sign.group()[-1].isspace():
        return False
    title = TITLE.match(left)
    named = NAMED.match(left, title.end() if title else 0)
    if named and not _WITH_COMMAS.match(left, named.start()):
        return True
    return not (_GOES_ON.match(source.low, at) or _joined_later(source, at, end))


def _joined_later(source: Source, at: int, end: int) -> bool:
    """Whether the words from `at` on are parts of a name that an "và" closes: "Thể thao và Du lịch"."""
    for part in re.finditer(r"[^,;]+", source.low[at:end]):
        start = at + part.start() + len(part.group()) - len(part.group().lstrip())
        if start > at and source.begins_agency(start):
            return False
        if joint := re.search(r"\svà\s+|\s?&\s?", part.group()):
            return not source.begins_agency(at + part.start() + joint.end())
    return False


def _listed_apart(source: Source, at: int, end: int) -> bool:
    """Whether a comma parts the members of "Các Sở: Nội vụ, Tài chính"; a semicolon may instead."""
    low = source.low
    near = max(0, low.rfind(" ", 0, max(0, at - _REACH)))
    fields = FIELD.finditer(low, near, at + _REACH)
    inside = any(name.start() < at < name.end() for name in fields)
    after = LEAD.match(low, end) if low[end : end + 1] == ";" else None
    return not inside and (after is None or source.begins_agency(after.end()))


def _unparted(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether two agencies stand side by side, the sign between them lost with a line break."""
    low, text, at = source.low, source.text, sign.end()
    left = _left(low, begin, sign.start())
    if not text[at].isupper():
        return False
    if sign["dash"] and _OFFICE.fullmatch(left) and COUNCIL.match(low, at):
        return False
    short = _ends_short(text, begin, sign.start())
    after = SHORT.match(text, at) if sign["dash"] else None
    beside = after and (" " not in left or not low[after.end() : after.end() + 2].strip().isalpha())
    if short and (INITIALLED.match(text, at) or beside):
        return True
    if len(left.split()) < 2 or CONNECTING.search(left):
        return False
    head = head_word(left)
    if NAMED.fullmatch(left) or KIND.fullmatch(left):
        return False
    if source.kind(at) == "many":
        return head not in words_of("khong_chia")
    if source.kind(at) not in ("named", "loose"):
        return False
    second = head_word(low[at:])
    if sign["dash"]:
        return _parted_by_dash(source, begin, sign)
    if source.lists(begin):
        listed = _ROW.search(left) is not None and "thuộc" not in left
        return second in words_of("co_linh_vuc") or (listed and second in words_of("theo_sau_cac"))
    last = text[max(0, at - _REACH) : at].split()[-1]
    if second in words_of("co_dia_danh") and last[:1].isupper() and not last.isupper():
        # A place may end in the word: its last half is no office.
        return False
    return second in _beside(head)


def _parted_by_dash(source: Source, begin: int, sign: re.Match[str]) -> bool:
    """Whether a dash stands between two agencies, and not inside the name of one."""
    low, at = source.low, sign.end()
    left = _left(low, begin, sign.start())
    if _PART_OF.match(low, at):
        return False
    whole = len(left.split()) > _WHOLE_NAME and head_word(low[at:]) not in _OF_ANOTHER
    second = head_word(low[at:])
    return (
        whole
        or _LEVEL.search(left) is not None
        or second in (*_beside(head_word(left)), *words_of("co_dia_danh"))
    )


def _beside(head: str) -> tuple[str, ...]:
    """The offices that cannot own one that begins with `head`, so that they stand beside it."""
    return (head, *words_of(f"canh {head}")) if head else ()
