"""One document, warm: danvan beside plain docxtpl and the bare floor, all with the same tables.

The floor is the least that a template language can do: the text by compiled Jinja, deflate, and a
package whose other parts are ready as bytes. Each makes the papers of several units in its turn: a
paper made alone after another program's is not warm, and the same paper again is none of a batch.
With `--alone` each makes one paper a turn.
"""

from __future__ import annotations

import io
import re
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate

from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import Draft, documents_of
from danvan_cli.shipped import shipped
from tests.benchmarks.turns import in_turns, say, table

ROUNDS = 40
PAPERS = 10
BODY = "word/document.xml"
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.S)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.S)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def main() -> None:
    """Make the three ready, run them in turns, print the table."""
    documents = _documents(1 if "--alone" in sys.argv else PAPERS)
    templates = shipped("templates")
    made = documents[0].rendered(templates)
    contexts = [{"rows": _rows(document.rendered(templates))} for document in documents]
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "mau.docx"
        path.write_bytes(_with_loop(made, "{%tr for r in rows %}", "{%tr endfor %}"))
        floor = Floor(_with_loop(made, "{% for r in rows %}", "{% endfor %}"))

        def plain(context: dict[str, list[list[str]]]) -> bytes:
            template = DocxTemplate(path)
            template.render(context, autoescape=True)
            target = io.BytesIO()
            template.save(target)
            return target.getvalue()

        calls: dict[str, Callable[[], list[bytes]]] = {
            "mức sàn": lambda: [floor.made(context) for context in contexts],
            "danvan": lambda: [document.rendered(templates) for document in documents],
            "docxtpl": lambda: [plain(context) for context in contexts],
        }
        for name, call in calls.items():
            made = call()[0]
            say(f"{name}: {len(_ROW.findall(_body(made)))} dòng bảng, {len(made)} byte")
        say(f"{len(documents)} văn bản mỗi lượt")
        say(table(in_turns(calls, ROUNDS), "mức sàn"))


def _documents(count: int) -> list[Draft]:
    """The danh mục of the first units of the city."""
    catalogue, _ = load_catalogue(shipped("catalog"))
    assert catalogue is not None
    made = []
    for unit in catalogue.units[:count]:
        locality = Locality.of(catalogue, find_unit(catalogue, str(unit.ma)))
        (document, *_), _ = documents_of(locality, localize(locality), ["danh-muc"])
        made.append(document)
    return made


def _body(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(BODY).decode()


def _table(docx: bytes) -> list[re.Match[str]]:
    """The rows of the table with the most cells, its head aside."""
    found = list(_ROW.finditer(_body(docx)))
    sizes = [len(_CELL.findall(row[0])) for row in found]
    full = [at for at, size in enumerate(sizes) if size == max(sizes)]
    return found[full[0] + 1 : full[-1] + 1]


def _rows(docx: bytes) -> list[list[str]]:
    """The texts of the cells of the table, as many in each row."""
    found = [["".join(_TEXT.findall(cell)) for cell in _CELL.findall(m[0])] for m in _table(docx)]
    most = max(map(len, found))
    return [row + [""] * (most - len(row)) for row in found]


def _with_loop(docx: bytes, start: str, end: str) -> bytes:
    """The document with one row for all of its table, between the tags of a loop."""
    body, rows = _body(docx), _table(docx)
    sample = max((m[0] for m in rows), key=lambda row: len(_CELL.findall(row)))
    numbers = count()

    def cell(match: re.Match[str]) -> str:
        text = f"<w:p><w:r><w:t>{{{{ r[{next(numbers)}] }}}}</w:t></w:r></w:p>"
        properties = re.search(r"<w:tcPr>.*?</w:tcPr>", match[0], re.S)
        return f"<w:tc>{properties[0] if properties else ''}{text}</w:tc>"

    row = _CELL.sub(cell, sample)
    if "{%tr" in start:
        start, end = (_tag_row(tag) for tag in (start, end))
    new = body[: rows[0].start()] + start + row + end + body[rows[-1].end() :]
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in old.namelist():
            package.writestr(name, new.encode() if name == BODY else old.read(name))
    return target.getvalue()


def _tag_row(tag: str) -> str:
    return f"<w:tr><w:tc><w:p><w:r><w:t>{tag}</w:t></w:r></w:p></w:tc></w:tr>"


class Floor:
    """A package whose parts are ready, but for the one that Jinja fills."""

    def __init__(self, docx: bytes) -> None:
        environment = jinja2.Environment(autoescape=True)
        self.template = environment.from_string(_body(docx))
        self.before = b""
        self.directory = b""
        self.count = 1
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            for name in package.namelist():
                if name != BODY:
                    local, central = _entry(name, package.read(name), len(self.before))
                    self.before += local
                    self.directory += central
                    self.count += 1

    def made(self, context: Mapping[str, object]) -> bytes:
        """The finished package."""
        body = self.template.render(context).encode()
        local, central = _entry(BODY, body, len(self.before))
        directory = self.directory + central
        start = len(self.before) + len(local)
        end = struct.pack(
            "<4s4H2LH", b"PK\5\6", 0, 0, self.count, self.count, len(directory), start, 0
        )
        return b"".join((self.before, local, directory, end))


def _entry(name: str, data: bytes, at: int) -> tuple[bytes, bytes]:
    """A member of a zip file: what stands before the data with the data, and its index line."""
    packed = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = packed.compress(data) + packed.flush()
    head = (20, 0, 8, 0, 33, zlib.crc32(data), len(body), len(data), len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *head) + name.encode() + body
    central = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *head, 0, 0, 0, 0, at) + name.encode()
    return local, central


if __name__ == "__main__":
    main()
