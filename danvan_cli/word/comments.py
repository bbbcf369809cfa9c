"""Comments put into a .docx, as Word's own: each on a whole paragraph of the body.

The markup is ECMA-376 part 1, 17.13.4 (comments).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from danvan_cli.word.names import W
from danvan_cli.word.package import (
    OFFICE_RELS,
    Parts,
    add_part,
    main_part,
    parse_xml,
    read_package,
    relate,
    related,
    write_package,
    xml_bytes,
)

AUTHOR = "danvan"
_PART = "comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def with_comments(data: bytes, said: Mapping[int, Iterable[str]]) -> bytes:
    """The .docx in `data` with comments: `said` gives those of a paragraph of the body by its index.

    Every paragraph of the body is counted from 0 in the order of the XML, those of tables too;
    one that is not there counts as the first. The comments the file has stay.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = dict(read_package(data))
    main = main_part(parts)
    root = parse_xml(main, parts[main])
    name, comments = _comments(parts, main)
    ids = [int(i) for c in comments if (i := c.get(f"{W}id", "")).isdecimal()]
    number = max(ids, default=-1)
    paragraphs = list(root.iter(f"{W}p"))
    for at, texts in said.items():
        for text in texts:
            number += 1
            comments.append(_comment(number, text))
            if paragraphs:
                _refer(paragraphs[at if at < len(paragraphs) else 0], number)
    parts[name], parts[main] = xml_bytes(comments), xml_bytes(root)
    return write_package(parts)


def _comments(parts: Parts, main: str) -> tuple[str, etree._Element]:
    """The part of the comments and its root, made where there is none."""
    found = next((n for n in related(parts, main, "comments") if n in parts), None)
    if found is not None:
        return found, parse_xml(found, parts[found])
    name = f"{main.rpartition('/')[0]}/{_PART}"
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    add_part(parts, name, xml_bytes(root), _TYPE)
    relate(parts, main, f"{OFFICE_RELS}comments", _PART)
    return name, root


def _comment(number: int, text: str) -> etree._Element:
    made = etree.Element(f"{W}comment", {f"{W}id": str(number), f"{W}author": AUTHOR})
    run = etree.SubElement(etree.SubElement(made, f"{W}p"), f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _refer(paragraph: etree._Element, number: int) -> None:
    own = {f"{W}id": str(number)}
    properties = paragraph.find(f"{W}pPr")
    start = etree.Element(f"{W}commentRangeStart", own)
    paragraph.insert(0 if properties is None else 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", own)
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference", own)
