"""Last step: the order the unit wants, then the printed numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.absent import absent, in_key
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Dropped, LocalGroup, LocalTask, Programme
from danvan_cli.localize.trail import Step, StepKind, word
from danvan_cli.nodes import Extract, Text
from danvan_cli.problems import NO_POINTS_LEFT, set_twice
from danvan_cli.text import ALPHABET

_WHY = {"cha": reasons.HEAD_GONE, "nhom": reasons.GROUP_OF_HEAD, "tt": reasons.NEW_NUMBER}


def order(programme: Programme, locality: Locality) -> Programme:
    """`programme` in the order of `thu_tu`, empty groups left out, everything numbered anew.

    Groups are 1, 2, 3; tasks 1.1, 1.2; points a, b, c, d, đ.
    """
    programme = _without_empty_heads(programme, locality)
    problems: list[Finding] = []
    wanted: dict[str, Text] = {}
    for ma in locality.profile.thu_tu:
        if ma not in programme.by_id:
            problems.append(absent(ma, programme, locality, in_key("thu_tu")))
        elif ma in wanted:
            problems.append(set_twice(ma, "thu_tu", ma.place, wanted[ma].place))
        wanted.setdefault(str(ma), ma)
    seats = {ma: name for ma, name in wanted.items() if ma in programme.by_id}
    tasks = _in_order(programme.tasks, seats)
    used = {task.nhom for task in tasks}
    groups = tuple(
        _numbered_group(group, str(number))
        for number, group in enumerate((g for g in programme.groups if g.ma in used), start=1)
    )
    numbered = _numbered(tasks, groups, seats, locality)
    return replace(programme, groups=groups, tasks=numbered).with_findings(*problems)


def _without_empty_heads(programme: Programme, locality: Locality) -> Programme:
    """`programme` less the tasks that did nothing but head points which are all gone."""
    tasks = locality.catalogue.tasks
    gone = [
        task
        for task in programme.tasks
        if not task.chu_tri
        and task.ma in tasks
        and tasks[task.ma].diem
        and not programme.points(task.ma)
    ]
    if not gone:
        return programme
    dropped = tuple(
        Dropped(t.ma, t.tt, str(t.noi_dung), "thu_tu", NO_POINTS_LEFT, t.place) for t in gone
    )
    left = {task.ma for task in gone}
    kept = tuple(t for t in programme.tasks if t.ma not in left)
    return replace(programme, tasks=kept, dropped=(*programme.dropped, *dropped))


def _in_order(tasks: tuple[LocalTask, ...], wanted: dict[str, Text]) -> tuple[LocalTask, ...]:
    """Those named in `wanted` fill, in that order, the seats they held; the others keep theirs."""
    if not wanted:
        return tasks
    by_id = {task.ma: task for task in tasks}
    seats = iter(wanted)
    return tuple(by_id[next(seats)] if task.ma in wanted else task for task in tasks)


def _numbered_group(group: LocalGroup, number: str) -> LocalGroup:
    if group.tt == number:
        return group
    step = Step(group.ma, StepKind.NUMBER, "tt", word(group.tt), word(number), reasons.NEW_NUMBER)
    return replace(group, tt=number, buoc=(*group.buoc, step))


def _numbered(
    tasks: tuple[LocalTask, ...],
    groups: tuple[LocalGroup, ...],
    wanted: dict[str, Text],
    locality: Locality,
) -> tuple[LocalTask, ...]:
    ids = {task.ma for task in tasks}
    heads: dict[str, list[LocalTask]] = defaultdict(list)
    points: dict[str, list[LocalTask]] = defaultdict(list)
    for task in tasks:
        if task.cha in ids:
            points[task.cha].append(task)
        else:
            heads[task.nhom].append(task)
    made: list[LocalTask] = []
    for group in groups:
        for index, head in enumerate(heads[group.ma], start=1):
            by = wanted.get(head.ma)
            made.append(_seated(head, locality, by, tt=f"{group.tt}.{index}", cha=""))
            made.extend(
                _seated(point, locality, wanted.get(point.ma), tt=ALPHABET[i], nhom=group.ma)
                for i, point in enumerate(points[head.ma])
            )
    return tuple(made)


def _seated(task: LocalTask, locality: Locality, by: Text | None, **seats: str) -> LocalTask:
    """`task` under its number, in its group; units share it where no file asked for its seat."""
    if all(getattr(task, name) == seat for name, seat in seats.items()):
        return task

    def made() -> tuple[LocalTask, bool]:
        return _moved(task, by, seats), by is None

    return locality.offices.once(f"seat {seats}", task, made)


def _moved(task: LocalTask, by: Text | None, seats: dict[str, str]) -> LocalTask:
    for name, seat in seats.items():
        if name == "tt" and by is not None:
            task = task.stepped(StepKind.ORDER, reasons.NEW_NUMBER, Extract.of(by), tt=seat)
        else:
            task = task.stepped(StepKind.NUMBER, _WHY[name], None, **{name: seat})
    return task
