"""Agencies by id and by every name they go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import Agency
from danvan_cli.nodes import Text
from danvan_cli.prose import Origin, filled
from danvan_cli.text import fold, nearest


@dataclass(frozen=True)
class AgencyBook:
    """Agencies by id and by every name they go by."""

    by_id: dict[str, Agency]
    by_name: dict[str, str]
    own: frozenset[str] = frozenset()
    kind_name: str = ""
    level: str = ""

    @classmethod
    def of(cls, catalogue: Catalogue, kind: str) -> AgencyBook:
        """The book of a catalogue for a unit of `kind`: its own level wins where names meet.

        A name that prints the kind (`Công an {loai}`) is known both so and as printed.
        """
        known = catalogue.kinds.get(kind)
        level = str(known.cap) if known else ""
        ordered = sorted(catalogue.agencies, key=lambda a: a.cap == level and fits(a, kind))
        name = str(known.ten) if known else ""
        book = cls({a.ma: a for a in ordered}, {}, kind_name=name, level=level)
        for agency in ordered:
            book.by_name.update(book.names_of(agency))
        return book

    def names_of(self, agency: Agency) -> dict[str, str]:
        """Every folded name of `agency`, each with its id."""
        made: dict[str, str] = {}
        for name in (*agency.ten_khac, agency.ten):
            printed = filled(name, {"loai": self.kind_name}, Origin.RULE)
            made |= {fold(name): str(agency.ma), fold(str(printed)): str(agency.ma)}
        return made

    def with_own(self, agencies: Iterable[Agency]) -> AgencyBook:
        """This book with a unit's own agencies; one of a known id only changes what it gives."""
        made = dict(self.by_id)
        names = dict(self.by_name)
        for agency in agencies:
            known = made.get(agency.ma)
            given = {name: getattr(agency, name) for name in agency.model_fields_set}
            made[agency.ma] = (known or agency).model_copy(
                update=given if known or agency.has("cap") else {"cap": Text(self.level)}
            )
            names.update(self.names_of(agency))
        own = frozenset(str(a.ma) for a in agencies)
        return AgencyBook(made, names, own, self.kind_name, self.level)

    def resolve(self, name: str) -> str | None:
        """The id meant by an id, a name or an alias."""
        return name if name in self.by_id else self.by_name.get(fold(name))

    def nearest(self, name: str) -> str | None:
        """The id or name most like `name`."""
        return nearest(name, [*self.by_id, *(a.ten for a in self.by_id.values())], cutoff=0.6)


def fits(agency: Agency, kind: str) -> bool:
    """Whether units of `kind` have the agency."""
    return not agency.ap_dung or kind in agency.ap_dung
