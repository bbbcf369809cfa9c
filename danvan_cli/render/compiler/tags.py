"""The tags of a template: what docxtpl's authors write between braces, read and judged one by one.

A tag is `{{ name }}`, `{% for x in list %}`, `{% if ... %}` or `{# a remark #}`; `p`, `tr`, `tc`
or `r` after the sign says what it stands for: the paragraph, the row, the cell or the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, get_origin

import jinja2
from jinja2 import nodes

from danvan_cli.render.compiler.expressions import FILTERS, LOOP_MEMBERS, SIGNS, TESTS, Expr
from danvan_cli.render.content import Content
from danvan_cli.render.names import TEXT_TYPES, element, members, paths
from danvan_cli.text import nearest

_ENVIRONMENT = jinja2.Environment(autoescape=True)
_QUOTES = str.maketrans("“”„‟‘’‚‛\u00a0", "\"\"\"\"'''' ")
_SHAPE = re.compile(r"^\{([{%#])(p|tr|tc|r)?(?=[\s\-#])?(.*?)([}%#])\}$", re.DOTALL)
_UNPRINTED = re.compile(r"^\s*không in\s*:?\s*(.*)$", re.DOTALL)
LANGUAGE = "Mẫu chỉ có biến, vòng lặp {% for %} và điều kiện {% if %}."
_OPERATORS = {nodes.And: "and", nodes.Or: "or"}


class TagFaultError(Exception):
    """What is wrong with one tag, and what to do."""

    def __init__(self, found: str, remedy: str = "", name: str = "") -> None:
        self.found = found
        self.remedy = remedy
        self.name = name
        super().__init__(found)


@dataclass(frozen=True)
class Tag:
    """A tag as written: its sign (`{`, `%` or `#`), what it stands for, and what it says."""

    written: str
    sign: str
    scope: str
    body: str

    @property
    def word(self) -> str:
        """The first word of a control tag: `for`, `endif`, ..."""
        return self.body.split(None, 1)[0] if self.body.split() else ""


@dataclass(frozen=True)
class Bound:
    """A variable in sight: how it is reached, its type, and the name it stands for."""

    expr: Expr
    kind: Any
    path: str


Sight = Mapping[str, Bound]


@dataclass(frozen=True)
class Read:
    """An expression read: as data, its type where known, the dotted name it is ("" for none)."""

    expr: Expr
    kind: Any
    path: str
    used: frozenset[str]


UNKNOWN = Read(("const", ""), None, "", frozenset())
"""What stands for a value after a fault that has been told."""


def in_doubt(tag: Tag, sight: Sight) -> Sight:
    """What is in sight inside a loop that could not be read: its variable, of unknown type."""
    parts = tag.body.split()
    return {**sight, parts[1]: Bound(UNKNOWN.expr, None, "")} if len(parts) > 1 else sight


def tag_of(written: str) -> Tag:
    """The parts of a tag, its curly quotes made straight."""
    shape = _SHAPE.match(written)
    assert shape is not None
    sign, scope, body, _ = shape.groups()
    if scope and body[:1] not in ("", " ", "\n", "\t", "\u00a0", "-", "#"):
        scope, body = "", scope + body
    return Tag(" ".join(written.split()), sign, scope or "", body.translate(_QUOTES).strip())


def left_out_on_purpose(tag: Tag) -> tuple[str, ...]:
    """The names a remark `{# không in: a, b #}` leaves out on purpose."""
    remark = _UNPRINTED.match(tag.body) if tag.sign == "#" else None
    return tuple(n.strip() for n in remark.group(1).split(",") if n.strip()) if remark else ()


def top() -> dict[str, Bound]:
    """What is in sight outside every loop: the fields of the document."""
    return {
        name: Bound(("member", ("name", ""), name), kind, name)
        for name, kind in members(Content).items()
    }


def read_expression(source: str, tag: Tag, sight: Sight) -> Read:
    """The expression `source` of `tag`.

    Raises:
        TagFaultError: it cannot be read, leaves the language, or names what no document has.
    """
    tree = _parsed("{{ " + source + " }}", tag)
    output = tree.body[0] if len(tree.body) == 1 else None
    found = list(output.iter_child_nodes()) if isinstance(output, nodes.Output) else []
    if len(found) != 1 or isinstance(found[0], nodes.TemplateData):
        raise TagFaultError(f"thẻ viết sai ở {tag.written}")
    return _read(found[0], tag, sight)


def read_loop(tag: Tag, sight: Sight) -> tuple[str, Read, Read | None, dict[str, Bound]]:
    """The variable of a loop, its list, its condition, and what is in sight inside.

    Raises:
        TagFaultError: as `read_expression`, or what it goes over is no list.
    """
    tree = _parsed("{% " + tag.body + " %}{% endfor %}", tag)
    loop = tree.body[0]
    assert isinstance(loop, nodes.For)
    if loop.recursive or not isinstance(loop.target, nodes.Name):
        _forbid("for", tag)
    run = _read(loop.iter, tag, sight)
    inner = element(run.kind)
    if inner is None:
        raise TagFaultError(f"giá trị “{run.path}” không phải một danh sách nên không lặp được")
    name = loop.target.name
    inside = {
        **sight,
        name: Bound(("name", name), inner, run.path),
        "loop": Bound(("name", "loop"), ("loop", inner), run.path),
    }
    return name, run, _read(loop.test, tag, inside) if loop.test else None, inside


def _parsed(source: str, tag: Tag) -> nodes.Template:
    try:
        return _ENVIRONMENT.parse(source)
    except jinja2.TemplateSyntaxError as error:
        message = error.message or ""
        if "No filter named" in message or "No test named" in message:
            _unknown(message.rpartition("named ")[2].strip(".'"), tag)
        raise TagFaultError(f"thẻ viết sai ở {tag.written}") from error
    except (SyntaxError, RecursionError, ValueError) as error:
        raise TagFaultError("các thẻ lồng nhau quá sâu hoặc chứa số quá dài") from error


def _unknown(name: str, tag: Tag) -> NoReturn:
    raise TagFaultError(
        f"dùng bộ lọc hoặc phép thử không có: '{name}' ở {tag.written}",
        f"Có: {', '.join(sorted(FILTERS))}.",
    )


def _forbid(construct: str, tag: Tag) -> NoReturn:
    raise TagFaultError(
        f"thẻ dùng điều mẫu không được dùng ({construct}) ở {tag.written}", LANGUAGE
    )


def _read(node: nodes.Node, tag: Tag, sight: Sight) -> Read:
    if isinstance(node, nodes.Name):
        bound = sight.get(node.name)
        if bound is None:
            raise _missing(node.name, tag, [*sight])
        return Read(bound.expr, bound.kind, bound.path, frozenset({bound.path} - {""}))
    if isinstance(node, nodes.Getattr):
        return _read_member(node.node, node.attr, tag, sight)
    if isinstance(node, nodes.Getitem):
        return _read_item(node, tag, sight)
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | bool):
        return Read(("const", node.value), type(node.value), "", frozenset())
    return _combined(node, tag, sight)


def _combined(node: nodes.Node, tag: Tag, sight: Sight) -> Read:
    def many(*parts: nodes.Node) -> tuple[list[Read], frozenset[str]]:
        made = [_read(part, tag, sight) for part in parts]
        return made, frozenset().union(*(m.used for m in made))

    if isinstance(node, nodes.Filter | nodes.Test):
        is_filter = isinstance(node, nodes.Filter)
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            _forbid("filter", tag)
        if node.name not in (FILTERS if is_filter else TESTS):
            _unknown(node.name, tag)
        read, used = many(node.node, *node.args)
        if not is_filter:
            return Read(("test", node.name, read[0].expr), bool, "", used)
        given = tuple(r.expr for r in read[1:])
        inner = element(read[0].kind) if node.name in ("first", "last") else None
        kind = inner or (read[0].kind if node.name == "default" else str)
        return Read(("filter", node.name, read[0].expr, given), kind, read[0].path, used)
    if isinstance(node, nodes.Not):
        read, used = many(node.node)
        return Read(("not", read[0].expr), bool, "", used)
    if isinstance(node, nodes.And | nodes.Or):
        read, used = many(node.left, node.right)
        sign = _OPERATORS[type(node)]
        return Read((sign, read[0].expr, read[1].expr), read[0].kind, "", used)
    if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
        read, used = many(node.test, node.expr1, node.expr2)
        return Read(("choose", *(r.expr for r in read)), read[1].kind, "", used)
    if isinstance(node, nodes.Compare) and all(o.op in SIGNS for o in node.ops):
        read, used = many(node.expr, *(o.expr for o in node.ops))
        rest = tuple((o.op, r.expr) for o, r in zip(node.ops, read[1:], strict=True))
        return Read(("compare", read[0].expr, rest), bool, "", used)
    return _forbid(type(node).__name__, tag)


def _read_item(node: nodes.Getitem, tag: Tag, sight: Sight) -> Read:
    at = node.arg.value if isinstance(node.arg, nodes.Const) else None
    if isinstance(at, str):
        return _read_member(node.node, at, tag, sight)
    if not isinstance(at, int) or isinstance(at, bool):
        _forbid("[ ]", tag)
    base = _read(node.node, tag, sight)
    return Read(("item", base.expr, at), element(base.kind), base.path, base.used)


def _read_member(node: nodes.Node, name: str, tag: Tag, sight: Sight) -> Read:
    if name.startswith("_"):
        _forbid(name, tag)
    base = _read(node, tag, sight)
    if base.kind is None:
        return UNKNOWN
    if isinstance(base.kind, tuple):
        if name not in LOOP_MEMBERS:
            raise _missing(f"loop.{name}", tag, [f"loop.{n}" for n in LOOP_MEMBERS])
        near = base.kind[1] if name in ("nextitem", "previtem") else int
        path = base.path if near is not int else ""
        return Read(("member", base.expr, name), near, path, base.used)
    dotted = f"{base.path}.{name}"
    bound = sight.get(dotted)
    if bound is not None:
        return Read(bound.expr, bound.kind, bound.path, base.used | {bound.path})
    inner = element(base.kind)
    found = members(inner or base.kind)
    if name not in found:
        raise _missing(dotted, tag, [*paths()])
    if inner is not None:
        # A member of every member of a list: only a repeated row or paragraph can print it.
        return Read(("each", base.expr, name), (inner, name), dotted, base.used | {dotted})
    return Read(("member", base.expr, name), found[name], dotted, base.used | {dotted})


def _missing(name: str, tag: Tag, known: list[str]) -> TagFaultError:
    guess = nearest(name, known)
    hint = f"Có phải “{guess}”?" if guess and guess != name else ""
    return TagFaultError(
        f"không văn bản nào có “{name}” ở {tag.written}",
        hint or "Xem các tên: danvan templates --ten.",
        name,
    )


def tags_in(text: str) -> Iterator[re.Match[str]]:
    """The tags of a paragraph's text, in order."""
    return _TAG.finditer(text)


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def is_text(kind: Any) -> bool:
    """Whether a value of this type prints as it is; unknown types are taken to."""
    return kind is None or kind in (*TEXT_TYPES, bool) or get_origin(kind) is Literal
