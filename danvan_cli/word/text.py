"""The text of a paragraph as it reads: what is deleted is not there, what is inserted is.

The markup is ECMA-376 part 1 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from danvan_cli.word.names import FALLBACK, W

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


def paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs below `parent`, those of nested tables too."""
    for child in children(parent):
        if child.tag == f"{W}p":
            yield child
        else:
            yield from paragraphs(child)


def boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The text boxes below `parent`: beside its text, not in it."""
    for child in children(parent):
        if child.tag == _BOX:
            yield child
        else:
            yield from boxes(child)


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
