"""The looks of a Word file as values; every length is in points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Align = Literal["trai", "phai", "giua", "deu"]
"""left, right, centred, justified."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a run look; `colour` is RRGGBB, "" for Word's own black."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underlined: bool = False
    hidden: bool = False
    raised: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike."""

    text: str
    letters: Letters


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands.

    `line` is in lines of text ("single" is 1.0), None where `height` fixes it in points (as the
    least, with `at_least`); `left` and `right` are indents, `first` what its first line has more (less where negative). `tabs`
    are its own tab stops; `numbering` is how Word numbers it ("decimal", "bullet"), "" if not.
    """

    align: Align = "trai"
    before: float = 0.0
    after: float = 0.0
    line: float | None = 1.0
    height: float = 0.0
    at_least: bool = False
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    contextual: bool = False
    style: str = ""
    tabs: tuple[float, ...] = ()
    numbering: str = ""
    bordered: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn at a paragraph: a straight line of `length`, or another thing (0)."""

    length: float


@dataclass(frozen=True, slots=True)
class CellAt:
    """Which cell a paragraph stands in: table, row and cell counted from 0; its width, 0 unknown."""

    table: int
    row: int
    cell: int
    width: float


@dataclass(frozen=True, eq=False)
class TypedLine:
    """A line of a paragraph as typed, between breaks: its runs."""

    runs: tuple[Run, ...]

    @cached_property
    def text(self) -> str:
        """The letters of the line."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def lettered(self) -> tuple[tuple[Letters, int], ...]:
        """How its letters and figures look, and how many there are; marks of notes are left out."""
        counted = ((run.letters, sum(map(str.isalnum, run.text))) for run in self.runs)
        return tuple((letters, count) for letters, count in counted if count and not letters.raised)

    @cached_property
    def size(self) -> float | None:
        """The size most letters have; None where there are none."""
        sizes: Counter[float] = Counter()
        for letters, count in self.lettered:
            sizes[letters.size] += count
        return sizes.most_common(1)[0][0] if sizes else None

    @cached_property
    def is_bold(self) -> bool:
        """Whether most letters are bold."""
        return self._mostly(lambda letters: letters.bold)

    @cached_property
    def is_italic(self) -> bool:
        """Whether most letters are slanted."""
        return self._mostly(lambda letters: letters.italic)

    @cached_property
    def is_upper(self) -> bool:
        """Whether every letter is a capital, typed or shown so."""
        return "".join(r.text.upper() if r.letters.caps else r.text for r in self.runs).isupper()

    def _mostly(self, holds: Callable[[Letters], bool]) -> bool:
        total = sum(count for _, count in self.lettered)
        return 2 * sum(count for letters, count in self.lettered if holds(letters)) > total


@dataclass(frozen=True, eq=False)
class ParagraphLook:
    """What a paragraph is by itself, wherever it stands: its letters, shape and drawings.

    One for all paragraphs of a process that are written and styled alike.
    """

    whole: TypedLine
    shape: Shape
    drawn: tuple[Drawn, ...] = ()

    @cached_property
    def lines(self) -> tuple[TypedLine, ...]:
        """The lines as typed, those without a letter left out."""
        return tuple(line for line in _split(self.whole) if line.text.strip())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: how it looks, and where it stands.

    `index` counts every paragraph of the body's XML from 0, `order` those with text as
    `Place.line` does (0 for one without); `boxed` is one in a text box.
    """

    index: int
    order: int
    look: ParagraphLook
    section: int
    cell: CellAt | None = None
    boxed: bool = False
    room: float = 0.0

    @property
    def whole(self) -> TypedLine:
        """All of it as one line: breaks in it do not part it."""
        return self.look.whole

    @property
    def shape(self) -> Shape:
        """How it stands."""
        return self.look.shape

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """What is drawn at it."""
        return self.look.drawn

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its letters by their looks."""
        return self.look.whole.runs

    @property
    def text(self) -> str:
        """The letters that are seen."""
        return self.look.whole.text

    @property
    def lines(self) -> tuple[TypedLine, ...]:
        """The lines as typed, those without a letter left out."""
        return self.look.lines


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A field that prints the page's number: where, how it stands, how large."""

    where: Literal["dau_trang", "chan_trang"]
    pages: Literal["default", "first", "even"]
    align: Align
    size: float


@dataclass(frozen=True, slots=True)
class Section:
    """Pages set up alike: size and margins, its numbers, whether its first page is another."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    landscape: bool = False
    first_differs: bool = False
    numbers: tuple[PageNumber, ...] = ()
    starts_at: int | None = None

    @property
    def room(self) -> float:
        """How wide a line of text may be."""
        return self.width - self.left - self.right


@dataclass(frozen=True, eq=False)
class Layout:
    """How a file looks: its sections and its paragraphs, in the order of reading.

    `pages` is how many pages Word counted when it was saved, 0 unknown; `additive` whether the
    space after a paragraph and that before the next add up (else the larger counts).
    """

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    pages: int = 0
    additive: bool = False
    tab: float = 36.0
    even_differs: bool = False
    columns: dict[int, int] = field(default_factory=dict)
    """How many cells the widest row of each table has."""


def _split(whole: TypedLine) -> Iterator[TypedLine]:
    if "\n" not in whole.text:
        yield whole
        return
    line: list[Run] = []
    for run in whole.runs:
        head, *rest = run.text.split("\n")
        if head:
            line.append(Run(head, run.letters))
        for piece in rest:
            yield TypedLine(tuple(line))
            line = [Run(piece, run.letters)] if piece else []
    yield TypedLine(tuple(line))
