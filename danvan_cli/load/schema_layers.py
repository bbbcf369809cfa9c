"""What the schema of a layered file says of `sua` and `bo`: changes and what is left out, by id."""

from __future__ import annotations

from copy import deepcopy
from typing import TypeAlias

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"
JsonObject: TypeAlias = dict[str, JsonValue]

IN_PARTS = frozenset({"Unit", "Kind"})
"""What one layer may give a part of without `sua`."""
_LISTS = {"co_quan": "co_quan", "don_vi": "don_vi", "dac_diem": "dac_diem"}
"""The lists of entries, and the sort of their ids; what `van_ban` lists is another in each file."""
_DOCUMENTS = {"LegalDocument": "van_ban", "Outline": "van_ban_mau"}
_REF = "#/$defs/"


def layered(root: JsonObject, defs: dict[str, JsonObject]) -> None:
    """Make `root` what one layer gives: any part, with `sua` and `bo` for what lies below."""
    root.pop("required", None)
    for name in IN_PARTS & set(defs):
        defs[name].pop("required", None)
    properties = root["properties"]
    assert isinstance(properties, dict)
    changed: JsonObject = {}
    gone: JsonObject = {}
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


def _changed(name: str, node: JsonObject, defs: dict[str, JsonObject]) -> JsonObject | None:
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
    inside["ma"] = {"title": "Mã", "description": "Mã của mục ở lớp dưới.", **_ids(name, node)}
    defs[f"{model}.sua"] = part
    return {
        "type": "array",
        "title": node.get("title", name),
        "items": {"$ref": f"{_REF}{model}.sua"},
    }


def _out(name: str, node: JsonObject) -> JsonObject | None:
    """What `bo` may say at a key: ids of entries, or keys of a table."""
    model = _entries(node)
    if model is not None and (name in _LISTS or model in _DOCUMENTS):
        one = _ids(name, node)
    elif model is None and node.get("type") == "object":
        keys = node.get("propertyNames")
        one = deepcopy(keys) if isinstance(keys, dict) else {"type": "string"}
    else:
        return None
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _ids(name: str, node: JsonObject) -> JsonObject:
    sort = _DOCUMENTS.get(_entries(node) or "", _LISTS.get(name, name))
    return {"$ref": f"{_REF}dang_dung.{sort}"}


def _entries(node: JsonObject) -> str | None:
    """The model that the members of a list are of; None where it is no list of entries."""
    items = node.get("items")
    ref = items.get("$ref") if isinstance(items, dict) else None
    return ref.removeprefix(_REF) if isinstance(ref, str) else None
