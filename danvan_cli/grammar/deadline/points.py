"""The points of time that a phrase names, from tokens: days, weeks, months, quarters, years.

points := point { (và | , | - | đến) (point | short point) }
point  := [clock] [weekday] [đầu | giữa | cuối] (day | month | quarter | stretch | year)
"""

from __future__ import annotations

from dataclasses import replace

from danvan_cli.grammar.deadline.moments import Point, TimeKind, TimeUnit
from danvan_cli.grammar.deadline.tokens import END, Tokens, quarter_of, span_of, token_at, word_at

_EDGES = {"đầu", "giữa", "cuối"}
_DAY_WORDS = {"ngày", "ngay", "mùng", "mồng", "hôm"}
_LISTS = {",", "và", "+", "&", "hoặc"}


def _year(tokens: Tokens, at: int) -> tuple[int | None, int, int]:
    """The year that belongs to what stands before `at`: year, shift ('năm sau'), next place."""
    here = at
    mark = word_at(tokens, here)
    if mark in ("/", "-", ",", ".", "(", "của"):
        here += 1
    if word_at(tokens, here) == "năm" and token_at(tokens, here + 1).kind == "year":
        closed = mark == "(" and word_at(tokens, here + 2) == ")"
        return tokens[here + 1].numbers[0], 0, here + 2 + closed
    token = token_at(tokens, here)
    dotted = mark == "." and tokens[at - 1].end + 1 == token.start
    if token.kind == "year" and (dotted or mark not in (",", ".", "(")):
        return token.numbers[0], 0, here + 1
    if token.kind == "other_year" and here == at:
        return None, token.numbers[0], here + 1
    return None, 0, at


def _dated(point: Point, tokens: Tokens, at: int) -> tuple[Point, int]:
    year, shift, after = _year(tokens, at)
    return replace(point, year=year, year_shift=shift), after


def _day(tokens: Tokens, at: int, *, said: bool) -> tuple[Point, int] | None:
    token, after = token_at(tokens, at), token_at(tokens, at + 1)
    if token.kind == "date":
        day, month, year = token.numbers
        return Point("day", year, month, day), at + 1
    if token.kind == "day_month":
        day, month = token.numbers
        return _dated(Point("day", None, month, day), tokens, at + 1)
    if token.kind != "number" or len(token.numbers) != 1 or token.numbers[0] > 99:
        return None
    day = token.numbers[0]
    if after.kind == "month" and after.numbers and (said or after.word[:1] == "t"):
        return _dated(Point("day", None, after.numbers[0], day), tokens, at + 2)
    if said:
        return Point("day", None, None, day), at + 1
    if after.word in ("-", "đến", "tới") and _whole_day(tokens, at + 2):
        return Point("day", None, None, day), at + 1
    return None


def _whole_day(tokens: Tokens, at: int) -> bool:
    """Whether a day with its month stands at `at`, so that "10 - 15/6" begins with a day."""
    while word_at(tokens, at) in ("hết", "ngày"):
        at += 1
    token = token_at(tokens, at)
    if token.kind == "number":
        return token_at(tokens, at + 1).kind == "month"
    return token.kind in ("date", "day_month")


def _calendar(tokens: Tokens, at: int, *, framed: bool) -> tuple[Point, int] | None:
    """A month, quarter, stretch of months or year."""
    token = token_at(tokens, at)
    if token.kind == "week":
        return _week(tokens, at)
    units: dict[str, TimeUnit] = {"month": "month", "quarter": "quarter", "stretch": "stretch"}
    if token.kind in units and token.numbers:
        return _dated(Point(units[token.kind], None, token.numbers[0]), tokens, at + 1)
    if token.kind == "month_year" and token.numbers[0] <= 12:
        return Point("month", token.numbers[1], token.numbers[0]), at + 1
    if token.word == "năm" and token_at(tokens, at + 1).kind == "year":
        return Point("year", tokens[at + 1].numbers[0]), at + 2
    if token.kind == "other_year" and token.numbers[0] > 0:
        return Point("year", year_shift=1), at + 1
    if token.kind == "year":
        ranged = word_at(tokens, at + 1) == "-" and token_at(tokens, at + 2).kind == "year"
        if framed or ranged or _alone(tokens, at):
            return Point("year", token.numbers[0]), at + 1
    after = token_at(tokens, at + 1)
    alone = after.kind not in ("number", "word") or after.word in ("đến", "tới")
    if token.word == "năm" and framed and alone:
        return Point("year"), at + 1
    return None


def _week(tokens: Tokens, at: int) -> tuple[Point, int] | None:
    """A week of a month: "tuần 3 tháng 01/2026"."""
    after = at + 1 + (word_at(tokens, at + 1) == "của")
    month = token_at(tokens, after)
    if month.kind != "month" or not month.numbers:
        return None
    return _dated(Point("week", None, month.numbers[0], tokens[at].numbers[0]), tokens, after + 1)


def _alone(tokens: Tokens, at: int) -> bool:
    """Whether nothing but marks stands beside the token: a bare 2026 is a year only then."""
    return all(i == at or t.kind in ("mark", "line") for i, t in enumerate(tokens))


