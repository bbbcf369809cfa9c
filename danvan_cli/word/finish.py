"""The last touches on rendered XML: line breaks, kept spaces, and a table's grid.

They follow from the text and the cells that came out, never from taste: no font, size or
margin is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from danvan_cli.word.names import W

_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOSES_SPACE = re.compile(r"^\s|\s$|\s\s")
_BREAK = re.compile("([\n\t])")


def finish(root: etree._Element) -> None:
    """Make the rendered part `root` say in WordprocessingML what its texts say in characters."""
    for text in list(root.iter(f"{W}t")):
        words = text.text or ""
        if not words:
            _drop(text)
        elif "\n" in words or "\t" in words:
            _break_up(text, words)
        elif _LOSES_SPACE.search(words):
            text.set(_XML_SPACE, "preserve")
    for table in root.iter(f"{W}tbl"):
        _fit_grid(table)
    for number, drawing in enumerate(root.iter(_DRAWING_ID), start=1):
        drawing.set("id", str(number))


def _drop(text: etree._Element) -> None:
    run = text.getparent()
    if run is None or (text.tail or "").strip():
        return
    run.remove(text)
    paragraph = run.getparent()
    if (
        run.tag == f"{W}r"
        and paragraph is not None
        and not (run.tail or "").strip()
        and all(child.tag == f"{W}rPr" for child in run)
    ):
        paragraph.remove(run)


def _break_up(text: etree._Element, words: str) -> None:
    run = text.getparent()
    if run is None:
        return
    pieces = [_piece(piece) for piece in _BREAK.split(words) if piece]
    pieces[-1].tail = text.tail
    place = run.index(text)
    run[place : place + 1] = pieces


def _piece(piece: str) -> etree._Element:
    if piece in "\n\t":
        return etree.Element(f"{W}br" if piece == "\n" else f"{W}tab")
    text = etree.Element(f"{W}t", {_XML_SPACE: "preserve"})
    text.text = piece
    return text


def rows_of(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each row of `table` with the number of grid columns it covers."""
    for row in table.iterchildren(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        width = sum(_value(properties, name) for name in ("gridBefore", "gridAfter"))
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                width += _value(cell.find(f"{W}tcPr"), "gridSpan") or 1
        yield row, width


def _value(properties: etree._Element | None, name: str) -> int:
    element = None if properties is None else properties.find(f"{W}{name}")
    value = "" if element is None else element.get(f"{W}val", "")
    return int(value) if value.isdecimal() else 0


def _fit_grid(table: etree._Element) -> None:
    """Share the width of `table` among its columns when a loop made more or fewer of them.

    Word takes widths from the cells, LibreOffice from the grid: both are set.
    """
    grid = table.find(f"{W}tblGrid")
    widths = {width for _, width in rows_of(table)}
    if grid is None or len(widths) != 1 or (count := widths.pop()) in {0, len(grid)}:
        return
    share = str(sum(int(column.get(f"{W}w", "0")) for column in grid) // count)
    grid[:] = [etree.Element(f"{W}gridCol", {f"{W}w": share}) for _ in range(count)]
    for row, _ in rows_of(table):
        for cell_width in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW"):
            cell = cell_width.getparent()
            if cell is not None and cell.find(f"{W}gridSpan") is None:
                cell_width.set(f"{W}w", share)
                cell_width.set(f"{W}type", "dxa")
