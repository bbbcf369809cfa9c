"""A .docx as its parts, read from bytes within bounds, and its custom properties.

Knows nothing of templates or words. The format is ECMA-376 part 2 (Open Packaging), that of the
properties part 1, 22.3.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from danvan_cli.word.pack import (
    CONTENT_TYPES,
    CORE,
    CUSTOM,
    ROOT_RELS,
    XML_HEAD,
    packed,
    stored,
    zipped,
)

MAX_FILE = 20_000_000
MAX_TOTAL = 80_000_000
MAX_XML = 8_000_000
MAX_ENTRIES = 1_000
_MAX_RATIO = 200
_RATIO_MATTERS_FROM = 1_000_000


TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

_PROPERTIES_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_FIRST_PROPERTY = 2

_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, struct.error)
"""What unpacking a damaged member raises, by the way it was packed (bz2 raises OSError)."""

Parts = dict[str, bytes]


class PackageError(Exception):
    """A file that is no readable .docx: what was found and what to do, both in Vietnamese."""

    def __init__(self, found: str, remedy: str = "") -> None:
        self.found = found
        self.remedy = remedy
        super().__init__(found)


def parse_xml(name: str, data: bytes) -> etree._Element:
    """The root of part `name`, read without entities, DTD or network.

    Raises:
        PackageError: the part is not well-formed XML, is too long, or declares a DTD.
    """
    if len(data) > MAX_XML:
        raise PackageError(f"phần {name} quá lớn ({len(data):,} byte)")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError(f"phần {name} không phải XML hợp lệ ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError(f"phần {name} có khai báo DOCTYPE, tệp Word không bao giờ có")
    return root


def xml_bytes(root: etree._Element) -> bytes:
    """`root` as a part of a package: UTF-8 with the declaration Word writes."""
    return XML_HEAD.encode() + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def read_package(data: bytes) -> Parts:
    """The parts of the .docx in `data`, by name.

    Raises:
        PackageError: it is no zip file, is encrypted or damaged, has a name twice or one that
            leaves the package, or would grow beyond the bounds above.
    """
    if len(data) > MAX_FILE:
        raise PackageError(f"tệp quá lớn ({len(data):,} byte, tối đa {MAX_FILE:,})")
    _refuse_other_formats(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _bound(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (*_DAMAGED, NotImplementedError, ValueError) as error:
        raise PackageError(
            "tệp hỏng, không giải nén được", "Mở tệp bằng Word rồi lưu lại thành .docx."
        ) from error


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise PackageError("tệp có mật khẩu", "Gỡ mật khẩu trong Word rồi lưu lại.")
        raise PackageError("là tệp .doc kiểu cũ", "Mở bằng Word, chọn Lưu thành .docx.")
    for start, kind in ((b"%PDF", "PDF"), (b"{\\rtf", "RTF")):
        if data.startswith(start):
            raise PackageError(f"là tệp {kind}, không phải .docx")
    if not data:
        raise PackageError("tệp rỗng")
    if not data.startswith(b"PK"):
        raise PackageError("không phải tệp .docx (không phải tệp nén zip)")


def _bound(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MAX_ENTRIES:
        raise PackageError(f"tệp có quá nhiều phần ({len(names):,})")
    if len(set(names)) < len(names):
        raise PackageError("tệp có hai phần trùng tên")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise PackageError(f"tên phần {name!r} trỏ ra ngoài tệp")
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > MAX_TOTAL or total > max(packed * _MAX_RATIO, _RATIO_MATTERS_FROM):
        raise PackageError(f"tệp giải nén ra quá lớn ({total:,} byte)")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise PackageError("tệp có mật khẩu", "Gỡ mật khẩu rồi lưu lại.")


def target_of(source: str, target: str) -> str:
    """The part a relationship of part `source` points to; `source` is "" for the package."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def rels_of(source: str) -> str:
    """The name of the part that holds the relationships of `source` ("" for the package)."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@dataclass(frozen=True)
class Relation:
    """How a part relates to another: by which id, as what ("header"), to which part."""

    ident: str
    kind: str
    target: str


def relations(parts: Mapping[str, bytes], source: str) -> tuple[Relation, ...]:
    """What `source` ("" for the package) relates to, in the order of the file."""
    name = rels_of(source)
    return _relations(source, name, parts[name]) if name in parts else ()


@lru_cache(maxsize=64)
def _relations(source: str, name: str, data: bytes) -> tuple[Relation, ...]:
    return tuple(
        Relation(
            rel.get("Id", ""),
            rel.get("Type", "").removeprefix(OFFICE_RELS),
            target_of(source, rel.get("Target", "")),
        )
        for rel in parse_xml(name, data).iter(f"{RELS_NS}Relationship")
    )


def related(parts: Mapping[str, bytes], source: str, *kinds: str) -> list[str]:
    """The parts that `source` relates to as one of `kinds`, such as "header"."""
    return [one.target for one in relations(parts, source) if one.kind in kinds]


def related_part(parts: Mapping[str, bytes], source: str, kind: str) -> str | None:
    """The first part that `source` relates to as `kind`, of those that are there."""
    return next((name for name in related(parts, source, kind) if name in parts), None)


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the document's body, as the package says.

    Raises:
        PackageError: this is a zip file, yet no Word document.
    """
    if ROOT_RELS in parts and CONTENT_TYPES in parts:
        for name in related(parts, "", "officeDocument"):
            if name in parts and name.startswith("word/"):
                return name
    if any(name.startswith("xl/") for name in parts):
        raise PackageError("là bảng tính Excel, không phải tệp Word")
    if "mimetype" in parts:
        raise PackageError(
            "là tệp OpenDocument (.odt), không phải .docx", "Mở ra và lưu thành .docx."
        )
    raise PackageError(
        "không phải tệp .docx (không có word/document.xml)",
        "Mở bằng Word, chọn Lưu thành “Word Document (*.docx)”.",
    )


