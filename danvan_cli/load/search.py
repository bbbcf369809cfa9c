"""Units by name over the whole country, and which city's catalogue a name asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.load.bounded import file_bytes
from danvan_cli.load.folders import cities_of, country_below, country_of
from danvan_cli.load.units import ListedPlace, communes, provinces
from danvan_cli.nodes import Mapping, Sequence, Text
from danvan_cli.text import fold, slug

_SHOWN = 8


@dataclass(frozen=True)
class FoundUnit:
    """A unit with its province, as found by a name."""

    province: ListedPlace
    unit: ListedPlace
    kinds: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """How it is written where its name alone says too little: `hai-phong/an-lao`."""
        return f"{self.province.ma}/{self.unit.ma}"

    def printed(self) -> str:
        """The unit and its province with their kinds."""
        return f"{_full(self.unit, self.kinds)}, {_full(self.province, self.kinds)}"


def split_name(name: str) -> tuple[str, str]:
    """The province and the unit of `hai-phong/an-lao` or `xã An Lão, thành phố Hải Phòng`.

    The province is empty where only a unit is named.
    """
    if "/" in name:
        where, own = name.split("/", 1)
        return where.strip(), own.strip()
    own, _, where = name.rpartition(", ")
    return (where.strip(), own.strip()) if own else ("", name.strip())


def means(name: str, ma: str, ten: str, kind: str) -> bool:
    """Whether `name` is the unit's id, name, or kind and name; with or without diacritics."""
    return name == ma or slug(name) in (slug(ten), slug(f"{kind} {ten}"))


def named_units(country: Path, name: str) -> tuple[FoundUnit, ...]:
    """Every commune of the country that `name` may mean; those written just so, if there are any."""
    where, own = split_name(name)
    kinds = unit_kinds(country)
    found = [
        FoundUnit(province, unit, kinds)
        for province in provinces(country)
        if not where or means(where, province.ma, province.ten, dict(kinds).get(province.loai, ""))
        for unit in communes(country, province.ma)
        if means(own, unit.ma, unit.ten, dict(kinds).get(unit.loai, ""))
    ]
    exact = [f for f in found if fold(own) in (fold(f.unit.ten), fold(_full(f.unit, kinds)))]
    return tuple(exact or found)


def city_for(root: Path, name: str) -> Path:
    """The folder of the city below `root` whose unit `name` means.

    Raises:
        ReadError: there is no catalogue at `root`.
        UsageError: no city there has it, or several have.
    """
    cities = cities_of(root)
    if len(cities) == 1:
        return cities[0]
    found = [(city, named) for city in cities for named in _in_city(city, name)]
    if len({city for city, _ in found}) == 1:
        return found[0][0]
    if found:
        choices = ", ".join(f"'{n.code}' ({n.printed()})" for _, n in found[:_SHOWN])
        raise UsageError(f"'{name}' có ở nhiều nơi.", f"Chọn một: {choices}.")
    known = ", ".join(city.name for city in cities)
    raise UsageError(
        f"Không có đơn vị '{name}' trong các danh mục ở đây ({known}).",
        elsewhere(country_below(root), name) or "Kiểm tra lại tên.",
    )


def elsewhere(country: Path, name: str) -> str:
    """Where in the country a unit of this name is, and how to start a catalogue there; or nothing."""
    found = named_units(country, name)
    places = {n.province.ma: n for n in found}
    if len(places) > 1:
        names = ", ".join(_full(n.province, n.kinds) for n in list(places.values())[:_SHOWN])
        more = ", …" if len(places) > _SHOWN else ""
        return f"Có ở {len(places)} nơi chưa có danh mục: {names}{more}."
    if places:
        (one,) = places.values()
        place = _full(one.province, one.kinds)
        return f'Có ở {place}, nơi chưa có danh mục. Bắt đầu: danvan new city {one.province.ma} "{place}".'
    return ""


def _in_city(city: Path, name: str) -> Iterable[FoundUnit]:
    country = country_of(city)
    kinds = unit_kinds(country)
    where, own = split_name(name)
    province = next(
        (p for p in provinces(country) if p.ma == city.name), ListedPlace(city.name, "", city.name)
    )
    if where and not means(where, province.ma, province.ten, dict(kinds).get(province.loai, "")):
        return ()
    units = (province, *communes(country, city.name), *_own_units(city))
    found = [
        FoundUnit(province, u, kinds)
        for u in units
        if means(own, u.ma, u.ten, dict(kinds).get(u.loai, ""))
    ]
    return [
        n for n in found if fold(own) in (fold(n.unit.ten), fold(_full(n.unit, kinds)))
    ] or found


def _own_units(city: Path) -> Iterable[ListedPlace]:
    """The units a city lists itself."""
    path = city / "don_vi.yaml"
    if not path.is_file():
        return
    from danvan_cli.load.source import read_yaml  # a command that found its unit needs no YAML

    node, _ = read_yaml(file_bytes(path).decode("utf-8", "replace"), path.name)
    listed = node.get(Text("don_vi")) if isinstance(node, Mapping) else None
    for entry in listed if isinstance(listed, Sequence) else ():
        if isinstance(entry, Mapping):
            ma, loai, ten = (str(entry.get(Text(key), "")) for key in ("ma", "loai", "ten"))
            yield ListedPlace(ma, loai, ten)


@lru_cache(maxsize=8)
def unit_kinds(country: Path) -> tuple[tuple[str, str], ...]:
    """The kinds of unit of the country and what they are called."""
    path = country / "don_vi.yaml"
    if not path.is_file():
        return ()
    from danvan_cli.load.source import read_yaml  # a command that found its unit needs no YAML

    node, _ = read_yaml(file_bytes(path).decode("utf-8", "replace"), path.name)
    kinds = node.get(Text("loai")) if isinstance(node, Mapping) else None
    pairs = kinds.items() if isinstance(kinds, Mapping) else ()
    return tuple(
        (str(name), str(kind.get(Text("ten"), "")))
        for name, kind in pairs
        if isinstance(kind, Mapping)
    )


def _full(unit: ListedPlace, kinds: Iterable[tuple[str, str]]) -> str:
    kind = dict(kinds).get(unit.loai, "")
    return unit.ten if fold(unit.ten).startswith(f"{fold(kind)} ") else f"{kind} {unit.ten}".strip()
