"""Doubts about a finished package: what Word would call damaged, and validators let pass.

Each check was seen to find its planted fault; see tests/render/test_package.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from lxml import etree

from danvan_cli.word.names import W, number
from danvan_cli.word.pack import CONTENT_TYPES
from danvan_cli.word.package import (
    RELS_NS,
    TYPES_NS,
    PackageError,
    parse_xml,
    rels_of,
    target_of,
)

_TEXT_HOLDERS = {f"{W}{name}" for name in ("t", "delText", "instrText", "delInstrText")}
_BLOCKS = {f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml")}
_STYLES = {"pStyle": "đoạn", "rStyle": "chữ", "tblStyle": "bảng"}

Trees = Mapping[str, etree._Element]


def package_faults(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with the .docx made of `parts`, in Vietnamese; empty when all is well."""
    trees: dict[str, etree._Element] = {}
    faults = []
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = parse_xml(name, data)
            except PackageError as error:
                faults.append(error.found)
    words = {name: tree for name, tree in trees.items() if name.startswith("word/")}
    styles = words.get("word/styles.xml")
    known = {
        style.get(f"{W}styleId", "")
        for style in (() if styles is None else styles.iter(f"{W}style"))
    }
    faults.extend(
        f"phần {name}: {fault}"
        for name, tree in words.items()
        for fault in chain(_cells(tree), _grids(tree), _stray(tree), _unknown_styles(tree, known))
    )
    package_checks: tuple[Callable[[Mapping[str, bytes], Trees], Iterator[str]], ...] = (
        _relations,
        _content_types,
        _note_references,
    )
    for check in package_checks:
        faults.extend(check(parts, trees))
    return tuple(faults)


def _words(element: etree._Element | None) -> str:
    text = "" if element is None else "".join(str(t) for t in element.itertext()).strip()
    return f" (gần “{text[:40]}”)" if text else ""


def _cells(tree: etree._Element) -> Iterator[str]:
    for cell in tree.iter(f"{W}tc"):
        blocks = [child.tag for child in cell if child.tag in _BLOCKS]
        if not blocks or blocks[-1] == f"{W}tbl":
            yield f"ô bảng không kết thúc bằng một đoạn{_words(cell.getparent())}"


def _grids(tree: etree._Element) -> Iterator[str]:
    for table in tree.iter(f"{W}tbl"):
        grid = table.find(f"{W}tblGrid")
        columns = 0 if grid is None else len(grid)
        for row, width in _rows_of(table):
            if width != columns:
                yield f"hàng bảng có {width} cột, bảng có {columns}{_words(row)}"


def _stray(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(f"{W}*"):
        inside = element.text if element.tag not in _TEXT_HOLDERS else None
        parent = element.getparent()
        after = element.tail if parent is not None and parent.tag not in _TEXT_HOLDERS else None
        for text in (inside, after):
            if text and not text.isspace():
                yield f"chữ nằm ngoài đoạn văn: “{text.strip()[:40]}”"


def _unknown_styles(tree: etree._Element, known: set[str]) -> Iterator[str]:
    for tag, kind in _STYLES.items():
        used = {element.get(f"{W}val", "") for element in tree.iter(f"{W}{tag}")}
        for style in sorted(used - known):
            yield f"kiểu {kind} {style!r} không có trong styles.xml"


def _relations(parts: Mapping[str, bytes], trees: Trees) -> Iterator[str]:
    for name in parts:
        if not name.endswith(".rels"):
            continue
        folder, _, base = name.rpartition("_rels/")
        source = folder + base.removesuffix(".rels")
        if name not in trees:
            continue
        if source and source not in parts:
            yield f"phần {name} nói về {source}, phần này không có"
        for rel in trees[name].iter(f"{RELS_NS}Relationship"):
            target = target_of(source, rel.get("Target", ""))
            if rel.get("TargetMode") != "External" and target not in parts:
                yield f"phần {name}: liên kết {rel.get('Id')} trỏ tới {target}, phần này không có"


def _content_types(parts: Mapping[str, bytes], trees: Trees) -> Iterator[str]:
    types = trees.get(CONTENT_TYPES)
    if types is None:
        yield f"thiếu {CONTENT_TYPES}"
        return
    endings = {e.get("Extension", "").lower() for e in types.iter(f"{TYPES_NS}Default")}
    named = {e.get("PartName", "")[1:] for e in types.iter(f"{TYPES_NS}Override")}
    for name in sorted(named - parts.keys()):
        yield f"{CONTENT_TYPES} kê phần {name}, phần này không có"
    for name in parts.keys() - named - {CONTENT_TYPES}:
        ending = name.rpartition(".")[2].lower()
        if ending not in endings or (ending == "xml" and name.startswith("word/")):
            yield f"phần {name} không có trong {CONTENT_TYPES}"


def _note_references(parts: Mapping[str, bytes], trees: Trees) -> Iterator[str]:
    notes = {
        note.get(f"{W}id")
        for tree in trees.values()
        if tree.tag == f"{W}footnotes"
        for note in tree
    }
    for name, tree in trees.items():
        for reference in tree.iter(f"{W}footnoteReference"):
            if reference.get(f"{W}id") not in notes:
                yield f"phần {name}: chú thích {reference.get(f'{W}id')} không có lời"
        if tree.tag == f"{W}document" and rels_of(name) not in parts:
            yield f"thiếu {rels_of(name)}"


def _rows_of(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each row of `table` with the number of grid columns it covers."""
    for row in table.iterchildren(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        width = sum(_value(properties, name) for name in ("gridBefore", "gridAfter"))
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                width += _value(cell.find(f"{W}tcPr"), "gridSpan") or 1
        yield row, width


def _value(properties: etree._Element | None, name: str) -> int:
    return number(None if properties is None else properties.find(f"{W}{name}"), "val")
