"""Small Word files made by hand, and the real contexts and templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

import yaml
from lxml import etree

from danvan_cli.render.template import Template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = f'xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}"'
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TEMPLATES = Path(__file__).parents[2] / "templates"
CONTEXTS = Path(__file__).parent / "contexts"
NAMES = sorted(path.stem for path in CONTEXTS.glob("*.yaml"))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def small_parts(body: str) -> dict[str, bytes]:
    """The parts of the smallest Word document that holds the blocks `body`."""
    rel = '<Relationship Id="{}" Type="{}" Target="{}"/>'
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>'
            "</Types>"
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELS}">'
            + rel.format("rId1", f"{OFFICE}/officeDocument", "word/document.xml")
            + "</Relationships>"
        ).encode(),
        "word/document.xml": (
            f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        ).encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}"/>'.encode(),
    }


def paragraphs(*lines: str) -> str:
    return "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(data: bytes) -> etree._Element:
    return etree.fromstring(parts_of(data)["word/document.xml"])


def text_of(paragraph: etree._Element) -> str:
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        (element.text or "") if element.tag == f"{W}t" else signs.get(str(element.tag), "")
        for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
    )


def texts_of(data: bytes) -> list[str]:
    return [text_of(paragraph) for paragraph in body_of(data).iter(f"{W}p")]


def context_of(name: str) -> dict[str, object]:
    context = yaml.safe_load((CONTEXTS / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(context, dict)
    return context


class Make(Protocol):
    """What the fixture `make` gives: a template of lines, or of the body `xml`."""

    def __call__(
        self, *lines: str, xml: str = "", parts: Mapping[str, bytes] | None = None
    ) -> Template: ...
