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
        if _is_city(folder):
            return folder
        if any(map(_is_city, _below(folder / "catalog"))):
            return folder / "catalog"
    return None


def _is_city(folder: Path) -> bool:
    """Whether `folder` says what its units are and has a year; a lone danh_muc.yaml is no catalogue."""
    return (folder / "don_vi.yaml").is_file() and any(
        (year / "danh_muc.yaml").is_file() for year in _below(folder)
    )


def _below(folder: Path) -> list[Path]:
    try:
        # An outline may be called danh_muc.yaml as well.
        return [path for path in folder.iterdir() if path.is_dir() and path.name != "van_ban"]
    except OSError:
        return []
