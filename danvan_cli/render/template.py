"""A Word template filled with the content of a document: one pass, one write.

What does not change is prepared once (`prepare`); a document is its programs run over the
content and spliced into a package whose other parts are packed already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from danvan_cli.errors import TemplateError
from danvan_cli.load.bounded import UnfitError, file_bytes
from danvan_cli.render.compiler.expressions import ILLEGAL, Scope, UnprintableError
from danvan_cli.render.content import Content
from danvan_cli.render.names import names_in, unprinted
from danvan_cli.render.pages import PageRoom
from danvan_cli.render.prepared import Prepared, Program, made_ready
from danvan_cli.render.program import Printer
from danvan_cli.text import squeeze
from danvan_cli.word.pack import CORE, core_properties, packed, sealed, zipped

MAX_FILE = 20_000_000


@dataclass(frozen=True)
class Template:
    """A template ready to be filled; `path` names it in messages."""

    path: Path
    prepared: Prepared = field(repr=False)


def load_template(path: Path) -> Template:
    """The template in the file `path`; a file that has not changed is read once in a process.

    Raises:
        TemplateError: the file cannot be read, is no .docx, carries macros or links to other
            files, exceeds the bounds of a package, or has a fault; all faults are named.
    """
    try:
        stat = path.stat()
    except OSError:
        return _load(path, ())
    return _load(path, (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))


@lru_cache(maxsize=32)
def _load(path: Path, stamp: tuple[int, ...]) -> Template:
    """The template in the file `path` as it was at `stamp`."""
    del stamp
    prepared, faults = made_ready(read_template(path))
    wrong = [fault for fault in faults if fault.blocks]
    if prepared is None or wrong:
        first = (wrong or faults)[0]
        more = f" Còn {len(wrong) - 1} lỗi khác: danvan validate {path}" if len(wrong) > 1 else ""
        raise TemplateError(path, str(first), f"{first.remedy}{more}".strip())
    return Template(path, prepared)


def read_template(path: Path) -> bytes:
    """The bytes of the file `path`.

    Raises:
        TemplateError: it cannot be read, or is longer than any template.
    """
    try:
        return file_bytes(path, MAX_FILE, "Bỏ bớt ảnh trong mẫu.")
    except UnfitError as error:
        raise TemplateError(path, f"{error.found}.", error.remedy) from error
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        found = "không có tệp mẫu này." if missing else "không mở được tệp mẫu."
        raise TemplateError(path, found, "Kiểm tra thư mục mẫu sau --templates.") from error


def render(
    template: Template,
    content: Content,
    *,
    enclosed: tuple[Content, ...] = (),
    made_on: dt.date | None = None,
    about: Mapping[str, str] | None = None,
) -> bytes:
    """The finished .docx: `template` filled with `content`, the same bytes each time.

    `enclosed` are documents it issues that stand in the same file, each with its own head and
    pages. A line feed in a text becomes a line break; every other character stands as it is. `about`
    goes into the properties of the file, as does `made_on`.

    Raises:
        TemplateError: a value cannot be printed, or the template leaves out what was made.
    """
    prepared = template.prepared
    texts = (content, *enclosed)
    names = (name for text in texts for name in names_in(text))
    if left := unprinted(names, prepared.printed):
        from danvan_cli.render.names import missing_fault

        fault = missing_fault(left[0])
        raise TemplateError(template.path, str(fault), fault.remedy)
    try:
        return _rendered(prepared, texts, made_on, about or {})
    except UnprintableError as error:
        raise TemplateError(template.path, f"giá trị {error}.") from error


def _rendered(
    prepared: Prepared,
    texts: tuple[Content, ...],
    made_on: dt.date | None,
    about: Mapping[str, str],
) -> bytes:
    content = texts[0]
    printer = Printer(prepared.looks)
    scope: Scope = {"": content}
    others = []
    for part in prepared.others:
        of_part = Printer(prepared.looks, work=printer.work)
        of_part.run(part.program, scope)
        others.append(packed(part.name, _whole(part.start, of_part, part.end)))
    section = _print_texts(prepared, printer, texts)
    body = prepared.body
    main = packed(body.name, _whole(body.start, printer, section + body.end))
    notes = packed(prepared.notes_name, _notes(prepared, printer).encode())
    title = " ".join(str(t) for t in (content.ten_loai, *(line.chu for line in content.trich_yeu)))
    creator = " ".join(str(line) for line in content.co_quan)
    core = packed(CORE, core_properties(_clean(title), _clean(creator), made_on))
    parts = [*prepared.looser(printer.more), *others, main, notes, core]
    return zipped([*parts, sealed(parts, {n: _clean(v) for n, v in about.items()}, main)])


def _print_texts(prepared: Prepared, printer: Printer, texts: Iterable[Content]) -> str:
    """Print every text of the file, each followed by its annexes; the last section's properties.

    Each text and each annex is a section of its own, numbered from 1.
    """
    programs: list[tuple[Program, PageRoom, str, Scope, bool]] = []
    for text in texts:
        section = prepared.restarted if programs else prepared.section
        signed = bool(text.ky.quyen_han)
        programs.append((prepared.body.program, prepared.page, section, {"": text}, signed))
        for annex in text.phu_luc if prepared.annex else ():
            scope: Scope = {"": text, "_annex": annex}
            own = prepared.annex_section
            programs.append((prepared.annex, prepared.annex_page, own, scope, False))
    for at, (program, page, section, scope, signed) in enumerate(programs, start=1):
        printer.begin_section(page, section if at < len(programs) else "", signed=signed)
        printer.run(program, scope)
        printer.end_section()
    return programs[-1][2]


def _whole(start: str, printer: Printer, end: str) -> bytes:
    """The bytes of a part."""
    return "".join((start, *printer.out, end)).encode()


def _notes(prepared: Prepared, printer: Printer) -> str:
    """The footnotes part with the document's notes, in the order they are referred to."""
    if not printer.referred:
        return prepared.notes + "</w:footnotes>"
    made = [prepared.notes]
    first = prepared.looks.notes_before + 1
    reference = f"<w:r>{prepared.looks.reference}<w:footnoteRef/></w:r>"
    for number, note in enumerate(tuple(printer.referred), start=first):
        made.append(f'<w:footnote w:id="{number}">')
        for at, text in enumerate(note):
            words = printer.runs(f"{'' if at else ' '}{text}", "")
            made.append(f"<w:p>{prepared.note_start}{'' if at else reference}{words}</w:p>")
        made.append("</w:footnote>")
    return "".join((*made, "</w:footnotes>"))


def _clean(text: str) -> str:
    return ILLEGAL.sub(" ", squeeze(text))
