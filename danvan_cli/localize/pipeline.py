"""The steps of localising, in their one order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from danvan_cli.findings import Finding
from danvan_cli.localize.agencies import map_agencies
from danvan_cli.localize.fill import check_own_texts, fill_texts
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.marks import drifted
from danvan_cli.localize.merge import merge
from danvan_cli.localize.order import order
from danvan_cli.localize.programme import Programme, unit_numbers
from danvan_cli.localize.select import select
from danvan_cli.localize.unit_changes import add, change, remove
from danvan_cli.problems import two_meanings
from danvan_cli.prose import Origin, filled


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
    made = programme.with_findings(*check_own_texts(locality))
    return made.with_findings(*_ambiguous(made, locality)) if locality.numbered else made


_EDITS = ("loai_bo", "sua_doi", "hop_nhat", "bo_sung", "thu_tu", "nhom")


def _ambiguous(programme: Programme, locality: Locality) -> Iterator[Finding]:
    """DV221 on numbers of the unit's file that are also those of other tasks in its own papers.

    Its papers are those that were made before it changed anything; a changed task still is in
    them as the file has them now.
    """
    unchanged = locality.profile.model_copy(update=dict.fromkeys(_EDITS, ()))
    first = localize(replace(locality, profile=unchanged, numbered=()))
    changes = {change.ma.place for change in locality.profile.sua_doi}
    for number, ma in locality.numbered:
        printed = str(number).strip().rstrip(".")
        asked = (first, programme) if number.place in changes else (first,)
        for made in asked:
            other = next((t for t, n in unit_numbers(made).items() if n == printed), None)
            if other is not None and ma not in (other, *made.by_id[other].nguon):
                words = locality.catalogue.tasks[ma].noi_dung
                city = str(filled(words, locality.values, Origin.RULE))
                own = str(made.by_id[other].noi_dung)
                yield two_meanings(
                    number,
                    printed,
                    (ma, locality.catalogue.noun, city),
                    (other, locality.kind_name, own),
                )
                break
