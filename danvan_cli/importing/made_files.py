"""What became of an import, as files: a unit's file, the files of a year's catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from danvan_cli.importing.agencies import Data
from danvan_cli.importing.city import CityImport
from danvan_cli.importing.unit import UnitImport
from danvan_cli.importing.words import WITHOUT_REASON
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import TASKS
from danvan_cli.load.source import read_bytes, read_yaml, yaml_text
from danvan_cli.nodes import Mapping, Node, Sequence


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
        head = "# Cơ quan chưa có trong sổ: xem lại tên, cấp; sửa xong thì chuyển vào co_quan.yaml của cả danh mục.\n"
        text = head + yaml_text({"co_quan": list(made.agencies)})
        files.append((year / AGENCY_FILE, text.encode()))
    if made.decision is not None:
        head = f"# Quyết định ban hành danh mục, đọc từ {source}.\n"
        files.append((year / LEGAL_FILE, (head + yaml_text({"van_ban": [made.decision]})).encode()))
    return files
