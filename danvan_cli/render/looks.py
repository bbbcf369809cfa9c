"""How the blocks and tables of a template look, as text to be put round the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Program: TypeAlias = tuple[Any, ...]
"""Texts (printed as they are) and operations, themselves tuples of texts, numbers and programs."""


@dataclass(frozen=True)
class BlockLook:
    """How a kind of block looks: where its paragraph begins, how its number and words look."""

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


@dataclass(frozen=True)
class TableLook:
    """How a table looks: the sample's opening, its columns, its rows.

    A column is its width and the field whose name heads it ("" where it always stands); a row
    is what it shows (`head`, `group`, `row`), its opening and its cells; a cell is the column
    it begins at, how many it covers, its properties after the width, and what it prints. `size`
    is that of its letters, in points; a row taller than `tall`, in twentieths of a point, may go
    on over the next page.
    """

    start: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, str, tuple[tuple[int, int, str, PlainCell | Program], ...]], ...]
    size: float = 0.0
    tall: float = 0.0


@dataclass(frozen=True)
class Looks:
    """The looks of the body's blocks, by kind and level; `after` is the paragraph after a table."""

    blocks: Mapping[str, BlockLook]
    table: TableLook | None
    after: str
    reference: str
    notes_before: int = 0
