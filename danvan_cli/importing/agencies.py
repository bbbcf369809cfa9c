"""The agencies a paper names: their ids, how it prints them, those no register knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from danvan_cli.grammar.agency.reader import AgencyCell, AgencyMention, read_agencies
from danvan_cli.importing.paper import lines_text
from danvan_cli.localize.locality import Locality
from danvan_cli.passage import Passage
from danvan_cli.text import capitalised, fold, nearest, slug, squeeze

Data = dict[str, object]
"""A mapping of a file that is made."""
_ALL = "các "
_SLIP = 0.8
"""How alike a name must be to one of the register to be taken for it, and asked about."""


def several(value: object) -> list[object]:
    """`value` as a list: itself, none, or it alone."""
    return value if isinstance(value, list) else [] if value is None else [value]


def mapping(value: object) -> Mapping[str, object]:
    """`value` where it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


@dataclass
class PaperAgencies:
    """Reads the agency cells of a paper for one unit, and keeps count of how each is printed.

    `unknown` are the names no register has, with the id given to each; `doubtful` those a slip
    away from a known one, with the id they were taken for.
    """

    locality: Locality
    printed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unknown: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)

    def read(self, passages: Iterable[Passage]) -> list[Data]:
        """The agencies of a cell, in order, each with its role or request."""
        made: list[Data] = []
        for mention, name, known in self._mentions(passages):
            ma = known or self._doubtful(name)
            if ma is None:
                ma = self.unknown.setdefault(name, slug(name) or f"co-quan-{len(self.unknown) + 1}")
            given: Data = {"co_quan": ma}
            if mention.vai_tro:
                given["de_nghi" if mention.de_nghi else "vai_tro"] = mention.vai_tro
            if given not in made:
                made.append(given)
        return made

    def note(self, passages: Iterable[Passage]) -> None:
        """Keep count of how a cell prints the agencies that the register knows."""
        for _ in self._mentions(passages):
            pass

    def _mentions(
        self, passages: Iterable[Passage]
    ) -> Iterator[tuple[AgencyMention, str, str | None]]:
        """Each agency of a cell with its name and, where the register has it, its id."""
        cell = read_agencies(lines_text(passages))
        at = 0
        while at < len(cell.phan):
            last, name, ma = self._longest(cell, at)
            if ma is not None:
                self.printed[ma][capitalised(name)] += 1
            yield cell.phan[last], name, ma
            at = last + 1

    def _longest(self, cell: AgencyCell, at: int) -> tuple[int, str, str | None]:
        """The longest run of mentions from `at` that is one agency: its last, its name, its id.

        "A và các tổ chức B" reads as two names; a register may have it as one.
        """
        begin = cell.phan[at].start
        for last in range(len(cell.phan) - 1, at - 1, -1):
            name = squeeze(cell.text[begin : cell.phan[last].end])
            ma = self._local(name)
            if ma is not None:
                return last, name, ma
        return at, squeeze(cell.phan[at].text), None

    def _local(self, name: str) -> str | None:
        """The unit's agency of this name; one of many ("tổ dân phố") is known by them all."""
        for phrase in (name, f"{_ALL}{name}"):
            ma = self._printed_names.get(fold(phrase)) or self.locality.book.resolve(phrase)
            if ma is not None and self.locality.is_local(ma):
                return ma
        return None

    @cached_property
    def _printed_names(self) -> dict[str, str]:
        """The unit's agencies by their names as it prints them."""
        book = self.locality.book
        ids = [ma for ma in book.by_id if self.locality.is_local(ma)]
        return {fold(str(self.locality.agency_name(ma))): ma for ma in ids}

    def _doubtful(self, name: str) -> str | None:
        """The agency whose printed name is a slip away from `name`; kept to be asked about."""
        near = nearest(fold(name), self._printed_names, cutoff=_SLIP)
        if near is not None:
            self.doubtful[name] = self._printed_names[near]
        return self.doubtful.get(name)

    def own(self) -> list[Data]:
        """The agencies of the unit's own file: those unknown, and those it prints otherwise."""
        new = {ma: name for name, ma in self.unknown.items()}
        made: list[Data] = [{"ma": ma, "ten": capitalised(name)} for ma, name in new.items()]
        for ma, counts in self.printed.items():
            name = counts.most_common(1)[0][0]
            if ma not in new and self._prints_otherwise(ma, counts):
                made.append({"ma": ma, "ten": name})
        return made

    def _prints_otherwise(self, ma: str, counts: Counter[str]) -> bool:
        usual = fold(str(self.locality.agency_name(ma)))
        plural = self.locality.book.by_id[ma].tap_the is not None
        return not plural and all(fold(name) != usual for name in counts)
