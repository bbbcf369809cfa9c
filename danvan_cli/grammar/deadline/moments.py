"""Times as values: a day, month, quarter, stretch of months or year, and what a phrase makes of it.

`Point` is the time named, `Moment` how the phrase uses it (in it, before it, from one to another,
every year). Both know their first and last day and how a careful clerk prints them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from danvan_cli.grammar.dates import day_of, month_of, real_date
from danvan_cli.grammar.deadline.tokens import LAST_WEEK
from danvan_cli.grammar.spans import NO_SPAN, Span

TimeUnit = Literal["day", "week", "month", "quarter", "stretch", "year"]
TimeKind = Literal["at", "list", "range", "span", "before", "latest", "until", "from", "after"]

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_LEAP = 2024  # 29/02 without a year is a day; 30/02 is not
_COMMON = 2023  # a yearly deadline must exist every year


@dataclass(frozen=True)
class Point:
    """A time that is named, as far as it is: `year` and `number` may be missing.

    `number` is the month of a day, week or month, the quarter, or the months of a stretch (6 the first
    six months of the year, -6 the last six); `year_shift` is 1 for 'năm sau', -1 for 'năm trước'. `span` is where it
    stands, its year with it where the two are written together. `day` of a week is which of its
    month: the first is from the 1st to the 7th, 9 the last.
    """

    unit: TimeUnit
    year: int | None = None
    number: int | None = None
    day: int | None = None
    clock: str = ""
    edge: str = ""
    year_shift: int = 0
    span: Span = field(default=NO_SPAN, compare=False)

    @property
    def real(self) -> bool:
        """False where the calendar has no such day, month or quarter."""
        number = self.number
        if self.unit == "year" or number is None:
            return self.day is None or 1 <= self.day <= 31
        if self.unit == "week":
            return 1 <= number <= 12
        if self.unit == "day":
            return real_date(self.day or 0, number, self.year or _LEAP) is not None
        if self.unit == "stretch":
            return 1 <= abs(number) <= 11
        return 1 <= number <= (12 if self.unit == "month" else 4)

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month of the point."""
        number = self.number or 1
        if self.unit == "year":
            return 1, 12
        if self.unit == "quarter":
            return 3 * number - 2, 3 * number
        if self.unit == "stretch":
            return (1, number) if number > 0 else (13 + number, 12)
        return number, number

    def first(self) -> date | None:
        """The first day, None where the year is unknown or the calendar has no such day."""
        if self.year is None or not self.real or (self.unit != "year" and self.number is None):
            return None
        if self.unit == "week":
            return self._week()[0]
        return real_date(self.day or 1, self.months[0], self.year)

    def _week(self) -> tuple[date, date]:
        """The first and the last day of a week of a month."""
        year, month = self.year or _LEAP, self.number or 1
        days = monthrange(year, month)[1]
        first = 7 * (self.day or 1) - 6
        first = days - 6 if first > days else first
        return date(year, month, first), date(year, month, min(first + 6, days))

    def last(self) -> date | None:
        """The last day, None as in `first`."""
        first = self.first()
        if first is None or self.unit == "day":
            return first
        if self.unit == "week":
            return self._week()[1]
        month = self.months[1]
        return date(first.year, month, monthrange(first.year, month)[1])

    def name(self, *, year: bool = True) -> str:
        """The point as printed, in the middle of a sentence: `quý II/2026`, `ngày 05/6/2026`."""
        edge = f"{self.edge} " if self.edge else ""
        return edge + self._clocked(self._named(self.year if year else None))

    def _clocked(self, text: str) -> str:
        return f"{self.clock} {text}" if self.clock else text

    def _named(self, year: int | None) -> str:
        number, slash = self.number or 0, f"/{year}" if year is not None else ""
        other = {1: " sau", -1: " trước"}.get(self.year_shift, "") if year is None else ""
        if other:
            slash = f" năm{other}"
        if self.unit == "day":
            if self.number is None:
                return f"ngày {day_of(self.day or 0)}"
            return f"ngày {day_of(self.day or 0)}/{month_of(number)}{slash}"
        if self.unit == "month":
            return f"tháng {month_of(number)}{slash}"
        if self.unit == "week":
            week = "cuối" if self.day == LAST_WEEK else self.day
            return f"tuần {week} tháng {month_of(number)}{slash}"
        if self.unit == "quarter":
            return f"quý {_ROMAN.get(number, number)}{slash}"
        ending = other or (f" {year}" if year else "")
        if self.unit == "stretch":
            return f"{abs(number)} tháng {'đầu' if number > 0 else 'cuối'} năm{ending}"
        return f"năm{ending}"


