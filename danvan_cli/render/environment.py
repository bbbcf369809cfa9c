"""The one Jinja environment of the templates, and the closed language it accepts.

A template holds variables, loops and "is it there"; anything else is refused when it is
compiled, so that a template from a stranger can neither reach Python nor run for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from jinja2 import StrictUndefined, TemplateAssertionError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FILTERS = ("first", "last", "length", "default", "join", "upper", "lower")
_TESTS = ("defined", "undefined", "odd", "even")
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Test,
    nodes.Filter,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
)
_MAX_CROSSED_LOOPS = 2
_LISTED = "listed"


class UnprintableError(Exception):
    """A value that no document may show: its message follows the words "giá trị"."""


class ForbiddenError(Exception):
    """A construct outside the language of templates, with the line it stands on."""

    def __init__(self, construct: str, lineno: int) -> None:
        self.construct = construct
        self.lineno = lineno
        super().__init__(construct)


class MissingName(StrictUndefined):
    """A name that is not in the context; any use but "is it there" raises, giving the name."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Environment(ImmutableSandboxedEnvironment):
    """Dots and brackets reach members of mappings and lists, and of `loop`, nothing else."""

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, Undefined):
            str(obj)
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if (
            isinstance(obj, Sequence)
            and not isinstance(obj, str)
            and isinstance(argument, int)
            and -len(obj) <= argument < len(obj)
        ):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))


def printable(value: object) -> str:
    """`value` as the text a document shows.

    Raises:
        UnprintableError: `value` is no text or whole number, or holds characters that
            XML 1.0 cannot (section 2.2 of its specification).
    """
    if isinstance(value, Undefined):
        return str(value)
    if value is None:
        raise UnprintableError("trống (None)")
    if isinstance(value, Mapping):
        raise UnprintableError(
            f"gồm nhiều phần ({', '.join(map(str, value))}), phải nói rõ phần nào"
        )
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnprintableError("là một danh sách hoặc không phải chữ, không in thẳng được")
    if not isinstance(value, str):
        return str(value)
    illegal = _ILLEGAL.search(value)
    if illegal:
        around = _ILLEGAL.sub(" ", value[max(illegal.start() - 20, 0) : illegal.end() + 20])
        raise UnprintableError(
            f"“{around.strip()}” chứa ký tự điều khiển U+{ord(illegal.group()):04X}"
        )
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _joined(values: Iterable[object], separator: str = "") -> str:
    return separator.join(printable(value) for value in values)


def _upper(value: object) -> str:
    return printable(value).upper()


def _lower(value: object) -> str:
    return printable(value).lower()


def _listed(value: object) -> Iterable[object]:
    if isinstance(value, Undefined) or (
        isinstance(value, Iterable) and not isinstance(value, str | Mapping)
    ):
        return value
    shown = f"“{value[:40]}” " if isinstance(value, str) else ""
    raise UnprintableError(f"{shown}không phải một danh sách nên không lặp được")


def make_environment() -> ImmutableSandboxedEnvironment:
    """A fresh environment: sandboxed, escaping, strict, with no globals and few filters."""
    env = _Environment(
        autoescape=True, undefined=MissingName, finalize=printable, keep_trailing_newline=True
    )
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in _FILTERS[:4]} | {
        "join": _joined,
        "upper": _upper,
        "lower": _lower,
        _LISTED: _listed,
    }
    env.tests = {name: env.tests[name] for name in _TESTS}
    return env


def guard(tree: nodes.Template) -> None:
    """Let `tree` pass when it keeps to the language of templates, its loops made safe.

    A loop over a text would print a letter a paragraph; each loop's list is made to say so.

    Raises:
        ForbiddenError: it calls, assigns, imports, computes, reaches for a private name, or
            crosses unrelated lists so often that a long list would never end.
    """
    _check(tree, frozenset(), 0)
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _LISTED, [], [], None, None, lineno=loop.lineno)
    tree.set_environment(make_environment())


def _check(node: nodes.Node, loop_names: frozenset[str], crossed: int) -> None:
    if not isinstance(node, _ALLOWED):
        _forbid(type(node).__name__, node)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        _forbid(node.attr, node)
    if isinstance(node, nodes.Getitem) and not (
        isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str | int)
        and not str(node.arg.value).startswith("_")
    ):
        _forbid("[ ]", node)
    for kind, known in ((nodes.Filter, _FILTERS), (nodes.Test, _TESTS)):
        if isinstance(node, kind) and node.name not in known:
            # Jinja would find it only when the line is reached, if ever.
            message = f"No {kind.__name__.lower()} named {node.name!r}."
            raise TemplateAssertionError(message, node.lineno)
    if isinstance(node, nodes.Filter) and node.node is None:
        _forbid("filter", node)
    if isinstance(node, nodes.For):
        if node.recursive or not isinstance(node.target, nodes.Name):
            _forbid("for", node)
        if root_name(node.iter) not in loop_names:
            crossed += 1
        if crossed > _MAX_CROSSED_LOOPS:
            _forbid("for trong for trong for", node)
        loop_names = loop_names | {node.target.name}
    for child in node.iter_child_nodes():
        _check(child, loop_names, crossed)


def root_name(node: nodes.Node) -> str:
    """The variable an expression starts from: `nhom` for `nhom.nhiem_vu[0]`, else ""."""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""


def _forbid(construct: str, node: nodes.Node) -> NoReturn:
    raise ForbiddenError(construct, node.lineno)
