"""The parts of a deadline: which times of a phrase count, and what is said around them.

`+ Xây dựng tiêu chí trước ngày 15/02/2026 + Kết quả vào tháng 8/2026` has two parts; `Quý I/2026,
lồng ghép vào kiểm tra công tác bầu cử năm 2026` has one, and a remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from danvan_cli.grammar.deadline.grammar import read_moment
from danvan_cli.grammar.deadline.moments import Moment
from danvan_cli.grammar.deadline.tokens import END, Tokens, span_of, token_at, word_at
from danvan_cli.grammar.spans import NO_SPAN, Span

_LABEL = re.compile(
    r"\s*(?:[-+*•]\s*)*(?:thời\s+gian|thời\s+hạn|tiến\s+độ|hạn)"
    r"(?:\s+(?:thực\s+hiện|hoàn\s+thành))?\s*[*_]*\s*:[\s*_]*",
    re.IGNORECASE,
)
_STRAY = " \t\n.;,:+-–—•*_…"
_JOINER = re.compile(r"[\s*_]*([,;.:(–—-]?)[\s.,;:*_–—-]*")
_TRAILING = re.compile(r"(?:[\s.;,:+–—•*_…-]|(?<=\s)(?:và|hoặc))+\Z")
_LIMITS = ("before", "latest")
_CLOSED = ("before", "latest", "until", "span", "range")
_DOING = {"hiện", "khai", "thành", "xong", ":"}
_FINISH = {"hoàn", "thành", "xong", "kết", "thúc", "cụ", "thể", "là", "dự", "kiến", ":"}
_UNITS = {"ngày", "tuần", "tháng", "năm", "giờ", "phút", "buổi", "quý"}
_BLOCKING = {"theo", "sau", "khi"}
_EVENT_PAIRS = {
    ("ngay", "sau"), ("ngay", "khi"), ("thời", "gian"), ("tháng", "cuối"), ("tháng", "đầu"), ("trong", "vòng"), ("thời", "hạn"),
    ("kể", "từ"), ("không", "quá"), ("năm", "học"), ("nhiệm", "kỳ"), ("nhiệm", "kì"),
    ("đột", "xuất"), ("định", "kỳ"), ("kỳ", "họp"), ("thường", "kỳ"), ("lâu", "dài"),
    ("kịp", "thời"), ("giai", "đoạn"), ("thời", "điểm"), ("cùng", "thời"), ("hết", "khóa"),
    ("tháng", "liền"), ("tháng", "kế"), ("tháng", "sau"), ("quý", "liền"), ("quý", "sau"),
    ("quý", "kế"), ("tuần", "liền"), ("tuần", "kế"), ("trong", "quý"), ("trong", "tháng"), ("trong", "tuần"), ("ngày", "làm"), ("phát", "sinh"), ("cần", "thiết"), ("trong", "ngày"), ("dài", "hạn"), ("tiến", "độ"),
}  # fmt: skip
_EVENTS = {"sau", "khi", "trước", "tuần", "nhiệm", "dịp", "tết"}


@dataclass(frozen=True)
class Part:
    """One time of a deadline with the words before it and the remark after it, as written.

    `span` is where all of it stands.
    """

    intro: str
    moment: Moment | None
    joiner: str = ""
    remark: str = ""
    school_year: bool = False
    directed: bool = False
    understood: bool = True
    span: Span = NO_SPAN


@dataclass(frozen=True)
class _Found:
    begin: int  # first token of the words before the time
    end: int  # the token after the time
    at: int
    moment: Moment

    @property
    def intro_said(self) -> bool:
        """Whether words stand before the time."""
        return self.at > self.begin


def label_end(text: str) -> int:
    """Where the deadline begins in `text` (NFC), after a label such as "Thời gian thực hiện:"."""
    label = _LABEL.match(text)
    return label.end() if label else 0


def read_parts(text: str, tokens: Tokens) -> list[Part]:
    """The parts of `text` (NFC), at least one; a part without a moment is tied to no date.

    `tokens` are those of the text after its label.
    """
    first, event = _first(tokens)
    if first is None:
        return [_dateless(text, tokens, event)]
    found = [_settled(first, text, tokens)]
    while more := _more(tokens, found[-1]):
        found.append(_settled(more, text, tokens))
    stops = [tokens[f.begin].start for f in found[1:]] + [len(text)]
    return [_part(f, stop, text, tokens) for f, stop in zip(found, stops, strict=True)]


def _dateless(text: str, tokens: Tokens, event: str) -> Part:
    span = span_of(tokens, 0, len(tokens)) if tokens else NO_SPAN
    whole = " ".join(span.of(text).replace("*", " ").split()).strip(_STRAY)
    school = any(
        tokens[i].word == "năm" and word_at(tokens, i + 1) == "học" for i in range(len(tokens))
    )
    return Part(
        "", Moment("at", event=whole, span=span), span=span, school_year=school and event == "năm",
        directed=event == "theo", understood=bool(event),
    )  # fmt: skip


def _event(tokens: Tokens, at: int) -> str:
    """The word that ties the task to something other than a date, "" where none begins here."""
    token, after = token_at(tokens, at), token_at(tokens, at + 1)
    if token.word == "theo" and after.word != "dõi":
        return "theo" if word_at(tokens, at - 1) not in ("kèm", "tiếp") else ""
    if token.kind in ("six_monthly", "every"):
        return token.kind
    if token.word in _EVENTS and after is not END:
        return "khi" if token.word != "khi" or not _directs(tokens, at) else "theo"
    if (token.word, after.word) in _EVENT_PAIRS:
        return token.word
    if token.kind == "number" and (after.word in _UNITS or after.kind == "every"):
        return "length"
    return "year" if token.word in ("…", "...") and after.word in _UNITS else ""


def _directs(tokens: Tokens, at: int) -> bool:
    """'Khi có chỉ đạo, hướng dẫn của cấp trên' waits for an order from above."""
    words = {t.word for t in tokens[at : at + 8]}
    return word_at(tokens, at - 1) not in ("sau", "ngay") and bool(words & {"đạo", "dẫn"})


def _standing(tokens: Tokens, at: int) -> int:
    """The place after 'thường xuyên' or 'liên tục', `at` where neither stands here."""
    pair = (word_at(tokens, at), word_at(tokens, at + 1))
    return at + 2 if pair in (("thường", "xuyên"), ("liên", "tục")) else at


def _first(tokens: Tokens) -> tuple[_Found | None, str]:
    """The first time that counts, and the first event before it."""
    at, event = 0, ""
    while at < len(tokens):
        if not event and (after := _standing(tokens, at)) > at:
            said = f"{tokens[at].word} {tokens[at + 1].word}"
            span = span_of(tokens, at, after)
            return _Found(0, after, at, Moment("at", standing=True, frame=said, span=span)), ""
        read = None if tokens[at].kind == "citation" else read_moment(tokens, at)
        if read and (word_at(tokens, at), word_at(tokens, at + 1)) != ("năm", "học"):
            bracketed = word_at(tokens, at - 1) == "(" and word_at(tokens, read[1]) == ")"
            if not event or _outweighs(read[0], event, bracketed):
                return _topical(_Found(0, read[1], at, read[0]), tokens), event
            at = read[1]
            continue
        event = event or _event(tokens, at)
        at += 1
    return None, event


def _topical(found: _Found, tokens: Tokens) -> _Found:
    """The date of "báo cáo 6 tháng đầu năm trước ngày 15/6": what comes first only names the task."""
    moment = found.moment
    colon = found.at > found.begin and word_at(tokens, found.end) == ":"
    read = read_moment(tokens, found.end + colon)
    if read is None or moment.kind not in ("at", "list") or (moment.frame and not moment.every):
        return found
    limit = read[0].kind in (*_LIMITS, "until") or (read[0].frame and read[0].unit == "day")
    if not limit or moment.unit == "day" or (moment.every and _nearer(moment, read[0])):
        return found
    return replace(found, moment=read[0], at=found.end + colon, end=read[1])


def _outweighs(moment: Moment, event: str, bracketed: bool) -> bool:
    """A date with both ends tied down counts though the phrase also names an event."""
    if event == "năm" and moment.unit == "year":
        return False  # a school year is not a year
    return (bracketed or moment.kind in _CLOSED) and (not moment.every or bool(moment.points))


def _settled(found: _Found, text: str, tokens: Tokens) -> _Found:
    """`found` with what belongs to its time: the window of a standing task, a nearer time, an event."""
    moment, end = found.moment, found.end
    if moment.standing:
        read = read_moment(tokens, end)
        if read and read[0].unit in ("year", "stretch") and not read[0].every:
            return replace(
                found, moment=replace(read[0], standing=True, frame=moment.frame), end=read[1]
            )
        return found
    if moment.kind == "from" and word_at(tokens, end) in ("đến", "tới", "cho", "-"):
        stop = next(
            (i for i in range(end, len(tokens)) if tokens[i].word in (";", "\n", "(", ",")),
            len(tokens),
        )
        event = " ".join(text[tokens[end].start : tokens[stop - 1].end].split()).strip(_STRAY)
        return replace(found, moment=replace(moment, event=event), end=stop) if event else found
    return _narrowed(found, tokens)


def _narrowed(found: _Found, tokens: Tokens) -> _Found:
    opening, at = word_at(tokens, found.end), found.end + 1
    if opening not in ("(", ",", ":") and not found.moment.every:
        return found
    at -= opening not in ("(", ",", ":")
    while opening in ("(", ",") and word_at(tokens, at) in _FINISH:
        at += 1
    read = read_moment(tokens, at, monthly=found.moment.every == "tháng")
    if read is None or (opening == "(" and word_at(tokens, read[1]) != ")"):
        return found
    nearer = _nearer(found.moment, read[0])
    if nearer is None:
        return found
    return replace(
        found, moment=replace(found.moment, narrowed=nearer), end=read[1] + (opening == "(")
    )


def _nearer(moment: Moment, inner: Moment) -> Moment | None:
    """`inner` where it is a time inside the window of `moment`, or the date of its rounds."""
    if not inner.points or inner.every or inner.following or inner.named:
        return None
    if moment.every:
        dated = moment.points or any(p.year is not None for p in inner.points)
        return None if dated else inner
    if not moment.points or moment.unit == "day" or inner.unit != "day" or moment.following:
        return None
    year = moment.points[-1].year
    near = inner.in_year(year or 2024)
    window = moment.in_year(year or 2024)
    start, end, day = window.start(), window.end(), near.end()
    inside = start and end and day and start <= day <= end
    return (inner.in_year(year) if year else inner) if inside else None


def _bullet(tokens: Tokens, at: int) -> bool:
    token = tokens[at]
    if token.kind == "line" or token.word in ("+", "•"):
        return True
    return token.word == "-" and tokens[0].word == "-" and tokens[at - 1].end < token.start


def _closing(tokens: Tokens, at: int) -> int:
    """The place after the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += (tokens[i].word == "(") - (tokens[i].word == ")")
        if depth == 0:
            return i + 1
    return at + 1


