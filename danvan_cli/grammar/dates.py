"""Dates as Vietnamese administrative documents write them.

Printing follows Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4: days below 10 and months 1 and 2
take a leading zero, months 3 to 9 do not (`05/6/2026`, `ngày 05 tháng 01 năm 2026`).
"""

from __future__ import annotations

import re
from datetime import date

IN_FIGURES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
"""Day, month and year."""


def day_of(day: int) -> str:
    """The day of the month as printed: 05, 21."""
    return f"{day:02d}"


def month_of(month: int) -> str:
    """The month as printed: 01, 02, then 3 to 12 without a zero."""
    return f"{month:02d}" if month < 3 else str(month)


def in_figures(day: date) -> str:
    """`day` as 05/6/2026."""
    return f"{day_of(day.day)}/{month_of(day.month)}/{day.year}"


def real_date(day: int, month: int, year: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_figures(text: str) -> date | None:
    """The date written as 05/6/2026 (or 5/06/2026); None for any other form or no such day."""
    found = IN_FIGURES.fullmatch(text.strip())
    return real_date(*map(int, found.groups())) if found else None
