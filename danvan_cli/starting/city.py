"""A new city: a small catalogue that validates and renders; its units from a table of theirs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from danvan_cli.errors import ReadError, UsageError
from danvan_cli.load.units import ListedPlace, communes, provinces
from danvan_cli.text import did_you_mean, fold, nearest, slug, whole

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
            cells[_column(cell.get("r", ""), len(cells))] = _cell_text(cell, shared)
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


def _cell_text(cell: object, shared: list[str]) -> str:
    value = cell.find(f"{_NS}v")  # type: ignore[attr-defined]
    kind = cell.get("t")  # type: ignore[attr-defined]
    at = whole(value.text or "") if value is not None else None
    if kind == "s" and at is not None and at < len(shared):
        return shared[at]
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{_NS}t"))  # type: ignore[attr-defined]
    return (value.text or "") if value is not None else ""


_COLUMNS = {
    "ma": ("mã", "ma", "code"),
    "loai": ("loại", "loai", "cấp"),
    "ten": ("tên", "ten", "tên đơn vị"),
}
_PARTS = ("don_vi.yaml", "co_quan.yaml", "phap_ly.yaml", "danh_muc.yaml")


@dataclass(frozen=True)
class City:
    """The city to be started: in the country's list, or with units of its own."""

    province: ListedPlace
    known: bool
    units: tuple[ListedPlace, ...]
    """Its communes."""


def city_of(country: Path, kinds: dict[str, str], ma: str, name: str, table: Path | None) -> City:
    """The city meant by an id and a name with its kind; `kinds` are the kinds by printed name.

    Raises:
        UsageError: id and name are not of one province, or its units are not known.
        ReadError: the table cannot be read.
    """
    kind, own = _kind_and_name(name, kinds)
    listed = next((p for p in provinces(country) if p.ma == ma), None)
    same = next((p for p in provinces(country) if fold(p.ten) == fold(own)), None)
    if listed is not None and (same != listed or kind not in ("", listed.loai)):
        right = f"{_printed(listed.loai, kinds)} {listed.ten}"
        raise UsageError(f"'{ma}' là {right}, không phải '{name}'.", f'Gõ: {ma} "{right}".')
    if listed is None and same is not None:
        raise UsageError(f"{name} có mã '{same.ma}'.", f'Gõ: danvan new city {same.ma} "{name}".')
    units = tuple(_units(table, kinds)) if table is not None else ()
    if listed is not None:
        have = {(u.loai, fold(u.ten)) for u in communes(country, ma)}
        more = tuple(u for u in units if (u.loai, fold(u.ten)) not in have)
        return City(listed, known=True, units=more or ())
    if not units or not kind:
        names = [f"{_printed(p.loai, kinds)} {p.ten}" for p in provinces(country)]
        hint = did_you_mean(nearest(name, names, cutoff=0.5))
        raise UsageError(
            f"Cả nước không có '{name}' trong {len(names)} tỉnh, thành phố.{hint}",
            "Nơi chưa có trong danh sách thì ghi cả loại (tỉnh, thành phố) và thêm --don-vi BẢNG.",
        )
    return City(ListedPlace(ma, kind, own), known=False, units=units)


def _kind_and_name(name: str, kinds: dict[str, str]) -> tuple[str, str]:
    for printed, kind in kinds.items():
        if fold(name).startswith(f"{fold(printed)} "):
            return kind, name[len(printed) :].strip()
    return "", name.strip()


def _printed(kind: str, kinds: dict[str, str]) -> str:
    return next((printed for printed, known in kinds.items() if known == kind), kind)


def _units(table: Path, kinds: dict[str, str]) -> Iterator[ListedPlace]:
    """The units of a table (CSV, XLSX) with columns for kind and name, in any order."""
    rows = list(_rows(table))
    head = next((i for i, row in enumerate(rows) if {"loai", "ten"} <= set(_columns(row))), None)
    if head is None:
        raise ReadError(table, "không thấy cột 'loại' và cột 'tên'.", "Ghi tên cột ở dòng đầu.")
    at = _columns(rows[head])
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {name: row[i].strip() if i < len(row) else "" for name, i in at.items()}
        if not cells["ten"]:
            continue
        kind = next((k for p, k in kinds.items() if fold(cells["loai"]) in (fold(p), k)), None)
        if kind is None:
            known = ", ".join(kinds)
            raise ReadError(table, f"dòng {number} có loại '{cells['loai']}'.", f"Nhận: {known}.")
        if not slug(cells["ten"]):
            raise ReadError(
                table,
                f"dòng {number}: tên '{cells['ten']}' không có chữ cái nào.",
                "Ghi tên của đơn vị.",
            )
        yield ListedPlace(cells.get("ma") or slug(cells["ten"]), kind, cells["ten"])


def _columns(row: Sequence[str]) -> dict[str, int]:
    made: dict[str, int] = {}
    for index, cell in enumerate(row):
        name = next((n for n, names in _COLUMNS.items() if fold(cell) in names), None)
        if name is not None:
            made.setdefault(name, index)
    return made


def _rows(table: Path) -> Iterable[list[str]]:
    try:
        data = table.read_bytes()
    except OSError:
        raise ReadError(
            table, "không đọc được tệp này.", "Kiểm tra đường dẫn sau --don-vi."
        ) from None
    if table.suffix.lower() == ".xlsx":
        return sheet_rows(table, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(table, "tệp không phải UTF-8.", "Lưu lại dạng CSV UTF-8.") from None
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=mark))


def city_files(city: City, kinds: dict[str, str], year: str) -> dict[str, str]:
    """The files of the new catalogue by their path below the city's folder."""
    noun = _printed(city.province.loai, kinds)
    full = (
        city.province.ten
        if fold(city.province.ten).startswith(fold(noun))
        else f"{noun} {city.province.ten}"
    )
    values = {
        "ten": full,
        "loai": noun,
        "ma": city.province.ma,
        "nam": year,
        "tinh": city.province.ma
        if city.known
        else f"{{ma: {city.province.ma}, ten: {city.province.ten}, loai: {city.province.loai}}}",
        "don_vi": _listed(city.units, city.province.ma),
    }
    return {
        (f"{year}/{name}" if name == "danh_muc.yaml" else name): _filled(name, values)
        for name in _PARTS
    }


def _filled(name: str, values: dict[str, str]) -> str:
    template = Template((files("danvan_cli.starting") / "mau" / name).read_text(encoding="utf-8"))
    return template.substitute(values)


def _listed(units: Iterable[ListedPlace], province: str) -> str:
    taken = {province}
    lines = []
    for unit in units:
        kind = unit.loai.replace("_", "-")
        tries = (unit.ma, f"{unit.ma}-{kind}", *(f"{unit.ma}-{n}" for n in range(2, 1000)))
        ma = next(one for one in tries if one not in taken)
        taken.add(ma)
        lines.append(f'  - {{ma: {ma}, ten: "{unit.ten}", loai: {unit.loai}}}')
    if not lines:
        return "# don_vi: chỉ ghi đơn vị chưa có trong danh sách của cả nước."
    return "\n".join(["don_vi:", *lines])
