"""What differs between two programmes, as data: tasks and groups by id, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from danvan_cli.localize.programme import FIELDS, LocalGroup, LocalTask, Programme
from danvan_cli.localize.trail import shown
from danvan_cli.localize.whereabouts import unit_numbers


class ChangeKind(StrEnum):
    """How a task or group differs."""

    ADDED = "them"
    GONE = "bot"
    CHANGED = "doi"
    RENUMBERED = "doi_so"
    MOVED = "doi_nhom"


@dataclass(frozen=True)
class Change:
    """One difference: of the field `truong` of the task or group `ma`, from `cu` to `moi`.

    A task that came or went has its text in `moi` or `cu`, and no field.
    """

    kind: ChangeKind
    ma: str
    truong: str = ""
    cu: str = ""
    moi: str = ""


def changes(before: Programme, after: Programme) -> tuple[Change, ...]:
    """Every difference, in the order of `after`; what is gone comes last."""
    return tuple(_changes(before, after))


def _changes(before: Programme, after: Programme) -> Iterator[Change]:
    groups = {group.ma: group for group in before.groups}
    for group in after.groups:
        yield from _group(groups.get(group.ma), group)
    old, new = unit_numbers(before), unit_numbers(after)
    for task in after.tasks:
        was = before.task(task.ma)
        if was is None:
            yield Change(ChangeKind.ADDED, task.ma, moi=str(task.noi_dung))
            continue
        yield from _fields(was, task)
        if was.nhom != task.nhom:
            yield Change(ChangeKind.MOVED, task.ma, "nhom", was.nhom, task.nhom)
        if old[task.ma] != new[task.ma]:
            yield Change(ChangeKind.RENUMBERED, task.ma, "tt", old[task.ma], new[task.ma])
    for task in before.tasks:
        if after.task(task.ma) is None:
            yield Change(ChangeKind.GONE, task.ma, cu=str(task.noi_dung))
    left = {group.ma for group in after.groups}
    for group in before.groups:
        if group.ma not in left:
            yield Change(ChangeKind.GONE, group.ma, "ten", str(group.ten))


def _group(was: LocalGroup | None, group: LocalGroup) -> Iterator[Change]:
    if was is None:
        yield Change(ChangeKind.ADDED, group.ma, "ten", moi=str(group.ten))
        return
    if str(was.ten) != str(group.ten):
        yield Change(ChangeKind.CHANGED, group.ma, "ten", str(was.ten), str(group.ten))
    if was.tt != group.tt:
        yield Change(ChangeKind.RENUMBERED, group.ma, "tt", was.tt, group.tt)


def _fields(was: LocalTask, task: LocalTask) -> Iterator[Change]:
    for name in FIELDS:
        old, new = shown(was.value(name)), shown(task.value(name))
        if old != new:
            yield Change(ChangeKind.CHANGED, task.ma, name, old, new)
