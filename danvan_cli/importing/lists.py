"""The task tables of a paper, where it has several: which of them is the danh mục."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, Grid, GridCell, TaskRow
from danvan_cli.text import fold

_LEAST = 2
"""A list of fewer rows is no danh mục beside another."""


@dataclass(frozen=True)
class TaskTables:
    """Tables of a paper with the same columns: one list of tasks, broken or not."""

    columns: tuple[str, ...]
    rows: tuple[TaskRow, ...]

    @property
    def count(self) -> int:
        """How many tasks it lists."""
        return sum(not row.group for row in self.rows)

    @property
    def first(self) -> str:
        """The words of its first task."""
        tasks = (row.noi_dung[0].text for row in self.rows if row.noi_dung and not row.group)
        return next(tasks, "")

    def passages(self) -> Iterable[Passage]:
        """What stands in its rows."""
        for row in self.rows:
            for name in ("tt", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian"):
                yield from getattr(row, name)
            yield from (passage for _, passage in row.khac)


def rival_lists(document: Document) -> tuple[TaskTables, ...]:
    """The lists of which each could be the danh mục; none where there is no choice.

    Tables beside tasks in paragraphs (the annexes of a plan) are no rivals of those.
    """
    if any(row.form != "bang" for row in document.rows):
        return ()
    found: dict[tuple[str, ...], list[TaskRow]] = {}
    for row in document.rows:
        found.setdefault(tuple(map(fold, row.columns)), []).append(row)
    lists = tuple(TaskTables(rows[0].columns, tuple(rows)) for rows in found.values())
    rivals = tuple(each for each in lists if each.count >= _LEAST)
    return rivals if len(rivals) > 1 else ()


def taking(
    document: Document, rivals: Iterable[TaskTables], chosen: Iterable[TaskTables]
) -> tuple[Document, tuple[Passage, ...]]:
    """`document` with only the `chosen` of `rivals` as lists of tasks; what stands in the others."""
    kept = tuple(chosen)
    gone = tuple(each for each in rivals if each not in kept)
    rows = {id(row) for each in gone for row in each.rows}
    grids = tuple(Grid(tuple((GridCell(p),) * 2 for p in each.passages())) for each in gone)
    aside = tuple(p for each in gone for p in each.passages())
    left = tuple(row for row in document.rows if id(row) not in rows)
    return replace(document, rows=left, grids=(*document.grids, *grids)), aside
