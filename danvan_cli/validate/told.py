"""How a message tells of another place."""

from __future__ import annotations

from danvan_cli.findings import Place


def at_line(place: Place, here: Place) -> str:
    """`place` as a message at `here` tells it: the line, and the file where it is another."""
    file = "" if place.path == here.path else f" tệp {place.path.rpartition('/')[2]}"
    return f"dòng {place.line}{file}"
