"""The XML names of WordprocessingML, and the text of a paragraph as it reads.

The markup is ECMA-376 part 1. What is deleted is not read, what is inserted is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

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


_GONE = frozenset((f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", FALLBACK))
SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
"""The elements that stand for a character."""
_BOX = f"{W}txbxContent"


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """The elements below `parent`, without what is deleted, hidden or about looks."""
    return (child for child in parent.iterchildren("*") if child.tag not in _GONE)


def outermost(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements `name` below `parent`, none of those that stand in another of them."""
    for child in children(parent):
        if child.tag == name:
            yield child
        else:
            yield from outermost(child, name)


def paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs below `parent`, those of nested tables too."""
    return outermost(parent, f"{W}p")


def boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The text boxes below `parent`: beside its text, not in it."""
    return outermost(parent, _BOX)


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph as it reads once changes are accepted."""
    return "".join(text for _, text in pieces(paragraph))


def pieces(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each text and sign below `element`, with what it says."""
    for child in children(element):
        if child.tag == f"{W}t":
            yield child, child.text or ""
        elif child.tag in SIGNS:
            yield child, SIGNS[str(child.tag)]
        elif child.tag != _BOX:
            yield from pieces(child)
