"""What the letters of a line are, on the whole: their size, weight, slant and case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from danvan_cli.word.layout.values import Letters, TypedLine

_MOSTLY = 0.5
_LINES = 16_384
"""How many lines are remembered: one is the same for all paragraphs written and styled alike."""


@lru_cache(maxsize=_LINES)
def lettered(line: TypedLine) -> tuple[tuple[Letters, int], ...]:
    """How the letters and figures of `line` look, and how many there are; notes' marks left out."""
    counted = ((run.letters, sum(map(str.isalnum, run.text))) for run in line.runs)
    return tuple((letters, count) for letters, count in counted if count and not letters.raised)


@lru_cache(maxsize=_LINES)
def size_of(line: TypedLine) -> float | None:
    """The size most letters have; None where there are none."""
    sizes: Counter[float] = Counter()
    for letters, count in lettered(line):
        sizes[letters.size] += count
    return sizes.most_common(1)[0][0] if sizes else None


@lru_cache(maxsize=_LINES)
def is_bold(line: TypedLine) -> bool:
    """Whether most letters are bold."""
    return _share((letters.bold, count) for letters, count in lettered(line)) > _MOSTLY


@lru_cache(maxsize=_LINES)
def is_italic(line: TypedLine) -> bool:
    """Whether most letters are slanted."""
    return _share((letters.italic, count) for letters, count in lettered(line)) > _MOSTLY


@lru_cache(maxsize=_LINES)
def is_upper(line: TypedLine) -> bool:
    """Whether every letter is a capital, typed or shown so."""
    return "".join(r.text.upper() if r.letters.caps else r.text for r in line.runs).isupper()


def _share(counted: Iterable[tuple[bool, int]]) -> float:
    yes = total = 0
    for is_so, count in counted:
        total += count
        yes += count if is_so else 0
    return yes / total if total else 0.0
