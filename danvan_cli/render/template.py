"""A Word template made ready once, and filled many times with the words of a context.

docxtpl lends its reading of tags that Word has split over runs; its own rendering is not used,
because it loses `&`, prints None, rewrites `{_{` in values and runs templates unsandboxed.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate
from lxml import etree

from danvan_cli import text
from danvan_cli.errors import TemplateError
from danvan_cli.load.bounded import UnfitError, file_bytes
from danvan_cli.render import footnotes
from danvan_cli.render.environment import (
    ForbiddenError,
    UnprintableError,
    guard,
    make_environment,
)
from danvan_cli.render.template_fault import FaultError, line_of, near, syntax_fault, value_fault
from danvan_cli.word import package
from danvan_cli.word.checks import package_faults
from danvan_cli.word.finish import finish
from danvan_cli.word.names import W
from danvan_cli.word.package import OFFICE_RELS, RELS_NS, PackageError, Parts

_ENVIRONMENT = make_environment()
_NOISE = tuple(f"{W}{name}" for name in ("proofErr", "lastRenderedPageBreak"))
_MARKUP = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MAX_TAG = 1_000
_PARAGRAPH = re.compile(r"<w:p([ >])")
_RENDERED = ("header", "footer", "footnotes", "endnotes")
_HARMLESS = ("http://", "https://", "mailto:")
_MAX_OUTPUT = 50_000_000


@dataclass(frozen=True)
class Program:
    """One part of a template as Jinja source, a paragraph a line, and as compiled code."""

    source: str
    code: jinja2.Template = field(compare=False)


@dataclass(frozen=True)
class Compiled:
    """What a template's bytes come to: the parts that stay, and those to be filled."""

    parts: Mapping[str, bytes]
    body: str
    programs: Mapping[str, Program]
    note_styles: footnotes.NoteStyles


@dataclass(frozen=True)
class Template:
    """A template ready to be filled; `path` names it in messages."""

    path: Path
    compiled: Compiled = field(repr=False)


def load_template(path: Path) -> Template:
    """The template in the file `path`; the same bytes are made ready once in a process.

    Raises:
        TemplateError: the file cannot be read, is no .docx, carries macros or links to other
            files, exceeds the bounds of `package`, or has a tag that cannot be understood.
    """
    try:
        data = file_bytes(path, package.MAX_FILE, "Bỏ bớt ảnh trong mẫu.")
    except UnfitError as error:
        raise TemplateError(path, f"{error.found}.", error.remedy) from error
    except OSError as error:
        raise TemplateError(
            path, _unread(error), "Kiểm tra thư mục mẫu sau --templates."
        ) from error
    try:
        return Template(path, _compiled(data))
    except (PackageError, FaultError) as error:
        raise TemplateError(path, error.found, error.remedy) from error


def render(
    template: Template, context: Mapping[str, object], *, made_on: dt.date | None = None
) -> bytes:
    """The finished .docx: `template` filled with `context`, the same bytes each time.

    Values are texts, lists and mappings. A line feed in a text becomes a line break, a marker
    of `footnotes` the note of that index in `chu_thich`; every other character stands as it is.

    Raises:
        TemplateError: a name is not in `context`, a value cannot be printed, or the result
            would be a file Word calls damaged.
    """
    try:
        return _rendered(template.compiled, context, made_on)
    except (PackageError, FaultError) as error:
        raise TemplateError(template.path, error.found, error.remedy) from error
    except UnprintableError as error:
        raise TemplateError(template.path, f"giá trị {error}.") from error


def _unread(error: OSError) -> str:
    return (
        "không có tệp mẫu này."
        if isinstance(error, FileNotFoundError)
        else "không mở được tệp mẫu."
    )


@functools.lru_cache(maxsize=32)
def _compiled(data: bytes) -> Compiled:
    parts = package.read_package(data)
    body = package.main_part(parts)
    _refuse_harm(parts)
    parts = package.with_own_properties(parts)
    root = package.parse_xml(body, parts[body])
    if root.tag != f"{W}document":
        raise FaultError(
            "là tệp “Strict Open XML”", "Trong Word chọn Lưu thành “Word Document (*.docx)”."
        )
    styles = parts.get("word/styles.xml")
    return Compiled(
        parts,
        body,
        dict(_programs(parts, body)),
        footnotes.note_styles(
            None if styles is None else package.parse_xml("word/styles.xml", styles)
        ),
    )


def _refuse_harm(parts: Parts) -> None:
    for name, data in parts.items():
        if "vbaProject" in name or "/activeX/" in name or "/embeddings/" in name:
            raise FaultError(
                f"chứa macro hoặc tệp nhúng ({name})", "Xóa phần đó rồi lưu lại thành .docx."
            )
        if not name.endswith(".rels"):
            continue
        for rel in package.parse_xml(name, data).iter(f"{RELS_NS}Relationship"):
            target = rel.get("Target", "")
            if rel.get("TargetMode") == "External" and not (
                rel.get("Type") == f"{OFFICE_RELS}hyperlink"
                and target.lower().startswith(_HARMLESS)
            ):
                raise FaultError(
                    f"liên kết tới tệp bên ngoài: {target}",
                    "Gỡ liên kết đó trong Word (mẫu gắn kèm, ảnh hay tệp liên kết).",
                )


