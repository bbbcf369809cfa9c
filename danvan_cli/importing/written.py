"""What an import makes as files: a unit's file, a year's catalogue; changes written into a unit's file.

What differs between two files of one unit are changes of named entries.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.emitter import RoundTripEmitter

from danvan_cli.importing.agencies import Data
from danvan_cli.importing.words import WITHOUT_REASON
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import TASKS
from danvan_cli.load.source import read_bytes, read_yaml, yaml_text
from danvan_cli.nodes import Mapping as NodeMapping
from danvan_cli.nodes import Node, Sequence
from danvan_cli.text import fold

if TYPE_CHECKING:
    from danvan_cli.importing.city import CityImport
    from danvan_cli.importing.unit import UnitImport


GONE = object()
"""The value of a key that the new file does not have."""
ENTRY_LISTS = ("chon", "loai_bo", "sua_doi", "hop_nhat", "bo_sung", "nhom", "co_quan")
"""The lists whose entries have an id."""
WHOLE = ("chon", "loai_bo", "co_quan")
"""Lists whose entries are there or not; in the others single fields change."""
_REASONED = ("sua_doi", "hop_nhat", "bo_sung")
"""Those of the others whose entries must give a reason."""


@dataclass(frozen=True)
class FileChange:
    """A change of a unit's file: the keys that lead to a value, and the value it gets.

    `path` is ("sua_doi", ma, field), ("loai_bo", ma), ("van_ban", kind, "thay", block) or so on.
    """

    path: tuple[str, ...]
    value: object


def file_changes(old: Data, new: Data) -> tuple[FileChange, ...]:
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
    texts = [str(v) for k, v in block.items() if k != "ma"] if isinstance(block, dict) else []
    return fold(" ".join(texts)).rstrip(" .;")


def renamed(data: object, names: Mapping[str, str]) -> object:
    """`data` with every id of `names` as it is called there."""
    if isinstance(data, dict):
        return {names.get(k, k): renamed(v, names) for k, v in data.items()}
    if isinstance(data, list):
        return [renamed(v, names) for v in data]
    return names.get(data, data) if isinstance(data, str) else data


_OWN = frozenset({"ma", "ly_do"})


def with_changes(text: str, changes: Iterable[FileChange]) -> str:
    """The unit's file `text` with `changes` made in it."""
    yaml = _yaml()
    data = yaml.load(text) or CommentedMap()
    for change in changes:
        _make(data, change)
    _in_reach(data.get("bo_sung"))
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _in_reach(additions: Any) -> None:
    """Put each addition before those that stand behind it: each is added to what is there."""
    for _ in additions or ():
        names = [str(entry.get("ma")) for entry in additions]
        late = next(
            (
                (at, names.index(after))
                for at, entry in enumerate(additions)
                if (after := str(entry.get("sau"))) in names[at + 1 :]
            ),
            None,
        )
        if late is None:
            return
        at, source = late
        entry = additions[source]
        del additions[source]
        additions.insert(at, entry)


class _Emitter(RoundTripEmitter):
    """Writes a long key as a key: the words to be replaced stand there."""

    MAX_SIMPLE_KEY_LENGTH = 4096


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Emitter = _Emitter
    yaml.preserve_quotes = True
    yaml.width = 1000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _make(data: Any, change: FileChange) -> None:
    name, *rest = change.path
    if name in ENTRY_LISTS:
        _in_list(data, name, rest, change.value)
    elif name == "van_ban":
        _in_document(data, rest, change.value)
    else:
        _set(data, name, change.value)


def _set(data: Any, key: str, value: object) -> None:
    if value is GONE:
        data.pop(key, None)
    else:
        data[key] = _plain(value)


def _in_list(data: Any, name: str, rest: list[str], value: object) -> None:
    entries = data.get(name)
    if entries is None:
        if value is GONE:
            return
        entries = data[name] = CommentedSeq()
    ma = rest[0]
    at = next((i for i, e in enumerate(entries) if str(e.get("ma")) == ma), None)
    if name in WHOLE:
        if value is GONE:
            if at is not None:
                del entries[at]
        elif at is None:
            entries.append(CommentedMap({"ma": ma, **_plain(value)}))
        else:
            entries[at].update({k: v for k, v in _plain(value).items() if k != "ly_do"})
    else:
        if at is None:
            if value is GONE:
                return
            reason = {"ly_do": WITHOUT_REASON} if name in _REASONED else {}
            entries.append(CommentedMap({"ma": ma, **reason}))
            at = len(entries) - 1
        _set(entries[at], rest[1], value)
        if not set(entries[at]) - _OWN:
            del entries[at]
    if not entries:
        del data[name]


