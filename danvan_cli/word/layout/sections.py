"""Sections of a file: pages, margins, and the page numbers in their headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from danvan_cli.text import whole
from danvan_cli.word.layout.properties import paragraph_properties as set_by
from danvan_cli.word.layout.properties import points, value
from danvan_cli.word.layout.styles import StylesInEffect, letters_of, shape_of, switched_on
from danvan_cli.word.layout.values import Align, PageNumber, Section
from danvan_cli.word.names import FALLBACK, W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PAGE = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_KINDS = {"headerReference": "dau_trang", "footerReference": "chan_trang"}
_A4 = (595.3, 841.9)
_INCH = 72.0
_NEAR_MIDDLE = 0.12


@dataclass(frozen=True)
class Margins:
    """The headers and footers of a file: the root of each by its relationship's id."""

    roots: Mapping[str, etree._Element]
    styles: StylesInEffect


def sections_of(properties: list[etree._Element], margins: Margins) -> tuple[Section, ...]:
    """The sections that each sectPr makes; headers not named are those of the section before."""
    made: list[Section] = []
    inherited: dict[tuple[str, str], str] = {}
    for element in properties:
        for child in element.iterchildren(*(f"{W}{name}" for name in _KINDS)):
            kind = _KINDS[str(child.tag).removeprefix(W)]
            inherited[kind, value(child, "type", "default")] = child.get(f"{_R}id", "")
        made.append(_section(element, inherited, margins))
    return tuple(made)


def _section(
    element: etree._Element, parts: Mapping[tuple[str, str], str], margins: Margins
) -> Section:
    size, margin = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
    start = value(element.find(f"{W}pgNumType"), "start")

    def length(of: etree._Element | None, name: str, default: float) -> float:
        found = points(value(of, name))
        return default if found is None else abs(found)

    width, height = length(size, "w", _A4[0]), length(size, "h", _A4[1])
    left, right = length(margin, "left", _INCH), length(margin, "right", _INCH)
    room = max(width - left - right, 1.0)
    return Section(
        width=width,
        height=height,
        top=length(margin, "top", _INCH),
        bottom=length(margin, "bottom", _INCH),
        left=left,
        right=right,
        landscape=width > height,
        first_differs=switched_on(element, "titlePg"),
        numbers=tuple(
            number
            for (where, pages), ident in parts.items()
            if (root := margins.roots.get(ident)) is not None
            for number in _numbers(root, where, pages, room, margins.styles)
        ),
        starts_at=whole(start),
    )


def has_number(root: etree._Element) -> bool:
    """Whether a header or footer prints the page's number."""
    return any(_page_run(paragraph) is not None for paragraph in root.iter(f"{W}p"))


def _numbers(
    root: etree._Element, where: str, pages: str, room: float, styles: StylesInEffect
) -> Iterator[PageNumber]:
    for paragraph in root.iter(f"{W}p"):
        run = _page_run(paragraph)
        if run is None:
            continue
        direct = set_by(paragraph.find(f"{W}pPr"))
        given, style = styles.of_paragraph(direct, None)
        letters = letters_of(
            styles.of_run(styles.run(run.find(f"{W}rPr")), style, None), vietnamese=False
        )
        yield PageNumber(
            where="dau_trang" if where == "dau_trang" else "chan_trang",
            pages="first" if pages == "first" else "even" if pages == "even" else "default",
            align=_align(paragraph, run, shape_of(given, style).align, room, given),
            size=letters.size,
        )


def _page_run(paragraph: etree._Element) -> etree._Element | None:
    """The run that shows the number of a PAGE field, or the one that asks for it."""
    asked = False
    for element in paragraph.iter(f"{W}fldSimple", f"{W}instrText", f"{W}t"):
        if any(parent.tag == FALLBACK for parent in element.iterancestors()):
            continue
        if element.tag == f"{W}fldSimple" and _PAGE.match(value(element, "instr")):
            return next(element.iter(f"{W}r"), element)
        if element.tag == f"{W}instrText" and _PAGE.match(element.text or ""):
            asked, run = True, element.getparent()
        elif asked and element.tag == f"{W}t":
            return element.getparent()
    return run if asked else None


def _align(
    paragraph: etree._Element,
    run: etree._Element,
    own: Align,
    room: float,
    given: Mapping[str, object],
) -> Align:
    """Where the number stands: its paragraph's own alignment, a frame, or a tab to the middle."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    if frame is not None and value(frame, "xAlign"):
        return {"center": "giua", "right": "phai", "outside": "phai"}.get(  # type: ignore[return-value]
            value(frame, "xAlign"), "trai"
        )
    pressed = 0
    for element in paragraph.iter(f"{W}tab", f"{W}ptab", f"{W}r"):
        if element is run:
            break
        if element.tag == f"{W}ptab":
            return "giua" if value(element, "alignment") == "center" else "phai"
        if element.tag == f"{W}tab" and element.getparent() is not None:
            pressed += str(getattr(element.getparent(), "tag", "")) == f"{W}r"
    stops = given.get("tabs", ())
    if own != "trai" or not pressed or not isinstance(stops, tuple):
        return own
    stop = stops[min(pressed, len(stops)) - 1] if stops else 0.0
    return "giua" if abs(stop - room / 2) < room * _NEAR_MIDDLE else "phai"
