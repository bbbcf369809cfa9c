"""The names a template may use: the fields of `Content` and of what it holds.

Render, `validate` and the README's page all read them here, from the types themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from danvan_cli.prose import Prose
from danvan_cli.render.content import BodyBlock, Content, ListLine, Row, RowFields

TEXT_TYPES = (Prose, str, int, ListLine)
"""Types whose values print as they are."""
HIDDEN = ("ma", "place", "truong", "bang", "chu_thich", "co_diem")


@dataclass(frozen=True)
class TemplateName:
    """A dotted name, what it means, what it may print, and whether it is a list."""

    path: str
    meaning: str
    example: str
    is_list: bool


@cache
def members(kind: Any) -> dict[str, Any]:
    """The names of the members of a value of type `kind`, each with its type; {} for a text."""
    if not (isinstance(kind, type) and is_dataclass(kind)) or kind in TEXT_TYPES:
        return {}
    hints = get_type_hints(kind)
    made = {f.name: hints[f.name] for f in fields(kind) if "meaning" in f.metadata}
    for base in reversed(kind.__mro__):
        for name, value in vars(base).items():
            if isinstance(value, property) and value.fget is not None and name not in HIDDEN:
                made[name] = get_type_hints(value.fget)["return"]
    return made


def element(kind: Any) -> Any:
    """The type of the members of a list; None for any other type."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


@cache
def names() -> tuple[TemplateName, ...]:
    """Every name, in the order of the fields."""
    return tuple(_names(Content, "", "", listed=False))


def _names(kind: Any, path: str, before: str, *, listed: bool) -> Iterator[TemplateName]:
    about = {f.name: f.metadata for f in fields(kind)}
    for name, member in members(kind).items():
        inner = element(member) or member
        is_list = listed or element(member) is not None
        dotted = f"{path}.{name}" if path else name
        meta: Mapping[str, str] = about.get(name, {})
        meaning = before + meta.get("meaning", "")
        text = inner in TEXT_TYPES or not is_dataclass(inner)
        if text or inner is BodyBlock:
            yield TemplateName(dotted, meaning, meta.get("example", ""), is_list)
        if text:
            continue
        if name != "hang" or kind is not Row:
            columns = "tên cột: " if inner is RowFields and name == "cot" else ""
            within = meta.get("within", "") or columns
            yield from _names(inner, dotted, within, listed=is_list)


@cache
def paths() -> frozenset[str]:
    """Every dotted name, and every name on the way to one."""
    return frozenset(
        ".".join(parts[:length])
        for name in names()
        for parts in [name.path.split(".")]
        for length in range(1, len(parts) + 1)
    )
