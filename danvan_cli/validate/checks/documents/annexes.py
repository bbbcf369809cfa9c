"""Rules of Phụ lục (DV601, DV602): what is referred to is there, what is there is referred to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.reading.parts import in_roman
from danvan_cli.text import comparable
from danvan_cli.validate.checks.documents.companions import SUFFIX, annexes_of, is_annex, main_of
from danvan_cli.validate.setting import Setting

_NUMBER = r"(?:[ivxl]{1,5}|\d{1,2})(?![\w]|\.\d)"
_REFERENCE = re.compile(
    rf"(?<!\w)(?:các )?phụ lục(?: số)?(?:\s+(?P<numbers>{_NUMBER}(?:\s*(?:,|và)\s*{_NUMBER})*))?"
)
_POINTED = re.compile(r"(?<!\w)(?:có|theo|tại|xem|như|chi tiết|ở)\s+$")
_ATTACHED = re.compile(r"[^.;]{0,40}(?:kèm theo|đính kèm)")
_ELSEWHERE = re.compile(
    rf"[^.;]{{0,100}}?(?:{any_of('co_phu_luc_rieng')}|{any_of('co_so')}\s+(?:số\s*)?\d)"
)
_EACH = re.compile(_NUMBER)
_Reference = tuple[str, Passage, int, int]


def check_annexes(document: Document, setting: Setting) -> Iterator[Finding]:
    """Phụ lục referred to and absent, present and not referred to.

    They may stand in the file or in one beside it. Where there is none at all it is said of a
    document of the catalogue's own city alone: other offices send theirs as a file of their own.
    """
    if is_annex(document):
        main = main_of(document)
        if main is not None:
            referred = {number for number, _, _, _ in _references(main)}
            yield from _unasked(document, referred)
        return
    beside = annexes_of(document)
    present = {*document.annexes, *(n for other in beside for n in other.annexes or ("",))}
    asked = list(_references(document))
    if present or setting.home:
        yield from _absent(document, asked, present)
    if setting.home:
        yield from _unasked(document, {number for number, _, _, _ in asked})


def _absent(document: Document, asked: list[_Reference], present: set[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, passage, start, end in asked:
        if number in seen or number in present or (present and not number):
            continue
        if present == {""} and len({n for n, _, _, _ in asked}) == 1:
            continue
        seen.add(number)
        name = f"Phụ lục {number}".strip()
        message = (
            f"Văn bản dẫn '{name}' nhưng không có {name} trong tệp này, cũng không có tệp"
            f" '{document.path.stem}{SUFFIX}' bên cạnh. Thêm {name} hoặc bỏ chỗ dẫn."
        )
        yield passage.finding("DV601", start, end, message)


def _unasked(document: Document, asked: set[str]) -> Iterator[Finding]:
    for number, passage in zip(document.annexes, document.annex_headings, strict=True):
        if number in asked or (asked and not number) or asked == {""}:
            continue
        name = f"Phụ lục {number}".strip()
        message = (
            f"Có {name} nhưng nội dung văn bản không dẫn tới. Thêm '(có {name} kèm theo)' vào chỗ"
            " cần, hoặc bỏ phụ lục."
        )
        yield passage.finding("DV602", 0, len(passage.text.split("\n")[0]), message)


def _references(document: Document) -> Iterator[_Reference]:
    """Each Phụ lục of its own that the text refers to: number, and where."""
    headings = {passage.locate(0) for passage in document.annex_headings}
    for passage in document.passages:
        low = comparable(passage.text)
        if "phụ lục" not in low or passage.locate(0) in headings:
            continue
        for match in _REFERENCE.finditer(low):
            pointed = _POINTED.search(low[max(0, match.start() - 25) : match.start()])
            if not pointed and not _ATTACHED.match(low, match.end()):
                continue
            if _ELSEWHERE.match(low, match.end()):
                continue
            listed = _EACH.findall(match.group("numbers") or "")
            for number in listed or [""]:
                yield in_roman(number), passage, match.start(), match.end()
