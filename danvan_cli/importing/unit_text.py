"""The unit's file as text: what an import found, with a word on where it comes from."""

from __future__ import annotations

from danvan_cli.importing.tasks import WITHOUT_REASON
from danvan_cli.importing.unit import UnitImport
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.source import yaml_text


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
