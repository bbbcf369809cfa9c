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
    REACH,
    SETTLEMENT,
    SHORT,
    SINGLE,
    TITLE,
    WORKERS,
    Joint,
    Source,
    head_word,
)
from danvan_cli.grammar.vocabulary import any_of, spaced, words_of

_SOFT = spaced(
    r"\s*,\s*(?:(?:và|cùng)\s+)?|\s+(?P<word>và|với|đối với|cùng với|cùng|hoặc|(?<!ngoại\s)(?<!bàn\s)giao)\s+"
    r"|\s+(?P<dash>[-+])\s+|(?P<slash>\s*/\s*|\s+&\s+)|(?P<space>\s+)"
)
LEAD = spaced(r"(?:[\s,.;:*+•\-]+|(?:và|cùng|với|do)\s+|(?:\d{1,2}[.)]|[a-zđ]\))\s+)+")
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
_FIRST_TWO = re.compile(r"\w+(?: \w+)?")
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
    begin: int | None = start
    for sign in _SOFT.finditer(source.low, start, end):
        if begin is None:
            if source.begins_agency(sign.end()) and not sign["space"]:
                begin = sign.end()
            continue
        if _parts_here(Joint(source, sign, begin, (start, end))):
            yield from _trimmed(source, begin, sign.start())
            begin = sign.end()
        elif sign["word"] in ("với", "đối với"):
            # "Bộ Công an với các tiêu chuẩn ...": a matter, not an agency, up to the next one.
            yield from _trimmed(source, begin, sign.start())
            begin = None
    if begin is not None:
        yield from _trimmed(source, begin, end)


