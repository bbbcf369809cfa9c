"""The widths of tables and cells of a template, on the page they stand on."""

from __future__ import annotations

from lxml import etree

from danvan_cli.word.names import W, number


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
