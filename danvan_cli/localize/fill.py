"""Fourth step: the placeholders of the city's texts become the unit's own words; those nothing fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from danvan_cli.findings import Finding
from danvan_cli.localize.locality import Locality, known_placeholders
from danvan_cli.localize.programme import LISTS, TEXTS, LocalGroup, LocalTask, Programme
from danvan_cli.localize.trail import Step, fillings
from danvan_cli.models.base import Item
from danvan_cli.nodes import Text
from danvan_cli.problems import misspelt_placeholder, no_effect, valueless_placeholder
from danvan_cli.prose import Origin, Prose, fill, placeholders
from danvan_cli.text import nearest


def fill_texts(programme: Programme, locality: Locality) -> Programme:
    """`programme` with every placeholder filled, each filling a step."""
    groups = tuple(_filled_group(group, locality.values) for group in programme.groups)
    return replace(
        programme,
        groups=groups,
        tasks=tuple(_once(task, locality) for task in programme.tasks),
    )


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


_NEAR = 0.7
NUMBERED, ANNEX = "so_ngay.", "phu_luc."
"""What begins a placeholder for the number and date, or for an annex, of a document of the unit."""


def check_own_texts(locality: Locality) -> Iterator[Finding]:
    """DV109 on every text of the unit's file; other words between braces are text.

    DV216 on a phrase or a document of its own that none of them uses.
    """
    known: set[str] = set()
    used: set[str] = set()
    for text in _texts(locality.profile):
        if "{" not in text:
            continue
        used |= {name for name, _ in placeholders(text)}
        known = known or known_placeholders(locality.catalogue) | {*locality.values}
        families = {name.partition(".")[0] for name in known if "." in name}
        for name, at in placeholders(text):
            if name in locality.values or name.startswith((NUMBERED, ANNEX)):
                continue
            family, _, of_family = name.partition(".")
            cutoff = 0.0 if of_family and family in families else _NEAR
            near = name if name in known else nearest(name, known, cutoff=cutoff)
            if near == name:
                yield valueless_placeholder(name, text.place_at(at))
            elif near is not None:
                yield misspelt_placeholder(name, near, text.place_at(at))

    yield from _unused(locality, used)


def _unused(locality: Locality, used: set[str]) -> Iterator[Finding]:
    profile = locality.profile
    usual = locality.catalogue.wording.cum_tu
    for ma in profile.cum_tu:
        if ma not in usual and f"cum_tu.{ma}" not in used:
            yield no_effect(ma, "cum_tu", ma.place)
    cited = {name.partition(".")[2] for name in used}
    for document in profile.phap_ly:
        if document.ma not in cited:
            yield no_effect(document.ma, "phap_ly", document.place)


def unfilled(texts: Iterable[Prose], locality: Locality) -> Iterator[Finding]:
    """DV109 on the catalogue's words in a document: placeholders that still stand in them."""
    known: set[str] = set()
    for text in texts:
        for piece in text.pieces:
            if "{" not in piece.text:
                continue
            known = known or known_placeholders(locality.catalogue)
            for name, at in placeholders(piece.text):
                if piece.origin is not Origin.UNIT and (
                    name in known or name.startswith((NUMBERED, ANNEX))
                ):
                    yield valueless_placeholder(name, piece.cut(at, len(piece.text)).place)


def _texts(value: object) -> Iterator[Text]:
    """Every text at or below `value`, keys of mappings too."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Item):
        for name in value.model_fields_set:
            yield from _texts(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(key)
            yield from _texts(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _texts(part)
