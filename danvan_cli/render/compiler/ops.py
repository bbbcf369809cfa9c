"""The operations of a program as they are put together from the marks of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from danvan_cli.render.compiler.sheet import strip_namespaces
from danvan_cli.render.compiler.tags import Read
from danvan_cli.render.prepared import PlainCell, Program


@dataclass
class TemplateTokens:
    """The texts and marks of a part in order; `last` is the tag that ended the last body."""

    items: list[Any]
    at: int = 0
    last: Any = None

    def peek(self) -> Any:
        """The one at hand; None at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    def next(self) -> Any:
        """The one at hand, and on to the next."""
        self.at += 1
        return self.items[self.at - 1] if self.at <= len(self.items) else None


def noted(read: Read) -> Any:
    """The expression of a task's own words brings its footnote along."""
    if read.expr[0] == "member" and read.path.endswith(("nhiem_vu.noi_dung", "hang.noi_dung")):
        return ("noted", read.expr[1])
    return read.expr


def repeats(read: Read) -> bool:
    """Whether a text is printed a paragraph a line: the words of a row's cells."""
    return read.path.rpartition(".")[0] in ("nhiem_vu", "phu_luc.hang", "nhom.hang")


def lined(inside: list[Any]) -> list[Any]:
    """`inside` with its value become the line at hand."""
    return [
        ("print", ("name", "_line"), op[2])
        if isinstance(op, tuple) and op[0] in ("list", "print")
        else op
        for op in inside
    ]


def conditions(inside: list[Any]) -> Iterator[Any]:
    """The expressions that make a row worth printing."""
    for op in inside:
        if isinstance(op, tuple):
            if op[0] == "cell":
                yield from conditions(list(op[1]))
            elif op[0] == "any":
                yield from op[1]
            elif op[0] == "lines":
                yield ("member", op[1][1], "noi_dung") if op[1][0] == "noted" else op[1]
            elif op[0] == "if":
                yield from (case[0] for case in op[1])
            elif op[0] == "for":
                yield op[2]


def merged(ops: list[Any]) -> Program:
    """`ops` as a program, texts that follow each other made one."""
    made: list[Any] = []
    for op in ops:
        if isinstance(op, str) and made and isinstance(made[-1], str):
            made[-1] += op
        elif op:
            made.append(op)
    return tuple(made)


def inner_xml(parent: etree._Element) -> str:
    """What is inside `parent` as a text with marks, without declarations of namespaces."""
    xml = etree.tostring(parent, encoding="unicode", with_tail=False)
    inner = xml[xml.index(">") + 1 : xml.rindex("</")] if len(parent) else ""
    return strip_namespaces(inner)


def plain_cell(program: Program) -> PlainCell | None:
    """The cell that `program` prints where it is one field of the row and nothing else."""
    match program:
        case (
            (
                "cell",
                (("lines", (what, *path), (str() as start, ("keep", _), str() as middle, *rest)),),
                str() as empty,
            ),
        ):
            marked = len(rest) == 4 and rest[0][0] == "mark"
            inner = rest[1:2] if marked else rest[:1]
            field = path[1] if what == "member" else "noi_dung"
            if rest[-1] != "</w:p>" or len(rest) not in (2, 4) or inner[0][0] != "print":
                return None
            return PlainCell(field, start, middle, inner[0][2], empty, marked, what == "noted")
    return None
