"""What rules of deadlines look at: a cell that says when, and each time it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from danvan_cli.grammar.dates import from_figures
from danvan_cli.grammar.deadline.moments import Moment, Point
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.passage import Passage
from danvan_cli.validate.setting import Setting

Years = tuple[int, int]
_PERIOD = re.compile(
    r"(?:giai đoạn|nhiệm kỳ)\s+(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:[-–—]|đến)\s*(?:năm\s+)?(\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DeadlineCell:
    """A deadline where it stands, and the first and last year it may fall in."""

    passage: Passage
    deadline: Deadline
    years: Years

    def times(self) -> tuple[Time, ...]:
        """The times it names, in order; none where it is not understood."""
        if not self.deadline.understood:
            return ()
        parts = self.deadline.phan or (self.deadline,)
        return tuple(Time(self.passage, p, p.moment, self.years) for p in parts if p.moment)


@dataclass(frozen=True)
class Time:
    """One time of a deadline: the part that says it, and what it means."""

    passage: Passage
    part: Deadline
    moment: Moment
    years: Years

    @property
    def due(self) -> tuple[Moment, Point]:
        """What says when the task ends: a nearer time given in passing, and its last point."""
        last = self.moment.narrowed or self.moment
        return last, last.points[-1]

    @property
    def recurs(self) -> bool:
        """Whether it is no one time: every year, all the time."""
        return bool(self.moment.every or self.moment.standing)


def deadline_cell(
    passage: Passage, setting: Setting, years: Years | None = None
) -> DeadlineCell | None:
    """The deadline that a passage is; None where its placeholders are yet to be filled.

    `years` are those of the programme unless given (see `period_of`).
    """
    if "{" in passage.text or not any(c.isalnum() for c in passage.text):
        return None
    deadline = read_deadline(passage.text, setting.year)
    return DeadlineCell(passage, deadline, years or (setting.year, setting.year))


def period_of(passages: Iterable[Passage], setting: Setting) -> Years:
    """The years a document is for: those of the period in its headings, else the programme's."""
    years = [setting.year]
    for passage in passages:
        if passage.role == "tieu_de":
            years += [int(y) for pair in _PERIOD.findall(passage.text) for y in pair]
    return min(years), max(years)


def issued(setting: Setting) -> tuple[date | None, str]:
    """The day before which no deadline can fall, and whose day it is."""
    if setting.issued:
        return setting.issued, "của văn bản"
    if not setting.rests_on_city:
        return None, ""
    catalogue = setting.catalogue
    decision = next((d for d in catalogue.legal if d.ma == catalogue.edition.van_ban), None)
    if decision is None or decision.ngay is None:
        return None, ""
    return from_figures(decision.ngay), f"ban hành {decision.loai} số {decision.so_hieu}"
