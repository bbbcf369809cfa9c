"""A YAML text changed by whole lines, so that comments and layout stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from danvan_cli.nodes import Mapping, Node, Sequence, Text


@dataclass
class FileLines:
    """The lines of a text (from 1), what goes, what is put under or over them."""

    text: str
    _gone: set[int] = field(default_factory=set)
    _hidden: set[int] = field(default_factory=set)
    _over: dict[int, list[str]] = field(default_factory=dict)
    _under: dict[int, list[str]] = field(default_factory=dict)
    _swapped: dict[int, str] = field(default_factory=dict)

    def drop(self, first: int, last: int) -> None:
        """The lines from `first` to `last` go."""
        self._gone.update(range(first, last + 1))

    def hide(self, first: int, last: int) -> None:
        """The lines from `first` to `last` become comments."""
        self._hidden.update(range(first, last + 1))

    def over(self, line: int, words: str) -> None:
        """A line with `words` above `line`, as far in as it."""
        self._over.setdefault(line, []).append(words)

    def under(self, line: int, words: str, indent: int) -> None:
        """A line with `words` below `line`, `indent` spaces in."""
        self._under.setdefault(line, []).append(" " * indent + words)

    def line(self, number: int) -> str:
        """What a line says by now."""
        return self._swapped.get(number, self.text.split("\n")[number - 1])

    def put(self, number: int, words: str) -> None:
        """A line says `words`."""
        self._swapped[number] = words

    def swap(self, line: int, old: str, new: str) -> None:
        """The first `old` on a line becomes `new`."""
        self.put(line, self.line(line).replace(old, new, 1))

    def copy(self) -> FileLines:
        """The same, to be changed apart."""
        return FileLines(
            self.text,
            set(self._gone),
            set(self._hidden),
            {line: list(words) for line, words in self._over.items()},
            {line: list(words) for line, words in self._under.items()},
            dict(self._swapped),
        )

    def in_place(self) -> str:
        """The text with nothing put over or under a line: every line keeps its number."""
        bare = FileLines(self.text, set(), self._hidden | self._gone, {}, {}, self._swapped)
        return str(bare)

    def __str__(self) -> str:
        made: list[str] = []
        for number, line in enumerate(self.text.split("\n"), start=1):
            line = self._swapped.get(number, line)
            indent = line[: len(line) - len(line.lstrip())]
            made += [f"{indent}{words}" for words in self._over.get(number, ())]
            if number in self._hidden:
                made.append(f"{indent}# {line.strip()}" if line.strip() else line)
            elif number not in self._gone:
                made.append(line)
            made += self._under.get(number, ())
        return "\n".join(made)


def first_line(node: Node) -> int:
    """The line a node begins on."""
    if isinstance(node, Mapping) and node:
        return min(node.place.line, next(iter(node)).place.line)
    return node.place.line


def last_line(node: Node) -> int:
    """The line the last word of a node stands on."""
    return max((_end(text) for text in _texts(node)), default=node.place.line)


def _end(text: Text) -> int:
    if text.source is None:
        return text.place.line
    return text.source.place(max(text.start, text.end - 1)).line


def _texts(node: Node) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield key
            yield from _texts(value)
    else:
        for value in node:
            yield from _texts(value)


def child(node: Node | None, key: str) -> Node | None:
    """What stands at `key` of a mapping; None where there is nothing, or no mapping."""
    return node.get(Text(key)) if isinstance(node, Mapping) else None


def mappings(node: Node | None) -> list[Mapping]:
    """The mappings of a list; one alone where a list may be written as its only member."""
    if isinstance(node, Mapping):
        return [node]
    return (
        [entry for entry in node if isinstance(entry, Mapping)]
        if isinstance(node, Sequence)
        else []
    )


def counted(values: Table[str, int]) -> str:
    """Counts as words: "3 nhiệm vụ, 1 nhóm"; what is none is left out."""
    return ", ".join(f"{count} {what}" for what, count in values.items() if count)
