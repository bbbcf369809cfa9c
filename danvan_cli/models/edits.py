"""How a unit's file changes a text, a list, the blocks of a document."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from danvan_cli.models.base import (
    AgencyName,
    BlockName,
    Item,
    Many,
    Refers,
    Says,
    Shorthand,
    TaskName,
    Word,
)
from danvan_cli.models.catalogue import Agencies, AgencyMap
from danvan_cli.models.outline import Block, Lines


class TextEdit(Item):
    """Sửa chữ: a whole new text, or pieces of the old one, each of which must stand there once."""

    STANDS_FOR_FIELD: ClassVar[bool] = True
    moi: Annotated[Word, Says()] | None = Field(None, title="Mới", description="Cả câu mới.")
    thay: dict[Word, Annotated[Word, Says(piece=True)]] = Field(
        default_factory=dict,
        title="Thay",
        description="Chữ cũ: chữ mới; chữ cũ phải có đúng một chỗ.",
    )
    bot: Many[Word] = Field((), title="Bớt", description="Chữ bỏ đi; phải có đúng một chỗ.")


class ListEdit(Item):
    """Sửa danh sách theo thành viên, không theo vị trí."""

    STANDS_FOR_FIELD: ClassVar[bool] = True
    moi: Annotated[Agencies, Says()] = Field((), title="Mới", description="Cả danh sách mới.")
    them: Annotated[Agencies, Says()] = Field((), title="Thêm")
    bot: Many[AgencyName] = Field((), title="Bớt")
    thay: AgencyMap = Field(default_factory=dict, title="Thay")


TextChange = Annotated[TextEdit, Shorthand("moi")]
AgencyChange = Annotated[ListEdit, Shorthand("moi", many=True, refers=Refers("co_quan", open=True))]


class BlockEdit(Item):
    """Khối được thay: its text, its words one by one, its lines, its task list."""

    chu: Annotated[TextChange, Says("chu")] | None = Field(None, title="Chữ")
    dong: Lines | None = Field(
        None, title="Các dòng giao việc", description="Chủ trì, phối hợp, thời gian của khối."
    )
    nhiem_vu: Many[TaskName] = Field((), title="Nhiệm vụ trong danh sách")


BlockChange = Annotated[BlockEdit, Shorthand("chu")]


class Placing(Item):
    """Chỗ đứng của một khối."""

    sau: BlockName | None = Field(None, title="Sau khối")
    truoc: BlockName | None = Field(None, title="Trước khối")
    trong: BlockName | None = Field(
        None, title="Trong khối", description="Làm khối con cuối cùng của khối này."
    )

    @property
    def anchor(self) -> Word:
        """The block it stands beside or in."""
        return next(name for name in (self.sau, self.truoc, self.trong) if name is not None)

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(name is not None for name in (self.sau, self.truoc, self.trong)) != 1:
            raise PydanticCustomError("one_place", "one place")
        return self


class BlockAddition(Placing):
    """Khối thêm vào."""

    khoi: Block = Field(title="Khối")


class BlockMove(Placing):
    """Khối chuyển chỗ, cùng mọi khối con."""

    ma: BlockName = Field(title="Mã khối")
