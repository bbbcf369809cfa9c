"""What the letters of a line are, on the whole: their size, weight, slant and case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from danvan_cli.word.layout.values import Letters, Run

SINGLE_LINE = 1.15
"""The height of a single line of Times New Roman, to its letters' size."""
_MOSTLY = 0.5


def lettered(runs: Iterable[Run]) -> Iterator[tuple[Letters, int]]:
    """How the letters and figures of `runs` look, and how many there are; notes' marks left out."""
    for run in runs:
        count = _letters_in(run.text)
        if count and not run.letters.raised:
            yield run.letters, count


@lru_cache(maxsize=16384)
def _letters_in(text: str) -> int:
    return sum(map(str.isalnum, text))


def size_of(runs: Iterable[Run]) -> float | None:
    """The size most letters have; None where there are none."""
    sizes: Counter[float] = Counter()
    for letters, count in lettered(runs):
        sizes[letters.size] += count
    return sizes.most_common(1)[0][0] if sizes else None


def is_bold(runs: Iterable[Run]) -> bool:
    """Whether most letters are bold."""
    return _share((letters.bold, count) for letters, count in lettered(runs)) > _MOSTLY


def is_italic(runs: Iterable[Run]) -> bool:
    """Whether most letters are slanted."""
    return _share((letters.italic, count) for letters, count in lettered(runs)) > _MOSTLY


def is_upper(runs: Iterable[Run]) -> bool:
    """Whether every letter is a capital, typed or shown so."""
    runs = tuple(runs)
    text = "".join(r.text.upper() if r.letters.caps else r.text for r in runs)
    return text.isupper()


def _share(counted: Iterable[tuple[bool, int]]) -> float:
    yes = total = 0
    for is_so, count in counted:
        total += count
        yes += count if is_so else 0
    return yes / total if total else 0.0