def add_part(parts: Parts, name: str, data: bytes, content_type: str) -> None:
    """Put part `name` into `parts`, declared with its content type."""
    parts[name] = data
    types = parse_xml(CONTENT_TYPES, parts[CONTENT_TYPES])
    for override in types.findall(f"{TYPES_NS}Override"):
        if override.get("PartName") == f"/{name}":
            types.remove(override)
    etree.SubElement(types, f"{TYPES_NS}Override", PartName=f"/{name}", ContentType=content_type)
    parts[CONTENT_TYPES] = xml_bytes(types)


def relate(parts: Parts, source: str, kind: str, target: str) -> None:
    """Let `source` ("" for the package) relate to `target`, a path relative to `source`."""
    name = rels_of(source)
    empty = f'<Relationships xmlns="{RELS_NS[1:-1]}"/>'.encode()
    rels = parse_xml(name, parts.get(name, empty))
    known = {rel.get("Id") for rel in rels}
    free = next(number for number in range(1, len(known) + 2) if f"rId{number}" not in known)
    etree.SubElement(rels, f"{RELS_NS}Relationship", Id=f"rId{free}", Type=kind, Target=target)
    parts[name] = xml_bytes(rels)


def with_own_properties(parts: Mapping[str, bytes]) -> Parts:
    """`parts` without what tells of the template's author, with room for our properties.

    Statistics, thumbnail and properties of the template go; the two parts left are filled for each document.
    """
    kept = dict(parts)
    _forget(kept, "", lambda kind, name: name.startswith("docProps/") or kind == "thumbnail")
    add_part(kept, CORE, b"", _CORE_TYPE)
    relate(kept, "", _CORE_REL, CORE)
    add_part(kept, CUSTOM, b"", CUSTOM_TYPE)
    relate(kept, "", f"{OFFICE_RELS}custom-properties", CUSTOM)
    return kept


def without_comments(parts: Parts, body: str) -> None:
    """Take the comments of `body` out of `parts`: what a template's author noted for himself."""
    _forget(parts, body, lambda kind, _: "comments" in kind or kind == "people")


def _forget(parts: Parts, source: str, unwanted: Callable[[str, str], bool]) -> None:
    """Take out of `parts` what `source` relates to, by kind and name, as the `unwanted`."""
    name = rels_of(source)
    if name not in parts:
        return
    rels = parse_xml(name, parts[name])
    gone = {
        rel: target
        for rel in rels
        for target in [target_of(source, rel.get("Target", ""))]
        if unwanted(rel.get("Type", "").rpartition("/")[2], target)
    }
    if not gone:
        return
    for rel, target in gone.items():
        rels.remove(rel)
        parts.pop(target, None)
    parts[name] = xml_bytes(rels)
    types = parse_xml(CONTENT_TYPES, parts[CONTENT_TYPES])
    for override in types.findall(f"{TYPES_NS}Override"):
        if override.get("PartName", "")[1:] not in parts:
            types.remove(override)
    parts[CONTENT_TYPES] = xml_bytes(types)


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """`parts` as a zip file."""
    return zipped(
        (stored if name == CUSTOM else packed)(name, data) for name, data in parts.items()
    )


def own_properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What danvan says of a paper it made: the custom properties by name, those that are text.

    Raises:
        PackageError: the part that holds them is damaged.
    """
    if CUSTOM not in parts:
        return {}
    root = parse_xml(CUSTOM, parts[CUSTOM])
    return {
        p.get("name", ""): "".join(v.text or "" for v in p)
        for p in root.iter(f"{_PROPERTIES_NS}property")
    }


def take_properties(parts: Parts, new: Mapping[str, bytes], series: str) -> None:
    """Give `parts` the properties of `new`; of a numbered `series` none of its own is left.

    Raises:
        PackageError: a part that holds properties is damaged.
    """
    fresh = parse_xml(CUSTOM, new[CUSTOM])
    names = {p.get("name", "") for p in fresh}
    if CUSTOM in parts:
        own = [
            p
            for p in parse_xml(CUSTOM, parts[CUSTOM])
            if p.get("name", "") not in names and not p.get("name", "").startswith(series)
        ]
        fresh.extend(own)
    else:
        add_part(parts, CUSTOM, b"", CUSTOM_TYPE)
        relate(parts, "", f"{OFFICE_RELS}custom-properties", CUSTOM)
    for number, each in enumerate(fresh.iter(f"{_PROPERTIES_NS}property"), start=_FIRST_PROPERTY):
        each.set("pid", str(number))
    parts[CUSTOM] = etree.tostring(fresh, encoding="UTF-8", standalone=True)
