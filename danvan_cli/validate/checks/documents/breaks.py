"""DV619: a paragraph broken in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from danvan_cli.findings import Finding
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.reading.numbers import item_number
from danvan_cli.validate.checks.phrases import word_set
from danvan_cli.validate.setting import Setting

_OPEN_END = re.compile(r"(?P<last>[^\W\d_]),?$")
_GOES_ON = re.compile(r"(?!o )(?P<first>[^\W\d_])[^\W\d_]*[ ,;]")
"""A lone 'o' is a bullet."""
_LIST_MARK = re.compile(r"^[-–+•*(]")
_PROSE = ("chu", "noi_dung", "tieu_de")
_ENDS = (".", ";", ":", ",", "./")
_WANTING = word_set("các của và những hoặc")
"""No sentence ends with these."""
_FEWEST_WORDS = 5
_SHORTEST = 40
_SHORTEST_REST = 12
_MOST = 3
"""More of them, and it is the lines of the file that are broken, not its paragraphs."""
_Pair = tuple[Passage, Passage]


def broken_paragraphs(document: Document, _: Setting) -> Iterator[Finding]:
    """DV619 where a paragraph stops without a mark and the next goes on with a small letter.

    One that stops at a word that wants another after it, before the next point, is said too.
    """
    short = [pair for pair in pairwise(document.passages) if _stops_short(*pair)]
    yield from (_unfinished(one) for one, _ in (_running(short, document) if short else ()))
    pairs = [pair for pair in pairwise(document.passages) if _is_broken(*pair)]
    found = _running(pairs, document) if pairs else []
    if len(found) > _MOST:
        return
    for passage, following in found:
        text = passage.text.rstrip()
        start = text.rfind(" ") + 1
        rest = " ".join(following.text.split()[:3])
        message = (
            f"Đoạn dừng ở '{text[start:]}' không có dấu kết thúc, đoạn sau viết tiếp '{rest}…'."
            " Nối hai đoạn, hoặc thêm dấu kết thúc."
        )
        yield passage.finding("DV619", start, len(text), message)


def _stops_short(passage: Passage, following: Passage) -> bool:
    if passage.role not in _PROSE or (passage.role == "tieu_de" and item_number(passage) is None):
        return False
    if not (_LIST_MARK.match(following.text) or item_number(following)):
        return False
    words = passage.text.split()
    return len(words) >= _FEWEST_WORDS and words[-1] in _WANTING and words[0] not in ("(", "-")


def _unfinished(passage: Passage) -> Finding:
    text = passage.text.rstrip()
    start = text.rfind(" ") + 1
    message = f"Đoạn dừng ở '{text[start:]}' giữa câu. Viết nốt câu."
    return passage.finding("DV619", start, len(text), message)


def _running(pairs: Iterable[_Pair], document: Document) -> list[_Pair]:
    """Those of the text itself: no cell of a table, nothing of the foot."""
    cells = {
        (cell.passage.text, cell.passage.locate(0))
        for grid in document.grids
        for row in grid.rows
        for cell in row
        if cell.passage is not None
    }
    foot = {passage.locate(0) for passage in document.recipients}

    def runs(passage: Passage) -> bool:
        place = passage.locate(0)
        beside = (passage.text, place) in cells or place in foot
        return not (beside or place.where.startswith("bảng"))

    return [pair for pair in pairs if all(map(runs, pair))]


def _is_broken(passage: Passage, following: Passage) -> bool:
    # What has a number and no mark at its end is read as a heading; a title has no number.
    titled = passage.role == "tieu_de" and item_number(passage) is None
    if titled or passage.role not in _PROSE or following.role not in _PROSE[:2]:
        return False
    text, rest = passage.text.rstrip(), following.text
    if len(text) < _SHORTEST or len(rest) < _SHORTEST_REST or passage.label or following.label:
        return False
    if _LIST_MARK.match(rest) or text.startswith("(") or item_number(following) is not None:
        return False
    if not rest.rstrip().endswith(_ENDS):
        return False  # A title on several lines.
    end, start = _OPEN_END.search(text), _GOES_ON.match(rest)
    return bool(end and start and end["last"].islower() and start["first"].islower())