def _more(tokens: Tokens, before: _Found) -> _Found | None:
    """The next time that counts as a part of its own, None where the rest is remark."""
    at = begin = before.end
    strong, apart, blocked = "", False, False
    while at < len(tokens):
        token = tokens[at]
        if token.word == "(":
            at = _closing(tokens, at)
            continue
        if _bullet(tokens, at):
            begin, strong, apart, blocked = at + 1, "line", True, False
        elif token.word in (";", ".") and strong != "line":
            begin, strong, apart, blocked = (
                at + 1,
                ";" if token.word == ";" else strong,
                True,
                False,
            )
        elif token.word in (",", "và", "hoặc"):
            begin = at + 1 if not apart else begin
            apart = True
        read = None if token.kind == "citation" else read_moment(tokens, at)
        if read:
            years = read[0].unit == "year" and (before.moment.every or before.moment.standing)
            if (
                apart
                and not years
                and (
                    _counts(read[0], tokens, at, direct=at == begin, strong=strong, blocked=blocked)
                    or (not blocked and _closes(tokens, read, before, strong))
                )
            ):
                return _topical(_Found(begin, read[1], at, read[0]), tokens)
            at = read[1]
            continue
        blocked = blocked or token.word in _BLOCKING
        at += 1
    return None


def _counts(
    moment: Moment, tokens: Tokens, at: int, *, direct: bool, strong: str, blocked: bool
) -> bool:
    if moment.kind in _LIMITS:
        return True
    if blocked or moment.kind == "after" or moment.following:
        return False
    if moment.every:
        return bool(strong) or (direct and bool(moment.points))
    if direct or strong == "line":
        return True
    previous = word_at(tokens, at - 1)
    if previous == ":":
        return True
    if moment.unit == "year":
        return bool(moment.frame) and previous in _DOING
    return bool(moment.frame) or (strong != "" and previous in _DOING)


