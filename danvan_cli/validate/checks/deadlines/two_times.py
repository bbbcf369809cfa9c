"""DV310: the text of a task sets one deadline, the line or cell beside it another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.text import nfc
from danvan_cli.validate.setting import Setting, Work

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
_UNTIL = re.compile(
    rf"(?<!\w)(?:trước|(?:chậm|muộn) nhất(?: là| vào| đến)?|đến hết|không quá|xong trong)"
    rf" (?:ngày {_DAY}|{_DAY}|quý (?:I{{1,3}}|IV)(?:/| năm )\d{{4}}|tháng \d{{1,2}}(?:/| năm )\d{{4}})",
    re.IGNORECASE,
)


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
