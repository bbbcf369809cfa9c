"""Cities made with the commands, as a maintainer would make them; all of it made up but the names."""

from __future__ import annotations

import shutil
from pathlib import Path

from danvan_cli.cli.app import run

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "catalog"


def own_catalogue(folder: Path) -> Path:
    """A copy of the shipped catalogue to work on."""
    return Path(shutil.copytree(CATALOGUE, folder / "catalog"))


def danvan(*words: object) -> int:
    """The exit code of `danvan` with these words."""
    return run([str(word) for word in words])
