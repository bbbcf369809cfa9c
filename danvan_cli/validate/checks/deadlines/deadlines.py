"""Checks of deadlines (DV301 to DV309): dates that do not exist, come too late or too early."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import from_figures, in_figures, real_date
from danvan_cli.grammar.deadline.moments import Moment, Point
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.passage import Passage
from danvan_cli.text import nearest, nfc
from danvan_cli.validate.checks.deadlines.calendar import calendar_of, weekday
from danvan_cli.validate.checks.deadlines.forms import loose_forms
from danvan_cli.validate.checks.deadlines.reports import due_point, reported_early
from danvan_cli.validate.checks.spans import citation_spans
from danvan_cli.validate.setting import Setting

UNCLEAR, IMPOSSIBLE, OTHER_YEAR = "DV301", "DV302", "DV303"
BEFORE_DOCUMENT, DAY_OFF, LATER_THAN_CITY = "DV304", "DV305", "DV306"
BACKWARDS, LOOSE_FORM = "DV307", "DV309"

_USUAL = ("Thường xuyên", "Hằng tháng", "Hằng quý", "Hằng năm")
_PERIOD = re.compile(
    r"(?:giai đoạn|nhiệm kỳ)\s+(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:[-–—]|đến)\s*(?:năm\s+)?(\d{4})",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_DATED = re.compile(r"(?:ngày|trước|đến|hết|hạn|nhất|từ|vào)\s+$", re.IGNORECASE)
_DUE = re.compile(r"hoàn thành|xong|gửi|nộp|báo cáo|trình|hạn", re.IGNORECASE)
_RELATIVE = re.compile(r"năm (?:trước|sau|liền|kế|tiếp)", re.IGNORECASE)
_MEASURE = re.compile(
    r"\d\s*(?:h|g|giờ|phút|%|điểm|người|buổi|lần|ngày|tuần|tháng|năm)(?!\w)|\dh\d|\d\s*/\s*\d{3}",
    re.IGNORECASE,
)
"""A clock, a length of time, a score: something else than a day to be ready by."""
_OPEN = ("thuong_xuyen", "nhieu_nam")
_CLOSED = ("ngay", "truoc_ngay", "thang", "quy")


def check_passage(
    passage: Passage, setting: Setting, years: tuple[int, int] | None = None
) -> Iterator[Finding]:
    """DV301 to DV305, DV307 to DV309 on a deadline; DV302 on the dates of any other text.

    `years` are the first and last year a deadline may fall in, the programme's year unless given
    (see `period_of`). A text with placeholders is judged once they are filled.
    """
    if passage.role != "thoi_gian":
        yield from _impossible_in_text(passage)
        return
    if "{" in passage.text or not any(c.isalnum() for c in passage.text):
        return
    deadline = read_deadline(passage.text, setting.year)
    if not deadline.understood:
        if not _MEASURE.search(nfc(passage.text)):
            yield _unclear(passage, deadline, setting)
        return
    for part in deadline.phan or (deadline,):
        yield from _part(passage, part, setting, years or (setting.year, setting.year))
    yield from _loose(passage, deadline, setting)


def period_of(passages: Iterable[Passage], setting: Setting) -> tuple[int, int]:
    """The years a document is for: those of the period in its headings, else the programme's."""
    years = [setting.year]
    for passage in passages:
        if passage.role == "tieu_de":
            years += [int(y) for pair in _PERIOD.findall(passage.text) for y in pair]
    return min(years), max(years)


def _unclear(passage: Passage, deadline: Deadline, setting: Setting) -> Finding:
    start, end = deadline.span
    said = passage.text[start:end]
    near = nearest(said, _USUAL, cutoff=0.75)
    hint = (
        f"Có phải '{near}'?"
        if near
        else f"Ghi như 'Quý I/{setting.year}', 'Trước ngày 15/6/{setting.year}' hoặc 'Thường xuyên'."
    )
    message = f"Không hiểu thời hạn '{_short(said)}': không thấy ngày, tháng, quý hay năm. {hint}"
    return passage.finding(UNCLEAR, start, end, message, near)


def _part(
    passage: Passage, part: Deadline, setting: Setting, years: tuple[int, int]
) -> Iterator[Finding]:
    moment = part.moment
    if moment is None:
        return
    unreal = [p for m in _moments(moment) for p in m.points if not p.real]
    for point in unreal:
        yield _impossible(passage, point)
    if unreal:
        return
    if "nguoc" in part.loi:
        yield _backwards(passage, moment)
        return
    early = _early_report(passage, part, setting)
    if moment.every or moment.standing:
        return
    outside = setting.year_known and _outside(passage, part, years)
    outside = outside or _before_document(passage, part, setting)
    if outside or early:
        yield from (f for f in (outside, early) if f)
        return
    yield from _on_day_off(passage, part, setting)


