"""Stretches of a text that are somebody else's words: citations with their titles, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from danvan_cli.grammar.citation.reader import Citation, find_citations
from danvan_cli.grammar.spans import Span
from danvan_cli.text import nfc

# A citation has a number, or the slash of one left blank, or is of a law by name.
_MAY_CITE = re.compile(r"[0-9/]|uật|[Pp]háp")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")


@lru_cache(maxsize=16384)
def citations_in(text: str) -> tuple[Citation, ...]:
    """The citations of a text, read once however many checks ask."""
    return find_citations(text) if _MAY_CITE.search(nfc(text)) else ()


def citation_spans(text: str) -> tuple[Span, ...]:
    """Where the citations of `text` stand, each with the title after it where it has one."""
    return tuple(
        Span(c.start, max(c.end, c.places.ten.end if c.so is not None else 0))
        for c in citations_in(text)
    )


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Where quotations stand, their marks with them."""
    return tuple(Span(*found.span()) for found in _QUOTED.finditer(text))


def inside(place: int, spans: Iterable[Span]) -> bool:
    """Whether `place` lies in one of `spans`."""
    return any(start <= place < end for start, end in spans)
