"""The figures of thể thức: what the decree says of pages, letters, lines and each part of a paper."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from danvan_cli.models.base import Item, Many, Word
from danvan_cli.nodes import Text

Asked = Literal["co", "khong"]


class _Figures:
    """Text that must be a number, or two joined by a hyphen."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(_checked, handler(source))


def _checked(value: Text) -> Text:
    try:
        low, _, high = value.partition("-")
        sound = 0 <= float(low) <= float(high or low)
    except ValueError:
        sound = False
    if not sound:
        raise PydanticCustomError("figures", "figures expected")
    return value


Figures = Annotated[Word, _Figures()]
"""A number ("6") or a range ("13-14")."""


def allowed_range(figures: str) -> tuple[float, float]:
    """The least and the most that `figures` allow."""
    low, _, high = figures.partition("-")
    return float(low), float(high or low)


class PaperSize(Item):
    """Khổ giấy, in millimetres."""

    muc: Word = Field(title="Mục của nghị định")
    ten: Word = Field(title="Tên khổ giấy")
    rong: Figures = Field(title="Rộng, mm")
    cao: Figures = Field(title="Cao, mm")


class Edges(Item):
    """Lề trang, in millimetres."""

    muc: Word = Field(title="Mục của nghị định")
    tren: Figures = Field(title="Lề trên, mm")
    duoi: Figures = Field(title="Lề dưới, mm")
    trai: Figures = Field(title="Lề trái, mm")
    phai: Figures = Field(title="Lề phải, mm")


class Typeface(Item):
    """Phông chữ: and its colour."""

    muc: Word = Field(title="Mục của nghị định")
    ten: Word = Field(title="Phông chữ")
    mau: Word = Field(title="Màu chữ")


class Numbers(Item):
    """Số trang."""

    muc: Word = Field(title="Mục của nghị định")
    co_chu: Figures = Field(title="Cỡ chữ")


class Body(Item):
    """Lời văn: letters, first line, space between paragraphs and lines."""

    muc: Word = Field(title="Mục của nghị định")
    co_chu: Figures = Field(title="Cỡ chữ")
    thut_dong: Many[Figures] = Field(title="Thụt đầu dòng, cm")
    gian_doan: Figures = Field(title="Giãn đoạn ít nhất, pt")
    gian_dong: Figures = Field(title="Giãn dòng, số dòng đơn")


class RuledLine(Item):
    """Đường kẻ under a line, as a part of that line's length."""

    muc: Word = Field(title="Mục của nghị định")
    dai: Figures = Field(title="Độ dài so với dòng chữ")


class Component(Item):
    """Thành phần thể thức: its name in messages, and how its letters and paragraph look."""

    ten: Word = Field(title="Tên thành phần")
    muc: Word = Field(title="Mục của nghị định")
    co_chu: Figures | None = Field(None, title="Cỡ chữ")
    dam: Asked | None = Field(None, title="Chữ đậm")
    nghieng: Asked | None = Field(None, title="Chữ nghiêng")
    in_hoa: Asked | None = Field(None, title="Chữ in hoa")
    can: Literal["giua"] | None = Field(None, title="Canh lề")


class FormFile(Item):
    """The file the_thuc.yaml."""

    can_cu: Word = Field(title="Căn cứ", description="Như in trong phát hiện.")
    nguon: Word = Field(title="Nguồn của số đo")
    kho_giay: PaperSize = Field(title="Khổ giấy")
    le_trang: Edges = Field(title="Lề trang")
    phong_chu: Typeface = Field(title="Phông chữ")
    so_trang: Numbers = Field(title="Số trang")
    loi_van: Body = Field(title="Lời văn")
    duong_ke: dict[str, RuledLine] = Field(title="Đường kẻ")
    thanh_phan: dict[str, Component] = Field(title="Thành phần thể thức")
