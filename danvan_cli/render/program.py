"""A prepared part of a template run over a document: one pass, text in, text out.

A program is a tuple of texts (printed as they are) and of operations, themselves tuples of
texts, numbers and programs: plain data, so that it can be kept between runs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from danvan_cli.prose import Origin, Piece, Prose
from danvan_cli.render.content import Block, Row, Table
from danvan_cli.render.expressions import (
    Expr,
    Loop,
    Scope,
    UnprintableError,
    evaluate,
    items_of,
    text_of,
)
from danvan_cli.render.rules import length

Program: TypeAlias = tuple[Any, ...]
_SPECIAL = re.compile("[&<>\n\t\ue000]")
_KEPT = re.compile(r"^\s|\s$|\s\s")
_PIECES = re.compile("([\n\t]|\ue000[0-9]{1,6}\ue001)")
_UNSAFE = re.compile(r"\W+")
_LONGEST_MARK = 40
_MAX_STEPS = 2_000_000
_MAX_LETTERS = 50_000_000
"""No paper comes near either; a template that does would never end."""


@dataclass(frozen=True)
class BlockLook:
    """How a kind of block looks: where its paragraph begins, how its number and words look."""

    start: str
    lead: str = ""
    words: str = ""


@dataclass(frozen=True)
class TableLook:
    """How a table looks: the sample's opening, its columns, its rows.

    A column is its width and the field whose name heads it ("" where it always stands); a row
    is what it shows (`head`, `group`, `row`), its opening and its cells; a cell is the column
    it begins at, how many it covers, its properties after the width, and its program.
    """

    start: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, str, tuple[tuple[int, int, str, Program], ...]], ...]


@dataclass(frozen=True)
class Looks:
    """The looks of the body's blocks, by kind and level; `after` is the paragraph after a table."""

    blocks: Mapping[str, BlockLook]
    table: TableLook | None
    after: str
    reference: str
    notes_before: int = 0


