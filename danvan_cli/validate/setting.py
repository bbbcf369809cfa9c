"""What a text is judged against: its catalogue, year, date and unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import Unit


@dataclass(frozen=True)
class Setting:
    """What passages are judged against.

    `issued` is the document's own date, None until it is known; `year` the programme's year;
    `unit` whose text it is, None for the catalogue itself and where it cannot be told.
    """

    catalogue: Catalogue
    kind: Literal["danh_muc", "ho_so", "van_ban"]
    year: int
    issued: date | None = None
    unit: Unit | None = None
