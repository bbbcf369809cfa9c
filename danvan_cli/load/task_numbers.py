"""Tasks of the city that a unit's file names by their number on paper, read as by their id."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import Suppression
from danvan_cli.models.outline import TaskList
from danvan_cli.models.profile import Addition, BlockEdit, Change, Choice, Merge, Profile
from danvan_cli.nodes import Text

M = TypeVar("M", bound=Item)
_FIELDS: tuple[tuple[type[Item], str], ...] = (
    (Choice, "ma"),
    (Change, "ma"),
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
