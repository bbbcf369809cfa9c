"""Nodes to models, every fault of form as a Vietnamese finding at its place."""

from __future__ import annotations

import types
from collections.abc import Sequence as Items
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from danvan_cli.findings import Finding, Place
from danvan_cli.models.base import Item
from danvan_cli.models.outline import CONTENT_FIELDS
from danvan_cli.nodes import Mapping, Node, Sequence, Text
from danvan_cli.text import did_you_mean, nearest, plain_ascii, slug

M = TypeVar("M", bound=Item)
Path = tuple[str | int, ...]
_LISTED = 12
_KEY = "[key]"


def read_model(
    model: type[M], node: Node | None, shown: str
) -> tuple[M | None, tuple[Finding, ...]]:
    """`node` as a `model`, with every fault of form found in one go.

    Faulty members of lists are left out and unknown keys passed over, so that one bad task does
    not hide the others; None only where nothing sound is left.
    """
    if not isinstance(node, Mapping):
        place = node.place if node is not None else Place(shown, 1, 1)
        found = "Tệp phải là" if node else "Tệp chưa có gì. Ghi"
        return None, (_finding(place, "DV105", f"{found} các cặp 'khóa: giá trị'.", "tep"),)
    findings: list[Finding] = []
    for _ in range(4):
        try:
            return model.model_validate(node), tuple(findings)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=True)
            # Later rounds only see what the cuts themselves left open.
            findings = findings or _explain(model, node, details)
            pruned = _without(node, details)
            if pruned is None:
                return None, tuple(findings)
            node = pruned
    return None, tuple(findings)


def _explain(model: type[Item], node: Mapping, details: Items[ErrorDetails]) -> list[Finding]:
    strangers = [d for d in details if d["type"] == "extra_forbidden"]
    misspelt: set[Path] = set()
    found: list[Finding] = []
    for detail in strangers:
        path = tuple(detail["loc"])
        key = str(path[-1])
        fields = _fields_at(model, path[:-1])
        meant = nearest(key, fields, cutoff=0.6) or nearest(plain_ascii(key), fields, cutoff=0.6)
        if meant is not None:
            misspelt.add((*path[:-1], meant))
        hint = f"Có phải '{meant}'?" if meant else f"Các khóa được dùng: {_some(fields)}."
        if meant is None and " " in key.strip():
            hint = "Câu có dấu phẩy trong ngoặc nhọn phải đặt trong ngoặc kép."
        found.append(
            _finding(
                _key_place(node, path),
                "DV103",
                f"Khóa lạ '{key}'. {hint}",
                _subject(node, path),
                key,
            )
        )
    for detail in details:
        path = tuple(detail["loc"])
        if detail["type"] == "extra_forbidden" or (
            detail["type"] == "missing" and path in misspelt
        ):
            continue
        found.append(_fault(model, node, path, detail))
    return found


def _fault(model: type[Item], node: Mapping, path: Path, detail: ErrorDetails) -> Finding:
    kind = detail["type"]
    name = next((str(p) for p in reversed(path) if isinstance(p, str)), "tep")
    title = _title_at(model, path)
    subject = _subject(node, path)
    value = detail["input"]
    if path[-1:] == (_KEY,) and kind == "literal_error":
        return _wrong_key(node, path[:-1], detail)
    if kind == "missing":
        return _finding(
            _node_at(node, path[:-1]).place,
            "DV104",
            f"Thiếu khóa '{name}' ({title}). Thêm '{name}:' vào đây.",
            subject,
        )
    at_key = path[-1:] == (_KEY,)
    place = _key_place(node, path[:-1]) if at_key else _node_at(node, path).place
    if kind == "empty" and at_key:
        return _finding(
            place, "DV104", "Tên khóa bỏ trống. Ghi tên khóa hoặc xóa dòng này.", subject
        )
    if kind == "empty":
        return _finding(
            place, "DV104", f"'{name}' ({title}) bỏ trống. Ghi nội dung hoặc xóa khóa này.", subject
        )
    if kind == "literal_error":
        options = _options(detail)
        hint = did_you_mean(nearest(str(value), options))
        return _finding(
            place,
            "DV105",
            f"'{name}' không nhận giá trị '{value}'.{hint} Nhận: {_some(options)}.",
            subject,
            str(value),
        )
    if kind == "id_form":
        return _finding(
            place,
            "DV105",
            f"Mã '{value}' sai dạng: chỉ dùng chữ thường không dấu, số và dấu '-'. Dùng '{slug(str(value))}'.",
            subject,
            str(value),
        )
    if kind == "figures":
        message = (
            f"'{name}' ({title}) cần một số hoặc một khoảng như '13-14', nhưng ở đây là '{value}'."
        )
        return _finding(place, "DV105", message, subject, str(value))
    if kind == "year_form":
        return _finding(
            place,
            "DV105",
            f"'{name}' ({title}) cần một năm đủ bốn chữ số, nhưng ở đây là '{value}'.",
            subject,
            str(value),
        )
    if kind == "one_place":
        message = "Khối thêm cần đúng một trong hai khóa 'sau' và 'trong'."
        return _finding(place, "DV105", message, subject)
    if kind == "one_content":
        return _finding(place, "DV105", _not_one_content(detail), subject)
    wanted = {
        "text_type": "chữ",
        "tuple_type": "một danh sách (mỗi mục bắt đầu bằng '- ')",
        "too_short": "ít nhất hai mục",
    }.get(kind, "một nhóm 'khóa: giá trị'")
    here = f"danh sách có {len(value)} mục" if kind == "too_short" else _kind_of(value)
    return _finding(
        place, "DV105", f"'{name}' ({title}) cần {wanted}, nhưng ở đây là {here}.", subject
    )


