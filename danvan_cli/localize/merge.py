"""Sixth step: several tasks of the city become one of the unit's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_fields
from datetime import date

from danvan_cli.findings import Finding, Place
from danvan_cli.grammar.deadline.reader import read_deadline
from danvan_cli.localize import reasons
from danvan_cli.localize.absent import absent, in_key
from danvan_cli.localize.agencies import AgencyList
from danvan_cli.localize.edits import Edits
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import SEATS, Assigned, LocalTask, Programme
from danvan_cli.localize.trail import Step, StepKind, Value
from danvan_cli.models.profile import Merge
from danvan_cli.nodes import Extract
from danvan_cli.problems import id_taken, merge_loses, used_twice
from danvan_cli.prose import NOTHING, Prose, by_rule, joined


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
            merging = _Merging(order, sources, locality)
            programme = _with_merged(programme, merging.task(), sources, order)
            problems += merging.edits.problems
    return programme.with_findings(*problems)


def _with_merged(
    programme: Programme, made: LocalTask, sources: Sequence[LocalTask], order: Merge
) -> Programme:
    gone = {task.ma for task in sources}
    kept: list[LocalTask] = []
    for task in programme.tasks:
        if task.ma == sources[0].ma:
            kept.append(made)
        elif task.cha in gone and task.ma not in gone:
            why, by = str(order.ly_do), Extract.of(order.ma)
            kept.append(task.stepped(StepKind.MERGE, why, by, cha=made.ma))
        elif task.ma not in gone:
            kept.append(task)
    return programme.with_tasks(kept)


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
            problems.append(absent(name, programme, locality, in_key("tu")))
        used.setdefault(str(name), name.place)
    return made


@dataclass
class _Merging:
    """One `hop_nhat` being carried out."""

    order: Merge
    sources: Sequence[LocalTask]
    locality: Locality
    edits: Edits = field(init=False)

    def __post_init__(self) -> None:
        ma, why = str(self.order.ma), str(self.order.ly_do)
        self.edits = Edits(self.locality, ma, StepKind.MERGE, why)

    def task(self) -> LocalTask:
        """The one task the sources become."""
        order, first = self.order, self.sources[0]
        values: dict[str, object] = {"noi_dung": self._text(), "thoi_gian": self._deadline()}
        values["chi_tiet"] = self._details()
        values["chu_thich"] = self._taken("chu_thich")
        for name in SEATS:
            self._taken(name)
        lead = self._agencies("chu_tri")
        values["chu_tri"] = self.edits.take(lead)
        helpers = self._agencies("phoi_hop")
        helpers.drop_leads(lead.members)
        values["phoi_hop"] = self.edits.take(helpers)
        self._check_loss((*lead.members, *helpers.members))
        return with_fields(
            first,
            ma=str(order.ma),
            nguon=tuple(ma for t in self.sources for ma in t.nguon),
            buoc=(*(step for t in self.sources for step in t.buoc), *self.edits.steps),
            place=order.place,
            **values,  # type: ignore[arg-type]
        )

    @property
    def _same(self) -> LocalTask | None:
        """The source that lends the merged task its id."""
        return next((t for t in self.sources if t.ma == self.order.ma), None)

    def _made(self, name: str, new: Value, why: str) -> None:
        """A step that gives the field `name` a value no line of the file spells out."""
        nothing: Value = NOTHING if isinstance(new, Prose) else ()
        old = self._same.value(name) if self._same is not None else nothing
        if old or new:
            step = Step(
                self.edits.ma, StepKind.MERGE, name, old, new, why, Extract.of(self.order.ma)
            )
            self.edits.steps.append(step)

    def _taken(self, name: str) -> Value:
        value = self.sources[0].value(name)
        self._made(name, value, reasons.TAKEN_FROM_FIRST)
        return value

    def _text(self) -> Prose:
        text = joined((_ended(t.noi_dung) for t in self.sources), by_rule(" ", reasons.JOINED))
        text = text.cut(0, len(str(text).rstrip(".")))
        self._made("noi_dung", text, reasons.JOINED)
        if self.order.noi_dung is not None:
            text = self.edits.edited("noi_dung", text, self.order.noi_dung)
        return text

    def _details(self) -> tuple[Prose, ...]:
        old = self._same.chi_tiet if self._same is not None else ()
        new = self.order.chi_tiet or ()
        return self.edits.texts("chi_tiet", old, new) if old or new else ()

    def _deadline(self) -> Prose:
        if self.order.thoi_gian is not None:
            old = self._same.thoi_gian if self._same is not None else NOTHING
            return self.edits.text("thoi_gian", old, self.order.thoi_gian)
        found = earliest(self.sources, self.locality.catalogue.year)
        if found is None:
            return NOTHING
        task, end = found
        self._made("thoi_gian", task.thoi_gian, reasons.earliest_deadline(task.ma, end))
        return task.thoi_gian

    def _agencies(self, name: str) -> AgencyList:
        old: tuple[Assigned, ...] = getattr(self._same, name, ())
        given = getattr(self.order, name)
        if given is not None:
            return self.edits.agencies(name, old, given)
        made = AgencyList(self.locality, self.edits.ma, name, list(old))
        all_ = union(getattr(t, name) for t in self.sources)
        made.change(0, len(old), all_, StepKind.MERGE, reasons.UNITED, Extract.of(self.order.ma))
        return made

    def _check_loss(self, kept: Iterable[Assigned]) -> None:
        order, problems = self.order, self.edits.problems
        ids = {a.ma for a in kept}
        lost = [
            str(a.ten)
            for t in self.sources
            for a in (*t.chu_tri, *t.phoi_hop)
            if a.ma not in ids and not a.tap_the
        ]
        if lost:
            problems.append(merge_loses(order.ma, "cơ quan", dict.fromkeys(lost), order.place))
        if order.thoi_gian is None:
            return
        year = self.locality.catalogue.year
        end = read_deadline(str(order.thoi_gian), year).ket_thuc
        ends = [(_end(t, year), str(t.thoi_gian)) for t in self.sources]
        missed = [text for day, text in ends if day is not None and (end is None or end > day)]
        if missed:
            place = order.place_of("thoi_gian")
            problems.append(merge_loses(order.ma, "thời hạn", dict.fromkeys(missed), place))


def union(lists: Iterable[tuple[Assigned, ...]]) -> tuple[Assigned, ...]:
    """The agencies of all `lists`, each once, in the order met."""
    made: dict[str, Assigned] = {}
    for agencies in lists:
        for agency in agencies:
            made.setdefault(agency.ma, agency)
    return tuple(made.values())


def earliest(tasks: Iterable[LocalTask], year: int) -> tuple[LocalTask, date | None] | None:
    """The task whose deadline ends first, with that day; without a last day comes after with one.

    None where no task has a deadline.
    """
    known = [(task, _end(task, year)) for task in tasks if task.thoi_gian]
    dated = [(end, index) for index, (_, end) in enumerate(known) if end is not None]
    if dated:
        return known[min(dated)[1]]
    return known[0] if known else None


def _end(task: LocalTask, year: int) -> date | None:
    return read_deadline(str(task.thoi_gian), year).ket_thuc


def _ended(text: Prose) -> Prose:
    return text if str(text).endswith(".") else text + by_rule(".", reasons.JOINED)
