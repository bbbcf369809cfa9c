"""What a path of pydantic leads to: a node of the file, a place of a model."""

from __future__ import annotations

import types
from typing import Any, Union, get_args, get_origin

from danvan_cli.findings import Place
from danvan_cli.models.base import Item
from danvan_cli.nodes import Mapping, Node, Sequence

Path = tuple[str | int, ...]


def node_at(node: Node, path: Path) -> Node:
    """The deepest node on `path` that exists: pydantic's path may go through a shorthand."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            node = node[step]  # type: ignore[index]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
    return node


def key_place(node: Mapping, path: Path) -> Place:
    """Where the last key of `path` stands."""
    parent = node_at(node, path[:-1])
    return parent.key_place(str(path[-1])) if isinstance(parent, Mapping) else parent.place


def existing(node: Node, path: Path) -> Path:
    """`path` as far as the file goes."""
    made: list[str | int] = []
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            node = node[step]  # type: ignore[index]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
        made.append(step)
    return tuple(made)


def is_item(annotation: Any) -> bool:
    """Whether a mapping of named fields stands there."""
    return isinstance(annotation, type) and issubclass(annotation, Item)


def models_in(annotation: Any) -> list[type[Item]]:
    """The models that may stand there."""
    if isinstance(annotation, type) and issubclass(annotation, Item):
        return [annotation]
    if get_origin(annotation) is None:
        return []
    return [m for arg in get_args(annotation) for m in models_in(arg)]


def model_at(model: type[Item], path: Path) -> tuple[type[Item], Any]:
    """The model the end of `path` belongs to, and the annotation there."""
    owner: type[Item] = model
    annotation: Any = model
    for step in path:
        if isinstance(annotation, type) and issubclass(annotation, Item):
            owner = annotation
            field = owner.model_fields.get(str(step))
            annotation = field.annotation if field else None
            annotation = _bare(annotation)
        else:
            origin, args = get_origin(annotation), get_args(annotation)
            annotation = _bare(args[-1] if origin is dict else args[0]) if args else None
    return owner, annotation


def _bare(annotation: Any) -> Any:
    """`annotation` without Optional and Annotated."""
    while True:
        origin = get_origin(annotation)
        if origin in (Union, types.UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        elif hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
        else:
            return annotation
