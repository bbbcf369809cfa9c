"""Tasks written as paragraphs: a text, then lines that say who leads, who helps and when.

Two forms are met: task by task (a numbered paragraph with its lines) and grouped (several points
under a heading, then one set of lines for all of them).
"""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_cli.passage import Passage, Role
from danvan_cli.reading.document import Field, ItemNumber, Label, ListForm, TaskRow, cut
from danvan_cli.reading.numbers import item_number
from danvan_cli.text import comparable

_OFFICE = "(?:cơ quan|đơn vị|bộ phận)"
_LABEL = re.compile(
    r"(?:[-+•*–]\s*|[a-zđ]\)\s*)?(?P<label>"
    rf"(?P<phoi_hop>{_OFFICE} phối hợp[^:;.]{{0,30}}|phối hợp)"
    rf"|(?P<chu_tri>{_OFFICE}[^:;.]{{0,15}} chủ trì[^:;.]{{0,40}}|{_OFFICE} chủ trì[^:;.]{{0,40}}|chủ trì)"
    rf"|(?P<thuc_hien>{_OFFICE} (?:thực hiện|tham mưu)[^:;.]{{0,30}})"
    r"|(?P<hinh_thuc>hình thức[^:;.]{0,30})"
    r"|(?P<thoi_gian>(?:thời gian|thời hạn|tiến độ)"
    r"(?:[\s,/]+(?:và|thời gian|thời hạn|tiến độ|thực hiện|hoàn thành|triển khai|tổ chức|bắt đầu"
    r"|kết thúc|báo cáo|dự kiến|xong|gửi|trình|ban hành|cụ thể|nhiệm vụ|công việc)){0,5}"
    r"(?:\s*\([^()]{0,30}\))?)"
    r")\s*:\s*"
)
_FIELDS: tuple[Field, ...] = ("phoi_hop", "chu_tri", "thuc_hien", "hinh_thuc", "thoi_gian")
_ROLES: dict[Field, Role] = {
    "chu_tri": "chu_tri",
    "thuc_hien": "chu_tri",
    "phoi_hop": "phoi_hop",
    "thoi_gian": "thoi_gian",
    "hinh_thuc": "chu",
}
_ITEM = re.compile(r"[-+•*–]\s")
_OPENS, _CLOSES = "“", "”"
_ENDS = (".", ";", ":", "…", ",")


class TaskReader:
    """Takes paragraphs in order; gathers rows, labels and numbers as it goes."""

    def __init__(self) -> None:
        self.rows: list[TaskRow] = []
        self.labels: list[Label] = []
        self.numbered: list[list[ItemNumber]] = [[]]
        self._content: list[Passage] = []
        self._heading: Passage | None = None
        self._given: dict[Field, list[Passage]] = {}
        self._last: Field | None = None
        self._tasks = 0
        self._quoted_from: int | None = None

    def paragraph(self, passage: Passage) -> list[Passage]:
        """The passages that a paragraph is: itself with its role, or a label and what it gives."""
        number = item_number(passage)
        if number:
            self.numbered[-1].append(number)
        self._quotation(passage.text)
        label = _label(passage.text)
        if label:
            return self._line(passage, label)
        if self._last and passage.text.startswith("+"):
            return [self._value(passage, self._last)]
        self.interrupt()
        if number and number.sort in ("la_ma", "dieu"):
            self._content = []
        role: Role = "tieu_de" if _is_heading(passage, number) else "chu"
        made = passage._replace(role=role) if role != passage.role else passage
        if number and number.sort in ("so", "so_kep"):
            self._content = []
        if number and number.sort == "so":
            self._heading = made if role == "tieu_de" else None
        if role == "chu" or number:
            self._content.append(made)
        return [made]

    def interrupt(self) -> None:
        """End the task that is being read, as a table or another paragraph does."""
        if self._given:
            self._tasks += 1
            self.rows.append(self._row())
            self._content, self._given = [], {}
        self._last = None

    def new_section(self) -> None:
        """Begin a part whose numbers start anew (a Phụ lục)."""
        self.interrupt()
        self._content = []
        self._quoted_from = None
        self.numbered.append([])

    def _quotation(self, text: str) -> None:
        """Leave out the numbers of a quotation over several paragraphs, once it is closed.

        The articles of a law that is amended stand so, and their numbers are that law's.
        """
        numbers, opened = self.numbered[-1], text.count(_OPENS) - text.count(_CLOSES)
        if opened > 0 and text.startswith(_OPENS):
            self._quoted_from = len(numbers)  # One before that was never closed is none.
        elif self._quoted_from is not None and opened < 0:
            del numbers[self._quoted_from :]
            self._quoted_from = None

    def _line(self, passage: Passage, match: re.Match[str]) -> list[Passage]:
        field = next(name for name in _FIELDS if match.group(name))
        if field in self._given and field not in ("hinh_thuc", "thuc_hien"):
            self.interrupt()
        start, end = match.start("label"), match.end("label")
        head = cut(passage, 0, len(passage.text[: match.end()].rstrip()), "chu")
        self.labels.append(Label(field, passage.text[start:end], self._tasks, head))
        self._last = field
        self._given.setdefault(field, [])
        if match.end() == len(passage.text):
            return [head]
        value = cut(passage, match.end(), len(passage.text), "chu")
        return [head, self._value(value, field)]

    def _value(self, passage: Passage, field: Field) -> Passage:
        number = item_number(self._content[0]) if self._content else None
        about = number.number if number else self._content[0].subject if self._content else ""
        start = 2 if passage.text.startswith("+ ") else 0
        made = cut(passage, start, len(passage.text), _ROLES[field], f"{about}.{field}")
        self._given.setdefault(field, []).append(made)
        return made

    def _row(self) -> TaskRow:
        number = item_number(self._content[0]) if self._content else None
        given = self._given
        form: ListForm = "tung_viec" if number and len(self._content) == 1 else "theo_nhom"
        first = self._content[0] if self._content else self.labels[-1].passage
        return TaskRow(
            form=form,
            number=number.number if number else "",
            place=first.locate(0),
            heading=self._heading if number and number.sort == "so_kep" else None,
            noi_dung=tuple(p._replace(role="noi_dung") for p in self._content),
            chu_tri=(*given.get("chu_tri", ()), *given.get("thuc_hien", ())),
            phoi_hop=tuple(given.get("phoi_hop", ())),
            thoi_gian=tuple(given.get("thoi_gian", ())),
        )


@lru_cache(maxsize=16384)
def _label(text: str) -> re.Match[str] | None:
    return _LABEL.match(comparable(text))


def _is_heading(passage: Passage, number: ItemNumber | None) -> bool:
    if number is None:
        return False
    if number.sort == "la_ma":
        return True
    return number.sort in ("so", "so_kep") and not passage.text.rstrip().endswith(_ENDS)
