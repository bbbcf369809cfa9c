"""The first sheet of a workbook (.xlsx) as rows of text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from danvan_cli.errors import ReadError
from danvan_cli.text import whole

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LARGEST = 20_000_000
_CELL = re.compile(r"([A-Z]+)\d+")


def sheet_rows(path: Path, data: bytes) -> list[list[str]]:
    """The rows of the first sheet; cells that are not there are empty.

    Raises:
        ReadError: it is no workbook, or too large a one.
    """
    from lxml import etree  # only a workbook needs it

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _LARGEST:
                raise ReadError(path, "bảng tính quá lớn.", "Lưu riêng danh sách đơn vị dạng CSV.")
            names = set(package.namelist())
            shared: list[str] = []
            if "xl/sharedStrings.xml" in names:
                root = etree.fromstring(package.read("xl/sharedStrings.xml"), parser)
                shared = ["".join(t.text or "" for t in si.iter(f"{_NS}t")) for si in root]
            first = min(n for n in names if n.startswith("xl/worksheets/sheet"))
            sheet = etree.fromstring(package.read(first), parser)
    except (zipfile.BadZipFile, ValueError, KeyError, etree.XMLSyntaxError):
        raise ReadError(
            path, "không phải bảng tính Excel (.xlsx).", "Lưu lại dạng .xlsx hoặc CSV."
        ) from None
    rows: list[list[str]] = []
    for row in sheet.iter(f"{_NS}row"):
        cells: dict[int, str] = {}
        for cell in row.iter(f"{_NS}c"):
            cells[_column(cell.get("r", ""), len(cells))] = _said(cell, shared)
        rows.append([cells.get(i, "") for i in range(max(cells, default=-1) + 1)])
    return rows


def _column(reference: str, fallback: int) -> int:
    found = _CELL.match(reference)
    if found is None:
        return fallback
    made = 0
    for letter in found[1]:
        made = made * 26 + ord(letter) - ord("A") + 1
    return min(made - 1, 500)


def _said(cell: object, shared: list[str]) -> str:
    value = cell.find(f"{_NS}v")  # type: ignore[attr-defined]
    kind = cell.get("t")  # type: ignore[attr-defined]
    at = whole(value.text or "") if value is not None else None
    if kind == "s" and at is not None and at < len(shared):
        return shared[at]
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{_NS}t"))  # type: ignore[attr-defined]
    return (value.text or "") if value is not None else ""
