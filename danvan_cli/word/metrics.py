"""How wide a line of Times New Roman is, without the font: its advance widths as figures.

The widths are those of Times New Roman and of every font made to its metrics (Liberation Serif,
Tinos), in thousandths of the letter size. A mark above or below a letter takes no room; đ, ơ and
ư are letters of their own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from danvan_cli.text import breakable

_REGULAR = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 "
    "500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 "
    "921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 "
    "556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 "
    "333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 "
    "500 500 333 389 278 500 500 722 500 500 444 480 200 480 541"
)
_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 "
    "500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 "
    "930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 "
    "611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 "
    "333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 "
    "556 556 444 389 333 556 500 722 500 500 444 394 220 394 520"
)
_OTHERS = "đĐơƠưƯ–—“”‘’…•×"
_OTHERS_REGULAR = "500 722 529 722 542 776 500 1000 444 444 333 333 1000 350 564"
_OTHERS_BOLD = "556 722 554 778 600 796 500 1000 500 500 333 333 1000 350 570"
SINGLE_LINE = 1.15
"""The height of a single line of Times New Roman, to its letters' size."""
_SPACES = re.compile("[ \t]+")
_HORN = "\u031b"
_USUAL = 500


@lru_cache(maxsize=32768)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` on one line, in points, at `size` points."""
    return _thousandths(text, bold) * size / 1000


@lru_cache(maxsize=20_000)
def _thousandths(text: str, bold: bool) -> int:
    """The width of `text` in thousandths of the letter size; papers say the same words often."""
    return sum(map(_widths(bold).__getitem__, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=16384)
def line_count(
    text: str, size: float, room: float, *, bold: bool = False, first: float = 0.0
) -> int:
    """How many lines `text` takes where they may be `room` points wide, the first less by `first`."""
    lines = 0
    space, wide = _thousandths(" ", bold), round(room * 1000 / size)
    for written in text.split("\n"):
        lines, used = lines + 1, round(first * 1000 / size)
        for word in filter(None, written.split(" ")):
            width = _thousandths(word, bold)
            if used and used + space + width > wide:
                lines, used = lines + 1, width
            else:
                used += (space if used else 0) + width
        first = 0.0
    return lines


@lru_cache(maxsize=16384)
def line_widths(text: str, size: float, room: float, *, bold: bool = False) -> tuple[float, ...]:
    """The width of each line that `text` takes where lines may be `room` points wide."""
    space = text_width(" ", size, bold=bold)
    made: list[float] = []
    for written in text.split("\n"):
        used = 0.0
        for word in filter(None, _SPACES.split(written)):
            width = text_width(word, size, bold=bold)
            if used and used + space + width > room:
                made.append(used)
                used = width
            else:
                used += (space if used else 0.0) + width
        made.append(used)
    return tuple(made)


class _Widths(dict[str, int]):
    """Widths by letter, found for a letter with marks when it is first asked for."""

    def __missing__(self, char: str) -> int:
        parts = unicodedata.normalize("NFD", breakable(char))
        base = unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts[1:] else parts[0]
        self[char] = 0 if unicodedata.combining(char) else self.get(base, _USUAL)
        return self[char]


@cache
def _widths(bold: bool) -> _Widths:
    ascii_, others = (_BOLD, _OTHERS_BOLD) if bold else (_REGULAR, _OTHERS_REGULAR)
    made = _Widths((chr(32 + at), int(width)) for at, width in enumerate(ascii_.split()))
    made.update(zip(_OTHERS, map(int, others.split()), strict=True))
    return made
