"""The paragraphs, tables, rows and cells of a paper, and which of them is which of another paper.

Danvan's marks decide, then their words, then where they stand.
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
from itertools import pairwise

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
    return _Pairing(one, other).pairs


def in_both_orders(
    left: Sequence[int],
    right: Sequence[int],
    likeness: Callable[[int, int], float],
    sizes: Sequence[int] | None = None,
) -> list[tuple[int, int]]:
    """The pairs that keep both orders and are most alike in all; 0 is no likeness.

    With `sizes` each of `left` is as so many of `right` together, of which the last is given.
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


class _Pairing:
    """The pairs of two papers' items, the surest first."""

    def __init__(self, one: Sequence[PaperItem], other: Sequence[PaperItem]) -> None:
        self.one, self.other = one, other
        self.pairs: Pairs = {}
        self._marked()
        for i, j in _unique(one, other, lambda item: (item.kind, item.text) if item.text else None):
            if i not in self.pairs and j not in self.pairs.values():
                self.pairs[i] = j
        self._beside()
        for pair_gap in (self._same, self._alike):
            around = [(-1, -1), *rising(self.pairs), (len(one), len(other))]
            for left, right in self._gaps(around):
                pair_gap(left, right)

    def _marked(self) -> None:
        """Pair what has a mark nothing else has, unless its words stand somewhere else."""
        sides = (self.one, self.other)
        texts = [Counter((i.kind, i.text) for i in side if i.text) for side in sides]
        for i, j in _unique(*sides, lambda item: item.marks or None):
            a, b = self.one[i], self.other[j]
            moved = texts[1][a.kind, a.text] or texts[0][b.kind, b.text]
            if a.kind == b.kind and (a.text == b.text or not moved):
                self.pairs[i] = j

    def _beside(self) -> None:
        """Pair what reads the same right behind or before a pair, and so on: both went along."""
        one, other = self.one, self.other
        taken = set(self.pairs.values())
        for step in (1, -1):
            for i, j in sorted(self.pairs.items()):
                i, j = i + step, j + step
                while (
                    0 <= i < len(one)
                    and 0 <= j < len(other)
                    and i not in self.pairs
                    and j not in taken
                    and one[i].text
                    and (one[i].kind, one[i].text) == (other[j].kind, other[j].text)
                ):
                    self.pairs[i] = j
                    taken.add(j)
                    i, j = i + step, j + step

    def _gaps(self, around: list[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
        """Between neighbours of `around`: the items of either side that are not paired yet."""
        taken = set(self.pairs.values())
        for before, after in pairwise(around):
            left = [i for i in range(before[0] + 1, after[0]) if i not in self.pairs]
            right = [j for j in range(before[1] + 1, after[1]) if j not in taken]
            if left and right:
                yield left, right

    def _same(self, left: list[int], right: list[int]) -> None:
        """Pair what reads the same in a gap, in order.

        Lines that many tasks have ("Cơ quan chủ trì: ...") are never looked for outside the gap:
        they would be taken from another task.
        """
        rows = [i for i in left if self.one[i].text]
        columns = [j for j in right if self.other[j].text]
        matcher = SequenceMatcher(
            None,
            [(self.one[i].kind, self.one[i].text) for i in rows],
            [(self.other[j].kind, self.other[j].text) for j in columns],
            autojunk=False,
        )
        for low, first, size in matcher.get_matching_blocks():
            found = zip(rows[low : low + size], columns[first : first + size], strict=True)
            self.pairs.update(found)

    def _alike(self, left: list[int], right: list[int]) -> None:
        """Pair what is alike in a gap, in order; then what stands alone there on either side."""
        one, other = self.one, self.other
        alike = in_both_orders(left, right, lambda i, j: _likeness(one[i], other[j]))
        self.pairs.update(alike)
        around = [(left[0] - 1, right[0] - 1), *alike, (left[-1] + 1, right[-1] + 1)]
        for rest, more in self._gaps(around):
            if len(rest) == len(more) == 1:
                a, b = one[rest[0]], other[more[0]]
                if a.kind == b.kind and not (a.marks and b.marks):
                    self.pairs[rest[0]] = more[0]


def _likeness(one: PaperItem, other: PaperItem) -> float:
    if one.kind != other.kind or (one.marks and other.marks and not one.marks & other.marks):
        return 0.0
    if not one.words and not other.words:
        return 0.5
    score: float = fuzz.ratio(one.words, other.words, score_cutoff=_LIKE) / 100
    return score
