"""What localising says of a unit's file, found from the tasks the file touches alone.

Localising thousands of tasks for each of a hundred units takes a minute; a unit's file changes a
few of them. What the others give is the same for every unit of the kind and is found once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from danvan_cli.findings import Finding, Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.catalogue import Group, Selector, Task, Variant
from danvan_cli.models.outline import Block
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Text
from danvan_cli.render.documents import documents_of, kinds_of

UNPRINTED = "DV217"


@dataclass(frozen=True, eq=False)
class Excerpt(Catalogue):
    """A catalogue with some of its tasks only, which still knows of all the others."""

    whole: Catalogue | None = None

    @property
    def tasks(self) -> dict[str, Task]:
        """Every task of the whole catalogue by `ma`."""
        return self.whole.tasks if self.whole is not None else {}


@dataclass(frozen=True)
class Index:
    """Which tasks (by the `ma` of the task that holds their points) a change may bear on."""

    heads: dict[str, str]
    groups: dict[str, str]
    by_agency: dict[str, frozenset[str]]
    by_stand_in: dict[str, frozenset[str]]
    by_fact: dict[str, frozenset[str]]
    by_place: dict[Place, str]
    samples: tuple[str, ...]
    """Tasks that every unit has and no outline names: printed only where all others are."""


@lru_cache(maxsize=8)
def index_of(catalogue: Catalogue) -> Index:
    """The index of `catalogue`."""
    heads: dict[str, str] = {}
    groups: dict[str, str] = {}
    agencies: dict[str, set[str]] = defaultdict(set)
    stand_ins: dict[str, set[str]] = defaultdict(set)
    facts: dict[str, set[str]] = defaultdict(set)
    places: dict[Place, str] = {}
    for group, task, parent in catalogue.walk():
        head = str((parent or task).ma)
        heads[str(task.ma)] = head
        groups[head] = str(group.ma)
        for name in _agencies(task):
            agencies[str(name)].add(head)
            places[name.place] = head
        for names in (task.anh_xa, group.anh_xa):
            for key, refs in names.items():
                agencies[str(key)].add(head)
                for ref in refs:
                    stand_ins[str(ref.co_quan)].add(head)
        for fact in _facts(task):
            facts[fact].add(head)
    listed = {str(ma) for outline in catalogue.outlines for ma in _listed(outline.khoi)}
    samples = tuple(
        str(task.ma)
        for group in catalogue.groups
        for task in group.nhiem_vu
        if not task.ap_dung and task.ma not in listed
    )
    return Index(
        heads, groups, _frozen(agencies), _frozen(stand_ins), _frozen(facts), places, samples
    )


def _frozen(table: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in table.items()}


def local_findings(locality: Locality) -> tuple[Finding, ...]:
    """Every finding of localising and of making the unit's documents: those of the whole."""
    catalogue = locality.catalogue
    index = index_of(catalogue)
    touched = _touched(locality, index)
    sample = next((ma for ma in index.samples if ma not in touched), None)
    if sample is None and _edits_documents(locality.profile):
        return _findings(locality)
    excerpt = excerpt_of(catalogue, touched | {sample or ""})
    made = list(_findings(replace(locality, catalogue=excerpt)))
    if any(f.code == UNPRINTED for f in made):
        return _findings(locality)
    made += [
        f
        for f in kind_findings(catalogue, locality.unit.loai)
        if index.by_place.get(f.place) not in touched and f.code != UNPRINTED
    ]
    return tuple(made)


@lru_cache(maxsize=16)
def kind_findings(catalogue: Catalogue, kind: str) -> tuple[Finding, ...]:
    """Every finding of localising the whole catalogue for a unit of `kind` that changes nothing."""
    locality = Locality.of(catalogue, Unit(ma=Text("don-vi"), ten=Text("Đơn vị"), loai=kind))
    doubtful = _doubtful(locality, index_of(catalogue))
    return _findings(replace(locality, catalogue=excerpt_of(catalogue, doubtful)))


def excerpt_of(catalogue: Catalogue, heads: Iterable[str]) -> Excerpt:
    """`catalogue` with the tasks `heads` and their points only."""
    kept = set(heads)
    groups = tuple(
        _with_tasks(group, tuple(t for t in group.nhiem_vu if t.ma in kept))
        if any(t.ma in kept for t in group.nhiem_vu)
        else empty
        for group, empty in zip(catalogue.groups, _empty_groups(catalogue), strict=True)
    )
    values = {f.name: getattr(catalogue, f.name) for f in fields(catalogue)}
    return Excerpt(**{**values, "groups": groups}, whole=catalogue)


