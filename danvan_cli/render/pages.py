"""How what is printed fills its pages, told from its words: where rows part, what stays open.

The signature takes the last lines of the text with it, so the page before may stay open by a
fifth. A clerk then gives the paragraphs a little more room; so does `filled_pages`. Rows part
over a page only where at least two lines are left on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from danvan_cli.word.metrics import line_count

_TOKEN = re.compile(
    r'<w:(?:pStyle w:val="(?P<style>[^"]*)"|tcW w:w="(?P<cell>\d+)"|(?:left|right) w:w="(?P<margin>\d+)"'
    r'|trHeight w:val="(?P<least>\d+)"|t(?: [^>]*)?>(?P<words>[^<]*)|(?P<keep>keepNext/>)'
    r"|(?P<start>p|tr|tc|tbl)>)|</w:(?P<end>p|tr|tc|tbl)>"
)
_STYLE = re.compile(r'<w:pStyle w:val="[^"]*"/>(?!<w:keepNext)')
_OPEN, _OPEN_AT_MOST = 0.11, 0.148
"""The part of a page that stays open and is left so; what may stay open to keep a row whole.

Both are less than the 15 % that are asked for: Word's lines differ a little.
"""
_STRAY = 0.12
"""What stays open, as it counts, where a heading might stay behind: more than is left so."""
_STEP, _STEPS = 0.5, 24
FEWEST = 2
"""How many lines stand on either side of the end of a page."""
_BORDER = 0.5


class Figures(NamedTuple):
    """The figures of a style of paragraphs, in points; `line` is the height of a line.

    `contextual` says that there is no space between paragraphs of this style, `stretches` that
    there may be more.
    """

    size: float = 14.0
    bold: bool = False
    line: float = 16.1
    before: float = 0.0
    after: float = 0.0
    first: float = 0.0
    sides: float = 0.0
    keep: bool = False
    contextual: bool = False
    stretches: bool = False

    def lines(self, text: str, room: float) -> int:
        """How many lines `text` takes between margins `room` apart."""
        if not text:
            return 1
        return line_count(text, self.size, room - self.sides, bold=self.bold, first=self.first)


USUAL = Figures()


class Piece(NamedTuple):
    """What stands on the page: a paragraph, or a row as a single line; `keep` is with the next.

    `stretches` says that it may be given more room above; `first` is how much of a row must stand
    on the page it begins on, where it may go on over the next.
    """

    before: float
    lines: int
    line: float
    after: float = 0.0
    keep: bool = False
    stretches: bool = False
    first: float = 0.0

    @property
    def least(self) -> float:
        """How high the part is that must stand on one page, the space above it aside."""
        return self.line * (FEWEST if self.lines >= 2 * FEWEST else self.lines)


class RowSize(NamedTuple):
    """A row of a table: how high it is, its lines and the height of one, whether the next is kept with it."""

    height: float
    lines: int = 1
    line: float = 0.0
    keep: bool = False


@dataclass(frozen=True, eq=False)
class PageRoom:
    """A page's text area in points, and the figures of the styles by id."""

    width: float
    height: float
    styles: Mapping[str, Figures] = field(default_factory=dict)


NO_PAGE = PageRoom(0.0, 0.0)


@lru_cache(maxsize=16384)
def paragraph_piece(text: str, style: str, page: PageRoom, keep: bool = False) -> Piece:
    """What a paragraph of `text`, held together, puts on a page; with `keep` the next is kept with it."""
    figures = page.styles.get(style, USUAL)
    lines = figures.lines(text, page.width)
    keep = keep or figures.keep
    return Piece(figures.before, lines, figures.line, figures.after, keep, figures.stretches)


def pieces_of(xml: str, page: PageRoom) -> Iterator[Piece]:
    """What the printed `xml` puts on a page: its paragraphs, and its rows each as one."""
    room, margins, least = page.width, 0.0, 0.0
    style, words, keep, above = "", [""], False, ""
    row: list[float] | None = None
    for found in _TOKEN.finditer(xml):
        kind = found.lastgroup
        text = found[kind or 0]
        if kind == "words":
            words.append(text)
        elif kind == "style":
            style = text
        elif kind == "keep":
            keep = True
        elif kind == "cell":
            room = int(text) / 20 - margins
        elif kind == "margin":
            margins += int(text) / 20
        elif kind == "least":
            least = int(text) / 20
        elif kind == "start" and text == "p":
            style, words, keep = "", [""], False
        elif kind == "start" and text == "tc" and row is not None:
            row.append(0.0)
            above = ""
        elif kind == "start":
            margins = 0.0 if text == "tbl" else margins
            row, least = ([], 0.0) if text == "tr" else (row, least)
        elif text == "p":
            figures = page.styles.get(style, USUAL)
            lines = figures.lines("".join(words), room)
            before = 0.0 if figures.contextual and style == above else figures.before
            if row:
                row[-1] += before + lines * figures.line + figures.after
            elif row is None:
                kept = keep or figures.keep
                stretches = figures.stretches
                yield Piece(before, lines, figures.line, figures.after, kept, stretches)
            above = style
        elif text == "tr":
            cells = row or [0.0]
            yield Piece(0.0, 1, max(least, *cells), first=max(least, min(cells)))
            row = None
        elif text == "tbl":
            room = page.width


@lru_cache(maxsize=1024)
def row_height(xml: str, page: PageRoom) -> float:
    """How high the printed rows `xml` are, the opening of their table before them."""
    return sum(piece.line + _BORDER for piece in pieces_of(xml, page))


class Laid(NamedTuple):
    """Pieces laid on pages: what stays open of each page but the last, and where the last ends."""

    opened: tuple[float, ...]
    at: float


