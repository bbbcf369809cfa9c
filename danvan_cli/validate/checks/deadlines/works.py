"""A task against its own deadline: due before its period ends (DV308), due at two times (DV310)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.grammar.deadline.moments import Point
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, nfc
from danvan_cli.validate.checks.deadlines.times import Time, deadline_cell
from danvan_cli.validate.setting import Setting, Work

_REPORT = re.compile(
    r"(?:tổng kết|sơ kết|báo cáo)\s+(?:(?:kết quả|công tác|tình hình)\s[^.;,\n]{0,60}?)?"
    r"(?:(?P<half>(?:0?6|sáu)\s+tháng(?:\s+đầu\s+năm)?)"
    r"|quý\s+(?P<quarter>iv|iii|ii|i|[1-4])(?!\w)"
    r"|năm(?!\s+(?:học|năm))(?P<year>\s+\d{4})?)(?!\w)",
    re.IGNORECASE,
)
_NO_REPORT = re.compile(any_of("sap_lam"), re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_OPENING = re.compile(
    r"[\W\d]*(?:(?:xây dựng|tổng hợp|gửi|hoàn thành|lập|tổ chức|thực hiện|tham mưu)\s+)*"
    r"(?:hội nghị\s+)?(?=(?:báo cáo|tổng kết|sơ kết)(?!\w))",
    re.IGNORECASE,
)
_PART = re.compile(r"[;\n]|(?:^|\s)\+\s")
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
_WHEN = rf"(?:ngày {_DAY}|{_DAY}|quý (?:I{{1,3}}|IV)(?:/| năm )\d{{4}}|tháng \d{{1,2}}(?:/| năm )\d{{4}})"
_UNTIL = re.compile(
    rf"(?<!\w)(?:trước|(?:chậm|muộn) nhất(?: là| vào| đến)?|đến hết|không quá|xong trong) {_WHEN}",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"(?P<first>(?:(?:trước|trong|đến hết|chậm nhất(?: là)?)\s)?{_WHEN})"
    r"\s*[;,.]\s*(?:và\s)?(?:(?:thời hạn|thời gian)\s)?hoàn thành\s*:?\s*"
    rf"(?P<second>(?:(?:trước|trong|đến hết|chậm nhất(?: là)?)\s)?{_WHEN})",
    re.IGNORECASE,
)
_FINISHING = re.compile(r"(?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành)?")


def due_too_early(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV308 where the words before a time name the report: "Báo cáo năm trước ngày 15/3"."""
    if time.moment.points:
        before = _PART.split(nfc(time.passage.text[: time.due[1].span.start]))[-1]
        yield from _early(time, setting, before)


def work_due_too_early(work: Work, setting: Setting) -> Iterator[Finding]:
    """DV308 for a task whose text is a report on a period and whose deadline stands apart."""
    content, deadline = work.content, work.deadline
    if content is None or deadline is None:
        return
    text = nfc(content.text)
    opening = _OPENING.match(text)
    cell = deadline_cell(deadline, setting) if opening else None
    if opening is None or cell is None or cell.deadline.phan:
        return
    for time in cell.times():
        yield from _early(time, setting, text[opening.end() :][:120])


def _early(time: Time, setting: Setting, words: str) -> Iterator[Finding]:
    """DV308 where `words` name a report on a period that `time` ends well before.

    Nghị định 09/2019/NĐ-CP closes reports in the last month of their period, and offices ask for
    them earlier still: only what is due before that month (a year: its last quarter) is reported.
    """
    found = _REPORT.search(words)
    end = time.part.ket_thuc
    if found is None or end is None or _NO_REPORT.search(found.group()):
        return
    year = int(found["year"]) if found["year"] else setting.year
    if found["half"]:
        earliest, period = date(year, 6, 1), f"6 tháng đầu năm {year}"
    elif found["quarter"]:
        number = _QUARTERS.get(found["quarter"].lower()) or int(found["quarter"])
        earliest, period = date(year, 3 * number, 1), Point("quarter", year, number).name()
    else:
        earliest, period = date(year, 10, 1), f"năm {year}"
    if end >= earliest:
        return
    start, stop = time.due[1].span if time.moment.points else time.part.span
    message = (
        f"'{found.group().strip()}' phải xong ngày {in_figures(end)}, khi {period} còn lâu mới hết. "
        f"Sửa thời hạn sang cuối kỳ báo cáo, hoặc sửa tên kỳ."
    )
    yield time.passage.finding("DV308", start, stop, message)


def two_in_text(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """DV310 where a sentence says when something is finished, and at once says it otherwise."""
    found = _AGAIN.search(passage.text) if "hoàn thành" in passage.text.lower() else None
    if found is None:
        return
    first = read_deadline(found["first"], setting.year)
    second = read_deadline(found["second"], setting.year)
    if first.ket_thuc and second.ket_thuc and first.ket_thuc != second.ket_thuc:
        yield _two(passage, found.span("second"), found["second"], found["first"])


def two_lines(document: Document, setting: Setting) -> Iterator[Finding]:
    """DV310 on a task with two lines that say when, the second after the first is over."""
    for one, other in pairwise(document.rows):
        if other.noi_dung or other.chu_tri or not (one.thoi_gian and other.thoi_gian):
            continue
        labels = [x.text for x in document.labels if x.field == "thoi_gian"]
        if not all(_FINISHING.fullmatch(comparable(text)) for text in labels):
            return
        before, after = one.thoi_gian[0], other.thoi_gian[0]
        if _contradict(
            read_deadline(after.text, setting.year), read_deadline(before.text, setting.year)
        ):
            yield _two(after, (0, len(after.text)), after.text, before.text)


def _two(passage: Passage, span: tuple[int, int], here: str, there: str) -> Finding:
    message = (
        f"Việc này ghi hai thời hạn: '{there.strip()}' và '{here.strip()}'. Một việc một hạn: bỏ một"
        " trong hai."
    )
    return passage.finding("DV310", *span, message)


def two_deadlines(work: Work, setting: Setting) -> Iterator[Finding]:
    """DV310 where the text of a task sets a day that its own deadline cannot hold."""
    content, deadline = work.content, work.deadline
    if content is None or deadline is None or not setting.year_known:
        return
    found = list(_UNTIL.finditer(nfc(content.text)))
    if len(found) != 1 or nfc(content.text) != content.text:
        return
    beside = read_deadline(deadline.text, setting.year)
    inside = read_deadline(found[0].group(), setting.year)
    if not _contradict(inside, beside):
        return
    message = (
        f"Nội dung ghi '{found[0].group()}', thời hạn của nhiệm vụ lại là '{deadline.text.strip()}'."
        " Một việc một hạn: sửa một trong hai."
    )
    yield content.finding("DV310", *found[0].span(), message)


def _contradict(inside: Deadline, beside: Deadline) -> bool:
    """Whether what the text asks for falls after the deadline beside it, or before it begins."""
    end = inside.ket_thuc
    if end is None or beside.ket_thuc is None or beside.phan or beside.lap or beside.loi:
        return False
    begins = beside.bat_dau
    return end.year == beside.ket_thuc.year and (
        (end - beside.ket_thuc).days > 1 or (begins is not None and end < begins)
    )
