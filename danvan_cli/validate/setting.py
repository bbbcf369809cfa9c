"""What a text is judged against: its catalogue, year, dates and unit, and what of them is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.book import AgencyBook, agencies_of
from danvan_cli.models.registers import Unit
from danvan_cli.passage import Passage, joined_passages
from danvan_cli.reading.document import TaskRow


@dataclass(frozen=True)
class Setting:
    """What passages are judged against; a rule that needs what is not known keeps silent.

    `year` is the year that times without one are read in; it is a guess, good for no finding by
    itself, unless `year_known`. `issued` is the text's own date, None until it is known; of a date
    half filled in, `since` and `until` are the first and the last day it can be. `unit` is whose
    text it is, None for the catalogue itself and where it cannot be told. `home` says whether
    the text is of the catalogue's own city, whose lists of units, numbers and themes then speak of
    it; `rests_on_city` whether it carries out the decision that the catalogue is; `of_union` whether
    its letterhead is that of the Front, a union or the Party, who give their own people work.
    `book` are the agencies with those of the unit's own file, where that is at hand.
    `official` is whether it shows itself a paper of an office, whose language is known.
    `speaks_of` is the first day of the time a report is on, where that is before its own. `today` is the day of
    the run, where a rule of the catalogue needs it.
    """

    catalogue: Catalogue
    kind: Literal["danh_muc", "ho_so", "van_ban"]
    year: int
    issued: date | None = None
    unit: Unit | None = None
    home: bool = True
    year_known: bool = True
    rests_on_city: bool = True
    of_union: bool = False
    official: bool = True
    book: AgencyBook | None = None
    since: date | None = None
    until: date | None = None
    speaks_of: date | None = None
    today: date = date.min

    def of_anyone(self) -> Setting:
        """The same for whoever's text it is: what words by themselves are judged against."""
        return replace(self, unit=None, book=None) if self.unit is not None else self

    def of_words(self) -> Setting:
        """What words are judged against wherever and whenever they are said: catalogue and kind."""
        return Setting(self.catalogue, self.kind, self.catalogue.year, official=self.official)

    @property
    def agencies(self) -> AgencyBook:
        """The agencies under every name they go by in such a text."""
        return self.book or agencies_of(self.catalogue, self.unit)

    @property
    def earliest(self) -> date | None:
        """The first day the text can have been written; None where nothing tells."""
        if self.issued or self.since:
            return self.issued or self.since
        return date(self.year, 1, 1) if self.year_known else None

    @property
    def latest(self) -> date | None:
        """The last day the text can have been written; None where nothing tells."""
        if self.issued or self.until:
            return self.issued or self.until
        return date(self.year, 12, 31) if self.year_known else None


@dataclass(frozen=True)
class Work:
    """A task of a document, of the catalogue or of a unit's file; what is not judged is left out."""

    content: Passage | None = None
    leads: tuple[Passage, ...] = ()
    helpers: tuple[Passage, ...] = ()
    deadline: Passage | None = None
    given: tuple[Passage, ...] = ()
    """Those it is given to, where only who and until when is judged."""

    @classmethod
    def of(cls, row: TaskRow) -> Work:
        """The task that a row of a document is."""
        return cls(_whole(row.noi_dung), row.chu_tri, row.phoi_hop, _whole(row.thoi_gian))


def _whole(parts: Sequence[Passage]) -> Passage | None:
    if len(parts) > 1:
        return joined_passages(parts, "\n")
    return parts[0] if parts else None
