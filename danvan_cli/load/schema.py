"""JSON Schemas of the files people write, made from the models, with the ids in use today.

For editors: completion, and a word on every key. A schema says no more than `danvan validate`
does of a file's form, and takes whatever it takes: every scalar is text, so a number or a "no"
without quotes will do, and most lists may be written as their only member.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.base import PLACEHOLDERS, REFERS, Item, models_in
from danvan_cli.models.catalogue import CatalogueFile
from danvan_cli.models.form import FormFile
from danvan_cli.models.outline import TEXT_KINDS, UNSIGNED, Outline, OutlineFile, Wording
from danvan_cli.models.profile import REASONED, Profile
from danvan_cli.models.registers import AgencyFile, CalendarFile, LegalFile, UnitFile

Schema: TypeAlias = "dict[str, Schema] | list[Schema] | str | int | float | bool | None"
SchemaNode: TypeAlias = dict[str, Schema]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: Mapping[str, tuple[type[Item], str]] = {
    "ho-so": (Profile, "Hồ sơ đơn vị"),
    "danh-muc": (CatalogueFile, "Danh mục nhiệm vụ (danh_muc.yaml)"),
    "co-quan": (AgencyFile, "Cơ quan (co_quan.yaml)"),
    "don-vi": (UnitFile, "Đơn vị (don_vi.yaml)"),
    "phap-ly": (LegalFile, "Sổ văn bản (phap_ly.yaml)"),
    "ngay-nghi": (CalendarFile, "Ngày nghỉ (ngay_nghi.yaml)"),
    "ngon-tu": (Wording, "Lời khung và cụm từ (ngon_tu.yaml)"),
    "van-ban": (OutlineFile, "Văn bản mẫu (van_ban/*.yaml)"),
    "the-thuc": (FormFile, "Số đo thể thức (quoc-gia/the_thuc.yaml)"),
}
"""The files there is a schema for: the model and what it is called."""


def is_schema(data: bytes) -> bool:
    """Whether `data` is a schema made here."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "'danvan schema " in str(found.get("$comment"))


_TEXT: SchemaNode = {"type": ["string", "number", "boolean"]}
_LAYERED = frozenset({"co-quan", "don-vi", "phap-ly", "ngay-nghi", "ngon-tu", "van-ban"})
"""Files that lie in layers: each may give a part of the whole, change what is below, take out."""
_FILLED: Mapping[str, tuple[str, ...]] = {
    "Task": ("noi_dung", "chi_tiet", "chu_thich", "thoi_gian"),
    "Variant": ("noi_dung", "thay", "bot", "chi_tiet", "chu_thich", "thoi_gian"),
    "Group": ("ten",),
    "Agency": ("ten", "ten_khac"),
    "OwnAgency": ("ten", "ten_khac"),
    "Block": TEXT_KINDS,
    "Lines": ("hinh_thuc", "thoi_gian"),
    "Annex": ("tieu_de", "kem_theo"),
    "Outline": ("kem_theo", "tham_quyen", "ten_loai"),
    "Wording": ("cum_tu", "chuc_vu", "co_quan_ban_hanh"),
    "Addition": ("noi_dung", "chi_tiet", "thoi_gian"),
    "Change": ("chi_tiet", "thoi_gian"),
    "Merge": ("chi_tiet", "thoi_gian"),
    "TextEdit": ("moi", "thay", "bot"),
}
"""Fields whose texts may hold placeholders."""
_FAMILIES = (
    "{co_quan.<mã>}, {viet_tat.<mã>}: tên, viết tắt của cơ quan ở đơn vị",
    "{cum_tu.<mã>}: cụm từ trong ngon_tu.yaml",
    "{van_ban.<mã>}, {van_ban_so.<mã>}...: viện dẫn văn bản trong sổ",
    "{so_ngay.<văn bản>}: số, ngày của văn bản khác của đơn vị",
)
_PLACEHOLDER = "cho_trong"
_TASKS = "danh sách nhiệm vụ"
_HEAD = re.compile(r"[:,.]| or ")


def schema_of(
    kind: str, catalogue: Catalogue, rules: Mapping[str, str], placeholders: Mapping[str, str]
) -> SchemaNode:
    """The JSON Schema (draft 2020-12) of the files of `kind`, one of `KINDS`.

    `rules` are the codes that a file may pass over, with their titles; `placeholders` what may
    stand between braces in a text.

    Raises:
        KeyError: there is no such kind.
    """
    model, title = KINDS[kind]
    made = model.model_json_schema(schema_generator=_WithoutNull)
    defs: dict[str, SchemaNode] = made.pop("$defs", {})
    shapes = {**defs, model.__name__: made}
    models = {m.__name__: m for m in _models(model)}
    for name, shape in shapes.items():
        _describe(shape, models.get(name))
        _offer_placeholders(name, shape)
        if name in REASONED and isinstance(needed := shape.get("required"), list):
            # The file's own `ly_do` stands for those that give none.
            shape["required"] = [field for field in needed if field != "ly_do"]
    if kind in _LAYERED:
        layered(made, defs)
    shown = {name: _plain(shape) for name, shape in defs.items()}
    root = {key: _plain(value) for key, value in made.items() if key != "title"}
    asked = json.dumps([root, shown])
    live = {
        f"dang_dung.{name}": ids
        for name, ids in (_live(catalogue, rules) | _written(placeholders)).items()
        if f'"{_ids(name)["$ref"]}"' in asked
    }
    comment = f"Mã của danh mục năm {catalogue.edition.nam}; làm lại bằng 'danvan schema {kind}'."
    return {
        "$schema": DIALECT,
        "$comment": comment,
        "title": title,
        **root,
        "$defs": {**shown, **live},
    }


