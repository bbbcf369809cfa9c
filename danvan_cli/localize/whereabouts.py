"""Where each city task went and where each of the unit's came from; which task a name means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Dropped, LocalTask, Programme, unit_numbers
from danvan_cli.localize.trail import StepKind


class Outcome(StrEnum):
    """What became of a city task; `OWN` is a task of the unit that no city task stands behind."""

    KEPT = "giu_nguyen"
    CHANGED = "sua_doi"
    MERGED = "hop_nhat"
    LEFT_OUT = "khong_co"
    OWN = "bo_sung"


@dataclass(frozen=True)
class Whereabouts:
    """A task of the city and the task it is in at the unit, or why it is in none.

    `ma`, `tt` and `noi_dung` are the city's, empty for a task of the unit's own; `tt_don_vi` is
    the number at the unit, that of a point with the number of its head.
    """

    ma: str
    tt: str
    noi_dung: str
    outcome: Outcome
    ly_do: str = ""
    task: LocalTask | None = None
    tt_don_vi: str = ""
    dropped: Dropped | None = None


def whereabouts(locality: Locality, programme: Programme) -> tuple[Whereabouts, ...]:
    """Every city task in its order, then the unit's own tasks: each once."""
    return tuple(_all(locality, programme))


def _all(locality: Locality, programme: Programme) -> Iterator[Whereabouts]:
    stands_in = {ma: task for task in programme.tasks for ma in task.nguon}
    left_out = {gone.ma: gone for gone in programme.dropped}
    numbers = unit_numbers(programme)
    catalogue = locality.catalogue
    whole = localize(Locality.of(catalogue, catalogue.city))
    texts = {task.ma: str(task.noi_dung) for task in whole.tasks}
    for _, city, _ in catalogue.walk():
        ma, number = str(city.ma), catalogue.numbers[str(city.ma)]
        text, task, gone = (
            texts.get(ma, str(city.noi_dung)),
            stands_in.get(str(city.ma)),
            left_out.get(str(city.ma)),
        )
        if task is not None:
            outcome, why = _outcome(task, locality)
            yield Whereabouts(ma, number, text, outcome, why, task, numbers[task.ma])
        elif gone is not None:
            yield Whereabouts(ma, number, text, Outcome.LEFT_OUT, gone.ly_do, dropped=gone)
    for task in programme.tasks:
        if not task.nguon:
            why = next((str(a.ly_do) for a in locality.profile.bo_sung if a.ma == task.ma), "")
            yield Whereabouts("", "", "", Outcome.OWN, why, task, numbers[task.ma])


def _outcome(task: LocalTask, locality: Locality) -> tuple[Outcome, str]:
    profile = locality.profile
    if len(task.nguon) > 1:
        return Outcome.MERGED, next((str(m.ly_do) for m in profile.hop_nhat if m.ma == task.ma), "")
    if any(step.buoc in (StepKind.REPLACE, StepKind.BASE) for step in task.buoc):
        reasons = [str(c.ly_do) for c in profile.sua_doi if c.ma == task.ma]
        return Outcome.CHANGED, " ".join(dict.fromkeys(reasons))
    return Outcome.KEPT, ""


def tasks_meant(found: tuple[Whereabouts, ...], name: str) -> tuple[Whereabouts, ...]:
    """The tasks that `name` may mean, the surest first: by id, by the unit's number, by the city's."""
    wanted = name.strip().rstrip(".")
    by_id = [w for w in found if wanted == w.ma or (w.task is not None and wanted == w.task.ma)]
    by_own = [w for w in found if w.tt_don_vi and wanted == w.tt_don_vi]
    by_city = [w for w in found if w.tt and wanted == w.tt]
    made: dict[str, Whereabouts] = {}
    for one in (*by_id, *by_own, *by_city):
        made.setdefault(one.task.ma if one.task is not None else one.ma, one)
    return tuple(made.values())
