"""The body of a template: its sections, its sample tables, its lines, made ready to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from danvan_cli.render.compiler.compile import Compiler
from danvan_cli.render.compiler.ops import inner_xml, plain_cell
from danvan_cli.render.compiler.page import TemplateStyles, fit_width, inner_width
from danvan_cli.render.compiler.sheet import TemplateSheet, strip_namespaces
from danvan_cli.render.compiler.tags import Bound, Sight, Tag, top
from danvan_cli.render.content import PrintedAnnex, Row, RowFields, RowGroup
from danvan_cli.render.prepared import PlainCell, Program, TableLook
from danvan_cli.word.layout.writer import PARAGRAPH_ORDER
from danvan_cli.word.names import W, number

_RULES = {"đường kẻ ngắn": False, "đường kẻ dài": True}
_TASK = re.compile(r"\b(nhiem_vu|phu_luc\.hang)\.\w")
_HEAD = re.compile(r"\b(?:phu_luc\.)?cot\.(\w+)")
_GROUP = re.compile(r"\bnhom\.\w")
_ANNEX = re.compile(r"\bphu_luc\b")
_USUAL_MARGINS = 2552
"""Those of a side and the one across, together, in twentieths of a point."""


@dataclass(frozen=True)
class PageSection:
    """A section of the page: its blocks, and the properties of its pages."""

    blocks: tuple[etree._Element, ...]
    properties: etree._Element | None

    @property
    def height(self) -> int:
        """The height of the text of a page, in twentieths of a point."""
        return self._room("h", 16838, ("top", "bottom"))

    @property
    def width(self) -> int:
        """The width of a line of text, in twentieths of a point."""
        return self._room("w", 11906, ("left", "right", "gutter"))

    def _room(self, side: str, usual: int, edges: tuple[str, ...]) -> int:
        page = None if self.properties is None else self.properties.find(f"{W}pgSz")
        margins = None if self.properties is None else self.properties.find(f"{W}pgMar")
        if page is None or margins is None:
            return usual - _USUAL_MARGINS
        return number(page, side, usual) - sum(number(margins, edge) for edge in edges)


def page_sections(body: etree._Element) -> list[PageSection]:
    """The sections of `body`; the paragraph that ends one is its last block."""
    made: list[PageSection] = []
    blocks: list[etree._Element] = []
    for child in list(body):
        if child.tag == f"{W}sectPr":
            made.append(PageSection(tuple(blocks), child))
            return made
        blocks.append(child)
        ending = child.find(f"{W}pPr/{W}sectPr") if child.tag == f"{W}p" else None
        if ending is not None:
            made.append(PageSection(tuple(blocks), ending))
            blocks = []
    return [*made, PageSection(tuple(blocks), None)]


@dataclass
class BodyReader:
    """Reads the blocks of a part: fits its tables to the page, sets marks, finds the samples."""

    sheet: TemplateSheet
    styles: TemplateStyles
    compiler: Compiler
    sample: TableLook | None = None

    def program(self, blocks: tuple[etree._Element, ...], width: int, sight: Sight) -> Program:
        """The program of `blocks`, on lines `width` long."""
        holder = etree.Element(f"{W}body", nsmap=dict(self.sheet.root.nsmap))  # type: ignore[arg-type]
        holder.extend(blocks)
        for table in list(holder.iter(f"{W}tbl")):
            fit_width(table, width)
        for table in [t for t in holder.iter(f"{W}tbl") if self._is_sample(t)]:
            self._take_sample(table, sight)
        self._mark(holder, width)
        return self.compiler.program(inner_xml(holder), sight)

    def _tags(self, element: etree._Element) -> Iterator[Tag]:
        for node in element.iter(etree.PI):
            mark = self.sheet.marks[int(node.text or 0)]
            if mark[0] == "tag":
                yield mark[1]

    def _is_sample(self, table: etree._Element) -> bool:
        tags = list(self._tags(table))
        return any(t.sign == "{" and _TASK.search(t.body) for t in tags) and not any(
            t.sign == "%" for t in tags
        )

    def _take_sample(self, table: etree._Element, sight: Sight) -> None:
        """Keep `table` as the look of tables; an annex's stays where it is, with its rows."""
        of_annex = any("phu_luc.hang" in t.body for t in self._tags(table))
        look = self._look(table, sight, of_annex)
        if of_annex:
            node = self.sheet.mark("rows", look, ("name", "_annex"))
            table.addprevious(node)
        elif self.sample is not None:
            found, where = "có hai bảng mẫu của nhiệm vụ", self.sheet.where(table)
            self.sheet.fault(found, "Giữ một bảng.", where)
        else:
            self.sample = look
        parent = table.getparent()
        assert parent is not None
        parent.remove(table)

    def _look(self, table: etree._Element, sight: Sight, of_annex: bool) -> TableLook:
        row_name = "phu_luc.hang" if of_annex else "nhiem_vu"
        head_name = "phu_luc.cot" if of_annex else "cot"
        inside = {
            **sight,
            row_name: Bound(("name", "_row"), Row, row_name),
            head_name: Bound(("name", "_heads"), RowFields, head_name),
            "nhom": Bound(("name", "_group"), RowGroup, "nhom"),
        }
        widths = [number(c, "w") for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = []
        fields = [""] * len(widths)
        size = self._size(table)
        for row in table.iterchildren(f"{W}tr"):
            tags = " ".join(t.body for t in self._tags(row))
            what = "row" if _TASK.search(tags) else "group" if _GROUP.search(tags) else "head"
            cells = list(self._cells(row))
            for first, _, cell in cells:
                heads = [m for t in self._tags(cell) for m in _HEAD.findall(t.body)]
                if what == "head" and heads and first < len(fields):
                    fields[first] = heads[0]
            rows.append((what, *self._row(row, cells, inside, what)))
        grid = table.find(f"{W}tblGrid")
        if grid is not None:
            table.remove(grid)
        for row in list(table.iterchildren(f"{W}tr")):
            table.remove(row)
        start = f"<w:tbl>{inner_xml(table)}"
        return TableLook(start, tuple(zip(widths, fields, strict=True)), tuple(rows), size)

    def _size(self, table: etree._Element) -> float:
        """The size of the letters in the last row of `table`, in points."""
        sizes = [
            self.styles.first_letters(paragraph).size
            for row in list(table.iterchildren(f"{W}tr"))[-1:]
            for paragraph in row.iter(f"{W}p")
        ]
        return max(sizes, default=0.0)

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
        at = 0
        for cell in row.iterchildren(f"{W}tc"):
            wide = number(cell.find(f"{W}tcPr/{W}gridSpan"), "val", 1)
            yield at, wide, cell
            at += wide

    def _row(
        self,
        row: etree._Element,
        cells: list[tuple[int, int, etree._Element]],
        inside: Sight,
        what: str,
    ) -> tuple[str, tuple[tuple[int, int, str, PlainCell | Program], ...]]:
        properties = row.find(f"{W}trPr")
        start = "<w:tr>" + (_xml(properties) if properties is not None else "")
        made = []
        for at, (first, span, cell) in enumerate(cells):
            look = cell.find(f"{W}tcPr")
            rest = ""
            if look is not None:
                for name in ("tcW", "gridSpan"):
                    for element in look.findall(f"{W}{name}"):
                        look.remove(element)
                rest = inner_xml(look)
                cell.remove(look)
            if what == "row":
                self._keep_and_mark(cell, first_cell=at == 0)
            self._mark(cell, 0)
            program = self.compiler.program(inner_xml(cell), inside)
            plain = plain_cell(program) if what == "row" else None
            made.append((first, span, rest, plain or program))
        return start, tuple(made)

    def _keep_and_mark(self, cell: etree._Element, *, first_cell: bool) -> None:
        """A row that heads points stays with them; the first cell bears the mark of its task."""
        row = ("name", "_row")
        for at, paragraph in enumerate(cell.iter(f"{W}p")):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            if style is not None:
                style.addnext(self.sheet.mark("keep", row))
            if first_cell and at == 0:
                look = paragraph.find(f"{W}pPr")
                start = self.sheet.mark("mark", row)
                if look is not None:
                    look.addnext(start)
                else:
                    paragraph.insert(0, start)
                paragraph.append(self.sheet.mark("endmark"))

    def _mark(self, holder: etree._Element, width: int) -> None:
        """Set marks round every table, row, cell and paragraph, and in place of drawn lines."""
        for paragraph in list(holder.iter(f"{W}p")):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            name = self.styles.names.get(style.get(f"{W}val", ""), "") if style is not None else ""
            if name.lower() in _RULES:
                cell = next(paragraph.iterancestors(f"{W}tc"), None)
                box = inner_width(cell) if cell is not None else width
                self._take_rule(paragraph, box, full=_RULES[name.lower()])
                continue
            words = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
            drawn = any(True for _ in paragraph.iter(f"{W}drawing", f"{W}pict", f"{W}br"))
            alone = not words.strip() and not drawn
            letters = self.styles.first_letters(paragraph)
            where = self.sheet.where(paragraph)
            opening = self.sheet.mark("p<", alone, where, letters.size, letters.bold)
            _around(paragraph, opening, self.sheet.mark("p>"))
        for cell in list(holder.iter(f"{W}tc")):
            look = cell.find(f"{W}tcPr")
            start = self.sheet.mark("tc<", _empty(cell))
            if look is not None:
                look.addnext(start)
            else:
                cell.insert(0, start)
            cell.append(self.sheet.mark("tc>"))
        for row in list(holder.iter(f"{W}tr")):
            alone = not "".join(t.text or "" for t in row.iter(f"{W}t")).strip()
            _around(row, self.sheet.mark("tr<", alone), self.sheet.mark("tr>"))
        for table in list(holder.iter(f"{W}tbl")):
            _around(table, self.sheet.mark("tbl<"), self.sheet.mark("tbl>"))

    def _take_rule(self, paragraph: etree._Element, box: int, *, full: bool) -> None:
        look = paragraph.find(f"{W}pPr")
        assert look is not None
        for indent in look.findall(f"{W}ind"):
            look.remove(indent)
        order = [c for c in look if c.tag in _BEFORE_INDENT]
        start = "<w:p><w:pPr>" + "".join(_xml(c) for c in order)
        end = "".join(_xml(c) for c in look if c.tag not in _BEFORE_INDENT)
        node = self.sheet.mark("rule", start, f"{end}</w:pPr></w:p>", box, full)
        paragraph.addprevious(node)
        parent = paragraph.getparent()
        assert parent is not None
        parent.remove(paragraph)


_BEFORE_INDENT = {f"{W}{name}" for name in PARAGRAPH_ORDER[: PARAGRAPH_ORDER.index("ind")]}


def _empty(cell: etree._Element) -> str:
    """The paragraph that stands in a cell where nothing else does."""
    last = list(cell.iter(f"{W}p"))[-1:]
    look = last[0].find(f"{W}pPr") if last else None
    shown = re.sub(r"<\?dv \d+\?>", "", _xml(look)) if look is not None else ""
    return f"<w:p>{shown}</w:p>"


def _around(element: etree._Element, start: etree._Element, end: etree._Element) -> None:
    element.addprevious(start)
    element.addnext(end)


def _xml(element: etree._Element) -> str:
    return strip_namespaces(etree.tostring(element, encoding="unicode", with_tail=False))


def annex_sight() -> Sight:
    """What is in sight in the section of the annexes."""
    return {**top(), "phu_luc": Bound(("name", "_annex"), PrintedAnnex, "phu_luc")}


def speaks_of_annexes(section: PageSection, sheet: TemplateSheet) -> bool:
    """Whether `section` is the one that is printed for each annex."""
    marks = (
        sheet.marks[int(node.text or 0)]
        for block in section.blocks
        for node in block.iter(etree.PI)
    )
    return any(
        mark[0] == "tag" and mark[1].sign == "{" and _ANNEX.search(mark[1].body) for mark in marks
    )
