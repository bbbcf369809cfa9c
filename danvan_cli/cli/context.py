"""What the options before a command say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Context:
    """The catalogue's folder, the year asked for; `given` where the command line names the folder."""

    catalogue_root: Path
    year: str | None = None
    given: bool = False
