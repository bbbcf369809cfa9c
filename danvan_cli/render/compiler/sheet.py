"""One part of a template as a tree made ready to be read: tags in runs of their own, marks set.

What a template's author did to it in Word is undone here: runs split in the middle of a tag,
spelling marks, comments. What would be lost or printed by mistake is a fault.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from danvan_cli.render.compiler.tags import Tag, tag_of, tags_in
from danvan_cli.render.names import TemplateFault
from danvan_cli.text import squeeze
from danvan_cli.word.names import SPACE, W, detach

_NOISE = (
    {f"{W}{n}" for n in ("proofErr", "lastRenderedPageBreak", "commentRangeStart")}
    | {f"{W}{n}" for n in ("commentRangeEnd", "commentReference", "annotationRef", "bookmarkStart")}
    | {f"{W}bookmarkEnd"}
)
_TRACKED = {
    f"{W}{name}": what
    for name, what in {
        "ins": "chữ thêm",
        "del": "chữ xóa",
        "moveFrom": "chữ chuyển đi",
        "moveTo": "chữ chuyển đến",
        "rPrChange": "định dạng chữ đổi",
        "pPrChange": "định dạng đoạn đổi",
        "tblPrChange": "định dạng bảng đổi",
        "trPrChange": "định dạng hàng đổi",
        "tcPrChange": "định dạng ô đổi",
        "sectPrChange": "định dạng trang đổi",
        "cellIns": "ô thêm",
        "cellDel": "ô xóa",
    }.items()
}
_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LONE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_MAX_TAG = 1_000


@dataclass
class TemplateSheet:
    """A part being read: its tree, the marks set in it by number, the faults met."""

    root: etree._Element
    marks: list[tuple[Any, ...]] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    places: dict[etree._Element, str] = field(default_factory=dict)

    def fault(self, found: str, remedy: str = "", where: str = "", name: str = "") -> None:
        """Keep a fault, once."""
        fault = TemplateFault(found, remedy, where, name=name)
        if fault not in self.faults:
            self.faults.append(fault)

    def clean(self) -> None:
        """Take out what Word leaves behind, say what a person left behind, put tags in runs."""
        for foreign in [*self.root.iter(etree.PI), *self.root.iter(etree.Comment)]:
            detach(foreign)
        self.find_places()
        self._tracked()
        for element in [e for e in self.root.iter() if e.tag in _NOISE]:
            detach(element)
        for element in self.root.iter(f"{W}*"):
            for name in [n for n in element.attrib if str(n).startswith(f"{W}rsid")]:
                del element.attrib[name]
        for paragraph in list(self.root.iter(f"{W}p")):
            self._tags(paragraph)

    def _tracked(self) -> None:
        for element in self.root.iter(*_TRACKED):
            author = element.get(f"{W}author", "")
            whose = f" của “{author}”" if author else ""
            self.fault(
                f"còn sửa đổi được theo dõi (Track Changes){whose}: {_TRACKED[str(element.tag)]}",
                "Trong Word chọn Review, Accept All Changes rồi lưu lại.",
                self.where(element),
            )
            return

    def _tags(self, paragraph: etree._Element) -> None:
        """Put every tag of `paragraph` in a run of its own, then a mark in place of the run."""
        texts = [t for t in paragraph.iter(f"{W}t") if _owner(t) is paragraph]
        whole = "".join(t.text or "" for t in texts)
        if not _LONE.search(whole):
            return
        where = self.where(paragraph)
        if fault := _open_tag(whole):
            self.fault(fault, where=where)
            return
        found = list(tags_in(whole))
        left = _LONE.search(_without(whole, found))
        if left is not None:
            self.fault(f"dấu {left.group()} lẻ, không thành thẻ", where=where)
            return
        tags = [(m.start(), m.end(), tag_of(m.group())) for m in found]
        at = 0
        for text in texts:
            length = len(text.text or "")
            self._split(text, at, tags, where)
            at += length
        for _, _, tag in tags:
            if tag.scope in ("p", "tr", "tc"):
                self._lift(paragraph, tag, where)
                return

    def _split(
        self, text: etree._Element, at: int, tags: list[tuple[int, int, Tag]], where: str
    ) -> None:
        """Break the run of `text` (which begins at `at`) so that each tag beginning in it stands alone."""
        words = text.text or ""
        end = at + len(words)
        touching = [(s, e, t) for s, e, t in tags if s < end and e > at]
        run = text.getparent()
        if not touching or run is None:
            return
        pieces: list[str | Tag] = []
        place = at
        for start, stop, tag in touching:
            if start > place:
                pieces.append(words[place - at : start - at])
            if start >= at:
                pieces.append(tag)
            place = min(stop, end)
        if place < end:
            pieces.append(words[place - at :])
        look = run.find(f"{W}rPr")
        after = list(text.itersiblings())
        run.remove(text)
        last = run
        for piece in pieces:
            if isinstance(piece, Tag):
                new: etree._Element = self.mark("tag", piece, _xml(look), where)
            else:
                new = etree.Element(f"{W}r")
                if look is not None:
                    new.append(copy.deepcopy(look))
                etree.SubElement(new, f"{W}t", {SPACE: "preserve"}).text = piece
            last.addnext(new)
            last = new
        if after:
            tail = etree.Element(f"{W}r")
            if look is not None:
                tail.append(copy.deepcopy(look))
            tail.extend(after)
            last.addnext(tail)
        if all(child.tag == f"{W}rPr" for child in run):
            detach(run)

    def _lift(self, paragraph: etree._Element, tag: Tag, where: str) -> None:
        """Put the tag of `paragraph` in place of what it stands for."""
        row = next(paragraph.iterancestors(f"{W}tr"), None) if tag.scope == "tr" else None
        target = paragraph if row is None else row
        words = squeeze("".join(t.text or "" for t in target.iter(f"{W}t")))
        pis = list(paragraph.iter(etree.PI))
        if words or len(pis) > 1:
            whole = "đoạn" if row is None else "hàng"
            beside = words or self.marks[int(pis[-1].text or 0)][1].written
            self.fault(
                f"“{beside[:40]}” đứng cùng {whole} với thẻ {tag.written} và sẽ mất",
                f"Để thẻ ấy một mình một {whole}.",
                where,
            )
        if tag.scope == "tc":
            found = f"thẻ {tag.written} lặp cột, danvan không làm"
            self.fault(found, "Thêm cột vào bảng mẫu bằng Word.", where)
        if tag.scope == "tr" and row is None:
            found = f"thẻ {tag.written} không nằm trong bảng"
            self.fault(found, "Dùng {%p %} cho đoạn.", where)
        target.addnext(pis[0])
        detach(target)

    def mark(self, *what: Any) -> etree._Element:
        """A node that stands for `what` until the tree is a text."""
        self.marks.append(what)
        return etree.PI("dv", str(len(self.marks) - 1))

    def where(self, element: etree._Element) -> str:
        """Where `element` stands, as one finds it in Word: as it was before anything was moved."""
        here = (
            element
            if element.tag == f"{W}p"
            else next(element.iterancestors(f"{W}p"), next(element.iter(f"{W}p"), element))
        )
        return self.places.get(here, "")

    def find_places(self) -> None:
        """Note where each paragraph stands and which words are near it."""
        paragraphs = list(self.root.iter(f"{W}p"))
        texts = [_visible(paragraph) for paragraph in paragraphs]
        tables = {table: n for n, table in enumerate(self.root.iter(f"{W}tbl"), start=1)}
        last = next((words for words in texts if words), "")
        numbers: dict[etree._Element | None, int] = {}
        for paragraph, words in zip(paragraphs, texts, strict=True):
            last = words or last
            parent = paragraph.getparent()
            numbers[parent] = numbers.get(parent, 0) + 1
            number, cell = numbers[parent], _in_table(paragraph, tables)
            of_cell = f"{cell}, đoạn {number}" if number > 1 else cell
            place = of_cell if cell else f"đoạn {number}"
            self.places[paragraph] = f"{place}, gần chữ “{last[:60]}”" if last else place


def _visible(paragraph: etree._Element) -> str:
    whole = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
    words = squeeze(_without(whole, list(tags_in(whole))))
    return words if any(c.isalpha() for c in words) else ""


def _in_table(paragraph: etree._Element, tables: dict[etree._Element, int]) -> str:
    """The table, row and cell of `paragraph`; "" where it is in none."""
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    row = None if cell is None else cell.getparent()
    table = None if row is None else row.getparent()
    if cell is None or row is None or table is None:
        return ""
    at_row = len(list(row.itersiblings(f"{W}tr", preceding=True))) + 1
    at_cell = len(list(cell.itersiblings(f"{W}tc", preceding=True))) + 1
    return f"bảng {tables.get(table, 1)}, hàng {at_row}, ô {at_cell}"


def _open_tag(whole: str) -> str:
    place = 0
    while found := _OPENING.search(whole, place):
        end = whole.find(_CLOSING[found.group()], found.end(), found.end() + _MAX_TAG)
        inside = found.group() != "{#" and _OPENING.search(whole, found.end(), max(end, 0))
        if end < 0 or inside:
            shown = squeeze(whole[found.start() : found.start() + 40])
            return f"thẻ “{shown}” không đóng trong cùng một đoạn"
        place = end + 2
    return ""


def _without(whole: str, tags: list[re.Match[str]]) -> str:
    for match in reversed(tags):
        whole = whole[: match.start()] + whole[match.end() :]
    return whole


def _owner(text: etree._Element) -> etree._Element | None:
    return next(text.iterancestors(f"{W}p"), None)


def _xml(element: etree._Element | None) -> str:
    if element is None or len(element) == 0:
        return ""
    return strip_namespaces(etree.tostring(element, encoding="unicode", with_tail=False))


def declare_at_root(root: etree._Element) -> None:
    """Let the root of a part make every declaration of a namespace below it.

    Word declares those of a picture on the picture, where `strip_namespaces` would lose them.
    """
    found = {p: uri for e in root.iter() for p, uri in e.nsmap.items() if p is not None}
    if found.keys() - root.nsmap.keys():
        etree.cleanup_namespaces(root, top_nsmap=found, keep_ns_prefixes=[*found])


def strip_namespaces(xml: str) -> str:
    """`xml` without the declarations that the part's root makes already."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)
