"""Known names in running text: agencies, units, titles of legal documents.

Names are compared on their folded form (`text.fold`), word by word, so a name is found whatever
its case, tone style, dashes, spaces or Unicode form, and never inside a longer word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from danvan_cli.text import fold, fold_with_offsets, nearest

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class NameMatch:
    """A known name met in a text."""

    start: int
    end: int
    """`text[start:end]` is the name as written there (in the original string, NFD too)."""
    id: str
    name: str
    """The name as it was given to the index: canonical, or an alias."""


@dataclass
class _Node:
    """The names that share a beginning, by the token that follows it."""

    following: dict[str, _Node] = field(default_factory=dict)
    entry: tuple[str, str] | None = None


class NameIndex:
    """Names to look up, built once from (id, name) pairs.

    Where two pairs have the same folded name, the first one given is kept.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_fold: dict[str, tuple[str, str]] = {}
        self._root = _Node()
        for identity, name in names:
            folded = fold(name)
            tokens = _TOKEN.findall(folded)
            if not tokens or folded in self._by_fold:
                continue
            self._by_fold[folded] = (identity, name)
            node = self._root
            for token in tokens:
                node = node.following.setdefault(token, _Node())
            if node.entry is None:
                node.entry = (identity, name)

    def __len__(self) -> int:
        """How many different names the index knows."""
        return len(self._by_fold)

    def find(self, text: str) -> tuple[NameMatch, ...]:
        """Every known name in `text`, in order; where names overlap, the first and longest."""
        folded, offsets = fold_with_offsets(text)
        tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(folded)]
        matches: list[NameMatch] = []
        at = 0
        while at < len(tokens):
            node = self._root.following.get(tokens[at][0])
            best: tuple[int, tuple[str, str]] | None = None
            reach = at + 1
            while node is not None:
                if node.entry is not None:
                    best = (reach, node.entry)
                node = node.following.get(tokens[reach][0]) if reach < len(tokens) else None
                reach += 1
            if best is None:
                at += 1
                continue
            reach, (identity, name) = best
            start, end = offsets[tokens[at][1]], offsets[tokens[reach - 1][2]]
            matches.append(NameMatch(start, end, identity, name))
            at = reach
        return tuple(matches)

    def exact(self, text: str) -> str | None:
        """The id of the name that `text` is, as a whole, or None."""
        entry = self._by_fold.get(fold(text))
        return entry[0] if entry else None

    def nearest(self, text: str) -> tuple[str, str] | None:
        """The (id, name) most like `text`, for a suggestion, or None where none is near."""
        found = nearest(fold(text), self._by_fold)
        return self._by_fold[found] if found else None
