"""What the pages of a template look like: its styles, the widths of tables and cells."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from danvan_cli.render.content import BLOCK_STYLES
from danvan_cli.render.pages import Figures
from danvan_cli.word.layout.properties import value
from danvan_cli.word.layout.styles import StylesInEffect, letters_of
from danvan_cli.word.layout.values import Letters
from danvan_cli.word.metrics import SINGLE_LINE
from danvan_cli.word.names import W, number
from danvan_cli.word.package import xml_bytes

_MARK = "\ue000"


class TemplateStyles(StylesInEffect):
    """The styles of the part `root`, None where the template has none."""

    def __init__(self, root: etree._Element | None) -> None:
        super().__init__(root, None, None)
        self.root = root
        self.ids = {
            (value(style, "type", "paragraph"), self.names[ma].lower()): ma
            for ma, style in self.elements.items()
        }

    def paragraph(self, name: str) -> str:
        """The id of the paragraph style `name`, "" where there is none."""
        return self.ids.get(("paragraph", name.lower()), "")

    def character(self, name: str) -> str:
        """The id of the character style `name`, "" where there is none."""
        return self.ids.get(("character", name.lower()), "")

    def first_letters(self, paragraph: etree._Element) -> Letters:
        """The look of the first words of `paragraph`."""
        own = self.run(paragraph.find(f"{W}r/{W}rPr"))
        style = value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.usual("paragraph")
        return letters_of(self.of_run(own, style, None), vietnamese=True)

    def figures(self) -> dict[str, Figures]:
        """The figures of every style of paragraphs, by its id; those of a plain one by ""."""
        ids = [ma for (kind, _), ma in self.ids.items() if kind == "paragraph"]
        return {"": self._figures(self.usual("paragraph")), **{ma: self._figures(ma) for ma in ids}}

    def _figures(self, ma: str) -> Figures:
        shape, _ = self.shape({"pStyle": ma}, None)
        letters = letters_of(self.of_run({}, ma, None), vietnamese=True)
        line = shape.height if shape.line is None else letters.size * SINGLE_LINE * shape.line
        keep = bool(self.of_paragraph({"pStyle": ma}, None)[0].get("keep"))
        sides = shape.left + shape.right
        stretches = self._spaced_by(ma) in self._stretched
        return Figures(letters.size, letters.bold, line, shape.before, shape.after, shape.first, sides, keep, shape.contextual, stretches)  # fmt: skip

    @cached_property
    def _spacings(self) -> dict[str, etree._Element]:
        """The space above its paragraphs that a style gives itself, by its id."""
        found = {ma: style.find(f"{W}pPr/{W}spacing") for ma, style in self.elements.items()}
        return {
            ma: spacing
            for ma, spacing in found.items()
            if spacing is not None and value(spacing, "before", "0").isdecimal()
        }

    def _spaced_by(self, ma: str) -> str:
        """The style, of `ma` and those it is based on, that gives it its space; "" for none."""
        seen: set[str] = set()
        while ma in self.elements and ma not in self._spacings and ma not in seen:
            seen.add(ma)
            ma = value(self.elements[ma].find(f"{W}basedOn"))
        return ma if ma in self._spacings else ""

    @cached_property
    def _stretched(self) -> frozenset[str]:
        """The styles that give the paragraphs of the text their space: indented ones, and blocks."""
        blocks = {self.paragraph(about.style) for about in BLOCK_STYLES.values()}
        shapes = {ma: self.shape({"pStyle": ma}, None)[0] for ma in self.elements}
        text = {ma for ma, shape in shapes.items() if shape.align == "deu" and shape.first > 0}
        return frozenset(map(self._spaced_by, blocks | text)) - {""}

    def stretchable(self) -> tuple[str | int, ...]:
        """The part of the styles, parted at the space above the paragraphs of the text.

        That space stands between the texts, in twentieths of a point.
        """
        if self.root is None:
            return ()
        for spacing in (self._spacings[ma] for ma in self._stretched):
            before = value(spacing, "before", "0")
            spacing.set(f"{W}before", f"{_MARK}{before}{_MARK}")
        pieces = xml_bytes(self.root).decode().split(_MARK)
        for spacing in (self._spacings[ma] for ma in self._stretched):
            spacing.set(f"{W}before", value(spacing, "before").strip(_MARK))
        return tuple(int(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def fit_width(table: etree._Element, width: int) -> None:
    """Fit `table` to lines `width` long: one as wide as the text, or wider than it.

    Word takes widths from the cells, LibreOffice from the grid: both are set.
    """
    if next(table.iterancestors(f"{W}tbl"), None) is not None:
        return
    grid = table.find(f"{W}tblGrid")
    wide = table.find(f"{W}tblPr/{W}tblW")
    if grid is None or not len(grid):
        return
    columns = [number(c, "w") for c in grid]
    is_share = wide is not None and wide.get(f"{W}type") == "pct"
    share = number(wide, "w") / 5000 if is_share else 0
    wanted = round(width * share) if share else min(sum(columns), width)
    total = sum(columns) or 1
    fitted = [c * wanted // total for c in columns]
    fitted[-1] += wanted - sum(fitted)
    for column, size in zip(grid, fitted, strict=True):
        column.set(f"{W}w", str(size))
    for row in table.iterchildren(f"{W}tr"):
        at = 0
        for cell in row.iterchildren(f"{W}tc"):
            wide_cell = number(cell.find(f"{W}tcPr/{W}gridSpan"), "val", 1)
            size = sum(fitted[at : at + wide_cell])
            at += wide_cell
            of_cell = cell.find(f"{W}tcPr/{W}tcW")
            if of_cell is not None:
                of_cell.set(f"{W}w", str(size))
                of_cell.set(f"{W}type", "dxa")


def inner_width(cell: etree._Element) -> int:
    """The width of a line of text in `cell`."""
    table = next(cell.iterancestors(f"{W}tbl"))
    margins = f"{W}tblPr/{W}tblCellMar/{W}"
    taken = sum(number(table.find(f"{margins}{side}"), "w") for side in ("left", "right"))
    return number(cell.find(f"{W}tcPr/{W}tcW"), "w") - taken
