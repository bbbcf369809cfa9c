"""Fourth step: the placeholders of the city's texts become the unit's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LISTS, TEXTS, LocalGroup, LocalTask, Programme
from danvan_cli.localize.trail import Step, fillings
from danvan_cli.prose import Prose, fill, placeholders


def fill_texts(programme: Programme, locality: Locality) -> Programme:
    """`programme` with every placeholder filled, each filling a step."""
    groups = tuple(_filled_group(group, locality.values) for group in programme.groups)
    return replace(
        programme,
        groups=groups,
        tasks=tuple(_once(task, locality) for task in programme.tasks),
    )


def filled_prose(text: Prose, values: Mapping[str, Prose]) -> Prose:
    """`text` with the placeholders of each piece filled; the words around keep their origin."""
    return fill(text, values)[0]


def _once(task: LocalTask, locality: Locality) -> LocalTask:
    """`task` filled; units of a kind share it where none of its words is a single unit's."""

    def made() -> tuple[LocalTask, bool]:
        filled, keys = _filled_task(task, locality.values)
        return filled, locality.offices.of_unit.isdisjoint(keys)

    return locality.offices.once("fill", task, made)


def _filled_group(group: LocalGroup, values: Mapping[str, Prose]) -> LocalGroup:
    name, splices = fill(group.ten, values)
    heading, others = fill(group.de_muc, values)
    if not splices and not others:
        return group
    steps = fillings(splices, group.ma, "ten")
    return replace(group, ten=name, de_muc=heading, buoc=(*group.buoc, *steps))


def _filled_task(task: LocalTask, values: Mapping[str, Prose]) -> tuple[LocalTask, set[str]]:
    """`task` filled, and the placeholders its words ask for."""
    given: dict[str, object] = {}
    steps: list[Step] = []
    asked: set[str] = set()
    for name in TEXTS:
        text = getattr(task, name)
        asked |= {key for key, _ in placeholders(str(text))}
        given[name], splices = fill(text, values)
        steps += fillings(splices, task.ma, name)
    for name in LISTS:
        texts = getattr(task, name)
        asked |= {key for text in texts for key, _ in placeholders(str(text))}
        given[name], more = filled_list(task.ma, name, texts, values)
        steps += more
    return (task.changed(*steps, **given) if steps else task), asked


def filled_list(
    ma: str, name: str, texts: Iterable[Prose], values: Mapping[str, Prose]
) -> tuple[tuple[Prose, ...], list[Step]]:
    """Each of `texts` with its placeholders filled, and the steps of the field `name` of `ma`."""
    made: list[Prose] = []
    steps: list[Step] = []
    for index, text in enumerate(texts):
        filled, splices = fill(text, values)
        made.append(filled)
        steps += fillings(splices, ma, name, index)
    return tuple(made), steps
