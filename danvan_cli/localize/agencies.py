"""Third step: city offices become local offices, task over group over unit over kind's default.

The agencies of one field are made local, named, edited by member; every change is a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.offices import MapEntry
from danvan_cli.localize.programme import AGENCIES, Assigned, LocalTask, Programme
from danvan_cli.localize.trail import Step, StepKind, fillings
from danvan_cli.models.catalogue import AgencyMap
from danvan_cli.nodes import Extract
from danvan_cli.problems import city_office, foreign_office, unknown_agency
from danvan_cli.prose import Origin, Prose, fill, placeholders, prose

Layers: TypeAlias = Sequence[tuple[str, AgencyMap]]
"""Maps with what each is for, the most special first."""


@dataclass
class AgencyList:
    """The agencies of the field `name` of the task `ma`; `steps` and `problems` are what was met."""

    locality: Locality
    ma: str
    name: str
    members: list[Assigned]
    steps: list[Step] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)

    def localise(self, layers: Layers = (), *, chosen: bool = False) -> None:
        """Each agency a local one, each once; what cannot be placed is a problem.

        `chosen` agencies are the unit's own choice: a local one stays as it is, whatever the
        maps say.
        """
        at = 0
        seen: set[tuple[str, str]] = set()
        for agency in tuple(self.members):
            for local in self._replaced(at, agency, layers, chosen=chosen):
                key = (local.ma, str(local.vai_tro))
                if not self.locality.is_local(local.ma):
                    self.problems.append(self._not_here(local))
                    self._leave(at, StepKind.MAP, reasons.NOT_OF_UNIT)
                elif key in seen:
                    self._leave(at, StepKind.DOUBLE, reasons.SAME_AGENCY)
                else:
                    seen.add(key)
                    at += 1
        with_role = {ma for ma, role in seen if role}
        self._drop(lambda a: not a.vai_tro and a.ma in with_role, reasons.ROLE_SAYS_MORE)
        by_id = self.locality.book.by_id
        within = {str(part) for ma, role in seen if not role for part in by_id[ma].gom}
        # What a map or the city put there; a unit that names both wants both.
        self._drop(lambda a: a.ma in within and not chosen, reasons.PART_OF_ANOTHER)

    def name_all(self, origin: Origin | None = None) -> None:
        """Every agency under its printed name; the words are those of `origin` where it is given."""
        if not self.members:
            return
        plain = [self._named(agency, origin) for agency in self.members]
        self.change(0, len(plain), plain, StepKind.NAME, reasons.REGISTERED_NAME)
        for index, agency in enumerate(plain):
            name, splices = fill(agency.ten, self.locality.values)
            if splices:
                whose = origin or self._whose(agency)
                splices = tuple(s._replace(new=_of(s.new, whose)) for s in splices)
                words = _of(name, whose).called_by(agency.called)
                self.members[index] = replace(agency, ten=words)
                self.steps += fillings(splices, self.ma, self.name, index)

    def drop_leads(self, leads: Iterable[Assigned]) -> None:
        """Without those who lead: nobody helps with what it leads."""
        leading = {a.ma for a in leads}
        self._drop(lambda a: a.ma in leading, reasons.ALREADY_LEADS)

    def drop_doubles(self) -> None:
        """Each agency once under each of its roles."""
        seen: set[tuple[str, str]] = set()

        def met(agency: Assigned) -> bool:
            key = (agency.ma, str(agency.vai_tro))
            known = key in seen
            seen.add(key)
            return known

        self._drop(met, reasons.SAME_AGENCY)

    def put(
        self,
        at: int,
        end: int,
        given: Sequence[Assigned],
        kind: StepKind,
        ly_do: str,
        by: Extract | None = None,
    ) -> int:
        """The members from `at` to `end` become `given`, the unit's own choice; how many that is."""
        own = AgencyList(self.locality, self.ma, self.name, list(given))
        by = by or next((a.called for a in given if a.called), None)
        self.change(at, end, given, kind, ly_do, by)
        own.localise(chosen=True)
        own.name_all(Origin.UNIT)
        self.steps += [_shifted(step, at) for step in own.steps]
        self.problems += own.problems
        self.members[at : at + len(given)] = own.members
        return len(own.members)

    def change(
        self,
        at: int,
        end: int,
        new: Sequence[Assigned],
        kind: StepKind,
        ly_do: str,
        by: Extract | None = None,
    ) -> None:
        """The members from `at` to `end` become `new`."""
        before = tuple(agency.words for agency in self.members[at:end])
        after = tuple(agency.words for agency in new)
        if before or after:
            by = by or next((p.extract for w in after for p in w.pieces if p.extract), None)
            self.steps.append(Step(self.ma, kind, self.name, before, after, ly_do, by, at))
        self.members[at:end] = new

    def _leave(self, at: int, kind: StepKind, ly_do: str) -> None:
        agency = self.members[at]
        self.change(at, at + 1, (), kind, ly_do, agency.mapped or agency.called)

    def _drop(self, unwanted: Callable[[Assigned], bool], ly_do: str) -> None:
        at = 0
        for agency in tuple(self.members):
            if unwanted(agency):
                self._leave(at, StepKind.DOUBLE, ly_do)
            else:
                at += 1

    def _replaced(
        self, at: int, agency: Assigned, layers: Layers, *, chosen: bool
    ) -> tuple[Assigned, ...]:
        """What stands at `at` once the map has spoken."""
        ma = self.locality.book.resolve(agency.ma)
        if ma is None:
            near = self.locality.book.nearest(agency.ma)
            self.problems.append(unknown_agency(agency.ma, agency.place, near))
            self._leave(at, StepKind.MAP, reasons.UNKNOWN_AGENCY)
            return ()
        found = None if chosen and self.locality.is_local(ma) else self._entry(ma, layers)
        if found is not None:
            layer, entry = found
            made = tuple(self._mapped(agency, ma, entry))
            by = made[0].mapped if made else None
            why = reasons.by_map(layer, self.locality.kind_name)
            self.change(at, at + 1, made, StepKind.MAP, why, by or Extract.of(entry.key))
            return made
        if ma == agency.ma:
            return (agency,)
        same = replace(agency, ma=ma, ten=prose(ma, Origin.RULE, agency.called))
        self.change(at, at + 1, (same,), StepKind.NAME, reasons.RESOLVED_NAME, agency.called)
        return (same,)

    def _entry(self, ma: str, layers: Layers) -> tuple[str, MapEntry] | None:
        offices = self.locality.offices
        for layer, map_ in layers:
            entry = offices.table(map_).get(ma)
            if entry is not None:
                return layer, entry
        return offices.default(ma)

    def _mapped(self, agency: Assigned, ma: str, entry: MapEntry) -> Iterable[Assigned]:
        for ref in entry.refs:
            local = self.locality.book.resolve(ref.co_quan)
            if local is not None:
                yield replace(
                    agency,
                    ma=local,
                    ten=prose(ref.co_quan, Origin.RULE, agency.called),
                    vai_tro=prose(ref.vai_tro, Origin.RULE) if ref.vai_tro else agency.vai_tro,
                    de_nghi=prose(ref.de_nghi, Origin.RULE) if ref.de_nghi else agency.de_nghi,
                    mapped=Extract.of(ref.co_quan) if local != ma else agency.mapped,
                )

    def _named(self, agency: Assigned, origin: Origin | None) -> Assigned:
        known = self.locality.book.by_id[agency.ma]
        name = _of(self.locality.offices.name(agency.ma), origin or self._whose(agency))
        return replace(agency, ten=name.called_by(agency.called), tap_the=known.tap_the is not None)

    def _whose(self, agency: Assigned) -> Origin | None:
        """A name that no rule had to find is the catalogue's own; else it is as registered."""
        found = agency.mapped is not None or agency.ma in self.locality.book.own
        return None if found else Origin.CATALOGUE

    def _not_here(self, agency: Assigned) -> Finding:
        known = self.locality.book.by_id[agency.ma]
        if known.cap == self.locality.book.level:
            kind = self.locality.kind_name
            return foreign_office(str(known.ten), agency.place, self.ma, kind)
        return city_office(str(known.ten), agency.place, self.ma)


def localized(
    given: Iterable[Assigned],
    locality: Locality,
    subject: str,
    problems: list[Finding],
) -> tuple[Assigned, ...]:
    """`given` as local agencies with names, each once; what cannot be placed goes to `problems`."""
    made = AgencyList(locality, subject, "", list(given))
    made.localise()
    made.name_all()
    problems += made.problems
    return tuple(made.members)


def _of(words: Prose, origin: Origin | None) -> Prose:
    return words if origin is None else words.of(origin)


def _shifted(step: Step, by: int) -> Step:
    """A step of a list that now stands `by` members further in another."""
    if step.muc is not None:
        return step._replace(muc=step.muc + by)
    return step._replace(at=step.at + by)


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