def _wrong_key(node: Mapping, path: Path, detail: ErrorDetails) -> Finding:
    """A key of a mapping whose keys are a closed list; pydantic puts `[key]` after it."""
    key, options = str(path[-1]), _options(detail)
    meant = nearest(key, options)
    hint = f"Có phải '{meant}'?" if meant else f"Các khóa được dùng: {_some(options)}."
    place, subject = _key_place(node, path), _subject(node, path)
    return _finding(place, "DV103", f"Khóa lạ '{key}'. {hint}", subject, key)


def _options(detail: ErrorDetails) -> list[str]:
    allowed = detail.get("ctx", {}).get("expected", "")
    return [o.strip(" '") for o in str(allowed).replace(" or ", ", ").split(",")]


def _not_one_content(detail: ErrorDetails) -> str:
    given = detail.get("ctx", {}).get("given", "")
    if given:
        return f"Khối có hơn một nội dung: {given}. Chỉ giữ một, hoặc tách thành nhiều khối."
    return f"Khối chưa có nội dung. Thêm một trong các khóa: {', '.join(CONTENT_FIELDS)}."


def _finding(place: Place, code: str, message: str, subject: str, value: str = "") -> Finding:
    return Finding(place, code, message, subject=subject, value=value)


def _some(names: Items[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:_LISTED]) + (", …" if len(shown) > _LISTED else "")


def _kind_of(value: object) -> str:
    if isinstance(value, Sequence | list | tuple):
        return "một danh sách"
    if isinstance(value, dict):
        return "một nhóm 'khóa: giá trị'"
    return f"chữ '{value}'" if value else "ô trống"


def _node_at(node: Node, path: Path) -> Node:
    """The deepest node on `path` that exists: pydantic's path may go through a shorthand."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            node = node[step]  # type: ignore[index]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
    return node


def _key_place(node: Mapping, path: Path) -> Place:
    parent = _node_at(node, path[:-1])
    return parent.key_place(str(path[-1])) if isinstance(parent, Mapping) else parent.place


def _subject(node: Mapping, path: Path) -> str:
    """The innermost `ma` on `path` and the field, which stay when lines move."""
    subject, here = "", node
    for end in range(len(path) + 1):
        here_node = _node_at(node, path[:end])
        if isinstance(here_node, Mapping):
            here = here_node
            ma = here.get("ma")  # type: ignore[call-overload]
            if isinstance(ma, Text):
                subject = str(ma)
    last = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    return f"{subject}.{last}".strip(".")


def _without(node: Mapping, details: Items[ErrorDetails]) -> Mapping | None:
    """A copy of `node` less what is at fault: the unknown key, else the enclosing list member."""
    cuts: set[Path] = set()
    for detail in details:
        cut = _existing(node, tuple(detail["loc"]))
        listed = max((i for i, step in enumerate(cut) if isinstance(step, int)), default=None)
        if detail["type"] != "extra_forbidden" and listed is not None:
            cut = cut[: listed + 1]
        if not cut:
            return None
        cuts.add(cut)
    return _copy(node, (), cuts)  # type: ignore[return-value]


def _existing(node: Node, path: Path) -> Path:
    made: list[str | int] = []
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            node = node[step]  # type: ignore[index]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
        made.append(step)
    return tuple(made)


def _copy(node: Node, path: Path, cuts: set[Path]) -> Node:
    if isinstance(node, Mapping):
        mapping = Mapping()
        mapping.place = node.place
        for key, value in node.items():
            if (*path, str(key)) not in cuts:
                mapping[key] = _copy(value, (*path, str(key)), cuts)
        return mapping
    if isinstance(node, Sequence):
        sequence = Sequence()
        sequence.place = node.place
        sequence.extend(
            _copy(value, (*path, i), cuts) for i, value in enumerate(node) if (*path, i) not in cuts
        )
        return sequence
    return node


def _models_in(annotation: Any) -> list[type[Item]]:
    if isinstance(annotation, type) and issubclass(annotation, Item):
        return [annotation]
    if get_origin(annotation) is None:
        return []
    return [m for arg in get_args(annotation) for m in _models_in(arg)]


def _walk(model: type[Item], path: Path) -> tuple[type[Item], Any]:
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


def _fields_at(model: type[Item], path: Path) -> list[str]:
    _, annotation = _walk(model, path)
    models = _models_in(annotation)
    return sorted(models[0].model_fields) if models else []


def _title_at(model: type[Item], path: Path) -> str:
    while path and not isinstance(path[-1], str):
        path = path[:-1]
    owner, _ = _walk(model, path)
    field = owner.model_fields.get(str(path[-1])) if path else None
    return field.title if field and field.title else str(path[-1]) if path else "tệp"
