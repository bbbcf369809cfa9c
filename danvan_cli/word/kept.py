"""What is made of an element, kept by its XML: the papers of one office say most things alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from lxml import etree

T = TypeVar("T")
_LONGEST = 8_192
"""An element with more bytes than this hardly stands in two papers."""


class ElementBytes:
    """The XML of the elements of one file, each written out once for everyone who asks."""

    def __init__(self) -> None:
        self._made: dict[etree._Element, bytes] = {}

    def of(self, element: etree._Element) -> bytes:
        """The bytes of `element`, what follows it left out."""
        made = self._made.get(element)
        if made is None:
            made = etree.tostring(element, encoding="UTF-8", with_tail=False)
            self._made[element] = made
        return made


class Kept(Generic[T]):
    """What was made of elements, the `most` that were asked for last.

    What is made may depend on the element, on nothing above or beside it, and on `more`.
    """

    def __init__(self, most: int = 8_192) -> None:
        self._made: dict[tuple[Hashable, ...], T] = {}
        self._most = most

    def of(
        self,
        element: etree._Element,
        written: ElementBytes,
        make: Callable[[etree._Element], T],
        *more: Hashable,
    ) -> T:
        """What `make` gives for `element`, or gave for one `written` in the same bytes."""
        own = written.of(element)
        if len(own) > _LONGEST:
            return make(element)
        key = (own, *more)
        if key in self._made:
            made = self._made.pop(key)
        else:
            made = make(element)
            if len(self._made) >= self._most:
                self._made.pop(next(iter(self._made)))
        self._made[key] = made  # what was asked for last is forgotten last
        return made
