"""A .docx put together from packed parts: the same bytes each time, sealed with a fingerprint.

Nothing here reads XML, so that making a document from ready parts is light.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELS = "_rels/.rels"
CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SEAL = "danvan"
_LEVEL = 3
"""Deflate as quick as it gets by much, for a tenth more bytes than the usual level 6."""
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# APPNOTE.TXT 6.3.3, 4.3.7 and 4.3.12: made by MS-DOS, on 1 January 1980.
_VERSION, _STORED, _DEFLATED, _DAY = 20, 0, 8, 0x21
_SMALL = 2_000
"""Parts up to this length are stored: setting up deflate takes longer than it saves."""
_UTF8_NAME = 0x800
_FIXED = 26
"""The length of what comes before the name in a local record, its signature aside."""
_INDEXED = b"PK\x01\x02" + struct.pack("<H", _VERSION)
MADE = "danvan_goc_"
"""The properties that keep a part as danvan made it, numbered from 1."""
SIGNED_APART = "nguoi_ky_rieng"
"""The property of a paper for which the unit's file names a signer of its own."""
SOURCE = "ho_so"
"""The property that names the unit's file a paper was made from."""
_LONGEST = 250
"""Word's own window takes 255 characters."""
_MOST = 8_000_000


@dataclass(frozen=True)
class PackedPart:
    """A part as it stands in the package: packed by `method`, with size, checksum and digest."""

    name: str
    size: int
    crc: int
    packed: bytes
    digest: bytes
    method: int

    @cached_property
    def record(self) -> bytes:
        """What both records of it in the package say, its name last (APPNOTE.TXT, 4.3.7)."""
        name = self.name.encode()
        flags = 0 if self.name.isascii() else _UTF8_NAME
        return (
            struct.pack(
                "<HHHHHLLLHH",
                *(_VERSION, flags, self.method, 0, _DAY, self.crc, len(self.packed), self.size),
                *(len(name), 0),
            )
            + name
        )


def packed(name: str, data: bytes) -> PackedPart:
    """The part `name` with the content `data`, ready to be put into a package."""
    body, method = data, _STORED
    if len(data) > _SMALL:
        press = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        body, method = press.compress(data) + press.flush(), _DEFLATED
    return PackedPart(name, len(data), zlib.crc32(data), body, _digest(data), method)


def stored(name: str, data: bytes) -> PackedPart:
    """The part `name` as it is: for content that is packed already."""
    return PackedPart(name, len(data), zlib.crc32(data), data, _digest(data), _STORED)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def zipped(parts: Iterable[PackedPart]) -> bytes:
    """The zip file of `parts`; it depends on nothing else: no clock, no platform, no order given."""
    first = (CONTENT_TYPES, ROOT_RELS)
    ordered = sorted(
        parts, key=lambda p: (first.index(p.name) if p.name in first else len(first), p.name)
    )
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for part in ordered:
        record = part.record
        fixed, name = record[:_FIXED], record[_FIXED:]
        pieces += (b"PK\x03\x04", record, part.packed)
        directory += (_INDEXED, fixed, struct.pack("<HHHLL", 0, 0, 0, 0, at), name)
        at += 4 + len(record) + len(part.packed)
    index = b"".join(directory)
    count = len(ordered)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(index), at, 0)
    return b"".join((*pieces, index, end))


def core_properties(title: str, creator: str, made_on: dt.date | None) -> bytes:
    """The part of the document's own properties.

    Without `made_on` the document bears no date of making: none is known, so none is said.
    """
    dates = "".join(
        f'<dcterms:{term} xsi:type="dcterms:W3CDTF">{made_on.isoformat()}T00:00:00Z</dcterms:{term}>'
        for term in ("created", "modified")
        if made_on
    )
    return (
        f"{XML_HEAD}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title, quote=False)}</dc:title>"
        f"<dc:creator>{escape(creator, quote=False)}</dc:creator>"
        f"{dates}<dc:language>vi-VN</dc:language></cp:coreProperties>"
    ).encode()


def sealed(
    parts: Iterable[PackedPart], about: Mapping[str, str], made: PackedPart | None = None
) -> PackedPart:
    """The part of the custom properties: what the document is `about`, and the seal of `parts`.

    The part `made` is kept there as it is, so that what a person changes later can be told from
    what danvan wrote: properties come through Word and LibreOffice whole.
    """
    values = {_SEAL: _fingerprint({p.name: p.digest for p in parts})}
    values |= {name: escape(value, quote=False) for name, value in about.items()}
    if made is not None:
        values |= _kept(made)
    properties = "".join(
        [
            f'<property fmtid="{_FMTID}" pid="{number}" name="{name}">'
            f"<vt:lpwstr>{value}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(values.items(), start=2)
        ]
    )
    data = (
        f"{XML_HEAD}<Properties"
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{properties}</Properties>"
    ).encode()
    # Packed already for the most part; the seal itself is under no seal.
    return PackedPart(CUSTOM, len(data), zlib.crc32(data), data, b"", _STORED)


def _kept(part: PackedPart) -> dict[str, str]:
    """The packed bytes of `part` as properties, none longer than Word lets one be, none to escape."""
    text = f"{part.method}:{base64.b64encode(part.packed).decode()}"
    return {
        f"{MADE}{number}": text[at : at + _LONGEST]
        for number, at in enumerate(range(0, len(text), _LONGEST), start=1)
    }


def kept_part(values: Mapping[str, str]) -> bytes | None:
    """The part that the properties `values` keep; None where they keep none, or not all of it."""
    pieces: list[str] = []
    while (piece := values.get(f"{MADE}{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    method, _, text = "".join(pieces).partition(":")
    try:
        data = base64.b64decode(text, validate=True)
        if method == str(_STORED):
            return data
        press = zlib.decompressobj(-zlib.MAX_WBITS)
        made = press.decompress(data, _MOST)
    except (ValueError, zlib.error):
        return None
    return made if press.eof else None


def _fingerprint(digests: Mapping[str, bytes]) -> str:
    names = sorted(digests.keys() - {CUSTOM})
    return _digest(b"".join(name.encode() + b"\0" + digests[name] for name in names)).hex()


def is_untouched(data: bytes) -> bool:
    """Whether the .docx in `data` is as it was rendered: every part, none more, none less.

    False for any other file as well, a damaged one or one that is no .docx included.
    """
    from danvan_cli.word.package import PackageError, read_package

    try:
        parts = read_package(data)
    except PackageError:
        return False
    found = re.search(
        rf'name="{_SEAL}"><vt:lpwstr>([0-9a-f]{{64}})<'.encode(), parts.get(CUSTOM, b"")
    )
    digests = {name: _digest(content) for name, content in parts.items()}
    return found is not None and found.group(1).decode() == _fingerprint(digests)
