"""How the pages of a paper are filled: holes, stranded signatures and headings, rows split badly.

Read from the words of a PDF, by where they stand, with what the paper is known to say.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from danvan_cli.render.content import Content, RowFields
from danvan_cli.render.documents import Draft
from danvan_cli.text import breakable, squeeze

MOST_EMPTY = 0.15
FEWEST_ABOVE = 2
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
_MM = 72 / 25.4
_TOP = _BOTTOM = 20 * _MM
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
_SAME_LINE = 3.0


@dataclass(frozen=True)
class Word:
    """A word of a page: its letters, and where it stands, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class PdfPage:
    """The words of a page in its text area, from the top; `height` is that of the paper."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def lines(self) -> tuple[tuple[Word, ...], ...]:
        """The words by their lines, from the top."""
        return lines_of(self.words)

    @property
    def empty(self) -> float:
        """The part of the text area below its last word."""
        room = self.height - _TOP - _BOTTOM
        last = max((word.bottom for word in self.words), default=_TOP)
        return max(0.0, self.height - _BOTTOM - last) / room


def lines_of(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """`words`, sorted from the top, by the lines they stand on."""
    made: list[list[Word]] = []
    for word in words:
        if made and abs(made[-1][0].bottom - word.bottom) < _SAME_LINE:
            made[-1].append(word)
        else:
            made.append([word])
    return tuple(tuple(sorted(line, key=lambda w: w.left)) for line in made)


def pages_of(pdf: Path) -> list[PdfPage]:
    """The pages of `pdf`, without the numbers in their top margins."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    made = []
    for part in done.stdout.decode("utf-8", "replace").split("</page>")[:-1]:
        size = _PAGE.search(part)
        assert size is not None
        words = [
            Word(
                float(found[1]), float(found[2]), float(found[3]), float(found[4]), _text(found[5])
            )
            for found in _WORD.finditer(part)
        ]
        inside = [word for word in words if word.bottom > _TOP]
        inside.sort(key=lambda w: (round(w.bottom), w.left))
        made.append(PdfPage(float(size[1]), float(size[2]), tuple(inside)))
    return made


def _text(written: str) -> str:
    for entity, letter in _ENTITIES.items():
        written = written.replace(entity, letter)
    return plain(written)


def plain(text: str) -> str:
    """`text` as it is compared: plain hyphens and spaces."""
    return squeeze(breakable(text))


def line_text(line: Sequence[Word]) -> str:
    """The words of a line."""
    return " ".join(word.text for word in line)


@dataclass(frozen=True)
class PageFault:
    """What is wrong with a page: `kind` for counting, `page` from 1, and the measure."""

    kind: str
    page: int
    said: str


def page_faults(pages: Sequence[PdfPage], draft: Draft) -> Iterator[PageFault]:
    """What is wrong with the pages of the paper `draft`."""
    contents = [text.content for text in draft.texts()]
    ends = set(_ends(pages, contents))
    headings = _headings(contents)
    heads = [cells for content in contents for cells in _heads(content)]
    for at, page in enumerate(pages):
        number = at + 1
        if not page.words:
            yield PageFault("blank", number, "no words")
            continue
        if at not in ends and page.empty > MOST_EMPTY:
            yield PageFault("empty", number, f"{page.empty:.0%} of the page is empty")
        if at not in ends and (found := _heading_at_foot(page, headings)):
            yield PageFault("heading", number, f"ends with the heading {found!r}")
    yield from _signatures(pages, contents)
    yield from _rows(pages, heads)


def _heading_at_foot(page: PdfPage, headings: set[str]) -> str:
    """The heading whose last line is the last of `page`, "" if there is none."""
    said = ""
    for line in reversed(page.lines[-4:]):
        said = f"{line_text(line)} {said}".strip()
        if said in headings:
            return said
    return ""


def _headings(contents: Sequence[Content]) -> set[str]:
    made = set()
    for content in contents:
        made |= {plain(f"{b.so} {b.chu}") for b in content.noi_dung if b.loai == "tieu_de"}
        made |= {plain(f"{g.tt} {g.ten}") for g in content.nhom}
        made |= {plain(f"{r.tt} {r.noi_dung}") for r in content.nhiem_vu if r.co_diem}
    return made


def _heads(content: Content) -> Iterator[tuple[str, ...]]:
    """The words that head the columns of each table, and for annexes too."""
    for columns in (*(t.cot for t in content.tables()), *(a.cot for a in content.phu_luc)):
        yield _cells(columns)


