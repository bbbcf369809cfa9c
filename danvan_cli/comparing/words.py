"""Two texts word by word: what went out of the one, what came into the other."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

Marks = tuple[str, str]
"""What stands before words that are marked, and behind them."""


def stretches(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The texts cut where they part: what both say stands on both sides, else one may be empty."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield " ".join(before[a:b]), " ".join(after[c:d])


def marked(old: str, new: str, gone: Marks, came: Marks) -> tuple[str, str]:
    """Both texts, in the first the words that went marked, in the second those that came."""
    left, right = [], []
    for was, now in stretches(old, new):
        if was == now:
            left.append(was)
            right.append(now)
            continue
        left += [f"{gone[0]}{was}{gone[1]}"] if was else []
        right += [f"{came[0]}{now}{came[1]}"] if now else []
    return " ".join(left), " ".join(right)