@lru_cache(maxsize=8)
def _empty_groups(catalogue: Catalogue) -> tuple[Group, ...]:
    return tuple(_with_tasks(group, ()) for group in catalogue.groups)


def _with_tasks(group: Group, tasks: tuple[Task, ...]) -> Group:
    return group.model_copy(update={"nhiem_vu": tasks})


def _findings(locality: Locality) -> tuple[Finding, ...]:
    programme = localize(locality)
    kinds = kinds_of(locality) if _edits_documents(locality.profile) else []
    _, findings = documents_of(locality, programme, kinds)
    return (*programme.findings, *findings)


def _edits_documents(profile: Profile) -> bool:
    """Whether the file changes the words of a document: a number or a date cannot go wrong."""
    return any(
        change.mau_chu or change.thay or change.bot or change.them or change.hinh_thuc
        for change in profile.van_ban.values()
    )


def _touched(locality: Locality, index: Index) -> set[str]:
    """The tasks whose findings may differ from those of a unit that changes nothing."""
    profile = locality.profile
    named: list[Text | None] = [
        *(c.ma for c in profile.chon),
        *(c.ma for c in profile.loai_bo),
        *(c.ma for c in profile.sua_doi),
        *(ma for m in profile.hop_nhat for ma in (m.ma, *m.tu)),
        *(ma for a in profile.bo_sung for ma in (a.ma, a.sau)),
        *profile.thu_tu,
    ]
    for change in profile.van_ban.values():
        named += [ma for edit in change.thay.values() for ma in edit.nhiem_vu]
        named += _listed(addition.khoi for addition in change.them)
    made = {index.heads[ma] for ma in named if ma is not None and ma in index.heads}
    regrouped = {str(g.ma) for g in profile.nhom if g.anh_xa}
    made |= {head for head, group in index.groups.items() if group in regrouped}
    return made | _moved(locality, index)


def _moved(locality: Locality, index: Index) -> set[str]:
    """The tasks that the unit's facts, agencies or map change for the worse or for the better.

    A task can only have a finding here where one of its agencies cannot be placed, or where it
    has one for every unit of the kind.
    """
    catalogue, unit, profile = locality.catalogue, locality.unit, locality.profile
    usual = {str(f) for f in catalogue.kinds[unit.loai].dac_diem}
    moved = {h for fact in locality.facts ^ usual for h in index.by_fact.get(fact, ())}
    if profile.co_quan or profile.anh_xa:
        plain = Locality.of(catalogue, unit)
        for name, heads in index.by_agency.items():
            if _fate(plain, name) != _fate(locality, name):
                moved |= heads
        for heads in index.by_stand_in.values():
            moved |= heads
    if not moved:
        return moved
    doubtful = {
        index.by_place[f.place]
        for f in kind_findings(catalogue, unit.loai)
        if f.place in index.by_place
    }
    return moved & (doubtful | _doubtful(locality, index))


def _doubtful(locality: Locality, index: Index) -> set[str]:
    """The tasks with an agency that may find no one to do its work."""
    made: set[str] = set()
    for name, heads in index.by_agency.items():
        if any(not local for _, local in _fate(locality, name)):
            made |= heads
    for name, heads in index.by_stand_in.items():
        ma = locality.book.resolve(name)
        if ma is None or not locality.is_local(ma):
            made |= heads
    return made


def _fate(locality: Locality, name: str) -> tuple[tuple[str, bool], ...]:
    """To whom an agency of a task goes, and whether each of them may do the work."""
    ma = locality.book.resolve(name)
    if ma is None:
        return (("", False),)
    refs = locality.local_ids(ma)
    found = [ma] if refs is None else [locality.book.resolve(ref.co_quan) for ref in refs]
    return tuple((local, locality.is_local(local)) for local in found if local is not None)


def _agencies(task: Task) -> Iterator[Text]:
    wordings: list[Task | Variant] = [task, *task.bien_the]
    for wording in wordings:
        for ref in (*wording.chu_tri, *wording.phoi_hop):
            yield ref.co_quan


def _facts(task: Task) -> Iterator[str]:
    selectors: list[Selector] = [*task.ap_dung, *(s for v in task.bien_the for s in v.khi)]
    for selector in selectors:
        yield from (str(fact) for fact in (*selector.co, *selector.khong))


def _listed(blocks: Iterable[Block]) -> list[Text]:
    """The tasks named one by one in the task lists of `blocks`."""
    made: list[Text] = []
    for block in blocks:
        if block.danh_sach is not None:
            made += block.danh_sach.nhiem_vu
        made += _listed(block.khoi)
    return made
