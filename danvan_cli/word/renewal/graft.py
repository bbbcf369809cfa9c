"""What danvan's new paper has, brought into a person's file: with the styles and notes it needs.

The markup is ECMA-376 part 1: styles 17.7, footnotes 17.11, headers 17.10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from danvan_cli.word.names import W, bare_copy, number
from danvan_cli.word.package import (
    FOOTNOTES_TYPE,
    OFFICE_RELS,
    Parts,
    add_part,
    parse_xml,
    relate,
    related_part,
    xml_bytes,
)

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOTES = "word/footnotes.xml"
_USES = ("pStyle", "rStyle", "tblStyle")
_LINKS = ("basedOn", "next", "link")


@dataclass
class Grafter:
    """Copies elements of the file `new` for the file `parts`, whose body is `main`, `root`."""

    parts: Parts
    main: str
    root: etree._Element
    new: Parts
    new_main: str
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.styles = self._part(self.parts, self.main, "styles")
        self.new_styles = self._part(self.new, self.new_main, "styles")
        self.notes = self._part(self.parts, self.main, "footnotes")
        self.new_notes = self._part(self.new, self.new_main, "footnotes")
        self.marks = count(1 + max(map(_id, self.root.iter(f"{W}bookmarkStart")), default=0))
        self.names = {b.get(f"{W}name", "") for b in self.root.iter(f"{W}bookmarkStart")}

    def graft(self, element: etree._Element) -> etree._Element:
        """A copy of `element` that is at home in the person's file."""
        made = bare_copy(element)
        for use in made.iter(*(f"{W}{name}" for name in _USES)):
            self._style(use.get(f"{W}val", ""))
        for section in list(made.iter(f"{W}sectPr")):
            self._section(section)
        for reference in made.iter(f"{W}footnoteReference"):
            reference.set(f"{W}id", self._note(reference.get(f"{W}id", "")))
        self._renumber(made)
        return made

    def finish(self) -> None:
        """Put the styles and notes that came along into the file."""
        for kind, root in (("styles", self.styles), ("footnotes", self.notes)):
            name = related_part(self.parts, self.main, kind)
            if root is not None and name is not None:
                self.parts[name] = xml_bytes(root)

    @staticmethod
    def _part(parts: Parts, main: str, kind: str) -> etree._Element | None:
        name = related_part(parts, main, kind)
        return parse_xml(name, parts[name]) if name is not None else None

    def _style(self, name: str) -> None:
        """See that the file has the style `name`, with those it rests on."""
        if self.styles is None or self.new_styles is None or _style(self.styles, name) is not None:
            return
        wanted = _style(self.new_styles, name)
        if wanted is None:
            return
        self.styles.append(bare_copy(wanted))
        for link in _LINKS:
            other = wanted.find(f"{W}{link}")
            if other is not None:
                self._style(other.get(f"{W}val", ""))

    def _section(self, section: etree._Element) -> None:
        """Headers and footers as the person's own sections have them."""
        own = {
            (r.tag, r.get(f"{W}type")): r.get(_REL, "")
            for r in self.root.iter(f"{W}headerReference", f"{W}footerReference")
        }
        for reference in list(section.iter(f"{W}headerReference", f"{W}footerReference")):
            known = own.get((reference.tag, reference.get(f"{W}type")))
            if known:
                reference.set(_REL, known)
            else:
                section.remove(reference)

    def _note(self, name: str) -> str:
        """The note `name` of the new paper as one of the file; its name there."""
        note = _note(self.new_notes, name)
        if note is None:
            return name
        if self.notes is None:
            assert self.new_notes is not None
            self.notes = bare_copy(self.new_notes)
            for own in [n for n in self.notes if n.get(f"{W}type", "normal") == "normal"]:
                self.notes.remove(own)
            add_part(self.parts, _NOTES, b"", FOOTNOTES_TYPE)
            relate(self.parts, self.main, f"{OFFICE_RELS}footnotes", "footnotes.xml")
        made = bare_copy(note)
        made.set(f"{W}id", str(1 + max((_id(n) for n in self.notes), default=0)))
        self.notes.append(made)
        return made.get(f"{W}id", "")

    def _renumber(self, made: etree._Element) -> None:
        """Danvan's marks with ids and names that nothing else has."""
        ends = {end.get(f"{W}id"): end for end in made.iter(f"{W}bookmarkEnd")}
        for start in made.iter(f"{W}bookmarkStart"):
            end, name = ends.get(start.get(f"{W}id")), start.get(f"{W}name", "")
            fresh = str(next(self.marks))
            start.set(f"{W}id", fresh)
            if end is not None:
                end.set(f"{W}id", fresh)
            start.set(f"{W}name", next(n for n in _names(name) if n not in self.names))
            self.names.add(start.get(f"{W}name", ""))


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name[:34]}_m{number}" for number in count(2))


def _style(styles: etree._Element, name: str) -> etree._Element | None:
    return next((s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == name), None)


def _note(notes: etree._Element | None, name: str) -> etree._Element | None:
    found = () if notes is None else notes.iter(f"{W}footnote")
    return next((n for n in found if n.get(f"{W}id") == name), None)


def _id(element: etree._Element) -> int:
    return number(element, "id")
