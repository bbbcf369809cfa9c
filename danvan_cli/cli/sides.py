"""The sides of `danvan diff` that are no programmes: papers and exports; the table of Word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.cli.diff import opened_side
from danvan_cli.cli.options import Context
from danvan_cli.cli.paper import read_paper
from danvan_cli.cli.unit import open_catalogue
from danvan_cli.comparing.changes import Difference, changes
from danvan_cli.comparing.differences import differences
from danvan_cli.comparing.listing import Listing, ProgrammeSide, export_in, ids_in, listing_of
from danvan_cli.comparing.table import compared_rows, comparison
from danvan_cli.errors import ReadError, UsageError
from danvan_cli.load.folders import shown_path
from danvan_cli.reading.document import Document
from danvan_cli.shipped import shipped


@dataclass(frozen=True)
class _PaperSide:
    """A side that is a finished paper: its bytes too, where it is a Word file."""

    document: Document
    data: bytes | None

    def listing(self, known: set[str]) -> Listing:
        ids = ids_in(self.data, self.document, known) if self.data is not None else {}
        return listing_of(self.document, ids)


_Side = ProgrammeSide | Listing | _PaperSide


def compared(
    names: tuple[str, str], context: Context
) -> tuple[tuple[Difference, ...], Callable[[], bytes]]:
    """What differs between the two sides, and what makes the table of it for Word.

    Raises:
        FindingsError, ReadError: a side cannot be read.
    """
    one, other = _side(names[0], context), _side(names[1], context)
    listings = _listing(one, other), _listing(other, one)
    if isinstance(one, ProgrammeSide) and isinstance(other, ProgrammeSide):
        found = changes(one.programme, other.programme, other.locality.catalogue.wording)
    else:
        found = differences(*listings)
    return found, lambda: _table(found, listings, names, (one, other), context)


def _side(name: str, context: Context) -> _Side:
    """The paper or export at `name`, else the programme of the city or unit it names."""
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in (".docx", ".txt") and (path.is_file() or not path.is_dir()):
        return _PaperSide(read_paper(path), path.read_bytes() if suffix == ".docx" else None)
    if path.is_file() and suffix in (".json", ".yaml", ".yml"):
        listing = export_in(path, open_catalogue(context).wording)
        if listing is not None:
            return listing
        if suffix == ".json":
            raise ReadError(
                shown_path(path),
                "không phải chương trình do danvan xuất ra.",
                "Xuất bằng: danvan localize ĐƠN VỊ --format json",
            )
    return ProgrammeSide(*opened_side(name, context))


def _listing(side: _Side, other: _Side) -> Listing:
    """What `side` lists; a unit beside a paper as its own paper of that kind does."""
    if isinstance(side, Listing):
        return side
    if isinstance(side, ProgrammeSide):
        paper = other.document if isinstance(other, _PaperSide) else None
        return side.listing if paper is None else side.beside(paper, shipped("templates"))
    known = other.listing if isinstance(other, ProgrammeSide) else other
    ids = {task.ma for task in known.tasks} if isinstance(known, Listing) else set()
    return side.listing(ids)


def _table(
    found: tuple[Difference, ...],
    listings: tuple[Listing, Listing],
    names: tuple[str, str],
    sides: tuple[_Side, _Side],
    context: Context,
) -> bytes:
    """The differences as a "bảng so sánh", the words round it from the catalogue in use."""
    known = (side.locality.catalogue for side in sides if isinstance(side, ProgrammeSide))
    catalogue = next(known, None) or open_catalogue(context)
    words = catalogue.wording.bang.get("so_sanh")
    if words is None:
        raise UsageError(
            "Danh mục chưa có lời của bảng so sánh.", "Thêm bang.so_sanh vào ngon_tu.yaml."
        )
    cu, moi = map(_called, names, sides)
    rows = compared_rows(found, *listings, words)
    return comparison(rows, words, {"cu": cu, "moi": moi}, shipped("templates"))


def _called(name: str, side: _Side) -> str:
    """What a side is called in a table: a unit, a city's danh mục, a file."""
    path = Path(name)
    if not isinstance(side, ProgrammeSide):
        return path.name
    if side.locality.is_city:
        return f"danh mục năm {side.locality.catalogue.edition.nam}"
    return (
        f"{path.name} của {side.locality.full_name}" if path.is_file() else side.locality.full_name
    )
