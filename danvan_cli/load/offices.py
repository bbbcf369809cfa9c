"""The names of agencies at one place: the province's own words in them, and how they are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from danvan_cli.models.registers import Agency, Kind, Unit
from danvan_cli.nodes import Text
from danvan_cli.prose import Origin, filled
from danvan_cli.text import fold

_KIND = " {loai}"


def province_values(province: Unit, kind: Kind | None) -> dict[str, str]:
    """What the placeholders of a province stand for: `{tinh}`, `{loai_tinh}`, `{ten_tinh}`, ..."""
    name = str(province.ten)
    noun = str(kind.ten) if kind else ""
    # "thành phố Hồ Chí Minh" would else be said twice.
    whole = name if noun and fold(name).startswith(f"{fold(noun)} ") else f"{noun} {name}".strip()
    made = {"tinh": whole, "loai_tinh": noun, "ten_tinh": name}
    if kind is not None and kind.cap_uy:
        made["cap_uy_tinh"] = str(kind.cap_uy)
    return made


def with_names(
    agencies: Iterable[Agency], province: Unit, kinds: Mapping[Text, Kind]
) -> Iterator[Agency]:
    """`agencies` as they are called in `province`, each also under its name with the place's own.

    An office of the province is known with and without the province's noun and name, one of a
    commune with and without `{loai}`; a collective only as it is written.
    """
    kind = next((k for name, k in kinds.items() if name == province.loai), None)
    values = province_values(province, kind)
    own = str(kind.cap) if kind else ""
    local = {str(k.cap) for k in kinds.values()} - {own}
    for agency in agencies:
        ten = _filled(agency.ten, values)
        names = [_filled(name, values) for name in agency.ten_khac]
        if agency.tap_the is None and agency.cap == own:
            names += _of_province(ten, names, province, kind, values)
        elif agency.tap_the is None and agency.cap in local:
            names += _of_commune(ten, names)
        others = {fold(name): name for name in reversed(names) if fold(name) != fold(ten)}
        yield agency.model_copy(update={"ten": ten, "ten_khac": tuple(reversed(others.values()))})


def _filled(name: Text, values: Mapping[str, str]) -> Text:
    if "{" not in name:
        return name
    made = str(filled(name, values, Origin.CATALOGUE))
    return name if made == name else Text(made, name.place, raw=name)


def _of_province(
    ten: Text, names: list[Text], province: Unit, kind: Kind | None, values: Mapping[str, str]
) -> list[Text]:
    noun, party = values["loai_tinh"], values.get("cap_uy_tinh", "-")
    short = [str(kind.viet_tat)] if kind and kind.viet_tat else []
    named_short = [f"{s} {n}" for s in short for n in (province.ten, province.viet_tat) if n]
    tails = [noun, values["ten_tinh"], values["tinh"], *short, *named_short]
    made: list[Text] = []
    for name in (ten, *names):
        if name.endswith(party):
            made.append(Text(f"{name} {province.ten}", name.place))
        elif name is ten or name.endswith(f" {noun}"):
            bare = name.removesuffix(f" {noun}")
            made += [Text(f"{bare} {tail}", name.place) for tail in tails]
    return made


def _of_commune(ten: Text, names: list[Text]) -> list[Text]:
    made: list[Text] = []
    for name in (ten, *names):
        if name.endswith(_KIND):
            made.append(Text(name.removesuffix(_KIND), name.place))
        elif name is ten:
            made.append(Text(f"{name}{_KIND}", name.place))
    return made
