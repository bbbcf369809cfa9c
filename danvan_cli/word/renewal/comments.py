"""What danvan has beside a person's words, as comments of Word (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from lxml import etree

from danvan_cli.word.names import W, number
from danvan_cli.word.package import (
    OFFICE_RELS,
    Parts,
    add_part,
    parse_xml,
    relate,
    related,
    xml_bytes,
)

_NAME = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()
AUTHOR = "danvan"


def commented(parts: Parts, main: str, notes: Iterable[tuple[etree._Element, str]]) -> None:
    """Put each text of `notes` as a comment on its paragraph, a paragraph of the body of `main`."""
    notes = list(notes)
    if not notes:
        return
    name = next((n for n in related(parts, main, "comments") if n in parts), None)
    root = parse_xml(name or _NAME, parts[name] if name else _EMPTY)
    ids = count(1 + max((number(c, "id") for c in root.iter(f"{W}comment")), default=0))
    for paragraph, text in notes:
        _comment(root, paragraph, text, str(next(ids)))
    if name is None:
        add_part(parts, _NAME, xml_bytes(root), _TYPE)
        relate(parts, main, f"{OFFICE_RELS}comments", "comments.xml")
    else:
        parts[name] = xml_bytes(root)


def _comment(root: etree._Element, paragraph: etree._Element, text: str, name: str) -> None:
    """A comment of no date: the same papers give the same bytes."""
    mark = {f"{W}id": name}
    comment = etree.SubElement(
        root, f"{W}comment", {**mark, f"{W}author": AUTHOR, f"{W}initials": "dv"}
    )
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = line
    start = etree.Element(f"{W}commentRangeStart", mark)
    looks = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if looks is None else 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", mark)
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference", mark)
