"""A .docx as blocks: paragraphs, tables by their true grid, footnotes, headers and footers.

Reads within the bounds of `render.package`; deleted text (tracked changes) is not there, inserted
text is. The markup is ECMA-376 part 1 (WordprocessingML).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from danvan_cli.passage import Passage
from danvan_cli.reading.document import BodyItem, Grid, GridCell, WordPlaces, first_words
from danvan_cli.reading.word_numbers import Listed, Lists, WordNumbers
from danvan_cli.text import breakable, whole
from danvan_cli.word.kept import ElementBytes, Kept
from danvan_cli.word.layout.reader import read_layout
from danvan_cli.word.layout.values import Layout
from danvan_cli.word.names import W, boxes, children, outermost, paragraphs, pieces, text_of
from danvan_cli.word.package import (
    PackageError,
    Parts,
    main_part,
    own_properties,
    parse_xml,
    read_package,
    related,
)

Character = tuple[str, etree._Element | None, int]
"""A character, the element it stands in (what parts paragraphs stands in none), and its index."""
_MOST_COLUMNS = 200
_MARGINS = {"header": "đầu trang", "footer": "chân trang"}


@dataclass(frozen=True)
class WordFile:
    """What a .docx says, how it looks, and what its own properties are `about`.

    `blocks` are those of the body, then of footnotes, then of headers and footers.
    """

    blocks: tuple[BodyItem, ...]
    layout: Layout | None
    about: Mapping[str, str]


def read_word(data: bytes, shown: str) -> WordFile:
    """The .docx in `data`.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = read_package(data)
    main = main_part(parts)
    body = parse_xml(main, parts[main]).find(f"{W}body")
    reader = _WordReader(shown, _numbers(parts, main))
    blocks = list(reader.blocks(body)) if body is not None else []
    layout = (
        read_layout(parts, main, body, reader.order_of, reader.written)
        if body is not None
        else None
    )
    for name, kind in _beside(parts, main):
        blocks += reader.beside(parse_xml(name, parts[name]), kind)
    return WordFile(tuple(blocks), layout, _about(parts))


def _about(parts: Parts) -> Mapping[str, str]:
    """What the properties of the file say; nothing where their part is damaged, as Word has it."""
    try:
        return own_properties(parts)
    except PackageError:
        return {}


def roots_of(parts: Parts, main: str) -> dict[str, etree._Element]:
    """The parts of a .docx that hold its text, by name, in the order they are read."""
    names = (main, *(name for name, _ in _beside(parts, main)))
    return {name: parse_xml(name, parts[name]) for name in names}


def paragraphs_by_order(
    parts: Parts, main: str, roots: Mapping[str, etree._Element]
) -> dict[int, list[etree._Element]]:
    """The paragraphs below `roots` (see `roots_of`) by the order of the passage each is in."""
    body = roots[main].find(f"{W}body")
    reader = _WordReader("", _numbers(parts, main))
    made: dict[int, list[etree._Element]] = {}
    for _ in reader.blocks(body) if body is not None else ():
        pass
    for name, kind in _beside(parts, main):
        for _ in reader.beside(roots[name], kind):
            pass
    for paragraph, order in reader.orders.items():
        made.setdefault(order, []).append(paragraph)
    return made


def characters(paragraphs: Iterable[etree._Element]) -> list[Character]:
    """The characters of the passage that `paragraphs` make, as it is read."""
    made: list[Character] = []
    for paragraph in paragraphs:
        own = [
            (char, element, index)
            for element, text in pieces(paragraph)
            for index, char in enumerate(breakable(text))
        ]
        if any(not char.isspace() for char, _, _ in own):
            made += [("\n", None, 0), *own] if made else own
    while made and made[0][0].isspace():
        made.pop(0)
    return made


def _beside(parts: Parts, main: str) -> Iterator[tuple[str, str]]:
    """The parts of text beside the body and the kind of each, in the order they are read."""
    for kind in ("footnotes", *_MARGINS):
        yield from ((name, kind) for name in _present(parts, main, kind))


def _present(parts: Parts, main: str, kind: str) -> list[str]:
    return sorted({posixpath.normpath(n) for n in related(parts, main, kind)} & parts.keys())


def _numbers(parts: Parts, main: str) -> WordNumbers:
    made = []
    for kind in ("numbering", "styles"):
        names = _present(parts, main, kind)
        made.append((names[0], parts[names[0]]) if names else None)
    return WordNumbers(_lists(*made))


