"""A template once it is prepared: plain data, as it looks and as it is filled, kept between runs."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from danvan_cli import cache
from danvan_cli.render.pages import PageRoom
from danvan_cli.word.pack import PackedPart, packed

if TYPE_CHECKING:
    from danvan_cli.render.names import TemplateFault


Program: TypeAlias = tuple[Any, ...]
"""Texts (printed as they are) and operations, themselves tuples of texts, numbers and programs."""


@dataclass(frozen=True)
class BlockLook:
    """How a kind of block looks: its style, where its paragraph begins, how its number and words look."""

    style: str
    start: str
    lead: str = ""
    words: str = ""


@dataclass(frozen=True)
class PlainCell:
    """A cell that shows one field of a row: its paragraph up to where it may be kept, and after."""

    field: str
    start: str
    middle: str
    look: str
    empty: str
    marked: bool
    noted: bool


@dataclass(frozen=True, eq=False)
class TableLook:
    """How a table looks: the sample's opening, its columns, its rows.

    A column is its width and the field whose name heads it ("" where it always stands); a row
    is what it shows (`head`, `group`, `row`), its opening and its cells; a cell is the column
    it begins at, how many it covers, its properties after the width, and what it prints. `size`
    is that of its letters, in points.
    """

    start: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, str, tuple[tuple[int, int, str, PlainCell | Program], ...]], ...]
    size: float = 0.0


@dataclass(frozen=True)
class Looks:
    """The looks of the body's blocks, by kind and level; `after` is the paragraph after a table."""

    blocks: Mapping[str, BlockLook]
    table: TableLook | None
    after: str
    reference: str
    notes_before: int = 0


@dataclass(frozen=True)
class Filled:
    """A part that is filled: what stands before its program and after it."""

    name: str
    start: str
    program: Program
    end: str


@dataclass(frozen=True)
class Prepared:
    """A template ready to be filled: plain data, so that it can be kept between runs.

    `restarted` is `section` with pages counted from 1, for a text that is not the file's first;
    `annex` and `annex_section` are for each phụ lục; `notes` is the part of the footnotes up to
    where the document's own begin. `printed` are the names it prints. `styles` is the part of
    the styles, parted at the space above the paragraphs of the body, in twentieths of a point.
    """

    parts: tuple[PackedPart, ...]
    body: Filled
    section: str
    restarted: str
    annex: Program
    annex_section: str
    others: tuple[Filled, ...]
    looks: Looks
    notes_name: str
    notes: str
    note_start: str
    printed: frozenset[str]
    page: PageRoom
    annex_page: PageRoom
    styles_name: str
    styles: tuple[str | int, ...]

    def looser(self, more: float) -> tuple[PackedPart, ...]:
        """The parts that are not filled, with `more` points above each paragraph of the body."""
        if not more or not self.styles:
            return self.parts
        own = _styled(self.styles_name, self.styles, round(more * 20))
        return tuple(own if part.name == own.name else part for part in self.parts)


@functools.lru_cache(maxsize=64)
def _styled(name: str, pieces: tuple[str | int, ...], more: int) -> PackedPart:
    text = "".join(p if isinstance(p, str) else str(p + more) for p in pieces)
    return packed(name, text.encode())


_KIND = "mau"
_ALLOWED = {
    ("danvan_cli.render.prepared", "Prepared"),
    ("danvan_cli.render.prepared", "Filled"),
    ("danvan_cli.render.pages", "PageRoom"),
    ("danvan_cli.render.pages", "Figures"),
    ("danvan_cli.render.prepared", "Looks"),
    ("danvan_cli.render.prepared", "BlockLook"),
    ("danvan_cli.render.prepared", "TableLook"),
    ("danvan_cli.render.prepared", "PlainCell"),
    ("danvan_cli.word.pack", "PackedPart"),
    ("builtins", "frozenset"),
}


@functools.lru_cache(maxsize=32)
def made_ready(data: bytes) -> tuple[Prepared | None, tuple[TemplateFault, ...]]:
    """As `prepare`: once for the same bytes, and kept between runs where nothing was wrong."""
    key = cache.key_of(data)
    found = cache.read_value(_KIND, key, Prepared, lambda *name: name in _ALLOWED)
    if found is not None:
        return found, ()
    from danvan_cli.render.compiler.prepare import (
        prepare,  # lxml and Jinja, only where it is not kept
    )

    made, faults = prepare(data)
    if made is not None and not faults:
        cache.keep_value(_KIND, key, made)
    return made, faults
