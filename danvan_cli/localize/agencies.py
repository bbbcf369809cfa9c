"""Third step: city offices become local offices, task over group over unit over kind's default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from danvan_cli.findings import Finding
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned, LocalTask, Programme
from danvan_cli.models.catalogue import AgencyMap
from danvan_cli.problems import city_office, foreign_office, unknown_agency
from danvan_cli.prose import Origin, Prose, prose


def map_agencies(programme: Programme, locality: Locality) -> Programme:
    """`programme` with every agency a local one, named; doubles and leads among helpers dropped."""
    problems = list(_unknown_names(locality))
    tasks = tuple(_mapped_task(task, locality, problems) for task in programme.tasks)
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


def _mapped_task(task: LocalTask, locality: Locality, problems: list[Finding]) -> LocalTask:
    layers = _layers(task, locality)
    lead = localized(task.chu_tri, locality, layers, task.ma, problems)
    help_ = localized(task.phoi_hop, locality, layers, task.ma, problems)
    made = replace(task, chu_tri=lead, phoi_hop=without(help_, lead))
    for name in ("chu_tri", "phoi_hop"):
        before = ", ".join(a.ma for a in getattr(task, name))
        after = ", ".join(a.ma for a in getattr(made, name))
        if before != after:
            made = made.stepped("anh_xa", name, before, after, place=task.place)
    return made


def _layers(task: LocalTask, locality: Locality) -> list[AgencyMap]:
    profile = locality.profile
    layers = [c.anh_xa for c in profile.sua_doi if c.ma == task.ma]
    own = locality.catalogue.tasks.get(task.ma)
    if own is not None:
        layers.append(own.anh_xa)
    layers += [g.anh_xa for g in profile.nhom if g.ma == task.nhom]
    layers += [g.anh_xa for g in locality.catalogue.groups if g.ma == task.nhom]
    return [layer for layer in layers if layer]


def localized(
    given: Iterable[Assigned],
    locality: Locality,
    layers: Iterable[AgencyMap],
    subject: str,
    problems: list[Finding],
    *,
    chosen: bool = False,
) -> tuple[Assigned, ...]:
    """`given` as local agencies with names, each once; what cannot be placed goes to `problems`.

    `chosen` agencies are the unit's own choice: a local one stays as it is, whatever the maps say.
    """
    made: dict[tuple[str, str], Assigned] = {}
    layers = tuple(layers)
    for agency in given:
        ma = locality.book.resolve(agency.ma)
        if ma is None:
            problems.append(
                unknown_agency(agency.ma, agency.place, locality.book.nearest(agency.ma))
            )
            continue
        stays = chosen and locality.is_local(ma)
        here = [replace(agency, ma=ma)] if stays else _local(ma, agency, locality, layers)
        for local in here:
            if not locality.is_local(local.ma):
                problems.append(_not_here(local, subject, locality))
                continue
            key = (local.ma, str(local.vai_tro))
            if key not in made:
                made[key] = named(local, locality, mapped=local.ma != ma)
    roles = {ma for ma, role in made if role}
    return tuple(a for (ma, role), a in made.items() if role or ma not in roles)


def _not_here(agency: Assigned, subject: str, locality: Locality) -> Finding:
    known = locality.book.by_id[agency.ma]
    if known.cap == locality.book.level:
        return foreign_office(str(known.ten), agency.place, subject, locality.kind_name)
    return city_office(str(known.ten), agency.place, subject)


def _local(
    ma: str, agency: Assigned, locality: Locality, layers: tuple[AgencyMap, ...]
) -> list[Assigned]:
    refs = next(
        (
            refs
            for layer in layers
            for key, refs in layer.items()
            if locality.book.resolve(key) == ma
        ),
        None,
    )
    if refs is None:
        refs = locality.local_ids(ma)
    if refs is None:
        return [replace(agency, ma=ma)]
    made = []
    for ref in refs:
        local = locality.book.resolve(ref.co_quan)
        role = prose(ref.vai_tro, Origin.RULE) if ref.vai_tro else agency.vai_tro
        asked = prose(ref.de_nghi, Origin.RULE) if ref.de_nghi else agency.de_nghi
        if local is not None:
            place = ref.co_quan.place
            made.append(replace(agency, ma=local, vai_tro=role, de_nghi=asked, place=place))
    return made


def named(agency: Assigned, locality: Locality, *, mapped: bool) -> Assigned:
    """`agency` with its printed name; a name that no rule had to find is the catalogue's own."""
    name = locality.agency_name(agency.ma)
    if not mapped and agency.ma not in locality.book.own:
        name = Prose(tuple(replace(p, origin=Origin.CATALOGUE) for p in name.pieces))
    known = locality.book.by_id[agency.ma]
    return replace(agency, ten=name, tap_the=known.tap_the is not None)


def without(helpers: Iterable[Assigned], leads: Iterable[Assigned]) -> tuple[Assigned, ...]:
    """`helpers` less those who lead, unless they have a role of their own beside the lead's."""
    leading = {a.ma for a in leads}
    return tuple(a for a in helpers if a.ma not in leading)
