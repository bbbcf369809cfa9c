"""Every text of a catalogue or of a unit's file as a passage: what it is, what it is about.

The subject of a passage is `<ma>.<truong>`; of a block of an outline
`<văn bản>.<khối>.<truong>`. What a catalogue keeps as printed (`nguyen_van`) is not collected:
it is there because it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import AgencyMap, AgencyRef, Task, Variant
from danvan_cli.models.declared import declared_texts
from danvan_cli.models.outline import Block
from danvan_cli.models.profile import Addition, DocumentChange, Merge, Profile
from danvan_cli.models.registers import Agency, AgencyFile, LegalDocument
from danvan_cli.nodes import Text
from danvan_cli.passage import Passage, Role, name_of, passage_of
from danvan_cli.validate.setting import Work

_GIVEN = ("chu_tri", "phoi_hop")


@lru_cache(maxsize=8)
def catalogue_passages(catalogue: Catalogue) -> tuple[Passage, ...]:
    """Every text of the catalogue's tasks, groups, maps, outlines and wording."""
    return tuple(passage for texts in catalogue_files(catalogue) for passage in texts)


def catalogue_files(catalogue: Catalogue) -> Iterator[tuple[Passage, ...]]:
    """The texts of a catalogue by the file they stand in, each file's in its order."""
    edition = _passages(catalogue.edition, "danh_muc")
    yield (*edition, *(p for group in catalogue.groups for p in _passages(group, str(group.ma))))
    maps = {Text(kind): of for kind, of in catalogue.maps.items()}
    yield tuple(_passages(AgencyFile.model_construct(co_quan=(), anh_xa=maps), ""))
    yield tuple(_passages(catalogue.wording, ""))
    for outline in catalogue.outlines:
        yield tuple(_passages(outline, str(outline.ma)))


def register_passages(catalogue: Catalogue) -> Iterator[Passage]:
    """What the registers print: names of agencies, titles and issuers of documents.

    They name what is gone and what is nowhere cited, so only their wording can be wrong.
    """
    entries: list[Agency | LegalDocument] = [*catalogue.agencies, *catalogue.legal]
    for entry in entries:
        yield from _passages(entry, str(entry.ma))


def profile_passages(profile: Profile) -> tuple[Passage, ...]:
    """Every text that is the unit's own, less those of its documents and its register."""
    return tuple(_passages(profile, "", without=("van_ban", "co_quan")))


def document_passages(kind: str, change: DocumentChange) -> tuple[Passage, ...]:
    """The texts a unit's file puts into its document of this kind."""
    return tuple(_passages(change, kind))


def _passages(item: Item, subject: str, *, without: Iterable[str] = ()) -> Iterator[Passage]:
    """What `item` and all in it print, by what their fields declare."""
    for declared in declared_texts(item, subject, without=tuple(without)):
        if declared.role is None:
            continue
        if declared.refers is None:
            passage = passage_of(declared.text, declared.role, declared.subject)
            yield passage._replace(piece=True) if declared.piece else passage
        elif isinstance(declared.owner, AgencyRef):
            yield _name(declared.owner, declared.role, declared.subject)
        else:
            yield name_of(declared.text, declared.role, declared.subject)


def catalogue_works(catalogue: Catalogue) -> Iterator[Work]:
    """Who leads, who helps and until when in every task, variant, map and set of lines."""
    for _, task, parent in catalogue.walk():
        items: list[Task | Variant] = [task, *task.bien_the]
        owners = [one for one in (task, parent) if one is not None]
        for item in items:
            yield from _assigned(item.chu_tri, item.phoi_hop, str(task.ma))
            chain = [item, *owners]
            refs = [ref for name in _GIVEN for ref in _first(chain, name) or ()]
            yield _given_until(refs, _first(chain, "thoi_gian"), str(task.ma))
        yield _mapped(task.anh_xa, f"{task.ma}.anh_xa")
    yield from (_mapped(group.anh_xa, f"{group.ma}.anh_xa") for group in catalogue.groups)
    yield from (_mapped(of, f"anh_xa.{kind}") for kind, of in catalogue.maps.items())
    for outline in catalogue.outlines:
        for block in outline.blocks():
            yield from _lines_works(block, str(outline.ma))


