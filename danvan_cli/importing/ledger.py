"""What became of every passage of a paper: used, left out for a reason, or left over.

Nothing is dropped in silence: the words that the file holds are counted by a reading of their own,
so that what a reader loses shows up as left over too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from danvan_cli.findings import Place
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import nfc

NOT_CHOSEN = "bảng không được chọn"
"""Why the rows of a table that could be the danh mục too are left out."""
_NO_LETTER = re.compile(r"[\W_]+")
_Key = tuple[str, int, int]


@dataclass(frozen=True)
class Left:
    """Words of the paper that the result does not hold: the place, the words, why (if known)."""

    place: Place
    text: str
    why: str = ""


@dataclass
class Ledger:
    """Takes note of passages as they are used or left out."""

    passages: tuple[Passage, ...]
    _used: set[_Key] = field(default_factory=set)
    _why: dict[_Key, str] = field(default_factory=dict)

    def use(self, passages: Iterable[Passage]) -> None:
        """`passages`, or parts of them, stand in the result."""
        self._used.update(key for p in passages for key in self._keys(p))

    def leave_out(self, passages: Iterable[Passage], why: str) -> None:
        """`passages` are not in the result, for the reason `why`."""
        for passage in passages:
            for key in self._keys(passage):
                self._why.setdefault(key, why)

    def left_out(self) -> tuple[Left, ...]:
        """What was left out for a reason."""
        return tuple(
            Left(p.locate(0), p.text, self._why[spot(p)])
            for p in self.passages
            if spot(p) in self._why and spot(p) not in self._used
        )

    def left_over(self) -> tuple[Left, ...]:
        """What was neither used nor left out."""
        return tuple(
            Left(p.locate(0), p.text)
            for p in self.passages
            if spot(p) not in self._used and spot(p) not in self._why and _letters(p.text)
        )

    def _keys(self, passage: Passage) -> list[_Key]:
        """The passages that `passage` is, or is a part of."""
        first, last = passage.locate(0), passage.locate(max(len(passage.text) - 1, 0))
        return [
            spot(whole)
            for whole in self._near.get((first.path, first.line), ())
            if _overlap(whole, first, last)
        ]

    @property
    def _near(self) -> Mapping[tuple[str, int], list[Passage]]:
        if not hasattr(self, "_by_line"):
            by_line: dict[tuple[str, int], list[Passage]] = {}
            for passage in self.passages:
                first = passage.locate(0)
                last = passage.locate(max(len(passage.text) - 1, 0))
                for line in range(first.line, last.line + 1):
                    by_line.setdefault((first.path, line), []).append(passage)
            self._by_line = by_line
        return self._by_line


def _overlap(whole: Passage, first: Place, last: Place) -> bool:
    begin, end = whole.locate(0), whole.locate(max(len(whole.text) - 1, 0))
    return (begin.line, begin.column) <= (last.line, last.column) and (
        first.line,
        first.column,
    ) <= (end.line, end.column)


def lost(lines: Iterable[str], document: Document) -> tuple[Left, ...]:
    """Those of `lines`, the words of the file of `document`, that it was read without."""
    passages = [p for text in document.texts for p in text.passages]
    path = passages[0].locate(0).path if passages else ""
    return tuple(Left(Place(path), line) for line in unread(lines, passages))


def unread(lines: Iterable[str], passages: Iterable[Passage]) -> tuple[str, ...]:
    """Those of `lines`, the words of a file, that no passage holds as often as the file does.

    A line is held by a line of its own; only what no line of the file is may hold several.
    """
    lines = tuple(lines)
    wanted = Counter(letters for line in lines if (letters := _letters(line)))
    rest: list[str] = []
    for letters in _lines_of(passages, wanted):
        if wanted[letters]:
            wanted[letters] -= 1
        else:
            rest.append(letters)
    held = "".join(rest)
    shown = {_letters(line): line for line in lines}
    return tuple(
        shown[letters].strip()
        for letters, times in wanted.items()
        if times and held.count(letters) < times
    )


def _lines_of(passages: Iterable[Passage], wanted: Mapping[str, int]) -> Iterator[str]:
    """The letters of each line of `passages`; parts of one paragraph together, where that is a line."""
    for _, parts in groupby(passages, key=lambda p: (p.locate(0).path, p.locate(0).line)):
        members = [_letters(line) for p in parts for line in p.text.split("\n")]
        whole = "".join(members)
        yield from [whole] if wanted.get(whole) else members


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", nfc(text))


def spot(passage: Passage) -> _Key:
    """File, line and column of the first character: what tells one passage from another."""
    place = passage.locate(0)
    return place.path, place.line, place.column
