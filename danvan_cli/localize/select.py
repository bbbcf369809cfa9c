"""First step: the city tasks that apply to the unit, each in the wording meant for its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from danvan_cli.findings import Finding, Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize import reasons
from danvan_cli.localize.absent import told_both_ways
from danvan_cli.localize.locality import Locality, holds
from danvan_cli.localize.programme import (
    AGENCIES,
    FIELDS,
    Assigned,
    Dropped,
    LocalGroup,
    LocalTask,
    Programme,
)
from danvan_cli.localize.trail import Step, StepKind, Value, first_extract, started, word
from danvan_cli.models.catalogue import AgencyRef, Group, Task, Variant
from danvan_cli.nodes import Extract, Text
from danvan_cli.problems import no_effect, set_twice, unknown_fact, unknown_task
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, prose

_OF_THE_CITY = {"cau": ("noi_dung",), "giao_viec": AGENCIES, "het": ("noi_dung", *AGENCIES)}
"""What a task says as the city does, by what the unit's file asks for (`goc`)."""


def select(locality: Locality) -> Programme:
    """The catalogue's tasks that apply to the unit; the others as dropped, with the reason."""
    chosen = frozenset(str(c.ma) for c in locality.profile.chon)
    made = _selected(
        locality.catalogue,
        locality.unit.loai,
        locality.facts,
        locality.unknown,
        chosen,
    )
    made = made.with_tasks(_as_the_unit_asks(made.tasks, locality))
    return made.with_findings(*_wrong_choices(locality), *_unknown_facts(locality))


def _as_the_unit_asks(tasks: Iterable[LocalTask], locality: Locality) -> Iterator[LocalTask]:
    """`tasks`: those it chose say so; those it wants as the city has them (`goc`) without variant."""
    chosen = {str(c.ma): c for c in locality.profile.chon}
    wanted = {str(c.ma): c for c in locality.profile.sua_doi if c.goc is not None}
    for task in tasks:
        if (choice := chosen.get(task.ma)) is not None:
            why, by = str(choice.ly_do), Extract.of(choice.ma)
            task = task.changed(started(task.ma, StepKind.SELECT, "ma", word(task.ma), why, by))
        change = wanted.get(task.ma)
        if change is not None and change.goc is not None:
            found = next(f for f in locality.catalogue.walk() if f[1].ma == task.ma)
            plain = _plain(*found)
            given = {name: getattr(plain, name) for name in _OF_THE_CITY[change.goc]}
            by = Extract.of(change.goc)
            task = task.stepped(StepKind.BASE, str(change.ly_do), by, **given)
        yield task


@lru_cache(maxsize=64)
def _selected(
    catalogue: Catalogue,
    kind: str,
    facts: frozenset[str],
    unknown: frozenset[str],
    chosen: frozenset[str],
) -> Programme:
    """What every unit of `kind` with these facts and choices starts from."""
    tasks: list[LocalTask] = []
    dropped: list[Dropped] = []
    left: dict[str, tuple[str, ...]] = {}
    for group, task, parent in catalogue.walk():
        out = not holds(task.ap_dung, kind, facts) or (parent is not None and parent.ma in left)
        if out and task.ma not in chosen:
            of_head = left.get(str(parent.ma), ()) if parent is not None else ()
            missing = of_head or _missing(task, kind, facts, unknown)
            left[str(task.ma)] = missing
            dropped.append(_dropped(task, parent, missing, catalogue))
        else:
            variants = enumerate(task.bien_the)
            variant = next((i for i, v in variants if holds(v.khi, kind, facts)), -1)
            tasks.append(_drafted(catalogue, group, task, parent, variant))
    return Programme(_groups(catalogue, kind, facts), tuple(tasks), tuple(dropped))


