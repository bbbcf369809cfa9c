"""Word templates among the files judged: tags that cannot be read, names no document has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from danvan_cli.errors import TemplateError
from danvan_cli.findings import Finding, Place
from danvan_cli.reading.document import Document
from danvan_cli.render.template import load_template
from danvan_cli.render.template_check import unknown_names

UNKNOWN_NAME, UNREADABLE = "DV609", "DV610"
_TAG = re.compile(r"\{\{|\{%|\}\}|%\}")

_TASK = ("tt", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian")
_TABLE = ("cot", "nhom.tt", "nhom.ten", *(f"nhom.nhiem_vu.{name}" for name in _TASK))
_BLOCKS = (
    *("phan", "muc", "tieu_muc", "doan", "gach", "cong", "dieu.ten", "dieu.noi_dung"),
    *("viec.tt", "viec.noi_dung", "dong.nhan", "dong.noi_dung"),
    *(f"bang.{name}" for name in _TABLE),
)
NAMES = frozenset(
    {
        *("co_quan", "quoc_hieu", "tieu_ngu", "so_ky_hieu", "dia_danh_ngay"),
        *("ten_loai", "trich_yeu", "kem_theo", "tham_quyen", "lenh", "can_cu"),
        *("chu_thich", "ky.quyen_han", "ky.ho_ten", "noi_nhan.nhan", "noi_nhan.dong"),
        *(f"phu_luc.{name}" for name in ("ten", "tieu_de", "kem_theo", "cot", "dong")),
        *(f"bang.{name}" for name in _TABLE),
        *(f"khoi.{name}" for name in _BLOCKS),
    }
)
"""Every name a template may use, as dotted paths."""


def is_template(document: Document) -> bool:
    """Whether a Word file is a template: some of its text is a tag."""
    return any(_TAG.search(passage.text) for passage in document.passages)


def check_template(path: Path, shown: str) -> Iterator[Finding]:
    """DV610 where the template cannot be made ready, else DV609 on each name no document has."""
    try:
        template = load_template(path)
    except TemplateError as error:
        said = error.found.removeprefix(f"{path}: ")
        said = said[0].upper() + said[1:]
        message = f"{said.rstrip('.')}. {error.remedy or 'Mở mẫu trong Word và sửa chỗ này.'}"
        yield Finding(Place(shown), UNREADABLE, message, subject="mau")
        return
    for name in unknown_names(template, NAMES):
        hint = f"Có phải '{name.guess}'?" if name.guess else "Xem các tên được dùng ở mẫu đi kèm."
        message = f"Không văn bản nào có '{name.path}'. {hint}"
        yield Finding(
            Place(shown, 0, 0, name.where), UNKNOWN_NAME, message, subject="mau", value=name.path
        )
