"""Dấu gốc: which words of the city a whole text of a unit, or of a variant, was written for.

The tool writes the mark beside such a text; it no longer fits once the city's words change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from danvan_cli.findings import Finding, Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.programme import Programme
from danvan_cli.models.base import Item
from danvan_cli.models.profile import Change, Merge, Profile
from danvan_cli.nodes import SourceText
from danvan_cli.problems import stale_base
from danvan_cli.prose import Prose
from danvan_cli.text import fold

_TEXT = "noi_dung"


@dataclass(frozen=True)
class Unmarked:
    """Where a mark is to be written, before the key that stands there, and the mark."""

    place: Place
    mark: str


def base_mark(*texts: object) -> str:
    """Eight hex digits of what a text stands on; the same for the same words."""
    folded = "\n".join(fold(str(text)) for text in texts)
    return hashlib.sha256(folded.encode()).hexdigest()[:8]


def drifted(programme: Programme, profile: Profile) -> Iterator[Finding]:
    """DV215 on changes whose mark no longer fits; `programme` is as the city has it for the unit."""
    for change in changes_of(profile):
        texts = city_texts(change, programme) if change.dau_goc is not None else ()
        if texts and change.dau_goc != base_mark(*texts):
            place = change.place_of("dau_goc")
            yield stale_base(str(change.ma), place, base_mark(*texts), str(texts[0]))


def drifted_variants(catalogue: Catalogue) -> Iterator[Finding]:
    """DV215 on variants whose mark no longer fits the task's own words."""
    for _, task, _ in catalogue.walk():
        mark = base_mark(task.noi_dung.written)
        for variant in task.bien_the:
            if variant.dau_goc is not None and variant.dau_goc != mark:
                place = variant.place_of("dau_goc")
                yield stale_base(str(task.ma), place, mark, str(task.noi_dung))


def unmarked(programme: Programme, profile: Profile) -> Iterator[Unmarked]:
    """The changes that give a task a whole text of the unit's own, where they have no mark."""
    for change in changes_of(profile):
        whole = change.noi_dung is not None and change.noi_dung.moi is not None
        texts = city_texts(change, programme) if whole and change.dau_goc is None else ()
        if texts:
            yield from _at(change, base_mark(*texts))


def unmarked_variants(catalogue: Catalogue) -> Iterator[Unmarked]:
    """The variants that say a whole text of their own, where they have no mark."""
    for _, task, _ in catalogue.walk():
        for variant in task.bien_the:
            if variant.noi_dung is not None and variant.dau_goc is None:
                yield from _at(variant, base_mark(task.noi_dung.written))


def with_marks(text: str, found: Iterable[Unmarked]) -> tuple[str, int]:
    """The YAML `text` with the marks written into it, and how many; keys elsewhere stay alone."""
    source = SourceText.of("", text)
    count = 0
    for one in sorted(found, key=lambda one: one.place, reverse=True):
        at = source.starts[one.place.line - 1] + one.place.column - 1
        if not text.startswith(_TEXT, at):
            continue
        before = text[source.starts[one.place.line - 1] : at]
        # A block has a line for each key, a mapping between braces has them side by side.
        gap = ", " if before.strip(" -") else "\n" + " " * len(before)
        text = f'{text[:at]}dau_goc: "{one.mark}"{gap}{text[at:]}'
        count += 1
    return text, count


def changes_of(profile: Profile) -> tuple[Change | Merge, ...]:
    """The changes that may say a whole text."""
    return (*profile.sua_doi, *profile.hop_nhat)


def city_texts(change: Change | Merge, programme: Programme) -> tuple[Prose, ...]:
    """The city's words and times for the tasks of a change; none where one is not there."""
    names = change.tu if isinstance(change, Merge) else (change.ma,)
    tasks = [programme.by_id[str(ma)] for ma in names if str(ma) in programme.by_id]
    found = tuple(text for task in tasks for text in (task.noi_dung, task.thoi_gian))
    return found if len(tasks) == len(names) else ()


def _at(item: Item, mark: str) -> Iterator[Unmarked]:
    place = item.key_place(_TEXT)
    if place.line:
        yield Unmarked(place, mark)
