"""Where the catalogue and the templates that come with danvan are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The folder `name` (catalog, templates, examples) of the installed wheel, else of the checkout."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def catalogue_worked_on(start: Path) -> Path | None:
    """The folder `catalog` with a year's tasks in it, in `start` or above; None where there is none.

    Whoever edits a catalogue judges with it, not with the one inside the package.
    """
    for folder in (start, *start.parents):
        found = folder / "catalog"
        if any(found.glob("*/*/danh_muc.yaml")):
            return found
    return None
