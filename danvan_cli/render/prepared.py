"""What a template comes to once it is prepared: plain data, kept between runs if one likes."""

from __future__ import annotations

from dataclasses import dataclass

from danvan_cli.render.looks import Looks, Program
from danvan_cli.word.pack import PackedPart


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
    where the document's own begin. `printed` are the names it prints.
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
    note_reference: str
    printed: frozenset[str]