class _WithoutNull(GenerateJsonSchema):
    """A key without a value is a fault of form (DV104), so no field takes null."""

    def nullable_schema(self, schema):  # type: ignore[no-untyped-def]
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema):  # type: ignore[no-untyped-def]
        return self.generate_inner(schema["schema"])


def _models(model: type[Item]) -> list[type[Item]]:
    """`model` and every model that its fields hold."""
    made = [model]
    for one in made:
        held = (m for field in one.model_fields.values() for m in models_in(field.annotation))
        made += (m for m in dict.fromkeys(held) if m not in made)
    return made


def _describe(shape: SchemaNode, model: type[Item] | None) -> None:
    """The model's Vietnamese name as title; what its docstring says to programmers goes."""
    shape.pop("description", None)
    if model is not None and model.__doc__:
        shape["title"] = _HEAD.split(model.__doc__, maxsplit=1)[0].strip()


def _offer_placeholders(name: str, shape: SchemaNode) -> None:
    """Tell of every text that may hold placeholders which there are, and what they print."""
    properties = shape.get("properties")
    for field in _FILLED.get(name, ()) if isinstance(properties, dict) else ():
        node = properties[field] if isinstance(properties, dict) else None
        if not isinstance(node, dict):
            continue
        description = str(node.get("description") or node.get("title") or "")
        lines = [f"{{{name}}}: {what}" for name, what in PLACEHOLDERS.items()]
        listed = "\n".join(f"- {line}" for line in (*lines, *_FAMILIES))
        node["markdownDescription"] = f"{description}\n\nChỗ trống:\n{listed}"
        node["allOf"] = [_ids(_PLACEHOLDER)]


def _written(placeholders: Mapping[str, str]) -> dict[str, Schema]:
    offers: list[Schema] = [
        # A text that begins with a brace needs quotes; a snippet says where its own fields end.
        {"label": f"{{{name}}}", "bodyText": f'"{{{name}\\}}$0"', "description": printed}
        for name, printed in sorted(placeholders.items())
    ]
    return {_PLACEHOLDER: {"defaultSnippets": offers}}


def _ids(name: str) -> SchemaNode:
    return {"$ref": f"#/$defs/dang_dung.{name}"}


def _plain(node: Schema) -> Schema:
    """`node` with the ids in use for every reference, and other texts open to what YAML makes of them."""
    if isinstance(node, list):
        return [_plain(member) for member in node]
    if not isinstance(node, dict):
        return node
    if REFERS in node:
        names = _ids(str(node[REFERS]))
        about: SchemaNode = {key: node[key] for key in ("title", "description") if key in node}
        return {**about, **({"anyOf": [names, _TEXT]} if node["open"] else names)}
    made = {key: _plain(value) for key, value in node.items()}
    if made.get("type") == "string" and "enum" not in made and "const" not in made:
        made |= _TEXT
    return made


def _live(catalogue: Catalogue, rules: Mapping[str, str]) -> dict[str, Schema]:
    """For each sort of id, those in use with what they are, in the catalogue's order."""
    kinds = {o.loai: str(o.ten) for o in reversed(catalogue.outlines)}
    blocks = (b for outline in catalogue.outlines for b in _blocks(outline))
    units = (catalogue.city, *catalogue.units)
    names = {kind: str(of.ten) for kind, of in catalogue.kinds.items()}
    levels = dict.fromkeys(str(of.cap) for of in catalogue.kinds.values())
    ranks = dict.fromkeys([*(str(a.cap) for a in catalogue.agencies), *levels])
    tables: dict[str, Iterable[tuple[str, str]]] = {
        "loai_don_vi": [*names.items(), *((level, f"mọi loại của {level}") for level in levels)],
        "cap": (
            (rank, ", ".join(str(k.ten) for k in catalogue.kinds.values() if k.cap == rank) or rank)
            for rank in ranks
        ),
        "khoi_co_quan": ((ma, sector.ten) for ma, sector in catalogue.sectors.items()),
        "nhiem_vu": ((t.ma, t.noi_dung) for t in catalogue.tasks.values()),
        "nhom": ((g.ma, g.ten) for g in catalogue.groups),
        "co_quan": ((a.ma, a.ten) for a in catalogue.agencies),
        "don_vi": ((u.ma, f"{names.get(u.loai, '')} {u.ten}".strip()) for u in units),
        "dac_diem": ((f.ma, f.ten) for f in catalogue.facts),
        "loai_van_ban": reversed(kinds.items()),
        "van_ban_mau": ((o.ma, o.ten) for o in catalogue.outlines),
        "khoi": blocks,
        "van_ban": ((d.ma, f"{d.loai} {d.so_hieu or ''} {d.ten}") for d in catalogue.legal),
        "luat": rules.items(),
        "chuc_vu": [(UNSIGNED, "không ký riêng")]
        + [(post, "; ".join(lines)) for post, lines in catalogue.wording.chuc_vu.items()],
    }
    return {name: _choices(pairs) for name, pairs in tables.items()}


