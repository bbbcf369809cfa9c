"""Where the figures of form stand: in the folder of the country a catalogue stands on."""

from __future__ import annotations

from pathlib import Path

from danvan_cli.load.folders import COUNTRY, country_below
from danvan_cli.load.resources import shipped

_NAME = "the_thuc.yaml"


def form_file(folder: Path) -> Path:
    """The file of figures for the catalogue in `folder`; that which came with danvan if none."""
    own = country_below(folder) / _NAME
    return own if own.is_file() else shipped("catalog") / COUNTRY / _NAME
