"""The expressions between the braces of a template: read by Jinja, evaluated here.

An expression is a nested tuple of texts and numbers, so a prepared template can be kept as
data, and nothing a template says is ever run as Python: it reaches the declared fields of the
content and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from danvan_cli.prose import Prose
from danvan_cli.render.content import ListLine
from danvan_cli.render.names import members

Expr: TypeAlias = tuple[Any, ...]
Scope: TypeAlias = dict[str, Any]
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 (section 2.2) cannot hold."""
_MOST_JOINED = 1_000_000
_MAX_STEPS = 2_000_000
_MAX_LETTERS = 50_000_000
"""No paper comes near either; a template that does would never end."""
LOOP_MEMBERS = ("index", "index0", "first", "last", "length", "nextitem", "previtem")


class UnprintableError(Exception):
    """A value that no document may show: its message follows the words "giá trị"."""


@dataclass
class Work:
    """What has been done for one document: a template is bounded by that, whatever it looks like."""

    steps: int = 0
    letters: int = 0

    def did(self, steps: int, letters: int = 0) -> None:
        """Count so many steps more, and so many letters looked at or printed.

        Raises:
            UnprintableError: that is more than any document takes.
        """
        self.steps += steps
        self.letters += letters
        if self.steps > _MAX_STEPS or self.letters > _MAX_LETTERS:
            raise UnprintableError("của các vòng lặp làm văn bản quá dài")


@dataclass(frozen=True)
class Loop:
    """What `loop` is inside a loop."""

    items: tuple[Any, ...]
    index0: int

    def member(self, name: str) -> Any:
        """The value of `loop.<name>`; None for an item that is not there."""
        at, count = self.index0, len(self.items)
        return {
            "index": at + 1,
            "index0": at,
            "first": at == 0,
            "last": at == count - 1,
            "length": count,
            "nextitem": self.items[at + 1] if at + 1 < count else None,
            "previtem": self.items[at - 1] if at else None,
        }[name]


def evaluate(expr: Expr, scope: Scope, work: Work) -> Any:
    """The value of `expr`, whose variables are in `scope`; `work` counts what that takes.

    Raises:
        UnprintableError: a filter is given what it cannot take, or it takes too much.
    """
    kind = expr[0]
    if kind == "name":
        return scope[expr[1]]
    if kind == "member":
        of = expr[1]
        return _member(scope[of[1]] if of[0] == "name" else evaluate(of, scope, work), expr[2])
    if kind == "const":
        return expr[1]
    if kind == "item":
        value = evaluate(expr[1], scope, work)
        at = expr[2]
        return value[at] if isinstance(value, tuple) and -len(value) <= at < len(value) else None
    if kind == "filter":
        value = evaluate(expr[2], scope, work)
        made = _FILTERS[expr[1]](value, *(evaluate(e, scope, work) for e in expr[3]))
        work.did(
            len(value) if isinstance(value, tuple) else 1, len(made) if isinstance(made, str) else 0
        )
        return made
    if kind == "test":
        return _TESTS[expr[1]](evaluate(expr[2], scope, work))
    if kind == "not":
        return not evaluate(expr[1], scope, work)
    if kind == "and":
        return evaluate(expr[1], scope, work) and evaluate(expr[2], scope, work)
    if kind == "or":
        return evaluate(expr[1], scope, work) or evaluate(expr[2], scope, work)
    if kind == "choose":
        return evaluate(expr[2] if evaluate(expr[1], scope, work) else expr[3], scope, work)
    return _compared(expr, scope, work)


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Loop):
        return value.member(name)
    kind: Any = type(value)
    return getattr(value, name) if name in members(kind) else None


def _compared(expr: Expr, scope: Scope, work: Work) -> bool:
    left = comparable_value(evaluate(expr[1], scope, work))
    for sign, operand in expr[2]:
        right = comparable_value(evaluate(operand, scope, work))
        work.did(sum(len(side) for side in (left, right) if isinstance(side, tuple)))
        try:
            holds = _SIGNS[sign](left, right)
        except TypeError as error:
            raise UnprintableError("không so sánh được với nhau") from error
        if not holds:
            return False
        left = right
    return True


_SIGNS: Mapping[str, Any] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "gteq": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lteq": lambda a, b: a <= b,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}
SIGNS = frozenset(_SIGNS)


def comparable_value(value: Any) -> Any:
    """`value` with words as texts, for comparing."""
    if isinstance(value, Prose | ListLine):
        return printed_text(value)
    return tuple(map(comparable_value, value)) if isinstance(value, tuple) else value


def printed_text(value: Any) -> str:
    """`value` as the text a document shows.

    Raises:
        UnprintableError: `value` is no text or whole number, or holds characters that XML cannot.
    """
    text = (
        str(value)
        if isinstance(value, Prose)
        else str(value.chu)
        if isinstance(value, ListLine)
        else value
    )
    if isinstance(text, str):
        if illegal := ILLEGAL.search(text):
            _refuse_character(text, illegal)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if value is None:
        raise UnprintableError("trống (None)")
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnprintableError("là một danh sách hoặc không phải chữ, không in thẳng được")
    return str(value)


def _refuse_character(text: str, illegal: re.Match[str]) -> NoReturn:
    around = ILLEGAL.sub(" ", text[max(illegal.start() - 20, 0) : illegal.end() + 20])
    raise UnprintableError(f"“{around.strip()}” chứa ký tự điều khiển U+{ord(illegal.group()):04X}")


def items_of(value: Any) -> tuple[Any, ...]:
    """The members of a list, the lines of a text: what a loop or a repeated paragraph goes over.

    Raises:
        UnprintableError: it is neither.
    """
    if isinstance(value, tuple):
        return value
    if isinstance(value, Prose):
        return value.lines()
    if isinstance(value, str):
        return tuple(line for line in value.split("\n") if line.strip())
    raise UnprintableError("không phải một danh sách nên không lặp được")


def _joined(value: Any, separator: Any = "") -> str:
    members, between = [printed_text(member) for member in items_of(value)], printed_text(separator)
    if sum(map(len, members)) + len(between) * len(members) > _MOST_JOINED:
        raise UnprintableError("ghép lại quá dài")
    return between.join(members)


_FILTERS: Mapping[str, Any] = {
    "first": lambda v: items_of(v)[0] if items_of(v) else None,
    "last": lambda v: items_of(v)[-1] if items_of(v) else None,
    "length": lambda v: len(v) if isinstance(v, tuple) else len(printed_text(v)),
    "default": lambda v, other="", *_: v if v else other,
    "join": _joined,
    "upper": lambda v: printed_text(v).upper(),
    "lower": lambda v: printed_text(v).lower(),
}
_TESTS: Mapping[str, Any] = {
    "defined": bool,
    "undefined": lambda v: not v,
    "odd": lambda v: v % 2 == 1,
    "even": lambda v: v % 2 == 0,
}
FILTERS, TESTS = frozenset(_FILTERS), frozenset(_TESTS)
