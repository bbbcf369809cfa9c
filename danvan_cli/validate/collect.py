"""Every text of a catalogue or of a unit's file as a passage: what it is, what it is about.

The subject of a passage is `<ma>.<truong>`; of a block of an outline
`<văn bản>.<khối>.<truong>`. What a catalogue keeps as printed (`nguyen_van`) is not collected:
it is there because it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.models.catalogue import AgencyMap, AgencyRef, Task, Variant
from danvan_cli.models.outline import Annex, Block, Lines, Outline, Wording
from danvan_cli.models.profile import (
    Addition,
    Change,
    DocumentChange,
    ListEdit,
    Merge,
    Profile,
    TextEdit,
)
from danvan_cli.nodes import Text
from danvan_cli.passage import Passage, Role, name_of, passage_of
from danvan_cli.validate.work import Work

_GIVEN = ("chu_tri", "phoi_hop")
_BLOCK_ROLES: dict[str, Role] = {
    "tieu_de": "tieu_de",
    "doan": "chu",
    "gach": "chu",
    "cong": "chu",
    "khoan": "chu",
    "diem": "chu",
    "dieu": "chu",
}


def catalogue_passages(catalogue: Catalogue) -> tuple[Passage, ...]:
    """Every text of the catalogue's tasks, groups, maps, outlines and wording."""
    return tuple(passage for texts in catalogue_files(catalogue) for passage in texts)


def catalogue_files(catalogue: Catalogue) -> Iterator[tuple[Passage, ...]]:
    """The texts of a catalogue by the file they stand in, each file's in its order."""
    yield tuple(_tasks(catalogue))
    yield tuple(p for kind, of in catalogue.maps.items() for p in _map(of, f"anh_xa.{kind}"))
    yield tuple(_wording(catalogue.wording))
    for outline in catalogue.outlines:
        yield tuple(outline_passages(outline))


def register_passages(catalogue: Catalogue) -> Iterator[Passage]:
    """What the registers print: names of agencies, titles and issuers of documents.

    They name what is gone and what is nowhere cited, so only their wording can be wrong.
    """
    for agency in catalogue.agencies:
        yield from _texts([agency.ten], "tieu_de", f"{agency.ma}.ten")
    for document in catalogue.legal:
        yield from _texts([document.ten], "chu", f"{document.ma}.ten")
        yield from _texts([document.co_quan], "chu", f"{document.ma}.co_quan")


def _tasks(catalogue: Catalogue) -> Iterator[Passage]:
    yield passage_of(catalogue.edition.ten, "tieu_de", "danh_muc.ten")
    yield from _texts([catalogue.edition.chu_de], "chu", "danh_muc.chu_de")
    for group in catalogue.groups:
        yield passage_of(group.ten, "tieu_de", f"{group.ma}.ten")
        yield from _map(group.anh_xa, f"{group.ma}.anh_xa")
        for task in group.nhiem_vu:
            yield from _task(task)


def _task(task: Task) -> Iterator[Passage]:
    yield from _work(task, str(task.ma))
    yield from _map(task.anh_xa, f"{task.ma}.anh_xa")
    for variant in task.bien_the:
        yield from _work(variant, str(task.ma))
        for piece in _texts(variant.thay.values(), "noi_dung", f"{task.ma}.noi_dung.thay"):
            yield replace(piece, piece=True)
    for point in task.diem:
        yield from _task(point)


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


def outline_passages(outline: Outline) -> Iterator[Passage]:
    """The texts of an outline: its frame, its blocks, its annexes."""
    ma = str(outline.ma)
    frame: list[tuple[str, Iterable[Text | None]]] = [
        ("ten_loai", [outline.ten_loai]),
        ("kem_theo", outline.kem_theo),
        ("tham_quyen", [outline.tham_quyen]),
    ]
    for name, texts in frame:
        yield from _texts(texts, "tieu_de", f"{ma}.{name}")
    for block in outline.trich_yeu:
        yield from _block(block, ma, "tieu_de")
    for block in (*outline.can_cu, *outline.khoi, *outline.noi_nhan):
        yield from _block(block, ma)
    for annex in outline.phu_luc:
        yield from _annex(annex, ma)


def profile_passages(profile: Profile) -> tuple[Passage, ...]:
    """Every text that is the unit's own, less those of its documents."""
    made = list(_texts([profile.chu_de], "chu", "chu_de"))
    for group in profile.nhom:
        made.extend(_edit(group.ten, "tieu_de", f"{group.ma}.ten"))
    for change in profile.sua_doi:
        made.extend(_change(change))
    for merge in profile.hop_nhat:
        made.extend(_change(merge))
    for addition in profile.bo_sung:
        made.extend(_work(addition, str(addition.ma)))
    return tuple(made)