@dataclass(frozen=True)
class Moment:
    """What a phrase says of one or more points.

    `named` is the word of a named period (giai đoạn, nhiệm kỳ), `every` the unit of a recurring
    time and `times` how often in it, `following` whether later years are meant too, `event` what ends a window that no date ends
    (`đến ngày bầu cử`), `frame` the words that tie the time to the task (trong, vào, trước, ...),
    `narrowed` a nearer time given in passing: `Quý I/2026 (trước ngày 20/3)`. `span` is where the
    phrase stands, its frame with it.
    """

    kind: TimeKind
    points: tuple[Point, ...] = ()
    named: str = ""
    every: str = ""
    times: int = 0
    following: bool = False
    standing: bool = False
    event: str = ""
    frame: str = ""
    narrowed: Moment | None = None
    span: Span = field(default=NO_SPAN, compare=False)

    @property
    def unit(self) -> TimeUnit | None:
        """The unit of the last point, None where the moment names none."""
        return self.points[-1].unit if self.points else None

    def in_year(self, year: int | None) -> Moment:
        """The moment with the programme's `year` wherever the phrase gives none."""
        if year is None or self.every:
            return self
        points = tuple(
            p if p.year is not None else replace(p, year=year + p.year_shift) for p in self.points
        )
        narrowed = self.narrowed.in_year(year) if self.narrowed else None
        return replace(self, points=points, narrowed=narrowed)

    def placed(self, offsets: Sequence[int]) -> Moment:
        """The moment with its spans and those of its points led back through `offsets`."""
        points = tuple(replace(p, span=_back(p.span, offsets)) for p in self.points)
        narrowed = self.narrowed.placed(offsets) if self.narrowed else None
        return replace(self, points=points, narrowed=narrowed, span=_back(self.span, offsets))

    def start(self) -> date | None:
        """The first day of the window; None for one day, a limit, or a year unknown."""
        if not self.points or self.every or self.kind in ("before", "latest", "until"):
            return None
        if self.kind == "after":
            last = self.points[0].last()
            return last + timedelta(1) if last else None
        if self.kind == "at" and self.unit == "day" and not self.following:
            return None
        firsts = [p.first() for p in self.points]
        if self.kind == "list" and None not in firsts:
            return min(day for day in firsts if day)
        return firsts[0]

    def end(self) -> date | None:
        """The last day that counts; None where there is none or it cannot be known."""
        if not self.points or self.every or self.following or self.kind in ("from", "after"):
            return None
        if self.event:
            return None
        if self.narrowed and self.narrowed.end():
            return self.narrowed.end()
        return self._limit(list(self.points))

    def _limit(self, points: list[Point]) -> date | None:
        if self.kind == "before":
            days = [p.first() for p in points]
            if None in days:
                return None
            # Before an hour of a day, the day itself still counts.
            return max(d for d in days if d) - timedelta(0 if points[-1].clock else 1)
        days = [p.last() for p in points]
        if self.kind == "list":
            return max(d for d in days if d) if None not in days else None
        return days[-1]

    def rounds(self) -> tuple[str | None, str | None]:
        """First and last day of each round of a recurring time: MM-DD, or DD within a month."""
        source = self.narrowed if self.narrowed and not self.points else self
        if not self.every or not source.points:
            return None, None
        if self.every == "tháng" or source.points[-1].number is None:
            return source._monthly()
        points = [replace(p, year=_COMMON) if p.year is None else p for p in source.points]
        last = source._limit(points) or source._limit([replace(p, year=_LEAP) for p in points])
        first = replace(source, every="", points=tuple(points), narrowed=None).start()
        return (f"{first:%m-%d}" if first else None), (f"{last:%m-%d}" if last else None)

    def _monthly(self) -> tuple[str | None, str | None]:
        days = [p.day for p in self.points if p.day]
        if not days or not all(1 <= day <= 31 for day in days):
            return None, None
        last = days[-1] - (self.kind == "before") or 31
        first = f"{days[0]:02d}" if self.kind in ("span", "range", "list") else None
        return first, f"{last:02d}"

    def faults(self) -> tuple[str, ...]:
        """Codes of what is wrong with the dates: `ngay-khong-co`, `nguoc`."""
        found = [] if all(p.real for p in self.points) else ["ngay-khong-co"]
        if self.kind in ("range", "span") and len(self.points) > 1:
            first, last = self.points[0].first(), self.points[-1].last()
            if first is None and not found:
                first = replace(self.points[0], year=_LEAP).first()
                last = replace(self.points[-1], year=_LEAP).last()
                last = None if self.every else last
            if first and last and last < first:
                found.append("nguoc")
        if self.narrowed:
            found += [code for code in self.narrowed.faults() if code not in found]
        return tuple(found)


