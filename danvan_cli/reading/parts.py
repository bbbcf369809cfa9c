"""Blocks of a file to a `Document`: what is a heading, a task, an agency, a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from danvan_cli.passage import Passage
from danvan_cli.reading.document import BodyItem, Document, Grid, ItemNumber
from danvan_cli.reading.frame import (
    frame_of,
    goes_with,
    is_national_name,
    is_recipients,
    names_kind,
)
from danvan_cli.reading.tables import TaskTable, read_table
from danvan_cli.reading.tasks import TaskReader
from danvan_cli.text import fold, roman, whole

_ANNEX = re.compile(r"phụ lục(?: (?:số )?([ivxl]+|\d{1,2}))?[:.]?")


def document_of(path: Path, blocks: Iterable[BodyItem]) -> Document:
    """The document that `blocks`, in reading order, make, with those enclosed in its file."""
    texts = texts_of(tuple(blocks))
    first, *others = (_document_of(path, text) for text in texts)
    return replace(first, enclosed=tuple(others))


def texts_of(blocks: tuple[BodyItem, ...]) -> list[tuple[BodyItem, ...]]:
    """`blocks` parted where a document that the first one issues begins, in the same file.

    It comes after the first's "Nơi nhận", with a letterhead of its own, or with its type and
    "(Kèm theo Quyết định ...)".
    """
    starts = [0]
    ended = False
    for at, block in enumerate(blocks):
        if ended and _begins_text(blocks, at):
            starts.append(at)
            ended = False
            continue
        # Only the first is signed; another that it issues ends with its table at the earliest.
        unsigned = len(starts) > 1 and isinstance(block, Grid)
        ended = ended or unsigned or any(is_recipients(p) for p in _paragraphs(block))
    return [blocks[a:b] for a, b in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _begins_text(blocks: tuple[BodyItem, ...], at: int) -> bool:
    here = _paragraphs(blocks[at])
    if any(is_national_name(p) for p in here):
        return True
    if isinstance(blocks[at], Grid) or not names_kind(here[0]):
        return False
    after = [p for block in blocks[at + 1 : at + 5] for p in _paragraphs(block)]
    return any(goes_with(p) for p in after)


def _document_of(path: Path, blocks: tuple[BodyItem, ...]) -> Document:
    passages: list[Passage] = []
    outside: list[Passage] = []
    tasks = TaskReader()
    tables: list[tuple[ItemNumber, ...]] = []
    grids: list[Grid] = []
    before: TaskTable | None = None
    for block in blocks:
        table = read_table(block, len(tables) + 1, before) if isinstance(block, Grid) else None
        before = table
        if table:
            tasks.interrupt()
            passages += table.passages
            tasks.rows += table.rows
            tables.append(table.numbers)
            continue
        if isinstance(block, Grid) and _holds_words(block):
            grids.append(block)
        for paragraph in _paragraphs(block):
            if annex_heading(paragraph) or names_kind(paragraph):
                tasks.new_section()
            outside.append(paragraph)
            passages += tasks.paragraph(paragraph)
    tasks.interrupt()
    frame = frame_of(tuple(outside))
    headings = tuple(p for p in outside if annex_heading(p))
    titles = _Known((*frame.title, *headings))
    contents = _Known(p for row in tasks.rows if row.form != "bang" for p in row.noi_dung)
    return Document(
        path=path,
        passages=tuple(
            p._replace(role="tieu_de")
            if p in titles
            else p._replace(role="noi_dung")
            if p in contents
            else p
            for p in passages
        ),
        rows=tuple(tasks.rows),
        runs=tuple(run for run in (*map(tuple, tasks.numbered), *tables) if run),
        labels=tuple(tasks.labels),
        annexes=tuple(map(annex_number, headings)),
        annex_headings=headings,
        grids=tuple(grids),
        **vars(frame),
    )


class _Known:
    """Passages to be met again, told by their words and their place."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        passages = tuple(passages)
        self._texts = {passage.text for passage in passages}
        self._placed = {(passage.text, passage.locate(0)) for passage in passages}

    def __contains__(self, passage: Passage) -> bool:
        """Whether `passage` is one of them."""
        return passage.text in self._texts and (passage.text, passage.locate(0)) in self._placed


def annex_heading(passage: Passage) -> re.Match[str] | None:
    """The match whose first group is the number of the Phụ lục that `passage` heads."""
    first = passage.text.split("\n", 1)[0]
    return _ANNEX.fullmatch(fold(first)) if first.startswith("P") else None


def annex_number(passage: Passage) -> str:
    """The number of the Phụ lục that `passage` heads, in Roman figures; "" where it has none."""
    match = annex_heading(passage)
    number = (match.group(1) or "") if match else ""
    return in_roman(number)


def in_roman(number: str) -> str:
    """The number of a Phụ lục in Roman figures, however it is written: "2" and "ii" are II."""
    figures = whole(number)
    return number.upper() if figures is None else roman(figures)


def _holds_words(grid: Grid) -> bool:
    """Whether it is a table to be read, and does not only set letterhead or signatures."""
    filled = [[c.passage for c in row if c.passage is not None] for row in grid.rows]
    framed = any(is_national_name(passage) for row in filled for passage in row)
    return not framed and sum(len(row) > 1 for row in filled) > 1


def _paragraphs(block: BodyItem) -> list[Passage]:
    """A paragraph, or the cells of a table that lists no tasks (letterhead, signatures)."""
    if isinstance(block, Passage):
        return [block]
    return [cell.passage for row in block.rows for cell in row if cell.passage]
