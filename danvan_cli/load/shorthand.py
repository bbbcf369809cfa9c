"""What a year's files may write for short: the year in deadlines, a level for all its kinds."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence as Items

from danvan_cli.nodes import Mapping, Node, Sequence, Text

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
    kinds = units.get(Text("loai")) if units is not None else None
    for name, kind in kinds.items() if isinstance(kinds, Mapping) else ():
        level = kind.get(Text("cap")) if isinstance(kind, Mapping) else None
        if isinstance(level, Text):
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
        return _condition(Sequence([value]), value, levels) if value in levels else value
    if isinstance(value, Mapping):
        kinds = value.get(Text("loai"))
        if kinds is None or isinstance(kinds, Mapping):
            return value
        named = kinds if isinstance(kinds, Sequence) else Sequence([kinds])
        made = Mapping({**value, Text("loai", kinds.place): _kinds(named, levels)})
        made.place = value.place
        return made
    spelt = Sequence(_spelt(one, levels) for one in value)
    spelt.place = value.place
    return spelt


def _condition(named: Sequence, at: Text, levels: Table[str, Items[str]]) -> Mapping:
    made = Mapping({Text("loai", at.place): _kinds(named, levels)})
    made.place = at.place
    return made


def _kinds(named: Sequence, levels: Table[str, Items[str]]) -> Sequence:
    made = Sequence()
    for name in named:
        if isinstance(name, Text) and name in levels:
            made.extend(Text(kind, name.place) for kind in levels[name])
        else:
            made.append(name)
    made.place = named[0].place if named else named.place
    return made
