"""DV308: what sums up a period cannot be due long before the period ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.grammar.deadline.moments import Point
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.text import nfc
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


def due_too_early(time: Time, setting: Setting) -> Iterator[Finding]:
    """DV308 where the words before a time name the report: "Báo cáo năm trước ngày 15/3"."""
    if time.moment.points:
        said = _PART.split(nfc(time.passage.text[: time.due[1].span.start]))[-1]
        yield from _early(time, setting, said)


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


def _early(time: Time, setting: Setting, said: str) -> Iterator[Finding]:
    """DV308 where `said` names a report on a period that `time` ends well before.

    Nghị định 09/2019/NĐ-CP closes reports in the last month of their period, and offices ask for
    them earlier still: only what is due before that month (a year: its last quarter) is said.
    """
    found = _REPORT.search(said)
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
