"""What the options before a command say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danvan_cli.load.bounded import real
from danvan_cli.load.resources import catalogue_worked_on


@dataclass(frozen=True)
class Context:
    """The catalogue's folder, the year asked for; `given` where the command line names the folder."""

    catalogue_root: Path
    year: str | None = None
    given: bool = False

    def root_for(self, about: str | None) -> Path:
        """The catalogue for a unit's file or folder: the one named, else the one it stands in."""
        path = Path(about) if about is not None else None
        if self.given or path is None or not path.exists():
            return self.catalogue_root
        folder = real(path) if path.is_dir() else real(path).parent
        return catalogue_worked_on(folder) or self.catalogue_root
