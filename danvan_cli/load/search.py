"""Units by name over the whole country, and which city's catalogue a name asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.load.bounded import bytes_or_none
from danvan_cli.load.folders import cities_of, country_below, country_of, newest_year
from danvan_cli.load.units import KINDS, ListedPlace, communes, listed, provinces
from danvan_cli.nodes import Mapping, Node, child, mappings
from danvan_cli.text import fold, same_name

_SHOWN = 8


@dataclass(frozen=True)
class FoundUnit:
    """A unit with its province, as found by a name."""

    province: ListedPlace
    unit: ListedPlace
    kinds: dict[str, str]

    @property
    def code(self) -> str:
        """How it is written where its name alone says too little: `tinh/xa`."""
        return f"{self.province.ma}/{self.unit.ma}"

    def printed(self) -> str:
        """The unit and its province with their kinds."""
        return f"{_full(self.unit, self.kinds)}, {_full(self.province, self.kinds)}"


@dataclass(frozen=True)
class Uncatalogued:
    """A province of the country's list that no catalogue at hand is of, and a year."""

    country: Path
    province: str
    year: str


class AmbiguousError(UsageError):
    """A name that means units of several places; `choices` are the names that tell them apart.

    `meant` is a province of them where none of them has a catalogue.
    """

    def __init__(
        self, name: str, found: list[FoundUnit], meant: Uncatalogued | None = None
    ) -> None:
        self.meant = meant
        self.choices = tuple(f"'{n.code}' ({n.printed()})" for n in found)
        many = f"{len(found)} nơi chưa có danh mục" if meant is not None else "nhiều nơi"
        more = ", …" if len(found) > _SHOWN else ""
        shown = ", ".join(self.choices[:_SHOWN])
        super().__init__(f"'{name}' có ở {many}.", f"Chọn một: {shown}{more}.")


def split_name(name: str) -> tuple[str, str]:
    """The province and the unit of `tinh/xa` or `xã X, tỉnh Y`.

    The province is empty where only a unit is named.
    """
    if "/" in name:
        where, own = name.split("/", 1)
        return where.strip(), own.strip()
    own, _, where = name.rpartition(", ")
    return (where.strip(), own.strip()) if own else ("", name.strip())


def means(name: str, ma: str, ten: str, kind: str) -> bool:
    """Whether `name` is the unit's id, name, or kind and name; with or without diacritics."""
    return name == ma or same_name(name, ten) or same_name(name, f"{kind} {ten}")


def named_units(country: Path, name: str) -> tuple[FoundUnit, ...]:
    """Every commune of the country that `name` may mean; those written just so, if there are any."""
    where, own = split_name(name)
    kinds = unit_kinds(country)
    found = [
        FoundUnit(province, unit, kinds)
        for province in provinces(country)
        if not where or means(where, province.ma, province.ten, kinds.get(province.loai, ""))
        for unit in communes(country, province.ma)
        if means(own, unit.ma, unit.ten, kinds.get(unit.loai, ""))
    ]
    exact = [f for f in found if fold(own) in (fold(f.unit.ten), fold(_full(f.unit, kinds)))]
    return tuple(exact or found)


def whose(root: Path, name: str) -> Path | Uncatalogued:
    """The folder of the city below `root` whose unit `name` means.

    A unit of none of them is looked for in the country's list: its province is named then.

    Raises:
        ReadError: there is no catalogue at `root`.
        UsageError: nobody has it, or several have.
    """
    cities = cities_of(root)
    found = [(city, named) for city in cities for named in _in_city(city, name)]
    if len({city for city, _ in found}) == 1:
        return found[0][0]
    if found:
        raise AmbiguousError(name, [named for _, named in found])
    country = country_below(root)
    others = _uncatalogued(country, name, cities)
    if others:
        meant = Uncatalogued(country, others[0].province.ma, newest_year(root))
        if any(other.province != others[0].province for other in others):
            raise AmbiguousError(name, others, meant)
        return meant
    if len(cities) == 1:
        return cities[0]  # who reads it knows the nearest names
    known = ", ".join(city.name for city in cities)
    raise UsageError(
        f"Không có đơn vị '{name}' trong các danh mục ở đây ({known}).", "Kiểm tra lại tên."
    )


def _uncatalogued(country: Path, name: str, cities: Iterable[Path]) -> list[FoundUnit]:
    """The communes that `name` may mean, or else the province, where no city of `cities` is meant."""
    have = {city.name for city in cities}
    found = [n for n in named_units(country, name) if n.province.ma not in have]
    if found:
        return found
    kinds = unit_kinds(country)
    return [
        FoundUnit(p, p, kinds)
        for p in provinces(country)
        if p.ma not in have and means(name, p.ma, p.ten, kinds.get(p.loai, ""))
    ]


def elsewhere(country: Path, name: str) -> str:
    """In which province without a catalogue a unit of this name is; nothing where it is nowhere."""
    found = named_units(country, name)
    places = {n.province.ma: n for n in found}
    if len(places) > 1:
        names = ", ".join(_full(n.province, n.kinds) for n in list(places.values())[:_SHOWN])
        more = ", …" if len(places) > _SHOWN else ""
        return f"Có ở {len(places)} nơi khác: {names}{more}."
    if places:
        (one,) = places.values()
        return f"Có ở {_full(one.province, one.kinds)}: {one.code}."
    return ""


def _in_city(city: Path, name: str) -> Iterable[FoundUnit]:
    country = country_of(city)
    kinds = unit_kinds(country) | unit_kinds(city)
    where, own = split_name(name)
    province = next(
        (p for p in provinces(country) if p.ma == city.name), ListedPlace(city.name, "", city.name)
    )
    if where and not means(where, province.ma, province.ten, kinds.get(province.loai, "")):
        return ()
    units = (province, *communes(country, city.name), *_own_units(city))
    found = [
        FoundUnit(province, u, kinds)
        for u in units
        if means(own, u.ma, u.ten, kinds.get(u.loai, ""))
    ]
    return [
        n for n in found if fold(own) in (fold(n.unit.ten), fold(_full(n.unit, kinds)))
    ] or found


def _own_units(city: Path) -> Iterable[ListedPlace]:
    """The units a city lists itself."""
    for entry in mappings(child(_units_file(city), "don_vi")):
        ma, loai, ten = (str(child(entry, key) or "") for key in ("ma", "loai", "ten"))
        yield ListedPlace(ma, loai, ten)


@lru_cache(maxsize=8)
def unit_kinds(layer: Path) -> dict[str, str]:
    """The kinds of unit that a layer, the country or a city, names, and what they are called."""
    if (layer / KINDS).is_file():
        return {kind.ma: kind.ten for kind in listed(layer / KINDS)}
    kinds = child(_units_file(layer), "loai")
    return {
        str(name): str(printed)
        for name, kind in (kinds.items() if isinstance(kinds, Mapping) else ())
        if (printed := child(kind, "ten")) is not None
    }


def _units_file(layer: Path) -> Node | None:
    """What a layer says of units and their kinds; nothing where it has no such file."""
    path = layer / "don_vi.yaml"
    if not path.is_file():
        return None
    from danvan_cli.load.source import read_yaml  # a command that found its unit needs no YAML

    return read_yaml(bytes_or_none(path).decode("utf-8", "replace"), path.name)[0]


def _full(unit: ListedPlace, kinds: dict[str, str]) -> str:
    kind = kinds.get(unit.loai, "")
    return unit.ten if fold(unit.ten).startswith(f"{fold(kind)} ") else f"{kind} {unit.ten}".strip()
