"""DV108: what a catalogue refers to: documents, facts, blocks, tasks, templates, agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.resources import shipped
from danvan_cli.load.task_numbers import with_ids
from danvan_cli.load.years import is_shared, tasks_of_other_years
from danvan_cli.models.catalogue import Selector
from danvan_cli.models.outline import Block, Outline
from danvan_cli.models.registers import Agency
from danvan_cli.nodes import Text
from danvan_cli.problems import meant, number_for_id, unknown_id
from danvan_cli.validate.setting import Setting


def check_references(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV108 on everything a catalogue names by id but those given work, who may go by a name."""
    yield from _registers(catalogue)
    yield from _facts(catalogue)
    yield from _kinds(catalogue)
    yield from _outlines(catalogue)


def check_numbered(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV219 on tasks that an outline names by their number on paper."""
    for outline in catalogue.outlines:
        numbered = with_ids(outline, catalogue)[1]
        yield from (number_for_id(one.number, one.ma) for one in numbered)


def _registers(catalogue: Catalogue) -> Iterator[Finding]:
    legal = [str(d.ma) for d in catalogue.legal]
    edition = catalogue.edition
    if edition.van_ban is not None:
        yield from unknown_id(edition.van_ban, legal, "văn bản trong sổ", "danh_muc.van_ban")
    for document in catalogue.legal:
        named = [document.thay_bang] if document.thay_bang else []
        for ma in (*named, *document.sua_doi_boi):
            yield from unknown_id(ma, legal, "văn bản trong sổ", f"{document.ma}.thay_bang")
    by_id = {str(a.ma): a for a in catalogue.agencies}
    agencies = list(by_id)
    for agency in catalogue.agencies:
        yield from _round(agency, by_id)
        for heir in agency.thay_bang:
            yield from unknown_id(heir, agencies, "cơ quan", f"{agency.ma}.thay_bang")


def _round(agency: Agency, by_id: dict[str, Agency]) -> Iterator[Finding]:
    """An agency whose successors, by any way, lead back to it; said at the first of the round."""
    ways = [[agency]]
    earlier = list(by_id)[: list(by_id).index(str(agency.ma))]
    seen = set(earlier)
    while ways:
        way = ways.pop(0)
        for heir in way[-1].thay_bang:
            if heir == agency.ma:
                path = " → ".join(str(one.ma) for one in (*way, agency))
                message = (
                    f"'{agency.ma}' được thay bằng chính nó, qua {path}. "
                    f"Sửa 'thay_bang' của một cơ quan."
                )
                first = next(h for h in agency.thay_bang if h == (way[1:] or [agency])[0].ma)
                subject = f"{agency.ma}.thay_bang"
                yield Finding(first.place, "DV108", message, subject=subject, value=str(first))
                return
            if heir in by_id and heir not in seen:
                seen.add(str(heir))
                ways.append([*way, by_id[str(heir)]])


def _facts(catalogue: Catalogue) -> Iterator[Finding]:
    facts = [str(f.ma) for f in catalogue.facts]
    named: list[tuple[str, Iterable[Text]]] = [
        (f"loai.{kind}.dac_diem", of.dac_diem) for kind, of in catalogue.kinds.items()
    ]
    units = (catalogue.city, *catalogue.units)
    named += [(f"{u.ma}.dac_diem", (*u.dac_diem, *u.khong_co)) for u in units]
    for _, task, _ in catalogue.walk():
        named.append((f"{task.ma}.ap_dung", _asked(task.ap_dung)))
        named += [(f"{task.ma}.khi", _asked(v.khi)) for v in task.bien_the]
    for outline in catalogue.outlines:
        named.append((f"{outline.ma}.ap_dung", _asked(outline.ap_dung)))
        named += [(f"{outline.ma}.{b.ma}.ap_dung", _asked(b.ap_dung)) for b in outline.blocks()]
    for subject, used in named:
        for fact in used:
            yield from unknown_id(fact, facts, "đặc điểm", subject)


def _kinds(catalogue: Catalogue) -> Iterator[Finding]:
    """The kinds of unit that conditions, agencies and maps name; a level stands for its kinds."""
    known = [*catalogue.kinds, *dict.fromkeys(str(k.cap) for k in catalogue.kinds.values())]
    named: list[tuple[str, Iterable[Text]]] = [("anh_xa", catalogue.map_names)]
    named += [(f"{a.ma}.ap_dung", a.ap_dung) for a in catalogue.agencies]
    named += [(subject, selector.loai) for subject, selector in _selectors(catalogue)]
    for subject, names in named:
        for name in names:
            yield from unknown_id(name, known, "loại đơn vị", subject)
    levels = {str(k.cap) for k in catalogue.kinds.values()}
    for agency in catalogue.agencies:
        # A level without units, the central one, is known by its offices alone.
        if agency.cap not in levels and meant(agency.cap, levels, cutoff=0.5):
            yield from unknown_id(agency.cap, levels, "cấp", f"{agency.ma}.cap")


def _selectors(catalogue: Catalogue) -> Iterator[tuple[str, Selector]]:
    for _, task, _ in catalogue.walk():
        yield from ((f"{task.ma}.ap_dung", s) for s in task.ap_dung)
        yield from ((f"{task.ma}.khi", s) for v in task.bien_the for s in v.khi)
    for outline in catalogue.outlines:
        yield from ((f"{outline.ma}.ap_dung", s) for s in outline.ap_dung)
        for block in outline.blocks():
            yield from ((f"{outline.ma}.{block.ma}.ap_dung", s) for s in block.ap_dung)


def _asked(selectors: Iterable[Selector]) -> list[Text]:
    return [fact for s in selectors for fact in (*s.co, *s.khong)]


def _outlines(catalogue: Catalogue) -> Iterator[Finding]:
    """Inside outlines: templates, tasks listed by id, blocks that annexes repeat."""
    files = sorted(p.name for p in shipped("templates").glob("*.docx"))
    for outline in catalogue.outlines:
        if catalogue.kind_names:
            known = catalogue.kind_names
            yield from unknown_id(outline.loai, known, "loại văn bản", f"{outline.ma}.loai")
        if files:
            yield from unknown_id(outline.mau, files, "mẫu", f"{outline.ma}.mau")
        blocks = {str(b.ma): b for b in outline.blocks()}
        for block in blocks.values():
            for ma in block.danh_sach.nhiem_vu if block.danh_sach else ():
                subject = f"{outline.ma}.{block.ma}.danh_sach"
                told = ma in catalogue.tasks or str(ma) in catalogue.numbered
                if not told and not _of_another_year(ma, catalogue):
                    yield from unknown_id(ma, catalogue.tasks, "nhiệm vụ", subject)
        yield from _annexes(outline, blocks)


def _of_another_year(ma: Text, catalogue: Catalogue) -> bool:
    """Whether an outline shared by years lists a task that this one does not have."""
    return is_shared(ma, catalogue) and str(ma) in tasks_of_other_years(catalogue)


def _annexes(outline: Outline, blocks: dict[str, Block]) -> Iterator[Finding]:
    for annex in outline.phu_luc:
        subject = f"{outline.ma}.{annex.ma}"
        for row in annex.hang:
            yield from unknown_id(row.khoi, blocks, f"khối của '{outline.ma}'", subject)
            for ma in row.dong_khoi:
                yield from unknown_id(ma, blocks, f"khối của '{outline.ma}'", subject)
                if ma in blocks and blocks[ma].dong is None:
                    message = (
                        f"Khối '{ma}' không có các dòng giao việc để phụ lục lấy. "
                        f"Ghi khối có 'dong', hoặc ghi 'dong' ngay ở hàng này."
                    )
                    yield Finding(ma.place, "DV108", message, subject=subject, value=str(ma))