def _back(span: Span, offsets: Sequence[int]) -> Span:
    return Span(offsets[span.start], offsets[span.end])


def printed(moment: Moment) -> str:
    """The moment as a careful clerk prints it in the middle of a sentence."""
    text = moment.event if moment.event and not moment.points else _framed(moment)
    if moment.standing:
        standing = moment.frame or "thường xuyên"
        text = f"{standing} trong {text}" if moment.points else standing
    elif moment.every:
        often = f"{moment.times:02d} lần/" if moment.times else "hằng "
        text = f"{text} {often}{moment.every}".strip()
    if moment.following:
        text += " và các năm tiếp theo"
    if moment.narrowed:
        text += f" ({printed(moment.narrowed)})"
    return text


_FRAMES = {
    "at": "{}", "before": "trước {}", "latest": "chậm nhất {}", "until": "đến hết {}",
    "from": "từ {}", "after": "sau {}",
}  # fmt: skip


def _framed(moment: Moment) -> str:
    points = moment.points
    if not points:
        return ""
    if moment.event:
        return f"từ {points[0].name()} {moment.event}"
    if moment.kind == "span" or (moment.kind == "range" and moment.unit == "day"):
        return f"từ {points[0].name()} đến {points[-1].name()}"
    if moment.unit == "year" and all(p.unit == "year" and p.year for p in points):
        years = (" - " if moment.kind == "range" else ", ").join(str(p.year) for p in points)
        head = f"{points[0].edge} năm".strip()
        years = f"{moment.named or head} {years}"
    else:
        years = _listed(points, moment.kind == "range")
    if moment.kind == "until" and points[0].edge:
        return f"đến {years}"
    return _FRAMES.get(moment.kind, "{}").format(years)


def _listed(points: tuple[Point, ...], ranged: bool) -> str:
    names = [p.name() for p in points]
    if len(points) > 1 and points[0].unit in ("month", "quarter") and _alike(points):
        # One unit and one year said once: tháng 5 và 10/2026, quý II - III/2026.
        names = [p.name() if p is points[-1] else p.name(year=False) for p in points]
        names[1:] = [name.split(" ", 1)[1] for name in names[1:]]
    if ranged or len(names) == 1:
        return " - ".join(names)
    return ", ".join(names[:-1]) + " và " + names[-1]


def _alike(points: tuple[Point, ...]) -> bool:
    return len({(p.unit, p.year, p.year_shift, p.edge, p.clock) for p in points}) == 1 and not (
        points[0].edge or points[0].clock
    )
