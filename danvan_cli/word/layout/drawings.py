"""Straight lines drawn at a paragraph, and how long they are: DrawingML and the older VML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from danvan_cli.word.layout.properties import points
from danvan_cli.word.layout.values import Drawn
from danvan_cli.word.names import FALLBACK, W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_LINES = ("line", "straightConnector1")
_CONNECTOR = "t32"
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_FLAT = 8
"""A picture or shape this many times as wide as high is a line to the eye."""
_EMU = 12700.0
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 0.75}
_LENGTH = re.compile(r"(-?\d*\.?\d+)(pt|in|cm|mm|px|)")


def drawn_at(paragraph: etree._Element) -> tuple[Drawn, ...]:
    """What is drawn in `paragraph`; what stands in its text boxes is theirs."""
    if next(paragraph.iter(*_DRAWINGS), None) is None:
        return ()
    return tuple(_drawn(paragraph))


def _drawn(element: etree._Element) -> Iterator[Drawn]:
    for child in element.iterchildren("*"):
        if child.tag in (FALLBACK, f"{W}txbxContent"):
            continue
        if child.tag == f"{W}drawing":
            yield from _drawing(child)
        elif child.tag in (f"{W}pict", f"{W}object"):
            yield from _vml(child)
        else:
            yield from _drawn(child)


def _drawing(drawing: etree._Element) -> Iterator[Drawn]:
    for frame in drawing.iterchildren(f"{_WP}anchor", f"{_WP}inline"):
        extent = frame.find(f"{_WP}extent")
        wide = points(extent.get("cx", ""), _EMU) if extent is not None else None
        high = points(extent.get("cy", ""), _EMU) if extent is not None else None
        form = frame.find(f".//{_A}prstGeom")
        named = form is not None and form.get("prst") in _LINES
        grouped = frame.find(f".//{_WPG}wgp") is not None
        flat = wide is not None and high is not None and wide > max(high, 0.1) * _FLAT
        yield Drawn(wide if wide and flat and (named or not grouped) else 0.0)


def _vml(pict: etree._Element) -> Iterator[Drawn]:
    for shape in pict.iterchildren("*"):
        if shape.tag == f"{_V}line":
            yield Drawn(_across(shape.get("from", ""), shape.get("to", "")))
        elif shape.tag in (f"{_V}shape", f"{_V}rect"):
            style = {
                name.strip(): text.strip()
                for name, _, text in (p.partition(":") for p in shape.get("style", "").split(";"))
            }
            wide, high = _length(style.get("width", "")), _length(style.get("height", ""))
            flat = wide > max(high, 0.1) * _FLAT
            line = shape.get("type", "").endswith(_CONNECTOR) or shape.get(f"{_O}hr") or flat
            yield Drawn(wide if line else 0.0)
        elif shape.tag != f"{_V}shapetype":
            yield Drawn(0.0)


def _across(start: str, end: str) -> float:
    return abs(_length(end.partition(",")[0]) - _length(start.partition(",")[0]))


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text.strip())
    return float(found.group(1)) * _UNITS[found.group(2)] if found else 0.0
