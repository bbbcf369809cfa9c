"""The names a template may use: the fields of `Content` and of what it holds; what a document makes.

Render, `validate` and the README's page all read them here, from the types themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from danvan_cli.models.outline import Outline
from danvan_cli.prose import Prose
from danvan_cli.render.content import (
    ROW_FIELDS,
    BodyBlock,
    Content,
    ListLine,
    Row,
    RowFields,
    Table,
)

TEXT_TYPES = (Prose, str, int, ListLine)
"""Types whose values print as they are."""
HIDDEN = ("ma", "place", "truong", "bang", "chu_thich", "co_diem", "ten_gon")


@dataclass(frozen=True)
class TemplateName:
    """A dotted name, what it means, what it may print, and whether it is a list."""

    path: str
    meaning: str
    example: str
    is_list: bool


@cache
def members(kind: Any) -> dict[str, Any]:
    """The names of the members of a value of type `kind`, each with its type; {} for a text."""
    if not (isinstance(kind, type) and is_dataclass(kind)) or kind in TEXT_TYPES:
        return {}
    hints = get_type_hints(kind)
    made = {f.name: hints[f.name] for f in fields(kind) if "meaning" in f.metadata}
    for base in reversed(kind.__mro__):
        for name, value in vars(base).items():
            if isinstance(value, property) and value.fget is not None and name not in HIDDEN:
                made[name] = get_type_hints(value.fget)["return"]
    return made


def element(kind: Any) -> Any:
    """The type of the members of a list; None for any other type."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


@cache
def names() -> tuple[TemplateName, ...]:
    """Every name, in the order of the fields."""
    return tuple(_names(Content, "", "", listed=False))


def _names(kind: Any, path: str, before: str, *, listed: bool) -> Iterator[TemplateName]:
    about = {f.name: f.metadata for f in fields(kind)}
    for name, member in members(kind).items():
        inner = element(member) or member
        is_list = listed or element(member) is not None
        dotted = f"{path}.{name}" if path else name
        meta: Mapping[str, str] = about.get(name, {})
        meaning = before + meta.get("meaning", "")
        text = inner in TEXT_TYPES or not is_dataclass(inner)
        if text or inner is BodyBlock:
            yield TemplateName(dotted, meaning, meta.get("example", ""), is_list)
        if text:
            continue
        if name != "hang" or kind is not Row:
            columns = "tên cột: " if inner is RowFields and name == "cot" else ""
            within = meta.get("within", "") or columns
            yield from _names(inner, dotted, within, listed=is_list)


@cache
def paths() -> frozenset[str]:
    """Every dotted name, and every name on the way to one."""
    return frozenset(
        ".".join(parts[:length])
        for name in names()
        for parts in [name.path.split(".")]
        for length in range(1, len(parts) + 1)
    )


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
    left = [name for name in dict.fromkeys(made) if name not in printed]
    return [
        name
        for name in left
        if not printed & {name.split(".")[0], f"{name}.chu", f"nhom.hang.{name[9:]}"}
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
    if outline.signed:
        yield from (f"{name}.{member}" for name, members in _ENDING.items() for member in members)
    forms = {outline.hinh_thuc, *(b.danh_sach.hinh_thuc for b in outline.blocks() if b.danh_sach)}
    if "bang" in forms:
        yield from ("nhom.tt", "nhom.ten", *(f"nhiem_vu.{name}" for name in _TASK_CELLS))
    for annex in outline.phu_luc:
        yield from ("phu_luc.ten", "phu_luc.tieu_de", "phu_luc.kem_theo")
        yield from (f"phu_luc.hang.{column.lay}" for column in annex.cot)


@dataclass(frozen=True)
class TemplateFault:
    """Something wrong in a template: what, what to do, and where in words.

    `blocks` is False where it only matters for some documents, which say so when they are made;
    `name` is the name that no document has.
    """

    found: str
    remedy: str = ""
    where: str = ""
    blocks: bool = True
    name: str = ""

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.found}{place}."


def missing_fault(path: str) -> TemplateFault:
    """What is said of a name that is made and not printed."""
    name = next((n for n in names() if n.path == path), None)
    meaning = f" ({name.meaning})" if name is not None and name.meaning else ""
    return TemplateFault(
        f"mẫu không in {{{{ {path} }}}}{meaning}",
        f"Thêm thẻ ấy; nếu cố ý không in thì ghi {{# không in: {path} #}} vào mẫu.",
        blocks=False,
    )
