"""JSON Schemas of the YAML files, with the ids of a catalogue, for completion in editors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import CatalogueFile
from danvan_cli.models.outline import OutlineFile, Wording
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import AgencyFile, CalendarFile, LegalFile, UnitFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, object]


@dataclass(frozen=True)
class FileKind:
    """A kind of YAML file: its name in commands, its title, the model it must fit."""

    name: str
    title: str
    model: type[Item]


KINDS = (
    FileKind("ho-so", "Hồ sơ đơn vị", Profile),
    FileKind("danh-muc", "Danh mục nhiệm vụ của một năm (danh_muc.yaml)", CatalogueFile),
    FileKind("van-ban", "Văn bản mẫu (van_ban/*.yaml)", OutlineFile),
    FileKind("ngon-tu", "Lời khung và cụm từ (ngon_tu.yaml)", Wording),
    FileKind("co-quan", "Cơ quan (co_quan.yaml)", AgencyFile),
    FileKind("don-vi", "Đơn vị (don_vi.yaml)", UnitFile),
    FileKind("phap-ly", "Sổ văn bản pháp lý (phap_ly.yaml)", LegalFile),
    FileKind("ngay-nghi", "Ngày nghỉ (ngay_nghi.yaml)", CalendarFile),
)

# Which ids a field takes: the model's field, the list of ids, whether no other value will do.
_LIVE: tuple[tuple[str, str, str, bool], ...] = (
    ("Profile", "don_vi", "unit", False),
    ("Profile", "loai_van_ban", "kind", True),
    ("Profile", "thu_tu", "task", False),
    ("Choice", "ma", "task", True),
    ("Change", "ma", "task", True),
    ("Merge", "tu", "task", True),
    ("Addition", "nhom", "group", True),
    ("Addition", "sau", "task", False),
    ("GroupChange", "ma", "group", True),
    ("DocumentChange", "mau_chu", "outline", True),
    ("DocumentChange", "bot", "block", False),
    ("BlockAddition", "sau", "block", False),
    ("BlockAddition", "trong", "block", False),
    ("BlockEdit", "nhiem_vu", "task", False),
    ("FactsEdit", "them", "fact", True),
    ("FactsEdit", "bot", "fact", True),
    ("Selector", "co", "fact", True),
    ("Selector", "khong", "fact", True),
    ("Kind", "dac_diem", "fact", True),
    ("Unit", "dac_diem", "fact", True),
    ("AgencyRef", "co_quan", "agency", False),
    ("ListEdit", "bot", "agency", False),
    ("Edition", "van_ban", "legal", True),
    ("TaskList", "nhiem_vu", "task", True),
)
# Which ids the keys of a mapping take.
_LIVE_KEYS: tuple[tuple[str, str, str], ...] = (
    ("Profile", "van_ban", "kind"),
    ("Profile", "anh_xa", "agency"),
    ("DocumentChange", "thay", "block"),
)


def schema_of(kind: FileKind, catalogue: Catalogue) -> Schema:
    """The JSON Schema (2020-12) of one kind of file, with the ids of `catalogue` to choose from."""
    made = kind.model.model_json_schema()
    ids = _ids(catalogue)
    definitions: dict[str, Schema] = made.get("$defs", {})
    for name, definition in (*definitions.items(), (kind.model.__name__, made)):
        # A class is named for programmers; people read the titles of fields.
        definition.pop("title", None)
        definition.pop("description", None)
        fields = definition.get("properties", {})
        assert isinstance(fields, dict)
        for model, field, what, only in _LIVE:
            if model == name and field in fields:
                _each_text(fields[field], _taking(ids[what], only=only))
        for model, field, what in _LIVE_KEYS:
            if model == name and field in fields:
                fields[field]["propertyNames"] = {
                    "anyOf": [{"enum": ids[what]}, {"type": "string"}]
                }
    return {"$schema": DIALECT, "$id": f"danvan:{kind.name}", "title": kind.title, **made}


def _ids(catalogue: Catalogue) -> dict[str, list[str]]:
    outlines = catalogue.outlines
    return {
        "unit": [str(catalogue.city.ma), *(str(u.ma) for u in catalogue.units)],
        "task": [str(ma) for ma in catalogue.tasks],
        "group": [str(g.ma) for g in catalogue.groups],
        "kind": list(dict.fromkeys(str(o.loai) for o in outlines)),
        "outline": [str(o.ma) for o in outlines],
        "block": sorted({str(block.ma) for o in outlines for block in o.blocks()}),
        "fact": [str(f.ma) for f in catalogue.facts],
        "agency": [str(a.ma) for a in catalogue.agencies],
        "legal": [str(d.ma) for d in catalogue.legal],
    }


def _taking(ids: list[str], *, only: bool) -> Callable[[Schema], None]:
    def change(text: Schema) -> None:
        text.pop("minLength", None)
        if only:
            text["enum"] = ids
        else:
            del text["type"]
            text["anyOf"] = [{"enum": ids}, {"type": "string", "minLength": 1}]

    return change


def _each_text(schema: Schema, change: Callable[[Schema], None]) -> None:
    """`change` put to every place of `schema` that takes a text."""
    if schema.get("type") == "string":
        change(schema)
        return
    items = schema.get("items")
    if isinstance(items, dict):
        _each_text(items, change)
    choices = schema.get("anyOf")
    if isinstance(choices, list):
        for choice in choices:
            _each_text(choice, change)
