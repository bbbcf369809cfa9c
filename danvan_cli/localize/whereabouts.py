"""Where each city task went and where each of the unit's came from; which task a name means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import (
    AGENCIES,
    FIELDS,
    Dropped,
    LocalTask,
    Programme,
    unit_numbers,
)
from danvan_cli.localize.trail import StepKind, Value
from danvan_cli.prose import Prose


class Outcome(StrEnum):
    """What became of a city task; `OWN` is a task of the unit that no city task stands behind.

    `KEPT` says what the city says but for names of units; `ADAPTED` is what the catalogue words
    or assigns otherwise for the unit, `CHANGED` what the unit's own file changes.
    """

    KEPT = "giu_nguyen"
    ADAPTED = "dieu_chinh"
    CHANGED = "sua_doi"
    MERGED = "hop_nhat"
    LEFT_OUT = "khong_co"
    OWN = "bo_sung"


@dataclass(frozen=True)
class FieldChange:
    """A field that the unit has otherwise than the city: of agencies, those that went and came."""

    truong: str
    cu: str
    moi: str


@dataclass(frozen=True)
class Whereabouts:
    """A task of the city and the task it is in at the unit, or why it is in none.

    `ma`, `tt` and `noi_dung` are the city's, empty for a task of the unit's own; `tt_don_vi` is
    the number at the unit, that of a point with the number of its head. `doi` is what differs.
    """

    ma: str
    tt: str
    noi_dung: str
    outcome: Outcome
    ly_do: str = ""
    task: LocalTask | None = None
    tt_don_vi: str = ""
    dropped: Dropped | None = None
    doi: tuple[FieldChange, ...] = ()


def whereabouts(locality: Locality, programme: Programme) -> tuple[Whereabouts, ...]:
    """Every city task in its order, then the unit's own tasks: each once."""
    return tuple(_all(locality, programme))


def _all(locality: Locality, programme: Programme) -> Iterator[Whereabouts]:
    stands_in = {ma: task for task in programme.tasks for ma in task.nguon}
    left_out = {gone.ma: gone for gone in programme.dropped}
    numbers = unit_numbers(programme)
    catalogue = locality.catalogue
    whole = localize(Locality.of(catalogue, catalogue.city))
    names = _UnitNames.of(locality)
    for _, city, _ in catalogue.walk():
        ma, number = str(city.ma), catalogue.numbers[str(city.ma)]
        there, task, gone = whole.task(ma), stands_in.get(ma), left_out.get(ma)
        text = str(there.noi_dung if there is not None else city.noi_dung)
        if task is not None:
            changed = tuple(_changed(there, task, names)) if there is not None else ()
            outcome, why = _outcome(task, locality, changed)
            own = numbers[task.ma]
            yield Whereabouts(ma, number, text, outcome, why, task, own, doi=changed)
        elif gone is not None:
            yield Whereabouts(ma, number, text, Outcome.LEFT_OUT, gone.ly_do, dropped=gone)
    for task in programme.tasks:
        if not task.nguon:
            why = next((str(a.ly_do) for a in locality.profile.bo_sung if a.ma == task.ma), "")
            yield Whereabouts("", "", "", Outcome.OWN, why, task, numbers[task.ma])


_UNCHANGED = frozenset({StepKind.SELECT, StepKind.NAME, StepKind.FILL, StepKind.NUMBER})
"""The steps that every task goes through, which give it no other words but names."""


def _outcome(
    task: LocalTask, locality: Locality, changed: tuple[FieldChange, ...]
) -> tuple[Outcome, str]:
    profile = locality.profile
    if len(task.nguon) > 1:
        return Outcome.MERGED, next((str(m.ly_do) for m in profile.hop_nhat if m.ma == task.ma), "")
    if any(step.buoc in (StepKind.REPLACE, StepKind.BASE) for step in task.buoc):
        reasons = [str(c.ly_do) for c in profile.sua_doi if c.ma == task.ma]
        return Outcome.CHANGED, " ".join(dict.fromkeys(reasons))
    return Outcome.ADAPTED if changed else Outcome.KEPT, ""


def _changed(city: LocalTask, unit: LocalTask, names: _UnitNames) -> Iterator[FieldChange]:
    """What steps of the unit made other than the city has it."""
    touched = {s.truong for s in (*city.buoc, *unit.buoc) if s.buoc not in _UNCHANGED}
    for name in FIELDS:
        if name not in touched:
            continue
        before, after = _members(city.value(name)), _members(unit.value(name))
        if name not in AGENCIES:
            before, after = (["\n".join(before)], ["\n".join(after)])
        old, new = list(map(names.bare, before)), list(map(names.bare, after))
        gone = [text for text, bare in zip(before, old, strict=True) if bare not in new]
        came = [text for text, bare in zip(after, new, strict=True) if bare not in old]
        if gone or came:
            yield FieldChange(name, "; ".join(gone), "; ".join(came))


def _members(value: Value) -> list[str]:
    return [str(value)] if isinstance(value, Prose) else [str(member) for member in value]


@dataclass(frozen=True)
class _UnitNames:
    """What the city and the unit are called, the longest first."""

    names: re.Pattern[str]

    @classmethod
    def of(cls, locality: Locality) -> _UnitNames:
        """The names and kinds of the city and of the unit of `locality`."""
        catalogue = locality.catalogue
        units = (catalogue.city, locality.unit)
        kinds = [str(catalogue.kinds[unit.loai].ten) for unit in units]
        own = [str(unit.ten) for unit in units]
        whole = [f"{kind} {name}" for kind, name in zip(kinds, own, strict=True)]
        settled = (
            str(locality.values["khu_dan_cu"]),
            str(catalogue.kinds[units[0].loai].khu_dan_cu),
        )
        made = sorted({*whole, *kinds, *own, *settled} - {""}, key=len, reverse=True)
        return cls(re.compile(rf"\b(?:{'|'.join(map(re.escape, made))})\b", re.IGNORECASE))

    def bare(self, text: str) -> str:
        """`text` with one sign for each of the names."""
        return self.names.sub("*", text)


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
