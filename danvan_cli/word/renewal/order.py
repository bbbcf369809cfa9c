"""The paragraphs, tables, rows and cells of a paper, and which of them is which of another paper.

They are told by danvan's marks, by their words, by where they stand.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from lxml import etree
from rapidfuzz import fuzz

from danvan_cli.word.names import W, paragraphs, text_of

_LIKE = 50
Pairs = dict[int, int]
KINDS = frozenset(f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt"))
OURS = re.compile(r"_dv_(?!.*_Copy_\d+$)\w+")
_LEAD = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]?|[a-zđ]\)|[IVXL]+\.|Điều \d+\.|[-+•])(?=\s)\s*", re.IGNORECASE
)
_THINGS = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "footnoteReference"))


@dataclass(frozen=True, eq=False)
class PaperItem:
    """A paragraph, table, row or cell; equal only to itself."""

    element: etree._Element

    @property
    def kind(self) -> str:
        """Its tag."""
        return str(self.element.tag)

    @cached_property
    def text(self) -> str:
        """What it says, a line for each paragraph; NFC, without blanks at the ends."""
        if self.kind == f"{W}p":
            return normal(text_of(self.element))
        return "\n".join(normal(text_of(p)) for p in paragraphs(self.element))

    @cached_property
    def words(self) -> str:
        """Its text without the number or dash that begins it."""
        return parted(self.text)[1]

    @cached_property
    def marks(self) -> frozenset[str]:
        """Danvan's marks in it, those of copies left out; a row's are those of its first cell."""
        names = (b.get(f"{W}name", "") for b in self.element.iter(f"{W}bookmarkStart"))
        return frozenset(name for name in names if OURS.fullmatch(name))

    @cached_property
    def things(self) -> int:
        """How many pictures, objects and references of notes it holds."""
        return sum(1 for _ in self.element.iter(*_THINGS))

    def says(self, other: PaperItem) -> bool:
        """Whether it holds what `other` does; looks apart."""
        return self.text == other.text and self.things == other.things

    def inside(self) -> list[PaperItem]:
        """What it is made of: rows, cells, or what a cell holds."""
        return items_of(self.element)

    def paragraphs(self) -> Iterator[etree._Element]:
        """Itself, or the paragraphs in it."""
        if self.kind == f"{W}p":
            yield self.element
        else:
            yield from paragraphs(self.element)


def items_of(parent: etree._Element) -> list[PaperItem]:
    """The items right below `parent`."""
    return [PaperItem(child) for child in parent if child.tag in KINDS]


def parted(text: str) -> tuple[str, str]:
    """The number or dash that begins `text`, and the rest."""
    match = _LEAD.match(text)
    return (text[: match.end()], text[match.end() :]) if match else ("", text)


def normal(text: str) -> str:
    """`text` composed, without blanks at its ends."""
    return unicodedata.normalize("NFC", text).strip()


def paired(one: Sequence[PaperItem], other: Sequence[PaperItem]) -> Pairs:
    """For each item of `one` that is in `other` too, whatever became of it: its index there.

    A mark is only a hint: it counts unless the very words stand somewhere else.
    """
    made: Pairs = {}
    texts = [Counter((i.kind, i.text) for i in side if i.text) for side in (one, other)]
    for i, j in _unique(one, other, lambda item: item.marks or None):
        a, b = one[i], other[j]
        moved = texts[1][a.kind, a.text] or texts[0][b.kind, b.text]
        if a.kind == b.kind and (a.text == b.text or not moved):
            made[i] = j
    for i, j in _unique(one, other, lambda item: (item.kind, item.text) if item.text else None):
        if i not in made and j not in made.values():
            made[i] = j
    _beside(one, other, made)
    for gap in _gaps(made, len(one), len(other)):
        _same(one, other, *gap, made)
    for gap in _gaps(made, len(one), len(other)):
        _in_gap(one, other, *gap, made)
    return made


def in_both_orders(
    left: Sequence[int],
    right: Sequence[int],
    likeness: Callable[[int, int], float],
    sizes: Sequence[int] | None = None,
) -> list[tuple[int, int]]:
    """The pairs that keep both orders and are most alike in all; 0 is no likeness.

    With `sizes` each of `left` is as so many of `right` together, of which the last is told.
    """
    sizes = [1] * len(left) if sizes is None else sizes
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a, i in enumerate(left):
        for b, j in enumerate(right):
            before = b + 1 - sizes[a]
            alike = best[a][before] + likeness(i, j) if before >= 0 else 0.0
            best[a + 1][b + 1] = max(best[a][b + 1], best[a + 1][b], alike)
    made = []
    a, b = len(left), len(right)
    while a and b:
        if best[a][b] == best[a - 1][b]:
            a -= 1
        elif best[a][b] == best[a][b - 1]:
            b -= 1
        else:
            made.append((left[a - 1], right[b - 1]))
            a, b = a - 1, b - sizes[a - 1]
    return made[::-1]


def rising(pairs: Pairs) -> list[tuple[int, int]]:
    """The most pairs that keep both orders."""
    ends: list[int] = []
    chains: list[list[tuple[int, int]]] = []
    for i, j in sorted(pairs.items()):
        at = bisect_left(ends, j)
        chain = [*(chains[at - 1] if at else ()), (i, j)]
        ends[at : at + 1], chains[at : at + 1] = [j], [chain]
    return chains[-1] if chains else []


def _unique(
    one: Sequence[PaperItem],
    other: Sequence[PaperItem],
    key: Callable[[PaperItem], Hashable | None],
) -> Iterator[tuple[int, int]]:
    """The pairs of items whose key nothing else on either side has."""
    first, second = [key(item) for item in one], [key(item) for item in other]
    counts = Counter(k for k in first if k is not None), Counter(k for k in second if k is not None)
    at = {k: j for j, k in enumerate(second) if k is not None and counts[1][k] == 1}
    for i, k in enumerate(first):
        if k is not None and counts[0][k] == 1 and k in at:
            yield i, at[k]


def _beside(one: Sequence[PaperItem], other: Sequence[PaperItem], made: Pairs) -> None:
    """Pair what reads the same right behind or before a pair, and so on: it went along with it."""
    taken = set(made.values())
    for step in (1, -1):
        for i, j in sorted(made.items()):
            i, j = i + step, j + step
            while (
                0 <= i < len(one)
                and 0 <= j < len(other)
                and i not in made
                and j not in taken
                and one[i].text
                and (one[i].kind, one[i].text) == (other[j].kind, other[j].text)
            ):
                made[i] = j
                taken.add(j)
                i, j = i + step, j + step


def _same(
    one: Sequence[PaperItem],
    other: Sequence[PaperItem],
    left: list[int],
    right: list[int],
    made: Pairs,
) -> None:
    """Pair what reads the same in a gap, in order.

    Lines that many tasks have ("Cơ quan chủ trì: ...") are never looked for outside the gap: they
    would be taken from another task.
    """
    rows = [i for i in left if one[i].text]
    columns = [j for j in right if other[j].text]
    matcher = SequenceMatcher(
        None,
        [(one[i].kind, one[i].text) for i in rows],
        [(other[j].kind, other[j].text) for j in columns],
        autojunk=False,
    )
    for low, first, size in matcher.get_matching_blocks():
        made.update(zip(rows[low : low + size], columns[first : first + size], strict=True))


def _gaps(made: Pairs, rows: int, columns: int) -> Iterator[tuple[list[int], list[int]]]:
    """The items between neighbours that are paired, those of either side not paired yet."""
    taken = set(made.values())
    before = (-1, -1)
    for after in [*rising(made), (rows, columns)]:
        left = [i for i in range(before[0] + 1, after[0]) if i not in made]
        right = [j for j in range(before[1] + 1, after[1]) if j not in taken]
        if left and right:
            yield left, right
        before = after


def _in_gap(
    one: Sequence[PaperItem],
    other: Sequence[PaperItem],
    left: list[int],
    right: list[int],
    made: Pairs,
) -> None:
    """Pair what is alike in a gap, in order; then what stands alone there on either side."""
    made.update(in_both_orders(left, right, lambda i, j: _likeness(one[i], other[j])))
    taken = set(made.values())
    for rest, more in _gaps_within(left, right, made, taken):
        if len(rest) == len(more) == 1 and _may_be(one[rest[0]], other[more[0]]):
            made[rest[0]] = more[0]


def _gaps_within(
    left: list[int], right: list[int], made: Pairs, taken: set[int]
) -> Iterator[tuple[list[int], list[int]]]:
    bounds = [(i, made[i]) for i in left if i in made]
    before = (-1, -1)
    for after in [*bounds, (max(left) + 1, max(right) + 1)]:
        yield (
            [i for i in left if before[0] < i < after[0] and i not in made],
            [j for j in right if before[1] < j < after[1] and j not in taken],
        )
        before = after


def _may_be(one: PaperItem, other: PaperItem) -> bool:
    """Whether two items that stand alone between the same neighbours may be one."""
    return one.kind == other.kind and not (one.marks and other.marks)


def _likeness(one: PaperItem, other: PaperItem) -> float:
    if one.kind != other.kind or (one.marks and other.marks and not one.marks & other.marks):
        return 0.0
    if not one.words and not other.words:
        return 0.5
    score: float = fuzz.ratio(one.words, other.words, score_cutoff=_LIKE) / 100
    return score
