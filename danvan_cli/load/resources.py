"""Where the catalogue and the templates that come with danvan are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The folder `name` (catalog, templates, examples) of the installed wheel, else of the checkout."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


@lru_cache(maxsize=256)
def catalogue_worked_on(start: Path) -> Path | None:
    """The catalogue that `start` stands in, or a folder `catalog` there or above; None without one.

    Whoever edits a catalogue judges with it, not with the one inside the package.
    """
    for folder in (start, *start.parents):
        # Any folder may hold one with such a file; a city's are named after years.
        if _has(folder, "[12][0-9][0-9][0-9]/danh_muc.yaml"):
            return folder
        if _has(folder / "catalog", "*/*/danh_muc.yaml"):
            return folder / "catalog"
    return None


def _has(folder: Path, pattern: str) -> bool:
    try:
        # An outline may bear the same name.
        return any(path.parent.name != "van_ban" for path in folder.glob(pattern))
    except OSError:
        return False