@lru_cache(maxsize=8)
def _lists(numbering: tuple[str, bytes] | None, styles: tuple[str, bytes] | None) -> Lists:
    """The lists that two parts define; the same for all papers with the same styles."""
    return Lists.of(
        *(parse_xml(*part) if part is not None else None for part in (numbering, styles))
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What the XML of a paragraph says by itself: its text, its list, whether boxes hang on it."""

    text: str
    listed: Listed
    boxed: bool

    @classmethod
    def of(cls, paragraph: etree._Element) -> _Said:
        """What `paragraph` says."""
        listed = Listed.of(paragraph.find(f"{W}pPr"))
        return cls(_text(paragraph), listed, next(boxes(paragraph), None) is not None)


@dataclass(frozen=True, slots=True)
class _SaidCell:
    """What the XML of a cell says by itself: its text, its columns, whether it only goes on."""

    text: str
    span: int
    continued: bool

    @classmethod
    def of(cls, cell: etree._Element) -> _SaidCell:
        """What `cell` says."""
        properties = cell.find(f"{W}tcPr")
        span, continued = 1, False
        if properties is not None:
            span = _number(properties.find(f"{W}gridSpan"))
            merge = properties.find(f"{W}vMerge")
            continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        text = "\n".join(line for p in paragraphs(cell) if (line := _text(p)).strip())
        return cls(text, span, continued)


_SAID: Kept[_Said] = Kept()
_CELLS: Kept[_SaidCell] = Kept()


class _WordReader:
    def __init__(self, shown: str, numbers: WordNumbers) -> None:
        self.shown = shown
        self.numbers = numbers
        self.order = 0
        self.written = ElementBytes()
        self.orders: dict[etree._Element, int] = {}

    def order_of(self, paragraph: etree._Element) -> int:
        """The order of the passage that `paragraph` is in; 0 where it has no text."""
        return self.orders.get(paragraph, 0)

    def blocks(self, parent: etree._Element) -> Iterator[BodyItem]:
        for child in children(parent):
            if child.tag == f"{W}p":
                said = _SAID.of(child, self.written, _Said.of)
                passage = self._passage(said.text, label=self.numbers.label(said.listed))
                if passage:
                    self.orders[child] = self.order
                    yield passage
                if said.boxed:
                    yield from self._boxes(child)
            elif child.tag == f"{W}tbl":
                yield Grid(tuple(self._row(row) for row in _rows(child)))
            else:
                yield from self.blocks(child)

    def _boxes(self, paragraph: etree._Element) -> Iterator[Passage]:
        """The paragraphs of the text boxes that hang on `paragraph`, a text read once."""
        seen: set[str] = set()
        for box in boxes(paragraph):
            for inner in paragraphs(box):
                text = _text(inner).strip()
                passage = self._passage(text) if text not in seen else None
                seen.add(text)
                if passage:
                    self.orders[inner] = self.order
                    yield passage

    def beside(self, root: etree._Element, kind: str) -> Iterator[BodyItem]:
        """The passages of a part that stands beside the body."""
        where = _MARGINS.get(kind)
        yield from self._margin(root, where) if where else self._footnotes(root)

    def _footnotes(self, root: etree._Element) -> Iterator[BodyItem]:
        number = 0
        for note in root.iterfind(f"{W}footnote"):
            if note.get(f"{W}type", "normal") != "normal":
                continue
            number += 1
            where = f"chú thích {number}"
            for paragraph in note.iter(f"{W}p"):
                passage = self._passage(_text(paragraph), where)
                if passage:
                    self.orders[paragraph] = self.order
                    yield passage._replace(subject=where)

    def _margin(self, root: etree._Element, where: str) -> Iterator[BodyItem]:
        for paragraph in root.iter(f"{W}p"):
            text = _text(paragraph)
            if any(char.isalpha() for char in text):
                passage = self._passage(text, where)
                if passage:
                    self.orders[paragraph] = self.order
                    yield passage._replace(subject=where)

    def _row(self, row: etree._Element) -> tuple[GridCell, ...]:
        made: list[GridCell] = []
        for element in outermost(row, f"{W}tc"):
            cell = _CELLS.of(element, self.written, _SaidCell.of)
            text = cell.text or self._counted(element)
            passage = None if cell.continued else self._passage(text)
            made.append(GridCell(passage, cell.span, cell.continued))
            if passage is not None:
                self.orders |= dict.fromkeys(paragraphs(element), self.order)
        return tuple(made)

    def _counted(self, cell: etree._Element) -> str:
        """The number that Word prints in a cell without words."""
        if not self.numbers.lists.lists:
            return ""
        said = (_Said.of(p) for p in paragraphs(cell))
        return next((label for one in said if (label := self.numbers.label(one.listed))), "")

    def _passage(self, text: str, where: str = "", label: str = "") -> Passage | None:
        text = text.strip()
        if not text:
            return None
        self.order += 1
        words = first_words(text)
        places = WordPlaces(self.shown, self.order, where or f"đoạn “{words}”")
        return Passage(text, "chu", words, places, label=label)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    rows = outermost(table, f"{W}tr")
    return (row for row in rows if row.find(f"{W}trPr/{W}del") is None)


def _number(element: etree._Element | None) -> int:
    value = element.get(f"{W}val", "1") if element is not None else "1"
    return min(whole(value) or 1, _MOST_COLUMNS)


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph as it reads, its signs that never break as any others."""
    return breakable(text_of(paragraph))
