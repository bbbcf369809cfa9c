"""Which days are worked, and whether a deadline falls on one that is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from danvan_cli.grammar.dates import from_figures
from danvan_cli.grammar.deadline.moments import Point
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import CalendarFile

_DUE = re.compile(r"hoàn thành|xong|gửi|nộp|báo cáo|trình|hạn", re.IGNORECASE)
_SATURDAY = 5
_LONGEST = 60
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class DueOff:
    """A time limit by the day that is due on a day off: the words that say when, and the day."""

    point: Point
    day: date


def due_off(part: Deadline, calendar: WorkCalendar) -> DueOff | None:
    """Where the one time `part` is due by a day that is no working day; None where it is not.

    What is due before a day is due on the working day before it, unless that is off too.
    """
    end, whole = part.ket_thuc, part.moment
    if end is None or whole is None or whole.every or whole.standing:
        return None
    moment = whole.narrowed or whole
    point = moment.points[-1]
    if point.unit != "day" or point.clock:
        return None
    if moment.kind == "at" and not _DUE.search(part.mo_dau):
        return None
    if moment.kind not in ("before", "latest", "until", "at"):
        return None
    day = end + timedelta(moment.kind == "before")
    off = calendar.is_day_off(day) and calendar.is_day_off(end)
    return DueOff(point, day) if off else None


def days_off_in(text: str, catalogue: Catalogue) -> tuple[date, ...]:
    """The days off that a deadline as written, of the catalogue's year, is due by."""
    read = read_deadline(text, catalogue.year)
    parts = (read.phan or (read,)) if read.understood else ()
    found = (due_off(part, calendar_of(catalogue)) for part in parts)
    return tuple(each.day for each in found if each is not None)


@dataclass(frozen=True)
class Holiday:
    """A holiday by name; `confirmed` is False where no official notice has been read."""

    name: str
    confirmed: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked."""

    holidays: dict[date, Holiday]
    made_up: frozenset[date]

    @classmethod
    def of(cls, file: CalendarFile) -> WorkCalendar:
        """The calendar of a file; spans whose dates cannot be read count for nothing."""
        holidays: dict[date, Holiday] = {}
        for span in file.nghi:
            first, last = from_figures(span.tu_ngay), from_figures(span.den_ngay)
            if first is None or last is None:
                continue
            named = Holiday(str(span.ten), span.xac_nhan is None)
            for n in range(min((last - first).days + 1, _LONGEST)):
                holidays.setdefault(first + timedelta(n), named)
        days = (from_figures(work.ngay) for work in file.lam_bu)
        return cls(holidays, frozenset(day for day in days if day))

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that `day` belongs to."""
        return None if day in self.made_up else self.holidays.get(day)

    def is_day_off(self, day: date) -> bool:
        """Whether offices that work Monday to Friday are closed on `day`."""
        if day in self.made_up:
            return False
        return day.weekday() >= _SATURDAY or day in self.holidays

    def working_day_before(self, day: date) -> date:
        """The last working day before `day`, which itself does not count."""
        earlier = day - timedelta(1)
        while self.is_day_off(earlier):
            earlier -= timedelta(1)
        return earlier

    def why_off(self, day: date) -> str:
        """What makes `day` a day off, in words: "Chủ nhật", "kỳ nghỉ Quốc khánh"."""
        holiday = self.holiday(day)
        if holiday is None:
            return weekday(day)
        doubt = "" if holiday.confirmed else ", lịch nghỉ chưa có thông báo chính thức"
        return f"kỳ nghỉ {holiday.name}{doubt}"


@lru_cache(maxsize=8)
def calendar_of(catalogue: Catalogue) -> WorkCalendar:
    """The calendar of a catalogue, built once."""
    return WorkCalendar.of(catalogue.calendar)


def weekday(day: date) -> str:
    """The name of the day of the week, in the middle of a sentence."""
    return _WEEKDAYS[day.weekday()]
