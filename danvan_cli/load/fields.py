"""Nodes to models, every fault of form as a Vietnamese finding at its place."""

from __future__ import annotations

import types
from collections.abc import Iterator
from collections.abc import Sequence as Items
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from danvan_cli.findings import Finding, Place
from danvan_cli.models.base import Item, models_in
from danvan_cli.models.outline import CONTENT_FIELDS
from danvan_cli.nodes import Absent, Mapping, Node, Sequence, Text, child, text_at
from danvan_cli.problems import wrong_value
from danvan_cli.text import did_you_mean, nearest, plain_ascii, slug

M = TypeVar("M", bound=Item)
PROMPT = "(cần ghi "
"""How what a command writes begins where somebody has to write more."""
_HOMES = 3
"""How many places of a key are told; one that stands in more is no key of a place."""
_DEEPEST = 2
"""How many keys may stand over one that is looked for at its right place."""
_KEY = "[key]"
Loc = tuple[str | int, ...]
"""How pydantic says where a value stands."""


def read_model(
    model: type[M], node: Node | None, shown: str
) -> tuple[M | None, tuple[Finding, ...]]:
    """`node` as a `model`, with every fault of form found in one go.

    What is at fault is left out, a text that is missing stands as `Absent`, so that one fault hides
    neither the others of its entry nor other entries; None only where nothing sound is left.
    """
    if not isinstance(node, Mapping):
        place = node.place if node is not None else Place(shown, 1, 1)
        found = "Tệp phải là" if node else "Tệp chưa có gì. Ghi"
        return None, (wrong_value(place, "tep", f"{found} các cặp 'khóa: giá trị'."),)
    findings: list[Finding] = []
    for _ in range(4):
        try:
            return model.model_validate(node), tuple(findings)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=True)
            # Later rounds only see what the cuts themselves left open.
            findings = findings or _explain(model, node, details)
            pruned = _without(model, node, details)
            if pruned is None:
                return None, tuple(findings)
            node = pruned
    return None, tuple(findings)


def unanswered(node: Node | None) -> Iterator[Finding]:
    """The values that are still a prompt; a reason is asked for where reasons are judged."""
    if not isinstance(node, Mapping | Sequence):
        return
    for key, value in node.items() if isinstance(node, Mapping) else enumerate(node):
        if isinstance(value, Text) and value.startswith(PROMPT) and key != "ly_do":
            message = f"'{key}' còn là lời nhắc '{value}'. Ghi nội dung, hoặc xóa khóa này."
            yield wrong_value(value.place, str(key), message, value)
        yield from unanswered(value)


def _explain(model: type[Item], node: Mapping, details: Items[ErrorDetails]) -> list[Finding]:
    strangers = [d for d in details if d["type"] == "extra_forbidden"]
    misspelt: set[Loc] = set()
    found: list[Finding] = []
    for detail in strangers:
        path = tuple(detail["loc"])
        key = str(path[-1])
        fields = _fields_at(model, path[:-1])
        meant = nearest(key, fields, cutoff=0.6) or nearest(plain_ascii(key), fields, cutoff=0.6)
        if meant is not None:
            misspelt.add((*path[:-1], meant))
        hint = f"Có phải '{meant}'?" if meant else f"Các khóa được dùng: {_some(fields)}."
        sure = nearest(key, fields, cutoff=0.8) is not None
        if not sure and 0 < len(right := list(_homes(model, key))) <= _HOMES:
            hint = f"'{key}' ghi ở {', hoặc '.join(sorted(right, key=len))}."
        elif meant is None and " " in key.strip():
            hint = "Câu có dấu phẩy trong ngoặc nhọn phải đặt trong ngoặc kép."
        place, subject = _key_place(node, path), _subject(node, path)
        found.append(Finding(place, "DV103", f"Khóa lạ '{key}'. {hint}", subject, key))
    for detail in details:
        path = tuple(detail["loc"])
        if detail["type"] == "extra_forbidden" or (
            detail["type"] == "missing" and path in misspelt
        ):
            continue
        found.append(_fault(model, node, path, detail))
    return found


