"""How the blocks and tables of a template look, as text to be put round the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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
class TableLook:
    """How a table looks: the sample's opening, its columns, its rows.

    A column is its width and the field whose name heads it ("" where it always stands); a row
    is what it shows (`head`, `group`, `row`), its opening and its cells; a cell is the column
    it begins at, how many it covers, its properties after the width, and its program.
    """

    start: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, str, tuple[tuple[int, int, str, Program], ...]], ...]


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

    @cached_property
    def before(self) -> str:
        """What stands before words that need no care."""
        return f"{self.middle}<w:r>{self.look}<w:t>"


@dataclass(frozen=True)
class Looks:
    """The looks of the body's blocks, by kind and level; `after` is the paragraph after a table."""

    blocks: Mapping[str, BlockLook]
    table: TableLook | None
    after: str
    reference: str
    notes_before: int = 0
