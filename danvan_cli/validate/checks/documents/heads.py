"""DV614: the head and foot of a document: number and symbol, date, what it decides, who signs.

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3, II.4, II.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable
from danvan_cli.validate.setting import Setting

_NUMBER = re.compile(
    r"^\s*Số(?P<colon>\s*:?)(?P<gap>\s*)(?P<number>\d*)(?P<before>\s*)/(?P<after>\s*)(?P<year>\d{4}/)?"
    r"(?P<symbol>[^\W\d_]+(?:\s*-\s*[^\W_]+)*)(?P<bracket>\([^()\n]*\))?\s*$"
)
_DASH = re.compile(r"\s*-\s*")
_GAP = re.compile(r"/\s*[^\W\d_]+(?:\s+-\s*|-\s+)[^\W\d_]")
_FOR = re.compile(r"^\s*(?P<mark>TM|KT|TL|TUQ|Q)(?P<dot>\.?)(?P<gap>\s*)(?P<who>[^\W\d_]{2,})")
_NO_YEAR = re.compile(r"năm\s*$")
_DECIDES = re.compile(r"QUYẾT (?:ĐỊNH|NGHỊ)")
_HEAD = 12
_SIGNERS = words_of("dau_quyen_han")


def check_heads(document: Document, _: Setting) -> Iterator[Finding]:
    """Faults of the number, the date line and the lines above a signature."""
    for line in _lines(document.passages[:_HEAD]):
        match = _NUMBER.match(line[2])
        # Of a Word file the check of form says these two where it judges the looks.
        if match and (document.layout is None or not _is_of_form(line[2], match)):
            yield from _number(*line, match)
    if document.date_line is not None and document.written.year is None:
        yield from _blank_year(document.date_line)
    for decides, following in pairwise(document.passages):
        if _DECIDES.fullmatch(decides.text.strip()) and following.text.startswith("Điều 1"):
            yield _no_colon(decides)
    for line in _lines(document.passages):
        if (match := _FOR.match(line[2])) and comparable(match["who"]).startswith(_SIGNERS):
            yield from _signer(line[0], line[1], match)


def _is_of_form(line: str, match: re.Match[str]) -> bool:
    return _GAP.search(line) is not None or ":" not in match["colon"]


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, str]]:
    """Each line of `passages`, with its passage and where in it the line begins."""
    for passage in passages:
        at = 0
        for line in passage.text.split("\n"):
            yield passage, at, line
            at += len(line) + 1


def _number(passage: Passage, at: int, line: str, match: re.Match[str]) -> Iterator[Finding]:
    symbol = _DASH.sub("-", match["symbol"])
    bracket = match["bracket"] or ""
    if bracket:
        symbol += f"-{bracket[1:-1].strip()}"
    filled = match["number"] != ""
    spaced = (filled and match["before"]) or match["after"] or symbol != match["symbol"]
    if not (spaced or bracket or ":" not in match["colon"]):
        return
    number = match["number"] or "..."
    right = f"Số: {number}/{match['year'] or ''}{symbol}"
    start, end = at + match.start("colon") - 2, at + match.end()
    message = (
        f"'{' '.join(line.split())}' không đúng dạng số, ký hiệu (Nghị định 30/2020/NĐ-CP, Phụ lục"
        f" I, mục II.3). Viết '{right}'."
    )
    yield passage.finding("DV614", start, end, message)


def _blank_year(line: Passage) -> Iterator[Finding]:
    found = _NO_YEAR.search(comparable(line.text).rstrip())
    if found:
        message = "Dòng ngày để trống năm. Ghi năm của văn bản; ngày, tháng có thể điền khi ký."
        yield line.finding("DV614", found.start(), len(line.text.rstrip()), message)


def _no_colon(line: Passage) -> Finding:
    said = line.text.strip()
    start = line.text.find(said)
    message = f"'{said}' trước Điều 1 thiếu dấu hai chấm. Viết '{said}:'."
    return line.finding("DV614", start, start + len(said), message, f"{said}:")


def _signer(passage: Passage, at: int, match: re.Match[str]) -> Iterator[Finding]:
    if match["dot"] and match["gap"]:
        return
    shown, new = match.group().strip(), f"{match['mark']}. {match['who']}"
    message = (
        f"'{shown}' thiếu dấu chấm hoặc dấu cách sau '{match['mark']}'. Viết '{new}' (Nghị định"
        " 30/2020/NĐ-CP, Phụ lục I, mục II.7)."
    )
    start = at + match.start("mark")
    yield passage.finding("DV614", start, at + match.end("who"), message, new)
