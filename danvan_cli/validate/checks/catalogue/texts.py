"""Every text of a part of the catalogue, whatever its field, for checks that ask nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.models.base import Item
from danvan_cli.nodes import Text

_NOT_PRINTED = frozenset({"nguyen_van", "nguon", "ghi_chu", "ra_soat"})


def texts_of(value: object, subject: str) -> Iterator[tuple[Text, str]]:
    """The texts in `value` (a model, a list, a mapping), each with `<ma>.<field>` of its owner.

    Left out is what never prints: sources, notes, the faults of the printed original.
    """
    if isinstance(value, Text):
        yield value, subject
    elif isinstance(value, Item):
        owner = str(getattr(value, "ma", "")) or subject.rpartition(".")[0] or subject
        for name in type(value).model_fields:
            if name not in _NOT_PRINTED:
                yield from texts_of(getattr(value, name), f"{owner}.{name}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts_of(one, f"{subject}.{key}")
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one, subject)
