"""The rows of a sample table, fitted to the columns that a table has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from operator import attrgetter

from danvan_cli.prose import Prose
from danvan_cli.render.content import Row, RowFields
from danvan_cli.render.ink import as_it_stands, held_within
from danvan_cli.render.pages import USUAL, PageRoom, RowSize, cell_size
from danvan_cli.render.prepared import PlainCell, Program, TableLook
from danvan_cli.text import SPACE

_MARGINS = 140
"""Those of a cell, left and right, in twentieths of a point."""
Round = tuple[str, str, str]
"""What is printed round the words of a plain cell: before, after the mark, without words.

The second is empty for a cell that is not marked.
"""


@dataclass(frozen=True, eq=False)
class FittedRow:
    """A row: what it shows (`head`, `group`, `row`), its opening, its cells with theirs.

    `widths` are those of its cells, `size` as `TableLook` has it.
    """

    what: str
    start: str
    cells: tuple[tuple[str, PlainCell | Program], ...]
    widths: tuple[int, ...]
    size: float

    @cached_property
    def rooms(self) -> tuple[float, ...]:
        """How wide the lines of each cell are, in points."""
        return tuple((width - _MARGINS) / 20 for width in self.widths)

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The style of the paragraph of each plain cell."""
        plain = (cell.start for _, cell in self.cells if isinstance(cell, PlainCell))
        return tuple(start.partition('<w:pStyle w:val="')[2].partition('"')[0] for start in plain)

    @cached_property
    def parted(self) -> str:
        """The opening of a row that may go on over the next page."""
        return self.start.replace("<w:cantSplit/>", "")

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that the cells show; none where a cell shows anything else."""
        plain = tuple(cell.field for _, cell in self.cells if isinstance(cell, PlainCell))
        return plain if len(plain) == len(self.cells) else ()

    @cached_property
    def words_of(self) -> Callable[[Row], tuple[str, ...]]:
        """What the cells show of a row; nothing where a cell shows anything else than a field."""
        if len(self.fields) > 1:
            return attrgetter(*(f"{field}.text" for field in self.fields))
        return lambda row: tuple(getattr(row, field).text for field in self.fields)

    @cached_property
    def usual(self) -> tuple[Round, ...]:
        """What is printed round the words of plain cells."""
        return self._rounds("")

    @cached_property
    def kept(self) -> tuple[Round, ...]:
        """The same for a row kept on the page of the next."""
        return self._rounds("<w:keepNext/>")

    def _rounds(self, keep: str) -> tuple[Round, ...]:
        return tuple(_round(o, c, keep) for o, c in self.cells if isinstance(c, PlainCell))


@lru_cache(maxsize=16384)
def row_texts(
    row: FittedRow, words: tuple[str, ...], page: PageRoom
) -> tuple[tuple[str, ...] | None, RowSize]:
    """`words` as they stand in the cells of `row`, and how high it is by its highest cell.

    None where one of them needs care; without a height where a cell shows more than a field.
    """
    texts: list[str] = []
    sizes = [RowSize(0.0)]
    careful = not words
    for text, room, style in zip(words, row.rooms, row.styles, strict=False):
        ready = as_it_stands(text, room, row.size)
        careful = careful or ready is None
        shown = held_within(text, room, row.size) if ready is None else ready
        texts.append(shown)
        sizes.append(cell_size(shown, room, page.styles.get(style, USUAL)))
    return None if careful else tuple(texts), max(sizes)


def held_heads(names: RowFields) -> RowFields:
    """The names of columns, the last two words of three on one line: "Cơ quan / chủ trì"."""
    return RowFields(**{f.name: _held_end(getattr(names, f.name)) for f in fields(names)})


def _held_end(name: Prose) -> Prose:
    words = name.text.split(" ")
    if len(words) < 3 or len(name.pieces) != 1:
        return name
    return Prose((name.pieces[0].spelt(" ".join(words[:-1]) + SPACE + words[-1]),))


def _round(opening: str, cell: PlainCell, keep: str) -> Round:
    before, run = f"{opening}{cell.start}{keep}{cell.middle}", f"<w:r>{cell.look}<w:t>"
    empty = f"{opening}{cell.empty}</w:tc>"
    return (before, run, empty) if cell.marked else (before + run, "", empty)


@lru_cache(maxsize=64)
def fitted_rows(look: TableLook, shown: tuple[bool, ...]) -> tuple[str, tuple[FittedRow, ...]]:
    """The grid and the rows of `look` with the columns `shown`, widened to the sample's width."""
    widths = _shared([width for width, _ in look.columns], shown)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths if w)
    made = []
    for what, start, cells in look.rows:
        covered = [sum(widths[first : first + span]) for first, span, *_ in cells]
        own = tuple(width for width in covered if width)
        made.append(FittedRow(what, start, _cells(cells, widths), own, look.size))
    return f"<w:tblGrid>{grid}</w:tblGrid>", tuple(made)


def _shared(widths: Sequence[int], shown: Sequence[bool]) -> list[int]:
    """The widths of the columns shown, those of the others (0) shared among them."""
    kept = sum(w for w, s in zip(widths, shown, strict=True) if s)
    total = sum(widths)
    return [w * total // kept if s else 0 for w, s in zip(widths, shown, strict=True)]


def _cells(
    cells: Sequence[tuple[int, int, str, PlainCell | Program]], widths: Sequence[int]
) -> tuple[tuple[str, PlainCell | Program], ...]:
    made: list[tuple[str, PlainCell | Program]] = []
    for first, span, rest, program in cells:
        covered = [w for w in widths[first : first + span] if w]
        if covered:
            more = f'<w:gridSpan w:val="{len(covered)}"/>' if len(covered) > 1 else ""
            width = f'<w:tcW w:w="{sum(covered)}" w:type="dxa"/>'
            made.append((f"<w:tc><w:tcPr>{width}{more}{rest}</w:tcPr>", program))
    return tuple(made)
