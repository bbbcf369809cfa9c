"""What in a Word file acts by itself when it is opened: programs, files inside it, fields that fetch.

Fields are ECMA-376 part 1, 17.16: an instruction in `w:fldSimple`, or in `w:instrText` between
`w:fldChar` begin and separate, in as many pieces as Word likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from danvan_cli.word.names import W
from danvan_cli.word.package import OFFICE_RELS, RELS_NS, parse_xml

_PROGRAMS = ("vbaProject", "/activeX/", "/embeddings/")
_CHUNKS = (f"{W}altChunk", f"{W}subDoc", f"{W}object", f"{W}control")
_HARMLESS_TARGETS = ("http://", "https://", "mailto:")
_HARMLESS_FIELDS = (
    "PAGE NUMPAGES SECTIONPAGES SECTION PAGEREF REF NOTEREF STYLEREF SEQ TOC TC TA TOA XE INDEX "
    "HYPERLINK DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME TITLE SUBJECT AUTHOR KEYWORDS "
    "COMMENTS FILENAME FILESIZE NUMWORDS NUMCHARS REVNUM DOCPROPERTY LISTNUM AUTONUM AUTONUMLGL "
    "AUTONUMOUT SYMBOL QUOTE EQ ADVANCE = IF COMPARE FORMTEXT FORMCHECKBOX FORMDROPDOWN "
    "BIBLIOGRAPHY CITATION"
)
"""Fields that show what the document itself holds; any other may reach out of it."""


def active_content(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What acts by itself in a package: what it is and what to do, both in Vietnamese.

    Raises:
        PackageError: a part is not well-formed XML.
    """
    for name, data in sorted(parts.items()):
        if any(mark in name for mark in _PROGRAMS):
            yield f"chứa macro hoặc tệp nhúng ({name})", "Xóa phần đó rồi lưu lại thành .docx."
        elif name.endswith(".rels"):
            yield from _links(parse_xml(name, data))
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _inside(parse_xml(name, data))


def _links(root: etree._Element) -> Iterator[tuple[str, str]]:
    for rel in root.iter(f"{RELS_NS}Relationship"):
        target = rel.get("Target", "")
        link = rel.get("Type") == f"{OFFICE_RELS}hyperlink"
        if rel.get("TargetMode") != "External":
            continue
        if not (link and target.lower().startswith(_HARMLESS_TARGETS)):
            yield (
                f"liên kết tới tệp bên ngoài: {target[:80]}",
                "Gỡ liên kết đó trong Word (mẫu gắn kèm, ảnh hay tệp liên kết).",
            )


def _inside(root: etree._Element) -> Iterator[tuple[str, str]]:
    for _ in root.iter(*_CHUNKS):
        yield "có tệp khác nhúng vào", "Xóa đối tượng nhúng đó rồi lưu lại."
        break
    for instruction in dict.fromkeys(instructions(root)):
        kind = instruction.split(None, 1)[0].upper() if instruction.split() else ""
        plain = "=" if kind.startswith("=") else kind
        target = instruction.split('"')[1::2][:1] if plain == "HYPERLINK" else []
        reaches = any(not t.lower().startswith((*_HARMLESS_TARGETS, "#")) for t in target if t)
        if (plain and plain not in _HARMLESS_FIELDS.split()) or reaches:
            yield (
                f"có trường '{kind[:40]}' tự lấy dữ liệu từ ngoài văn bản",
                "Trong Word bấm Alt+F9 để thấy trường, xóa trường đó.",
            )


def instructions(root: etree._Element) -> Iterator[str]:
    """The instruction of every field below `root`, its pieces joined.

    `{}` stands for one that is put together by fields within it, so that nobody can tell.
    """
    begun: list[list[str]] = []
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "").strip()
        elif element.tag == f"{W}instrText":
            if not begun:
                begun.append([])
            begun[-1].append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            if begun and not "".join(begun[-1]).strip():
                begun[-1].append("{}")
            begun.append([])
        elif element.get(f"{W}fldCharType") == "end" and begun:
            yield "".join(begun.pop()).strip()
    yield from ("".join(pieces).strip() for pieces in begun)
