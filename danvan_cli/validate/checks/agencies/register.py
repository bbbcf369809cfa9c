"""Agencies a catalogue gives work: unknown, abolished, leading and helping, ordered (DV401 to DV408)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from danvan_cli.findings import Edit, Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import AgencyBook
from danvan_cli.models.catalogue import AgencyMap, AgencyRef, Task, Variant
from danvan_cli.models.outline import Lines
from danvan_cli.nodes import Text
from danvan_cli.problems import unknown_agency
from danvan_cli.text import nearest
from danvan_cli.validate.checks.agencies.agencies import ENDED, LEAD_HELPS, ORDERED, ended_message
from danvan_cli.validate.checks.agencies.names import KnownAgencies, known_agencies

_SURE = 0.85


@dataclass(frozen=True)
class _Judge:
    book: AgencyBook
    known: KnownAgencies
    when: date
    met: dict[str, str | None] = field(default_factory=dict)

    def resolve(self, name: str) -> str | None:
        """As the book does, each name looked up once."""
        if name not in self.met:
            self.met[name] = self.book.resolve(name)
        return self.met[name]


def check_agencies(catalogue: Catalogue) -> Iterator[Finding]:
    """DV401, DV402, DV405, DV408 on every task, variant, map and set of lines of the catalogue."""
    judge = _Judge(
        AgencyBook.of(catalogue, catalogue.city.loai),
        known_agencies(catalogue, None),
        date(catalogue.year, 1, 1),
    )
    for kind, mapped in catalogue.maps.items():
        yield from _map(mapped, f"anh_xa.{kind}", judge)
    for group in catalogue.groups:
        yield from _map(group.anh_xa, f"{group.ma}.anh_xa", judge)
    for _, task, _ in catalogue.walk():
        yield from _map(task.anh_xa, f"{task.ma}.anh_xa", judge)
        yield from _work(task, str(task.ma), judge)
        for variant in task.bien_the:
            yield from _work(variant, str(task.ma), judge)
    for outline in catalogue.outlines:
        for block in outline.blocks():
            for lines in (block.dong, block.danh_sach.dong if block.danh_sach else None):
                yield from _lines(lines, f"{outline.ma}.{block.ma}", judge)
        for annex in outline.phu_luc:
            for row in annex.hang:
                yield from _lines(row.dong, f"{outline.ma}.{annex.ma}", judge)


def _work(item: Task | Variant, ma: str, judge: _Judge) -> Iterator[Finding]:
    yield from _assignment(item.chu_tri, item.phoi_hop, ma, judge)


def _lines(lines: Lines | None, subject: str, judge: _Judge) -> Iterator[Finding]:
    if lines is not None:
        yield from _refs(lines.thuc_hien, f"{subject}.thuc_hien", judge)
        yield from _assignment(lines.chu_tri, lines.phoi_hop, subject, judge)


def _map(mapped: AgencyMap, subject: str, judge: _Judge) -> Iterator[Finding]:
    for name, refs in mapped.items():
        if judge.resolve(name) is None:
            yield _unknown(name, judge)
        yield from _refs(refs, subject, judge)


def _assignment(
    leads: Iterable[AgencyRef], helpers: Iterable[AgencyRef], subject: str, judge: _Judge
) -> Iterator[Finding]:
    leads, helpers = tuple(leads), tuple(helpers)
    yield from _refs(leads, f"{subject}.chu_tri", judge)
    yield from _refs(helpers, f"{subject}.phoi_hop", judge)
    leading = {judge.resolve(ref.co_quan) for ref in leads} - {None}
    for ref in helpers:
        ma = judge.resolve(ref.co_quan)
        if ma in leading and ref.vai_tro is None:
            message = (
                f"'{ref.co_quan}' vừa chủ trì vừa phối hợp cùng một nhiệm vụ. "
                f"Bỏ ở 'phoi_hop', hoặc ghi cơ quan khác chủ trì."
            )
            yield _finding(LEAD_HELPS, ref.co_quan, f"{subject}.phoi_hop", message)
    for ref in leads:
        ma = judge.resolve(ref.co_quan)
        agency = judge.book.by_id[ma] if ma else None
        if agency and agency.khoi == "mat_tran" and not agency.tap_the and not ref.de_nghi:
            message = (
                f"'{ref.co_quan}' được giao chủ trì: văn bản của Ủy ban nhân dân không giao việc "
                f"cho Mặt trận, đoàn thể. Chuyển sang 'phoi_hop' và ghi 'de_nghi'."
            )
            yield _finding(ORDERED, ref.co_quan, f"{subject}.chu_tri", message)


def _refs(refs: Iterable[AgencyRef], subject: str, judge: _Judge) -> Iterator[Finding]:
    for ref in refs:
        ma = judge.resolve(ref.co_quan)
        if ma is None:
            yield _unknown(ref.co_quan, judge)
        elif judge.known.over(ma, judge.when):
            heir = judge.known.successor(ma, judge.when)
            message = ended_message(judge.known.names[ma], ma, heir, judge.known)
            found = _finding(ENDED, ref.co_quan, subject, message)
            new = heir if ref.co_quan == ma else judge.known.names[heir] if heir else None
            yield (
                replace(found, fix=Edit(ref.co_quan.place, str(ref.co_quan), new)) if new else found
            )


def _unknown(name: Text, judge: _Judge) -> Finding:
    ids = [ma for ma in judge.book.by_id if len(name) > 4 and ma.startswith(name)]
    near = ids[0] if len(ids) == 1 else judge.book.nearest(name)
    found = unknown_agency(name, name.place, near)
    names = [*judge.book.by_id, *(str(a.ten) for a in judge.book.by_id.values())]
    sure = nearest(name, names, cutoff=_SURE)
    return replace(found, fix=Edit(name.place, str(name), sure)) if sure else found


def _finding(code: str, name: Text, subject: str, message: str) -> Finding:
    return Finding(name.place, code, message, subject=subject, value=str(name))
