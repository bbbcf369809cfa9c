"""DV108: what a catalogue refers to: documents, facts, blocks, tasks, templates, agencies."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.numbering import with_ids
from danvan_cli.load.opener import is_shared, tasks_of_other_years
from danvan_cli.models.base import Item, Refers
from danvan_cli.models.declared import declared_texts
from danvan_cli.models.outline import UNSIGNED
from danvan_cli.models.registers import Agency
from danvan_cli.nodes import Text
from danvan_cli.problems import finding_on, meant, number_for_id, unknown_id
from danvan_cli.shipped import shipped
from danvan_cli.validate.setting import Setting

Known = dict[str, tuple[str, Collection[str]]]
"""Each sort of id: what it is called, and those there are."""


def check_references(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV108 on everything a catalogue names by id but those given work, who may go by a name."""
    yield from _named(catalogue)
    by_id = {str(agency.ma): agency for agency in catalogue.agencies}
    for agency in catalogue.agencies:
        yield from _round(agency, by_id)
    yield from _levels(catalogue)
    yield from _outlines(catalogue)


def check_outlines(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV213 on a catalogue with tasks and no outline to print them in."""
    if catalogue.groups and not catalogue.outlines:
        message = (
            "Danh mục không có dàn ý văn bản nào, nên không làm được văn bản cho đơn vị. "
            "Thêm dàn ý vào 'van_ban/' của năm, của thành phố hoặc của cả nước."
        )
        yield Finding(catalogue.edition.place, "DV213", message, "van_ban")


def check_numbered(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV219 on tasks that an outline names by their number on paper."""
    for outline in catalogue.outlines:
        numbered = with_ids(outline, catalogue)[1]
        yield from (number_for_id(one.number, one.ma) for one in numbered)


def _named(catalogue: Catalogue) -> Iterator[Finding]:
    """Whatever a field is declared to name: documents, facts, agencies, kinds, tasks, blocks."""
    kinds = [*catalogue.kinds, *dict.fromkeys(str(k.cap) for k in catalogue.kinds.values())]
    known: Known = {
        "van_ban": ("văn bản nào trong sổ có mã", [str(d.ma) for d in catalogue.legal]),
        "co_quan": ("cơ quan", [str(a.ma) for a in catalogue.agencies]),
        "dac_diem": ("đặc điểm", [str(f.ma) for f in catalogue.facts]),
        "loai_don_vi": ("loại đơn vị", kinds),
        "nhiem_vu": ("nhiệm vụ", catalogue.tasks),
        "chuc_vu": ("chức vụ", [UNSIGNED, *catalogue.wording.chuc_vu]),
    }
    if catalogue.sectors:
        known["khoi_co_quan"] = ("khối", catalogue.sectors)
    items: list[tuple[str, Item]] = [("danh_muc", catalogue.edition)]
    items += [(f"loai.{kind}", of) for kind, of in catalogue.kinds.items()]
    of_city = (catalogue.groups, catalogue.legal, catalogue.agencies)
    items += [(str(one.ma), one) for several in of_city for one in several]
    items += [(str(unit.ma), unit) for unit in (catalogue.city, *catalogue.units)]
    for subject, item in items:
        yield from _unknown(item, subject, known, catalogue)
    for outline in catalogue.outlines:
        own: Known = {"khoi": (f"khối của '{outline.ma}'", [str(b.ma) for b in outline.blocks()])}
        yield from _unknown(outline, str(outline.ma), known | own, catalogue)
    for name in catalogue.map_names:
        yield from unknown_id(name, kinds, "loại đơn vị", "anh_xa")


def _unknown(item: Item, subject: str, known: Known, catalogue: Catalogue) -> Iterator[Finding]:
    for one in declared_texts(item, subject):
        # Who is given work may go by a name; the blocks of an outline are all of its own.
        if one.refers is None or (one.refers.open and one.refers.sort != "khoi"):
            continue
        if one.refers.sort in known and not _stands_elsewhere(one.text, one.refers, catalogue):
            what, ids = known[one.refers.sort]
            yield from unknown_id(one.text, ids, what, one.subject)


def _stands_elsewhere(text: Text, refers: Refers, catalogue: Catalogue) -> bool:
    """Whether it is a task by its number, or one of another year in an outline that years share."""
    if refers.sort != "nhiem_vu":
        return False
    of_years = is_shared(text, catalogue) and str(text) in tasks_of_other_years(catalogue)
    return of_years or str(text) in catalogue.numbered


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
                through = f", qua {path}" if len(way) > 1 else ""
                message = (
                    f"'{agency.ma}' được thay bằng chính nó{through}. "
                    f"Sửa 'thay_bang' của một cơ quan."
                )
                first = next(h for h in agency.thay_bang if h == (way[1:] or [agency])[0].ma)
                yield finding_on(first, "DV108", message, f"{agency.ma}.thay_bang")
                return
            if heir in by_id and heir not in seen:
                seen.add(str(heir))
                ways.append([*way, by_id[str(heir)]])


def _levels(catalogue: Catalogue) -> Iterator[Finding]:
    levels = {str(k.cap) for k in catalogue.kinds.values()}
    for agency in catalogue.agencies:
        # A level without units, the central one, is known by its offices alone.
        if agency.cap not in levels and meant(agency.cap, levels, cutoff=0.5):
            yield from unknown_id(agency.cap, levels, "cấp", f"{agency.ma}.cap")


def _outlines(catalogue: Catalogue) -> Iterator[Finding]:
    """Of outlines: their kind, their template, the lines that the rows of their annexes take."""
    files = sorted(p.name for p in shipped("templates").glob("*.docx"))
    for outline in catalogue.outlines:
        if catalogue.kind_names:
            known = catalogue.kind_names
            yield from unknown_id(outline.loai, known, "loại văn bản", f"{outline.ma}.loai")
        if files:
            yield from unknown_id(outline.mau, files, "mẫu", f"{outline.ma}.mau")
