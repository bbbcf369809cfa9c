"""The lists of kinds of unit, provinces and communes: a line for each, read as entries of YAML.

`loai_don_vi.csv` has the keys of a kind; `tinh.csv` has `ma,loai,ten,ten_nguoi`;
`don_vi/<ma of the province>.csv` has `loai,ten,ma,ten_nguoi`, where an empty `ma` is the name
without diacritics. A cell with a comma stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from danvan_cli.findings import Finding, Place
from danvan_cli.load.bounded import file_bytes
from danvan_cli.load.folders import LAYER_NAMES, shown_path
from danvan_cli.nodes import Mapping, Sequence, SourceText, Text, child, mappings, text_at
from danvan_cli.problems import wrong_value
from danvan_cli.text import nearest, nfc, slug

KINDS = "loai_don_vi.csv"
PROVINCES = "tinh.csv"
COMMUNES = "don_vi"
_CELL = re.compile(r'(?:^|,)("[^"]*"|[^,]*)')


@dataclass(frozen=True)
class ListedPlace:
    """A province or a commune of the lists."""

    ma: str
    loai: str
    ten: str
    ten_nguoi: bool = False
    """Whether it bears the name of a person."""


def list_entries(path: Path, shown: str) -> tuple[Sequence, tuple[Finding, ...]]:
    """The lines of a list as mappings, every value with its place, with the faults of form."""
    made = Sequence(place=Place(shown, 1, 1))
    from danvan_cli.load.source import read_bytes  # names alone are found without it

    text, findings = read_bytes(path, shown)
    if text is None:
        return made, findings
    source = SourceText.of(shown, nfc(text), LAYER_NAMES[0])
    head, *lines = source.text.rstrip("\n").split("\n")
    names = head.split(",")
    faults = list(findings)
    for number, line in enumerate(lines, start=2):
        values = _cells(line)
        if len(values) > len(names) or not line.strip():
            message = f"Dòng này có {len(values)} ô, danh sách có {len(names)} cột ({head})."
            faults.append(wrong_value(Place(shown, number, 1), "dong", message))
            continue
        made.append(_entry(names, values, source, number))
    return made, tuple(faults)


def _cells(line: str) -> list[str]:
    return _CELL.findall(line) if '"' in line else line.split(",")


def _entry(names: list[str], values: list[str], source: SourceText, number: int) -> Mapping:
    entry = Mapping(place=Place(source.path, number, 1))
    at = source.starts[number - 1]
    for name, value in zip(names, values, strict=False):
        if value:
            quoted = int(value[0] == '"')
            first, end = at + quoted, at + len(value) - quoted
            place = source.place(first)
            entry[Text(name, place)] = Text(source.text[first:end], place, source, first, end)
        at += len(value) + 1
    if "ma" not in entry and "ten" in entry:
        named = entry["ten"]  # type: ignore[index]
        entry[Text("ma", named.place)] = Text(slug(str(named)), named.place)
    return entry


def kinds_below(country: Path) -> tuple[Mapping, tuple[Finding, ...]]:
    """The country's kinds of unit as its `don_vi.yaml` would give them, with the faults of form."""
    path = country / KINDS
    entries, faults = list_entries(path, shown_path(path))
    kinds = Mapping(place=entries.place)
    for entry in mappings(entries):
        ma = entry.pop(Text("ma"), None)
        if isinstance(ma, Text):
            kinds[ma] = entry
    return Mapping({Text("loai", entries.place): kinds}), faults


@lru_cache(maxsize=4)
def list_faults(country: Path, kinds: tuple[str, ...]) -> tuple[Finding, ...]:
    """What is wrong in the country's lists: form, kinds that are not, ids given twice."""
    made: list[Finding] = []
    for path in (country / PROVINCES, *sorted((country / COMMUNES).glob("*.csv"))):
        if not path.is_file():
            continue
        units, faults = list_entries(path, shown_path(path))
        made += faults
        lines: dict[Text, int] = {}
        for unit in mappings(units):
            made += _unit_faults(unit, kinds, lines)
    return tuple(made)


def _unit_faults(
    unit: Mapping, kinds: tuple[str, ...], lines: dict[Text, int]
) -> Iterator[Finding]:
    kind, ma = (text_at(unit, key) or Text("") for key in ("loai", "ma"))
    if kind not in kinds:
        message = f"Không có loại đơn vị '{kind}'. Nhận: {', '.join(kinds)}."
        yield wrong_value(unit.place, "loai", message)
    if not ma:
        yield wrong_value(unit.place, "ten", "Dòng này thiếu tên đơn vị.")
    elif ma in lines:
        message = f"Mã '{ma}' đã có ở dòng {lines[ma]}. Ghi mã khác ở cột ma."
        yield wrong_value(unit.place, "ma", message)
    lines.setdefault(ma, unit.place.line)


@lru_cache(maxsize=64)
def listed(path: Path) -> tuple[ListedPlace, ...]:
    """The units of a list by id, kind and name; none where it cannot be read."""
    try:
        lines = nfc(file_bytes(path).decode("utf-8-sig")).split("\n")
    except (OSError, UnicodeDecodeError):
        return ()
    names = lines[0].split(",")
    rows = (dict(zip(names, _cells(line), strict=False)) for line in lines[1:])
    return tuple(
        ListedPlace(
            row.get("ma") or slug(row["ten"]),
            row.get("loai", ""),
            row["ten"],
            bool(row.get("ten_nguoi")),
        )
        for row in rows
        if row.get("ten")
    )


def provinces(country: Path) -> tuple[ListedPlace, ...]:
    """The provinces and cities of the country in the folder `country`."""
    return listed(country / PROVINCES)


def communes(country: Path, province: str) -> tuple[ListedPlace, ...]:
    """The communes of a province."""
    return listed(country / COMMUNES / f"{province}.csv")


class ProvinceLists:
    """What the country's lists give a city: its province, its communes."""

    def __init__(self, country: Path, ma: str, city: Mapping | None) -> None:
        own = child(city, "tinh") or Text(ma)
        given = own if isinstance(own, Mapping) else Mapping({Text("ma"): own})
        wanted = child(given, "ma")
        listed, self.findings = list_entries(country / PROVINCES, shown_path(country / PROVINCES))
        known = {str(child(entry, "ma")): entry for entry in mappings(listed)}
        found = known.get(str(wanted))
        if found is None and isinstance(wanted, Text) and not child(given, "ten"):
            near = nearest(wanted, known)
            hint = f" Có phải '{near}'?" if near else ""
            message = (
                f"Cả nước không có tỉnh, thành phố '{wanted}'.{hint} "
                f"Nơi chưa có trong danh sách thì ghi cả 'loai' và 'ten'."
            )
            self.findings += (wrong_value(wanted.place, "tinh", message, wanted),)
            found = known.get(near or "")
        self.below: Mapping | None = None
        self.known = found is not None
        if found is None:
            return
        place = given.place if city is not None else found.place
        province = Mapping({**found, **given}, place)
        self.below = Mapping({Text("tinh", province.place): province})
        path = country / COMMUNES / f"{child(found, 'ma')}.csv"
        if path.is_file():
            units, faults = list_entries(path, shown_path(path))
            self.findings += faults
            self.below[Text("don_vi", units.place)] = units

    def without(self, node: Mapping | None) -> Mapping | None:
        """`node` less the province, which `below` has."""
        if node is None or not self.known:
            return node
        return Mapping({k: v for k, v in node.items() if k != "tinh"}, node.place)
