"""Text made of pieces, each knowing whose words it is: the city's, a rule's or the unit's.

What is printed is the pieces joined; the shares of `--stats` and the trail of a value are the
pieces counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from danvan_cli.findings import Place
from danvan_cli.nodes import NOWHERE, Text

PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)(?:\.([a-z0-9-]+))?\}")
_WORD = re.compile(r"[^\W_]+(?:[-/.&][^\W_]+)*")


class Origin(StrEnum):
    """Whose words they are."""

    CATALOGUE = "danh_muc"
    RULE = "quy_tac"
    UNIT = "ho_so"


@dataclass(frozen=True)
class Piece:
    """A run of words of one origin and the place they stand in."""

    text: str
    origin: Origin
    place: Place = NOWHERE


@dataclass(frozen=True)
class Prose:
    """Pieces in order; `str()` is what prints."""

    pieces: tuple[Piece, ...] = ()

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)

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
        return Counter(owners[match.end() - 1] for match in _WORD.finditer(str(self)))

    def replaced(self, start: int, end: int, new: Prose) -> Prose:
        """This prose with the characters from `start` to `end` become `new`."""
        return self.cut(0, start) + new + self.cut(end, len(str(self)))

    def cut(self, start: int, end: int) -> Prose:
        """The characters from `start` to `end`, each still of its origin."""
        kept, at = [], 0
        for piece in self.pieces:
            low, high = max(start - at, 0), min(end - at, len(piece.text))
            if low < high:
                kept.append(Piece(piece.text[low:high], piece.origin, piece.place))
            at += len(piece.text)
        return Prose(tuple(kept))

    def lines(self) -> tuple[Prose, ...]:
        """The lines of this prose, without empty ones."""
        text, made, start = str(self), [], 0
        for line in text.split("\n"):
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

    def _with_first(self, change: Callable[[str], str]) -> Prose:
        if not self.pieces:
            return self
        first = self.pieces[0]
        text = change(first.text[0]) + first.text[1:]
        return Prose((Piece(text, first.origin, first.place), *self.pieces[1:]))


NOTHING = Prose()


def prose(text: str, origin: Origin, place: Place | None = None) -> Prose:
    """`text` as prose of one origin; its place is the text's own unless given."""
    if not text:
        return Prose()
    where = place if place is not None else text.place if isinstance(text, Text) else NOWHERE
    return Prose((Piece(str(text), origin, where),))


def joined(parts: Iterable[Prose], separator: str, origin: Origin = Origin.RULE) -> Prose:
    """`parts` with `separator` between them."""
    made = Prose()
    for index, part in enumerate(parts):
        made = made + prose(separator, origin) + part if index else part
    return made


def filled(text: str, values: Mapping[str, Prose | str], origin: Origin) -> Prose:
    """`text` with its placeholders filled from `values`; what is not a placeholder stays.

    The case of the placeholder is the case of the value: `{loai}`, `{Loai}`, `{LOAI}`.
    """
    made, at = Prose(), 0
    where = text.place if isinstance(text, Text) else NOWHERE
    for match in PLACEHOLDER.finditer(text):
        value = values.get(_key(match))
        if value is None:
            continue
        made += prose(text[at : match.start()], origin, where)
        made += _cased(
            value if isinstance(value, Prose) else prose(value, Origin.RULE, where), match
        )
        at = match.end()
    return made + prose(text[at:], origin, where)


def placeholders(text: str) -> tuple[tuple[str, int], ...]:
    """The names between braces in `text` that have the form of a placeholder, with offsets."""
    return tuple((_key(match), match.start()) for match in PLACEHOLDER.finditer(text))


def _key(match: re.Match[str]) -> str:
    name, argument = match.groups()
    return f"{name.lower()}.{argument}" if argument else name.lower()


def _cased(value: Prose, match: re.Match[str]) -> Prose:
    name = match.group(1)
    if name.isupper():
        return Prose(tuple(Piece(p.text.upper(), p.origin, p.place) for p in value.pieces))
    return value.capitalised() if name[0].isupper() else value
