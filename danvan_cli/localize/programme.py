"""The localised programme as values: tasks, groups, what was left out, and the steps taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from danvan_cli.findings import Finding, Place
from danvan_cli.nodes import NOWHERE
from danvan_cli.problems import MERGED_AWAY, not_in_programme, unknown_task
from danvan_cli.prose import NOTHING, Prose


@dataclass(frozen=True)
class Assigned:
    """An agency in a task: its id, its printed name, its role or what it is asked to do."""

    ma: str
    ten: Prose = NOTHING
    vai_tro: Prose = NOTHING
    de_nghi: Prose = NOTHING
    tap_the: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True)
class Step:
    """What one step of localising did to one field: before, after, why, by which line."""

    buoc: str
    truong: str
    cu: str
    moi: str
    ly_do: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True)
class LocalTask:
    """A task of the unit; `nguon` are the city tasks it comes from, `cha` the task it is a point of."""

    ma: str
    tt: str
    nhom: str
    noi_dung: Prose
    cha: str = ""
    chi_tiet: tuple[Prose, ...] = ()
    chu_thich: tuple[Prose, ...] = ()
    chu_tri: tuple[Assigned, ...] = ()
    phoi_hop: tuple[Assigned, ...] = ()
    thoi_gian: Prose = NOTHING
    nguon: tuple[str, ...] = ()
    buoc: tuple[Step, ...] = ()
    place: Place = NOWHERE

    def stepped(
        self,
        buoc: str,
        truong: str,
        cu: object,
        moi: object,
        *,
        ly_do: str = "",
        place: Place = NOWHERE,
    ) -> LocalTask:
        """This task with one more step in its trail."""
        step = Step(buoc, truong, str(cu), str(moi), ly_do, place)
        return replace(self, buoc=(*self.buoc, step))


@dataclass(frozen=True)
class LocalGroup:
    """A group of the unit's programme."""

    ma: str
    tt: str
    ten: Prose


@dataclass(frozen=True)
class Dropped:
    """A city task that is not in the programme: at which step it left, why, by which line."""

    ma: str
    tt: str
    noi_dung: str
    buoc: str
    ly_do: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Programme:
    """Chương trình địa phương: what comes out of the catalogue and a unit's file."""

    groups: tuple[LocalGroup, ...] = ()
    tasks: tuple[LocalTask, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def task(self, ma: str) -> LocalTask | None:
        """The task with this `ma`."""
        return next((task for task in self.tasks if task.ma == ma), None)

    def points(self, ma: str) -> tuple[LocalTask, ...]:
        """The points of the task `ma`, in order."""
        return tuple(task for task in self.tasks if task.cha == ma)

    def with_tasks(self, tasks: tuple[LocalTask, ...]) -> Programme:
        """This programme with other tasks."""
        return replace(self, tasks=tasks)

    def with_findings(self, *findings: Finding) -> Programme:
        """This programme with more findings."""
        return replace(self, findings=(*self.findings, *findings))


def not_placed(ma: str, place: Place, programme: Programme, catalogue: Iterable[str]) -> Finding:
    """DV201: a task to stand after, or to be put in order, that is not in the programme."""
    left = next((d for d in programme.dropped if d.ma == ma), None)
    catalogue = list(catalogue)
    if left is not None:
        return not_in_programme(ma, place, left.ly_do)
    if ma in catalogue:
        return not_in_programme(ma, place, MERGED_AWAY)
    return unknown_task(ma, place, (*catalogue, *(task.ma for task in programme.tasks)))
