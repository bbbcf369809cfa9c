"""A passage as rules of wording read it: composed text, words, and the way back."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from danvan_cli.findings import Finding
from danvan_cli.passage import Passage
from danvan_cli.text import comparable, nfc_with_offsets

WORD = re.compile(r"[^\W_]+")


class ViewWord(NamedTuple):
    """A word: as written, as compared, where it stands, whether only spaces part it from the last."""

    text: str
    low: str
    start: int
    end: int
    follows: bool


class ComposedText:
    """A text composed (NFC), its words, and the way back; one for all places it stands in.

    What a check finds in a text by itself is found once where it is kept by this object.
    """

    def __init__(self, written: str) -> None:
        self.text, self.offsets = nfc_with_offsets(written)

    @cached_property
    def low(self) -> str:
        """The comparable form, place for place."""
        return comparable(self.text)

    @cached_property
    def tokens(self) -> tuple[ViewWord, ...]:
        """The words, in order."""
        words: list[ViewWord] = []
        last = 0
        for match in WORD.finditer(self.text):
            start, end = match.span()
            between = self.text[last:start]
            follows = bool(words) and between != "" and between.isspace()
            words.append(ViewWord(match.group(), self.low[start:end], start, end, follows))
            last = end
        return tuple(words)

    @cached_property
    def stream(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The words in comparable form with "" where punctuation parts them and at both ends.

        Beside it, where each of `tokens` stands in it.
        """
        stream: list[str] = [""]
        positions: list[int] = []
        for token in self.tokens:
            if not token.follows and stream[-1]:
                stream.append("")
            positions.append(len(stream))
            stream.append(token.low)
        return (*stream, ""), tuple(positions)


TEXTS_KEPT = 16_384
"""How many texts are remembered, with what checks found in them."""


_composed = lru_cache(maxsize=TEXTS_KEPT)(ComposedText)


class View:
    """A passage with its text composed (NFC); findings are placed in the text as written."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words = _composed(passage.text)
        self.text = self.words.text

    @property
    def low(self) -> str:
        """The comparable form, place for place."""
        return self.words.low

    @property
    def tokens(self) -> tuple[ViewWord, ...]:
        """The words, in order."""
        return self.words.tokens

    @property
    def stream(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The words in comparable form with "" where punctuation parts them and at both ends.

        Beside it, where each of `tokens` stands in it.
        """
        return self.words.stream

    def finding(
        self, code: str, start: int, end: int, message: str, new: str | None = None
    ) -> Finding:
        """The finding on the characters from `start` to `end` of `text`."""
        offsets = self.words.offsets
        return self.passage.finding(code, offsets[start], offsets[end], message, new)
