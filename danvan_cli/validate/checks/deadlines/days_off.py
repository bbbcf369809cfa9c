"""DV305: the last day that counts is no working day, so the task is due earlier in truth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.load.working_days import calendar_of, due_off, weekday
from danvan_cli.validate.checks.deadlines.times import Time
from danvan_cli.validate.setting import Setting

_YEAR = re.compile(r"\d{4}")


def falls_on_day_off(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV305 on a time limit by the day that falls on a day off."""
    calendar = calendar_of(setting.catalogue)
    due = due_off(time.part, calendar)
    end = time.part.ket_thuc
    if due is None or end is None:
        return
    span = due.point.span
    one_year = setting.year_known and time.years[0] == time.years[1]
    if not one_year and not _YEAR.search(span.of(time.passage.text)):
        return  # Which year's day it is cannot be told.
    last = calendar.working_day_before(end)
    message = (
        f"'{span.of(time.passage.text)}' rơi vào {calendar.why_off(due.day)}; "
        f"ngày làm việc cuối cùng trước đó là {weekday(last)}, {in_figures(last)}. "
        f"Cân nhắc ghi ngày này."
    )
    yield time.passage.finding("DV305", *span, message)
