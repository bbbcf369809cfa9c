"""The localised programme as values: tasks, groups, what was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from danvan_cli.findings import Finding, Place
from danvan_cli.localize import reasons
from danvan_cli.localize.trail import Step, StepKind, Steps, Value, word
from danvan_cli.nodes import NOWHERE, Extract
from danvan_cli.prose import NOTHING, Prose, by_rule

TEXTS = ("noi_dung", "thoi_gian")
LISTS = ("chi_tiet", "chu_thich")
AGENCIES = ("chu_tri", "phoi_hop")
FIELDS = ("noi_dung", "chi_tiet", "chu_thich", "chu_tri", "phoi_hop", "thoi_gian")
"""What a task says; every one of them has a trail."""
SEATS = ("tt", "nhom", "cha")
"""Where a task stands: its number, its group, the task it is a point of; these too."""
REMOVED = "loai_bo"
"""The step at which the unit's own file leaves out a task."""


@dataclass(frozen=True)
class Assigned:
    """An agency in a task: its id, its printed name, its role or what it is asked to do.

    Until it is named, `ten` is the id or name as written. `called` is the assignment that names
    it, `mapped` the entry of a map that put it there.
    """

    ma: str
    ten: Prose = NOTHING
    vai_tro: Prose = NOTHING
    de_nghi: Prose = NOTHING
    tap_the: bool = False
    called: Extract | None = None
    mapped: Extract | None = None

    @property
    def place(self) -> Place:
        """The line that gives it the work: the map's where a map did, else the assignment's."""
        line = self.mapped or self.called
        return line.text.place if line is not None else NOWHERE

    @cached_property
    def words(self) -> Prose:
        """Name, role and request, as a trail shows them."""
        made = self.ten
        for part in (self.vai_tro, self.de_nghi):
            if part:
                made = made + by_rule(" ", reasons.BETWEEN_WORDS) + part
        return made


@dataclass(frozen=True)
class LocalTask:
    """A task of the unit; `nguon` are the city tasks it comes from, `cha` the task it is a point of.

    `buoc` are the steps that made it, those of the tasks it was merged from first.
    """

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
    buoc: Steps = ()
    place: Place = NOWHERE

    def value(self, name: str) -> Value:
        """The field `name` as its trail has it."""
        value = getattr(self, name)
        if isinstance(value, str):
            return word(value)
        if name in AGENCIES:
            return tuple(agency.words for agency in value)
        made: Value = value
        return made

    def changed(self, *steps: Step, **values: object) -> LocalTask:
        """This task with other values and the steps that made them."""
        return replace(self, buoc=(*self.buoc, *steps), **values)  # type: ignore[arg-type]

    def stepped(
        self, kind: StepKind, ly_do: str, by: Extract | None = None, **values: object
    ) -> LocalTask:
        """This task with other values, each that differs a step of that kind."""
        made = self.changed(**values)
        pairs = [(name, self.value(name), made.value(name)) for name in values]
        steps = [Step(self.ma, kind, n, old, new, ly_do, by) for n, old, new in pairs if old != new]
        return made.changed(*steps)


@dataclass(frozen=True)
class LocalGroup:
    """A group of the unit's programme; `de_muc` is its name where it stands as a heading."""

    ma: str
    tt: str
    ten: Prose
    de_muc: Prose = NOTHING
    buoc: Steps = ()


@dataclass(frozen=True)
class Dropped:
    """A city task that is not in the programme: at which step it left, why, by which line.

    `chua_biet` are the facts of the unit that would bring it in and that nobody has answered.
    """

    ma: str
    tt: str
    noi_dung: str
    buoc: str
    ly_do: str
    place: Place = NOWHERE
    chua_biet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Programme:
    """Chương trình địa phương: what comes out of the catalogue and a unit's file."""

    groups: tuple[LocalGroup, ...] = ()
    tasks: tuple[LocalTask, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @cached_property
    def by_id(self) -> dict[str, LocalTask]:
        """The tasks by `ma`."""
        return {task.ma: task for task in self.tasks}

    @cached_property
    def _points(self) -> dict[str, tuple[LocalTask, ...]]:
        made: dict[str, list[LocalTask]] = defaultdict(list)
        for task in self.tasks:
            if task.cha:
                made[task.cha].append(task)
        return {ma: tuple(points) for ma, points in made.items()}

    def task(self, ma: str) -> LocalTask | None:
        """The task with this `ma`."""
        return self.by_id.get(ma)

    def points(self, ma: str) -> tuple[LocalTask, ...]:
        """The points of the task `ma`, in order."""
        return self._points.get(ma, ())

    def left_out(self, ma: str) -> Dropped | None:
        """The city task `ma` where it is not in the programme."""
        return next((gone for gone in self.dropped if gone.ma == ma), None)

    def with_tasks(self, tasks: Iterable[LocalTask]) -> Programme:
        """This programme with other tasks."""
        return replace(self, tasks=tuple(tasks))

    def with_findings(self, *findings: Finding) -> Programme:
        """This programme with more findings."""
        return replace(self, findings=(*self.findings, *findings)) if findings else self


def unit_numbers(programme: Programme) -> dict[str, str]:
    """The number of each task at the unit by `ma`, that of a point with the number of its head."""
    made: dict[str, str] = {}
    for task in programme.tasks:
        head = programme.task(task.cha) if task.cha else None
        made[task.ma] = f"{head.tt}.{task.tt}" if head is not None else task.tt
    return made
