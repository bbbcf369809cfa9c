"""A prepared part of a template run over a document: one pass, text in, text out.

A program is a tuple of texts (printed as they are) and of operations, themselves tuples of
texts, numbers and programs: plain data, so that it can be kept between runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from danvan_cli.localize import reasons
from danvan_cli.prose import Prose, by_rule
from danvan_cli.render.compiler.expressions import (
    Expr,
    Loop,
    Scope,
    UnprintableError,
    Work,
    evaluate,
    items_of,
    printed_text,
)
from danvan_cli.render.content import BLOCK_STYLES, BodyBlock, Row, RowGroup, Table
from danvan_cli.render.ink import Ink, held, length
from danvan_cli.render.pages import (
    FEWEST,
    Flow,
    PageRoom,
    Piece,
    RowSize,
    laid,
    paragraph_piece,
    parted,
    row_height,
)
from danvan_cli.render.prepared import BlockLook, PlainCell, Program, TableLook
from danvan_cli.render.rows import FittedRow, fitted_rows, held_heads, row_texts


@dataclass
class Printer(Ink):
    """What is printed of one document: the text so far, its notes and its marks.

    `signed` says that a signature follows the body, `section` how the section at hand ends, `flow`
    what is known of its pages. `more` is how much more room a signed text needs above its
    paragraphs, so that no page stays open.
    """

    signed: bool = False
    section: str = ""
    more: float = 0.0
    out: list[str] = field(default_factory=list)
    flow: Flow = field(default_factory=Flow)
    work: Work = field(default_factory=Work)

    def run(self, program: Program, scope: Scope) -> None:
        """Print `program`.

        Raises:
            UnprintableError: a value cannot be printed, or a block has no look.
        """
        out = self.out
        letters = 0
        for op in program:
            if type(op) is str:
                out.append(op)
                letters += len(op)
            else:
                _OPERATIONS[op[0]](self, op, scope)
        self.work.did(len(program) + 1, letters)

    def _value(self, expr: Expr, scope: Scope) -> Any:
        return evaluate(expr, scope, self.work)

    def _print(self, op: Program, scope: Scope) -> None:
        value = self._noted(op[1], scope) if op[1][0] == "noted" else self._value(op[1], scope)
        printed = self.words(value, op[2])
        self.work.did(1, len(printed))
        self.out.append(printed)

    def _noted(self, expr: Expr, scope: Scope) -> Prose:
        row: Row = self._value(expr[1], scope)
        if not row.chu_thich:
            return row.noi_dung
        self.notes.append(row.chu_thich)
        marker = f"\ue000{len(self.notes) - 1}\ue001"
        return row.noi_dung + by_rule(marker, reasons.NOTE_MARK)

    def _if(self, op: Program, scope: Scope) -> None:
        for condition, program in op[1]:
            self.work.did(1)
            if self._value(condition, scope):
                self.run(program, scope)
                return
        self.run(op[2], scope)

    def _for(self, op: Program, scope: Scope) -> None:
        _, name, expr, test, program, otherwise = op
        items = items_of(self._value(expr, scope))
        self.work.did(len(items))
        if test is not None:
            items = tuple(i for i in items if self._value(test, {**scope, name: i}))
        for at, item in enumerate(items):
            self.run(program, {**scope, name: item, "loop": Loop(items, at)})
        if not items:
            self.run(otherwise, scope)

    def _any(self, op: Program, scope: Scope) -> None:
        for expr in op[1]:
            if self._value(expr, scope):
                self.run(op[2], scope)
                return

    def _lines(self, op: Program, scope: Scope) -> None:
        expr = op[1]
        value = self._noted(expr, scope) if expr[0] == "noted" else self._value(expr, scope)
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
            value = self._value(expr, scope)
            lines = tuple(held(printed_text(line)) for line in items_of(value)) if value else ()
            if lines:
                long = length(lines, size, box / 20, bold=bold, full=full) * 20
                side = max(round((box - long) / 2), 0)
                self.out.append(f'{start}<w:ind w:left="{side}" w:right="{side}"/>{end}')
                return

    def _keep(self, op: Program, scope: Scope) -> None:
        if self._value(op[1], scope).co_diem:
            self.out.append("<w:keepNext/>")

    def _mark(self, op: Program, scope: Scope) -> None:
        self.out.append(self.mark(self._value(op[1], scope).ma))

    def _endmark(self, op: Program, scope: Scope) -> None:
        del op, scope
        self.out.append(self.end_of_mark())

    def _section(self, op: Program, scope: Scope) -> None:
        del op, scope
        self.out.append(self.section)
        self.section = ""

    def begin_section(self, page: PageRoom, section: str, *, signed: bool) -> None:
        """Begin a text or an annex on a new page."""
        self.section, self.signed = section, signed
        self.flow = Flow(page, measured=len(self.out))

    def end_section(self) -> None:
        """End a section, in a paragraph of its own where the template's last could not end it."""
        if self.signed and not self.more:
            self.more = self.flow.fill(self.out)
        if self.section:
            self.out.append(f"<w:p><w:pPr>{self.section}</w:pPr></w:p>")
            self.section = ""

    def _rows(self, op: Program, scope: Scope) -> None:
        self.table(op[1], self._value(op[2], scope).bang, scope)

    def _blocks(self, op: Program, scope: Scope) -> None:
        blocks: Sequence[BodyBlock] = self._value(op[1], scope)
        last = len(blocks) - 1
        self.work.did(len(blocks))
        self.flow.measure(self.out)
        for at, block in enumerate(blocks):
            if block.bang is not None:
                if self.looks.table is None:
                    raise UnprintableError("bảng nhiệm vụ không có bảng mẫu trong mẫu")
                self.table(self.looks.table, block.bang, scope)
                if at == last or blocks[at + 1].bang is not None:
                    self.out.append(self.looks.after)
                continue
            after = blocks[at + 1] if at < last else None
            keep = after is not None and block.loai == "gach" and after.loai == "cong"
            if self.signed and at >= last - 1:
                keep = keep or after is None or self._short(after)
            self.paragraph(block, keep=keep)

    def _short(self, block: BodyBlock) -> bool:
        """Whether `block` is too short to stand alone above a signature."""
        if block.bang is not None:
            return False
        return (
            paragraph_piece(held(_text(block)), self._look(block).style, self.flow.page).lines
            < FEWEST
        )

    def _look(self, block: BodyBlock) -> BlockLook:
        kind = f"{block.loai}{block.cap or ''}"
        look = self.looks.blocks.get(kind)
        if look is None:
            style = BLOCK_STYLES[kind].style
            raise UnprintableError(f"của khối “{kind}” không có kiểu đoạn “{style}” trong mẫu")
        return look

    def paragraph(self, block: BodyBlock, *, keep: bool) -> None:
        """Print one paragraph of the body, with the next on the page where it must be kept so."""
        look = self._look(block)
        subject = block.ma
        if len(block.nhiem_vu) == 1 and block.truong:
            subject = f"{block.nhiem_vu[0]}.{block.truong}"
        text = _text(block)
        if look.lead == look.words:
            runs = self.runs(text, look.words)
        else:
            at = len(text) - len(block.chu.text)
            runs = self.runs(text[:at], look.lead) + self.runs(text[at:], look.words)
        self.out += (
            look.start,
            "<w:keepNext/></w:pPr>" if keep else "</w:pPr>",
            self.mark(subject),
            runs,
            self.end_of_mark(),
            "</w:p>",
        )
        if self.signed:
            self.flow.add(paragraph_piece(held(text), look.style, self.flow.page, keep), self.out)

    def table(self, look: TableLook, table: Table, scope: Scope) -> None:
        """Print `table`: the columns it has names for, widened to fill the sample's width."""
        shown = tuple(not name or bool(getattr(table.cot, name)) for _, name in look.columns)
        grid, rows = fitted_rows(look, shown)
        flow = self.flow
        at = laid(flow.measure(self.out), flow.page.height).at
        out = self.out
        out.append(f"{look.start}{grid}")
        inside: Scope = {**scope, "_heads": held_heads(table.cot)}
        heads = list(takewhile(lambda row: row.what == "head", rows))
        begun = len(out)
        for row in heads:
            self._row(row, inside)
        start_of_rows = begun
        head = row_height(look.start + "".join(out[begun:]), flow.page)
        placed: list[tuple[int, FittedRow, RowSize]] = []
        for group in table.nhom:
            for row in rows[len(heads) :]:
                begun = len(out)
                if row.what == "group" and group.ten:
                    self._row(row, {**inside, "_group": group})
                    high = row_height(look.start + "".join(out[begun:]), flow.page)
                    placed.append((begun, row, RowSize(high, keep=True)))
                elif row.what == "row":
                    placed += self._body_rows(row, group, inside)
        out.append("</w:tbl>")
        self.work.did(len(placed), sum(map(len, out[start_of_rows:])))
        sizes = [size for *_, size in placed]
        going_on, at = parted(sizes, at + head, head, flow.page.height)
        for (place, row, _), may in zip(placed, going_on, strict=True):
            if may:
                out[place] = row.parted
        self.flow = Flow(flow.page, [Piece(0.0, 1, at)], len(out), tabled=True)

    def _body_rows(
        self, sample: FittedRow, group: RowGroup, scope: Scope
    ) -> Iterator[tuple[int, FittedRow, RowSize]]:
        """Print the rows of `group`; where each begins, and how high it is."""
        words_of, out, page = sample.words_of, self.out, self.flow.page
        for row in group.hang:
            words = words_of(row)
            texts, size = row_texts(sample, words, page)
            yield len(out), sample, size._replace(keep=True) if row.co_diem else size
            if texts is None or row.chu_thich:
                self._row(sample, {**scope, "_group": group, "_row": row})
                continue
            out.append(sample.start)
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

    def _row(self, row: FittedRow, scope: Scope) -> None:
        out = self.out
        out.append(row.start)
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
            made = f"{cell.start}{keep}{cell.middle}{start}{words}{end}</w:p>"
            self.work.did(1, len(made))
            self.out.append(made)


def _text(block: BodyBlock) -> str:
    """What `block` says: its number, then its words."""
    lead, words = block.so.text, block.chu.text
    return f"{lead} {words}" if lead and words else lead or words


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
