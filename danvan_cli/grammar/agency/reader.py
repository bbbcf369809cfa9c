"""Reader of agency cells: "cơ quan chủ trì", "cơ quan phối hợp".

A cell names agencies one after another, parted by signs that also stand inside names ("Phòng
Kinh tế, Hạ tầng và Đô thị") and inside collectives ("các sở, ban, ngành"). A sign parts two
agencies only where what follows it can begin one and what precedes it can end there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from danvan_cli.grammar.agency.bounds import CLOSED, CONNECTING, LEAD, parts
from danvan_cli.grammar.agency.words import KIND, NAMED, TITLE, Source
from danvan_cli.grammar.spans import NO_SPAN, Span
from danvan_cli.grammar.vocabulary import any_of, spaced
from danvan_cli.text import comparable, nfc_with_offsets, squeeze


@dataclass(frozen=True)
class AgencyMention:
    """One agency, or one collective, named in a cell."""

    text: str
    """As written, without role and request words: "Sở Nội vụ", "các sở, ngành"."""
    start: int
    end: int
    """`cell[start:end] == text`, in the original string, also when it is NFD."""
    vai_tro: str
    """The role words that go with it ("chủ trì", "tổng hợp, theo dõi chung"), NFC; else ""."""
    de_nghi: bool
    """Asked, not ordered: "đề nghị A và B phối hợp thực hiện" marks A and B."""
    tap_the: bool
    """A collective ("các sở, ngành", "UBND cấp xã"), not one named agency."""
    role_span: Span = NO_SPAN
    """Where the role stands in the cell; empty where there is none."""


@dataclass(frozen=True)
class AgencyCell:
    """A whole cell and its agencies, in order."""

    text: str
    phan: tuple[AgencyMention, ...]


@dataclass(frozen=True)
class _Role:
    """A role in words, and where it stands in the composed cell."""

    words: str = ""
    span: Span = NO_SPAN

    def __bool__(self) -> bool:
        return bool(self.words)


_NO_ROLE = _Role()


@dataclass(frozen=True)
class _Group:
    """Agencies that share a request and, after the last of them, a role."""

    spans: tuple[tuple[int, int], ...]
    role: _Role
    asked: bool
    label: _Role
    """The role written before them ("Chủ trì: ..."), in force until the next one."""


_MARKS = r"[\s.\-;,:*/\"'“”‘’″〃()]*"
_NOTHING = spaced(
    _MARKS + r"(?:(?:không(?: có)?(?: (?:cơ quan|đơn vị)(?: (?:chủ trì|phối hợp))?)?|nt"
    r"|(?:nội dung )?như (?:trên|mục|ý|điểm|nhiệm vụ|dòng)(?:\s+[\d.]+)?)"
    + _MARKS + ")?"
)  # fmt: skip
_BULLET = spaced(r"\s*[-+•*]\s*|\s*(?:\d{1,2}[.)]|[a-zđ]\))\s+")
_LABEL = spaced(
    r"\s*(?:(?:các\s+)?(?:cơ quan|đơn vị|cq|đv)\s+)?"
    r"(?P<role>(?:chủ trì|phối hợp|thực hiện)[^:;,\n]{0,24}?)\s*:[\s*]*"
)
_ENDS = re.compile(rf";|\n|\.(?=\s)|\s[-*+•](?=\s+(?:{_LABEL.pattern}))")
_COUNTED = re.compile(r"\W*1[.)]\s")
_COUNTED_ENDS = re.compile(rf"{_ENDS.pattern}|\s(?=\d{{1,2}}[.)]\s)")
"""A cell that counts its agencies: "1. Sở Nội vụ 2. Sở Tài chính"."""
_REQUEST = spaced(r"(?:(?:trân trọng|kính)\s+)?(?:đề nghị|mời)(?!\w)(?:\s*phối hợp\s*:)?\s*")
_ORDER = spaced(r"giao\s+")
_ROLE = spaced(
    r"(?<=[\s,])(?:cùng\s+)?(?:chủ động\s+)?(?P<verb>chủ trì|phối hợp|tổng hợp|theo dõi|đôn đốc"
    r"|tham mưu|thẩm định|tham gia|thực hiện|tổ chức thực hiện|triển khai|hướng dẫn|hỗ trợ"
    r"|kiểm tra|giám sát|chỉ đạo|lãnh đạo|báo cáo|đề xuất|rà soát|chịu trách nhiệm|có trách nhiệm|quan tâm"
    rf"|(?:làm|là)\s+(?:(?:cơ quan|đơn vị)\s+)?(?:{any_of('thuong_truc')}|chủ trì|phối hợp))(?!\w)"
)
_ROLE_OF_MANY = spaced(
    r"chủ trì|phối hợp|chịu|có trách|tổ chức thực hiện|(?:là|làm)\s|(?:thực hiện|tham gia|báo cáo|đề xuất|rà soát)\W*$"
)
_NAME_ENDS_SO = re.compile(any_of("ten_co_dong_tu"))
"""Names that end in a word which elsewhere is a role."""
_HELPS = spaced(r"(?<!\w)(?:phối hợp|chỉ đạo)\s+(?=\w)")
_LEADS = spaced(r"chủ trì|phối hợp")
_ROLE_IN_BRACKETS = spaced(
    rf"\s*\((?P<role>(?:(?:là\s+)?(?:cơ quan|đơn vị)\s+)?(?:chủ trì|phối hợp|{any_of('thuong_truc')})"
    r"[^()]*)\)$"
)
_ROLE_STOP = spaced(r"\s*,\s*(?:và\s+)?|\s+(?P<word>và|với|cùng với|cùng)\s+")
_ROLE_TAIL = spaced(r"(?:\s*,)?(?:\s*và)?\s+phối hợp(?:\s+chặt chẽ)?$|[\s,.;]+$")
_SHARED_ROLE = spaced(r"(?:cùng |chủ động )*(?:chủ trì|phối hợp|tham gia|thực hiện|có trách)")
_BRACKETS = re.compile(r"\([^()]*\)?")
_NUMBER = re.compile(r"(?:^|[\s;])(?:\d{1,2}|[a-zđ])$")
_REQUEST_INSIDE = re.compile(rf"(?<=[\s,]){_REQUEST.pattern}")


def read_agencies(text: str) -> AgencyCell:
    """The agencies of a cell, in order. Reads any text; a cell that names none has no parts."""
    composed, offsets = nfc_with_offsets(text)
    low = comparable(composed)
    if _NOTHING.fullmatch(low):
        return AgencyCell(text, ())
    source = Source(composed, _BRACKETS.sub(_masked, low))
    groups = [group for bounds in _segments(source) for group in _groups(source, *bounds)]
    mentions: list[AgencyMention] = []
    for group in _carried(groups):
        shared = _SHARED_ROLE.match(comparable(group.role.words)) is not None
        for start, end in group.spans:
            role = group.role if shared or (start, end) == group.spans[-1] else _NO_ROLE
            own = _ROLE_IN_BRACKETS.search(comparable(composed[start:end]))
            if own and own.start():
                span = Span(start + own.start("role"), start + own.end("role"))
                role = _Role(squeeze(own["role"]), span)
                end = start + own.start()
            first, last = offsets[start], offsets[end]
            mentions.append(
                AgencyMention(
                    text=text[first:last],
                    start=first,
                    end=last,
                    vai_tro=role.words,
                    de_nghi=group.asked,
                    tap_the=source.is_collective(start, end),
                    role_span=Span(offsets[role.span.start], offsets[role.span.end]),
                )
            )
    return AgencyCell(text, tuple(mentions))


def _masked(brackets: re.Match[str]) -> str:
    """What stands in brackets, made one unreadable word so that no sign in it counts."""
    return "(" + re.sub(r"\S", "_", brackets.group()[1:])


def _segments(source: Source) -> Iterator[tuple[int, int]]:
    """Stretches parted by signs that never stand inside a name: semicolons, lines, sentences."""
    start = 0
    ends = _COUNTED_ENDS if _COUNTED.match(source.low) else _ENDS
    for sign in ends.finditer(source.low):
        if sign.group()[-1] in ";-*+•" or _breaks(
            source, source.low[start : sign.start()], sign.end()
        ):
            yield start, sign.start()
            start = sign.end()
    yield start, len(source.low)


def _breaks(source: Source, before: str, after: int) -> bool:
    """Whether a line or a sentence ends between agencies, and not inside a name."""
    low = source.low
    before = before.rstrip()
    bullet = _BULLET.match(low, after)
    at = bullet.end() if bullet else after + len(low[after:]) - len(low[after:].lstrip())
    if before.strip().isdecimal():
        return False
    if _LABEL.match(low, at) or _REQUEST.match(low, at):
        return True
    kind = source.kind(at)
    if bullet:
        return kind in ("many", "named", "loose", "member")
    if _NUMBER.search(before):
        return False
    last = re.split(r"[,;]|\sva\s", before)[-1].strip()
    bare = NAMED.fullmatch(last) or KIND.fullmatch(last)
    if before.endswith(",") or CONNECTING.search(before) or bare:
        return False
    if kind == "member":
        return source.text[at].isupper()
    return kind in ("many", "named", "loose")


def _groups(source: Source, start: int, end: int) -> Iterator[_Group]:
    """The agencies of a segment, with the requests before them and the roles after them."""
    low = source.low
    at, asked, label = start, False, _NO_ROLE
    while at < end:
        if lead := LEAD.match(low, at, end):
            at = lead.end()
        elif found := _LABEL.match(low, at, end):
            label, at = _Role(squeeze(found["role"]), Span(*found.span("role"))), found.end()
        elif found := _REQUEST.match(low, at, end):
            asked, at = True, found.end()
        elif (found := _ORDER.match(low, at, end)) and source.begins_agency(found.end()):
            at = found.end()
        else:
            request = _REQUEST_INSIDE.search(low, at, end)
            stop = request.start() if request else end
            until, role, after = _role(source, at, stop)
            yield _Group(tuple(parts(source, at, until)), role, asked, label)
            at = after


def _role(source: Source, start: int, end: int) -> tuple[int, _Role, int]:
    """Where the agencies of `start` to `end` stop, the role they have, and where it stops."""
    low = source.low
    for verb in _ROLE.finditer(low, start, end):
        if not source.text[verb.start("verb")].islower():
            continue
        if _in_a_name(source, start, verb) or _is_title(source, verb.start("verb")):
            continue
        spans = list(parts(source, start, verb.start()))
        if spans and not _may_have_role(source, *spans[-1], low[verb.start("verb") : end]):
            continue
        stop = end
        after = end
        for sign in _ROLE_STOP.finditer(low, verb.end(), end):
            kind = source.kind(sign.end())
            joins = sign["word"] in ("với", "cùng với", "cùng")
            if source.begins_agency(sign.end()) and (joins or kind in ("many", "named")):
                stop, after = sign.start(), sign.end()
                break
        helps = _HELPS.search(low, verb.start(), stop)
        if helps and source.begins_agency(helps.end()):
            stop = after = helps.end()
        role = source.text[verb.start() : stop].rstrip(" ,.;*\n")
        tail = _ROLE_TAIL.search(comparable(role))
        role = role[: tail.start()] if tail else role
        span = Span(verb.start(), verb.start() + len(role))
        return verb.start(), _Role(squeeze(role), span), after
    return end, _NO_ROLE, end


def _in_a_name(source: Source, start: int, verb: re.Match[str]) -> bool:
    """Whether the verb is the last word of a name: "Trung tâm Dịch vụ tổng hợp"."""
    near = max(start, verb.start("verb") - 24)
    return any(
        name.end() == verb.end("verb")
        for name in _NAME_ENDS_SO.finditer(source.low, near, verb.end("verb"))
    )


def _is_title(source: Source, at: int) -> bool:
    """Whether the verb at `at` is a title, an office following it: "lãnh đạo UBND"."""
    title = TITLE.match(source.low, at)
    return title is not None and source.begins_agency(title.end())


def _may_have_role(source: Source, start: int, end: int, rest: str) -> bool:
    """Whether a verb after a name begins its role and is no word of it ("Trung tâm hỗ trợ")."""
    name = source.low[start:end]
    if len(name.split()) < 2 or KIND.fullmatch(name) or NAMED.fullmatch(name):
        return NAMED.fullmatch(name) is not None and _LEADS.match(rest) is not None
    if CLOSED.search(name) or not source.lists(start):
        return True
    return _ROLE_OF_MANY.match(rest) is not None


def _carried(groups: list[_Group]) -> Iterator[_Group]:
    """`groups`, a label or a request reaching over semicolons as far as it goes."""
    label = _NO_ROLE
    for place, group in enumerate(groups):
        label = group.label or label
        before = groups[place - 1] if place else None
        asked = group.asked or (
            before is not None
            and before.asked
            and not before.role
            and group.role.words.startswith("phối hợp")
        )
        yield replace(group, asked=asked, role=group.role or label)
