"""DV109: names between braces that nothing fills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from danvan_cli.findings import Edit, Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import SIMPLE_PLACEHOLDERS, known_placeholders
from danvan_cli.nodes import Text
from danvan_cli.problems import meant
from danvan_cli.text import nearest
from danvan_cli.validate.checks.catalogue.texts import texts_of
from danvan_cli.validate.setting import Setting

_BRACES = re.compile(r"\{([^{}\n]{1,60})\}")
_FRAME = (
    *("tt", "so", "ky_hieu", "dia_danh", "ngay", "thang", "nam", "co_quan", "viec"),
    "so_hieu",
)
_TABLE = ("cu", "moi", "truong")
"""What the words of a table with two sides may hold too."""
_SURE, _NEAR = 0.85, 0.7


def check_placeholders(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV109: names between braces that no rule fills; other words between braces are text."""
    known = known_placeholders(catalogue)
    frame = known | set(_FRAME)
    wording = catalogue.wording
    yield from _placeholders(texts_of(wording.cum_tu, "cum_tu"), known)
    yield from _placeholders(texts_of(wording.bang, "bang"), frame | set(_TABLE))
    framed = texts_of(wording, "ngon_tu")
    apart = (".cum_tu.", ".bang.")
    yield from _placeholders(((t, s) for t, s in framed if not any(a in s for a in apart)), frame)
    parts = (
        catalogue.edition,
        catalogue.groups,
        catalogue.outlines,
        catalogue.agencies,
        tuple(catalogue.kinds.values()),
    )
    for part in parts:
        yield from _placeholders(texts_of(part, "danh_muc"), known)


def _placeholders(texts: Iterable[tuple[Text, str]], known: set[str]) -> Iterator[Finding]:
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
            yield _placeholder(text, found, near, subject, known)


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


def _placeholder(
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
