"""What localising and the making of documents say of a catalogue and of a unit's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.models.profile import DocumentChange
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Text
from danvan_cli.problems import hidden_task, unmapped_office, without_maps
from danvan_cli.render.assignment import hidden_tasks, of_task
from danvan_cli.render.documents import Draft, document_kinds, documents_of, outline_for

UNMAPPED = "DV403"
_MANY = 3
"""So many tasks left with one city office have one cause: the map."""


def kind_findings(catalogue: Catalogue, kind: str) -> tuple[Finding, ...]:
    """Every finding of localising `catalogue` for a unit of `kind` that changes nothing."""
    unit = Unit(ma=Text("don-vi"), ten=Text("Đơn vị"), loai=Text(kind))
    return local_findings(Locality.of(catalogue, unit))


def catalogue_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Every finding of localising for each kind of unit; an office no map knows is said once."""
    found = [f for kind in catalogue.kinds_in_use for f in kind_findings(catalogue, kind)]
    left: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in dict.fromkeys(found):
        if finding.code == UNMAPPED:
            left[finding.value].setdefault(finding.subject, finding)
        else:
            yield finding
    by_name = {str(agency.ten): str(agency.ma) for agency in catalogue.agencies}
    whose = {*catalogue.commune_levels, *catalogue.commune_kinds}
    maps = [name.place for name in catalogue.map_names if str(name) in whose]
    if not maps and len(left) > 1:
        yield without_maps(list(left), catalogue.edition.nam.place)
        return
    for name, tasks in left.items():
        if len(tasks) < _MANY or not maps or name not in by_name:
            yield from (f for f in dict.fromkeys(found) if f.code == UNMAPPED and f.value == name)
        else:
            yield unmapped_office(by_name[name], name, tasks, maps[0])


def local_findings(locality: Locality) -> tuple[Finding, ...]:
    """Every finding of localising for a unit and of making its documents."""
    programme = localize(locality)
    # A number or a date alone cannot go wrong.
    edited = any(change.edits for change in locality.profile.van_ban.values())
    kinds = document_kinds(locality) if edited else []
    documents, findings = documents_of(locality, programme, kinds)
    hidden = (
        finding for document in documents for finding in _hidden(document, programme, locality)
    )
    return (*programme.findings, *findings, *hidden)


def _hidden(document: Draft, programme: Programme, locality: Locality) -> Iterator[Finding]:
    change = document.change or DocumentChange()
    outline = outline_for(locality, document.kind, document.change)
    blocks = {str(b.ma): b.place for b in outline.blocks()} if outline is not None else {}
    named = {str(name): name.place for name in change.thay}
    own = {str(b.ma): b.place for order in change.them for b in order.khoi.walk()}
    places = blocks | own | named
    for task, block in hidden_tasks(document.content, programme, locality):
        assigned = of_task(task, locality.catalogue.wording)
        what = ", ".join(str(words) for words in (assigned.chu_tri, assigned.thoi_gian) if words)
        place = places.get(block, locality.profile.place)
        yield hidden_task(task.ma, what, document.kind, block, place)
