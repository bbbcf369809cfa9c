"""Copies of Word files with words mended as tracked changes, so that Word shows each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.findings import Edit, Finding
from danvan_cli.reading.word_changes import changed
from danvan_cli.word.package import PackageError

ENDING = ".sua-chu"


@dataclass(frozen=True)
class WordCopy:
    """A copy to be written beside its file, and how many changes Word will show in it."""

    path: Path
    data: bytes
    changes: int


def word_copies(findings: Iterable[Finding]) -> tuple[WordCopy, ...]:
    """A copy of every Word file of `findings` of which some words can be mended."""
    edits: defaultdict[Path, list[Edit]] = defaultdict(list)
    for finding in findings:
        path = Path(finding.place.path)
        if path.suffix.lower() != ".docx" or path.stem.endswith(ENDING):
            continue
        if finding.right is not None and finding.value and finding.place.line:
            edits[path].append(Edit(finding.place, finding.value, finding.right))
    made = []
    for path, asked in sorted(edits.items()):
        try:
            result = changed(path.read_bytes(), asked)
        except (OSError, PackageError):
            continue
        if result.made:
            copy = path.with_name(f"{path.stem}{ENDING}.docx")
            made.append(WordCopy(copy, result.data, len(result.made)))
    return tuple(made)
