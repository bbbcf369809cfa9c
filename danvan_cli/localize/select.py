"""First step: the city tasks that apply to the unit, each in the wording meant for its kind."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned, Dropped, LocalGroup, LocalTask, Programme
from danvan_cli.models.catalogue import AgencyRef, Group, Selector, Task, Variant
from danvan_cli.nodes import Text
from danvan_cli.problems import no_effect, set_twice, unknown_fact, unknown_task
from danvan_cli.prose import NOTHING, Origin, Prose, prose


def select(locality: Locality) -> Programme:
    """The catalogue's tasks that apply to the unit; the others as dropped, with the reason."""
    chosen = {str(c.ma): c for c in locality.profile.chon}
    tasks: list[LocalTask] = []
    dropped: list[Dropped] = []
    left: set[str] = set()
    for group, task, parent in locality.catalogue.walk():
        choice = chosen.get(task.ma)
        if choice is None and (not locality.holds(task.ap_dung) or (parent and parent.ma in left)):
            left.add(task.ma)
            dropped.append(
                Dropped(
                    str(task.ma),
                    _number(task, parent),
                    str(task.noi_dung),
                    "chon",
                    _why_not(task, locality),
                    task.place,
                )
            )
            continue
        made = drafted(task, group, parent, _variant(task, locality))
        if choice is not None:
            made = made.stepped("chon", "ma", "", task.ma, ly_do=choice.ly_do, place=choice.place)
        tasks.append(made)
    groups = tuple(
        LocalGroup(g.ma, g.tt, prose(g.ten, Origin.CATALOGUE)) for g in locality.catalogue.groups
    )
    problems = (*_wrong_choices(locality), *_unknown_facts(locality))
    return Programme(groups, tuple(tasks), tuple(dropped), problems)


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
    known = {str(fact.ma): str(fact.ten) for fact in locality.catalogue.facts}
    for name in (*edit.them, *edit.bot) if edit else ():
        if name not in known:
            yield unknown_fact(name, name.place, known)


def drafted(task: Task, group: Group, parent: Task | None, variant: Variant | None) -> LocalTask:
    """The task as it stands in the catalogue, its variant's fields in place of its own."""
    source: Task | Variant

    def of(name: str) -> Task | Variant:
        return variant if variant is not None and variant.has(name) else task

    made = LocalTask(
        ma=str(task.ma),
        tt=_number(task, parent),
        nhom=str(group.ma),
        cha=str(parent.ma) if parent else "",
        noi_dung=_wording(of("noi_dung").noi_dung or "", variant),
        chi_tiet=tuple(prose(t, Origin.CATALOGUE) for t in of("chi_tiet").chi_tiet),
        # A city's footnote becomes the points under the task where the unit's wording has them.
        chu_thich=()
        if variant is not None and variant.chi_tiet
        else tuple(prose(t, Origin.CATALOGUE) for t in of("chu_thich").chu_thich),
        chu_tri=assigned(of("chu_tri").chu_tri, Origin.CATALOGUE),
        phoi_hop=assigned(of("phoi_hop").phoi_hop, Origin.CATALOGUE),
        thoi_gian=prose(of("thoi_gian").thoi_gian or "", Origin.CATALOGUE),
        nguon=(str(task.ma),),
        place=task.place,
    )
    source = variant or task
    return made.stepped("chon", "noi_dung", "", made.noi_dung, place=source.place)


def _wording(text: str, variant: Variant | None) -> Prose:
    """`text` with the words its variant changes; where they do not stand once, a check says so."""
    made = prose(text, Origin.CATALOGUE)
    for old, new in replacements(variant):
        start = str(made).find(old)
        if start >= 0:
            made = made.replaced(start, start + len(old), prose(new, Origin.CATALOGUE))
    return made


def replacements(variant: Variant | None) -> tuple[tuple[Text, str], ...]:
    """What a variant changes in the task's text: words, and what stands there instead."""
    if variant is None:
        return ()
    return (*variant.thay.items(), *((old, "") for old in variant.bot))


def assigned(refs: tuple[AgencyRef, ...], origin: Origin) -> tuple[Assigned, ...]:
    """`refs` as assigned agencies, not yet named."""
    return tuple(
        Assigned(
            ma=str(ref.co_quan),
            vai_tro=prose(ref.vai_tro, origin) if ref.vai_tro else NOTHING,
            de_nghi=prose(ref.de_nghi, origin) if ref.de_nghi else NOTHING,
            place=ref.co_quan.place,
        )
        for ref in refs
    )


def _variant(task: Task, locality: Locality) -> Variant | None:
    return next((v for v in task.bien_the if locality.holds(v.khi)), None)


def _number(task: Task, parent: Task | None) -> str:
    return f"{parent.tt}.{task.tt}" if parent else str(task.tt)


def _why_not(task: Task, locality: Locality) -> str:
    names = {str(f.ma): str(f.ten) for f in locality.catalogue.facts}
    kinds = {k: str(v.ten) for k, v in locality.catalogue.kinds.items()}

    def said(selector: Selector) -> str:
        parts = [", ".join(kinds.get(k, k) for k in selector.loai)] if selector.loai else []
        parts += [names.get(str(f), str(f)) for f in selector.co]
        parts += [f"không: {names.get(str(f), str(f))}" for f in selector.khong]
        return "; ".join(parts)

    if not task.ap_dung:
        return "Nhiệm vụ chứa điểm này không áp dụng."
    return f"Chỉ áp dụng cho: {' hoặc '.join(said(s) for s in task.ap_dung)}."
