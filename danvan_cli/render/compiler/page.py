"""What the pages of a template look like: its styles, the widths of tables and cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from danvan_cli.word.names import W, number

_USUAL_SIZE = 20


@dataclass(frozen=True)
class TemplateStyles:
    """The styles of the part `root`, None where the template has none."""

    root: etree._Element | None

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        """Every style by its id."""
        found = () if self.root is None else self.root.iter(f"{W}style")
        return {style.get(f"{W}styleId", ""): style for style in found}

    @cached_property
    def ids(self) -> dict[tuple[str, str], str]:
        """Ids by kind (`paragraph`, `character`, `table`) and name in small letters."""
        return {
            (style.get(f"{W}type", "paragraph"), _value(style.find(f"{W}name")).lower()): ma
            for ma, style in self.by_id.items()
        }

    def paragraph(self, name: str) -> str:
        """The id of the paragraph style `name`, "" where there is none."""
        return self.ids.get(("paragraph", name.lower()), "")

    def character(self, name: str) -> str:
        """The id of the character style `name`, "" where there is none."""
        return self.ids.get(("character", name.lower()), "")

    def name(self, ma: str) -> str:
        """The name of the style with this id."""
        style = self.by_id.get(ma)
        return "" if style is None else _value(style.find(f"{W}name"))

    def size_and_bold(self, paragraph: etree._Element) -> tuple[int, bool]:
        """The size in half points and the weight of the first words of `paragraph`."""
        own = paragraph.find(f"{W}r/{W}rPr")
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default()
        looks = [] if own is None else [own]
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            found = self.by_id.get(style)
            if found is None:
                break
            look = found.find(f"{W}rPr")
            looks += [] if look is None else [look]
            style = _value(found.find(f"{W}basedOn"))
        if self.root is not None:
            usual = self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            looks += [] if usual is None else [usual]
        sizes = [e for look in looks for e in look.findall(f"{W}sz")]
        weights = [e for look in looks for e in look.findall(f"{W}b")]
        size = number(sizes[0], "val", _USUAL_SIZE) if sizes else _USUAL_SIZE
        return size, bool(weights) and _value(weights[0]) not in ("0", "false", "off")

    def _default(self) -> str:
        return next(
            (
                ma
                for ma, style in self.by_id.items()
                if style.get(f"{W}default") in ("1", "true")
                and style.get(f"{W}type") == "paragraph"
            ),
            "",
        )


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


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
    share = number(wide, "w") / 5000 if _is_share(wide) and wide is not None else 0
    wanted = round(width * share) if share else min(sum(columns), width)
    total = sum(columns) or 1
    fitted = [c * wanted // total for c in columns]
    fitted[-1] += wanted - sum(fitted)
    for column, size in zip(grid, fitted, strict=True):
        column.set(f"{W}w", str(size))
    for row in table.iterchildren(f"{W}tr"):
        at = 0
        for cell in row.iterchildren(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide_cell = number(span, "val", 1) if span is not None else 1
            size = sum(fitted[at : at + wide_cell])
            at += wide_cell
            of_cell = cell.find(f"{W}tcPr/{W}tcW")
            if of_cell is not None:
                of_cell.set(f"{W}w", str(size))
                of_cell.set(f"{W}type", "dxa")


def _is_share(wide: etree._Element | None) -> bool:
    return wide is not None and wide.get(f"{W}type") == "pct"


def inner_width(cell: etree._Element) -> int:
    """The width of a line of text in `cell`."""
    wide = cell.find(f"{W}tcPr/{W}tcW")
    table = next(cell.iterancestors(f"{W}tbl"))
    margins = sum(
        number(m, "w")
        for side in ("left", "right")
        if (m := table.find(f"{W}tblPr/{W}tblCellMar/{W}{side}")) is not None
    )
    return (number(wide, "w") if wide is not None else 0) - margins