def _choices(pairs: Iterable[tuple[str, str]]) -> SchemaNode:
    known = {str(ma): " ".join(str(title).split()) for ma, title in pairs}
    if not known:
        return dict(_TEXT)
    return {"anyOf": [{"const": ma, "description": title} for ma, title in known.items()]}


def _blocks(outline: Outline) -> Iterator[tuple[str, str]]:
    for top in (*outline.trich_yeu, *outline.can_cu, *outline.khoi, *outline.noi_nhan):
        for block in top.walk():
            title = next((text for name in TEXT_KINDS if (text := getattr(block, name))), _TASKS)
            yield str(block.ma), str(title)


IN_PARTS = frozenset({"Unit", "Kind"})
"""What one layer may give a part of without `sua`."""
_LISTS = {"co_quan": "co_quan", "don_vi": "don_vi", "dac_diem": "dac_diem"}
"""The lists of entries, and the sort of their ids; what `van_ban` lists is another in each file."""
_DOCUMENTS = {"LegalDocument": "van_ban", "Outline": "van_ban_mau"}
_REF = "#/$defs/"


def layered(root: SchemaNode, defs: dict[str, SchemaNode]) -> None:
    """Make `root` what one layer gives: any part, with `sua` and `bo` for what lies below."""
    root.pop("required", None)
    for name in IN_PARTS & set(defs):
        defs[name].pop("required", None)
    properties = root["properties"]
    assert isinstance(properties, dict)
    changed: SchemaNode = {}
    gone: SchemaNode = {}
    for name, node in list(properties.items()):
        assert isinstance(node, dict)
        change, out = _changed(name, node, defs), _out(name, node)
        if change is not None:
            changed[name] = change
        if out is not None:
            gone[name] = {"title": node.get("title", name), **out}
    properties["sua"] = {
        "type": "object",
        "title": "Sửa lớp dưới",
        "description": "Chỉ ghi mã và các khóa đổi khác; mục ấy phải có ở lớp dưới.",
        "properties": changed,
        "additionalProperties": False,
    }
    properties["bo"] = {
        "type": "object",
        "title": "Bỏ của lớp dưới",
        "description": "Mã các mục không dùng ở đây.",
        "properties": gone,
        "additionalProperties": False,
    }


def _changed(name: str, node: SchemaNode, defs: dict[str, SchemaNode]) -> SchemaNode | None:
    """What `sua` may say at a key; None where entries have no id to be told by."""
    model = _entries(node)
    if model is None:
        made = deepcopy(node)
        made.pop("default", None)
        return made
    properties = defs[model].get("properties")
    if not isinstance(properties, dict) or "ma" not in properties:
        return None
    part = deepcopy(defs[model])
    part["required"] = ["ma"]
    inside = part["properties"]
    assert isinstance(inside, dict)
    inside["ma"] = {"title": "Mã", "description": "Mã của mục ở lớp dưới.", **_ids_of(name, node)}
    defs[f"{model}.sua"] = part
    return {
        "type": "array",
        "title": node.get("title", name),
        "items": {"$ref": f"{_REF}{model}.sua"},
    }


def _out(name: str, node: SchemaNode) -> SchemaNode | None:
    """What `bo` may say at a key: ids of entries, or keys of a table."""
    model = _entries(node)
    if model is not None and (name in _LISTS or model in _DOCUMENTS):
        one = _ids_of(name, node)
    elif model is None and node.get("type") == "object":
        keys = node.get("propertyNames")
        one = deepcopy(keys) if isinstance(keys, dict) else {"type": "string"}
    else:
        return None
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _ids_of(name: str, node: SchemaNode) -> SchemaNode:
    sort = _DOCUMENTS.get(_entries(node) or "", _LISTS.get(name, name))
    return {"$ref": f"{_REF}dang_dung.{sort}"}


def _entries(node: SchemaNode) -> str | None:
    """The model that the members of a list are of; None where it is no list of entries."""
    items = node.get("items")
    ref = items.get("$ref") if isinstance(items, dict) else None
    return ref.removeprefix(_REF) if isinstance(ref, str) else None
