"""Fifth step: what the unit changes in single tasks, field by field."""

from __future__ import annotations

from dataclasses import replace as with_fields

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.agencies import without
from danvan_cli.localize.edits import base_mark, edited, edited_list, own_text
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned, LocalGroup, LocalTask, Programme
from danvan_cli.models.profile import Change
from danvan_cli.problems import (
    no_effect,
    not_in_programme,
    set_twice,
    stale_base,
    unknown_group,
    unknown_task,
)

FIELDS = ("noi_dung", "chi_tiet", "chu_tri", "phoi_hop", "thoi_gian")


def replace(programme: Programme, locality: Locality) -> Programme:
    """`programme` with the changes of `sua_doi` and of `nhom`; each change must find its task."""
    problems: list[Finding] = []
    seen: dict[tuple[str, str], Place] = {}
    tasks = {task.ma: task for task in programme.tasks}
    marks = {task.ma: base_mark(task.noi_dung, task.thoi_gian) for task in programme.tasks}
    for change in locality.profile.sua_doi:
        task = tasks.get(change.ma)
        if task is None:
            problems.append(_missing(change, programme, locality))
            continue
        for name in FIELDS:
            if getattr(change, name) is None:
                continue
            place = change.place_of(name)
            if (change.ma, name) in seen:
                problems.append(set_twice(change.ma, name, place, seen[change.ma, name]))
            seen.setdefault((change.ma, name), place)
        if not change.anh_xa and all(getattr(change, name) is None for name in FIELDS):
            problems.append(no_effect(change.ma, "sua_doi", change.place))
        mark = marks[change.ma]
        if change.dau_goc is not None and change.dau_goc != mark:
            problems.append(stale_base(task.ma, change.place_of("dau_goc"), change.dau_goc, mark))
        tasks[change.ma] = _changed(task, change, locality, problems)
    groups = _changed_groups(programme, locality, problems)
    made = with_fields(programme, groups=groups, tasks=tuple(tasks.values()))
    return made.with_findings(*problems)


def _missing(change: Change, programme: Programme, locality: Locality) -> Finding:
    place = change.place_of("ma")
    left = next((d for d in programme.dropped if d.ma == change.ma), None)
    if left is not None:
        return not_in_programme(change.ma, place, left.ly_do)
    return unknown_task(change.ma, place, locality.catalogue.tasks)


def _changed(
    task: LocalTask, change: Change, locality: Locality, problems: list[Finding]
) -> LocalTask:
    made, before = task, len(problems)
    if change.noi_dung is not None:
        made = with_fields(
            made, noi_dung=edited(task.noi_dung, change.noi_dung, locality, task.ma, problems)
        )
    if change.chi_tiet is not None:
        details = tuple(own_text(t, locality.values) for t in change.chi_tiet)
        made = with_fields(made, chi_tiet=details)
    if change.thoi_gian is not None:
        made = with_fields(made, thoi_gian=own_text(change.thoi_gian, locality.values))
    if change.chu_tri is not None:
        lead = edited_list(task.chu_tri, change.chu_tri, locality, task.ma, problems)
        made = with_fields(made, chu_tri=lead)
    if change.phoi_hop is not None:
        helpers = edited_list(task.phoi_hop, change.phoi_hop, locality, task.ma, problems)
        made = with_fields(made, phoi_hop=helpers)
    made = with_fields(made, phoi_hop=without(made.phoi_hop, made.chu_tri))
    # What found nothing to change is said already.
    return _recorded(task, made, change, problems if len(problems) == before else [])


def _recorded(
    task: LocalTask, made: LocalTask, change: Change, problems: list[Finding]
) -> LocalTask:
    for name in FIELDS:
        if getattr(change, name) is None:
            continue
        old, new = shown(task, name), shown(made, name)
        if old == new:
            problems.append(no_effect(task.ma, name, change.place_of(name)))
        made = made.stepped(
            "sua_doi", name, old, new, ly_do=change.ly_do, place=change.place_of(name)
        )
    return made


def shown(task: LocalTask, name: str) -> str:
    """The field `name` of `task` as one line of text."""
    value = getattr(task, name)
    if not isinstance(value, tuple):
        return str(value)
    return "; ".join(
        f"{v.ten} {v.vai_tro} {v.de_nghi}".strip() if isinstance(v, Assigned) else str(v)
        for v in value
    )


def _changed_groups(
    programme: Programme, locality: Locality, problems: list[Finding]
) -> tuple[LocalGroup, ...]:
    known = {group.ma: group for group in programme.groups}
    seen: dict[str, Place] = {}
    for change in locality.profile.nhom:
        place = change.place_of("ma")
        if change.ma not in known:
            problems.append(unknown_group(change.ma, place, known))
            continue
        if change.ma in seen:
            problems.append(set_twice(change.ma, "nhom", place, seen[change.ma]))
        seen.setdefault(str(change.ma), place)
        group = known[change.ma]
        if change.ten is not None:
            name = edited(group.ten, change.ten, locality, change.ma, problems)
            known[change.ma] = with_fields(group, ten=name)
        if str(known[change.ma].ten) == str(group.ten) and not change.anh_xa:
            problems.append(no_effect(change.ma, "ten", change.place_of("ten")))
    return tuple(known.values())
