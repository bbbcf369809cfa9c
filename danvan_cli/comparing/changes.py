"""What differs between two programmes, as data: tasks and groups by id, field by field; in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from danvan_cli.localize.programme import (
    AGENCIES,
    FIELDS,
    LocalGroup,
    LocalTask,
    Programme,
    unit_numbers,
)
from danvan_cli.localize.trail import value_text
from danvan_cli.models.outline import Wording
from danvan_cli.render.assignment import cell


class DifferenceKind(StrEnum):
    """How a task or group differs."""

    ADDED = "them"
    GONE = "bot"
    CHANGED = "doi"
    RENUMBERED = "doi_so"
    MOVED = "doi_nhom"


LINE = "dong"
"""The field of a difference in a line of a paper that is no task's."""


@dataclass(frozen=True)
class Difference:
    """One difference: of the field `truong` of the task or group `ma`, from `cu` to `moi`.

    A task that came or went has its text in `moi` or `cu`, and no field.
    """

    kind: DifferenceKind
    ma: str
    truong: str = ""
    cu: str = ""
    moi: str = ""

    def data(self) -> dict[str, str]:
        """As plain data."""
        return {
            "cach": self.kind.value,
            "ma": self.ma,
            "truong": self.truong,
            "cu": self.cu,
            "moi": self.moi,
        }


def changes(before: Programme, after: Programme, wording: Wording) -> tuple[Difference, ...]:
    """Every difference, in the order of `after`; what is gone comes last.

    Agencies are told as `wording` prints them: who is asked, and not ordered, is said to be.
    """
    return tuple(_changes(before, after, wording))


def _changes(before: Programme, after: Programme, wording: Wording) -> Iterator[Difference]:
    groups = {group.ma: group for group in before.groups}
    for group in after.groups:
        yield from _group(groups.get(group.ma), group)
    old, new = unit_numbers(before), unit_numbers(after)
    for task in after.tasks:
        was = before.task(task.ma)
        if was is None:
            yield Difference(DifferenceKind.ADDED, task.ma, moi=str(task.noi_dung))
            continue
        yield from _fields(was, task, wording)
        if was.nhom != task.nhom:
            yield Difference(DifferenceKind.MOVED, task.ma, "nhom", was.nhom, task.nhom)
        if old[task.ma] != new[task.ma]:
            yield Difference(DifferenceKind.RENUMBERED, task.ma, "tt", old[task.ma], new[task.ma])
    for task in before.tasks:
        if after.task(task.ma) is None:
            yield Difference(DifferenceKind.GONE, task.ma, cu=str(task.noi_dung))
    left = {group.ma for group in after.groups}
    for group in before.groups:
        if group.ma not in left:
            yield Difference(DifferenceKind.GONE, group.ma, "ten", str(group.ten))


def _group(was: LocalGroup | None, group: LocalGroup) -> Iterator[Difference]:
    if was is None:
        yield Difference(DifferenceKind.ADDED, group.ma, "ten", moi=str(group.ten))
        return
    if str(was.ten) != str(group.ten):
        yield Difference(DifferenceKind.CHANGED, group.ma, "ten", str(was.ten), str(group.ten))
    if was.tt != group.tt:
        yield Difference(DifferenceKind.RENUMBERED, group.ma, "tt", was.tt, group.tt)


def _fields(was: LocalTask, task: LocalTask, wording: Wording) -> Iterator[Difference]:
    for name in FIELDS:
        old, new = (_said(one, name, wording) for one in (was, task))
        if old != new:
            yield Difference(DifferenceKind.CHANGED, task.ma, name, old, new)


def _said(task: LocalTask, name: str, wording: Wording) -> str:
    if name in AGENCIES:
        return str(cell(getattr(task, name), wording))
    return value_text(task.value(name))


FIELD_NAMES = {
    "noi_dung": "nội dung",
    "chi_tiet": "chi tiết",
    "chu_thich": "chú thích",
    "chu_tri": "chủ trì",
    "phoi_hop": "phối hợp",
    "thoi_gian": "thời gian",
    "ten": "tên nhóm",
    "tt": "số",
    "nhom": "nhóm",
    LINE: "lời văn",
}
"""What people call the field of a difference."""
Brackets = tuple[str, str]
"""What stands before words that are marked, and behind them."""


def between(field: str) -> str:
    """What stands between the parts that the values of `field` are compared by: words, or agencies."""
    return "; " if field in AGENCIES else " "


def stretches(change: Difference) -> Iterator[tuple[str, str]]:
    """Both values cut where they part: what both say stands on both sides, else one may be empty."""
    mark = between(change.truong)
    before, after = (
        [part for part in text.split(mark) if part] for text in (change.cu, change.moi)
    )
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield mark.join(before[a:b]), mark.join(after[c:d])


def marked(change: Difference, gone: Brackets, came: Brackets) -> tuple[str, str]:
    """Both values, in the first the words that went marked, in the second those that came."""
    left, right = [], []
    for was, now in stretches(change):
        if was == now:
            left.append(was)
            right.append(now)
            continue
        left += [f"{gone[0]}{was}{gone[1]}"] if was else []
        right += [f"{came[0]}{now}{came[1]}"] if now else []
    mark = between(change.truong)
    return mark.join(left), mark.join(right)
