"""Page numbers put where the decree asks for them: centred in the header, none on the first page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from danvan_cli.word.layout.sections import has_number
from danvan_cli.word.layout.writer import child_of, unset
from danvan_cli.word.names import W
from danvan_cli.word.package import (
    OFFICE_RELS,
    RELS_NS,
    Parts,
    add_part,
    parse_xml,
    relate,
    rels_of,
    target_of,
    xml_bytes,
)

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_NAME = "header-so-trang.xml"


def number_pages(parts: Parts, main: str, sections: Sequence[etree._Element], size: float) -> bool:
    """Number the pages of every section anew; False where a header or footer says more than that.

    A header or footer with words of its own is the office's: nothing is changed then.
    """
    targets = _targets(parts, main)
    references = [r for section in sections for r in _references(section)]
    roots = {
        ident: parse_xml(targets[ident], parts[targets[ident]])
        for reference in references
        if (ident := reference.get(f"{_R}id", "")) in targets and targets[ident] in parts
    }
    numbered = {ident for ident, root in roots.items() if has_number(root)}
    if any(_has_words(root) for root in roots.values()):
        return False
    for section in sections:
        for reference in list(_references(section)):
            kind = reference.get(f"{W}type", "default")
            own = reference.tag == f"{W}headerReference" and kind == "default"
            if own or reference.get(f"{_R}id", "") in numbered:
                section.remove(reference)
    ident = _header(parts, main, size)
    first = sections[0]
    reference = etree.Element(f"{W}headerReference")
    reference.set(f"{W}type", "default")
    reference.set(f"{_R}id", ident)
    first.insert(0, reference)
    unset(child_of(first, "titlePg"), ("val",))
    return True


def _references(section: etree._Element) -> Iterator[etree._Element]:
    return section.iterchildren(f"{W}headerReference", f"{W}footerReference")


def _targets(parts: Parts, main: str) -> dict[str, str]:
    name = rels_of(main)
    if name not in parts:
        return {}
    return {
        rel.get("Id", ""): target_of(main, rel.get("Target", ""))
        for rel in parse_xml(name, parts[name]).iter(f"{RELS_NS}Relationship")
    }


def _has_words(root: etree._Element) -> bool:
    return any(char.isalpha() for text in root.iter(f"{W}t") for char in text.text or "")


def _header(parts: Parts, main: str, size: float) -> str:
    """Add the header with the number to `parts`; its relationship's id."""
    folder = main.rpartition("/")[0]
    root = etree.Element(f"{W}hdr", nsmap={"w": W[1:-1]})
    paragraph = etree.SubElement(root, f"{W}p")
    child_of(child_of(paragraph, "pPr"), "jc").set(f"{W}val", "center")
    field = etree.SubElement(paragraph, f"{W}fldSimple")
    field.set(f"{W}instr", " PAGE ")
    run = etree.SubElement(field, f"{W}r")
    child_of(child_of(run, "rPr"), "sz").set(f"{W}val", str(round(size * 2)))
    etree.SubElement(run, f"{W}t").text = "2"
    add_part(parts, f"{folder}/{_NAME}", xml_bytes(root), _TYPE)
    known = set(_targets(parts, main))
    relate(parts, main, f"{OFFICE_RELS}header", _NAME)
    return next(iter(set(_targets(parts, main)) - known), "")
