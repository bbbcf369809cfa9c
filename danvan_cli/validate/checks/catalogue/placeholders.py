"""DV109: names between braces that nothing fills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from danvan_cli.findings import Edit, Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import SIMPLE_PLACEHOLDERS, known_placeholders
from danvan_cli.models.base import Item
from danvan_cli.nodes import Text
from danvan_cli.problems import meant
from danvan_cli.text import nearest
from danvan_cli.validate.setting import Setting

_BRACES = re.compile(r"\{([^{}\n]{1,60})\}")
_FRAME = ("tt", "so", "ky_hieu", "dia_danh", "ngay", "thang", "nam", "co_quan", "viec", "so_hieu")
_TABLE = ("cu", "moi", "truong")
"""What the words of a table with two sides may hold too."""
_NOT_PRINTED = frozenset({"nguyen_van", "nguon", "ghi_chu", "ra_soat"})
_SURE, _NEAR = 0.85, 0.7


def check_placeholders(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV109: names between braces that no rule fills; other words between braces are text."""
    known = known_placeholders(catalogue)
    frame = known | set(_FRAME)
    wording = catalogue.wording
    later = {f"cum_tu.{ma}" for ma in wording.cum_tu}
    for ma, phrase in wording.cum_tu.items():
        yield from _unfilled([(phrase, f"cum_tu.{ma}")], known - later)
        later.discard(f"cum_tu.{ma}")
    yield from _unfilled(_texts(wording.bang, "bang"), frame | set(_TABLE))
    framed = _texts(wording, "ngon_tu")
    apart = (".cum_tu.", ".bang.")
    yield from _unfilled(((t, s) for t, s in framed if not any(a in s for a in apart)), frame)
    kinds = tuple(catalogue.kinds.values())
    parts = (catalogue.edition, catalogue.groups, catalogue.outlines, catalogue.agencies, kinds)
    yield from _unfilled(_texts(parts, "danh_muc"), known)
    theme = catalogue.edition.chu_de
    plain = [*_texts(catalogue.legal, "phap_ly")]
    plain += [(unit.ten, f"{unit.ma}.ten") for unit in (catalogue.city, *catalogue.units)]
    plain += [(theme, "danh_muc.chu_de")] if theme is not None else []
    yield from _not_filled_here(plain, known)


def _texts(value: object, subject: str) -> Iterator[tuple[Text, str]]:
    """The texts in `value` (a model, a list, a mapping), each with `<ma>.<field>` of its owner.

    Left out is what never prints: sources, notes, the faults of the printed original.
    """
    if isinstance(value, Text):
        yield value, subject
    elif isinstance(value, Item):
        owner = str(getattr(value, "ma", "")) or subject.rpartition(".")[0] or subject
        for name in type(value).model_fields:
            if name not in _NOT_PRINTED:
                yield from _texts(getattr(value, name), f"{owner}.{name}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, f"{subject}.{key}")
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, subject)


def _unfilled(texts: Iterable[tuple[Text, str]], known: set[str]) -> Iterator[Finding]:
    for text, subject in texts:
        if "{" not in text:
            continue
        for found in _BRACES.finditer(text):
            name = found.group(1)
            head, dot, argument = name.partition(".")
            if f"{head.lower()}{dot}{argument}" in known:
                continue
            near = meant(name, known, cutoff=_NEAR)
            if near is None and " " in name.strip():
                continue
            yield _unknown(text, found, near, subject, known)


def _not_filled_here(texts: Iterable[tuple[Text, str]], known: set[str]) -> Iterator[Finding]:
    """Placeholders in a name that stands as it is everywhere: a title, a unit's name, a theme."""
    for text, subject in texts:
        for found in _BRACES.finditer(text) if "{" in text else ():
            if found.group(1).lower() in known:
                message = (
                    f"Chỗ trống '{found.group()}' không được điền ở đây: tên này in đúng như đã ghi. "
                    "Ghi chữ vào chỗ ấy."
                )
                place = text.place_at(found.start())
                yield Finding(place, "DV109", message, subject=subject, value=found.group())


def _usable(name: str, known: set[str]) -> str:
    """What may stand there instead: of a placeholder by id, the ids most like the one given."""
    head, dot, given = name.partition(".")
    ids = [one.partition(".")[2] for one in known if dot and one.startswith(f"{head.lower()}.")]
    if not ids:
        return f"Chỗ này dùng được: {_some(known)}."
    near = nearest(given, ids, cutoff=0.4)
    like = f", gần nhất là '{near}'" if near else ""
    return f"Không có mã '{given}' cho '{head}'{like}."


def _some(known: set[str]) -> str:
    """A few of the placeholders that may stand somewhere, the frame's own first."""
    simple = _FRAME if "tt" in known else SIMPLE_PLACEHOLDERS
    return ", ".join(f"{{{name}}}" for name in simple[:5])


def _unknown(
    text: Text, found: re.Match[str], near: str | None, subject: str, known: set[str]
) -> Finding:
    name = found.group(1)
    hint = f"Có phải '{{{near}}}'?" if near else _usable(name, known)
    place = text.place_at(found.start(1))
    sure = near is not None and nearest(name, [near], cutoff=_SURE) is not None
    return Finding(
        text.place_at(found.start()),
        "DV109",
        f"Không có chỗ trống '{{{name}}}'. {hint}",
        subject=subject,
        value=found.group(),
        fix=Edit(place, name, near) if sure and near else None,
    )
