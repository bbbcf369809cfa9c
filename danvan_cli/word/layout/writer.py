"""Settings of layout written into a Word file's XML; not a letter of its text is touched.

What is set is set directly on a paragraph, its runs or its section, in the order ECMA-376 asks of
the elements there. A run is parted only where a setting is for some of its letters.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from danvan_cli.word.names import FALLBACK, SPACE, W

_ORDERS: Mapping[str, list[str]] = {
    parent: children.split()
    for parent, children in {
        "rPr": (
            "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
            "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
            "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath "
            "rPrChange"
        ),
        "pPr": (
            "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
            "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
            "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
            "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
            "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
        ),
        "sectPr": (
            "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
            "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection "
            "bidi rtlGutter docGrid printerSettings sectPrChange"
        ),
    }.items()
}
"""The children of each element of properties in the order the schema asks for."""
PARAGRAPH_ORDER, SECTION_ORDER = _ORDERS["pPr"], _ORDERS["sectPr"]
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_GONE = (f"{W}del", f"{W}moveFrom", FALLBACK, f"{W}txbxContent")


def child_of(parent: etree._Element, name: str) -> etree._Element:
    """The child `name` of `parent`, made at its place in the order where it is not there."""
    found = parent.find(f"{W}{name}")
    if found is not None:
        return found
    made = etree.Element(f"{W}{name}")
    order = _ORDERS.get(str(parent.tag).removeprefix(W))
    if order is None:
        parent.insert(0, made)
        return made
    later = frozenset(f"{W}{other}" for other in order[order.index(name) + 1 :])
    at = next((i for i, child in enumerate(parent) if child.tag in later), len(parent))
    parent.insert(at, made)
    return made


def drop(parent: etree._Element, *names: str) -> None:
    """Take the children `names` away from `parent`."""
    for name in names:
        for child in parent.findall(f"{W}{name}"):
            parent.remove(child)


def set_on(element: etree._Element, values: Mapping[str, str]) -> None:
    """Set attributes of `element` in Word's namespace."""
    for name, value in values.items():
        element.set(f"{W}{name}", value)


def unset(element: etree._Element, names: Iterable[str]) -> None:
    """Take attributes of `element` in Word's namespace away."""
    for name in names:
        element.attrib.pop(f"{W}{name}", "")


def runs_of(
    paragraph: etree._Element, letters: tuple[int, int] | None = None
) -> list[etree._Element]:
    """The runs of `paragraph` with text; with `letters`, those that make up that part of it.

    A run of plain text that reaches over an end of the part is parted there.
    """
    runs = [run for run in _runs(paragraph) if _length(run)]
    if letters is None:
        return runs
    made, at = [], 0
    for run in runs:
        length = _length(run)
        start, end = max(letters[0] - at, 0), min(letters[1] - at, length)
        at += length
        if start < end:
            made.append(_part(run, start, end) if (start, end) != (0, length) else run)
    return made


def set_run(run: etree._Element, name: str, values: Mapping[str, str]) -> None:
    """Set one property of the letters of `run`."""
    set_on(child_of(child_of(run, "rPr"), name), values)


def set_font(run: etree._Element, font: str) -> None:
    """Give every letter of `run` the same font, whatever a theme says."""
    fonts = child_of(child_of(run, "rPr"), "rFonts")
    unset(fonts, _THEMES)
    set_on(fonts, dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), font))


def font_of(run: etree._Element) -> etree._Element | None:
    """The element that gives `run` its own fonts."""
    return run.find(f"{W}rPr/{W}rFonts")


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren("*"):
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in _GONE and child.tag != f"{W}pPr":
            yield from _runs(child)


def _length(run: etree._Element) -> int:
    total = 0
    for child in run.iterchildren("*"):
        if child.tag == f"{W}t":
            total += len(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
            total += 1
    return total


def _part(run: etree._Element, start: int, end: int) -> etree._Element:
    """The letters from `start` to `end` of `run` as a run of their own, the rest beside it."""
    texts = [child for child in run if child.tag != f"{W}rPr"]
    if len(texts) != 1 or texts[0].tag != f"{W}t":
        return run
    words = texts[0].text or ""
    parent = run.getparent()
    if parent is None:
        return run
    at = parent.index(run)
    pieces = [piece for piece in (words[:start], words[start:end], words[end:]) if piece]
    made = [_with_text(run, piece) for piece in pieces]
    parent[at : at + 1] = made
    return made[1 if start else 0]


def _with_text(run: etree._Element, words: str) -> etree._Element:
    made = copy.deepcopy(run)
    made.tail = None
    text = made.find(f"{W}t")
    if text is not None:
        text.text = words
        text.set(SPACE, "preserve")
    return made
