"""Dấu gốc written into a unit's file, or into a catalogue, beside the whole texts that lack it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from danvan_cli.load.bounded import as_if, file_bytes, real
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.marks import (
    Unmarked,
    base_mark,
    changes_of,
    city_texts,
    unmarked,
    unmarked_variants,
    with_marks,
)
from danvan_cli.localize.pipeline import as_the_city_has_it

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_BOM = b"\xef\xbb\xbf"


def marked_profile(path: Path, data: bytes, catalogue: Catalogue) -> tuple[bytes, int]:
    """`data`, to stand at `path`, with its marks under `catalogue`, and how many were written.

    As it is where it has faults, or is not of a unit of the catalogue.
    """
    with as_if({real(path): data}):
        profile, faults = load_profile(path, shown_path(path))
    if profile is None or faults:
        return data, 0
    unit, unknown = unit_of(catalogue, profile, shown_path(path))
    if unit is None or unknown:
        return data, 0
    locality = Locality.of(catalogue, unit, profile)
    return _written(data, list(unmarked(as_the_city_has_it(locality), locality.profile)))


def marked_catalogue(catalogue: Catalogue) -> dict[Path, tuple[bytes, int]]:
    """The files of `catalogue` that lack marks of variants, with them, and how many."""
    wanting: dict[str, list[Unmarked]] = defaultdict(list)
    for one in unmarked_variants(catalogue):
        wanting[one.place.path].append(one)
    made = {}
    for shown, found in wanting.items():
        data, count = _written(file_bytes(Path(shown)), found)
        if count:
            made[Path(shown)] = (data, count)
    return made


def with_new_marks(text: str, old: Locality, new: Locality) -> str:
    """The unit's file `text` with the marks of another year where nothing but the year differs."""
    before, after = as_the_city_has_it(old), as_the_city_has_it(new)
    for change in changes_of(old.profile):
        then, now = city_texts(change, before), city_texts(change, after)
        years = [[_YEAR.sub("", str(one)) for one in texts] for texts in (then, now)]
        if then and years[0] == years[1]:
            text = text.replace(f'"{base_mark(*then)}"', f'"{base_mark(*now)}"')
    return text


def _written(data: bytes, found: list[Unmarked]) -> tuple[bytes, int]:
    head = _BOM if data.startswith(_BOM) else b""
    text, count = with_marks(data[len(head) :].decode(), found)
    return (head + text.encode(), count) if count else (data, 0)