def laid(pieces: Sequence[Piece], height: float, more: float = 0.0, *, loose: bool = False) -> Laid:
    """`pieces` on pages of `height`, with `more` points above each that stretches.

    With `loose` a row may go on over the next page; one that would begin too low is as bad as an
    empty page.
    """
    opened: list[float] = []
    at = below = 0.0
    for number, piece in enumerate(pieces):
        above = piece.before + (more if piece.stretches else 0.0)
        before = max(above, below) if at else 0.0 if opened else above
        free = height - at
        end = before + piece.lines * piece.line
        if end <= free and not piece.keep:
            at, below = at + end, piece.after
            continue
        if loose and piece.first and piece.line > free:
            opened.append(0.0 if free >= piece.first else height)
            at = below = (piece.line - free) % height
            continue
        if at and at + before + _together(pieces[number:], more, loose=loose) > height:
            # LibreOffice leaves a heading that still has room where it is, without its text.
            stray = piece.keep and end <= free
            opened.append(max(height - at, _STRAY * height) if stray else height - at)
            at = before = 0.0
        lines = piece.lines
        if at + before + lines * piece.line > height and piece.line:
            on_page = min(int((height - at - before) / piece.line), lines - FEWEST)
            opened.append(height - at - before - on_page * piece.line)
            at, before, lines = 0.0, 0.0, lines - on_page
        at += before + lines * piece.line
        below = piece.after
    return Laid(tuple(opened), at + below)


def _together(pieces: Sequence[Piece], more: float, *, loose: bool) -> float:
    """The height from the first of `pieces` to where a page may end, the space above it aside."""
    first = pieces[0]
    if not first.keep:
        return first.least
    total, below = first.lines * first.line, first.after
    for piece in pieces[1:]:
        total += max(piece.before + (more if piece.stretches else 0.0), below)
        if not piece.keep:
            return total + (piece.first if loose and piece.first else piece.least)
        total, below = total + piece.lines * piece.line, piece.after
    return total


def loosened(xml: str) -> str:
    """The printed `xml` with its rows free to go on over the next page."""
    free = _STYLE.sub(r'\g<0><w:keepNext w:val="0"/>', xml)
    return free.replace("<w:cantSplit/>", "")


class Filling(NamedTuple):
    """How the pages of a text are filled: by more room above paragraphs, by a row that parts.

    `opened` is how much of a page stays open all the same.
    """

    opened: float
    more: float = 0.0
    loose: bool = False


def filled_pages(pieces: Sequence[Piece], height: float) -> Filling:
    """The least that leaves no page of a text open."""
    best = Filling(height * 2)
    for loose in (False, True):
        for step in range(_STEPS + 1):
            more = step * _STEP
            left = max(laid(pieces, height, more, loose=loose).opened, default=0.0)
            if left < best.opened:
                best = Filling(left, more, loose)
            if left <= _OPEN * height:
                return best
        if best.opened <= _OPEN_AT_MOST * height:
            break
    return best


@dataclass
class Flow:
    """What has been printed of a section, put on its pages; up to `measured` it is known.

    `tabled` says that a table stands in it: its rows are parted as they are printed.
    """

    page: PageRoom = NO_PAGE
    pieces: list[Piece] = field(default_factory=list)
    measured: int = 0
    tabled: bool = False

    def measure(self, out: Sequence[str]) -> list[Piece]:
        """What is printed as `out`, as pieces."""
        self.pieces += pieces_of("".join(out[self.measured :]), self.page)
        self.measured = len(out)
        return self.pieces

    def add(self, piece: Piece, out: Sequence[str]) -> None:
        """Take what was last printed as `piece`."""
        self.pieces.append(piece)
        self.measured = len(out)

    def fill(self, out: list[str]) -> float:
        """Fill the pages of a signed text that ends here; how much more room it needs for it."""
        begun = self.measured
        if self.tabled or not self.pieces:
            return 0.0
        filling = filled_pages(self.measure(out), self.page.height)
        if filling.loose:
            out[begun:] = [loosened("".join(out[begun:]))]
        return filling.more


@lru_cache(maxsize=16384)
def cell_size(text: str, room: float, figures: Figures) -> RowSize:
    """How high a cell of `text` is, its lines `room` wide."""
    lines = [figures.lines(line, room) for line in text.split("\n")]
    spaces = len(lines) * (figures.before + figures.after)
    return RowSize(sum(lines) * figures.line + spaces + _BORDER, sum(lines), figures.line)


def parted(
    rows: Sequence[RowSize], at: float, head: float, height: float
) -> tuple[list[bool], float]:
    """Which of `rows` may go on over the next page, and where the last ends.

    The first stands `at` points from the top of a page `height` high; `head` is how high the rows
    are that head every page.
    """
    made: list[bool] = []
    chain = 0.0
    for row in rows:
        if row.keep:
            made.append(False)
            chain += row.height
            continue
        free = height - at - chain
        divisible = row.lines >= 2 * FEWEST
        if row.height <= free:
            made.append(divisible and row.height > _OPEN_AT_MOST * height)
            at, chain = at + chain + row.height, 0.0
            continue
        most = _OPEN_AT_MOST * height
        whole = not divisible or (height - at <= most and head + chain + row.height <= height)
        made.append(not whole)
        if whole:
            at, chain = head + chain + row.height, 0.0
        else:
            spaces = row.height - row.lines * row.line
            fitting = int((free - spaces) / row.line) if row.line else 0
            left = (row.lines - max(fitting, 0)) * row.line + spaces
            at, chain = head + left % (height - head), 0.0
    return made, at + chain
