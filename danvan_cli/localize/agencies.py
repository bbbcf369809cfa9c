"""Third step: city offices become local offices, task over group over unit over kind's default."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.localize.agency_list import AgencyList, Layers
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import AGENCIES, LocalTask, Programme
from danvan_cli.problems import unknown_agency
from danvan_cli.prose import placeholders


def map_agencies(programme: Programme, locality: Locality) -> Programme:
    """`programme` with every agency a local one, named; doubles and leads among helpers dropped."""
    profile = locality.profile
    problems = list(_unknown_names(locality))
    own = {str(c.ma) for c in profile.sua_doi if c.anh_xa}
    groups = {str(g.ma) for g in profile.nhom if g.anh_xa}
    tasks = []
    for task in programme.tasks:
        if task.ma in own or task.nhom in groups:
            made, found = _mapped(task, locality)
        else:
            made, found = _once(task, locality)
        tasks.append(made)
        problems += found
    return programme.with_tasks(tasks).with_findings(*problems)


def _unknown_names(locality: Locality) -> Iterator[Finding]:
    """What the unit's own maps name that is in no register."""
    profile = locality.profile
    maps = [profile.anh_xa]
    maps += [group.anh_xa for group in profile.nhom]
    maps += [change.anh_xa for change in profile.sua_doi]
    for layer in maps:
        for name in (*layer, *(ref.co_quan for refs in layer.values() for ref in refs)):
            if locality.book.resolve(name) is None:
                yield unknown_agency(name, name.place, locality.book.nearest(name))


def _once(task: LocalTask, locality: Locality) -> tuple[LocalTask, tuple[Finding, ...]]:
    """`task` mapped; units of a kind share it where no name in it is a single unit's."""

    def made() -> tuple[tuple[LocalTask, tuple[Finding, ...]], bool]:
        mapped, problems = _mapped(task, locality)
        names = [locality.offices.name(a.ma) for a in (*mapped.chu_tri, *mapped.phoi_hop)]
        of_unit = locality.offices.of_unit
        alike = all(key not in of_unit for n in names for key, _ in placeholders(str(n)))
        return (mapped, problems), alike

    return locality.offices.once("map", task, made)


def _layers(task: LocalTask, locality: Locality) -> Layers:
    """The maps that are for the task or for its group, the unit's own first."""
    profile, catalogue = locality.profile, locality.catalogue
    layers = [("sua_doi", c.anh_xa) for c in profile.sua_doi if c.anh_xa and c.ma == task.ma]
    own = catalogue.tasks.get(task.ma)
    if own is not None and own.anh_xa:
        layers.append(("nhiem_vu", own.anh_xa))
    groups = [g for g in profile.nhom if g.anh_xa and g.ma == task.nhom]
    layers += [("nhom_cua_don_vi", group.anh_xa) for group in groups]
    layers += [("nhom", g.anh_xa) for g in catalogue.groups if g.anh_xa and g.ma == task.nhom]
    return layers


def _mapped(task: LocalTask, locality: Locality) -> tuple[LocalTask, tuple[Finding, ...]]:
    layers = _layers(task, locality)
    lists = {
        name: AgencyList(locality, task.ma, name, list(getattr(task, name))) for name in AGENCIES
    }
    for members in lists.values():
        members.localise(layers)
    lists["phoi_hop"].drop_leads(lists["chu_tri"].members)
    for members in lists.values():
        members.name_all()
    steps = [step for members in lists.values() for step in members.steps]
    problems = tuple(p for members in lists.values() for p in members.problems)
    given: dict[str, object] = {name: tuple(lists[name].members) for name in AGENCIES}
    return task.changed(*steps, **given), problems
