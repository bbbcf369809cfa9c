"""Where the parts of a phrase stand in the text that was read."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int

    def __bool__(self) -> bool:
        """Whether it holds a character."""
        return self.end > self.start

    def of(self, text: str) -> str:
        """The words of `text` it stands for."""
        return text[self.start : self.end]


NO_SPAN = Span(0, 0)
"""Of what stands nowhere in the text: a year that a neighbour gave."""
