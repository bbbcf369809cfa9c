"""Where the figures of form stand: in the country's folder beside a city's, else as shipped."""

from __future__ import annotations

from pathlib import Path

from danvan_cli.load.resources import shipped

_FOLDER, _NAME = "quoc-gia", "the_thuc.yaml"


def form_file(folder: Path) -> Path:
    """The file of figures for the catalogue in `folder`."""
    for above in folder.resolve().parents[:2]:
        if (above / _FOLDER / _NAME).is_file():
            return above / _FOLDER / _NAME
    return shipped("catalog") / _FOLDER / _NAME