def _point(tokens: Tokens, at: int, *, framed: bool = False) -> tuple[Point, int] | None:
    clock, edge, said = "", "", -1
    while True:
        token = token_at(tokens, at)
        if token.kind == "clock":
            clock = " ".join(token.word.split())
        elif _is_edge(tokens, at) and not edge:
            edge = " ".join(token.word.split())
            framed = True
        elif token.word in _DAY_WORDS and said < 0:
            said = at
        elif not (
            token.kind == "weekday" or (token.word == "," and (clock or _weekday(tokens, at)))
        ):
            break
        at += 1
    found = _day(tokens, at, said=said >= 0)
    if found is None and said < 0 and not clock:
        found = _calendar(tokens, at, framed=framed)
    if found is None:
        return None
    in_words = said >= 0 and token_at(tokens, at).kind == "number"
    span = span_of(tokens, said if in_words else at, found[1])
    return replace(found[0], clock=clock, edge=edge, span=span), found[1]


def _is_edge(tokens: Tokens, at: int) -> bool:
    """Whether "đầu", "cuối", "trung tuần" stands at `at`, before a time it is the edge of."""
    token = token_at(tokens, at)
    if token.kind == "edge":
        return True
    return token.word in _EDGES and token_at(tokens, at + 1).kind != "year"


def _weekday(tokens: Tokens, at: int) -> bool:
    return token_at(tokens, at - 1).kind == "weekday"


def _short(tokens: Tokens, at: int, unit: TimeUnit) -> tuple[Point, int] | None:
    """A point that leaves its unit to the one before: `Quý I, II`, `tháng 3 - 5/2026`."""
    found = _short_point(tokens, at, unit)
    return (replace(found[0], span=span_of(tokens, at, found[1])), found[1]) if found else None


def _short_point(tokens: Tokens, at: int, unit: TimeUnit) -> tuple[Point, int] | None:
    token = token_at(tokens, at)
    number = quarter_of(token.word) if unit == "quarter" else None
    if unit in ("month", "quarter") and token.kind == "month_year":
        whole = token.numbers[0] <= (12 if unit == "month" else 4)
        return (Point(unit, token.numbers[1], token.numbers[0]), at + 1) if whole else None
    if unit == "year":
        return (Point("year", token.numbers[0]), at + 1) if token.kind == "year" else None
    if token.kind == "number" and len(token.numbers) == 1:
        number = token.numbers[0]
    if number is None or not _ends(tokens, at + 1):
        return None
    if unit == "day":
        day = _day(tokens, at, said=True)
        return day if day else None
    if unit in ("month", "quarter") and number <= (12 if unit == "month" else 4):
        return _dated(Point(unit, None, number), tokens, at + 1)
    return None


def _ends(tokens: Tokens, at: int) -> bool:
    """Whether a short point may end here: "Tháng 5, 10 năm 2026" but not "Tháng 5, 10 lượt"."""
    token = token_at(tokens, at)
    if token.kind in ("word", "number"):
        return token.word in ("và", "đến", "năm", "hoặc", "của")
    return token.kind != "six_monthly"


def _link(tokens: Tokens, at: int) -> tuple[bool, int] | None:
    """What joins two points: whether it makes them a range, and the place of the second."""
    word = word_at(tokens, at)
    if word in ("cho", "kéo") and word_at(tokens, at + 1) in ("đến", "dài"):
        return _link(tokens, at + 1)
    if word in ("-", "đến", "tới"):
        at += 1
        while word_at(tokens, at) in ("hết", "cuối") and token_at(tokens, at + 1) is not END:
            at += 1
        return True, at
    if word in _LISTS:
        at += 1
        at += word == "," and word_at(tokens, at) == "và"
        return False, at + (word_at(tokens, at) in ("trong", "vào"))
    return None


def read_points(
    tokens: Tokens, at: int, *, framed: bool
) -> tuple[list[Point], TimeKind, int] | None:
    """The points that begin at `at`, how they stand to each other, and the place after them."""
    first = _point(tokens, at, framed=framed)
    if first is None:
        return None
    kind: TimeKind = "at"
    points, at = [first[0]], first[1]
    while kind != "range" and (link := _link(tokens, at)):
        ranged, place = link
        unit = points[-1].unit
        after = _after(tokens, place, unit, ranged)
        if after is None or (not ranged and after[0].unit != unit):
            break
        points.append(after[0])
        kind, at = "range" if ranged else "list", after[1]
        if ranged:
            points = [points[0], points[-1]]
    return _completed(points), kind, at


def _after(tokens: Tokens, at: int, unit: TimeUnit, ranged: bool) -> tuple[Point, int] | None:
    """The point after a link. After a quarter "2/2026" is a quarter, elsewhere a month."""
    if unit == "quarter" and token_at(tokens, at).kind == "month_year":
        return _short(tokens, at, unit)
    return _point(tokens, at, framed=ranged) or _short(tokens, at, unit)


def _completed(points: list[Point]) -> list[Point]:
    """Month and year filled in from the neighbour that has them, the later one first."""
    done = list(points)
    for step in (range(len(done) - 2, -1, -1), range(1, len(done))):
        for i in step:
            near = done[i + 1] if step.step < 0 else done[i - 1]
            if done[i].unit == "day" and done[i].number is None and near.unit == "day":
                done[i] = replace(done[i], number=near.number)
            if done[i].year is None and not done[i].year_shift:
                done[i] = replace(done[i], year=near.year, year_shift=near.year_shift)
    return done
