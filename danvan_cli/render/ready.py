"""Templates as an earlier run prepared them, where their bytes have not changed since."""

from __future__ import annotations

import functools
import io
import pickle
from typing import TYPE_CHECKING, Any

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
    found = _unpacked(cache.read(_KIND, key))
    if found is not None:
        return found, ()
    from danvan_cli.render.compiler.prepare import (
        prepare,  # lxml and Jinja, only where it is not kept
    )

    made, faults = prepare(data)
    if made is not None and not faults:
        cache.keep(_KIND, key, pickle.dumps(made, 5))
    return made, faults


class _Values(pickle.Unpickler):
    """Makes the values of a prepared template and nothing else, whatever the bytes ask for."""

    def find_class(self, module: str, name: str) -> Any:
        """The class `name` of `module`.

        Raises:
            UnpicklingError: it is none of those that a prepared template is made of.
        """
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def _unpacked(data: bytes | None) -> Prepared | None:
    if data is None:
        return None
    try:
        made = _Values(io.BytesIO(data)).load()
    except Exception:  # bytes that are no such value fail in any way there is
        return None
    return made if isinstance(made, Prepared) else None
