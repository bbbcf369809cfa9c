"""Which files beside a document belong to it: told by name, else by what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from danvan_cli.load.folders import shown_path
from danvan_cli.reading.document import Document
from danvan_cli.reading.reader import read_document
from danvan_cli.text import comparable
from danvan_cli.validate.rules import PAPERS

SUFFIX = "-phu-luc"
_MOST_FILES = 80
_LARGEST = 5_000_000
ATTACHED = re.compile(
    r"kèm theo\s+(?P<kind>[^\W\d_]+(?: [^\W\d_]+){0,3}?)\s+số\s*:?\s*(?P<number>\d*)[\s.…]*/\s*"
    r"(?:\d{4}/)?(?P<symbol>[^\s,;)]+)"
)


def annexes_of(document: Document) -> tuple[Document, ...]:
    """The files beside `document` that say they go with it, are named after it, or can only be its."""
    path = document.path
    by_name = _beside(path.with_name(path.stem + SUFFIX))
    if by_name is not None:
        return (by_name,)
    others = tuple(_neighbours(path))
    told = tuple(other for other in others if _goes_with(other, document))
    if told or not all(map(is_annex, others)):
        return told
    # The only paper of its folder: what says of itself no other belongs to it.
    return tuple(other for other in others if other.attached is None)


def is_annex(document: Document) -> bool:
    """Whether the whole file is annexes of another document: no letterhead, no recipients."""
    if document.path.stem.endswith(SUFFIX):
        return True
    return bool(document.annexes or document.attached) and not (
        document.recipients or document.letterhead or document.date_line
    )


def main_of(annex: Document) -> Document | None:
    """The file beside `annex` whose annex it is; None where none is told."""
    path = annex.path
    if path.stem.endswith(SUFFIX):
        return _beside(path.with_name(path.stem.removesuffix(SUFFIX)))
    if not annex.attached or annex.recipients:
        return None
    found = [other for other in _neighbours(path) if _goes_with(annex, other)]
    return found[0] if len(found) == 1 else None


def _goes_with(annex: Document, document: Document) -> bool:
    """Whether the "(Kèm theo ...)" line of `annex` names `document`: kind, symbol, year, number."""
    said = ATTACHED.search(annex.attached or "")
    if said is None or document.kind is None or document.symbol is None:
        return False
    if annex.recipients or comparable(document.kind) != said["kind"]:
        return False
    if comparable(document.symbol) != said["symbol"].rstrip(".)"):
        return False
    if said["number"] and document.number and said["number"] != document.number:
        return False
    years = {annex.written.year, document.written.year} - {None}
    same_place = not annex.places or not document.places or _share(annex, document)
    return len(years) <= 1 and same_place


def _share(one: Document, other: Document) -> bool:
    mine = " ".join(map(comparable, one.places))
    return any(comparable(place) in mine for place in other.places) or any(
        comparable(place) in " ".join(map(comparable, other.places)) for place in one.places
    )


def _neighbours(path: Path) -> Iterator[Document]:
    """The other documents of the folder, as long as they are few enough to be one matter's."""
    try:
        files = [p for p in sorted(path.parent.iterdir()) if p.suffix.lower() in PAPERS]
    except OSError:
        return
    for other in files if len(files) <= _MOST_FILES else ():
        if other.name == path.name or other.name.startswith(("~$", ".")):
            continue
        found = _read(other, _stamp(other))
        if found is not None:
            yield found


def _beside(path: Path) -> Document | None:
    for kind in PAPERS:
        candidate = path.with_name(path.name + kind)
        if candidate.is_file():
            return _read(candidate, _stamp(candidate))
    return None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=128)
def _read(path: Path, stamp: tuple[int, int]) -> Document | None:
    """The document at `path` as it was at `stamp`; None where it cannot be read or is too large."""
    return read_document(path, shown_path(path))[0] if stamp[1] <= _LARGEST else None
