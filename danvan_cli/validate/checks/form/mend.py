"""The changes that mend faults of form, made on a copy of a Word file; no letter is touched.

What cannot be set without knowing more (a rule to be drawn, words to be typed anew, letters coded
for an old font) is left, and is found again on the copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from danvan_cli.models.form import FormFile
from danvan_cli.validate.checks.form.faults import LayoutEdit
from danvan_cli.validate.checks.form.form import form_faults
from danvan_cli.word.kept import ElementBytes
from danvan_cli.word.layout.reader import paragraph_elements, read_layout, section_elements
from danvan_cli.word.layout.sections import has_number
from danvan_cli.word.layout.writer import (
    child_of,
    font_of,
    runs_of,
    set_font,
    set_on,
    set_run,
    unset,
)
from danvan_cli.word.names import W
from danvan_cli.word.package import (
    OFFICE_RELS,
    RELS_NS,
    Parts,
    add_part,
    main_part,
    parse_xml,
    read_package,
    relate,
    rels_of,
    target_of,
    write_package,
    xml_bytes,
)

_MM = 1440 / 25.4
_OLD_FONTS = ("vni", ".vn")
"""Fonts whose letters are coded in their own way: another font would show other letters."""
_TOGGLES = {"dam": ("b", "bCs"), "nghieng": ("i", "iCs")}
_ALIGNS = {"giua": "center", "deu": "both"}
_ROUNDS = 3
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_NAME = "header-so-trang.xml"


def mended(data: bytes, form: FormFile) -> tuple[bytes, int]:
    """A copy of the .docx in `data` with its layout set as `form` asks, and how many settings.

    The same bytes where nothing can be set.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = read_package(data)
    main = main_part(parts)
    total = 0
    for _ in range(_ROUNDS):
        root = parse_xml(main, parts[main])
        body = root.find(f"{W}body")
        count = 0 if body is None else _round(parts, main, body, form)
        parts[main] = xml_bytes(root) if count else parts[main]
        total += count
        if not count:
            break
    return (write_package(parts), total) if total else (data, 0)


def _round(parts: Parts, main: str, body: etree._Element, form: FormFile) -> int:
    layout = read_layout(parts, main, body, lambda _: 0, ElementBytes())
    changes = [c for fault in form_faults(layout, form) for c in fault.changes]
    paragraphs, sections = paragraph_elements(body), section_elements(body)
    count = 0
    for change in dict.fromkeys(changes):
        if change.kind == "so_trang":
            count += number_pages(parts, main, sections, float(change.value))
        elif change.kind in _ON_SECTIONS:
            count += _ON_SECTIONS[change.kind](sections[change.at], change.value)
        else:
            count += _on_paragraph(paragraphs, change)
    return count


def _on_paragraph(paragraphs: Sequence[etree._Element], change: LayoutEdit) -> bool:
    paragraph = paragraphs[change.at]
    if change.kind in _ON_PARAGRAPHS:
        return _ON_PARAGRAPHS[change.kind](paragraph, change.value)
    made = [_on_run(run, change) for run in runs_of(paragraph, change.letters)]
    return any(made)


def _on_run(run: etree._Element, change: LayoutEdit) -> bool:
    if change.kind == "co_chu":
        size = {"val": str(round(float(change.value) * 2))}
        for name in ("sz", "szCs"):
            set_run(run, name, size)
    elif change.kind in _TOGGLES:
        for name in _TOGGLES[change.kind]:
            set_run(run, name, {"val": "1" if change.value == "co" else "0"})
    elif change.kind == "mau":
        set_run(run, "color", {"val": "auto"})
    elif change.kind == "phong":
        if _coded(run):
            return False
        set_font(run, change.value)
    return True


def _coded(run: etree._Element) -> bool:
    """Whether the letters of `run` are coded for a font of its own from before Unicode.

    Typed in Unicode, a paragraph of some length has letters that the old codes have not.
    """
    fonts = font_of(run)
    names = [] if fonts is None else [str(v).casefold() for v in fonts.attrib.values()]
    around = next(run.iterancestors(f"{W}p"), run)
    text = "".join(t.text or "" for t in around.iter(f"{W}t"))
    old = any("\x80" <= c <= "\xff" for c in text) and not any(
        c.isalpha() and c > "\xff" for c in text
    )
    return old and any(n.startswith(_OLD_FONTS) for n in names)


def _aligned(paragraph: etree._Element, value: str) -> bool:
    set_on(child_of(child_of(paragraph, "pPr"), "jc"), {"val": _ALIGNS[value]})
    return True


def _indented(paragraph: etree._Element, value: str) -> bool:
    words = "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}tab"))
    first = next(iter(paragraph.iter(f"{W}t", f"{W}tab")), None)
    if first is None or not words or first.tag == f"{W}tab":
        return False
    indents = child_of(child_of(paragraph, "pPr"), "ind")
    unset(indents, ("hanging", "hangingChars", "firstLineChars", "start", "leftChars"))
    set_on(indents, {"left": "0", "firstLine": str(round(float(value) * 20))})
    return True


def _spaced(paragraph: etree._Element, value: str) -> bool:
    properties = child_of(paragraph, "pPr")
    spacing = child_of(properties, "spacing")
    unset(spacing, ("beforeAutospacing", "beforeLines"))
    set_on(spacing, {"before": str(round(float(value) * 20))})
    if properties.find(f"{W}contextualSpacing") is not None or _style_joins(paragraph):
        set_on(child_of(properties, "contextualSpacing"), {"val": "0"})
    return True


def _style_joins(paragraph: etree._Element) -> bool:
    """Whether a style may take away the space between paragraphs alike: then it is said again."""
    return paragraph.find(f"{W}pPr/{W}pStyle") is not None


def _led(paragraph: etree._Element, value: str) -> bool:
    spacing = child_of(child_of(paragraph, "pPr"), "spacing")
    set_on(spacing, {"line": str(round(float(value) * 240)), "lineRule": "auto"})
    return True


def _paper(section: etree._Element, value: str) -> bool:
    size = child_of(section, "pgSz")
    sides = sorted(round(float(side) * _MM) for side in value.split("x"))
    if size.get(f"{W}orient") == "landscape":
        sides.reverse()
    set_on(size, {"w": str(sides[0]), "h": str(sides[1])})
    unset(size, ("code",))
    return True


def _edge(section: etree._Element, value: str) -> bool:
    side, _, length = value.partition("=")
    set_on(child_of(section, "pgMar"), {side: str(round(float(length) * _MM))})
    return True


_Setter = Callable[[etree._Element, str], bool]
_ON_PARAGRAPHS: Mapping[str, _Setter] = {
    "can": _aligned,
    "thut": _indented,
    "truoc": _spaced,
    "gian_dong": _led,
}
_ON_SECTIONS: Mapping[str, _Setter] = {"kho": _paper, "le": _edge}


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
