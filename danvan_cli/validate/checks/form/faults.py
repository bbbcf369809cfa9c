"""A fault of form, what would mend it, and how faults of one kind are said together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from danvan_cli.findings import Finding, Place
from danvan_cli.models.form import FormFile
from danvan_cli.reading.document import first_words
from danvan_cli.word.layout.values import Paragraph

_SHOWN = 3

LayoutSetting = Literal[
    "co_chu", "dam", "nghieng", "phong", "mau", "can", "thut", "truoc", "gian_dong", "kho", "le",
    "so_trang",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayoutEdit:
    """A setting of layout that mends a fault.

    `at` is the index of a paragraph, of a section for `kho`, `le` and `so_trang`; `value` is in
    points or millimetres, "co" or "khong", or a name. `letters` bounds it to so many letters.
    """

    kind: LayoutSetting
    at: int
    value: str
    letters: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FormFault:
    """Something that looks unlike what an article says.

    `found` and `asked` are parts of the sentence that names `what`; faults alike in these are
    said once. `paragraph` is where it stands, None for the file as a whole.
    """

    code: str
    what: str
    found: str
    asked: str
    article: str
    advice: str
    paragraph: Paragraph | None = None
    changes: tuple[LayoutEdit, ...] = ()


def findings_of(faults: Iterable[FormFault], form: FormFile, path: str) -> Iterator[Finding]:
    """`faults` as findings: those of one kind are one, with their number and first places."""
    kinds: dict[tuple[str, ...], list[FormFault]] = defaultdict(list)
    for fault in faults:
        key = (fault.code, fault.what, fault.found, fault.asked, fault.article, fault.advice)
        kinds[key].append(fault)
    for alike in kinds.values():
        first = alike[0]
        message = (
            f"{first.what[:1].upper()}{first.what[1:]} {first.found}, phải {first.asked}"
            f" ({form.can_cu}, mục {first.article}).{_places(alike)} {first.advice}"
        )
        yield Finding(
            _place(first, path), first.code, message, subject=first.what, value=first.found
        )


def figure(number: float) -> str:
    """A number as Vietnamese papers write it: 13 or 13,5."""
    return f"{round(number, 2):g}".replace(".", ",")


def between(low: float, high: float, unit: str = "") -> str:
    """A range in words: "cỡ 13" is "13", "từ 12 đến 13" a range."""
    if low == high:
        return f"{figure(low)}{unit}"
    return f"từ {figure(low)} đến {figure(high)}{unit}"


def _place(fault: FormFault, path: str) -> Place:
    paragraph = fault.paragraph
    if paragraph is None:
        return Place(path, 1, 1, "cả tệp")
    return Place(path, max(paragraph.order, 1), 1, f"đoạn “{first_words(paragraph.text.strip())}”")


def _places(alike: list[FormFault]) -> str:
    """How many places there are, and which come first, where there are several."""
    paragraphs = list(dict.fromkeys(f.paragraph for f in alike if f.paragraph is not None))
    if len(paragraphs) < 2:
        return ""
    shown = ", ".join(f"“{first_words(p.text.strip(), 4)}”" for p in paragraphs[:_SHOWN])
    more = "" if len(paragraphs) <= _SHOWN else ", …"
    return f" Có {len(paragraphs)} đoạn như vậy: {shown}{more}."