def _missing(
    task: Task, kind: str, facts: frozenset[str], unknown: frozenset[str]
) -> tuple[str, ...]:
    """The fewest unknown facts that would bring `task` in; none where it is surely not for here."""
    ways = [
        tuple(str(f) for f in s.co if f not in facts)
        for s in task.ap_dung
        if (not s.loai or kind in s.loai) and not any(f in facts for f in s.khong)
    ]
    open_ways = [way for way in ways if way and all(f in unknown for f in way)]
    return min(open_ways, key=len, default=())


def _dropped(
    task: Task, parent: Task | None, missing: tuple[str, ...], catalogue: Catalogue
) -> Dropped:
    if missing:
        why = reasons.unknown_whether(missing, catalogue)
    else:
        why = reasons.not_for(task.ap_dung, catalogue) if task.ap_dung else reasons.HEAD_NOT_HERE
    number = str(_number(task, parent))
    return Dropped(
        str(task.ma),
        number,
        str(task.noi_dung),
        StepKind.SELECT.value,
        why,
        task.place,
        missing,
    )


def _groups(catalogue: Catalogue, kind: str, facts: frozenset[str]) -> tuple[LocalGroup, ...]:
    made = []
    for group in catalogue.groups:
        speaking = next((v for v in group.bien_the if holds(v.khi, kind, facts)), group)
        ma, name = str(group.ma), prose(speaking.ten, Origin.CATALOGUE)
        heading = prose(speaking.ten_thuong, Origin.CATALOGUE) if speaking.ten_thuong else NOTHING
        steps = (
            started(ma, StepKind.SELECT, "tt", word(group.tt), by=Extract.of(group.ma)),
            started(ma, StepKind.SELECT, "ten", name),
        )
        made.append(LocalGroup(ma, str(group.tt), name, heading, steps))
    return tuple(made)


@lru_cache(maxsize=8)
def _drafts(catalogue: Catalogue) -> dict[tuple[str, int], LocalTask]:  # noqa: ARG001 - the key
    """Each task drafted so far, by `ma` and by which of its variants speaks."""
    return {}


def _drafted(
    catalogue: Catalogue, group: Group, task: Task, parent: Task | None, variant: int
) -> LocalTask:
    """The task as it stands in the catalogue, the fields of its variant in place of its own."""
    drafts, key = _drafts(catalogue), (str(task.ma), variant)
    if key not in drafts:
        made = _plain(group, task, parent)
        drafts[key] = _varied(made, task.bien_the[variant], catalogue) if variant >= 0 else made
    return drafts[key]


def _plain(group: Group, task: Task, parent: Task | None) -> LocalTask:
    number = _number(task, parent)
    made = LocalTask(
        ma=str(task.ma),
        tt=str(number),
        nhom=str(group.ma),
        noi_dung=prose(task.noi_dung, Origin.CATALOGUE),
        cha=str(parent.ma) if parent else "",
        chi_tiet=tuple(prose(t, Origin.CATALOGUE) for t in task.chi_tiet),
        chu_thich=tuple(prose(t, Origin.CATALOGUE) for t in task.chu_thich),
        chu_tri=assigned(task.chu_tri, Origin.CATALOGUE),
        phoi_hop=assigned(task.phoi_hop, Origin.CATALOGUE),
        thoi_gian=prose(task.thoi_gian.written if task.thoi_gian else "", Origin.CATALOGUE),
        nguon=(str(task.ma),),
        place=task.place,
    )
    values: dict[str, Value] = {name: made.value(name) for name in FIELDS}
    values |= {"tt": number, "nhom": word(group.ma), "cha": word(parent.ma if parent else "")}
    line = Extract.of(task.ma)
    steps = [
        started(made.ma, StepKind.SELECT, name, value, by=first_extract(value) or line)
        for name, value in values.items()
        if value
    ]
    return made.changed(*steps)


