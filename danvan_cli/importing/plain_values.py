"""Values of a unit's file that may be one or several, there or not."""

from __future__ import annotations

from collections.abc import Mapping


def several(value: object) -> list[object]:
    """`value` as a list: itself, none, or it alone."""
    return value if isinstance(value, list) else [] if value is None else [value]


def mapping(value: object) -> Mapping[str, object]:
    """`value` where it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}