def _in_document(data: Any, rest: list[str], value: object) -> None:
    kind, key, *below = rest
    documents = data.setdefault("van_ban", CommentedMap())
    document = documents.setdefault(kind, CommentedMap())
    if key == "thay" and below:
        blocks = document.setdefault("thay", CommentedMap())
        _set(blocks, below[0], value)
    elif key == "bot" and below:
        _listed(document, key, below[0], value, str)
    elif key == "them" and below:
        _listed(document, key, below[0], value, words_of)
    else:
        _set(document, key, value)
    for name in ("thay", "bot", "them"):
        if name in document and not document[name]:
            del document[name]
    if not document:
        del documents[kind]
    if not documents:
        del data["van_ban"]


def _listed(document: Any, key: str, known: str, value: object, name: Any) -> None:
    members = document.get(key)
    if isinstance(members, str):
        members = document[key] = CommentedSeq([members])
    if members is None:
        members = document[key] = CommentedSeq()
    at = next((i for i, member in enumerate(members) if name(member) == known), None)
    if value is GONE and at is not None:
        del members[at]
    elif value is not GONE and at is None:
        members.append(known if value is True else _plain(value))
    elif value is not GONE:
        members[at] = known if value is True else _plain(value)


def _plain(value: object) -> Any:
    """`value` as the library writes it: its own maps and lists, texts on one line."""
    if isinstance(value, dict):
        return CommentedMap({k: _plain(v) for k, v in value.items()})
    if isinstance(value, list):
        return CommentedSeq([_plain(v) for v in value])
    return value


def unit_text(made: UnitImport, catalogue: Catalogue, source: str) -> str:
    """The YAML of the unit's file, `source` named as the paper it was read from."""
    name = f"{catalogue.kinds[made.unit.loai].ten} {made.unit.ten}"
    lines = [f"# Hồ sơ của {name}, đọc từ {source}."]
    if reasons_missing(made.profile):
        lines.append(f"# Chỗ ghi '{WITHOUT_REASON}' là chỗ người soạn còn phải nói lý do.")
    lines += [f"# Ghi chú trong văn bản: {line}" for line in made.notes]
    return "\n".join(lines) + "\n" + yaml_text(made.profile)


def reasons_missing(data: object) -> int:
    """How many reasons a person has yet to give."""
    if isinstance(data, dict):
        return sum(reasons_missing(value) for value in data.values())
    if isinstance(data, list):
        return sum(reasons_missing(value) for value in data)
    return int(data == WITHOUT_REASON)


AGENCY_FILE, LEGAL_FILE = "co_quan.yaml", "phap_ly.yaml"


def kept_of(year: Path) -> dict[str, Data]:
    """What stands of each task in the tasks' file of the folder `year`, as plain data, by `ma`."""
    text, _ = read_bytes(year / TASKS, TASKS)
    node = read_yaml(text, TASKS)[0] if text is not None else None
    return dict(_tasks(node)) if node is not None else {}


def _tasks(node: Node) -> Iterator[tuple[str, Data]]:
    """Every task and point below `node`: the mappings that have an id and words."""
    if isinstance(node, NodeMapping):
        names = {str(key): value for key, value in node.items()}
        if "ma" in names and "noi_dung" in names:
            data = _as_data(node)
            assert isinstance(data, dict)
            yield str(names["ma"]), data
    if isinstance(node, NodeMapping | Sequence):
        for child in node.values() if isinstance(node, NodeMapping) else node:
            yield from _tasks(child)


def _as_data(node: Node) -> object:
    if isinstance(node, NodeMapping):
        return {str(key): _as_data(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [_as_data(value) for value in node]
    return str(node)


def new_files(made: CityImport, city: Path, source: str) -> list[tuple[Path, bytes]]:
    """The files of the year below the folder `city`, `source` named as the paper they were read from."""
    edition = made.catalogue["danh_muc"]
    assert isinstance(edition, dict)
    year = city / str(edition["nam"])
    head = f"# Danh mục nhiệm vụ năm {edition['nam']}, đọc từ {source}.\n"
    files = [(year / TASKS, (head + yaml_text(made.catalogue)).encode())]
    if made.agencies:
        head = "# Cơ quan chưa có trong sổ: xem lại tên, cấp; sửa xong thì chuyển vào co_quan.yaml của cả danh mục.\n"
        text = head + yaml_text({"co_quan": list(made.agencies)})
        files.append((year / AGENCY_FILE, text.encode()))
    if made.decision is not None:
        head = f"# Quyết định ban hành danh mục, đọc từ {source}.\n"
        files.append((year / LEGAL_FILE, (head + yaml_text({"van_ban": [made.decision]})).encode()))
    return files
