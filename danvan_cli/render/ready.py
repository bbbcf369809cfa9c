"""Templates as an earlier run prepared them, where their bytes have not changed since."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from danvan_cli import cache
from danvan_cli.render.prepared import Prepared

if TYPE_CHECKING:
    from danvan_cli.render.fault import TemplateFault

_KIND = "mau"
_ALLOWED = {
    ("danvan_cli.render.prepared", "Prepared"),
    ("danvan_cli.render.prepared", "Filled"),
    ("danvan_cli.render.looks", "Looks"),
    ("danvan_cli.render.looks", "BlockLook"),
    ("danvan_cli.render.looks", "TableLook"),
    ("danvan_cli.render.looks", "PlainCell"),
    ("danvan_cli.word.pack", "PackedPart"),
    ("builtins", "frozenset"),
}


@functools.lru_cache(maxsize=32)
def made_ready(data: bytes) -> tuple[Prepared | None, tuple[TemplateFault, ...]]:
    """As `prepare`: once for the same bytes, and kept between runs where nothing was wrong."""
    key = cache.key_of(data)
    found = cache.read_value(_KIND, key, Prepared, lambda *name: name in _ALLOWED)
    if found is not None:
        return found, ()
    from danvan_cli.render.compiler.prepare import (
        prepare,  # lxml and Jinja, only where it is not kept
    )

    made, faults = prepare(data)
    if made is not None and not faults:
        cache.keep_value(_KIND, key, made)
    return made, faults
