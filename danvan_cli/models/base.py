"""The base of every model: frozen, closed to unknown keys, each value with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from danvan_cli.findings import Place
from danvan_cli.nodes import NOWHERE, Absent, Mapping, Sequence, Text, child
from danvan_cli.passage import Role

PLACEHOLDERS = {
    "loai": "loại đơn vị: xã",
    "don_vi": "loại và tên: xã Tân An",
    "ten": "tên riêng: Tân An",
    "tinh": "tỉnh, thành phố cả loại và tên",
    "loai_tinh": "tỉnh, hoặc thành phố",
    "ten_tinh": "tên riêng của tỉnh, thành phố",
    "cap_uy_tinh": "Tỉnh ủy, hoặc Thành ủy",
    "nam": "năm của danh mục",
    "nam_sau": "năm sau năm của danh mục",
    "khu_dan_cu": "thôn, tổ dân phố, khu dân cư",
    "chu_de": "chủ đề năm của đơn vị",
    "chu_de_tinh": "chủ đề năm của tỉnh, thành phố",
}
"""Every placeholder without an id, and what it prints."""


YEAR_PATTERN = r"^(?:19|20|21)[0-9]{2}$"
ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


class _TextSchema:
    """Tells pydantic to take a `Text` as it is and to describe it as a string."""

    def __init__(
        self, pattern: str | None = None, *, blank: bool = False, fault: str = "id_form"
    ) -> None:
        self.pattern, self.blank, self.fault = pattern, blank, fault

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            **({"pattern": self.pattern} if self.pattern else {"minLength": 1}),
        }

    def _check(self, value: object) -> Text:
        if isinstance(value, Absent):
            return value
        if isinstance(value, Text):
            made = value
        elif isinstance(value, str):
            made = Text(value)
        else:
            raise PydanticCustomError("text_type", "text expected")
        if not made.strip() and not self.blank:
            raise PydanticCustomError("empty", "empty")
        if self.pattern and not re.fullmatch(self.pattern, made):
            raise PydanticCustomError(self.fault, "another form expected")
        return made


Word = Annotated[Text, _TextSchema()]
"""Any text that is not empty."""

Gap = Annotated[Text, _TextSchema(blank=True)]
"""Text that may be spaces alone: room left for what is written by hand."""
Id = Annotated[Text, _TextSchema(ID_PATTERN)]
"""A permanent name: ASCII lower-case words joined by hyphens."""
Year = Annotated[Text, _TextSchema(YEAR_PATTERN, fault="year_form")]
"""A year in four figures."""


@dataclass(frozen=True)
class Refers:
    """What a text names by id: a task, an agency, a block.

    Where it is `open`, other words do too: a name, an id that the file itself gives. The check
    of references, the schemas and who follows a reference read it from the field.
    """

    sort: str
    open: bool = False

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema) | self.mark

    @property
    def mark(self) -> dict[str, Any]:
        """The text it is on, as a schema has it before the ids in use are known."""
        return {"type": "string", REFERS: self.sort, "open": self.open}


@dataclass(frozen=True)
class Says:
    """What a printed text is; without a role, what the field that holds it says.

    On a field of blocks the role stands for their own. A `piece` is a part of a sentence. The
    checks read it from the field.
    """

    role: Role | None = None
    piece: bool = False


REFERS = "refers"
TaskText = Annotated[Word, Says("noi_dung")]
RunningText = Annotated[Word, Says("chu")]
HeadingText = Annotated[Word, Says("tieu_de")]
DeadlineText = Annotated[Word, Says("thoi_gian")]
TaskId = Annotated[Word, Refers("nhiem_vu")]
TaskName = Annotated[Word, Refers("nhiem_vu", open=True)]
GroupId = Annotated[Word, Refers("nhom", open=True)]
FactId = Annotated[Word, Refers("dac_diem")]
PostId = Annotated[Word, Refers("chuc_vu")]
PostName = Annotated[Word, Refers("chuc_vu", open=True)]
UnitKind = Annotated[Word, Refers("loai_don_vi")]
"""A kind of unit, or a level (`cap_xa`) that stands for all its kinds; both are data."""
UnitName = Annotated[Word, Refers("don_vi", open=True)]
AgencyId = Annotated[Word, Refers("co_quan")]
AgencyName = Annotated[Word, Refers("co_quan", open=True)]
DocumentKind = Annotated[Word, Refers("loai_van_ban")]
OutlineId = Annotated[Word, Refers("van_ban_mau")]
LegalId = Annotated[Word, Refers("van_ban")]
BlockName = Annotated[Word, Refers("khoi", open=True)]
RuleCode = Annotated[Word, Refers("luat", open=True)]

T = TypeVar("T")


class _OneOrMany:
    """Lets a list be written as its only member."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        made = handler(schema)
        return {"anyOf": [made, made["items"]]} if "items" in made else made


def _as_list(value: object) -> object:
    if isinstance(value, Sequence | list | tuple):
        return tuple(value)
    return (value,)


Many = Annotated[tuple[T, ...], _OneOrMany()]
"""A list, which may be written as its only member."""


class Shorthand:
    """Lets a mapping be written as the value of its field `name` alone.

    With `many`, a list too stands for that field. `refers` is what the field names by id.
    """

    def __init__(self, name: str, *, many: bool = False, refers: Refers | None = None) -> None:
        self.name, self.many, self.refers = name, many, refers

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._wrap, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        one: dict[str, Any] = self.refers.mark if self.refers else {"type": "string"}
        short = [one]
        if self.many:
            short.append({"type": "array", "items": {"anyOf": [one, {"type": "object"}]}})
        return {"anyOf": [*short, handler(schema)]}

    def _wrap(self, value: object) -> object:
        if isinstance(value, str) or (self.many and isinstance(value, list | tuple)):
            place = getattr(value, "place", NOWHERE)
            return Mapping({Text(self.name, place): value}, place)  # type: ignore[arg-type]
        return value


class Item(BaseModel):
    """A mapping of a YAML file; `place` and `place_of` say where it and its fields stand."""

    # A model that nothing is read into, as with a catalogue kept ready, needs no validator.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )
    _node: Mapping | None = PrivateAttr(default=None)
    STANDS_FOR_FIELD: ClassVar[bool] = False
    """Whether it is only another way to write the field it stands in, and about nothing else."""
    IN_DOCUMENT: ClassVar[bool] = False
    """Whether its id is one of the document it is in."""

    @model_validator(mode="wrap")
    @classmethod
    def _keep_node(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        made = handler(value)
        if isinstance(value, Mapping):
            made._node = value
        return made

    @property
    def place(self) -> Place:
        """Where the mapping begins; an empty place for a value made in Python."""
        return self._node.place if self._node is not None else NOWHERE

    def place_of(self, name: str) -> Place:
        """Where the value of the field `name` stands, else where the mapping begins."""
        value = child(self._node, name)
        return value.place if value is not None else self.place

    def key_place(self, name: str) -> Place:
        """Where the key of the field `name` stands, else where the mapping begins."""
        return self._node.key_place(name) if self._node is not None else NOWHERE

    def has(self, name: str) -> bool:
        """Whether the file itself gives the field `name`."""
        return name in self.model_fields_set


def models_in(annotation: Any) -> list[type[Item]]:
    """The models that may stand where a field is annotated so."""
    if isinstance(annotation, type) and issubclass(annotation, Item):
        return [annotation]
    return [model for inner in get_args(annotation) for model in models_in(inner)]