def _homes(model: type[Item], key: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    """Where in a file of `model` a key stands: the keys over it, '<mã>' where the file names one."""
    for name, field in model.model_fields.items():
        named = get_origin(_bare(field.annotation)) is dict
        path = (*above, name, "<mã>") if named else (*above, name)
        for inner in models_in(field.annotation) if len(above) < _DEEPEST else ():
            if key in inner.model_fields:
                yield " > ".join(path)
            yield from _homes(inner, key, path)


def _fault(model: type[Item], node: Mapping, path: Loc, detail: ErrorDetails) -> Finding:
    kind = detail["type"]
    name = next((str(p) for p in reversed(path) if isinstance(p, str)), "tep")
    title = _title_at(model, path)
    subject = _subject(node, path)
    value = detail["input"]
    if path[-1:] == (_KEY,) and kind == "literal_error":
        return _wrong_key(node, path[:-1], detail)
    called = f"'{name}' ({title})"
    if kind == "missing":
        message = f"Thiếu khóa {called}. Thêm '{name}:' vào đây."
        return Finding(_node_at(node, path[:-1]).place, "DV104", message, subject)
    at_key = path[-1:] == (_KEY,)
    place = _key_place(node, path[:-1]) if at_key else _node_at(node, path).place
    if kind == "empty":
        message = f"{called} bỏ trống. Ghi nội dung hoặc xóa khóa này."
        if at_key:
            message = "Tên khóa bỏ trống. Ghi tên khóa hoặc xóa dòng này."
        return Finding(place, "DV104", message, subject)
    if kind == "literal_error":
        options = _options(detail)
        hint = did_you_mean(nearest(str(value), options))
        message = f"'{name}' không nhận giá trị '{value}'.{hint} Nhận: {_some(options)}."
        return wrong_value(place, subject, message, str(value))
    if kind in _WRONG_FORM:
        message = _WRONG_FORM[kind].format(called=called, value=value, slug=slug(str(value)))
        return wrong_value(place, subject, message, str(value))
    if kind == "one_place":
        message = "Khối thêm, khối chuyển cần đúng một trong ba khóa 'sau', 'truoc', 'trong'."
        return wrong_value(place, subject, message)
    if kind == "one_content":
        return wrong_value(place, subject, _not_one_content(detail))
    wanted = {
        "text_type": "chữ",
        "tuple_type": "một danh sách (mỗi mục bắt đầu bằng '- ')",
        "too_short": "ít nhất hai mục",
    }.get(kind, "một nhóm 'khóa: giá trị'")
    here = f"danh sách có {len(value)} mục" if kind == "too_short" else _kind_of(value)
    return wrong_value(place, subject, f"{called} cần {wanted}, nhưng ở đây là {here}.")


_WRONG_FORM = {
    "id_form": "Mã '{value}' sai dạng: chỉ dùng chữ thường không dấu, số và dấu '-'. Dùng '{slug}'.",
    "figures": "{called} cần một số hoặc một khoảng như '13-14', nhưng ở đây là '{value}'.",
    "year_form": "{called} cần một năm đủ bốn chữ số, nhưng ở đây là '{value}'.",
}


def _wrong_key(node: Mapping, path: Loc, detail: ErrorDetails) -> Finding:
    """A key of a mapping whose keys are a closed list; pydantic puts `[key]` after it."""
    key, options = str(path[-1]), _options(detail)
    meant = nearest(key, options)
    hint = f"Có phải '{meant}'?" if meant else f"Các khóa được dùng: {_some(options)}."
    place, subject = _key_place(node, path), _subject(node, path)
    return Finding(place, "DV103", f"Khóa lạ '{key}'. {hint}", subject, key)


def _options(detail: ErrorDetails) -> list[str]:
    allowed = str(detail.get("ctx", {}).get("expected", ""))
    return [o.strip(" '") for o in allowed.replace(" or ", ", ").split(",")]


def _not_one_content(detail: ErrorDetails) -> str:
    given = detail.get("ctx", {}).get("given", "")
    if given:
        return f"Khối có hơn một nội dung: {given}. Chỉ giữ một, hoặc tách thành nhiều khối."
    return f"Khối chưa có nội dung. Thêm một trong các khóa: {', '.join(CONTENT_FIELDS)}."


def _some(names: Items[str]) -> str:
    return ", ".join(sorted(names))


def _kind_of(value: object) -> str:
    if isinstance(value, Sequence | list | tuple):
        return "một danh sách"
    if isinstance(value, dict):
        return "một nhóm 'khóa: giá trị'"
    return f"chữ '{value}'" if value else "ô trống"


def _subject(node: Mapping, path: Loc) -> str:
    """The innermost `ma` on `path` and the field, which stay when lines move."""
    subject, here = "", node
    for end in range(len(path) + 1):
        here_node = _node_at(node, path[:end])
        if isinstance(here_node, Mapping):
            here = here_node
            subject = str(text_at(here, "ma") or subject)
    last = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    return f"{subject}.{last}".strip(".")


def _without(model: type[Item], node: Mapping, details: Items[ErrorDetails]) -> Mapping | None:
    """A copy of `node` with what is missing marked, less what is at fault and what needs it."""
    cuts: set[Loc] = set()
    gaps: dict[Loc, list[str]] = {}
    for detail in details:
        path = tuple(detail["loc"])
        name = _missing_text(model, path) if detail["type"] in ("missing", "empty") else ""
        if name and isinstance(_node_at(node, path[:-1]), Mapping):
            gaps.setdefault(_existing(node, path[:-1]), []).append(name)
            continue
        cut = _removable(model, _existing(node, path), detail["type"])
        if not cut:
            return None
        cuts.add(cut)
    return _copy(node, (), cuts, gaps)  # type: ignore[return-value]


def _missing_text(model: type[Item], path: Loc) -> str:
    """The name of the text at `path` where its entry of a list must have it."""
    owner, annotation = _model_at(model, path)
    name = str(path[-1])
    field = owner.model_fields.get(name)
    listed = any(isinstance(step, int) for step in path)
    needed = listed and field is not None and field.is_required() and annotation is Text
    return name if needed else ""


def _removable(model: type[Item], path: Loc, kind: str) -> Loc:
    """The smallest part round `path` that can be left out: a key, a member, an optional field."""
    for end in range(len(path), 0, -1):
        step, (_, holder) = path[end - 1], _model_at(model, path[: end - 1])
        fields = holder.model_fields if _is_item(holder) else {}
        field = fields.get(str(step))
        if isinstance(step, int) or field is None or not field.is_required():
            listed = any(isinstance(one, int) for one in path[:end])
            if listed or kind == "extra_forbidden":
                return path[:end]
    return path if not any(isinstance(step, int) for step in path) else ()


def _copy(node: Node, path: Loc, cuts: set[Loc], gaps: dict[Loc, list[str]]) -> Node:
    if isinstance(node, Mapping):
        mapping = Mapping(place=node.place)
        for key, value in node.items():
            if (*path, str(key)) not in cuts:
                mapping[key] = _copy(value, (*path, str(key)), cuts, gaps)
        for name in gaps.get(path, ()):
            # An id tells entries apart, so each that has none is given its own.
            stand_in = f"khong-co-ma-{node.place.line}-{node.place.column}" if name == "ma" else ""
            mapping[Text(name, node.place)] = Absent(stand_in, node.place)
        return mapping
    if isinstance(node, Sequence):
        members = enumerate(node)
        kept = (_copy(v, (*path, i), cuts, gaps) for i, v in members if (*path, i) not in cuts)
        return Sequence(kept, node.place)
    return node


def _fields_at(model: type[Item], path: Loc) -> list[str]:
    _, annotation = _model_at(model, path)
    models = models_in(annotation)
    return sorted(models[0].model_fields) if models else []


def _title_at(model: type[Item], path: Loc) -> str:
    while path and not isinstance(path[-1], str):
        path = path[:-1]
    owner, _ = _model_at(model, path)
    field = owner.model_fields.get(str(path[-1])) if path else None
    return field.title if field and field.title else str(path[-1]) if path else "tệp"


def _below(node: Node, step: str | int) -> Node | None:
    """What stands a step below `node`; None where nothing does."""
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
        return node[step]
    return child(node, str(step))


def _node_at(node: Node, path: Loc) -> Node:
    """The deepest node on `path` that exists: pydantic's path may go through a shorthand."""
    for step in path:
        below = _below(node, step)
        node = node if below is None else below
    return node


def _existing(node: Node, path: Loc) -> Loc:
    """`path` as far as the file goes."""
    for at, step in enumerate(path):
        below = _below(node, step)
        if below is None:
            return path[:at]
        node = below
    return path


def _key_place(node: Mapping, path: Loc) -> Place:
    """Where the last key of `path` stands."""
    parent = _node_at(node, path[:-1])
    return parent.key_place(str(path[-1])) if isinstance(parent, Mapping) else parent.place


def _is_item(annotation: Any) -> bool:
    """Whether a mapping of named fields stands there."""
    return isinstance(annotation, type) and issubclass(annotation, Item)


def _model_at(model: type[Item], path: Loc) -> tuple[type[Item], Any]:
    """The model the end of `path` belongs to, and the annotation there."""
    owner: type[Item] = model
    annotation: Any = model
    for step in path:
        if isinstance(annotation, type) and issubclass(annotation, Item):
            owner = annotation
            field = owner.model_fields.get(str(step))
            annotation = field.annotation if field else None
            annotation = _bare(annotation)
        else:
            origin, args = get_origin(annotation), get_args(annotation)
            annotation = _bare(args[-1] if origin is dict else args[0]) if args else None
    return owner, annotation


def _bare(annotation: Any) -> Any:
    """`annotation` without Optional and Annotated."""
    while True:
        origin = get_origin(annotation)
        if origin in (Union, types.UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        elif hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
        else:
            return annotation
