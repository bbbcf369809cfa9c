"""Dates that are on no calendar (DV302), and times that run backwards (DV307)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures, real_date
from danvan_cli.grammar.deadline.moments import Point
from danvan_cli.passage import Passage
from danvan_cli.text import nfc
from danvan_cli.validate.checks.deadlines.times import Time
from danvan_cli.validate.checks.spans import citation_spans, inside
from danvan_cli.validate.setting import Setting

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_DATED = re.compile(r"(?:ngày|trước|đến|hết|hạn|nhất|từ|vào)\s+$", re.IGNORECASE)


def impossible(time: Time, _: Setting) -> Iterator[Finding]:
    """DV302 on each point of a time that is on no calendar."""
    narrowed = time.moment.narrowed.points if time.moment.narrowed else ()
    for point in (*time.moment.points, *narrowed):
        if not point.real:
            yield _impossible(time.passage, point)


def _impossible(passage: Passage, point: Point) -> Finding:
    start, end = point.span
    found = passage.text[start:end]
    if point.unit == "quarter":
        hint = "Một năm chỉ có quý I đến quý IV; sửa lại quý."
    elif point.unit == "month":
        hint = "Một năm chỉ có tháng 01 đến tháng 12; sửa lại tháng."
    else:
        return _impossible_day(passage, start, end, (point.day or 0, point.number or 0, point.year))
    return passage.finding("DV302", start, end, f"Không có thời điểm '{found}'. {hint}")


def _impossible_day(
    passage: Passage, start: int, end: int, figures: tuple[int, int, int | None]
) -> Finding:
    day, month, year = figures
    found, new = passage.text[start:end], None
    swapped = real_date(month, day, year) if year else None
    if month > 12 and swapped:
        hint, new = f"Có phải '{in_figures(swapped)}'?", in_figures(swapped)
    elif 1 <= month <= 12 and year:
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
        hint = f"Tháng {month}/{year} chỉ có {last} ngày. Sửa lại ngày."
    else:
        hint = "Sửa lại ngày, tháng."
    message = f"Không có ngày '{found}' trong lịch. {hint}"
    return passage.finding(
        "DV302", start, end, message, new if found.count("/") == 2 and new else None
    )


def impossible_in_text(passage: Passage, _: Setting) -> Iterator[Finding]:
    """DV302 on the dates of running text that are no part of a citation."""
    for found in _DATE.finditer(passage.text) if "/" in passage.text else ():
        day, month, year = (int(n) for n in found.groups())
        named = _DATED.search(nfc(passage.text[max(0, found.start() - 16) : found.start()]))
        if real_date(day, month, year) or not named:
            continue
        if not inside(found.start(), citation_spans(passage.text)):
            yield _impossible_day(passage, *found.span(), (day, month, year))


def backwards(time: Time, _: Setting) -> Iterator[Finding]:
    """DV307 on a window that ends before it begins."""
    if "nguoc" not in time.part.loi:
        return
    points = time.moment.points
    start, end = points[0].span.start, points[-1].span.end
    first, last = points[0].name(), points[-1].name()
    message = (
        f"Thời hạn '{time.passage.text[start:end]}' kết thúc trước khi bắt đầu. "
        f"Có phải 'từ {last} đến {first}'? Sửa lại ngày đầu hoặc ngày cuối."
    )
    yield time.passage.finding("DV307", start, end, message)
