"""The steps of localising, in their one order."""

from __future__ import annotations

from danvan_cli.localize.agencies import map_agencies
from danvan_cli.localize.fill import check_own_texts, fill_texts
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.marks import drifted
from danvan_cli.localize.merge import merge
from danvan_cli.localize.order import order
from danvan_cli.localize.programme import Programme
from danvan_cli.localize.select import select
from danvan_cli.localize.unit_changes import add, change, remove


def as_the_city_has_it(locality: Locality) -> Programme:
    """What the city gives the unit, in its offices and words, before anything the unit changes."""
    programme = select(locality)
    for step in (remove, map_agencies, fill_texts):
        programme = step(programme, locality)
    return programme


def localize(locality: Locality) -> Programme:
    """The programme of a unit, every finding of every step with it.

    The catalogue is never changed. Each task carries the ids of the city tasks it comes from and
    the steps that made it; each city task that is not in it stands in `dropped` with the reason.
    """
    programme = as_the_city_has_it(locality)
    programme = programme.with_findings(*drifted(programme, locality.profile))
    for step in (change, merge, add, order):
        programme = step(programme, locality)
    return programme.with_findings(*check_own_texts(locality))
