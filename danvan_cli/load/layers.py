"""Nodes before they are models: layers laid over each other, and what a file may write for short.

The layers of one kind of file are the country's, the city's, the year's.

A layer adds what the ones below do not have. What they have it changes under `sua` and takes out
under `bo`; anything else that meets an id or a key below is a finding (DV116), and so is a change
that changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from collections.abc import Sequence as Items

from danvan_cli.findings import Finding, Place
from danvan_cli.nodes import Mapping, Node, Sequence, Text, child, mappings, text_at, texts_in
from danvan_cli.text import nearest

CODE = "DV116"
CHANGE, REMOVE = "sua", "bo"


def stacked(layers: Iterable[Mapping]) -> tuple[Mapping | None, tuple[Finding, ...]]:
    """`layers`, the lowest first, as one mapping, with what is wrong in how they lie.

    Every text keeps the place it was written at; None where there is no layer.
    """
    made: Mapping | None = None
    findings: list[Finding] = []
    for layer in layers:
        low = made if made is not None else Mapping()
        added = _only(layer, lambda key: key not in (CHANGE, REMOVE))
        made = _removed(low, _part(layer, REMOVE), findings)
        made = _changed(made, _part(layer, CHANGE), "", findings)
        made = _added(made, added, "", findings)
        made.place = layer.place
    return made, tuple(findings)


def one_layer(nodes: Iterable[Mapping]) -> Mapping | None:
    """Several files of one layer as one; what is no list of entries stands in the last."""
    made: Mapping | None = None
    for node in nodes:
        if made is None:
            made = _copy(node)
            continue
        for key, value in node.items():
            below = made.get(key)
            if isinstance(below, Sequence) and isinstance(value, Sequence):
                made[key] = Sequence([*below, *value], below.place)
            else:
                made[key] = value
    return made


def without_taken(laid: Mapping, taken: Iterable[Text]) -> tuple[Mapping, list[Finding]]:
    """The laid register of agencies less what its maps say of those that a layer took out.

    DV116 where the map gives one of them the work of others: who does it now has to be said.
    """
    known = {_id(agency) for agency in mappings(child(laid, "co_quan"))}
    gone = {name: name for name in taken if name not in known}
    maps = child(laid, "anh_xa")
    if not gone or not isinstance(maps, Mapping):
        return laid, []
    left = Mapping(place=maps.place)
    orphans: dict[Text, list[str]] = {}
    for kind, given in maps.items():
        kept = left[kind] = Mapping(place=given.place)
        for key, target in given.items() if isinstance(given, Mapping) else ():
            lost = next((gone[name] for name in texts_in(target) if name in gone), None)
            if key not in gone and lost is not None:
                orphans.setdefault(lost, []).append(str(key))
            elif key not in gone:
                kept[key] = target
    made = _copy(laid)
    _put(made, Text("anh_xa", maps.place), left)
    return made, [_orphaned(name, dict.fromkeys(keys)) for name, keys in orphans.items()]


def _orphaned(name: Text, keys: Iterable[str]) -> Finding:
    message = (
        f"Bỏ '{name}' thì việc của {', '.join(keys)} không còn ai làm ở đơn vị. "
        f"Ghi cơ quan làm thay ở 'anh_xa' trong '{CHANGE}'."
    )
    return _finding(name.place, message, f"{REMOVE}.co_quan", str(name))


def _part(layer: Mapping, key: str) -> Mapping:
    part = child(layer, key)
    return part if isinstance(part, Mapping) else Mapping()


def _only(mapping: Mapping, wanted: Callable[[Text], object]) -> Mapping:
    return Mapping({k: v for k, v in mapping.items() if wanted(k)}, mapping.place)


def _copy(mapping: Mapping) -> Mapping:
    return Mapping(mapping, mapping.place)


def _put(mapping: Mapping, key: Text, value: Node) -> None:
    """`value` at `key`, which keeps the place of the later layer."""
    order = list(mapping.items())
    mapping.clear()
    for known, old in order:
        mapping[key if known == key else known] = value if known == key else old
    mapping.setdefault(key, value)


def _added(low: Mapping, high: Mapping, path: str, findings: list[Finding]) -> Mapping:
    made = _copy(low)
    for key, value in high.items():
        below = made.get(key)
        here = f"{path}.{key}" if path else str(key)
        if below is None:
            made[key] = value
        elif isinstance(below, Mapping) and isinstance(value, Mapping):
            _put(made, key, _added(below, value, here, findings))
        elif _listed(below) and _listed(value):
            _put(made, key, _longer(below, value, here, findings))
        else:
            findings.append(_hides(key, below, value, here))
            _put(made, key, value)
    return made


def _listed(value: Node | None) -> bool:
    """Whether it is a list of entries, to be lengthened; a list of words is a value."""
    return isinstance(value, Sequence) and all(isinstance(v, Mapping) for v in value)


def _longer(low: Node, high: Node, path: str, findings: list[Finding]) -> Sequence:
    assert isinstance(low, Sequence)
    assert isinstance(high, Sequence)
    made = Sequence(low, high.place)
    ids = {ma: at for at, entry in enumerate(low) if (ma := _id(entry)) is not None}
    for entry in high:
        ma = _id(entry)
        if ma is not None and ma in ids:
            below = low[ids[ma]]
            findings.append(_hides(ma, below, entry, path))
            made[ids[ma]] = entry
        else:
            made.append(entry)
    return made


def _id(entry: Node) -> Text | None:
    return text_at(entry, "ma")


def _changed(low: Mapping, changes: Mapping, path: str, findings: list[Finding]) -> Mapping:
    made = _copy(low)
    for key, value in changes.items():
        below = made.get(key)
        here = f"{path}.{key}" if path else str(key)
        if below is None:
            findings.append(_nothing_there(key, made, here))
        elif isinstance(below, Mapping) and isinstance(value, Mapping):
            _put(made, key, _overlaid(below, value, here, findings))
        elif _listed(below) and isinstance(value, Sequence):
            _put(made, key, _entries_changed(below, value, here, findings))
        elif _same(below, value):
            findings.append(_no_change(key, here))
        else:
            _put(made, key, value)
    return made


def _overlaid(low: Mapping, high: Mapping, path: str, findings: list[Finding]) -> Mapping:
    """`low` with the values of `high`; a key that is new to it is a value it did not have."""
    new = _only(high, lambda key: key not in low)
    made = _changed(low, _only(high, lambda key: key in low), path, findings)
    made.update(new)
    return made


def _entries_changed(low: Node, changes: Sequence, path: str, findings: list[Finding]) -> Sequence:
    assert isinstance(low, Sequence)
    made = Sequence(low, low.place)
    ids = {str(ma): at for at, entry in enumerate(low) if (ma := _id(entry)) is not None}
    for change in changes:
        ma = _id(change)
        if not isinstance(change, Mapping) or ma is None:
            message = "Mục trong 'sua' phải có 'ma' của mục cần sửa."
            findings.append(_finding(change.place, message, path, ""))
        elif ma not in ids:
            findings.append(_unknown(ma, ids, path))
        else:
            entry = made[ids[ma]]
            assert isinstance(entry, Mapping)
            rest = _only(change, lambda key: key != "ma")
            if not rest:
                findings.append(_no_change(ma, f"{path}.{ma}"))
            made[ids[ma]] = _overlaid(entry, rest, f"{path}.{ma}", findings)
    return made


def _removed(low: Mapping, gone: Mapping, findings: list[Finding]) -> Mapping:
    made = _copy(low)
    for key, names in gone.items():
        below = made.get(key)
        if below is None or not isinstance(below, Sequence | Mapping):
            findings.append(_nothing_there(key, made, str(key)))
            continue
        for name in names if isinstance(names, Sequence) else [names]:
            if isinstance(name, Text):
                below = _without(below, name, str(key), findings)
        _put(made, key, below)
    return made


def _without(
    below: Sequence | Mapping, name: Text, path: str, findings: list[Finding]
) -> Sequence | Mapping:
    if isinstance(below, Mapping):
        made: Sequence | Mapping = _only(below, lambda key: key != name)
        known = [str(key) for key in below]
    else:
        made = Sequence((entry for entry in below if _id(entry) != name), below.place)
        known = [str(ma) for entry in below if (ma := _id(entry)) is not None]
    if len(made) == len(below):
        findings.append(_unknown(name, known, path))
    return made


def _same(one: Node, other: Node) -> bool:
    """Whether they say the same; a list may be written as its only member."""
    pair = [v if isinstance(v, Sequence) else Sequence([v]) for v in (one, other)]
    return pair[0] == pair[1]


def _finding(place: Place, message: str, subject: str, value: str) -> Finding:
    return Finding(place, CODE, message, subject=subject, value=value)


def _hides(key: Text, below: Node, value: Node, path: str) -> Finding:
    what = f"'{key}' đã có ở {below.place.path}:{below.place.line}"
    if _same(below, value):
        return _finding(key.place, f"{what} và giống hệt. Bỏ ở đây.", path, str(key))
    message = f"{what}, ở đây ghi đè lên. Muốn sửa thì ghi trong '{CHANGE}', không thì đặt mã khác."
    return _finding(key.place, message, path, str(key))


def _no_change(key: Text, path: str) -> Finding:
    message = f"'{CHANGE}' ghi '{key}' như lớp dưới, không đổi gì. Bỏ ở đây."
    return _finding(key.place, message, path, str(key))


def _nothing_there(key: Text, low: Mapping, path: str) -> Finding:
    return _not_below(key, "", [str(k) for k in low], "Điều mới", path)


def _unknown(ma: Text, known: Iterable[str], path: str) -> Finding:
    return _not_below(ma, "mục ", known, "Mục mới", path)


def _not_below(name: Text, what: str, known: Iterable[str], new: str, path: str) -> Finding:
    near = nearest(str(name), known, cutoff=0.6)
    hint = f"Có phải '{near}'?" if near else f"{new} thì ghi ngoài 'sua' và 'bo'."
    return _finding(name.place, f"Lớp dưới không có {what}'{name}'. {hint}", path, str(name))


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
