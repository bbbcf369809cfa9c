"""What a unit's file does to tasks: second step, it leaves out; fifth, changes; seventh, adds."""

from __future__ import annotations

from dataclasses import replace

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.absent import THIS_ENTRY, absent, redundant
from danvan_cli.localize.edits import Edits
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import (
    FIELDS,
    REMOVED,
    Dropped,
    LocalGroup,
    LocalTask,
    Programme,
)
from danvan_cli.localize.trail import StepKind, started, value_text, word
from danvan_cli.models.edits import ListEdit
from danvan_cli.models.profile import Addition, Change, Choice, GroupChange
from danvan_cli.problems import (
    id_taken,
    no_effect,
    set_twice,
    unknown_group,
    used_twice,
)
from danvan_cli.prose import NOTHING


def remove(programme: Programme, locality: Locality) -> Programme:
    """`programme` without the tasks of `loai_bo` and their points.

    One that is not there because nobody has said whether the unit has what it is about is hereby
    said: the unit's own reason stands for it.
    """
    if not locality.profile.loai_bo:
        return programme
    problems = []
    seen: dict[str, Dropped] = {}
    for choice in locality.profile.loai_bo:
        left = programme.left_out(choice.ma)
        if choice.ma in seen:
            problems.append(used_twice(choice.ma, choice.ma.place, seen[choice.ma].place))
        elif left is not None and not left.chua_biet:
            problems.append(redundant(choice.ma, left, locality))
        elif gone := _with_points(choice.ma, programme, locality):
            seen |= {one.ma: _removed(one, choice) for one in gone}
        else:
            problems.append(absent(choice.ma, programme, locality, THIS_ENTRY))
    kept = tuple(task for task in programme.tasks if task.ma not in seen)
    others = tuple(gone for gone in programme.dropped if gone.ma not in seen)
    made = replace(programme, tasks=kept, dropped=(*others, *seen.values()))
    return made.with_findings(*problems)


def _removed(gone: Dropped, choice: Choice) -> Dropped:
    return replace(gone, buoc=REMOVED, ly_do=str(choice.ly_do), chua_biet=(), place=choice.place)


def _with_points(ma: str, programme: Programme, locality: Locality) -> tuple[Dropped, ...]:
    """The task `ma` and its points as left out, those that wait for an answer among them."""
    task = programme.task(ma)
    own = (task, *programme.points(ma)) if task is not None else ()
    made = [Dropped(t.ma, t.tt, str(t.noi_dung), REMOVED, "") for t in own]
    city = locality.catalogue.tasks.get(ma)
    wanted = {str(ma), *(str(point.ma) for point in city.diem)} if city is not None else set()
    return (*made, *(gone for gone in programme.dropped if gone.ma in wanted and gone.chua_biet))


CHANGED = tuple(name for name in FIELDS if name in Change.model_fields)
# Without its validator, which is slow to make.
_SAME = ListEdit.model_construct()


def change(programme: Programme, locality: Locality) -> Programme:
    """`programme` with the changes of `sua_doi` and of `nhom`; each change must find its task."""
    if not locality.profile.sua_doi and not locality.profile.nhom:
        return programme
    problems: list[Finding] = []
    seen: dict[tuple[str, str], Place] = {}
    tasks = dict(programme.by_id)
    for change in locality.profile.sua_doi:
        task = tasks.get(change.ma)
        if task is None:
            problems.append(absent(change.ma, programme, locality))
            continue
        problems += _checked(change, programme.by_id[change.ma], seen)
        tasks[change.ma] = _changed(task, change, locality, problems)
    groups = _changed_groups(programme, locality, problems)
    made = replace(programme, groups=groups, tasks=tuple(tasks.values()))
    return made.with_findings(*problems)


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
    """The groups as `nhom` names them, those of the unit's own at the end."""
    groups = {group.ma: group for group in programme.groups}
    seen: dict[str, Place] = {}
    for change in locality.profile.nhom:
        place = change.place_of("ma")
        group = groups.get(change.ma) or _own_group(change, locality)
        if group is None:
            problems.append(unknown_group(change.ma, place, groups, whole=_whole_name(change)))
            continue
        if change.ma in seen:
            problems.append(set_twice(change.ma, "nhom", place, seen[change.ma]))
        seen.setdefault(str(change.ma), place)
        made = _renamed(group, change, locality, problems)
        if str(made.ten) == str(group.ten) and not change.anh_xa:
            problems.append(no_effect(change.ma, "ten", change.place_of("ten")))
        groups[str(change.ma)] = made
    return tuple(groups.values())


