"""DV308: what sums up a period cannot be due long before the period ends."""

from __future__ import annotations

import re
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.grammar.deadline.moments import Moment, Point
from danvan_cli.grammar.deadline.reader import Deadline
from danvan_cli.passage import Passage
from danvan_cli.validate.setting import Setting

EARLY_REPORT = "DV308"

_REPORT = re.compile(
    r"(?:tổng kết|sơ kết|báo cáo)\s+(?:(?:kết quả|công tác|tình hình)\s[^.;,\n]{0,60}?)?"
    r"(?:(?P<half>(?:0?6|sáu)\s+tháng(?:\s+đầu\s+năm)?)"
    r"|quý\s+(?P<quarter>iv|iii|ii|i|[1-4])(?!\w)"
    r"|năm(?!\s+(?:học|năm))(?P<year>\s+\d{4})?)(?!\w)",
    re.IGNORECASE,
)
_NO_REPORT = re.compile(r"kế hoạch|chương trình|phương hướng|triển khai", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def due_point(moment: Moment) -> tuple[Moment, Point]:
    """The moment that says when the task ends, and its last point."""
    last = moment.narrowed or moment
    return last, last.points[-1]


def reported_early(passage: Passage, part: Deadline, setting: Setting, said: str) -> Finding | None:
    """DV308 where `said` names a report on a period that `part` ends well before.

    Nghị định 09/2019/NĐ-CP closes reports in the last month of their period, and offices ask for
    them earlier still: only what is due before that month (a year: its last quarter) is said.
    """
    found = _REPORT.search(said)
    end = part.ket_thuc
    if found is None or end is None or _NO_REPORT.search(found.group()) or part.moment is None:
        return None
    year = int(found["year"]) if found["year"] else setting.year
    if found["half"]:
        earliest, period = date(year, 6, 1), f"6 tháng đầu năm {year}"
    elif found["quarter"]:
        number = _QUARTERS.get(found["quarter"].lower()) or int(found["quarter"])
        earliest, period = date(year, 3 * number, 1), Point("quarter", year, number).name()
    else:
        earliest, period = date(year, 10, 1), f"năm {year}"
    if end >= earliest:
        return None
    start, stop = due_point(part.moment)[1].span if part.moment.points else part.span
    message = (
        f"'{found.group().strip()}' phải xong ngày {in_figures(end)}, khi {period} còn lâu mới hết. "
        f"Sửa thời hạn sang cuối kỳ báo cáo, hoặc sửa tên kỳ."
    )
    return passage.finding(EARLY_REPORT, start, stop, message)
