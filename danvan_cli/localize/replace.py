"""Fifth step: what the unit changes in single tasks, field by field."""

from __future__ import annotations

from dataclasses import replace as with_fields

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.edits import Edits
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import FIELDS, LocalGroup, LocalTask, Programme
from danvan_cli.localize.trail import StepKind, value_text
from danvan_cli.models.profile import Change, ListEdit
from danvan_cli.problems import (
    no_effect,
    not_in_programme,
    set_twice,
    unknown_group,
    unknown_task,
)
from danvan_cli.prose import NOTHING

CHANGED = tuple(name for name in FIELDS if name in Change.model_fields)
_SAME = ListEdit()


def replace(programme: Programme, locality: Locality) -> Programme:
    """`programme` with the changes of `sua_doi` and of `nhom`; each change must find its task."""
    if not locality.profile.sua_doi and not locality.profile.nhom:
        return programme
    problems: list[Finding] = []
    seen: dict[tuple[str, str], Place] = {}
    tasks = dict(programme.by_id)
    for change in locality.profile.sua_doi:
        task = tasks.get(change.ma)
        if task is None:
            problems.append(_missing(change, programme, locality))
            continue
        problems += _checked(change, programme.by_id[change.ma], seen)
        tasks[change.ma] = _changed(task, change, locality, problems)
    groups = _changed_groups(programme, locality, problems)
    made = with_fields(programme, groups=groups, tasks=tuple(tasks.values()))
    return made.with_findings(*problems)


def _missing(change: Change, programme: Programme, locality: Locality) -> Finding:
    place = change.place_of("ma")
    left = programme.left_out(change.ma)
    if left is not None:
        return not_in_programme(change.ma, place, left.ly_do)
    return unknown_task(change.ma, place, locality.catalogue.tasks)


def _checked(change: Change, task: LocalTask, seen: dict[tuple[str, str], Place]) -> list[Finding]:
    """What is wrong with a change before it is made."""
    problems = []
    for name in CHANGED:
        if getattr(change, name) is None:
            continue
        place = change.place_of(name)
        if (change.ma, name) in seen:
            problems.append(set_twice(change.ma, name, place, seen[change.ma, name]))
        seen.setdefault((change.ma, name), place)
    if change.goc is not None:
        if not any(step.buoc is StepKind.BASE for step in task.buoc):
            problems.append(no_effect(change.ma, "goc", change.place_of("goc")))
    elif not change.anh_xa and all(getattr(change, name) is None for name in CHANGED):
        problems.append(no_effect(change.ma, "sua_doi", change.place))
    return problems


def _changed(
    task: LocalTask, change: Change, locality: Locality, problems: list[Finding]
) -> LocalTask:
    edits = Edits(locality, task.ma, StepKind.REPLACE, str(change.ly_do))
    given: dict[str, object] = {}
    if change.noi_dung is not None:
        given["noi_dung"] = edits.edited("noi_dung", task.noi_dung, change.noi_dung)
    if change.chi_tiet is not None:
        given["chi_tiet"] = edits.texts("chi_tiet", task.chi_tiet, change.chi_tiet)
    if change.thoi_gian is not None:
        given["thoi_gian"] = edits.text("thoi_gian", task.thoi_gian, change.thoi_gian)
    lead = task.chu_tri
    if change.chu_tri is not None:
        lead = edits.take(edits.edited_list("chu_tri", task.chu_tri, change.chu_tri))
        given["chu_tri"] = lead
    if change.phoi_hop is not None or change.chu_tri is not None:
        helpers = edits.edited_list("phoi_hop", task.phoi_hop, change.phoi_hop or _SAME)
        helpers.drop_leads(lead)
        given["phoi_hop"] = edits.take(helpers)
    made = task.changed(*edits.steps, **given)
    problems += edits.problems
    if not edits.problems:
        # What found nothing to change is said already.
        problems += _without_effect(task, made, change)
    return made


def _without_effect(task: LocalTask, made: LocalTask, change: Change) -> list[Finding]:
    return [
        no_effect(task.ma, name, change.place_of(name))
        for name in CHANGED
        if getattr(change, name) is not None
        and value_text(task.value(name)) == value_text(made.value(name))
    ]


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
            edits = Edits(locality, group.ma, StepKind.REPLACE)
            name = edits.edited("ten", group.ten, change.ten)
            problems += edits.problems
            known[change.ma] = with_fields(
                group, ten=name, de_muc=NOTHING, buoc=(*group.buoc, *edits.steps)
            )
        if str(known[change.ma].ten) == str(group.ten) and not change.anh_xa:
            problems.append(no_effect(change.ma, "ten", change.place_of("ten")))
    return tuple(known.values())
