"""What localising and the making of documents say of a catalogue and of a unit's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Text
from danvan_cli.problems import unmapped_office
from danvan_cli.render.documents import document_kinds, documents_of

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
    for name, tasks in left.items():
        if len(tasks) < _MANY or not maps or name not in by_name:
            yield from (f for f in dict.fromkeys(found) if f.code == UNMAPPED and f.value == name)
        else:
            yield unmapped_office(by_name[name], name, tasks, maps[0])


def local_findings(locality: Locality) -> tuple[Finding, ...]:
    """Every finding of localising for a unit and of making its documents."""
    programme = localize(locality)
    kinds = document_kinds(locality) if _edits_documents(locality.profile) else []
    _, findings = documents_of(locality, programme, kinds)
    return (*programme.findings, *findings)


def _edits_documents(profile: Profile) -> bool:
    """Whether the file changes the words of a document: a number or a date cannot go wrong."""
    return any(
        change.mau_chu or change.thay or change.bot or change.them or change.hinh_thuc
        for change in profile.van_ban.values()
    )
