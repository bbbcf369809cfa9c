"""DV310: one task with two deadlines: in its text, in two of its lines, in text and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from danvan_cli.findings import Finding
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, nfc
from danvan_cli.validate.setting import Setting, Work

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
_WHEN = rf"(?:ngày {_DAY}|{_DAY}|quý (?:I{{1,3}}|IV)(?:/| năm )\d{{4}}|tháng \d{{1,2}}(?:/| năm )\d{{4}})"
_UNTIL = re.compile(
    rf"(?<!\w)(?:trước|(?:chậm|muộn) nhất(?: là| vào| đến)?|đến hết|không quá|xong trong)"
    rf" (?:ngày {_DAY}|{_DAY}|quý (?:I{{1,3}}|IV)(?:/| năm )\d{{4}}|tháng \d{{1,2}}(?:/| năm )\d{{4}})",
    re.IGNORECASE,
)


_AGAIN = re.compile(
    rf"(?P<first>(?:(?:trước|trong|đến hết|chậm nhất(?: là)?)\s)?{_WHEN})"
    r"\s*[;,.]\s*(?:và\s)?(?:(?:thời hạn|thời gian)\s)?hoàn thành\s*:?\s*"
    rf"(?P<second>(?:(?:trước|trong|đến hết|chậm nhất(?: là)?)\s)?{_WHEN})",
    re.IGNORECASE,
)
_FINISHING = re.compile(r"(?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành)?")


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
