"""What the options before a command say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Context:
    """The catalogue's folder, the year asked for."""

    catalogue_root: Path
    year: str | None = None
