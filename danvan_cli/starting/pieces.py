"""The pieces a YAML file is made of, taken out so that what is left is still sound.

A piece is the value at a key, with its key, or a member of a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danvan_cli.nodes import Mapping, Node, Sequence, Text
from danvan_cli.starting.lines import FileLines, first_line, last_line

Path = tuple[str, ...]
"""The keys, and the places in lists ("0"), that lead to a piece."""


@dataclass(frozen=True)
class Piece:
    """A piece with the lines it stands on."""

    path: Path
    node: Node
    first: int
    last: int


class Pieces:
    """Every piece of a file."""

    def __init__(self, root: Node | None) -> None:
        self.all: dict[Path, Piece] = {}
        if root is not None:
            self._walk(root, ())

    def _walk(self, node: Node, path: Path) -> None:
        if isinstance(node, Mapping):
            for key, value in node.items():
                here = (*path, str(key))
                self.all[here] = Piece(here, value, key.place.line, last_line(value))
                self._walk(value, here)
        elif isinstance(node, Sequence):
            for number, value in enumerate(node):
                here = (*path, str(number))
                self.all[here] = Piece(here, value, first_line(value), last_line(value))
                self._walk(value, here)

    def of(self, node: Node) -> Piece | None:
        """The piece that `node` itself is."""
        return next((p for p in self.all.values() if p.node is node), None)

    def at(self, line: int, value: str) -> Piece | None:
        """The smallest piece on a line, that with `value` first."""
        here = [p for p in self.all.values() if p.first <= line <= p.last]
        exact = [p for p in here if isinstance(p.node, Text) and p.node == value]
        return max(exact or here, key=lambda p: len(p.path), default=None)

    def removable(self, wanted: Iterable[Path]) -> tuple[Piece, ...]:
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

    def _instead(self, path: Path, gone: set[Path]) -> Path:
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

    def is_word_of_list(self, piece: Piece) -> bool:
        """Whether it is a word of a list of words, which stands on a line with others."""
        holder = self.all.get(piece.path[:-1])
        return (
            isinstance(piece.node, Text)
            and holder is not None
            and isinstance(holder.node, Sequence)
            and len({first_line(n) for n in holder.node}) < len(holder.node)
        )


def _within(path: Path, other: Path) -> bool:
    return path[: len(other)] == other


def take_out(pieces: Pieces, wanted: Iterable[Path], lines: FileLines, said: str) -> None:
    """Make comments of the pieces `wanted` under the words `said`; cut words out of lists."""
    for piece in pieces.removable(wanted):
        if pieces.is_word_of_list(piece):
            _cut_word(str(piece.node), piece.first, lines)
        else:
            lines.hide(piece.first, piece.last)
            lines.over(piece.first, said)


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