@dataclass
class Printer:
    """What is printed of one document: the text so far, its notes and its marks.

    `signed` says that a signature follows the body, `section` how the section at hand ends.
    """

    looks: Looks
    signed: bool = False
    section: str = ""
    out: list[str] = field(default_factory=list)
    notes: list[tuple[Prose, ...]] = field(default_factory=list)
    referred: list[tuple[Prose, ...]] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    steps: int = 0
    letters: int = 0

    def run(self, program: Program, scope: Scope) -> None:
        """Print `program`.

        Raises:
            UnprintableError: a value cannot be printed, or a block has no look.
        """
        out = self.out
        self._did(len(program) + 1)
        for op in program:
            if isinstance(op, str):
                out.append(op)
            else:
                getattr(self, f"_{op[0]}")(op, scope)

    def _did(self, steps: int, letters: int = 0) -> None:
        """Count the work done: a template is bounded by that, whatever its loops look like."""
        self.steps += steps
        self.letters += letters
        if self.steps > _MAX_STEPS or self.letters > _MAX_LETTERS:
            raise UnprintableError("của các vòng lặp làm văn bản quá dài")

    def _print(self, op: Program, scope: Scope) -> None:
        value = self._noted(op[1], scope) if op[1][0] == "noted" else evaluate(op[1], scope)
        text = text_of(value)
        self._did(1, len(text))
        self.out.append(self.runs(text, op[2]))

    def _noted(self, expr: Expr, scope: Scope) -> Prose:
        row: Row = evaluate(expr[1], scope)
        if not row.chu_thich:
            return row.noi_dung
        self.notes.append(row.chu_thich)
        marker = f"\ue000{len(self.notes) - 1}\ue001"
        return row.noi_dung + Prose((Piece(marker, Origin.RULE),))

    def _if(self, op: Program, scope: Scope) -> None:
        for condition, program in op[1]:
            if evaluate(condition, scope):
                self.run(program, scope)
                return
        self.run(op[2], scope)

    def _for(self, op: Program, scope: Scope) -> None:
        _, name, expr, test, program, otherwise = op
        items = items_of(evaluate(expr, scope))
        self._did(len(items))
        if test is not None:
            items = tuple(i for i in items if evaluate(test, {**scope, name: i}))
        for at, item in enumerate(items):
            self.run(program, {**scope, name: item, "loop": Loop(items, at)})
        if not items:
            self.run(otherwise, scope)

    def _any(self, op: Program, scope: Scope) -> None:
        if any(evaluate(expr, scope) for expr in op[1]):
            self.run(op[2], scope)

    def _lines(self, op: Program, scope: Scope) -> None:
        expr = op[1]
        value = self._noted(expr, scope) if expr[0] == "noted" else evaluate(expr, scope)
        for line in items_of(value):
            self.run(op[2], {**scope, "_line": line})

    def _cell(self, op: Program, scope: Scope) -> None:
        before = len(self.out)
        self.run(op[1], scope)
        if not any("<w:p" in text for text in self.out[before:]):
            self.out.append(op[2])

    def _table(self, op: Program, scope: Scope) -> None:
        """A table of which no row is left is left out."""
        before = len(self.out)
        self.run(op[1], scope)
        if not any("<w:tr>" in text or "<w:tr " in text for text in self.out[before:]):
            del self.out[before:]

    def _rule(self, op: Program, scope: Scope) -> None:
        _, above, start, end, box, full = op
        for expr, size, bold in above:
            value = evaluate(expr, scope)
            lines = [text_of(line) for line in items_of(value)] if value else []
            if lines:
                # Sizes are half points, a box is in twentieths.
                long = length(lines, size / 2, box / 20, bold=bold, full=full) * 20
                side = max(round((box - long) / 2), 0)
                self.out.append(f'{start}<w:ind w:left="{side}" w:right="{side}"/>{end}')
                return

    def _keep(self, op: Program, scope: Scope) -> None:
        if evaluate(op[1], scope).co_diem:
            self.out.append("<w:keepNext/>")

    def _mark(self, op: Program, scope: Scope) -> None:
        self.out.append(self.mark(evaluate(op[1], scope).ma))

    def _endmark(self, op: Program, scope: Scope) -> None:
        del op, scope
        self.out.append(self.end_of_mark())

    def _section(self, op: Program, scope: Scope) -> None:
        del op, scope
        self.out.append(self.section)

    def _rows(self, op: Program, scope: Scope) -> None:
        self.table(op[1], evaluate(op[2], scope).bang, scope)

    def _blocks(self, op: Program, scope: Scope) -> None:
        blocks: Sequence[Block] = evaluate(op[1], scope)
        last = len(blocks) - 1
        for at, block in enumerate(blocks):
            if block.bang is not None:
                if self.looks.table is None:
                    raise UnprintableError("bảng nhiệm vụ không có bảng mẫu trong mẫu")
                self.table(self.looks.table, block.bang, scope)
                if at == last or blocks[at + 1].bang is not None:
                    self.out.append(self.looks.after)
                continue
            follows = at < last and block.loai == "gach" and blocks[at + 1].loai == "cong"
            self.paragraph(block, keep=follows or (self.signed and at == last))

    def paragraph(self, block: Block, *, keep: bool) -> None:
        """Print one paragraph of the body, with the next on the page where it must be kept so."""
        kind = f"{block.loai}{block.cap or ''}"
        look = self.looks.blocks.get(kind)
        if look is None:
            raise UnprintableError(f"của khối “{kind}” không có kiểu đoạn trong mẫu")
        subject = block.ma
        if len(block.nhiem_vu) == 1 and block.truong:
            subject = f"{block.nhiem_vu[0]}.{block.truong}"
        lead, words = text_of(block.so), text_of(block.chu)
        gap = " " if lead and words else ""
        runs = (
            self.runs(f"{lead}{gap}{words}", look.words)
            if look.lead == look.words
            else self.runs(lead + gap, look.lead) + self.runs(words, look.words)
        )
        self.out += (
            look.start,
            "<w:keepNext/></w:pPr>" if keep else "</w:pPr>",
            self.mark(subject),
            runs,
            self.end_of_mark(),
            "</w:p>",
        )

    def table(self, look: TableLook, table: Table, scope: Scope) -> None:
        """Print `table`: the columns it has names for, widened to fill the sample's width."""
        shown = [not name or bool(getattr(table.cot, name)) for _, name in look.columns]
        widths = _shared([w for w, _ in look.columns], shown)
        rows = [(what, *_fitted(start, cells, widths)) for what, start, cells in look.rows]
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths if w)
        self.out.append(f"{look.start}<w:tblGrid>{grid}</w:tblGrid>")
        inside: Scope = {**scope, "_heads": table.cot}
        at = 0
        while at < len(rows):
            what, start, cells = rows[at]
            if what == "head":
                self._row(start, cells, inside)
                at += 1
                continue
            body = rows[at:]
            for group in table.nhom:
                for what, start, cells in body:
                    if what == "group" and group.ten:
                        self._row(start, cells, {**inside, "_group": group})
                    elif what == "row":
                        for row in group.hang:
                            self._row(start, cells, {**inside, "_group": group, "_row": row})
            break
        self.out.append("</w:tbl>")

    def _row(self, start: str, cells: Sequence[tuple[str, Program]], scope: Scope) -> None:
        self.out.append(start)
        for opening, program in cells:
            self.out.append(opening)
            self.run(program, scope)
            self.out.append("</w:tc>")
        self.out.append("</w:tr>")

    def runs(self, text: str, look: str) -> str:
        """`text` as runs of the look `look`: breaks, tabs and references of notes among them."""
        if not text:
            return ""
        if not _SPECIAL.search(text):
            return f"<w:r>{look}{_t(text)}</w:r>"
        made, open_run = [], f"<w:r>{look}"
        run: list[str] = []
        for piece in _PIECES.split(_escaped(text)):
            if piece == "\n":
                run.append("<w:br/>")
            elif piece == "\t":
                run.append("<w:tab/>")
            elif piece.startswith("\ue000") and piece.endswith("\ue001"):
                note = int(piece[1:-1])
                if note >= len(self.notes):
                    run.append(_t(piece))
                    continue
                if run:
                    made.append(f"{open_run}{''.join(run)}</w:r>")
                run = []
                self.referred.append(self.notes[note])
                number = self.looks.notes_before + len(self.referred)
                made.append(
                    f'<w:r>{self.looks.reference}<w:footnoteReference w:id="{number}"/></w:r>'
                )
            elif piece:
                run.append(_t(piece))
        if run:
            made.append(f"{open_run}{''.join(run)}</w:r>")
        return "".join(made)

    def mark(self, subject: str) -> str:
        """The start of the hidden bookmark that says what a paragraph or a row prints."""
        name = "_dv_" + _UNSAFE.sub("_", subject.replace("-", "_"))
        if len(name) > _LONGEST_MARK:
            name = f"{name[: _LONGEST_MARK - 9]}_{zlib.crc32(subject.encode()):08x}"
        count = self.marks.get(name, 0)
        self.marks[name] = count + 1
        if count:
            name = f"{name[: _LONGEST_MARK - 5]}_{count + 1}"
            self.marks[name] = 1
        self.marks["#"] = self.marks.get("#", 0) + 1
        return f'<w:bookmarkStart w:id="{self.marks["#"]}" w:name="{name}"/>'

    def end_of_mark(self) -> str:
        """The end of the bookmark last begun."""
        return f'<w:bookmarkEnd w:id="{self.marks["#"]}"/>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>' if _KEPT.search(text) else f"<w:t>{text}</w:t>"


def _shared(widths: list[int], shown: list[bool]) -> list[int]:
    """The widths of the columns shown, those of the others (0) shared among them."""
    kept = sum(w for w, s in zip(widths, shown, strict=True) if s)
    total = sum(widths)
    return [w * total // kept if s else 0 for w, s in zip(widths, shown, strict=True)]


def _fitted(
    start: str, cells: Sequence[tuple[int, int, str, Program]], widths: list[int]
) -> tuple[str, list[tuple[str, Program]]]:
    made = []
    for first, span, rest, program in cells:
        covered = [w for w in widths[first : first + span] if w]
        if covered:
            more = f'<w:gridSpan w:val="{len(covered)}"/>' if len(covered) > 1 else ""
            opening = (
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(covered)}" w:type="dxa"/>{more}{rest}</w:tcPr>'
            )
            made.append((opening, program))
    return start, made
