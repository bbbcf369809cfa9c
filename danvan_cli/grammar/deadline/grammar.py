"""The rules of a time: from tokens to a `Moment`.

Every rule takes the tokens and a place and gives what it read with the place after it, or None:

    moment := [frame] points [every] [following] | every
    frame  := trước | chậm nhất | đến (hết) | từ | sau | trong | vào | giai đoạn | nhiệm kỳ
"""

from __future__ import annotations

from dataclasses import replace

from danvan_cli.grammar.deadline.moments import Moment, Point, TimeKind
from danvan_cli.grammar.deadline.points import read_points
from danvan_cli.grammar.deadline.tokens import Tokens, span_of, token_at, word_at

_INTO = {"trong", "vào", "khoảng", "cả", "suốt", "quanh", "dịp", "nhân", "lúc", "hạn", "tại"}
_UP_TO = {"đến", "tới", "hết"}
_LINKS = {"là", "vào", "đến", "trong", "hết", "không", "quá", "khoảng", "tới", "muộn", "hơn"}
_FRAMES_TWO: dict[tuple[str, str], TimeKind] = {
    ("chậm", "nhất"): "latest", ("muộn", "nhất"): "latest", ("trễ", "nhất"): "latest",
    ("hạn", "cuối"): "latest", ("hạn", "chót"): "latest", ("không", "quá"): "latest",
    ("không", "muộn"): "latest", ("trước", "thời"): "before",
}  # fmt: skip
_TO_COME = {
    ",", ";", "và", "trong", "cho", "đến", "cả", ".", "-", "duy", "trì", "tiếp", "tục", "thực", "hiện",
}  # fmt: skip
_NAMED = {("giai", "đoạn"), ("nhiệm", "kỳ"), ("nhiệm", "kì"), ("thời", "kỳ")}


_NAME_OF_A_DAY = 5


def _named_day(
    tokens: Tokens, at: int, *, occasion: bool
) -> tuple[list[Point], TimeKind, int] | None:
    """A day said by its name and then its date: "trước ngày bầu cử (15/3/2026)".

    An `occasion` needs no "ngày": "dịp Quốc khánh 02/9/2026".
    """
    if word_at(tokens, at) != "ngày" and not occasion:
        return None
    stop = at + (not occasion)
    while token_at(tokens, stop).kind == "word" and stop - at <= _NAME_OF_A_DAY:
        stop += 1
    bracketed = word_at(tokens, stop) == "("
    token = token_at(tokens, stop + bracketed)
    if stop == at + (not occasion) or token.kind != "date":
        return None
    found = read_points(tokens, stop + bracketed, framed=True)
    if found is None:
        return None
    closed = bracketed and word_at(tokens, found[2]) == ")"
    return found[0], found[1], found[2] + closed


def _frame(tokens: Tokens, at: int) -> tuple[TimeKind, bool, int]:
    """The words before the points: the kind they make, whether there are any, next place."""
    pair = (word_at(tokens, at), word_at(tokens, at + 1))
    if pair in _FRAMES_TWO:
        at += 2
        while word_at(tokens, at) in _LINKS or word_at(tokens, at) in ("điểm", ":"):
            at += 1
        return (
            ("before", True, at + 1)
            if word_at(tokens, at) == "trước"
            else (_FRAMES_TWO[pair], True, at)
        )
    if pair[0] == "trước":
        return "before", True, at + 1
    if pair == ("kể", "từ"):
        return "from", True, at + 2
    if pair[0] == "từ":
        if pair[1] == "sau":
            return "after", True, at + 2
        if pair[1] == "nay":
            return (
                _frame(tokens, at + 2) if word_at(tokens, at + 2) in _UP_TO else ("at", False, at)
            )
        return "from", True, at + 1
    if pair[0] == "sau":
        return "after", True, at + 1
    if pair[0] in _UP_TO:
        while word_at(tokens, at) in _UP_TO:
            at += 1
        return ("before", True, at + 1) if word_at(tokens, at) == "trước" else ("until", True, at)
    start = at
    while word_at(tokens, at) in _INTO:
        at += 1
    return "at", at > start, at


def read_moment(tokens: Tokens, at: int, *, monthly: bool = False) -> tuple[Moment, int] | None:
    """The moment that begins at `at` and the place after it, None where none begins there.

    A day without a month is a moment only before `hằng tháng`, or where `monthly` says so.
    """
    token = token_at(tokens, at)
    if token.kind == "every" and token.word not in ("ngày", "tuần"):
        span = span_of(tokens, at, at + 1)
        return Moment(
            "at", every=token.word, times=token.numbers[0], frame="hằng", span=span
        ), at + 1
    kind, bound, after_frame = _frame(tokens, at)
    named, after = "", after_frame
    if (word_at(tokens, after), word_at(tokens, after + 1)) in _NAMED:
        named = "nhiệm kỳ" if word_at(tokens, after) == "nhiệm" else "giai đoạn"
        after += 2
    after = _counted(tokens, after)
    found = read_points(tokens, after, framed=bound or bool(named))
    occasion = word_at(tokens, after - 1) == "dịp"
    if found is None and (occasion or kind in ("before", "latest", "until")):
        found = _named_day(tokens, after, occasion=occasion)
    if found is not None and kind == "before" and found[0][0].unit == "week":
        return None
    if found is None or (named and found[0][0].unit != "year"):
        return None
    points, shape, after = found
    if kind == "from" and shape == "range":
        kind = "span"
    elif kind == "at" or (shape == "range" and kind != "before"):
        kind = shape
    years = all(p.unit == "year" for p in points)
    if years and len(points) > 1 and not named and (kind == "span" or token.kind == "year"):
        named = "giai đoạn"
    if named and kind == "span":
        kind = "range"
    frame = " ".join(t.word for t in tokens[at:after_frame]) if bound else ""
    moment, end = _tail(Moment(kind, tuple(points), named=named, frame=frame), tokens, after)
    if not (monthly or moment.every) and any(p.day and p.number is None for p in points):
        return None
    return replace(moment, span=span_of(tokens, at, end)), end


def _counted(tokens: Tokens, at: int) -> int:
    """The place after how many there are: "2 năm 2026, 2027", "4 quý năm 2026"; `at` for any other."""
    number = token_at(tokens, at)
    if number.kind != "number":
        return at
    if word_at(tokens, at + 1) == "năm" and token_at(tokens, at + 2).kind == "year":
        return at + 1
    quarters = number.numbers == (4,) and word_at(tokens, at + 1) == "quý"
    return at + 2 if quarters and token_at(tokens, at + 3).kind == "year" else at


def _tail(moment: Moment, tokens: Tokens, at: int) -> tuple[Moment, int]:
    """What may follow the points: hằng năm, and the years to come, an event that ends them."""
    link = at + (word_at(tokens, at) in (",", "(", "của"))
    token = token_at(tokens, link)
    dated = any(p.year is not None for p in moment.points)
    if token.kind == "every" and not dated and token.word in ("tháng", "quý", "năm"):
        closing = word_at(tokens, at) == "(" and word_at(tokens, link + 1) == ")"
        return replace(moment, every=token.word, times=token.numbers[0]), link + 1 + closing
    link = at
    while word_at(tokens, link) in _TO_COME:
        link += 1
    if token_at(tokens, link).kind == "following":
        if word_at(tokens, link).startswith("trở") and moment.kind in ("at", "from"):
            return replace(moment, kind="from"), link + 1
        return replace(moment, following=True), link + 1
    return moment, at
