"""A single Word file that a command makes for a person: written where she says."""

from __future__ import annotations

from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.files import write_all


def write_word(path: Path, data: bytes) -> None:
    """Write `data` to `path`; what danvan made there gives way, another file is kept aside.

    Raises:
        UsageError: the name is not that of a Word file.
        WriteError: it cannot be written.
    """
    if path.suffix.lower() != ".docx":
        raise UsageError(f"'{path}' không phải tên tệp Word.", "Ghi tên có đuôi .docx.")
    from danvan_cli.cli.papers import judge_of, say  # with all that renders

    for item in write_all([(path, data)], judge_of(force=True)):
        say(item)
