"""Text made of pieces, each knowing whose words it is and the exact place they stand in.

What is printed is the pieces joined; the shares of `--stats` and the trail of a value are the
pieces counted and followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, NamedTuple

from danvan_cli.findings import Place
from danvan_cli.nodes import NOWHERE, Extract

PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)(?:\.([a-z0-9-]+))?\}")
_WORD = re.compile(r"[^\W_]+(?:[-/.&][^\W_]+)*")


class Origin(StrEnum):
    """Whose words they are."""

    CATALOGUE = "danh_muc"
    RULE = "quy_tac"
    UNIT = "ho_so"


class Piece(NamedTuple):
    """A run of words of one origin.

    `extract` is where the words themselves stand, None for a rule's own, which say in `ly_do`
    why they are there; `via` is what called for them: the placeholder they fill, the assignment
    that names the agency by its id.
    """

    text: str
    origin: Origin
    extract: Extract | None = None
    via: Extract | None = None
    ly_do: str = ""

    @property
    def place(self) -> Place:
        """Where the words stand, else where they are called for."""
        known = self.extract or self.via
        return known.place if known is not None else NOWHERE

    @property
    def layer(self) -> str:
        """Whose file the words stand in; "" for a rule's own."""
        return self.extract.layer if self.extract is not None else ""

    def cut(self, start: int, end: int) -> Piece:
        """The characters from `start` to `end`."""
        extract = self.extract
        # Letters whose capital is longer do not tell which of them stood where.
        if extract is not None and extract.end - extract.start == len(self.text):
            extract = extract.cut(start, end)
        return Piece(self.text[start:end], self.origin, extract, self.via, self.ly_do)

    def spelt(self, text: str) -> Piece:
        """The same words spelt `text`: with capitals, without them."""
        return Piece(text, self.origin, self.extract, self.via, self.ly_do)


class _Printed:
    """The text of a prose, joined when it is first asked for.

    Python's own `cached_property` takes a lock before 3.12, which costs more than the joining.
    """

    def __get__(self, words: Prose, _: type[Prose]) -> str:
        text: str = "".join([piece.text for piece in words.pieces])
        vars(words)["text"] = text
        return text


@dataclass(frozen=True)
class Prose:
    """Pieces in order; `text`, as `str()`, is what prints."""

    pieces: tuple[Piece, ...] = ()
    text: ClassVar = _Printed()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __add__(self, other: Prose) -> Prose:
        return Prose(self.pieces + other.pieces)

    @property
    def place(self) -> Place:
        """Where the first words stand."""
        return self.pieces[0].place if self.pieces else NOWHERE

    def words(self) -> Counter[Origin]:
        """How many words come from each origin; a word of two origins is the later one's."""
        owners = [piece.origin for piece in self.pieces for _ in piece.text]
        return Counter(owners[match.end() - 1] for match in _WORD.finditer(self.text))

    def replaced(self, start: int, end: int, new: Prose) -> Prose:
        """This prose with the characters from `start` to `end` become `new`."""
        return self.cut(0, start) + new + self.cut(end, len(self.text))

    def cut(self, start: int, end: int) -> Prose:
        """The characters from `start` to `end`, each still of its origin and place."""
        if start <= 0 and end >= len(self.text):
            return self
        kept, at = [], 0
        for piece in self.pieces:
            low, high = max(start - at, 0), min(end - at, len(piece.text))
            if low < high:
                kept.append(piece.cut(low, high))
            at += len(piece.text)
        return Prose(tuple(kept))

    def lines(self) -> tuple[Prose, ...]:
        """The lines of this prose, without empty ones."""
        if "\n" not in self.text:
            return (self,) if self.text.strip() else ()
        made, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                made.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return tuple(made)

    def capitalised(self) -> Prose:
        """This prose with its first letter a capital."""
        return self._with_first(str.upper)

    def lowered(self) -> Prose:
        """This prose with its first letter small."""
        return self._with_first(str.lower)

    def of(self, origin: Origin) -> Prose:
        """The same words of the same places, as those of `origin`."""
        return Prose(tuple(p._replace(origin=origin) for p in self.pieces))

    def called_by(self, via: Extract | None) -> Prose:
        """The same words, called for at `via`."""
        return Prose(tuple([Piece(p.text, p.origin, p.extract, via, p.ly_do) for p in self.pieces]))

    def _with_first(self, change: Callable[[str], str]) -> Prose:
        if not self.pieces:
            return self
        first = self.pieces[0]
        shown = change(first.text[0]) + first.text[1:]
        return self if shown == first.text else Prose((first.spelt(shown), *self.pieces[1:]))