def profile_works(locality: Locality) -> Iterator[Work]:
    """What a unit assigns itself: who leads, who helps, until when, and texts with deadlines."""
    profile = locality.profile
    items: list[Addition | Merge] = [*profile.bo_sung, *profile.hop_nhat]
    for item in items:
        yield from _assigned(item.chu_tri or (), item.phoi_hop or (), str(item.ma))
        refs = [*(item.chu_tri or ()), *(item.phoi_hop or ())]
        yield _given_until(refs, item.thoi_gian, str(item.ma))
    for addition in profile.bo_sung:
        if addition.thoi_gian is not None:
            yield _timed(addition.noi_dung, addition.thoi_gian, str(addition.ma))
    for change in profile.sua_doi:
        task = locality.catalogue.tasks.get(change.ma)
        deadline = change.thoi_gian or (task.thoi_gian if task is not None else None)
        edits = [edit for edit in (change.chu_tri, change.phoi_hop) if edit is not None]
        refs = [ref for edit in edits for ref in (*edit.moi, *edit.them)]
        yield _given_until(refs, deadline, str(change.ma))
        yield _mapped(change.anh_xa, f"{change.ma}.anh_xa")
        if task is not None and change.thoi_gian is not None:
            text = change.noi_dung.moi if change.noi_dung is not None else None
            yield _timed(text or task.noi_dung, change.thoi_gian, str(change.ma))
    yield _mapped(profile.anh_xa, "anh_xa")
    for kind, changed in profile.van_ban.items():
        for addition_ in changed.them:
            yield from _lines_works(addition_.khoi, kind)


def _lines_works(block: Block, document: str) -> Iterator[Work]:
    """Who is given what by the lines of a block, or of its list."""
    subject = f"{document}.{block.ma}"
    for lines in (block.dong, block.danh_sach.dong if block.danh_sach else None):
        if lines is not None:
            yield from _assigned(lines.chu_tri, lines.phoi_hop, subject)
            refs = [ref for name in (*_GIVEN, "thuc_hien") for ref in getattr(lines, name)]
            yield _given_until(refs, lines.thoi_gian, subject)


def _first(chain: Iterable[Task | Variant], name: str) -> Any:
    """The field `name` of the first of `chain` that has it: a variant's, else its task's."""
    return next((value for one in chain if (value := getattr(one, name))), None)


def _assigned(leads: Iterable[AgencyRef], helpers: Iterable[AgencyRef], ma: str) -> Iterator[Work]:
    leading = tuple(_name(ref, "chu_tri", f"{ma}.chu_tri") for ref in leads)
    helping = tuple(_name(ref, "phoi_hop", f"{ma}.phoi_hop") for ref in helpers)
    if leading and helping:
        yield Work(leads=leading, helpers=helping)


def _given_until(refs: Iterable[AgencyRef], deadline: Text | None, ma: str) -> Work:
    """Everyone who is given a task, whether to lead or to help, and until when."""
    given = tuple(_name(ref, "phoi_hop", f"{ma}.chu_tri") for ref in refs)
    when = passage_of(deadline, "thoi_gian", f"{ma}.thoi_gian") if deadline is not None else None
    return Work(given=given, deadline=when)


def _mapped(mapped: AgencyMap, subject: str) -> Work:
    """Those who are given tasks by a map of offices, whatever their deadlines."""
    return _given_until([ref for refs in mapped.values() for ref in refs], None, subject)


def _timed(content: Text, deadline: Text, ma: str) -> Work:
    return Work(
        content=passage_of(content, "noi_dung", f"{ma}.noi_dung"),
        deadline=passage_of(deadline, "thoi_gian", f"{ma}.thoi_gian"),
    )


def _name(ref: AgencyRef, role: Role, subject: str) -> Passage:
    """Who is given work; who is asked does not lead, wherever it stands."""
    asked = ref.de_nghi is not None and role == "chu_tri"
    return name_of(ref.co_quan, "phoi_hop" if asked else role, subject, ref.vai_tro or "")
