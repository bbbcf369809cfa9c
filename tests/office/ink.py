"""Where the ink is on the pages of a PDF, as text: a page is a grid of digits, from 0 (white) to 9.

Small enough to be kept beside the code and read in a diff; coarse enough that another version of
LibreOffice, which sets a line a little higher, changes little.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ACROSS, DOWN = 16, 22
_DPI = 36
_DARKEST = 0.45
"""The part of a cell that is black where it is full of bold capitals: level 9."""
_FEWEST, _MOSTLY = 6, 0.7
_PGM = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")
_HEAD = "trang {}"
Page = tuple[tuple[int, ...], ...]


def has_printer() -> bool:
    """Whether there is a program to make pictures of PDF pages."""
    return shutil.which("pdftoppm") is not None


def pages_of(pdf: Path) -> list[Page]:
    """The ink of each page of `pdf`."""
    command = ["pdftoppm", "-r", str(_DPI), "-gray", str(pdf)]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    return [_grid(*picture) for picture in _pictures(data)]


def _pictures(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while found := _PGM.match(data, at):
        width, height = int(found[1]), int(found[2])
        at = found.end() + width * height
        yield width, height, data[found.end() : at]


def _grid(width: int, height: int, grey: bytes) -> Page:
    dark = [[0] * ACROSS for _ in range(DOWN)]
    for y in range(height):
        row = dark[y * DOWN // height]
        line = grey[y * width : (y + 1) * width]
        for at in range(ACROSS):
            part = line[at * width // ACROSS : (at + 1) * width // ACROSS]
            row[at] += 255 * len(part) - sum(part)
    full = 255 * (width / ACROSS) * (height / DOWN) * _DARKEST
    return tuple(tuple(min(round(9 * cell / full), 9) for cell in row) for row in dark)


def written(pages: Sequence[Page]) -> str:
    """`pages` as the text that is kept."""
    lines = []
    for number, page in enumerate(pages, start=1):
        lines += [_HEAD.format(number), *("".join(map(str, row)) for row in page)]
    return "\n".join(lines) + "\n"


def read(text: str) -> list[Page]:
    """The pages that `written` made a text of."""
    parts = re.split(r"^trang \d+\n", text, flags=re.M)[1:]
    return [tuple(tuple(map(int, row)) for row in part.split()) for part in parts]


def distance(one: Page, other: Page) -> float:
    """How unlike two pages are: the ink that moved, as a part of all; 0 alike, 1 nothing in common.

    A cell is held against the cell of the other page and against those above and below it, so
    that a line set a little higher counts for little.
    """
    moved = (_moved(one, other) + _moved(other, one)) / 2
    ink = max(sum(map(sum, one)), sum(map(sum, other)), 1)
    return min(moved / ink, 1.0)


def _moved(one: Page, other: Page) -> int:
    total = 0
    for y, row in enumerate(one):
        for x, cell in enumerate(row):
            levels = [line[x] for line in _near(other, y)]
            total += max(min(levels) - cell, cell - max(levels), 0)
    return total


def _near(page: Page, y: int) -> list[tuple[int, ...]]:
    return [page[i] for i in (y - 1, y, y + 1) if 0 <= i < len(page)]


def lost_rows(one: Page, other: Page) -> list[int]:
    """The rows of `one` whose ink is not on `other`, there or just above or below."""
    made = []
    for y, row in enumerate(one):
        gone = sum(cell for x, cell in enumerate(row) if not any(n[x] for n in _near(other, y)))
        if gone >= _FEWEST and gone >= sum(row) * _MOSTLY:
            made.append(y)
    return made


def unlike(kept: Sequence[Page], made: Sequence[Page], most: float, *, lines: bool) -> list[str]:
    """What differs between the pages kept and those made, in words for whoever runs this.

    `most` is how much of a page's ink may be elsewhere; with `lines` no line may be lost or new,
    and no page: without it, the words may have brought one more or less.
    """
    said = []
    if abs(len(kept) - len(made)) > (0 if lines else 1):
        said.append(f"{len(made)} pages, kept were {len(kept)}")
    for number, (one, other) in enumerate(zip(kept, made, strict=False), start=1):
        if (far := distance(one, other)) > most:
            said.append(f"page {number}: {far:.0%} of its ink is elsewhere (allowed {most:.0%})")
        elif lines and (rows := {*lost_rows(one, other), *lost_rows(other, one)}):
            said.append(f"page {number}: ink lost or new in rows {sorted(rows)} of {DOWN}")
    return said
