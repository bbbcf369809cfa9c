"""The names a template uses, and which of them no context will ever hold.

Read from the template alone, so that a misspelt name is found before the first document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from danvan_cli.render.environment import make_environment
from danvan_cli.render.template import Template
from danvan_cli.render.template_fault import near
from danvan_cli.text import nearest


@dataclass(frozen=True, order=True)
class NameUse:
    """A dotted path a template uses, and where: `bang.nhom.nhiem_vu.tt`.

    A loop's variable stands for the list it runs over, and an index for its list, so the path
    is that of the context whatever the template calls its variables.
    """

    path: str
    where: str


@dataclass(frozen=True, order=True)
class UnknownName:
    """A path outside the contract, the known one most like it ("" for none), and where it is."""

    path: str
    guess: str
    where: str


def template_names(template: Template) -> tuple[NameUse, ...]:
    """Every path `template` uses in body, headers, footers and notes, once, in order."""
    environment = make_environment()
    uses: dict[str, NameUse] = {}
    for program in template.compiled.programs.values():
        for path, line in _uses(environment.parse(program.source), {}):
            if path not in uses:
                uses[path] = NameUse(path, near(program.source, line).strip(" ,"))
    return tuple(sorted(uses.values()))


def unknown_names(template: Template, contract: Collection[str]) -> tuple[UnknownName, ...]:
    """The names of `template` that `contract`, a set of dotted paths, does not hold.

    A path of the contract holds the paths it goes through as well: `ky.ho_ten` holds `ky`.
    """
    known = {
        ".".join(parts[:length])
        for parts in (path.split(".") for path in contract)
        for length in range(1, len(parts) + 1)
    }
    return tuple(
        UnknownName(use.path, nearest(use.path, known) or "", use.where)
        for use in template_names(template)
        if use.path not in known
    )


def _uses(node: nodes.Node, scope: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        path = _path(node.iter, scope)
        inner = dict(scope) | {node.target.name: path, "loop": "loop", "loop.item": path}
        yield from _uses(node.iter, scope)
        for child in (*node.body, *([node.test] if node.test else [])):
            yield from _uses(child, inner)
        for child in node.else_:
            yield from _uses(child, scope)
        return
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        path = _path(node, scope)
        if path and path != "loop" and not path.startswith("loop."):
            yield path, node.lineno
        return
    for child in node.iter_child_nodes():
        yield from _uses(child, scope)


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        before = _path(node.node, scope)
        member = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
        if before == "loop" and member in {"nextitem", "previtem"}:
            return scope["loop.item"]
        return f"{before}.{member}" if before and isinstance(member, str) else before
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _path(node.node, scope)
    return ""


def _constant(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else None