def _closes(tokens: Tokens, read: tuple[Moment, int], before: _Found, strong: str) -> bool:
    """Whether a time ends a clause of its own: "khởi động quý IV/2026; nghiệm thu quý I/2027"."""
    moment, end = read
    ends = token_at(tokens, end)
    dated = bool(moment.points) and all(p.year is not None for p in moment.points)
    if (
        not dated
        or moment.every
        or moment.kind in ("after", "from")
        or (ends is not END and ends.word not in (";", ",", ".", "\n"))
    ):
        return False
    return bool(strong) or (before.intro_said and moment.unit == before.moment.unit)


def _part(found: _Found, stop: int, text: str, tokens: Tokens) -> Part:
    begin = tokens[found.begin].start
    intro = " ".join(text[begin : tokens[found.at].start].replace("*", " ").split())
    tail = tokens[found.end - 1].end
    rest = text[tail:stop]
    mark = _JOINER.match(rest)
    joiner, rest = (mark.group(1), rest[mark.end() :]) if mark else ("", rest)
    rest = " ".join(rest.replace("*", " ").split()).strip(_STRAY)
    rest = re.sub(r"(?:\s*\b(?:và|hoặc))+$", "", rest).strip(_STRAY)
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
        joiner, rest = "(", rest[1:-1].strip(_STRAY)
    elif joiner == "(" and rest.endswith(")") and "(" not in rest:
        rest = rest[:-1].strip(_STRAY)
    elif joiner == "(" and ")" not in rest:
        joiner = ","
    elif rest.count(")") > rest.count("(") + (joiner == "("):
        rest = rest.rstrip(") ")
    colon = ":" if intro.endswith(":") and intro.strip(_STRAY) else ""
    span = Span(begin, begin + len(_TRAILING.sub("", text[begin:stop])))
    intro = intro.strip(_STRAY + "(") + colon
    return Part(intro, found.moment, joiner if rest else "", rest, span=span)
