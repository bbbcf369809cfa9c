"""What a YAML file becomes: text, mappings and sequences that keep where they stood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeAlias

from danvan_cli.findings import Place

NOWHERE = Place("")


class Text(str):
    """A scalar as written (NFC), with the place it stands in its file."""

    __slots__ = ("end", "place", "source", "start")
    place: Place
    source: SourceText | None
    start: int
    end: int

    def __new__(  # noqa: D102 - the class says it
        cls,
        value: str,
        place: Place = NOWHERE,
        source: SourceText | None = None,
        start: int = 0,
        end: int = 0,
    ) -> Text:
        made = super().__new__(cls, value)
        made.place, made.source, made.start, made.end = place, source, start, end
        return made

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset` of this text, as it stands in the file."""
        index = self.index_at(offset)
        if index is None or self.source is None:
            return self.place
        return self.source.place(index)

    def index_at(self, offset: int) -> int | None:
        """Where character `offset` stands in the file's text; None where it cannot be known.

        Walks the raw characters beside the value: line folding, indents, quotes and the header
        of a block are passed over.
        """
        if self.source is None:
            return None
        raw, at = self.source.text, self.start
        if raw[at : at + 1] in ("|", ">"):
            at = raw.find("\n", at)
        for wanted in self[: offset + 1]:
            if wanted.isspace():
                while at < self.end and not raw[at].isspace():
                    at += 1
                found = at
                while at < self.end and raw[at].isspace():
                    at += 1
                continue
            while at < self.end and raw[at] != wanted:
                at += 1
            if at >= self.end:
                return None
            found = at
            at += 1
        return found if self else None


@dataclass(frozen=True)
class SourceText:
    """A file's text and the way from an index in it to line and column."""

    path: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, path: str, text: str) -> SourceText:
        """The source of `text`; its line starts are counted once."""
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(text) if c == "\n")
        return cls(path, text, tuple(starts))

    def place(self, index: int) -> Place:
        """Line and column, both from 1, of the character at `index`."""
        line = bisect_right(self.starts, index) - 1
        return Place(self.path, line + 1, index - self.starts[line] + 1)


class Mapping(dict[Text, "Node"]):
    """A YAML mapping; its keys are `Text`, so they too have places."""

    place: Place = NOWHERE

    def key_place(self, name: str) -> Place:
        """Where the key `name` stands; the mapping's own place where it has no such key."""
        return next((key.place for key in self if key == name), self.place)


class Sequence(list["Node"]):
    """A YAML sequence."""

    place: Place = NOWHERE


Node: TypeAlias = Text | Mapping | Sequence
