"""The assignment lines of a paper against those of an outline's blocks: who, how, when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from danvan_cli.importing.ledger import spot
from danvan_cli.importing.outline import Data, Fitted, Slot
from danvan_cli.importing.paper import lines_text
from danvan_cli.importing.words import bare_wording
from danvan_cli.models.outline import LINE_FIELDS, Lines
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, TaskRow
from danvan_cli.render.assignment import Assignment

AGENCY_LINES = ("chu_tri", "thuc_hien", "phoi_hop")
ReadAgencies = Callable[[Iterable[Passage]], list[Data]]


@dataclass(frozen=True)
class RowLines:
    """The lines under one or several tasks of a paper, by field."""

    row: TaskRow
    given: dict[str, tuple[Passage, ...]]


def lines_of(document: Document) -> tuple[RowLines, ...]:
    """For each task or group of tasks written as paragraphs, its lines by field."""
    rows = [row for row in document.rows if row.form != "bang"]
    values: dict[tuple[str, int], list[Passage]] = {}
    heads = {spot(label.passage) for label in document.labels}
    for passage in document.passages:
        if spot(passage) not in heads:
            values.setdefault(_line(passage), []).append(passage)
    made: list[dict[str, list[Passage]]] = [{} for _ in rows]
    for label in document.labels:
        if label.row < len(made):
            given = made[label.row].setdefault(label.field, [])
            given += values.get(_line(label.passage), [])
    for row, fields in zip(rows, made, strict=True):
        for name in ("chu_tri", "phoi_hop", "thoi_gian"):
            _put_rest(fields, name, getattr(row, name))
    return tuple(
        RowLines(row, {name: tuple(p) for name, p in fields.items()})
        for row, fields in zip(rows, made, strict=True)
    )


def _put_rest(given: dict[str, list[Passage]], name: str, passages: Iterable[Passage]) -> None:
    """Lines that go on below their label ("+ ...") belong to it too."""
    known = {spot(p) for many in given.values() for p in many}
    given.setdefault(name, []).extend(p for p in passages if spot(p) not in known)


def _line(passage: Passage) -> tuple[str, int]:
    return spot(passage)[:2]


def line_slot(fitted: Fitted, row: TaskRow, tasks: Sequence[str]) -> Slot | None:
    """The block whose lines those of `row` are: the list of its `tasks`, or lines of their own."""
    last = fitted.block_of(row.noi_dung[-1]) if row.noi_dung else None
    if last is not None or not tasks:
        last = last or next((b for p in reversed(row.noi_dung) if (b := fitted.block_of(p))), None)
        after = fitted.slots[fitted.slots.index(last) + 1 :] if last is not None else ()
        near = (s for s in after if last is not None and s.above == last.above)
        return next((s for s in near if s.section.lines is not None or s.section.tasks), None)
    lists = [slot for slot in fitted.slots if slot.section.tasks is not None]
    held = [
        (sum(ma in _listed(slot) for ma in tasks), -index, slot) for index, slot in enumerate(lists)
    ]
    best = max(held, key=lambda h: h[:2], default=None)
    if best is not None and best[0]:
        return best[2]
    return next((slot for slot in lists if not _listed(slot)), None)


def _listed(slot: Slot) -> list[str]:
    tasks = slot.section.tasks
    return [str(ma) for ma in tasks.nhiem_vu] if tasks is not None else []


def changed_lines(
    given: dict[str, tuple[Passage, ...]], own: Assignment, read: ReadAgencies
) -> Data | None:
    """The lines of a paper as `dong` of a unit's file; None where they print as `own`."""
    texts = {name: lines_text(given.get(name, ())) for name in LINE_FIELDS}
    if all(
        bare_wording(texts[name]) == bare_wording(str(getattr(own, name))) for name in LINE_FIELDS
    ):
        return None
    printed: Data = {}
    for name in LINE_FIELDS:
        if name in AGENCY_LINES:
            if refs := read(given.get(name, ())):
                printed[name] = [r if len(r) > 1 else r["co_quan"] for r in refs]
        elif text := bare_wording(texts[name]):
            printed[name] = text
    return printed


def says_already(own: Lines | None, change: Data) -> bool:
    """Whether `own` names the offices, the way and the deadline of `change`."""
    return own is not None and own.model_dump() == Lines.model_validate(change).model_dump()
