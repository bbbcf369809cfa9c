"""A template's bytes made ready once: programs for what is filled, packed parts for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from danvan_cli.render.compiler.body import (
    BodyReader,
    PageSection,
    annex_sight,
    page_sections,
    speaks_of_annexes,
)
from danvan_cli.render.compiler.compile import Compiler
from danvan_cli.render.compiler.page import TemplateStyles
from danvan_cli.render.compiler.sheet import TemplateSheet, declare_at_root, strip_namespaces
from danvan_cli.render.compiler.tags import top
from danvan_cli.render.content import BLOCK_STYLES
from danvan_cli.render.names import TemplateFault
from danvan_cli.render.pages import Figures, PageRoom
from danvan_cli.render.prepared import BlockLook, Filled, Looks, Prepared, Program
from danvan_cli.word import package
from danvan_cli.word.active import active_content
from danvan_cli.word.layout.writer import SECTION_ORDER
from danvan_cli.word.names import W, number
from danvan_cli.word.pack import CORE, CUSTOM, XML_HEAD, packed
from danvan_cli.word.package import OFFICE_RELS, PackageError, Parts

_FILLED = ("header", "footer")
_NOTES = "word/footnotes.xml"
AFTER_TABLE = "Sau bảng"
_FROM_ONE = '<w:pgNumType w:start="1"/>'
_LATER = "|".join(SECTION_ORDER[SECTION_ORDER.index("pgNumType") + 1 :])
_AFTER_NUMBERS = re.compile(f"<w:(?:{_LATER})[ />]|</w:sectPr>")
_EMPTY_NOTES = (
    f'<w:footnotes xmlns:w="{W[1:-1]}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
).encode()


def prepare(data: bytes) -> tuple[Prepared | None, tuple[TemplateFault, ...]]:
    """The template in `data`, and everything that is wrong with it; None if it cannot be filled."""
    try:
        return _ready(package.read_package(data))
    except PackageError as error:
        return None, (TemplateFault(error.found, error.remedy),)


def _ready(parts: Parts) -> tuple[Prepared | None, tuple[TemplateFault, ...]]:
    body = package.main_part(parts)
    parts = package.with_own_properties(parts)
    _with_notes(parts, body)
    root = package.parse_xml(body, parts[body])
    declare_at_root(root)
    if faults := tuple(TemplateFault(*fault) for fault in active_content(parts)):
        return None, faults
    if root.tag != f"{W}document" or root.find(f"{W}body") is None:
        strict = TemplateFault(
            "là tệp “Strict Open XML”", "Trong Word chọn Lưu thành “Word Document (*.docx)”."
        )
        return None, (strict,)
    return _prepared(parts, body, root)


def _with_notes(parts: Parts, body: str) -> None:
    named = package.related(parts, body, "footnotes")
    if named:
        # One that is named and is not there is made, as Word does.
        parts.setdefault(named[0], _EMPTY_NOTES)
        return
    package.add_part(parts, _NOTES, _EMPTY_NOTES, package.FOOTNOTES_TYPE)
    package.relate(parts, body, f"{OFFICE_RELS}footnotes", "footnotes.xml")


def _prepared(
    parts: Parts, body: str, root: etree._Element
) -> tuple[Prepared | None, tuple[TemplateFault, ...]]:
    named = package.related_part(parts, body, "styles") or ""
    styles = TemplateStyles(package.parse_xml(named, parts[named]) if named else None)
    package.without_comments(parts, body)
    sheet = TemplateSheet(root)
    compiler = Compiler(sheet)
    others = tuple(_others(parts, body, compiler, styles))
    sheet.clean()
    reader = BodyReader(sheet, styles, compiler)
    main, annex = _split(page_sections(next(root.iterchildren(f"{W}body"))), sheet)
    programs = _read_sections(reader, main, annex)
    figures = styles.figures()
    looks = _looks(styles, reader, compiler)
    faults = sheet.faults
    opening, ending = _shell(root)
    notes = package.related(parts, body, "footnotes")[0]
    note_text, note_start, reference, before = _notes(parts[notes], styles)
    made = Prepared(
        parts=tuple(
            packed(name, content)
            for name, content in parts.items()
            if name not in {body, notes, CORE, CUSTOM, *(o.name for o in others)}
        ),
        body=Filled(body, opening, programs[0], ending),
        section=programs[1],
        restarted=_restarted(programs[1]),
        annex=programs[2],
        annex_section=programs[3],
        others=others,
        looks=Looks(looks.blocks, looks.table, looks.after, reference, before),
        notes_name=notes,
        notes=note_text,
        note_start=note_start,
        printed=frozenset(compiler.printed),
        page=_page(main[-1], figures),
        annex_page=_page(annex or main[-1], figures),
        styles_name=named,
        styles=styles.stretchable(),
    )
    return made, tuple(faults)


def _others(
    parts: Parts, body: str, compiler: Compiler, styles: TemplateStyles
) -> Iterator[Filled]:
    """The headers and footers with tags in them, read in the same sheet of faults."""
    for name in package.related(parts, body, *_FILLED):
        if name not in parts:
            continue
        root = package.parse_xml(name, parts[name])
        declare_at_root(root)
        if "{" not in "".join(str(t) for t in root.itertext()):
            continue
        own = TemplateSheet(root, compiler.sheet.marks, compiler.sheet.faults)
        own.clean()
        opening, ending = _shell(root)
        reader = BodyReader(own, styles, compiler)
        yield Filled(name, opening, reader.program(tuple(root), 0, top()), ending)


def _shell(root: etree._Element) -> tuple[str, str]:
    """What stands before and after the content of a part."""
    whole = etree.tostring(root, encoding="unicode")
    opening = whole[: whole.index(">") + 1].replace("/>", ">")
    name = opening[1 : opening.index(" ")]
    inner = ("<w:body>", "</w:body>") if name.endswith(":document") else ("", "")
    return XML_HEAD + opening + inner[0], f"{inner[1]}</{name}>"


def _split(
    sections: list[PageSection], sheet: TemplateSheet
) -> tuple[list[PageSection], PageSection | None]:
    annexes = [s for s in sections if speaks_of_annexes(s, sheet)]
    main = [s for s in sections if s not in annexes]
    if annexes and (len(annexes) > 1 or not main):
        sheet.fault(
            "phụ lục phải ở một phần (section) riêng của mẫu",
            "Trong Word đặt con trỏ trước {{ phu_luc.ten }}, chọn Layout, Breaks, Next Page.",
        )
        return sections, None
    return main, annexes[0] if annexes else None


def _read_sections(
    reader: BodyReader, main: list[PageSection], annex: PageSection | None
) -> tuple[Program, str, Program, str]:
    body: list[etree._Element] = []
    for at, section in enumerate(main):
        ends = at == len(main) - 1 and (annex is not None or _plain_end(section) is not None)
        body += _ended(reader, section) if ends else section.blocks
    last = main[-1]
    program = reader.program(tuple(body), last.width, top())
    if annex is None:
        return program, _section_xml(last), (), ""
    blocks = _ended(reader, annex)
    of_annex = reader.program(tuple(blocks), annex.width, annex_sight())
    return program, _section_xml(last), of_annex, _section_xml(annex)


def _page(section: PageSection, figures: Mapping[str, Figures]) -> PageRoom:
    return PageRoom(section.width / 20, section.height / 20, figures)


def _section_xml(section: PageSection) -> str:
    if section.properties is None:
        return ""
    return strip_namespaces(etree.tostring(section.properties, encoding="unicode", with_tail=False))


def _restarted(section: str) -> str:
    """The properties `section` with its pages counted from 1."""
    if "<w:pgNumType" in section:
        return re.sub(r"<w:pgNumType[^>]*/>", _FROM_ONE, section)
    return _AFTER_NUMBERS.sub(lambda found: _FROM_ONE + found.group(), section, count=1)


def _plain_end(section: PageSection) -> etree._Element | None:
    """The last paragraph of `section` where it stands in every document."""
    last = section.blocks[-1] if section.blocks else None
    plain = last is not None and last.tag == f"{W}p" and not any(True for _ in last.iter(etree.PI))
    return last if plain else None


def _ended(reader: BodyReader, section: PageSection) -> list[etree._Element]:
    """The blocks of `section` with a mark, in the last paragraph, where it may end."""
    blocks = list(section.blocks)
    last = _plain_end(section)
    if last is None:
        last = etree.Element(f"{W}p")
        style = reader.styles.paragraph(AFTER_TABLE)
        look = etree.SubElement(last, f"{W}pPr")
        if style:
            etree.SubElement(look, f"{W}pStyle", {f"{W}val": style})
        blocks.append(last)
    found = last.find(f"{W}pPr")
    if found is None:
        found = etree.Element(f"{W}pPr")
        last.insert(0, found)
    for properties in found.findall(f"{W}sectPr"):
        found.remove(properties)
    found.append(reader.sheet.mark("section"))
    return blocks


def _looks(styles: TemplateStyles, reader: BodyReader, compiler: Compiler) -> Looks:
    made = {}
    for kind, about in BLOCK_STYLES.items():
        style = styles.paragraph(about.style)
        if not style and "noi_dung" not in compiler.printed:
            continue
        if not style:
            compiler.sheet.faults.append(
                TemplateFault(
                    f"không có kiểu đoạn “{about.style}” cho {about.meaning}",
                    "Thêm kiểu ấy trong Word (Styles, New Style), hoặc chép từ mẫu đi kèm.",
                    blocks=False,
                )
            )
            continue
        looks = [
            f'<w:rPr><w:rStyle w:val="{found}"/></w:rPr>' if found else ""
            for part in ("nhãn", "lời")
            for found in [styles.character(f"{about.style} - {part}")]
        ]
        made[kind] = BlockLook(style, f'<w:p><w:pPr><w:pStyle w:val="{style}"/>', *looks)
    after = styles.paragraph(AFTER_TABLE)
    spacer = f'<w:p><w:pPr><w:pStyle w:val="{after}"/></w:pPr></w:p>' if after else "<w:p/>"
    return Looks(made, reader.sample, spacer, "")


def _notes(data: bytes, styles: TemplateStyles) -> tuple[str, str, str, int]:
    """The footnotes part up to its end, a note's look, a reference's look, the last id there."""
    root = package.parse_xml("footnotes", data)
    whole = package.xml_bytes(root).decode()
    end = whole.rindex("</") if len(root) else len(whole)
    text = styles.paragraph("footnote text")
    mark = styles.character("footnote reference")
    start = f'<w:pPr><w:pStyle w:val="{text}"/></w:pPr>' if text else ""
    reference = (
        f'<w:rPr><w:rStyle w:val="{mark}"/></w:rPr>'
        if mark
        else '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    )
    before = max((number(note, "id") for note in root), default=0)
    return whole[:end], start, reference, max(before, 0)
