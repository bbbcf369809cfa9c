"""Known names in running text: agencies, units, titles of legal documents.

Names are compared on their folded form (`text.fold`), word by word, so a name is found whatever
its case, tone style, dashes, spaces or Unicode form, and never inside a longer word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from danvan_cli.text import fold, fold_with_offsets

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
        known: set[str] = set()
        self._root = _Node()
        for identity, name in names:
            folded = fold(name)
            tokens = _TOKEN.findall(folded)
            if not tokens or folded in known:
                continue
            known.add(folded)
            node = self._root
            for token in tokens:
                node = node.following.setdefault(token, _Node())
            if node.entry is None:
                node.entry = (identity, name)

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
