"""What differs between two unit files of one unit, as changes of named entries.

An entry of a list is known by its `ma` (a merge by its sources, a block by its words), never by
its position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from danvan_cli.importing.agencies import Data
from danvan_cli.text import fold

GONE = object()
"""The value of a key that the new file does not have."""
ENTRY_LISTS = ("chon", "loai_bo", "sua_doi", "hop_nhat", "bo_sung", "nhom", "co_quan")
"""The lists whose entries have an id."""
WHOLE = ("chon", "loai_bo", "co_quan")
"""Lists whose entries are there or not; in the others single fields change."""


@dataclass(frozen=True)
class FileChange:
    """A change of a unit's file: the keys that lead to a value, and the value it gets.

    `path` is ("sua_doi", ma, field), ("loai_bo", ma), ("van_ban", kind, "thay", block) or so on.
    """

    path: tuple[str, ...]
    value: object


def differences(old: Data, new: Data) -> tuple[FileChange, ...]:
    """The changes that make `old` into `new`, in the order of the keys of `new`."""
    before, after = dict(_flat(old)), dict(_flat(new))
    made = [FileChange(p, v) for p, v in after.items() if p not in before or before[p] != v]
    made += [FileChange(p, GONE) for p in before if p not in after]
    return tuple(made)


def _flat(data: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in data.items():
        if name in ENTRY_LISTS and isinstance(value, list):
            for entry in value:
                yield from _entry(name, entry)
        elif name == "van_ban" and isinstance(value, dict):
            for kind, document in value.items():
                yield from _document(str(kind), document)
        else:
            yield (name,), value


def _entry(name: str, entry: Data) -> Iterator[tuple[tuple[str, ...], object]]:
    ma = str(entry["ma"])
    if name in WHOLE:
        yield (name, ma), {k: v for k, v in entry.items() if k != "ma"}
        return
    for key, value in entry.items():
        if key not in ("ma", "ly_do"):
            yield (name, ma, key), value


def _document(kind: str, document: Data) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in document.items():
        if key == "thay" and isinstance(value, dict):
            for block, edit in value.items():
                yield ("van_ban", kind, key, str(block)), edit
        elif key == "bot" and isinstance(value, list):
            for block in value:
                yield ("van_ban", kind, key, str(block)), True
        elif key == "them" and isinstance(value, list):
            for order in value:
                yield ("van_ban", kind, key, words_of(order)), order
        else:
            yield ("van_ban", kind, key), value


def words_of(order: object) -> str:
    """The words of a block that is added, without its id: what it is known by."""
    block = order.get("khoi", {}) if isinstance(order, dict) else {}
    said = [str(v) for k, v in block.items() if k != "ma"] if isinstance(block, dict) else []
    return fold(" ".join(said)).rstrip(" .;")


def renamed(data: object, names: Mapping[str, str]) -> object:
    """`data` with every id of `names` as it is called there."""
    if isinstance(data, dict):
        return {names.get(k, k): renamed(v, names) for k, v in data.items()}
    if isinstance(data, list):
        return [renamed(v, names) for v in data]
    return names.get(data, data) if isinstance(data, str) else data