def _trimmed(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without signs round it, or nothing where no word is left."""
    if lead := LEAD.match(source.low, start, end):
        start = lead.end()
    tail = _TAIL.search(source.low, start, end)
    stop = tail.start() if tail else end
    if any(char.isalnum() for char in source.text[start:stop]):
        yield start, stop


def _parts_here(joint: Joint) -> bool:
    """Whether the sign parts the name before it from another agency."""
    if not joint.left or joint.at >= joint.bounds[1]:
        return False
    if joint.sign["space"] or joint.sign["dash"]:
        return _unparted(joint)
    if joint.word in ("với", "đối với", "giao"):
        return joint.source.begins_agency(joint.at)
    kind = joint.source.kind(joint.at)
    if kind in ("many", "named"):
        return not _inside_name(joint)
    if kind == "loose":
        capital = joint.source.text[joint.begin].isupper() and not joint.word
        alone = capital and MEMBER.fullmatch(joint.left) is not None
        return alone or not joint.lists or CLOSED.search(joint.left) is not None
    if kind == "member":
        return _member_apart(joint)
    if kind == "place":
        return _place_apart(joint)
    return _rest_apart(joint)


def _inside_name(joint: Joint) -> bool:
    """Whether an agency's name goes on over a sign though what follows could begin another."""
    left = joint.left
    if TITLE.fullmatch(left) and joint.next(TITLE):
        return True
    if joint.next(COUNCIL) and (_OFFICE.fullmatch(left) or _UNDER_COUNCIL.search(left)):
        return True
    if left in words_of("bao") or joint.next(_under_one_head(joint.head)):
        return True
    if joint.next(_COMMITTEE) and _COMMITTEES.fullmatch(left):
        return True
    if joint.lists and not joint.word and _common_noun(joint):
        return True
    low, (start, end) = joint.source.low, joint.bounds
    owned = joint.head in words_of("thuoc_bo") and joint.next(_MINISTRY) and not joint.word
    rest = low[joint.at : end]
    alone = "," not in left and "," not in rest and not _AND_MINISTRY.search(rest)
    return bool(owned) and alone and low[start : joint.sign.start()].strip() == left


@cache
def _under_one_head(head: str) -> re.Pattern[str]:
    """What a name that begins with `head` may hold after a sign: "Ban Quản lý dự án, khu ..."."""
    words = any_of(f"gom {head}")
    return spaced(rf"(?:các\s+)?{words}") if words_of(f"gom {head}") else re.compile(r"(?!)")


def _common_noun(joint: Joint) -> bool:
    """Whether a list goes on with those who elsewhere are one agency: "cấp ủy, chính quyền, MTTQ"."""
    if _HEADS_OF_MANY.match(joint.left):
        return False
    if not joint.capital and joint.next(PEOPLE):
        return True
    return bool(_PEOPLE_LAST.search(joint.left) and joint.next(_FRONT_ALONE))


def _member_apart(joint: Joint) -> bool:
    """Whether a common noun ("đơn vị", "doanh nghiệp") stands apart from what precedes it."""
    left = joint.left
    if joint.next(SETTLEMENT) and _SETTLEMENT_LAST.search(left):
        return False
    if joint.next(_SETTLEMENT_ALONE) and _LEVEL.search(left) and not joint.capital:
        return False
    if joint.lists:
        several = len(left.split()) > 1 and MANY.match(left) is None
        if (several and joint.next(SINGLE)) or _capital_name(joint):
            return True
        return CLOSED.search(left) is not None or SINGLE.match(left) is not None
    if _LIST_GOES_ON.search(left):
        return False
    goes_on = joint.capital and joint.head in _NAME_GOES_ON and not _LEVEL.search(left)
    return not (joint.word == "và" and goes_on)


def _capital_name(joint: Joint) -> bool:
    """Whether the name of an office begins here, after another or after a list in small letters.

    "Tổ bảo vệ an ninh, Đội dân phòng"; "Các thành viên Hội đồng, Tổ chuyên viên".
    """
    source, text, begin = joint.source, joint.source.text, joint.begin
    if not joint.capital or not _TWO_WORDS.match(text, joint.at):
        return False
    many = MANY.match(source.low, begin)
    if many is None:
        return text[begin].isupper() and _TWO_WORDS.match(text, begin) is not None
    listed_small = text[many.end()].islower() and joint.next(KIND)
    return bool(listed_small) and not source.qualified(joint.at)


def _place_apart(joint: Joint) -> bool:
    """Whether a place after a sign stands for its authority: "UBND thành phố A, Thành phố B"."""
    if not _is_proper(joint.source, joint.at):
        return False
    first = PLACE.search(joint.source.low, joint.begin, joint.sign.start())
    return _is_proper(joint.source, first.start()) if first else joint.capital


def _is_proper(source: Source, at: int) -> bool:
    """Whether the place word at `at` has a name after it."""
    place = PLACE.match(source.low, at)
    name = source.text[place.end() :].lstrip() if place else ""
    return name[:1].isupper()


def _ends_short(joint: Joint) -> bool:
    """Whether what stands before a sign is an office in capitals, with or without its first word."""
    end = joint.sign.start()
    words = joint.source.text[max(joint.begin, end - REACH) : end].split()
    if not words or not SHORT.fullmatch(words[-1].rpartition(".")[2] or words[-1]):
        return False
    return len(words) == 1 or words[-2].lower().rstrip(".") in _SHORTENED


def _rest_apart(joint: Joint) -> bool:
    """Whether a word that begins no known name does here: list members, acronyms, whole names."""
    text, at, left = joint.source.text, joint.at, joint.left
    if joint.next(_NUMBER_ALONE):
        return False
    if _said_again(joint):
        return True
    listed = _LIST.match(joint.source.low, joint.bounds[0])
    if listed and listed.end() <= at:
        return _listed_apart(joint.source, at, joint.bounds[1])
    if field := joint.next(FIELD):
        after = _FIELD_END.match(joint.source.low, field.end(), joint.bounds[1])
        return bool(after and FIELD.fullmatch(_WITH_FIELD.sub("", left)))
    if joint.next(WORKERS):
        return not (WORKERS.search(left) or PEOPLE.search(left) or MANY.match(left))
    if SHORT.match(text, at) and _ends_short(joint) and not MANY.search(left):
        return True
    if ACRONYM.match(text, at) and not _MANY_OF_A_KIND.match(left):
        return not joint.word or SHORT.fullmatch(text[joint.begin : at].split()[0]) is not None
    if MANY.match(left) or joint.lists or joint.word:
        return False
    return _LEVEL.search(left) is not None or _whole(joint)


def _said_again(joint: Joint) -> bool:
    """Whether a name begins as the one before it does: "công chức phụ trách A, công chức phụ trách B"."""
    one, other = (_FIRST_TWO.match(joint.source.low, i) for i in (joint.begin, joint.at))
    return one is not None and other is not None and one[0] == other[0]


def _whole(joint: Joint) -> bool:
    """Whether the name before a comma ends there, though nobody knows what begins after it."""
    if not joint.capital or MANY.search(joint.left) or not joint.sign.group()[-1].isspace():
        return False
    title = TITLE.match(joint.left)
    named = NAMED.match(joint.left, title.end() if title else 0)
    if named and not _WITH_COMMAS.match(joint.left, named.start()):
        return True
    return not (joint.next(_GOES_ON) or _joined_later(joint.source, joint.at, joint.bounds[1]))


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
    near = max(0, low.rfind(" ", 0, max(0, at - REACH)))
    fields = FIELD.finditer(low, near, at + REACH)
    inside = any(name.start() < at < name.end() for name in fields)
    after = LEAD.match(low, end) if low[end : end + 1] == ";" else None
    return not inside and (after is None or source.begins_agency(after.end()))


def _unparted(joint: Joint) -> bool:
    """Whether two agencies stand side by side, the sign between them lost with a line break."""
    low, text, at, left = joint.source.low, joint.source.text, joint.at, joint.left
    dash = joint.sign["dash"] is not None
    if not joint.capital or (dash and joint.next(COUNCIL) and _OFFICE.fullmatch(left)):
        return False
    after = SHORT.match(text, at) if dash else None
    beside = after and (" " not in left or not low[after.end() : after.end() + 2].strip().isalpha())
    if (beside or INITIALLED.match(text, at)) and _ends_short(joint):
        return True
    bare = len(left.split()) < 2 or NAMED.fullmatch(left) or KIND.fullmatch(left)
    if bare or CONNECTING.search(left):
        return False
    kind = joint.source.kind(at)
    if kind == "many":
        return joint.head not in words_of("khong_chia")
    if kind not in ("named", "loose"):
        return False
    second = head_word(low[at:])
    if dash:
        return _parted_by_dash(joint, second)
    if joint.lists:
        listed = _ROW.search(left) is not None and "thuộc" not in left
        return second in words_of("co_linh_vuc") or (listed and second in words_of("theo_sau_cac"))
    last = text[max(0, at - REACH) : at].split()[-1]
    if second in words_of("co_dia_danh") and last[:1].isupper() and not last.isupper():
        # A place may end in the word: its last half is no office.
        return False
    return second in _beside(joint.head)


def _parted_by_dash(joint: Joint, second: str) -> bool:
    """Whether a dash stands between two agencies, and not inside the name of one."""
    if joint.next(_PART_OF):
        return False
    whole = len(joint.left.split()) > _WHOLE_NAME and second not in _OF_ANOTHER
    beside = second in (*_beside(joint.head), *words_of("co_dia_danh"))
    return whole or beside or _LEVEL.search(joint.left) is not None


def _beside(head: str) -> tuple[str, ...]:
    """The offices that cannot own one that begins with `head`, so that they stand beside it."""
    return (head, *words_of(f"canh {head}")) if head else ()
