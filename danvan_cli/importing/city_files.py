"""The files of a year's catalogue made from a paper, and what of an older file goes on in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from danvan_cli.importing.agencies import Data
from danvan_cli.importing.city import CityImport
from danvan_cli.load.folders import TASKS
from danvan_cli.load.source import read_bytes, read_yaml, yaml_text
from danvan_cli.nodes import Mapping, Node, Sequence

AGENCY_FILE = "co_quan.yaml"


def kept_of(year: Path) -> dict[str, Data]:
    """What stands of each task in the tasks' file of the folder `year`, as plain data, by `ma`."""
    text, _ = read_bytes(year / TASKS, TASKS)
    node = read_yaml(text, TASKS)[0] if text is not None else None
    return dict(_tasks(node)) if node is not None else {}


def _tasks(node: Node) -> Iterator[tuple[str, Data]]:
    """Every task and point below `node`: the mappings that have an id and words."""
    if isinstance(node, Mapping):
        names = {str(key): value for key, value in node.items()}
        if "ma" in names and "noi_dung" in names:
            data = _plain(node)
            assert isinstance(data, dict)
            yield str(names["ma"]), data
    if isinstance(node, Mapping | Sequence):
        for child in node.values() if isinstance(node, Mapping) else node:
            yield from _tasks(child)


def _plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [_plain(value) for value in node]
    return str(node)


def new_files(made: CityImport, city: Path, source: str) -> list[tuple[Path, bytes]]:
    """The files of the year below the folder `city`, `source` named as the paper they were read from."""
    edition = made.catalogue["danh_muc"]
    assert isinstance(edition, dict)
    year = city / str(edition["nam"])
    head = f"# Danh mục nhiệm vụ năm {edition['nam']}, đọc từ {source}.\n"
    files = [(year / TASKS, (head + yaml_text(made.catalogue)).encode())]
    if made.agencies:
        head = "# Cơ quan chưa có trong sổ: xem lại tên, cấp; sửa xong thì chuyển vào sổ của thành phố.\n"
        text = head + yaml_text({"co_quan": list(made.agencies)})
        files.append((year / AGENCY_FILE, text.encode()))
    return files