NOTHING = Prose()


class Splice(NamedTuple):
    """The placeholder `key` filled: at the character `at`, `old` became `new`; it stood at `by`."""

    at: int
    old: Prose
    new: Prose
    by: Extract | None
    key: str


def prose(text: str, origin: Origin, via: Extract | None = None) -> Prose:
    """`text` as prose of one origin; a text of a file knows its place."""
    if not text:
        return NOTHING
    return Prose((Piece(str(text), origin, Extract.of(text), via),))


@lru_cache(maxsize=4096)
def by_rule(text: str, ly_do: str) -> Prose:
    """`text` that stands in no file, put there by a rule: a number, a dash, a separator."""
    return Prose((Piece(text, Origin.RULE, ly_do=ly_do),)) if text else NOTHING


def respelt(text: str, origin: Origin, extract: Extract | None) -> Prose:
    """`text` for what stands at `extract` in other letters or figures: "05" for "5"."""
    return Prose((Piece(text, origin, extract),))


def joined(parts: Iterable[Prose], separator: Prose) -> Prose:
    """`parts` with `separator` between them."""
    made: list[Piece] = []
    for index, part in enumerate(parts):
        if index:
            made.extend(separator.pieces)
        made.extend(part.pieces)
    return Prose(tuple(made))


def filled(
    text: str, values: Mapping[str, Prose | str], origin: Origin, *, called: bool = True
) -> Prose:
    """`text` with its placeholders filled from `values`; what is not a placeholder stays.

    The case of the placeholder is the case of the value: `{loai}`, `{Loai}`, `{LOAI}`. Without
    `called`, a value is still called for by what called for it before: `text` only frames it.
    """
    return fill(prose(text, origin), values, called=called)[0]


def fill(
    words: Prose, values: Mapping[str, Prose | str], *, called: bool = True
) -> tuple[Prose, tuple[Splice, ...]]:
    """`words` with the placeholders of each piece filled, and each filling, from left to right."""
    if "{" not in words.text:
        return words, ()
    made: list[Piece] = []
    splices: list[Splice] = []
    at = 0
    for piece in words.pieces:
        done = 0
        for start, end, name, key in _placeholders(piece.text):
            value = values.get(key)
            if value is None:
                continue
            if start > done:
                made.append(piece.cut(done, start))
            at += start - done
            old = piece.cut(start, end)
            by = old.extract or old.via
            new = _cased(value if isinstance(value, Prose) else prose(value, Origin.RULE), name)
            new = new.called_by(by) if called else new
            splices.append(Splice(at, Prose((old,)), new, by, key))
            made.extend(new.pieces)
            at += len(new.text)
            done = end
        made.append(piece.cut(done, len(piece.text)) if done else piece)
        at += len(piece.text) - done
    if not splices:
        return words, ()
    return Prose(tuple(piece for piece in made if piece.text)), tuple(splices)


def placeholders(text: str) -> tuple[tuple[str, int], ...]:
    """The names between braces in `text` that have the form of a placeholder, with offsets."""
    return tuple((key, start) for start, _, _, key in _placeholders(str(text)))


@lru_cache(maxsize=8192)
def _placeholders(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """Start, end, name as written and key of each placeholder."""
    found = PLACEHOLDER.finditer(text) if "{" in text else ()
    return tuple((m.start(), m.end(), m.group(1), _key(m)) for m in found)


def _key(match: re.Match[str]) -> str:
    name, argument = match.groups()
    return f"{name.lower()}.{argument}" if argument else name.lower()


def _cased(value: Prose, name: str) -> Prose:
    if name.isupper():
        return Prose(tuple(p.spelt(p.text.upper()) for p in value.pieces))
    return value.capitalised() if name[0].isupper() else value
