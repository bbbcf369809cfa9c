"""How long the drawn lines of a document are, by the words above them.

Nghị định 30/2020/NĐ-CP, Phụ lục I, II: the line under tiêu ngữ is as long as the words, those
under the agency's name and the trích yếu are from a third to a half of the line above.
"""

from __future__ import annotations

from functools import lru_cache

from danvan_cli.word.metrics import line_widths


@lru_cache(maxsize=1024)
def length(
    paragraphs: tuple[str, ...], size: float, box: float, *, bold: bool, full: bool
) -> float:
    """The length of the line under `paragraphs` of letters of `size` in a box `box` wide, in points.

    As long as the longest line for `full`; otherwise between a third and a half of every line
    where that can be, else of the longest one.
    """
    lines = [w for p in paragraphs for w in line_widths(p, size, box, bold=bold) if w]
    longest = min(max(lines, default=0.0), box)
    if full:
        return longest
    low, high = longest / 3, min(*lines, box) / 2 if lines else 0.0
    return (low + (high if high >= low else longest / 2)) / 2