def _varied(task: LocalTask, variant: Variant, catalogue: Catalogue) -> LocalTask:
    given: dict[str, object] = {name: _given(variant, name) for name in FIELDS if variant.has(name)}
    why = reasons.variant_for(variant.khi, catalogue)
    made = replace(task, **given)  # type: ignore[arg-type]
    steps = [
        Step(task.ma, StepKind.VARIANT, name, task.value(name), made.value(name), why, by)
        for name in given
        if (by := first_extract(made.value(name))) or task.value(name)
    ]
    made, changes = _reworded(made, variant, why)
    steps += changes
    # A city's footnote becomes the points under the task where the unit's wording has them.
    if variant.chi_tiet and made.chu_thich:
        gone = made.value("chu_thich")
        by = first_extract(made.value("chi_tiet"))
        steps.append(
            Step(task.ma, StepKind.VARIANT, "chu_thich", gone, (), reasons.NOTES_BECOME_POINTS, by)
        )
        made = replace(made, chu_thich=())
    return made.changed(*steps)


def _reworded(task: LocalTask, variant: Variant, why: str) -> tuple[LocalTask, list[Step]]:
    """`task` with the words its variant changes; where they do not stand once, a check says so."""
    text, steps = task.noi_dung, []
    for old, new in replacements(variant):
        at = str(text).find(old)
        if at < 0:
            continue
        end, words = at + len(old), prose(new, Origin.CATALOGUE)
        by = Extract.of(new) or Extract.of(old)
        before = text.cut(at, end)
        steps.append(Step(task.ma, StepKind.VARIANT, "noi_dung", before, words, why, by, at))
        text = text.replaced(at, end, words)
    return replace(task, noi_dung=text), steps


def replacements(variant: Variant | None) -> tuple[tuple[Text, str], ...]:
    """What a variant changes in the task's text: words, and what stands there instead."""
    if variant is None:
        return ()
    return (*variant.thay.items(), *((old, "") for old in variant.bot))


def _given(item: Variant, name: str) -> Prose | tuple[Prose, ...] | tuple[Assigned, ...]:
    value = getattr(item, name)
    if name in AGENCIES:
        return assigned(value, Origin.CATALOGUE)
    if isinstance(value, tuple):
        return tuple(prose(text, Origin.CATALOGUE) for text in value)
    return prose(value.written if value else "", Origin.CATALOGUE)


def assigned(refs: Iterable[AgencyRef], origin: Origin) -> tuple[Assigned, ...]:
    """`refs` as assigned agencies, named as they are written."""
    return tuple(
        Assigned(
            ma=str(ref.co_quan),
            ten=prose(ref.co_quan, origin),
            vai_tro=prose(ref.vai_tro, origin) if ref.vai_tro else NOTHING,
            de_nghi=prose(ref.de_nghi, origin) if ref.de_nghi else NOTHING,
            called=Extract.of(ref.co_quan),
        )
        for ref in refs
    )


def _number(task: Task, parent: Task | None) -> Prose:
    own = word(task.tt)
    return word(parent.tt) + by_rule(".", reasons.NUMBERED) + own if parent else own


def _wrong_choices(locality: Locality) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for choice in locality.profile.chon:
        place = choice.place_of("ma")
        task = locality.catalogue.tasks.get(choice.ma)
        if task is None:
            yield unknown_task(choice.ma, place, locality.catalogue.tasks)
        elif choice.ma in seen:
            yield set_twice(choice.ma, "chon", place, seen[choice.ma])
        elif _applies(task, locality):
            yield no_effect(choice.ma, "chon", place)
        seen.setdefault(str(choice.ma), place)


def _applies(task: Task, locality: Locality) -> bool:
    parent = next((p for _, t, p in locality.catalogue.walk() if t is task), None)
    return locality.holds(task.ap_dung) and (parent is None or locality.holds(parent.ap_dung))


def _unknown_facts(locality: Locality) -> Iterator[Finding]:
    edit = locality.profile.dac_diem
    known = {str(fact.ma): str(fact.ten) for fact in locality.catalogue.facts} if edit else {}
    for name in (*edit.co, *edit.khong) if edit else ():
        if name not in known:
            yield unknown_fact(name, name.place, known)
    had = {name: name.place for name in (edit.co if edit else ())}
    for name in edit.khong if edit else ():
        if name in had:
            yield told_both_ways(name, name.place, had[name])
