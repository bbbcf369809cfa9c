"""What a year's files may write for short: the year in deadlines, a level for all its kinds."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence as Items

from danvan_cli.nodes import Mapping, Node, Sequence, Text, child, text_at

YEAR = "{nam}"
_CONDITIONS = ("khi", "ap_dung")


def put_year(node: Node | None, year: Text) -> None:
    """The year in every deadline of `node` that leaves room for it: "Quý I/{nam}"."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "thoi_gian" and isinstance(value, Text):
                if YEAR in value:
                    node[key] = Text(value.replace(YEAR, year), value.place, raw=value)
            else:
                put_year(value, year)
    elif isinstance(node, Sequence):
        for value in node:
            put_year(value, year)


def levels_of(units: Mapping | None) -> dict[str, list[str]]:
    """The kinds of unit of each level, as the units' files say."""
    made: dict[str, list[str]] = {}
    kinds = child(units, "loai")
    for name, kind in kinds.items() if isinstance(kinds, Mapping) else ():
        if (level := text_at(kind, "cap")) is not None:
            made.setdefault(str(level), []).append(str(name))
    return made


def spell_levels(node: Node | None, levels: Table[str, Items[str]]) -> None:
    """Every condition of `node` with the kinds themselves where it names a level."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in _CONDITIONS:
                node[key] = _spelt(value, levels)
            else:
                spell_levels(value, levels)
    elif isinstance(node, Sequence):
        for value in node:
            spell_levels(value, levels)


def _spelt(value: Node, levels: Table[str, Items[str]]) -> Node:
    if isinstance(value, Text):
        if value not in levels:
            return value
        every = _kinds(Sequence([value]), levels)
        return Mapping({Text("loai", value.place): every}, value.place)
    if isinstance(value, Mapping):
        kinds = child(value, "loai")
        if kinds is None or isinstance(kinds, Mapping):
            return value
        named = kinds if isinstance(kinds, Sequence) else Sequence([kinds])
        spelt = {**value, Text("loai", kinds.place): _kinds(named, levels)}
        return Mapping(spelt, value.place)
    return Sequence((_spelt(one, levels) for one in value), value.place)


def _kinds(named: Sequence, levels: Table[str, Items[str]]) -> Sequence:
    made = Sequence(place=named[0].place if named else named.place)
    for name in named:
        if isinstance(name, Text) and name in levels:
            made.extend(Text(kind, name.place) for kind in levels[name])
        else:
            made.append(name)
    return made