def _whole_name(change: GroupChange) -> bool:
    return change.ten is not None and change.ten.moi is not None


def _own_group(change: GroupChange, locality: Locality) -> LocalGroup | None:
    """A group the catalogue does not have: one with a name, in which the unit puts a task."""
    if not _whole_name(change) or all(a.nhom != change.ma for a in locality.profile.bo_sung):
        return None
    return LocalGroup(str(change.ma), "", NOTHING)


def _renamed(
    group: LocalGroup, change: GroupChange, locality: Locality, problems: list[Finding]
) -> LocalGroup:
    if change.ten is None:
        return group
    edits = Edits(locality, group.ma, StepKind.REPLACE if group.ten else StepKind.ADD)
    name = edits.edited("ten", group.ten, change.ten)
    problems += edits.problems
    return replace(group, ten=name, de_muc=NOTHING, buoc=(*group.buoc, *edits.steps))


def add(programme: Programme, locality: Locality) -> Programme:
    """`programme` with the tasks of `bo_sung`, each after its `sau` or at the end of its group."""
    problems: list[Finding] = []
    for order in locality.profile.bo_sung:
        groups = [group.ma for group in programme.groups]
        if order.ma in locality.catalogue.tasks or programme.task(order.ma) is not None:
            problems.append(id_taken(order.ma, order.place_of("ma")))
        elif order.nhom not in groups:
            problems.append(unknown_group(order.nhom, order.nhom.place, groups))
        else:
            edits = Edits(locality, str(order.ma), StepKind.ADD, str(order.ly_do))
            made = _made(order, edits)
            problems += edits.problems
            programme = _placed(programme, made, order, locality, problems)
    return programme.with_findings(*problems)


def _made(order: Addition, edits: Edits) -> LocalTask:
    edits.steps.append(started(edits.ma, StepKind.ADD, "nhom", word(order.nhom), edits.ly_do))
    lead = edits.take(edits.agencies("chu_tri", (), order.chu_tri))
    helpers = edits.agencies("phoi_hop", (), order.phoi_hop)
    helpers.drop_leads(lead)
    deadline = order.thoi_gian
    return LocalTask(
        ma=edits.ma,
        tt="",
        nhom=str(order.nhom),
        noi_dung=edits.text("noi_dung", NOTHING, order.noi_dung),
        chi_tiet=edits.texts("chi_tiet", (), order.chi_tiet) if order.chi_tiet else (),
        chu_tri=lead,
        phoi_hop=edits.take(helpers),
        thoi_gian=edits.text("thoi_gian", NOTHING, deadline) if deadline else NOTHING,
        buoc=tuple(edits.steps),
        place=order.place,
    )


def _placed(
    programme: Programme,
    made: LocalTask,
    order: Addition,
    locality: Locality,
    problems: list[Finding],
) -> Programme:
    tasks = list(programme.tasks)
    if order.sau is not None and programme.task(order.sau) is None:
        problems.append(absent(order.sau, programme, locality, "'sau'"))
        return programme
    if order.sau is not None:
        after = {str(order.sau), *(t.ma for t in programme.points(order.sau))}
        at = max(i for i, t in enumerate(tasks) if t.ma in after) + 1
    else:
        before = [g.ma for g in programme.groups]
        upto = before[: before.index(made.nhom) + 1]
        at = max((i for i, t in enumerate(tasks) if t.nhom in upto), default=-1) + 1
    tasks.insert(at, made)
    return programme.with_tasks(tasks)
