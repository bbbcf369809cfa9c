"""Stretches of a text that are somebody else's words: citations with their titles, quotations."""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_cli.grammar.citation.reader import Citation, find_citations
from danvan_cli.text import nfc, nfc_with_offsets

# A citation has a number, or the slash of one left blank, or is of a law by name.
_MAY_CITE = re.compile(r"[0-9/]|uật|[Pp]háp")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")


@lru_cache(maxsize=16384)
def citations_in(text: str) -> tuple[Citation, ...]:
    """The citations of a text, read once however many checks ask."""
    return find_citations(text) if _MAY_CITE.search(nfc(text)) else ()


def citation_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the citations of `text` stand, each with the title after it where it has one."""
    composed, offsets = nfc_with_offsets(text)
    return tuple(
        (offsets[c.start], offsets[_with_title(composed, c)]) for c in citations_in(composed)
    )


def _with_title(text: str, citation: Citation) -> int:
    if citation.ten is None or citation.so is None:
        return citation.end
    words = [re.escape(word) for word in citation.ten.split()]
    found = re.compile(r"[\s,“\"]{0,6}(?:về\s+(?:việc\s+)?)?[“\"]?" + r"\s+".join(words)).match(
        text, citation.end
    )
    return found.end() if found else citation.end


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotations stand, their marks with them."""
    return tuple(found.span() for found in _QUOTED.finditer(text))


def inside(place: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether `place` lies in one of `spans`."""
    return any(start <= place < end for start, end in spans)
