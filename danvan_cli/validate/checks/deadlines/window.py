"""Times outside their window: another year (DV303), gone by (DV304), later than the city's (DV306)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.localize.locality import Locality
from danvan_cli.passage import Passage, passage_of
from danvan_cli.text import nfc
from danvan_cli.validate.checks.deadlines.times import Time, issued
from danvan_cli.validate.setting import Setting

_RELATIVE = re.compile(r"năm (?:trước|sau|liền|kế|tiếp)", re.IGNORECASE)
_OPEN = ("thuong_xuyen", "nhieu_nam")
_CLOSED = ("ngay", "truoc_ngay", "thang", "quy")


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
    said = str(years[0]) if years[0] == years[1] else f"{years[0]} - {years[1]}"
    near = replace(point, year=years[0]).name()
    message = (
        f"Thời hạn '{time.passage.text[start:stop]}' nằm ngoài năm {said} của chương trình. "
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
