"""The rows of a Word table and how wide they are."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from danvan_cli.word.names import W


def rows_of(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each row of `table` with the number of grid columns it covers."""
    for row in table.iterchildren(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        width = sum(_value(properties, name) for name in ("gridBefore", "gridAfter"))
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                width += _value(cell.find(f"{W}tcPr"), "gridSpan") or 1
        yield row, width


def _value(properties: etree._Element | None, name: str) -> int:
    element = None if properties is None else properties.find(f"{W}{name}")
    value = "" if element is None else element.get(f"{W}val", "")
    return int(value) if value.isdecimal() else 0
