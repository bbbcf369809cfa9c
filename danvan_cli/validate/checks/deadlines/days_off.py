"""DV305: the last day that counts is no working day, so the task is due earlier in truth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import from_figures, in_figures
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import CalendarFile
from danvan_cli.validate.checks.deadlines.times import Time
from danvan_cli.validate.setting import Setting

_DUE = re.compile(r"hoàn thành|xong|gửi|nộp|báo cáo|trình|hạn", re.IGNORECASE)
_SATURDAY = 5
_YEAR = re.compile(r"\d{4}")
_LONGEST = 60
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def falls_on_day_off(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV305 on a time limit by the day that falls on a day off."""
    end = time.part.ket_thuc
    if end is None or time.recurs:
        return
    moment, point = time.due
    if point.unit != "day" or point.clock:
        return
    if moment.kind == "at" and not _DUE.search(time.part.mo_dau):
        return
    if moment.kind not in ("before", "latest", "until", "at"):
        return
    one_year = setting.year_known and time.years[0] == time.years[1]
    if not one_year and not _YEAR.search(point.span.of(time.passage.text)):
        return  # Which year's day it is cannot be told.
    calendar = calendar_of(setting.catalogue)
    day = end + timedelta(moment.kind == "before")
    if not calendar.is_day_off(day) or not calendar.is_day_off(end):
        return
    last = calendar.working_day_before(end)
    message = (
        f"'{point.span.of(time.passage.text)}' rơi vào {calendar.why_off(day)}; "
        f"ngày làm việc cuối cùng trước đó là {weekday(last)}, {in_figures(last)}. "
        f"Cân nhắc ghi ngày này."
    )
    yield time.passage.finding("DV305", *point.span, message)


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
