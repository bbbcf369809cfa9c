"""A prepared part of a template run over a document: one pass, text in, text out.

A program is a tuple of texts (printed as they are) and of operations, themselves tuples of
texts, numbers and programs: plain data, so that it can be kept between runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
from danvan_cli.render.held import held
from danvan_cli.render.ink import Ink, stands
from danvan_cli.render.looks import PlainCell, Program, TableLook
from danvan_cli.render.rules import length

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
            runs = self.runs(printed_text(f"{lead}{gap}{words}"), look.words)
        else:
            runs = self.runs(lead + gap, look.lead) + self.runs(printed_text(words), look.words)
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
        rows = [(what, *_fitted(what, start, cells, widths)) for what, start, cells in look.rows]
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
                        self._body_rows(start, cells, group, inside)
            break
        self.out.append("</w:tbl>")

    def _body_rows(
        self,
        start: str,
        cells: Sequence[tuple[str, PlainCell | Program]],
        group: RowGroup,
        scope: Scope,
    ) -> None:
        plain = [(opening, cell) for opening, cell in cells if isinstance(cell, PlainCell)]
        for row in group.hang:
            if len(plain) < len(cells) or not self._plain_row(start, plain, row):
                self._row(start, cells, {**scope, "_group": group, "_row": row})

    def _row(
        self, start: str, cells: Sequence[tuple[str, PlainCell | Program]], scope: Scope
    ) -> None:
        out = self.out
        out.append(start)
        for opening, cell in cells:
            out.append(opening)
            if isinstance(cell, PlainCell):
                self._plain_cell(cell, scope["_row"])
            else:
                self.run(cell, scope)
            out.append("</w:tc>")
        out.append("</w:tr>")

    def _plain_row(self, start: str, cells: Sequence[tuple[str, PlainCell]], row: Row) -> bool:
        """Print a row of plain cells whose words need no care; False where some do."""
        texts = [held(_text(getattr(row, cell.field))) for _, cell in cells]
        whole = "|".join(texts)
        if row.chu_thich or not stands(whole) or "| " in whole or " |" in whole:
            return False
        keep = "<w:keepNext/>" if row.co_diem else ""
        made = [start]
        for (opening, cell), text in zip(cells, texts, strict=True):
            if not text:
                made.append(f"{opening}{cell.empty}</w:tc>")
            elif cell.marked:
                mark, end = self.mark(row.ma), self.end_of_mark()
                run = f"<w:r>{cell.look}<w:t>{text}</w:t></w:r>"
                made.append(
                    f"{opening}{cell.start}{keep}{cell.middle}{mark}{run}{end}</w:p></w:tc>"
                )
            else:
                made.append(
                    f"{opening}{cell.start}{keep}{cell.before}{text}</w:t></w:r></w:p></w:tc>"
                )
        self.out += (*made, "</w:tr>")
        return True

    def _plain_cell(self, cell: PlainCell, row: Row) -> None:
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
            words = self.words(line, cell.look)
            self.out.append(f"{cell.start}{keep}{cell.middle}{start}{words}{end}</w:p>")


def _text(value: Prose) -> str:
    pieces = value.pieces
    return pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])


def _shared(widths: list[int], shown: list[bool]) -> list[int]:
    """The widths of the columns shown, those of the others (0) shared among them."""
    kept = sum(w for w, s in zip(widths, shown, strict=True) if s)
    total = sum(widths)
    return [w * total // kept if s else 0 for w, s in zip(widths, shown, strict=True)]


def _fitted(
    what: str, start: str, cells: Sequence[tuple[int, int, str, Program]], widths: list[int]
) -> tuple[str, list[tuple[str, PlainCell | Program]]]:
    made: list[tuple[str, PlainCell | Program]] = []
    for first, span, rest, program in cells:
        covered = [w for w in widths[first : first + span] if w]
        if covered:
            more = f'<w:gridSpan w:val="{len(covered)}"/>' if len(covered) > 1 else ""
            opening = (
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(covered)}" w:type="dxa"/>{more}{rest}</w:tcPr>'
            )
            plain = _plain(program) if what == "row" else None
            made.append((opening, plain or program))
    return start, made


def _plain(program: Program) -> PlainCell | None:
    """The cell of `program` where it is one field of the row and nothing else."""
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
