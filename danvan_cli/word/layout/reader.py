"""A Word file's looks as they take effect, read in one walk over its body.

Each paragraph gets what its styles, theme, table, list and own settings come to. Deleted text and
the second copy of a drawing that older programs read are left out, as when its words are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from danvan_cli.text import breakable, whole
from danvan_cli.word.kept import ElementBytes, Kept
from danvan_cli.word.layout.drawings import drawn_at
from danvan_cli.word.layout.properties import paragraph_properties, points, value
from danvan_cli.word.layout.sections import Margins, sections_of
from danvan_cli.word.layout.styles import StylesInEffect, letters_of, switched_on
from danvan_cli.word.layout.values import CellAt, Layout, Paragraph, ParagraphLook, Run, TypedLine
from danvan_cli.word.names import FALLBACK, W
from danvan_cli.word.package import Parts, parse_xml, related_part, relations

_GONE = frozenset((f"{W}del", f"{W}moveFrom", f"{W}instrText", FALLBACK, f"{W}pPr", f"{W}rPr"))
_BOX = f"{W}txbxContent"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_PAGES = re.compile(rb"<Pages>(\d{1,5})</Pages>")
_PIECES = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_CELL_MARGINS = 10.8
_SMALL = 20_000
"""The bytes of a part that is kept parsed."""


def read_layout(
    parts: Parts,
    main: str,
    body: etree._Element,
    order_of: Callable[[etree._Element], int],
    written: ElementBytes,
) -> Layout:
    """How the file made of `parts` looks; `body` is the parsed body of part `main`.

    `order_of` gives the place a paragraph's words have been read at, 0 where it has none.
    """
    sheet = _sheet(*(_part(parts, main, kind) for kind in ("styles", "theme", "numbering")))
    styles = sheet.styles
    settings = _root(_part(parts, main, "settings"))
    properties = section_elements(body)
    sections = sections_of(properties, Margins(_margin_roots(parts, main), styles))
    walker = _Walker(sheet, order_of, [section.room for section in sections], written)
    walker.blocks(body, None)
    found = _PAGES.search(parts.get("docProps/app.xml", b""))
    tab = points(value(settings.find(f"{W}defaultTabStop"))) if settings is not None else None
    return Layout(
        sections=sections,
        paragraphs=tuple(walker.made),
        pages=int(found.group(1)) if found else 0,
        additive=switched_on(settings, "doNotUseHTMLParagraphAutoSpacing"),
        tab=tab or 36.0,
        even_differs=switched_on(settings, "evenAndOddHeaders"),
        columns=walker.columns,
    )


Part = tuple[str, bytes] | None


def _part(parts: Parts, main: str, kind: str) -> Part:
    """The name and the bytes of the part that `main` relates to as `kind`."""
    name = related_part(parts, main, kind)
    return (name, parts[name]) if name is not None else None


def _root(part: Part) -> etree._Element | None:
    if part is None:
        return None
    return _small(*part) if len(part[1]) <= _SMALL else parse_xml(*part)


@lru_cache(maxsize=64)
def _small(name: str, data: bytes) -> etree._Element:
    """The root of a part that papers made alike share, such as a header; it is only read."""
    return parse_xml(name, data)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell by itself: its columns, its width if given, the looks of its paragraphs.

    The looks are None where something else than plain paragraphs stands in it.
    """

    span: int
    width: float
    looks: tuple[ParagraphLook, ...] | None


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The styles of a file, and what has been read by them.

    None stands for a paragraph that a text box or the end of a section hangs on.
    """

    styles: StylesInEffect
    looks: Kept[ParagraphLook | None] = field(default_factory=Kept)
    cells: Kept[_Cell] = field(default_factory=Kept)

    def plain(self, element: etree._Element, table: str | None) -> ParagraphLook | None:
        """The look of a paragraph in a table of that style, if nothing hangs on it."""
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            return None
        boxes: list[etree._Element] = []
        look = self.look(element, table, boxes)
        return None if boxes else look

    def look(
        self, element: etree._Element, table: str | None, boxes: list[etree._Element]
    ) -> ParagraphLook:
        """The look of a paragraph; the text boxes that hang on it are put into `boxes`."""
        shape, style = self.styles.shape(paragraph_properties(element.find(f"{W}pPr")), table)
        line = TypedLine(tuple(_runs(element, self.styles, style, table, boxes)))
        return ParagraphLook(line, shape, drawn_at(element))

    def cell(self, element: etree._Element, table: str) -> _Cell:
        """A cell of a table of that style."""
        children = [c for c in element.iterchildren("*") if c.tag != f"{W}tcPr"]
        looks = [self.plain(c, table) if c.tag == f"{W}p" else None for c in children]
        plain = tuple(look for look in looks if look is not None)
        span, width = _measures(element.find(f"{W}tcPr"))
        return _Cell(span, width, plain if len(plain) == len(looks) else None)


@lru_cache(maxsize=8)
def _sheet(styles: Part, theme: Part, numbering: Part) -> _Sheet:
    """The sheet that the parts make; one for all papers with the same styles."""
    return _Sheet(StylesInEffect(*map(_root, (styles, theme, numbering))))


def _margin_roots(parts: Parts, main: str) -> Mapping[str, etree._Element]:
    """The parsed headers and footers by the id of their relationship."""
    return {
        one.ident: root
        for one in relations(parts, main)
        if one.kind.rpartition("/")[2] in ("header", "footer")
        and one.target in parts
        and (root := _root((one.target, parts[one.target]))) is not None
    }


def paragraph_elements(body: etree._Element) -> list[etree._Element]:
    """The paragraphs of `body`, each at the index its `Paragraph` has."""
    walker = _Walker(_Sheet(StylesInEffect(None, None, None)), lambda _: 0, [0.0], ElementBytes())
    walker.blocks(body, None)
    return walker.elements


def section_elements(body: etree._Element) -> list[etree._Element]:
    """The sectPr of each section of `body`, in order; one that says nothing where there is none."""
    return [e for e in body.iter(f"{W}sectPr") if e.find(f"{W}pgSz") is not None or len(e)] or [
        etree.Element(f"{W}sectPr")
    ]


@dataclass(frozen=True)
class _Around:
    """What a paragraph stands in: the table's style, the cell, the room a line has."""

    style: str
    cell: CellAt


