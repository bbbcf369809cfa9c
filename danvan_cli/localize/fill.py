"""Fourth step: the placeholders of the city's texts become the unit's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LocalGroup, LocalTask, Programme
from danvan_cli.prose import NOTHING, Prose, filled


def fill(programme: Programme, locality: Locality) -> Programme:
    """`programme` with every placeholder filled; the trail says where something changed."""
    values = locality.values
    groups = tuple(LocalGroup(g.ma, g.tt, filled_prose(g.ten, values)) for g in programme.groups)
    tasks = tuple(_filled_task(task, values) for task in programme.tasks)
    return replace(programme, groups=groups, tasks=tasks)


def filled_prose(text: Prose, values: Mapping[str, Prose]) -> Prose:
    """`text` with the placeholders of each piece filled; the words around keep their origin."""
    made = NOTHING
    for piece in text.pieces:
        part = filled(piece.text, values, piece.origin)
        made += Prose(
            tuple(p if p.place.path else replace(p, place=piece.place) for p in part.pieces)
        )
    return made


def _filled_task(task: LocalTask, values: Mapping[str, Prose]) -> LocalTask:
    made = replace(
        task,
        noi_dung=filled_prose(task.noi_dung, values),
        chi_tiet=tuple(filled_prose(t, values) for t in task.chi_tiet),
        chu_thich=tuple(filled_prose(t, values) for t in task.chu_thich),
        thoi_gian=filled_prose(task.thoi_gian, values),
    )
    if str(made.noi_dung) != str(task.noi_dung):
        made = made.stepped(
            "dien_cho_trong", "noi_dung", task.noi_dung, made.noi_dung, place=task.place
        )
    return made
