"""A paper taken apart: which lines are its letterhead, its title, its headings, its signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from danvan_cli.word.layout.values import Layout, Paragraph, TypedLine

PartName = Literal[
    "quoc_hieu",
    "tieu_ngu",
    "co_quan_chu_quan",
    "co_quan_ban_hanh",
    "so_ky_hieu",
    "dia_danh",
    "trich_yeu_cong_van",
    "ten_loai",
    "trich_yeu",
    "kem_theo",
    "kinh_gui",
    "tham_quyen",
    "lenh",
    "can_cu",
    "phan",
    "muc",
    "dieu",
    "khoan",
    "diem",
    "doan",
    "noi_nhan",
    "dong_noi_nhan",
    "chuc_vu",
    "ho_ten",
    "phu_luc",
    "ten_phu_luc",
    "doan_phu_luc",
]
"""What a line is; `lenh` is "QUYẾT ĐỊNH:", `doan` a paragraph of the text."""

Sort = Literal["hanh_chinh", "phu_luc", "dang", "quy_pham", "ca_nhan", "khac"]
"""Whose rules a paper follows.

`hanh_chinh` has the letterhead of an office of the State; `phu_luc` is an annex in a file of its
own; `dang` is the Party's (Hướng dẫn 05-HD/VPTW); `quy_pham` is a normative document (Nghị định
78/2025/NĐ-CP); `ca_nhan` is a person's: a petition, a form to be filled in; `khac` has no
letterhead: a draft, a speech.
"""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A line of a paper and what it is."""

    name: PartName
    paragraph: Paragraph
    line: TypedLine

    @property
    def text(self) -> str:
        """Its letters, without white space at the ends."""
        return self.line.text.strip()


@dataclass(frozen=True)
class Anatomy:
    """A paper taken apart; `parts` are in the order of reading.

    `around` gives, for the lines under which a rule is drawn, the paragraphs it may be drawn in.
    """

    sort: Sort
    layout: Layout
    parts: tuple[PaperPart, ...] = ()
    around: tuple[tuple[PartName, tuple[Paragraph, ...]], ...] = ()

    def of(self, *names: PartName) -> tuple[PaperPart, ...]:
        """The lines that are one of `names`."""
        return tuple(part for part in self.parts if part.name in names)

    def near(self, name: PartName) -> tuple[Paragraph, ...]:
        """The paragraphs in which the rule under `name` may be drawn."""
        return next((found for known, found in self.around if known == name), ())