class _Walker:
    """Goes over the body once; `made` are its paragraphs."""

    def __init__(
        self,
        sheet: _Sheet,
        order_of: Callable[[etree._Element], int],
        rooms: list[float],
        written: ElementBytes,
    ) -> None:
        self.sheet = sheet
        self.written = written
        self.styles = sheet.styles
        self.order_of = order_of
        self.rooms = rooms
        self.made: list[Paragraph] = []
        self.elements: list[etree._Element] = []
        self.columns: dict[int, int] = {}
        self._tables = 0
        self._section = 0

    def blocks(self, parent: etree._Element, around: _Around | None) -> None:
        """Read the blocks below `parent`."""
        for child in parent.iterchildren("*"):
            if child.tag == f"{W}p":
                self._paragraph(child, around, boxed=False)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag not in _GONE and child.tag != f"{W}sectPr":
                self.blocks(child, around)

    def _table(self, table: etree._Element) -> None:
        number, self._tables = self._tables, self._tables + 1
        style = value(table.find(f"{W}tblPr/{W}tblStyle"))
        grid = [points(value(c, "w")) or 0.0 for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        for at, row in enumerate(_within(table, f"{W}tr", f"{W}tbl")):
            column = 0
            for index, element in enumerate(_within(row, f"{W}tc", f"{W}tbl")):
                cell = self.sheet.cells.of(
                    element, self.written, lambda e: self.sheet.cell(e, style), style
                )
                width = cell.width or sum(grid[column : column + cell.span])
                column += cell.span
                around = _Around(style, CellAt(number, at, index, width))
                self.columns[number] = max(self.columns.get(number, 0), index + 1)
                if cell.looks is None:
                    self.blocks(element, around)
                    continue
                paragraphs = element.iterchildren(f"{W}p")
                for paragraph, look in zip(paragraphs, cell.looks, strict=True):
                    self._take(paragraph, look, around, boxed=False)

    def _paragraph(self, element: etree._Element, around: _Around | None, *, boxed: bool) -> None:
        table = around.style if around is not None else None
        look = self.sheet.looks.of(
            element, self.written, lambda e: self.sheet.plain(e, table), table
        )
        if look is not None:
            self._take(element, look, around, boxed=boxed)
            return
        boxes: list[etree._Element] = []
        self._take(element, self.sheet.look(element, table, boxes), around, boxed=boxed)
        for box in boxes:
            for inner in box.iter(f"{W}p"):
                self._paragraph(inner, around, boxed=True)
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            self._section += 1

    def _take(
        self, element: etree._Element, look: ParagraphLook, around: _Around | None, *, boxed: bool
    ) -> None:
        section = min(self._section, len(self.rooms) - 1)
        cell = around.cell if around is not None else None
        room = self.rooms[section]
        if cell is not None and cell.width:
            room = max(cell.width - _CELL_MARGINS, 1.0)
        order = self.order_of(element)
        self.made.append(Paragraph(len(self.elements), order, look, section, cell, boxed, room))
        self.elements.append(element)


def _runs(
    parent: etree._Element,
    styles: StylesInEffect,
    style: str,
    table: str | None,
    boxes: list[etree._Element],
) -> Iterator[Run]:
    for child in parent.iterchildren("*"):
        if child.tag in _GONE:
            continue
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag == f"{W}r":
            yield from _run(child, styles, style, table, boxes)
        else:
            yield from _runs(child, styles, style, table, boxes)


def _run(
    run: etree._Element,
    styles: StylesInEffect,
    style: str,
    table: str | None,
    boxes: list[etree._Element],
) -> Iterator[Run]:
    text = []
    for child in run.iterchildren("*"):
        if child.tag == f"{W}t":
            text.append(breakable(child.text or ""))
        elif child.tag in _CHARACTERS:
            text.append(_CHARACTERS[str(child.tag)])
        elif child.tag not in _GONE:
            boxes.extend(child.iter(_BOX))
    words = "".join(text)
    if not words:
        return
    given = styles.of_run(styles.run(run.find(f"{W}rPr")), style, table)
    alike = given.get("ascii") == given.get("hAnsi")
    for piece in (words,) if alike else _PIECES.findall(words):
        letters = letters_of(given, vietnamese=not piece.isascii())
        if not letters.hidden:
            yield Run(piece, letters)


def _measures(properties: etree._Element | None) -> tuple[int, float]:
    """How many columns a cell spans, and its width where it is given in points."""
    if properties is None:
        return 1, 0.0
    span = value(properties.find(f"{W}gridSpan"), default="1")
    width = properties.find(f"{W}tcW")
    given = points(value(width, "w")) if value(width, "type", "dxa") == "dxa" else None
    return min(whole(span) or 1, 200), max(given or 0.0, 0.0)


def _within(parent: etree._Element, tag: str, stop: str) -> Iterator[etree._Element]:
    """The nearest elements `tag` below `parent`, wrappers looked through, not below `stop`.

    A row that is deleted is not there.
    """
    for child in parent.iterchildren("*"):
        if child.tag == tag:
            if tag != f"{W}tr" or child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag != stop and child.tag not in _GONE:
            yield from _within(child, tag, stop)
