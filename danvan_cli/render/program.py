"""A prepared part of a template run over a document: one pass, text in, text out.

A program is a tuple of texts (printed as they are) and of operations, themselves tuples of
texts, numbers and programs: plain data, so that it can be kept between runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat, takewhile
from operator import gt

from danvan_cli.localize import reasons
from danvan_cli.prose import Prose, by_rule
from danvan_cli.render.compiler.expressions import (
    Expr,
    Loop,
    Scope,
    UnprintableError,
    evaluate,
    items_of,
    printed_text,
)
from danvan_cli.render.content import BodyBlock, Row, RowGroup, Table
from danvan_cli.render.ink import Ink, as_it_stands, held, length
from danvan_cli.render.prepared import PlainCell, Program, TableLook
from danvan_cli.render.rows import FittedRow, fitted_rows

_MAX_STEPS = 2_000_000
_MAX_LETTERS = 50_000_000
"""No paper comes near either; a template that does would never end."""


@dataclass
class Printer(Ink):
    """What is printed of one document: the text so far, its notes and its marks.

    `signed` says that a signature follows the body, `section` how the section at hand ends.
    """

    signed: bool = False
    section: str = ""
    out: list[str] = field(default_factory=list)
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
            if type(op) is str:
                out.append(op)
            else:
                _OPERATIONS[op[0]](self, op, scope)

    def _did(self, steps: int, letters: int = 0) -> None:
        """Count the work done: a template is bounded by that, whatever its loops look like."""
        self.steps += steps
        self.letters += letters
        if self.steps > _MAX_STEPS or self.letters > _MAX_LETTERS:
            raise UnprintableError("của các vòng lặp làm văn bản quá dài")

    def _print(self, op: Program, scope: Scope) -> None:
        value = self._noted(op[1], scope) if op[1][0] == "noted" else evaluate(op[1], scope)
        printed = self.words(value, op[2])
        self._did(1, len(printed))
        self.out.append(printed)

    def _noted(self, expr: Expr, scope: Scope) -> Prose:
        row: Row = evaluate(expr[1], scope)
        if not row.chu_thich:
            return row.noi_dung
        self.notes.append(row.chu_thich)
        marker = f"\ue000{len(self.notes) - 1}\ue001"
        return row.noi_dung + by_rule(marker, reasons.NOTE_MARK)

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
        for expr in op[1]:
            if evaluate(expr, scope):
                self.run(op[2], scope)
                return

    def _lines(self, op: Program, scope: Scope) -> None:
        expr = op[1]
        value = self._noted(expr, scope) if expr[0] == "noted" else evaluate(expr, scope)
        for line in items_of(value):
            self.run(op[2], {**scope, "_line": line})

    def _cell(self, op: Program, scope: Scope) -> None:
        before = len(self.out)
        self.run(op[1], scope)
        if "<w:p" not in "".join(self.out[before:]):
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
            lines = tuple(held(printed_text(line)) for line in items_of(value)) if value else ()
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
        self.section = ""

    def end_section(self) -> None:
        """End a section in a paragraph of its own where the template's last could not end it."""
        if self.section:
            self.out.append(f"<w:p><w:pPr>{self.section}</w:pPr></w:p>")
            self.section = ""

    def _rows(self, op: Program, scope: Scope) -> None:
        self.table(op[1], evaluate(op[2], scope).bang, scope)

    def _blocks(self, op: Program, scope: Scope) -> None:
        blocks: Sequence[BodyBlock] = evaluate(op[1], scope)
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

    def paragraph(self, block: BodyBlock, *, keep: bool) -> None:
        """Print one paragraph of the body, with the next on the page where it must be kept so."""
        kind = f"{block.loai}{block.cap or ''}"
        look = self.looks.blocks.get(kind)
        if look is None:
            raise UnprintableError(f"của khối “{kind}” không có kiểu đoạn trong mẫu")
        subject = block.ma
        if len(block.nhiem_vu) == 1 and block.truong:
            subject = f"{block.nhiem_vu[0]}.{block.truong}"
        lead, words = str(block.so), str(block.chu)
        gap = " " if lead and words else ""
        if look.lead == look.words:
            runs = self.runs(f"{lead}{gap}{words}", look.words)
        else:
            runs = self.runs(lead + gap, look.lead) + self.runs(words, look.words)
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
        shown = tuple(not name or bool(getattr(table.cot, name)) for _, name in look.columns)
        grid, rows = fitted_rows(look, shown)
        self.out.append(f"{look.start}{grid}")
        inside: Scope = {**scope, "_heads": table.cot}
        heads = list(takewhile(lambda row: row.what == "head", rows))
        for row in heads:
            self._row(row, inside)
        for group in table.nhom:
            for row in rows[len(heads) :]:
                if row.what == "group" and group.ten:
                    self._row(row, {**inside, "_group": group})
                elif row.what == "row":
                    self._body_rows(row, group, inside)
        self.out.append("</w:tbl>")

    def _body_rows(self, sample: FittedRow, group: RowGroup, scope: Scope) -> None:
        words_of, out = sample.words_of, self.out
        for row in group.hang:
            words = words_of(row)
            start = sample.parted if any(map(gt, map(len, words), sample.most)) else sample.start
            texts = [*map(as_it_stands, words, sample.rooms, repeat(sample.size))]
            if not words or row.chu_thich or None in texts:
                self._row(sample, {**scope, "_group": group, "_row": row}, start)
                continue
            out.append(start)
            rounds = sample.kept if row.co_diem else sample.usual
            for (before, run, empty), text in zip(rounds, texts, strict=True):
                if not text:
                    out.append(empty)
                elif run:
                    out += (before, self.mark(row.ma), run, text, "</w:t></w:r>")
                    out += (self.end_of_mark(), "</w:p></w:tc>")
                else:
                    out += (before, text, "</w:t></w:r></w:p></w:tc>")
            out.append("</w:tr>")

    def _row(self, row: FittedRow, scope: Scope, start: str = "") -> None:
        out = self.out
        out.append(start or row.start)
        for (opening, cell), room in zip(row.cells, row.rooms, strict=True):
            out.append(opening)
            if isinstance(cell, PlainCell):
                self._plain_cell(cell, scope["_row"], room, row.size)
            else:
                self.run(cell, scope)
            out.append("</w:tc>")
        out.append("</w:tr>")

    def _plain_cell(self, cell: PlainCell, row: Row, room: float, size: float) -> None:
        """Print a cell that holds one field of a row, a paragraph a line: most cells of most tables."""
        value: Prose = getattr(row, cell.field)
        if cell.noted and row.chu_thich:
            value = self._noted(("noted", ("name", "_row")), {"_row": row})
        keep = "<w:keepNext/>" if row.co_diem else ""
        if not value:
            self.out.append(cell.empty)
            return
        for line in items_of(value):
            start, end = (self.mark(row.ma), self.end_of_mark()) if cell.marked else ("", "")
            words = self.words(line, cell.look, room, size)
            self.out.append(f"{cell.start}{keep}{cell.middle}{start}{words}{end}</w:p>")


_OPERATIONS: Mapping[str, Callable[[Printer, Program, Scope], None]] = {
    "print": Printer._print,
    "if": Printer._if,
    "for": Printer._for,
    "any": Printer._any,
    "lines": Printer._lines,
    "cell": Printer._cell,
    "table": Printer._table,
    "rule": Printer._rule,
    "keep": Printer._keep,
    "mark": Printer._mark,
    "endmark": Printer._endmark,
    "section": Printer._section,
    "rows": Printer._rows,
    "blocks": Printer._blocks,
}
"""What each operation of a program does."""
