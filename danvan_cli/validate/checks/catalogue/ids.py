"""Ids and numbers of a catalogue: given twice (DV107), or out of order (DV110)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.numbering import label_like, label_value
from danvan_cli.models.catalogue import Group
from danvan_cli.models.registers import Agency, LegalDocument
from danvan_cli.nodes import Text
from danvan_cli.problems import at_line, finding_on
from danvan_cli.text import fold
from danvan_cli.validate.setting import Setting

REPEATED, MISNUMBERED = "DV107", "DV110"
V = TypeVar("V")


def check_ids(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV107: one id for two groups, tasks, agencies, units, documents, facts or blocks."""
    tasks = [task for _, task, _ in catalogue.walk()]
    kinds: list[tuple[str, Iterable[Text]]] = [
        ("nhóm", (g.ma for g in catalogue.groups)),
        ("nhiệm vụ", (t.ma for t in tasks)),
        ("cơ quan", (a.ma for a in catalogue.agencies)),
        ("đơn vị", (u.ma for u in (catalogue.city, *catalogue.units))),
        ("văn bản trong sổ", (d.ma for d in catalogue.legal)),
        ("đặc điểm", (f.ma for f in catalogue.facts)),
        ("văn bản mẫu", (o.ma for o in catalogue.outlines)),
    ]
    for what, ids in kinds:
        yield from _repeated(what, ids)
    for outline in catalogue.outlines:
        inside = f" của '{outline.ma}'"
        yield from _repeated("khối", (b.ma for b in outline.blocks()), inside)
        yield from _repeated("phụ lục", (a.ma for a in outline.phu_luc), inside)
    yield from _same_unit(catalogue)
    living = [agency for agency in catalogue.agencies if agency.den_ngay is None]
    yield from _same_alias(living)
    yield from _same_short(living)
    yield from _same_document(catalogue.legal)


def _later(keyed: Iterable[tuple[object, V]]) -> Iterator[tuple[V, V]]:
    """Each value whose key an earlier one has, after the first that has it."""
    first: dict[object, V] = {}
    for key, value in keyed:
        earlier = first.setdefault(key, value)
        if earlier is not value:
            yield earlier, value


def _repeated(what: str, ids: Iterable[Text], inside: str = "") -> Iterator[Finding]:
    for first, ma in _later((ma, ma) for ma in ids):
        message = (
            f"Mã '{ma}' đã dùng cho {what} khác{inside} ở {at_line(first.place, ma.place)}. "
            f"Đặt mã khác cho một trong hai."
        )
        yield finding_on(ma, REPEATED, message, str(ma))


def _same_unit(catalogue: Catalogue) -> Iterator[Finding]:
    for first, unit in _later(((u.loai, fold(u.ten)), u) for u in catalogue.units):
        place = at_line(first.ten.place, unit.ten.place)
        message = f"Đơn vị '{unit.ten}' đã kê ở {place}. Bỏ một mục, hoặc sửa tên, loại."
        yield finding_on(unit.ten, REPEATED, message, str(unit.ma))


def _same_alias(agencies: Iterable[Agency]) -> Iterator[Finding]:
    """One name for two agencies of a level and kind of unit: nobody knows which is meant."""
    named = (
        ((agency.cap, fold(name)), (agency, name))
        for agency in agencies
        for name in {fold(n): n for n in (*agency.ten_khac, agency.ten)}.values()
    )
    for (first, where), (agency, name) in _later(named):
        if _serve_others(first, agency):
            continue
        message = (
            f"Tên '{name}' vừa là của '{agency.ma}' vừa là của '{first.ma}' ({at_line(where.place, name.place)}). "
            f"Để tên này ở một cơ quan."
        )
        yield finding_on(name, REPEATED, message, f"{agency.ma}.ten_khac")


def _same_short(agencies: Iterable[Agency]) -> Iterator[Finding]:
    """One abbreviation for two offices of a level: a symbol would be of either."""
    named = (
        ((agency.cap, agency.viet_tat), (agency, agency.viet_tat))
        for agency in agencies
        if agency.viet_tat is not None and agency.tap_the is None
    )
    for (first, where), (agency, short) in _later(named):
        if _serve_others(first, agency):
            continue
        message = (
            f"Chữ viết tắt '{short}' đã là của '{first.ma}' ({at_line(where.place, short.place)}). "
            f"Đặt chữ khác cho một trong hai."
        )
        yield finding_on(short, REPEATED, message, f"{agency.ma}.viet_tat")


def _serve_others(first: Agency, other: Agency) -> bool:
    """Whether no kind of unit has both agencies."""
    return bool(first.ap_dung and other.ap_dung and not {*first.ap_dung} & {*other.ap_dung})


def _same_document(legal: Iterable[LegalDocument]) -> Iterator[Finding]:
    numbered = (
        ((fold(d.so_hieu).replace(" ", ""), d.ngay or "", fold(d.co_quan or "")), (d, d.so_hieu))
        for d in legal
        if d.so_hieu is not None
    )
    for (first, _), (document, number) in _later(numbered):
        message = (
            f"{document.loai} số {number} đã vào sổ với mã '{first.ma}' "
            f"({at_line(first.place, document.place)}). Gộp hai mục làm một."
        )
        yield finding_on(number, REPEATED, message, str(document.ma))


def check_numbers(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV110: printed numbers with a gap, a repeat, a step back, or another group's head."""
    yield from _sequence((g.tt, str(g.ma)) for g in catalogue.groups)
    for group in catalogue.groups:
        yield from _of_group(group)


def _of_group(group: Group) -> Iterator[Finding]:
    head = str(group.tt)
    for task in group.nhiem_vu:
        before, dot, _ = task.tt.rpartition(".")
        if dot and before.isdecimal() and head.isdecimal() and before != head:
            message = (
                f"'{task.tt}' nằm trong nhóm {head}. "
                f"Có phải '{head}.{task.tt.rpartition('.')[2]}'? Sửa số, hoặc chuyển nhóm."
            )
            yield finding_on(task.tt, MISNUMBERED, message, f"{task.ma}.tt")
    yield from _sequence((t.tt, str(t.ma)) for t in group.nhiem_vu)
    for task in group.nhiem_vu:
        yield from _sequence((p.tt, str(p.ma)) for p in task.diem)


def _sequence(labels: Iterable[tuple[Text, str]]) -> Iterator[Finding]:
    last, last_label = 0, ""
    seen: set[int] = set()
    for label, ma in labels:
        number = label_value(label)
        if number is None:
            continue
        if number != last + 1:
            message = _broken(label, number, last, last_label, repeated=number in seen)
            yield finding_on(label, MISNUMBERED, message, f"{ma}.tt")
        seen.add(number)
        last, last_label = number, str(label)


def _broken(label: str, number: int, last: int, before: str, *, repeated: bool) -> str:
    due = label_like(label, last + 1)
    if repeated:
        return f"Số '{label}' đã dùng ở trên. Có phải '{due}'?"
    if not before:
        return f"Số đầu tiên là '{label}'. Có phải '{due}'?"
    if number > last:
        return f"Sau '{before}' là '{label}', thiếu '{due}'. Đánh số lại, hoặc thêm mục còn thiếu."
    return f"Sau '{before}' là '{label}', số đi lùi. Có phải '{due}'?"
