"""Seventh step: the tasks that are the unit's own."""

from __future__ import annotations

from danvan_cli.findings import Finding
from danvan_cli.localize.edits import Edits
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LocalTask, Programme, not_placed
from danvan_cli.localize.trail import StepKind, started, word
from danvan_cli.models.profile import Addition
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
    return programme.with_tasks(tasks)
