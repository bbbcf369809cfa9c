"""Ids and numbers of a catalogue: given twice (DV107), or out of order (DV110)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.numbering import label_like, label_value
from danvan_cli.models.catalogue import Group, Task
from danvan_cli.models.registers import Agency, LegalDocument
from danvan_cli.nodes import Text
from danvan_cli.problems import at_line
from danvan_cli.text import fold
from danvan_cli.validate.setting import Setting

REPEATED, MISNUMBERED = "DV107", "DV110"


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
    yield from _same_alias(catalogue)
    yield from _same_document(catalogue.legal)
    yield from _same_short(catalogue)


def _repeated(what: str, ids: Iterable[Text], inside: str = "") -> Iterator[Finding]:
    first: dict[str, Text] = {}
    for ma in ids:
        if ma not in first:
            first[ma] = ma
            continue
        message = (
            f"Mã '{ma}' đã dùng cho {what} khác{inside} ở {at_line(first[ma].place, ma.place)}. "
            f"Đặt mã khác cho một trong hai."
        )
        yield Finding(ma.place, REPEATED, message, subject=str(ma), value=str(ma))


def _same_unit(catalogue: Catalogue) -> Iterator[Finding]:
    first: dict[tuple[str, str], Text] = {}
    for unit in catalogue.units:
        key = (unit.loai, fold(unit.ten))
        if key in first:
            message = f"Đơn vị '{unit.ten}' đã kê ở {at_line(first[key].place, unit.ten.place)}. Bỏ một mục, hoặc sửa tên, loại."
            yield Finding(
                unit.ten.place, REPEATED, message, subject=str(unit.ma), value=str(unit.ten)
            )
        first.setdefault(key, unit.ten)


def _same_alias(catalogue: Catalogue) -> Iterator[Finding]:
    """One name for two living agencies of a level and kind of unit: nobody knows which is meant."""
    named: dict[tuple[str, str], list[tuple[Agency, Text]]] = defaultdict(list)
    for agency in catalogue.agencies:
        if agency.den_ngay is not None:
            continue
        for name in {fold(n): n for n in (*agency.ten_khac, agency.ten)}.values():
            named[agency.cap, fold(name)].append((agency, name))
    for uses in named.values():
        (first, where), *others = uses
        for agency, name in others:
            apart = first.ap_dung and agency.ap_dung and not {*first.ap_dung} & {*agency.ap_dung}
            if apart:
                continue
            message = (
                f"Tên '{name}' vừa là của '{agency.ma}' vừa là của '{first.ma}' ({at_line(where.place, name.place)}). "
                f"Để tên này ở một cơ quan."
            )
            yield Finding(
                name.place, REPEATED, message, subject=f"{agency.ma}.ten_khac", value=str(name)
            )


def _same_short(catalogue: Catalogue) -> Iterator[Finding]:
    """One abbreviation for two living offices of a level: a symbol would be of either."""
    first: dict[tuple[str, str], Agency] = {}
    for agency in catalogue.agencies:
        if agency.viet_tat is None or agency.den_ngay is not None or agency.tap_the is not None:
            continue
        other = first.setdefault((agency.cap, agency.viet_tat), agency)
        apart = other.ap_dung and agency.ap_dung and not {*other.ap_dung} & {*agency.ap_dung}
        if other is agency or apart or other.viet_tat is None:
            continue
        place = at_line(other.viet_tat.place, agency.viet_tat.place)
        message = (
            f"Chữ viết tắt '{agency.viet_tat}' đã là của '{other.ma}' ({place}). "
            f"Đặt chữ khác cho một trong hai."
        )
        subject = f"{agency.ma}.viet_tat"
        yield Finding(
            agency.viet_tat.place, REPEATED, message, subject=subject, value=str(agency.viet_tat)
        )


def _same_document(legal: Iterable[LegalDocument]) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], LegalDocument] = {}
    for document in legal:
        if document.so_hieu is None:
            continue
        parts = (document.so_hieu, document.ngay or "", document.co_quan or "")
        key = (fold(parts[0]).replace(" ", ""), parts[1], fold(parts[2]))
        other = first.setdefault(key, document)
        if other is not document:
            message = (
                f"{document.loai} số {document.so_hieu} đã vào sổ với mã '{other.ma}' "
                f"({at_line(other.place, document.place)}). Gộp hai mục làm một."
            )
            yield Finding(
                document.so_hieu.place,
                REPEATED,
                message,
                subject=str(document.ma),
                value=str(document.so_hieu),
            )


def check_numbers(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV110: printed numbers with a gap, a repeat, a step back, or another group's head."""
    groups = catalogue.groups
    yield from _sequence((g.tt, str(g.ma)) for g in groups)
    for group in groups:
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
            yield _misnumbered(task, message)
    yield from _sequence((t.tt, str(t.ma)) for t in group.nhiem_vu)
    for task in group.nhiem_vu:
        yield from _sequence((p.tt, str(p.ma)) for p in task.diem)


def _misnumbered(task: Task, message: str) -> Finding:
    return Finding(task.tt.place, MISNUMBERED, message, subject=f"{task.ma}.tt", value=str(task.tt))


def _sequence(labels: Iterable[tuple[Text, str]]) -> Iterator[Finding]:
    last, last_label = 0, ""
    seen: set[int] = set()
    for label, ma in labels:
        number = label_value(label)
        if number is None:
            continue
        if number != last + 1:
            message = _broken(label, number, last, last_label, repeated=number in seen)
            yield Finding(label.place, MISNUMBERED, message, subject=f"{ma}.tt", value=str(label))
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
