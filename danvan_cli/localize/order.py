"""Last step: the order the unit wants, then the printed numbers."""

from __future__ import annotations

from dataclasses import replace

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Dropped, LocalTask, Programme, not_placed
from danvan_cli.problems import NO_POINTS_LEFT, set_twice
from danvan_cli.text import ALPHABET


def order(programme: Programme, locality: Locality) -> Programme:
    """`programme` in the order of `thu_tu`, empty groups left out, everything numbered anew.

    Groups are 1, 2, 3; tasks 1.1, 1.2; points a, b, c, d, đ.
    """
    programme = _without_empty_heads(programme, locality)
    known = {task.ma for task in programme.tasks}
    problems: list[Finding] = []
    wanted: dict[str, Place] = {}
    for ma in locality.profile.thu_tu:
        if ma not in known:
            problems.append(not_placed(ma, ma.place, programme, locality.catalogue.tasks))
        elif ma in wanted:
            problems.append(set_twice(ma, "thu_tu", ma.place, wanted[ma]))
        wanted.setdefault(str(ma), ma.place)
    tasks = _in_order(programme.tasks, [ma for ma in wanted if ma in known])
    used = {task.nhom for task in tasks}
    groups = tuple(
        replace(group, tt=str(number))
        for number, group in enumerate((g for g in programme.groups if g.ma in used), start=1)
    )
    made = replace(programme, groups=groups, tasks=_numbered(tasks, {g.ma: g.tt for g in groups}))
    return made.with_findings(*problems)


def _without_empty_heads(programme: Programme, locality: Locality) -> Programme:
    """`programme` less the tasks that did nothing but head points which are all gone."""
    heads = {str(ma) for ma, task in locality.catalogue.tasks.items() if task.diem}
    gone = [
        task
        for task in programme.tasks
        if task.ma in heads and not task.chu_tri and not programme.points(task.ma)
    ]
    dropped = tuple(
        Dropped(t.ma, t.tt, str(t.noi_dung), "thu_tu", NO_POINTS_LEFT, t.place) for t in gone
    )
    kept = tuple(t for t in programme.tasks if t not in gone)
    return replace(programme, tasks=kept, dropped=(*programme.dropped, *dropped))


def _in_order(tasks: tuple[LocalTask, ...], wanted: list[str]) -> tuple[LocalTask, ...]:
    """Those named in `wanted` fill, in that order, the seats they held; the others keep theirs."""
    by_id = {task.ma: task for task in tasks}
    seats = iter(wanted)
    named = set(wanted)
    return tuple(by_id[next(seats)] if task.ma in named else task for task in tasks)


def _numbered(tasks: tuple[LocalTask, ...], groups: dict[str, str]) -> tuple[LocalTask, ...]:
    heads = [t for t in tasks if not t.cha or all(t.cha != p.ma for p in tasks)]
    made: list[LocalTask] = []
    for group, number in groups.items():
        for index, head in enumerate((t for t in heads if t.nhom == group), start=1):
            made.append(replace(head, tt=f"{number}.{index}", cha=""))
            points = [t for t in tasks if t.cha == head.ma]
            made.extend(
                replace(point, tt=ALPHABET[i], nhom=group) for i, point in enumerate(points)
            )
    return tuple(made)
