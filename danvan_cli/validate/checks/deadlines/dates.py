"""Times of deadlines against the calendar, the years of their document, and the city's deadline.

Not on the calendar (DV302), backwards (DV307), of another year (DV303), over already (DV304), on a
day off (DV305), later than the city asks (DV306).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures, real_date
from danvan_cli.grammar.deadline.moments import Point
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.load.working_days import calendar_of, due_off, weekday
from danvan_cli.localize.locality import Locality
from danvan_cli.passage import Passage, passage_of
from danvan_cli.text import nfc
from danvan_cli.validate.checks.deadlines.times import Time, issued
from danvan_cli.validate.checks.spans import citation_spans, inside
from danvan_cli.validate.setting import Setting

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_DATED = re.compile(r"(?:ngày|trước|đến|hết|hạn|nhất|từ|vào)\s+$", re.IGNORECASE)
_RELATIVE = re.compile(r"năm (?:trước|sau|liền|kế|tiếp)", re.IGNORECASE)
_OPEN = ("thuong_xuyen", "nhieu_nam")
_CLOSED = ("ngay", "truoc_ngay", "thang", "quy")
_FOUR_FIGURES = re.compile(r"\d{4}")


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


def outside_years(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV303 on a time wholly outside the years it may fall in; reports due next January are not."""
    part, years = time.part, time.years
    end = part.ket_thuc
    if not setting.year_known or _RELATIVE.search(nfc(time.passage.text)):
        return
    if time.recurs or end is None or part.loai in ("nhieu_nam", "giai_doan", "khac"):
        return
    if years[0] <= end.year <= years[1] or not time.moment.points:
        return
    begin = part.bat_dau or end
    if begin.year <= years[1] and end.year >= years[0]:
        return
    if end <= date(years[1] + 1, 1, 31) and end.year > years[1]:
        return
    written = setting.issued or setting.since
    if written is not None and written <= end and end.year < years[0]:
        return  # Made ready between the day a plan is signed and its first year.
    point = time.due[1]
    start, stop = point.span
    period = str(years[0]) if years[0] == years[1] else f"{years[0]} - {years[1]}"
    near = replace(point, year=years[0]).name()
    message = (
        f"Thời hạn '{time.passage.text[start:stop]}' nằm ngoài năm {period} của chương trình. "
        f"Có phải '{near}'? Sửa lại năm nếu chép từ văn bản của năm khác."
    )
    yield time.passage.finding("DV303", start, stop, message)


def before_document(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV304 on a time over before the document, or the decision it carries out, was issued."""
    day, what = issued(setting)
    end = time.part.ket_thuc
    if day is None or end is None or end >= day or time.recurs:
        return
    if _RELATIVE.search(nfc(time.passage.text)):
        return  # "31/12 năm trước liền kề": of each year's report, which year the text leaves open.
    start, stop = time.due[1].span
    message = (
        f"Thời hạn '{time.passage.text[start:stop]}' đã qua trước ngày {what} "
        f"({in_figures(day)}). Đặt thời hạn sau ngày đó."
    )
    yield time.passage.finding("DV304", start, stop, message)


def falls_on_day_off(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV305 on a time limit by the day that falls on a day off."""
    calendar = calendar_of(setting.catalogue)
    due = due_off(time.part, calendar)
    end = time.part.ket_thuc
    if due is None or end is None:
        return
    span = due.point.span
    one_year = setting.year_known and time.years[0] == time.years[1]
    if not one_year and not _FOUR_FIGURES.search(span.of(time.passage.text)):
        return  # Which year's day it is cannot be told.
    last = calendar.working_day_before(end)
    message = (
        f"'{span.of(time.passage.text)}' rơi vào {calendar.why_off(due.day)}; "
        f"ngày làm việc cuối cùng trước đó là {weekday(last)}, {in_figures(last)}. "
        f"Cân nhắc ghi ngày này."
    )
    yield time.passage.finding("DV305", *span, message)


def later_than_city(locality: Locality, setting: Setting) -> Iterator[Finding]:
    """DV306 on the deadlines a unit gives to tasks of the city."""
    for change in locality.profile.sua_doi:
        task = locality.catalogue.tasks.get(change.ma)
        if task is None or change.thoi_gian is None:
            continue
        variant = next((v for v in task.bien_the if locality.holds(v.khi)), None)
        city = (variant.thoi_gian if variant else None) or task.thoi_gian
        if city is not None:
            own = passage_of(change.thoi_gian, "thoi_gian", f"{change.ma}.thoi_gian")
            yield from later(own, city, setting)


def later(own: Passage, city: str, setting: Setting) -> Iterator[Finding]:
    """DV306 where the deadline `own` ends after the deadline `city` of the task it comes from."""
    if "{" in own.text or not own.text.strip():
        return
    mine, theirs = read_deadline(own.text, setting.year), read_deadline(city, setting.year)
    if not (mine.understood and theirs.understood) or mine.loi or theirs.loi:
        return
    if not _ends_later(mine, theirs):
        return
    latest = next((p for p in mine.phan if p.ket_thuc == mine.ket_thuc), mine)
    moment = latest.moment
    times = (moment.narrowed or moment).points if moment else ()
    start, end = times[-1].span if times else latest.span
    message = (
        f"Thời hạn '{own.text[start:end]}' muộn hơn thời hạn của {setting.catalogue.noun}: '{city.strip()}'. "
        f"Đặt thời hạn không muộn hơn, hoặc nêu lý do trong hồ sơ đơn vị."
    )
    yield own.finding("DV306", start, end, message)


def _ends_later(mine: Deadline, theirs: Deadline) -> bool:
    if mine.ket_thuc and theirs.ket_thuc:
        return mine.ket_thuc > theirs.ket_thuc
    if mine.lap and theirs.lap and mine.loai == theirs.loai:
        return mine.lap > theirs.lap
    return mine.loai in _OPEN and theirs.loai in _CLOSED and theirs.ket_thuc is not None
