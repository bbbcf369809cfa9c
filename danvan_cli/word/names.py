"""The XML names of WordprocessingML, and what is done with any element of it."""

from __future__ import annotations

import copy
import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of a document's elements and attributes, as lxml writes it before a name."""
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
"""A drawing in several forms; the one that Word of today reads."""
FALLBACK = f"{_MC}Fallback"
"""What older programs read in place of a drawing: the same words a second time."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""Set to "preserve", it keeps the blanks at the ends of a text."""

_NUMBER = re.compile("-?[0-9]{1,9}")


def number(element: etree._Element | None, name: str, default: int = 0) -> int:
    """The attribute `name` of `element` as a whole number; `default` where it is none."""
    value = "" if element is None else element.get(f"{W}{name}", "")
    return int(value) if _NUMBER.fullmatch(value) else default


def detach(element: etree._Element) -> None:
    """Take `element` out of its parent, where it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def bare_copy(element: etree._Element) -> etree._Element:
    """A copy of `element` without the text that follows it."""
    made = copy.deepcopy(element)
    made.tail = None
    return made