def _moments(moment: Moment) -> tuple[Moment, ...]:
    return (moment, moment.narrowed) if moment.narrowed else (moment,)


def _impossible(passage: Passage, point: Point) -> Finding:
    start, end = point.span
    found = passage.text[start:end]
    if point.unit == "quarter":
        hint = "Một năm chỉ có quý I đến quý IV; sửa lại quý."
    elif point.unit == "month":
        hint = "Một năm chỉ có tháng 01 đến tháng 12; sửa lại tháng."
    else:
        return _impossible_day(passage, start, end, (point.day or 0, point.number or 0, point.year))
    return passage.finding(IMPOSSIBLE, start, end, f"Không có thời điểm '{found}'. {hint}")


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
        IMPOSSIBLE, start, end, message, new if found.count("/") == 2 and new else None
    )


def _impossible_in_text(passage: Passage) -> Iterator[Finding]:
    cited: tuple[tuple[int, int], ...] | None = None
    for found in _DATE.finditer(passage.text):
        day, month, year = (int(n) for n in found.groups())
        named = _DATED.search(nfc(passage.text[max(0, found.start() - 16) : found.start()]))
        if real_date(day, month, year) or not named:
            continue
        cited = citation_spans(passage.text) if cited is None else cited
        if not any(start <= found.start() < end for start, end in cited):
            yield _impossible_day(passage, *found.span(), (day, month, year))


def _backwards(passage: Passage, moment: Moment) -> Finding:
    start, end = moment.points[0].span.start, moment.points[-1].span.end
    first, last = moment.points[0].name(), moment.points[-1].name()
    message = (
        f"Thời hạn '{passage.text[start:end]}' kết thúc trước khi bắt đầu. "
        f"Có phải 'từ {last} đến {first}'? Sửa lại ngày đầu hoặc ngày cuối."
    )
    return passage.finding(BACKWARDS, start, end, message)


def _outside(passage: Passage, part: Deadline, years: tuple[int, int]) -> Finding | None:
    """DV303: a time that lies wholly outside the years; reports due next January are not."""
    moment = part.moment
    if moment is None or not moment.points or part.loai in ("nhieu_nam", "giai_doan", "khac"):
        return None
    if _RELATIVE.search(nfc(passage.text)):
        return None
    end = part.ket_thuc
    if end is None or years[0] <= end.year <= years[1]:
        return None
    begin = part.bat_dau or end
    if begin.year <= years[1] and end.year >= years[0]:
        return None
    if end <= date(years[1] + 1, 1, 31) and end.year > years[1]:
        return None
    point = due_point(moment)[1]
    start, stop = point.span
    said = str(years[0]) if years[0] == years[1] else f"{years[0]} - {years[1]}"
    near = replace(point, year=years[0]).name()
    message = (
        f"Thời hạn '{passage.text[start:stop]}' nằm ngoài năm {said} của chương trình. "
        f"Có phải '{near}'? Sửa lại năm nếu chép từ văn bản của năm khác."
    )
    return passage.finding(OTHER_YEAR, start, stop, message)


def _before_document(passage: Passage, part: Deadline, setting: Setting) -> Finding | None:
    """DV304: a time over before the document, or the decision it carries out, was issued."""
    issued, what = _issued(setting)
    end = part.ket_thuc
    if issued is None or end is None or end >= issued or part.moment is None:
        return None
    point = due_point(part.moment)[1]
    start, stop = point.span
    message = (
        f"Thời hạn '{passage.text[start:stop]}' đã qua trước ngày {what} ({in_figures(issued)}). "
        f"Đặt thời hạn sau ngày đó."
    )
    return passage.finding(BEFORE_DOCUMENT, start, stop, message)


def _issued(setting: Setting) -> tuple[date | None, str]:
    if setting.issued:
        return setting.issued, "của văn bản"
    if not setting.rests_on_city:
        return None, ""
    catalogue = setting.catalogue
    decision = next((d for d in catalogue.legal if d.ma == catalogue.edition.van_ban), None)
    if decision is None or decision.ngay is None:
        return None, ""
    return from_figures(decision.ngay), f"ban hành {decision.loai} số {decision.so_hieu}"