def _cells(columns: RowFields) -> tuple[str, ...]:
    return tuple(plain(str(v)) for v in vars(columns).values() if str(v))


def _ends(pages: Sequence[PdfPage], contents: Sequence[Content]) -> Iterator[int]:
    """The pages that may be empty at their foot: the last of each text and annex."""
    yield len(pages) - 1
    names = [plain(str(a.ten)) for content in contents for a in content.phu_luc]
    titles = [plain(str(content.ten_loai)) for content in contents[1:]]
    for at, page in enumerate(pages[1:], start=1):
        first = [line_text(line) for line in page.lines[:8]]
        if (first[:1] and first[0] in names) or any(t in first for t in titles):
            yield at - 1


def _signatures(pages: Sequence[PdfPage], contents: Sequence[Content]) -> Iterator[PageFault]:
    """Signatures without body above them on their page, or parted over two."""
    signed = [content for content in contents if content.ky.quyen_han]
    for content in signed:
        posts = [plain(str(line)) for line in content.ky.quyen_han]
        name = plain(str(content.ky.ho_ten))
        found = [at for at, page in enumerate(pages) if _line_of(page, posts[0], right=True)]
        if not found:
            yield PageFault("signature", 0, f"{posts[0]!r} is not found")
            continue
        at = found[-1]
        page = pages[at]
        start = min(w.top for w in _line_of(page, posts[0], right=True))
        label = _line_of(page, plain(str(content.noi_nhan.nhan)), right=False)
        if label:
            start = min(start, label[0].top)
        above = [line for line in page.lines if line[0].bottom <= start + 1]
        if len(above) < FEWEST_ABOVE and len(pages) > 1:
            yield PageFault("signature", at + 1, f"{len(above)} lines of body above the signature")
        if name and not _line_of(page, name, right=True):
            yield PageFault("signature", at + 1, "the name is on another page than the post")


def _line_of(page: PdfPage, text: str, *, right: bool) -> tuple[Word, ...]:
    """The line of one half of `page` that `text` begins with, () if there is none."""
    middle = page.width / 2 + 20
    own = tuple(w for w in page.words if (w.left > middle) == right)
    for line in lines_of(own):
        said = line_text(line)
        if said and (text == said or (text.startswith(said + " ") and len(said) > 8)):
            return line
    return ()


def _rows(pages: Sequence[PdfPage], heads: Sequence[tuple[str, ...]]) -> Iterator[PageFault]:
    """Rows that go on over a page with a single line on either side; heads with no row below."""
    for at, (page, after) in enumerate(pairwise(pages)):
        below = _below_head(after, heads)
        if below is None:
            continue
        if not below:
            yield PageFault("row", at + 2, "a table's head with nothing below it")
            continue
        column = _number_column(after, heads)
        going_on = _lines_before_number(below, column)
        if not going_on:
            continue
        before = _lines_since_number(page.lines, column)
        if min(going_on, before) < FEWEST_ABOVE:
            yield PageFault("row", at + 1, f"a row split {before} + {going_on} lines")


def _below_head(page: PdfPage, heads: Sequence[tuple[str, ...]]) -> list[tuple[Word, ...]] | None:
    """The lines below the head of the table that `page` goes on with; None where there is none."""
    for cells in heads:
        wanted = Counter(word for cell in cells for word in cell.split())
        left = wanted.copy()
        for count, line in enumerate(page.lines, start=1):
            words = Counter(word.text for word in line)
            if words - left:
                break
            left -= words
            if not +left:
                return list(page.lines[count:])
    return None


def _number_column(page: PdfPage, heads: Sequence[tuple[str, ...]]) -> float:
    """Where the column of numbers ends: right of the word that heads it."""
    first = {cells[0].split()[0] for cells in heads}
    return next((w.right + 12 for line in page.lines[:6] for w in line if w.text in first), 0.0)


def _lines_before_number(lines: Sequence[Sequence[Word]], column: float) -> int:
    for count, line in enumerate(lines):
        if line[0].right <= column + 4:
            return count
    return len(lines)


def _lines_since_number(lines: Sequence[Sequence[Word]], column: float) -> int:
    for count, line in enumerate(reversed(lines), start=1):
        if line[0].right <= column + 4:
            return count
    return len(lines)
