"""The custom properties of a .docx: what danvan says of a paper it made (ECMA-376 part 1, 22.3)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from danvan_cli.word.pack import CUSTOM
from danvan_cli.word.package import (
    CUSTOM_TYPE,
    OFFICE_RELS,
    Parts,
    add_part,
    parse_xml,
    relate,
)

_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_FIRST = 2


def own_properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The properties of the package by name, those that are text.

    Raises:
        PackageError: the part that holds them is damaged.
    """
    if CUSTOM not in parts:
        return {}
    root = parse_xml(CUSTOM, parts[CUSTOM])
    return {
        p.get("name", ""): "".join(v.text or "" for v in p) for p in root.iter(f"{_NS}property")
    }


def take_properties(parts: Parts, new: Mapping[str, bytes], series: str) -> None:
    """Give `parts` the properties of `new`; of a numbered `series` none of its own is left.

    Raises:
        PackageError: a part that holds properties is damaged.
    """
    fresh = parse_xml(CUSTOM, new[CUSTOM])
    names = {p.get("name", "") for p in fresh}
    if CUSTOM in parts:
        own = [
            p
            for p in parse_xml(CUSTOM, parts[CUSTOM])
            if p.get("name", "") not in names and not p.get("name", "").startswith(series)
        ]
        fresh.extend(own)
    else:
        add_part(parts, CUSTOM, b"", CUSTOM_TYPE)
        relate(parts, "", f"{OFFICE_RELS}custom-properties", CUSTOM)
    for number, each in enumerate(fresh.iter(f"{_NS}property"), start=_FIRST):
        each.set("pid", str(number))
    parts[CUSTOM] = etree.tostring(fresh, encoding="UTF-8", standalone=True)
