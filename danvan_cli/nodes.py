"""What a YAML file becomes: text, mappings and sequences that keep where they stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from danvan_cli.findings import Place
from danvan_cli.text import nfc_with_offsets

NOWHERE = Place("")


class Text(str):
    """A scalar as written (NFC), with the place it stands in its file."""

    __slots__ = ("end", "place", "raw", "source", "start")
    place: Place
    source: SourceText | None
    start: int
    end: int
    raw: Text | None
    """What the file says, where this is that with its placeholders filled."""

    def __new__(  # noqa: D102 - the class says it
        cls,
        value: str,
        place: Place = NOWHERE,
        source: SourceText | None = None,
        start: int = 0,
        end: int = 0,
        raw: Text | None = None,
    ) -> Text:
        made = super().__new__(cls, value)
        made.place, made.source, made.start, made.end = place, source, start, end
        made.raw = raw
        return made

    @property
    def written(self) -> Text:
        """What the file says."""
        return self.raw or self

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset` of this text, as it stands in the file."""
        index = self.index_at(offset)
        if index is None or self.source is None:
            return self.place
        return self.source.place(index)

    def index_at(self, offset: int) -> int | None:
        """Where character `offset` stands in the file's text; None where it cannot be known.

        Walks what is written beside the value: line folding, indents, quotes, escapes and the
        header of a block are passed over.
        """
        if self.source is None or not 0 <= offset < len(self):
            return None
        # Most scalars stand on one line as they are, bare or between quotes.
        if self.source.text.startswith(self, self.start):
            return self.start + offset
        if self.end - self.start == len(self) + 2 and self.source.text.startswith(
            self, self.start + 1
        ):
            return self.start + 1 + offset
        written, starts = _written(self.source.text[self.start : self.end])
        at = index = 0
        while index < len(self):
            if self[index].isspace():
                end = _run_end(self, index)
                at = _next(written, at, str.isspace)
                stop = _run_end(written, at)
                if offset < end:
                    at = min(at + offset - index, stop - 1)
                    break
                index, at = end, stop
            else:
                at = _next(written, at, self[index].__eq__)
                if offset == index:
                    break
                index, at = index + 1, at + 1
        return self.start + starts[at] if at < len(written) else None


class Absent(Text):
    """Stands where a text that must be is missing, so that the rest of its entry is judged too."""

    __slots__ = ()


class Extract(NamedTuple):
    """Some words of a scalar: the characters from `start` to `end` of its value."""

    text: Text
    start: int
    end: int

    @classmethod
    def of(cls, text: str) -> Extract | None:
        """All of `text`; None for a text that comes from no file."""
        return cls(text, 0, len(text)) if isinstance(text, Text) and text.place.path else None

    @property
    def place(self) -> Place:
        """File, line and column of the first character."""
        return self.text.place_at(self.start)

    @property
    def span(self) -> tuple[int, int] | None:
        """From which to which character of the file's text; None where it cannot be known."""
        first, last = self.text.index_at(self.start), self.text.index_at(self.end - 1)
        return None if first is None or last is None else (first, last + 1)

    @property
    def layer(self) -> str:
        """Whose file it is: the country's, the city's, the year's or the unit's; "" if untold."""
        return self.text.source.layer if self.text.source is not None else ""

    def cut(self, start: int, end: int) -> Extract:
        """The characters from `start` to `end` of this extract."""
        return Extract(self.text, self.start + start, self.start + end)


_ESCAPE = re.compile(r"\\(?:\r?\n[ \t]*|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))


def _written(raw: str) -> tuple[str, list[int]]:
    """What the scalar `raw` says, folding aside, and where each of its characters begins."""
    if raw[:1] in ("|", ">"):
        head = raw.find("\n") + 1
        return nfc_with_offsets(raw[head:], range(head, len(raw) + 1))
    if raw[:1] not in ('"', "'"):
        return nfc_with_offsets(raw)
    chars: list[str] = []
    starts: list[int] = []
    at = 1
    while at < len(raw) - 1:
        match = _ESCAPE.match(raw, at) if raw[0] == '"' else None
        if match is not None:
            code = match[1] or match[2] or match[3]
            char = chr(int(code, 16)) if code else _ESCAPED.get(match[4] or "", match[4] or "")
            end = match.end()
        else:
            char, end = raw[at], at + 1 + (raw[0] == "'" == raw[at])
        if char:
            chars.append(char)
            starts.append(at)
        at = end
    return nfc_with_offsets("".join(chars), [*starts, at])


def _next(text: str, at: int, wanted: Callable[[str], object]) -> int:
    while at < len(text) and wanted(text[at]) is not True:
        at += 1
    return at


def _run_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


@dataclass(frozen=True)
class SourceText:
    """A file's text and the way from an index in it to line and column."""

    path: str
    text: str
    starts: tuple[int, ...]
    layer: str = ""
    """Whose file it is: the country's, the city's, the year's or the unit's."""

    @classmethod
    def of(cls, path: str, text: str, layer: str = "") -> SourceText:
        """The source of `text`; its line starts are counted once."""
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(text) if c == "\n")
        return cls(path, text, tuple(starts), layer)

    def place(self, index: int) -> Place:
        """Line and column, both from 1, of the character at `index`."""
        line = bisect_right(self.starts, index) - 1
        return Place(self.path, line + 1, index - self.starts[line] + 1)


class Mapping(dict[Text, "Node"]):
    """A YAML mapping; its keys are `Text`, so they too have places."""

    def __init__(
        self, entries: Iterable[tuple[Text, Node]] | Table[Text, Node] = (), place: Place = NOWHERE
    ) -> None:
        super().__init__(entries)
        self.place = place

    def key_place(self, name: str) -> Place:
        """Where the key `name` stands; the mapping's own place where it has no such key."""
        return next((key.place for key in self if key == name), self.place)


class Sequence(list["Node"]):
    """A YAML sequence."""

    def __init__(self, members: Iterable[Node] = (), place: Place = NOWHERE) -> None:
        super().__init__(members)
        self.place = place


Node: TypeAlias = Text | Mapping | Sequence


def child(node: Node | None, key: str) -> Node | None:
    """What stands at `key` of a mapping; None where there is nothing, or no mapping."""
    return node.get(Text(key)) if isinstance(node, Mapping) else None


def text_at(node: Node | None, *keys: str) -> Text | None:
    """The text that `keys` lead to, one below the other; None where there is none."""
    for key in keys:
        node = child(node, key)
    return node if isinstance(node, Text) else None


def mappings(node: Node | None) -> list[Mapping]:
    """The mappings of a list; one alone where a list may be written as its only member."""
    members = node if isinstance(node, Sequence) else [node]
    return [member for member in members if isinstance(member, Mapping)]


def texts_in(node: Node | None, *, keys: bool = False) -> Iterator[Text]:
    """Every text at or below `node`, those that are `keys` of mappings too if wanted."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if keys:
                yield key
            yield from texts_in(value, keys=keys)
    elif node is not None:
        for value in node:
            yield from texts_in(value, keys=keys)
