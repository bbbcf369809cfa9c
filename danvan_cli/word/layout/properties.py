"""What one element of looks (rPr, pPr) sets, as plain values to be laid over each other.

Names are those of ECMA-376 part 1, chapters 17.3.1 and 17.3.2; lengths become points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from lxml import etree

from danvan_cli.word.names import W

Properties = dict[str, object]
TOGGLES = ("b", "i", "caps", "smallCaps", "vanish")
"""Properties that a style switches: set by two kinds of style, they cancel out (17.7.3)."""
_OFF = frozenset(("0", "false", "off", "none"))
_MOST = 10_000.0


def value(element: etree._Element | None, name: str = "val", default: str = "") -> str:
    """The attribute `name` of `element` in Word's namespace."""
    return default if element is None else element.get(f"{W}{name}", default)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and value(element, default="1") not in _OFF


def points(text: str, per_point: float = 20.0) -> float | None:
    """A length of so many units to the point; None where it is no number, bounded."""
    try:
        number = float(text)
    except ValueError:
        return None
    return max(-_MOST, min(_MOST, number / per_point)) if math.isfinite(number) else None


def run_properties(element: etree._Element | None, theme: Callable[[str], str]) -> Properties:
    """What an rPr sets; `theme` gives the font a theme's name stands for, "" if none."""
    made: Properties = {}
    if element is None:
        return made
    for child in element.iterchildren("*"):
        name = str(child.tag).removeprefix(W)
        if name in TOGGLES:
            made[name] = is_on(child)
        elif name == "rFonts":
            for letters in ("ascii", "hAnsi"):
                font = theme(value(child, f"{letters}Theme")) or value(child, letters)
                if font:
                    made[letters] = font
        elif name == "sz":
            size = points(value(child), 2.0)
            if size:
                made["sz"] = size
        elif name == "color":
            made["color"] = "" if value(child) == "auto" else value(child).upper()
        elif name in ("u", "vertAlign", "rStyle"):
            made[name] = value(child)
    return made


def paragraph_properties(element: etree._Element | None) -> Properties:
    """What a pPr sets, runs and section apart."""
    made: Properties = {}
    if element is None:
        return made
    for child in element.iterchildren("*"):
        name = str(child.tag).removeprefix(W)
        reader = _READERS.get(name)
        if reader is not None:
            made.update(reader(child))
    return made


def _align(element: etree._Element) -> Properties:
    known = {"center": "giua", "both": "deu", "distribute": "deu", "right": "phai", "end": "phai"}
    return {"align": known.get(value(element), "trai")}


def _spacing(element: etree._Element) -> Properties:
    made: Properties = {}
    for name in ("before", "after"):
        length = points(value(element, name))
        if length is not None:
            made[name] = max(0.0, length)
        lines = points(value(element, f"{name}Lines"), 100.0)
        if lines:
            made[name] = max(0.0, lines * 12)
        auto = value(element, f"{name}Autospacing")
        if auto:
            made[f"{name}Auto"] = auto not in _OFF
    rule = value(element, "lineRule")
    height = points(value(element, "line"))
    if height is not None:
        made["line"] = abs(height) / 12 if rule in ("", "auto") else None
        made["height"] = abs(height)
        made["lineRule"] = rule
    return made


def _indents(element: etree._Element) -> Properties:
    made: Properties = {}
    for name, others in (("left", ("left", "start")), ("right", ("right", "end"))):
        for other in others:
            length = points(value(element, other))
            if length is not None:
                made[name] = length
    first, hanging = points(value(element, "firstLine")), points(value(element, "hanging"))
    if hanging:
        made["first"] = -hanging
    elif first is not None or hanging is not None:
        made["first"] = first or 0.0
    return made


def _numbered(element: etree._Element) -> Properties:
    made: Properties = {}
    for name in ("numId", "ilvl"):
        child = element.find(f"{W}{name}")
        if child is not None:
            made[name] = value(child)
    return made


def _tabs(element: etree._Element) -> Properties:
    stops = [
        length
        for tab in element.iterfind(f"{W}tab")
        if value(tab) != "clear" and (length := points(value(tab, "pos"))) is not None
    ]
    return {"tabs": tuple(sorted(stops))}


def _borders(element: etree._Element) -> Properties:
    return {
        f"border.{side}": value(child) not in ("", "nil", "none")
        for side in ("top", "bottom")
        if (child := element.find(f"{W}{side}")) is not None
    }


def _style(element: etree._Element) -> Properties:
    return {"pStyle": value(element)}


_READERS: Mapping[str, Callable[[etree._Element], Properties]] = {
    "jc": _align,
    "spacing": _spacing,
    "ind": _indents,
    "numPr": _numbered,
    "tabs": _tabs,
    "pBdr": _borders,
    "pStyle": _style,
    "contextualSpacing": lambda element: {"contextual": is_on(element)},
    "keepNext": lambda element: {"keep": is_on(element)},
}