def _on_day_off(passage: Passage, part: Deadline, setting: Setting) -> Iterator[Finding]:
    """DV305: the last day that counts is no working day, so the task is due earlier in truth."""
    if part.moment is None or part.ket_thuc is None:
        return
    moment, point = due_point(part.moment)
    if point.unit != "day" or point.clock:
        return
    if moment.kind == "at" and not _DUE.search(part.mo_dau):
        return
    if moment.kind not in ("before", "latest", "until", "at"):
        return
    calendar = calendar_of(setting.catalogue)
    day = part.ket_thuc + timedelta(moment.kind == "before")
    if not calendar.is_day_off(day) or not calendar.is_day_off(part.ket_thuc):
        return
    start, stop = point.span
    last = calendar.working_day_before(part.ket_thuc)
    message = (
        f"'{passage.text[start:stop]}' rơi vào {calendar.why_off(day)}; "
        f"ngày làm việc cuối cùng trước đó là {weekday(last)}, {in_figures(last)}. "
        f"Cân nhắc ghi ngày này."
    )
    yield passage.finding(DAY_OFF, start, stop, message)


_OPENING = re.compile(
    r"[\W\d]*(?:(?:xây dựng|tổng hợp|gửi|hoàn thành|lập|tổ chức|thực hiện|tham mưu)\s+)*"
    r"(?:hội nghị\s+)?(?=(?:báo cáo|tổng kết|sơ kết)(?!\w))",
    re.IGNORECASE,
)
_PART = re.compile(r"[;\n]|(?:^|\s)\+\s")


def _early_report(passage: Passage, part: Deadline, setting: Setting) -> Finding | None:
    if part.moment is None or not part.moment.points:
        return None
    due = due_point(part.moment)[1].span.start
    said = _PART.split(nfc(passage.text[:due]))[-1]
    return reported_early(passage, part, setting, said)


def check_report(content: Passage, deadline: Passage, setting: Setting) -> Iterator[Finding]:
    """DV308 for a task whose text is a report on a period and whose deadline stands apart."""
    text = nfc(content.text)
    opening = _OPENING.match(text)
    if opening is None or "{" in deadline.text:
        return
    read = read_deadline(deadline.text, setting.year)
    if not read.phan:
        found = reported_early(deadline, read, setting, text[opening.end() :][:120])
        yield from (f for f in (found,) if f)


def _loose(passage: Passage, deadline: Deadline, setting: Setting) -> Iterator[Finding]:
    """DV309: understood, but not in the usual form; mended only where the meaning stays."""
    if deadline.loi:
        return
    text = passage.text
    for form in loose_forms(deadline):
        mended = text[: form.start] + form.right + text[form.end :]
        if read_deadline(mended, setting.year).meaning != deadline.meaning:
            continue
        message = f"'{text[form.start : form.end]}' nên viết '{form.right}': {form.why}."
        yield passage.finding(LOOSE_FORM, form.start, form.end, message, form.right)


def check_against_city(own: Passage, city: str, setting: Setting) -> Iterator[Finding]:
    """DV306: a unit's deadline that ends after the deadline of the city's task it comes from."""
    if "{" in own.text or not own.text.strip():
        return
    mine, theirs = read_deadline(own.text, setting.year), read_deadline(city, setting.year)
    if not (mine.understood and theirs.understood) or mine.loi or theirs.loi:
        return
    late = _later(mine, theirs)
    if not late:
        return
    latest = next((p for p in mine.phan if p.ket_thuc == mine.ket_thuc), mine)
    points = latest.moment.points if latest.moment else ()
    start, end = due_point(latest.moment)[1].span if latest.moment and points else latest.span
    message = (
        f"Thời hạn '{own.text[start:end]}' muộn hơn thời hạn của thành phố: '{city.strip()}'. "
        f"Đặt thời hạn không muộn hơn, hoặc nêu lý do trong hồ sơ đơn vị."
    )
    yield own.finding(LATER_THAN_CITY, start, end, message)


def _later(mine: Deadline, theirs: Deadline) -> bool:
    if mine.ket_thuc and theirs.ket_thuc:
        return mine.ket_thuc > theirs.ket_thuc
    if mine.lap and theirs.lap and mine.loai == theirs.loai:
        return mine.lap > theirs.lap
    return mine.loai in _OPEN and theirs.loai in _CLOSED and theirs.ket_thuc is not None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:77] + "..."
