"""Citations where they stand in a passage, with the words round them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_cli.grammar.citation.values import Citation
from danvan_cli.grammar.dates import real_date
from danvan_cli.passage import Passage
from danvan_cli.validate.checks.spans import citations_in

_FIGURES = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
_IN_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*/\s*|,?\s+năm\s+)(\d{4})(?!\d)")


@dataclass(frozen=True)
class Cited:
    """A citation in a passage and the words after it, as far as the next one."""

    passage: Passage
    citation: Citation
    following: str
    before: str


def cited_in(passage: Passage) -> tuple[Cited, ...]:
    """The citations of a passage, in order."""
    found = citations_in(passage.text)
    ends = [*(c.start for c in found[1:]), len(passage.text)]
    starts = [0, *(c.end for c in found)]
    return tuple(
        Cited(passage, c, passage.text[c.end : end][:400], passage.text[start : c.start][-60:])
        for c, start, end in zip(found, starts, ends, strict=False)
    )


def named(citation: Citation) -> str:
    """The citation as messages name it: kind and number, or kind and name."""
    number = " ".join(citation.text.split(" ngày ")[0].split())
    return number.rstrip(" ,") if citation.so else f"{citation.loai} {citation.ten}"


def date_place(cited: Cited) -> tuple[int, int, bool]:
    """Where the date of a citation stands, and whether it is in words."""
    citation, text = cited.citation, cited.passage.text
    for pattern in (_FIGURES, _IN_WORDS):
        for found in pattern.finditer(text, citation.start, citation.end):
            day, month, year = (int(n) for n in found.groups())
            if real_date(day, month, year) == citation.ngay:
                return found.start(), found.end(), pattern is _IN_WORDS
    return citation.start, citation.end, False


def number_place(cited: Cited) -> tuple[int, int]:
    """Where the number and symbol stand; the whole citation where that cannot be told."""
    citation, text = cited.citation, cited.passage.text
    year = rf"\s*/\s*{citation.nam}" if citation.nam else ""
    letters = r"\s*".join(
        re.escape(c) if c not in "-/" else r"[-/‐‑‒–—]" for c in citation.ky_hieu or ""
    )
    pattern = re.compile(rf"{re.escape(citation.so or '')}{year}\s*[-/‐‑‒–—]?\s*{letters}")
    found = pattern.search(text, citation.start, citation.end)
    return found.span() if found else (citation.start, citation.end)
