"""Seventh step: the tasks that are the unit's own."""

from __future__ import annotations

from danvan_cli.findings import Finding
from danvan_cli.localize.agencies import without
from danvan_cli.localize.edits import edited_list, own_text
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned, LocalTask, Programme, not_placed
from danvan_cli.models.catalogue import AgencyRef
from danvan_cli.models.profile import Addition, ListEdit
from danvan_cli.problems import id_taken, unknown_group
from danvan_cli.prose import NOTHING


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
            made = _made(order, locality, problems)
            programme = _placed(programme, made, order, locality, problems)
    return programme.with_findings(*problems)


def _made(order: Addition, locality: Locality, problems: list[Finding]) -> LocalTask:
    def agencies(refs: tuple[AgencyRef, ...]) -> tuple[Assigned, ...]:
        edit = ListEdit.model_construct(_fields_set={"moi"}, moi=refs)
        return edited_list((), edit, locality, order.ma, problems)

    lead = agencies(order.chu_tri)
    made = LocalTask(
        ma=str(order.ma),
        tt="",
        nhom=str(order.nhom),
        noi_dung=own_text(order.noi_dung, locality.values),
        chi_tiet=tuple(own_text(t, locality.values) for t in order.chi_tiet),
        chu_tri=lead,
        phoi_hop=without(agencies(order.phoi_hop), lead),
        thoi_gian=own_text(order.thoi_gian, locality.values) if order.thoi_gian else NOTHING,
        place=order.place,
    )
    return made.stepped(
        "bo_sung", "noi_dung", "", made.noi_dung, ly_do=order.ly_do, place=order.place
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
        known = locality.catalogue.tasks
        problems.append(not_placed(order.sau, order.sau.place, programme, known))
        return programme
    if order.sau is not None:
        after = {str(order.sau), *(t.ma for t in programme.points(order.sau))}
        at = max(i for i, t in enumerate(tasks) if t.ma in after) + 1
    else:
        before = [g.ma for g in programme.groups]
        upto = before[: before.index(made.nhom) + 1]
        at = max((i for i, t in enumerate(tasks) if t.nhom in upto), default=-1) + 1
    tasks.insert(at, made)
    return programme.with_tasks(tuple(tasks))
