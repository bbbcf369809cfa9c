"""Citations where they stand in a passage, with the words round them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_cli.grammar.citation.symbols import LAWS
from danvan_cli.grammar.citation.values import Citation
from danvan_cli.grammar.spans import Span
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.passage import Passage
from danvan_cli.validate.checks.spans import citations_in
from danvan_cli.validate.setting import Setting

_LOCAL = re.compile(rf".*{any_of('ky_hieu_dia_phuong')}")


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
    if not found:
        return ()
    ends = [*(c.start for c in found[1:]), len(passage.text)]
    starts = [0, *(c.end for c in found)]
    return tuple(
        Cited(passage, c, passage.text[c.end : end][:400], passage.text[start : c.start][-60:])
        for c, start, end in zip(found, starts, ends, strict=False)
    )


def may_be_looked_up(cited: Cited, setting: Setting) -> bool:
    """Whether a citation names one document of the register: not where its form is at fault.

    Every province numbers its own: the register of one city says nothing of another's.
    """
    citation = cited.citation
    if citation.loi or (not setting.home and _LOCAL.match(citation.ky_hieu or "")):
        return False
    return citation.so is not None or (citation.loai in LAWS and citation.ten is not None)


def citation_name(citation: Citation) -> str:
    """The citation as messages name it: kind and number, or kind and name."""
    if not citation.so:
        return f"{citation.loai} {citation.ten}"
    return " ".join(citation.text[: citation.places.so.end - citation.start].split())


def date_place(citation: Citation) -> Span:
    """Where the date stands; the whole citation where it gives none."""
    return citation.places.ngay or Span(citation.start, citation.end)


def number_place(citation: Citation) -> Span:
    """Where the number and symbol stand; the whole citation where it has none."""
    return citation.places.so or Span(citation.start, citation.end)
