"""Comments put into a .docx, as Word's own: each on a whole paragraph of the body.

The markup is ECMA-376 part 1, 17.13.4 (comments). A comment has no date: the same paper gives the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from lxml import etree

from danvan_cli.word.names import SPACE, W, number
from danvan_cli.word.package import (
    OFFICE_RELS,
    Parts,
    add_part,
    main_part,
    parse_xml,
    read_package,
    relate,
    related_part,
    write_package,
    xml_bytes,
)

AUTHOR, _INITIALS = "danvan", "dv"
_PART = "comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def with_comments(data: bytes, texts: Mapping[int, Iterable[str]]) -> bytes:
    """The .docx in `data` with comments: `texts` gives those of a paragraph of the body by its index.

    Every paragraph of the body is counted from 0 in the order of the XML, those of tables too;
    one that is not there counts as the first. The comments the file has stay.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = dict(read_package(data))
    main = main_part(parts)
    root = parse_xml(main, parts[main])
    paragraphs = list(root.iter(f"{W}p"))
    add_comments(
        parts,
        main,
        [
            (paragraphs[at if at < len(paragraphs) else 0], text)
            for at, own in texts.items()
            for text in own
            if paragraphs
        ],
    )
    parts[main] = xml_bytes(root)
    return write_package(parts)


def add_comments(parts: Parts, main: str, comments: Iterable[tuple[etree._Element, str]]) -> None:
    """Put each text as a comment on its paragraph, a paragraph of the body that the part `main` is.

    Raises:
        PackageError: the part of the comments is damaged.
    """
    comments = list(comments)
    if not comments:
        return
    name = related_part(parts, main, "comments")
    if name is None:
        name = f"{main.rpartition('/')[0]}/{_PART}"
        root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        add_part(parts, name, b"", _TYPE)
        relate(parts, main, f"{OFFICE_RELS}comments", _PART)
    else:
        root = parse_xml(name, parts[name])
    ids = count(1 + max((number(c, "id") for c in root.iter(f"{W}comment")), default=-1))
    for paragraph, text in comments:
        _comment(root, paragraph, text, str(next(ids)))
    parts[name] = xml_bytes(root)


def _comment(root: etree._Element, paragraph: etree._Element, text: str, name: str) -> None:
    own = {f"{W}id": name}
    comment = etree.SubElement(
        root, f"{W}comment", {**own, f"{W}author": AUTHOR, f"{W}initials": _INITIALS}
    )
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        words = etree.SubElement(run, f"{W}t", {SPACE: "preserve"})
        words.text = line
    start = etree.Element(f"{W}commentRangeStart", own)
    paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", own)
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference", own)
