"""A YAML text changed by whole lines and pieces, so that comments and layout stay as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from danvan_cli.nodes import Mapping, Node, Sequence, Text, texts_in


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
    return max((_end(text) for text in texts_in(node, keys=True)), default=node.place.line)


def _end(text: Text) -> int:
    if text.source is None:
        return text.place.line
    return text.source.place(max(text.start, text.end - 1)).line


PiecePath = tuple[str, ...]
"""The keys, and the places in lists ("0"), that lead to a piece."""


@dataclass(frozen=True)
class FilePiece:
    """A piece with the lines it stands on."""

    path: PiecePath
    node: Node
    first: int
    last: int


class FilePieces:
    """Every piece of a file."""

    def __init__(self, root: Node | None) -> None:
        self.all: dict[PiecePath, FilePiece] = {}
        if root is not None:
            self._walk(root, ())

    def _walk(self, node: Node, path: PiecePath) -> None:
        if isinstance(node, Mapping):
            for key, value in node.items():
                here = (*path, str(key))
                self.all[here] = FilePiece(here, value, key.place.line, last_line(value))
                self._walk(value, here)
        elif isinstance(node, Sequence):
            for number, value in enumerate(node):
                here = (*path, str(number))
                self.all[here] = FilePiece(here, value, first_line(value), last_line(value))
                self._walk(value, here)

    def of(self, node: Node) -> FilePiece | None:
        """The piece that `node` itself is."""
        return next((p for p in self.all.values() if p.node is node), None)

    def at(self, line: int, value: str) -> FilePiece | None:
        """The smallest piece on a line, that with `value` first."""
        here = [p for p in self.all.values() if p.first <= line <= p.last]
        exact = [p for p in here if isinstance(p.node, Text) and p.node == value]
        return max(exact or here, key=lambda p: len(p.path), default=None)

    def removable(self, wanted: Iterable[PiecePath]) -> tuple[FilePiece, ...]:
        """The pieces to be taken out with those `wanted`.

        One whose neighbours on its lines stay goes with what holds both, but for a word of a list,
        which can be cut out; what would be left empty goes too.
        """
        gone = {path for path in wanted if path}
        while True:
            more = {self._instead(path, gone) for path in gone}
            more |= {
                parent
                for parent in {path[:-1] for path in more if path[:-1]}
                if all(p in more for p in self.all if p[:-1] == parent)
            }
            more = {path for path in more if not any(path[:n] in more for n in range(len(path)))}
            if more == gone:
                return tuple(sorted((self.all[p] for p in gone), key=lambda p: (p.first, p.path)))
            gone = more

    def _instead(self, path: PiecePath, gone: set[PiecePath]) -> PiecePath:
        piece = self.all[path]
        if self.is_word_of_list(piece):
            return path
        mates = [
            p
            for p in self.all.values()
            if p.first <= piece.last
            and piece.first <= p.last
            and not _within(p.path, path)
            and not _within(path, p.path)
            and not any(_within(p.path, g) for g in gone)
        ]
        return path[:-1] if mates and len(path) > 1 else path

    def is_word_of_list(self, piece: FilePiece) -> bool:
        """Whether it is a word of a list of words, which stands on a line with others."""
        holder = self.all.get(piece.path[:-1])
        return (
            isinstance(piece.node, Text)
            and holder is not None
            and isinstance(holder.node, Sequence)
            and len({first_line(n) for n in holder.node}) < len(holder.node)
        )


def _within(path: PiecePath, other: PiecePath) -> bool:
    return path[: len(other)] == other


def take_out(
    pieces: FilePieces, wanted: Iterable[PiecePath], lines: FileLines, comment: str
) -> None:
    """Make comments of the pieces `wanted` under the words `comment`; cut words out of lists."""
    for piece in pieces.removable(wanted):
        if pieces.is_word_of_list(piece):
            _cut_word(str(piece.node), piece.first, lines)
        else:
            lines.hide(piece.first, piece.last)
            lines.over(piece.first, comment)


def _cut_word(word: str, line: int, lines: FileLines) -> None:
    here = lines.line(line)
    for written in (f", {word}", f"{word}, ", f"{word},", word):
        at = _whole(here, written, word)
        if at is not None:
            lines.put(line, here[:at] + here[at + len(written) :])
            return


def _whole(text: str, written: str, word: str) -> int | None:
    """Where `written` stands in `text` with `word` not a part of a longer word."""
    at = text.find(written)
    while at >= 0:
        start = at + written.index(word)
        around = text[start - 1 : start] + text[start + len(word) : start + len(word) + 1]
        if not any(char.isalnum() or char == "-" for char in around):
            return at
        at = text.find(written, at + 1)
    return None
