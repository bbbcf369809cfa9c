"""The paragraphs, tables, rows and cells of a paper as things that can be told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from danvan_cli.word.names import W
from danvan_cli.word.text import paragraphs, text_of

KINDS = frozenset(f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt"))
_OURS = re.compile(r"_dv_(?!.*_Copy_\d+$)\w+")
_LEAD = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]?|[a-zđ]\)|[IVXL]+\.|Điều \d+\.|[-+•])(?=\s)\s*", re.IGNORECASE
)
_THINGS = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "footnoteReference"))


@dataclass(frozen=True, eq=False)
class Item:
    """A paragraph, table, row or cell; equal only to itself."""

    element: etree._Element

    @property
    def kind(self) -> str:
        """Its tag."""
        return str(self.element.tag)

    @cached_property
    def text(self) -> str:
        """What it says, a line for each paragraph; NFC, without blanks at the ends."""
        if self.kind == f"{W}p":
            return normal(text_of(self.element))
        return "\n".join(normal(text_of(p)) for p in paragraphs(self.element))

    @cached_property
    def words(self) -> str:
        """Its text without the number or dash that begins it."""
        return parted(self.text)[1]

    @cached_property
    def marks(self) -> frozenset[str]:
        """Danvan's marks in it, those of copies left out; a row's are those of its first cell."""
        names = (b.get(f"{W}name", "") for b in self.element.iter(f"{W}bookmarkStart"))
        return frozenset(name for name in names if _OURS.fullmatch(name))

    @cached_property
    def things(self) -> int:
        """How many pictures, objects and references of notes it holds."""
        return sum(1 for _ in self.element.iter(*_THINGS))

    def says(self, other: Item) -> bool:
        """Whether it holds what `other` does; looks apart."""
        return self.text == other.text and self.things == other.things

    def inside(self) -> list[Item]:
        """What it is made of: rows, cells, or what a cell holds."""
        return items_of(self.element)

    def paragraphs(self) -> Iterator[etree._Element]:
        """Itself, or the paragraphs in it."""
        if self.kind == f"{W}p":
            yield self.element
        else:
            yield from paragraphs(self.element)


def items_of(parent: etree._Element) -> list[Item]:
    """The items right below `parent`."""
    return [Item(child) for child in parent if child.tag in KINDS]


def parted(text: str) -> tuple[str, str]:
    """The number or dash that begins `text`, and the rest."""
    match = _LEAD.match(text)
    return (text[: match.end()], text[match.end() :]) if match else ("", text)


def normal(text: str) -> str:
    """`text` composed, without blanks at its ends."""
    return unicodedata.normalize("NFC", text).strip()
