"""What a document makes, by the names of templates: of a content, or of an outline beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from danvan_cli.models.outline import Outline
from danvan_cli.render.content import ROW_FIELDS, Content, Table

_SIMPLE = (
    *("co_quan", "quoc_hieu", "tieu_ngu", "so_ky_hieu", "dia_danh_ngay", "ten_loai"),
    *("trich_yeu", "kem_theo", "tham_quyen", "can_cu", "lenh", "noi_dung"),
)
_ENDING = {"noi_nhan": ("nhan", "dong"), "ky": ("quyen_han", "ho_ten")}
_PARTS = {**_ENDING, "ky_cung": ("quyen_han", "ho_ten")}
_TASK_CELLS = ("tt", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian")
_ALWAYS = ("co_quan", "quoc_hieu", "tieu_ngu", "ten_loai", "trich_yeu", "noi_dung")


def unprinted(made: Iterable[str], printed: frozenset[str]) -> list[str]:
    """Those names of `made` that a template which prints `printed` leaves out."""
    return [
        name
        for name in dict.fromkeys(made)
        if not printed & {name, name.split(".")[0], f"{name}.chu", f"nhom.hang.{name[9:]}"}
    ]


def names_in(content: Content) -> Iterator[str]:
    """The names of what `content` says."""
    yield from (name for name in _SIMPLE if getattr(content, name))
    for name, members in _PARTS.items():
        part = getattr(content, name)
        yield from (f"{name}.{member}" for member in members if getattr(part, member))
    for table in content.tables():
        yield from _columns(table, "nhiem_vu")
        yield from (f"nhom.{m}" for m in ("tt", "ten") if any(getattr(g, m) for g in table.nhom))
    for annex in content.phu_luc:
        yield from (f"phu_luc.{m}" for m in ("ten", "tieu_de", "kem_theo") if getattr(annex, m))
        yield from _columns(annex.bang, "phu_luc.hang")


def _columns(table: Table, row: str) -> Iterator[str]:
    rows = tuple(table.rows())
    for name in ROW_FIELDS:
        if getattr(table.cot, name) and any(getattr(r, name) for r in rows):
            yield f"{row}.{name}"


def names_of(outline: Outline) -> Iterator[str]:
    """The names of what documents of `outline` say, as far as the outline tells."""
    yield from _ALWAYS
    if outline.ky_hieu:
        yield from ("so_ky_hieu", "dia_danh_ngay")
    for name in ("kem_theo", "tham_quyen", "can_cu", "lenh"):
        if getattr(outline, name):
            yield name
    if outline.ky == "tap_the":
        yield from (f"{name}.{member}" for name, members in _ENDING.items() for member in members)
    forms = {outline.hinh_thuc, *(b.danh_sach.hinh_thuc for b in outline.blocks() if b.danh_sach)}
    if "bang" in forms:
        yield from ("nhom.tt", "nhom.ten", *(f"nhiem_vu.{name}" for name in _TASK_CELLS))
    for annex in outline.phu_luc:
        yield from ("phu_luc.ten", "phu_luc.tieu_de", "phu_luc.kem_theo")
        yield from (f"phu_luc.hang.{column.lay}" for column in annex.cot)
