"""DV613, DV616: the marks that end the lines of a list, and paragraphs that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from danvan_cli.findings import Finding
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.reading.numbers import item_number
from danvan_cli.text import fold
from danvan_cli.validate.setting import Setting

_MARKS = "-–+"
_ITEM = re.compile(rf"^[{_MARKS}]\s*\S")
_POINT = re.compile(r"^(?:[a-zđ]|\d{1,2})[.)]\s*")
_BASIS = re.compile(r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị)\s")
_COLUMNS = re.compile(r";\s{2,}|\t")
_MARK_BEFORE_NOTE = re.compile(r";\s*\([^()]*\)$")
"""The semicolon stands before "(để báo cáo)" and not after it."""
_ROOM = re.compile(r"…|\.{2,}|_{2,}|:\s*$|-\s*$")
_BLANKS = re.compile(r"…|\.{4,}|_{3,}")
_CLAUSE = re.compile(r"[^\s.;][^.;]*")
_FEWEST = 3
_LONG = 8
_REACH = 2
_WORDS = 14
_MOST_OF_IT = 0.8
"""Points of a law may end alike; a paragraph that says nothing of its own is said twice."""


def wrong_endings(document: Document, _: Setting) -> Iterator[Finding]:
    """DV613 on the ends of lines: recipients, legal bases, lettered points."""
    if not document.of_party and not is_form(document.recipients):
        yield from _recipients(document.recipients)
    passages = _running(document)
    yield from _bases(passages)
    for points in _points(passages):
        yield from _endings(points)


def is_form(recipients: Sequence[Passage]) -> bool:
    """Whether the lines of "Nơi nhận" are those of a form, with room left to write in."""
    return any(_ROOM.search(line.text) for line in recipients)


def is_blank(text: str) -> bool:
    """Whether a line leaves room to write in."""
    return _BLANKS.search(text) is not None


def _running(document: Document) -> list[Passage]:
    """The passages that are no cells of agencies and no deadlines."""
    return [p for p in document.passages if p.role in ("chu", "noi_dung", "tieu_de")]


def _recipients(lines: Sequence[Passage]) -> Iterator[Finding]:
    """Each line of "Nơi nhận" but the last ends with a semicolon (Phụ lục I, mục II.9)."""
    for line, following in pairwise(lines):
        text = line.text.rstrip()
        if not (_ITEM.match(text) and _ITEM.match(following.text)) or text.endswith((";", ":")):
            continue
        if _COLUMNS.search(text) or _MARK_BEFORE_NOTE.search(text):
            continue
        mark = text[-1] if text[-1] in ",." else ""
        what = f"kết thúc bằng '{mark}'" if mark else "thiếu dấu ';'"
        message = f"Dòng nơi nhận {what}. Mỗi dòng kết thúc bằng ';', dòng cuối bằng '.'."
        end = len(text)
        yield line.finding("DV613", end - 1, end, message, ";" if mark else f"{text[-1]};")


def _bases(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Each legal basis ends with a semicolon, the last with a full stop (mục II.6)."""
    for passage, following in pairwise(passages):
        text = passage.text.rstrip()
        if not (_BASIS.match(text) and _BASIS.match(following.text)) or "\n" in text:
            continue
        if text.endswith(";") or text.startswith("Căn cứ vào") or is_blank(text):
            continue
        mark = text[-1] if text[-1] in ",." else ""
        what = f"kết thúc bằng '{mark}'" if mark else "thiếu dấu ';'"
        message = f"Dòng căn cứ {what}. Mỗi căn cứ kết thúc bằng ';', căn cứ cuối bằng '.'."
        end = len(text)
        yield passage.finding("DV613", end - 1, end, message, ";" if mark else f"{text[-1]};")


def _points(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Runs of lettered points that follow each other with nothing between."""
    run: list[Passage] = []
    for passage in passages:
        number = item_number(passage)
        if number is not None and number.sort == "chu":
            if run and number.number == "a":
                yield run
                run = []
            run.append(passage)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _endings(points: list[Passage]) -> Iterator[Finding]:
    """A point that ends otherwise than all the others of its list."""
    ends = [point.text.rstrip()[-1] for point in points]
    if len(points) < _FEWEST or any(len(point.text.split()) < _LONG for point in points):
        return
    for mark in ".;":
        odd = [at for at, end in enumerate(ends) if end != mark]
        if mark == ";" and odd and odd[-1] == len(points) - 1 and ends[-1] in "./":
            odd = odd[:-1]
        if len(odd) != 1 or len(points) - len(odd) < _FEWEST - 1:
            continue
        point, end = points[odd[0]], ends[odd[0]]
        if end.isalnum() or (mark == "." and end in ";,") or (mark == ";" and end == ","):
            text = point.text.rstrip()
            new = f"{text[-1]}{mark}" if end.isalnum() else mark
            what = "thiếu dấu cuối dòng" if end.isalnum() else f"kết thúc bằng '{end}'"
            message = f"Điểm này {what}, các điểm khác kết thúc bằng '{mark}'. Sửa thành '{mark}'."
            yield point.finding("DV613", len(text) - 1, len(text), message, new)
        return


def said_twice(document: Document, _: Setting) -> Iterator[Finding]:
    """DV616 on a paragraph that says word for word what a clause just before it says.

    In one list it may stand farther back: a member is named twice.
    """
    recent: list[frozenset[str]] = []
    members: set[str] = set()
    mark = ""
    for passage in _running(document):
        text = passage.text
        before, mark = mark, text[:1] if text[:1] in _MARKS and _ITEM.match(text) else ""
        if mark != before:
            members.clear()
        number = item_number(passage)
        if number is not None and number.sort != "chu":
            recent = []  # Another's tasks may end in the same words.
        clauses = _clauses(text) if passage.role != "tieu_de" else ()
        for start, end, said in clauses:
            whole = end - start >= _MOST_OF_IT * len(text)
            if whole and (said in members or any(said in earlier for earlier in recent)):
                where = "ngay trước" if any(said in earlier for earlier in recent) else "trên"
                message = (
                    f"Câu này lặp lại nguyên văn một câu ở đoạn {where}. Bỏ một câu, hoặc viết lại nếu"
                    " định nói việc khác."
                )
                yield passage.finding("DV616", start, end, message)
                break
            if whole and mark:
                members.add(said)
        recent = [*recent, frozenset(said for _, _, said in clauses)][-_REACH:]


@lru_cache(maxsize=16384)
def _clauses(text: str) -> tuple[tuple[int, int, str], ...]:
    """The longer clauses of a paragraph, where they stand, and in what form they are compared.

    A heading and a line of a form say nothing twice.
    """
    if text.isupper() or _ROOM.search(text):
        return ()
    number = _POINT.match(text)
    found = _CLAUSE.finditer(text, number.end() if number else 0)
    said = ((*match.span(), fold(match.group()).strip(" -+")) for match in found)
    return tuple(clause for clause in said if len(clause[2].split()) >= _WORDS)
