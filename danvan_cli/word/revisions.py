"""Tracked changes of a .docx settled: all accepted or all rejected, and what comments say.

The markup is ECMA-376 part 1, 17.13 (annotations).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lxml import etree

from danvan_cli.word.names import W, detach
from danvan_cli.word.package import (
    Parts,
    main_part,
    parse_xml,
    read_package,
    related,
    write_package,
    xml_bytes,
)

How = Literal["accept", "reject"]
_NEW = (f"{W}ins", f"{W}moveTo")
_OLD = (f"{W}del", f"{W}moveFrom")
_MARKS = tuple(
    f"{W}{name}"
    for name in (
        *(f"{of}Change" for of in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "numbering")),
        *(f"move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End")),
    )
)
_PARTS = ("footnotes", "endnotes", "header", "footer")


def revisions_in(data: bytes) -> int:
    """How many runs, rows and paragraph marks of the .docx are inserted, deleted or moved.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = read_package(data)
    return sum(1 for _, root in _roots(parts) for _ in root.iter(*_NEW, *_OLD))


def settled(data: bytes, how: How) -> bytes:
    """The .docx with every tracked change accepted or rejected.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = read_package(data)
    made = dict(parts)
    for name, root in _roots(parts):
        _settle(root, *((_OLD, _NEW) if how == "accept" else (_NEW, _OLD)))
        made[name] = xml_bytes(root)
    return write_package(made)


def comments_in(data: bytes) -> tuple[str, ...]:
    """What the comments of the .docx say, each with its author.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = read_package(data)
    found = [
        comment
        for name in related(parts, main_part(parts), "comments")
        if name in parts
        for comment in parse_xml(name, parts[name]).iter(f"{W}comment")
    ]
    return tuple(
        f"{c.get(f'{W}author', '')}: {words}"
        for c in found
        if (words := " ".join("".join(t.text or "" for t in c.iter(f"{W}t")).split()))
    )


def _roots(parts: Parts) -> Iterator[tuple[str, etree._Element]]:
    main = main_part(parts)
    names = [main, *(n for kind in _PARTS for n in related(parts, main, kind) if n in parts)]
    for name in dict.fromkeys(names):
        yield name, parse_xml(name, parts[name])


def _settle(root: etree._Element, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    for mark in list(root.iter(*_MARKS)):
        detach(mark)
    for row in [r for r in root.iter(f"{W}tr") if _marked(r, "trPr", gone)]:
        detach(row)
    # A paragraph whose mark goes runs on into the next one.
    for paragraph in [p for p in root.iter(f"{W}p") if _marked(p, "pPr/{0}rPr", gone)]:
        _run_on(paragraph)
    for element in list(root.iter(*gone)):
        detach(element)
    for element in list(root.iter(*kept)):
        _unwrap(element)
    for text in list(root.iter(f"{W}delText")):
        text.tag = f"{W}t"


def _marked(element: etree._Element, where: str, tags: tuple[str, ...]) -> bool:
    properties = element.find(f"{W}{where.format(W)}")
    return properties is not None and any(properties.find(tag) is not None for tag in tags)


def _run_on(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return
    properties = following.find(f"{W}pPr")
    at = 0 if properties is None else 1
    for child in reversed([c for c in paragraph if c.tag != f"{W}pPr"]):
        following.insert(at, child)
    detach(paragraph)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at + 1, child)
    detach(element)