def document_passages(kind: str, change: DocumentChange) -> tuple[Passage, ...]:
    """The texts a unit's file puts into its document of this kind."""
    made = list(_texts([change.ten_loai], "tieu_de", f"{kind}.ten_loai"))
    for ma, edit in change.thay.items():
        made.extend(_edit(edit.chu, "chu", f"{kind}.{ma}.chu"))
        if edit.dong is not None:
            made.extend(_lines(edit.dong, f"{kind}.{ma}"))
    for addition in change.them:
        made.extend(_block(addition.khoi, kind))
    return tuple(made)


def _texts(texts: Iterable[Text | None], role: Role, subject: str) -> Iterator[Passage]:
    for text in texts:
        if text is not None:
            yield passage_of(text, role, subject)


def _work(item: Task | Variant | Addition, ma: str) -> Iterator[Passage]:
    yield from _texts([item.noi_dung], "noi_dung", f"{ma}.noi_dung")
    yield from _texts(item.chi_tiet, "chu", f"{ma}.chi_tiet")
    yield from _texts(getattr(item, "chu_thich", ()), "chu", f"{ma}.chu_thich")
    yield from _texts([item.thoi_gian], "thoi_gian", f"{ma}.thoi_gian")
    yield from _cell(item.chu_tri, "chu_tri", f"{ma}.chu_tri")
    yield from _cell(item.phoi_hop, "phoi_hop", f"{ma}.phoi_hop")


def _cell(
    given: ListEdit | Iterable[AgencyRef] | None, role: Role, subject: str
) -> Iterator[Passage]:
    refs = (*given.moi, *given.them) if isinstance(given, ListEdit) else given or ()
    for ref in refs:
        yield _name(ref, role, subject)
        yield from _texts([ref.vai_tro, ref.de_nghi], "chu", subject)


def _name(ref: AgencyRef, role: Role, subject: str) -> Passage:
    """Who is given work; who is asked does not lead, wherever it stands."""
    asked = ref.de_nghi is not None and role == "chu_tri"
    return name_of(ref.co_quan, "phoi_hop" if asked else role, subject, ref.vai_tro or "")


def _map(mapped: AgencyMap, subject: str) -> Iterator[Passage]:
    for key, refs in mapped.items():
        yield name_of(key, "phoi_hop", subject)
        yield from (_name(ref, "phoi_hop", subject) for ref in refs)


def _change(item: Change | Merge) -> Iterator[Passage]:
    ma = str(item.ma)
    yield from _edit(item.noi_dung, "noi_dung", f"{ma}.noi_dung")
    yield from _texts(item.chi_tiet or (), "chu", f"{ma}.chi_tiet")
    yield from _texts([item.thoi_gian], "thoi_gian", f"{ma}.thoi_gian")
    yield from _cell(item.chu_tri, "chu_tri", f"{ma}.chu_tri")
    yield from _cell(item.phoi_hop, "phoi_hop", f"{ma}.phoi_hop")


def _edit(edit: TextEdit | None, role: Role, subject: str) -> Iterator[Passage]:
    if edit is not None:
        yield from _texts([edit.moi], role, subject)
        for piece in _texts(edit.thay.values(), role, f"{subject}.thay"):
            yield replace(piece, piece=True)


def _block(block: Block, document: str, role: Role | None = None) -> Iterator[Passage]:
    subject = f"{document}.{block.ma}"
    for name, usual in _BLOCK_ROLES.items():
        yield from _texts([getattr(block, name)], role or usual, f"{subject}.{name}")
    for lines in (block.dong, block.danh_sach.dong if block.danh_sach else None):
        if lines is not None:
            yield from _lines(lines, subject)
    for child in block.khoi:
        yield from _block(child, document, role)


def _lines(lines: Lines, subject: str) -> Iterator[Passage]:
    yield from _texts([lines.hinh_thuc], "chu", f"{subject}.hinh_thuc")
    yield from _texts([lines.thoi_gian], "thoi_gian", f"{subject}.thoi_gian")
    for name in ("chu_tri", "thuc_hien"):
        yield from _cell(getattr(lines, name), "chu_tri", f"{subject}.{name}")
    yield from _cell(lines.phoi_hop, "phoi_hop", f"{subject}.phoi_hop")


def _annex(annex: Annex, document: str) -> Iterator[Passage]:
    subject = f"{document}.{annex.ma}"
    for name in ("tieu_de", "kem_theo"):
        yield from _texts([getattr(annex, name)], "tieu_de", f"{subject}.{name}")
    for row in annex.hang:
        if row.dong is not None:
            yield from _lines(row.dong, subject)


def _wording(wording: Wording) -> Iterator[Passage]:
    for name, text in wording.cum_tu.items():
        yield passage_of(text, "chu", f"cum_tu.{name}")