def _programs(parts: Parts, body: str) -> Iterator[tuple[str, Program]]:
    names = package.related(parts, body, *_RENDERED)
    # The body last: its notes join a footnotes part that is already filled.
    for name in (*names, body):
        if name in parts:
            root = package.parse_xml(name, parts[name])
            if name == body or "{" in "".join(str(t) for t in root.itertext()):
                yield name, _program(root)


def _refuse_open_tags(root: etree._Element) -> None:
    """Refuse a tag that is not closed; docxtpl's patterns would search far and wide for its end."""
    texts = ["".join(str(text) for text in root.itertext())]
    texts += [str(value) for element in root.iter() for value in element.attrib.values()]
    for shown in texts:
        place = 0
        while found := _OPENING.search(shown, place):
            end = shown.find(_CLOSING[found.group()], found.end(), found.end() + _MAX_TAG)
            inside = found.group() != "{#" and _OPENING.search(shown, found.end(), max(end, 0))
            if end < 0 or inside:
                start = text.squeeze(shown[found.start() : found.start() + 40])
                raise FaultError(f"thẻ “{start}” không đóng.")
            place = end + 2


def _program(root: etree._Element) -> Program:
    _refuse_open_tags(root)
    for element in list(root.iter(*_NOISE)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter(f"{W}*"):
        for name in [str(name) for name in element.attrib if str(name).startswith(f"{W}rsid")]:
            del element.attrib[name]
    xml = DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode"))
    # A paragraph a line, so that a line number of Jinja leads to a paragraph.
    source = _PARAGRAPH.sub(r"\n<w:p\1", xml.replace("\n", " "))
    try:
        tree = _ENVIRONMENT.parse(source)
        guard(tree)
        code = _ENVIRONMENT.from_string(tree)
    except jinja2.TemplateSyntaxError as error:
        raise syntax_fault(source, error) from error
    except ForbiddenError as error:
        raise FaultError(
            f"thẻ dùng điều mẫu không được dùng ({error.construct}){near(source, error.lineno)}.",
            "Mẫu chỉ có biến, vòng lặp {% for %} và điều kiện {% if %}.",
        ) from error
    except (SyntaxError, RecursionError, ValueError) as error:
        raise FaultError("các thẻ lồng nhau quá sâu hoặc chứa số quá dài.") from error
    _refuse_leftovers(tree, source)
    return Program(source, code)


def _refuse_leftovers(tree: jinja2.nodes.Template, source: str) -> None:
    for data in tree.find_all(jinja2.nodes.TemplateData):
        shown = _MARKUP.sub("", data.data)
        for sign in ("{{", "{%", "{#", "}}", "%}", "#}"):
            if sign in shown:
                line = data.lineno + data.data[: max(data.data.find(sign), 0)].count("\n")
                raise FaultError(f"dấu {sign} lẻ, không thành thẻ{near(source, line)}.")


def _rendered(compiled: Compiled, context: Mapping[str, object], made_on: dt.date | None) -> bytes:
    parts = dict(compiled.parts)
    notes = footnotes.notes_of(context)
    for name, program in compiled.programs.items():
        root = package.parse_xml(name, _filled(program, context).encode())
        if name == compiled.body:
            _put_notes(parts, compiled, root, notes)
        finish(root)
        parts[name] = package.xml_bytes(root)
    package.sign(
        parts, _property(context, "ten_loai", "trich_yeu"), _property(context, "co_quan"), made_on
    )
    faults = package_faults(parts)
    if faults:
        raise FaultError(
            f"văn bản làm ra sẽ hỏng khi mở bằng Word: {'; '.join(faults[:5])}.",
            "Xem lại các thẻ của mẫu quanh chỗ đó.",
        )
    return package.write_package(parts)


def _filled(program: Program, context: Mapping[str, object]) -> str:
    try:
        pieces, size = [], 0
        for piece in program.code.generate(context):
            size += len(piece)
            if size > _MAX_OUTPUT:
                raise FaultError("văn bản làm ra quá dài")
            pieces.append(piece)
    except (UnprintableError, jinja2.UndefinedError) as error:
        raise value_fault(program.source, context, error) from error
    except (jinja2.TemplateError, TypeError, OverflowError, RecursionError) as error:
        raise FaultError(
            f"thẻ không tính được{near(program.source, line_of(error.__traceback__))}."
        ) from error
    return "".join(pieces).replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ")


def _put_notes(
    parts: Parts,
    compiled: Compiled,
    body: etree._Element,
    notes: Sequence[Sequence[str]],
) -> None:
    named = package.related(parts, compiled.body, "footnotes")
    name = next((name for name in named if name in parts), "")
    part = package.parse_xml("footnotes", parts[name] if name else footnotes.EMPTY_NOTES)
    if not footnotes.attach_notes(body, part, notes, compiled.note_styles):
        return
    if not name:
        name = "word/footnotes.xml"
        package.relate(parts, compiled.body, f"{OFFICE_RELS}footnotes", "footnotes.xml")
    finish(part)
    package.add_part(parts, name, package.xml_bytes(part), package.FOOTNOTES_TYPE)


def _property(context: Mapping[str, object], *names: str) -> str:
    """The values of `names` as one line for the document's properties, without note markers."""
    values = (context.get(name) for name in names)
    words = [
        word
        for value in values
        for word in (
            [value] if isinstance(value, str) else value if isinstance(value, list) else []
        )
    ]
    return text.squeeze(footnotes.MARKER.sub("", " ".join(map(str, words))))
