"""Sixth step: several tasks of the city become one of the unit's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from danvan_cli.findings import Finding, Place
from danvan_cli.grammar.deadline.reader import read_deadline
from danvan_cli.localize.agencies import without
from danvan_cli.localize.edits import edited, edited_list, own_text
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned, LocalTask, Programme
from danvan_cli.models.profile import ListEdit, Merge
from danvan_cli.problems import (
    id_taken,
    merge_loses,
    not_in_programme,
    unknown_task,
    used_twice,
)
from danvan_cli.prose import NOTHING, Origin, Prose, joined, prose


def merge(programme: Programme, locality: Locality) -> Programme:
    """`programme` with the tasks of each `hop_nhat` become one, standing where the first stood.

    The merged task keeps the ids of all its sources; its agencies are theirs together and its
    deadline the earliest, unless the unit's file says otherwise.
    """
    problems: list[Finding] = []
    used: dict[str, Place] = {}
    for order in locality.profile.hop_nhat:
        sources = _sources(order, programme, locality, used, problems)
        if order.ma not in order.tu and (
            order.ma in locality.catalogue.tasks or programme.task(order.ma) is not None
        ):
            problems.append(id_taken(order.ma, order.place_of("ma")))
        elif len(sources) > 1:
            made = _merged(order, sources, locality, problems)
            gone = {task.ma for task in sources}
            first = sources[0].ma
            kept = [made if t.ma == first else t for t in programme.tasks]
            programme = programme.with_tasks(
                tuple(
                    replace(t, cha=made.ma) if t.cha in gone and t is not made else t
                    for t in kept
                    if t is made or t.ma not in gone
                )
            )
    return programme.with_findings(*problems)


def _sources(
    order: Merge,
    programme: Programme,
    locality: Locality,
    used: dict[str, Place],
    problems: list[Finding],
) -> list[LocalTask]:
    made = []
    for name in order.tu:
        task = programme.task(name)
        if name in used:
            problems.append(used_twice(name, name.place, used[name]))
        elif task is not None:
            made.append(task)
        else:
            left = next((d for d in programme.dropped if d.ma == name), None)
            problems.append(
                not_in_programme(name, name.place, left.ly_do)
                if left
                else unknown_task(name, name.place, locality.catalogue.tasks)
            )
        used.setdefault(str(name), name.place)
    return made


def _merged(
    order: Merge, sources: list[LocalTask], locality: Locality, problems: list[Finding]
) -> LocalTask:
    text = joined((_ended(t.noi_dung) for t in sources), " ", Origin.RULE)
    text = text.cut(0, len(str(text).rstrip(".")))
    if order.noi_dung is not None:
        text = edited(text, order.noi_dung, locality, order.ma, problems)
    lead = _agencies(order, "chu_tri", sources, locality, problems)
    helpers = without(_agencies(order, "phoi_hop", sources, locality, problems), lead)
    if order.thoi_gian is not None:
        deadline = own_text(order.thoi_gian, locality.values)
    else:
        deadline = earliest((t.thoi_gian for t in sources), locality.catalogue.year)
    _check_loss(order, sources, (*lead, *helpers), locality, problems)
    made = replace(
        sources[0],
        ma=str(order.ma),
        noi_dung=text,
        chi_tiet=tuple(own_text(t, locality.values) for t in order.chi_tiet or ()),
        chu_tri=lead,
        phoi_hop=helpers,
        thoi_gian=deadline,
        nguon=tuple(ma for t in sources for ma in t.nguon),
        buoc=tuple(step for t in sources for step in t.buoc),
        place=order.place,
    )
    names = ", ".join(t.ma for t in sources)
    return made.stepped("hop_nhat", "noi_dung", names, text, ly_do=order.ly_do, place=order.place)


def _agencies(
    order: Merge,
    name: str,
    sources: Iterable[LocalTask],
    locality: Locality,
    problems: list[Finding],
) -> tuple[Assigned, ...]:
    given = getattr(order, name)
    if given is not None:
        edit = ListEdit.model_construct(_fields_set={"moi"}, moi=given)
        return edited_list((), edit, locality, order.ma, problems)
    return union(getattr(t, name) for t in sources)


def union(lists: Iterable[tuple[Assigned, ...]]) -> tuple[Assigned, ...]:
    """The agencies of all `lists`, each once, in the order met."""
    made: dict[str, Assigned] = {}
    for agencies in lists:
        for agency in agencies:
            made.setdefault(agency.ma, agency)
    return tuple(made.values())


def earliest(deadlines: Iterable[Prose], year: int) -> Prose:
    """The one that ends first; those without a last day come after those with one."""
    known = [d for d in deadlines if d]
    ends = [(read_deadline(str(d), year).ket_thuc, d) for d in known]
    dated = [(end, index) for index, (end, _) in enumerate(ends) if end is not None]
    if dated:
        return known[min(dated)[1]]
    return known[0] if known else NOTHING


def _check_loss(
    order: Merge,
    sources: list[LocalTask],
    kept: tuple[Assigned, ...],
    locality: Locality,
    problems: list[Finding],
) -> None:
    ids = {a.ma for a in kept}
    lost = [
        str(a.ten)
        for t in sources
        for a in (*t.chu_tri, *t.phoi_hop)
        if a.ma not in ids and not a.tap_the
    ]
    if lost:
        problems.append(merge_loses(order.ma, "cơ quan", dict.fromkeys(lost), order.place))
    if order.thoi_gian is None:
        return
    year = locality.catalogue.year
    end = read_deadline(str(order.thoi_gian), year).ket_thuc
    ends = [(read_deadline(str(t.thoi_gian), year).ket_thuc, str(t.thoi_gian)) for t in sources]
    missed = [text for day, text in ends if day is not None and (end is None or end > day)]
    if missed:
        problems.append(
            merge_loses(order.ma, "thời hạn", dict.fromkeys(missed), order.place_of("thoi_gian"))
        )


def _ended(text: Prose) -> Prose:
    return text if str(text).endswith(".") else text + prose(".", Origin.RULE)
