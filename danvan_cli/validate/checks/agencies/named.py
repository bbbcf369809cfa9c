"""What rules of agencies look at: a cell, and each agency named in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from danvan_cli.grammar.agency.reader import AgencyMention, read_agencies
from danvan_cli.localize.book import AgencyBook
from danvan_cli.passage import Passage
from danvan_cli.validate.setting import Setting

AGENCY_FIELDS = ("chu_tri", "phoi_hop")


class Named(NamedTuple):
    """An agency named in a cell: its id where it is known, and the book it was looked up in."""

    passage: Passage
    mention: AgencyMention
    ma: str | None
    book: AgencyBook

    @property
    def shown(self) -> str:
        """What people call the agency that a YAML file may name by its id."""
        return self.book.names.get(self.mention.text, self.mention.text)


class CellAgencies(NamedTuple):
    """The agencies of a cell, in order."""

    passage: Passage
    agencies: tuple[Named, ...]


def agency_cell(passage: Passage, setting: Setting) -> CellAgencies:
    """The agencies that a cell of a table, or a reference in YAML, names."""
    book = setting.agencies
    if passage.whole:
        mention = _one(passage)
        return CellAgencies(passage, (Named(passage, mention, book.resolve(mention.text), book),))
    return CellAgencies(
        passage, tuple(Named(passage, m, ma, book) for m, ma in _read(passage.text, book))
    )


def named_in(passages: Sequence[Passage], setting: Setting) -> tuple[Named, ...]:
    """The agencies of several cells, in order."""
    return tuple(one for passage in passages for one in agency_cell(passage, setting).agencies)


def on_date(setting: Setting) -> date:
    """The day a text is judged on: the first it speaks of; the dawn of time where none is known."""
    days = [day for day in (setting.earliest, setting.speaks_of) if day]
    return min(days, default=date.min)


@lru_cache(maxsize=8192)
def _read(text: str, book: AgencyBook) -> tuple[tuple[AgencyMention, str | None], ...]:
    return tuple((mention, book.meant(mention.text)) for mention in _mentions(text))


@lru_cache(maxsize=8192)
def _mentions(text: str) -> tuple[AgencyMention, ...]:
    return read_agencies(text).phan


def _one(passage: Passage) -> AgencyMention:
    text = passage.text
    return AgencyMention(text, 0, len(text), passage.beside, de_nghi=False, tap_the=False)
