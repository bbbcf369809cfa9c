"""Numbers on paper: of groups, tasks and points; tasks that a unit's file names by theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import Group, Suppression, Task
from danvan_cli.models.edits import BlockEdit
from danvan_cli.models.outline import TaskList
from danvan_cli.models.profile import Addition, Change, Choice, Merge, Profile
from danvan_cli.nodes import Text
from danvan_cli.text import ALPHABET, roman, roman_value, whole


def numbered(groups: Iterable[Group]) -> Iterator[Group]:
    """`groups` with every number: groups 1, 2; tasks 1.1, 1.2; points a, b, c, d, đ."""
    last = ""
    for group in groups:
        last = str(group.tt) or next_label(last) or "1"
        tasks = tuple(_tasks(group.nhiem_vu, f"{last}."))
        tt = group.tt or Text(last, group.ma.place)
        yield group.model_copy(update={"tt": tt, "nhiem_vu": tasks})


def _tasks(tasks: Iterable[Task], head: str) -> Iterator[Task]:
    last = ""
    for task in tasks:
        last = str(task.tt) or next_label(last) or (f"{head}1" if head else ALPHABET[0])
        points = tuple(_tasks(task.diem, ""))
        if task.tt and points == task.diem:
            yield task
            continue
        tt = task.tt or Text(last, task.ma.place)
        yield task.model_copy(update={"tt": tt, "diem": points})


def label_value(label: str) -> int | None:
    """The place a label stands for: 2.6 is 6, đ is 5, IV is 4; None for other labels (2.6a)."""
    last = label.rpartition(".")[2].strip(" )")
    figures = whole(last)
    if figures is not None:
        return figures
    if len(last) == 1 and last in ALPHABET:
        return ALPHABET.index(last) + 1
    value = roman_value(last)
    return value if value and roman(value) == last else None


def label_like(label: str, number: int) -> str:
    """The label of the place `number` in the style of `label`."""
    head, dot, last = label.rpartition(".")
    if whole(last) is not None:
        return f"{head}{dot}{number}"
    if last.islower() and number <= len(ALPHABET):
        return f"{head}{dot}{ALPHABET[number - 1]}"
    return f"{head}{dot}{roman(number)}"


def next_label(label: str) -> str:
    """The label after `label` in its style; of a number with a letter (2.6a) the next number."""
    value = label_value(label)
    if value is None and label:
        value, label = label_value(label[:-1]), label[:-1]
    return label_like(label, value + 1) if value is not None else ""


M = TypeVar("M", bound=Item)
_FIELDS: tuple[tuple[type[Item], str], ...] = (
    (Choice, "ma"),
    (Choice, "cung"),
    (Change, "ma"),
    (Change, "cung"),
    (Merge, "tu"),
    (Addition, "sau"),
    (Profile, "thu_tu"),
    (BlockEdit, "nhiem_vu"),
    (TaskList, "nhiem_vu"),
    (Suppression, "noi"),
)


class Numbered(NamedTuple):
    """A number where an id is meant, and the id."""

    number: Text
    ma: str


def each_alone(profile: Profile) -> Profile:
    """`profile` with an order of its own for each task where one is for several (`cung`)."""
    changes = {
        name: tuple(
            order.model_copy(update={"ma": ma, "cung": ()})
            for order in getattr(profile, name)
            for ma in (order.ma, *order.cung)
        )
        for name in ("chon", "loai_bo", "sua_doi")
        if any(order.cung for order in getattr(profile, name))
    }
    return profile.model_copy(update=changes) if changes else profile


def with_ids(item: M, catalogue: Catalogue) -> tuple[M, tuple[Numbered, ...]]:
    """`item` with the id of the task wherever it names one by its number, and those numbers."""
    met: list[Numbered] = []
    made: M = _read(item, catalogue.numbered, met)
    return made, tuple(met)


def _read(value: Any, ids: dict[str, str], met: list[Numbered]) -> Any:
    if isinstance(value, tuple):
        read = [_read(one, ids, met) for one in value]
        return tuple(read) if any(a is not b for a, b in zip(read, value, strict=True)) else value
    if isinstance(value, dict):
        made = {key: _read(one, ids, met) for key, one in value.items()}
        return made if any(made[key] is not one for key, one in value.items()) else value
    if not isinstance(value, Item):
        return value
    changes = {}
    for name in type(value).model_fields:
        old = getattr(value, name)
        names_task = any(isinstance(value, owner) and name == field for owner, field in _FIELDS)
        new = _ids(old, ids, met) if names_task else _read(old, ids, met)
        if new is not old:
            changes[name] = new
    return value.model_copy(update=changes) if changes else value


def _ids(value: Any, ids: dict[str, str], met: list[Numbered]) -> Any:
    if isinstance(value, tuple):
        read = [_ids(one, ids, met) for one in value]
        return tuple(read) if any(a is not b for a, b in zip(read, value, strict=True)) else value
    ma = ids.get(str(value).strip().rstrip(".")) if isinstance(value, Text) else None
    if ma is None:
        return value
    met.append(Numbered(value, ma))
    return Text(ma, value.place)
