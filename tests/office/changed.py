"""The shipped template as people change it in Word: by styles, margins, tables and paragraphs."""

from __future__ import annotations

import copy
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from tests.render.word_files import MAIN

Change = Callable[[Any], None]


def picture() -> bytes:
    """A small red square, as a PNG."""
    rows = b"".join(b"\0" + b"\xc8\x10\x2e" * 24 for _ in range(24))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 24, 24, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def another_font(document: Any) -> None:
    """Normal is the font of everything."""
    document.styles["Normal"].font.name = "Tinos"
    document.styles["Normal"].font.size = Pt(13)


def a_logo(document: Any) -> None:
    """A picture above the name of the office."""
    first = document.tables[0].cell(0, 0).paragraphs[0]
    logo = first.insert_paragraph_before()
    logo.alignment = 1
    logo.add_run().add_picture(io.BytesIO(picture()), width=Mm(12))


def other_margins(document: Any) -> None:
    """The widest that the decree allows."""
    for section in document.sections:
        section.left_margin, section.right_margin = Mm(35), Mm(20)
        section.top_margin, section.bottom_margin = Mm(25), Mm(25)


def a_column_more(document: Any) -> None:
    """A column for remarks, with its heading typed."""
    table = document.tables[1]
    for column in table.columns:
        column.width = int(column.width * 0.85)
    table.add_column(Mm(20))
    cells = [row.cells[-1].paragraphs[0] for row in table.rows]
    for paragraph, style in zip(cells, ("Tiêu đề cột", "Ô bảng", "Ô bảng"), strict=True):
        paragraph.style = document.styles[style]
    cells[0].add_run("Ghi chú")


def recipients_moved(document: Any) -> None:
    """Nơi nhận below the signature, across the page."""
    table = document.tables[2]
    left = table.cell(0, 0)
    moved = [p for p in left.paragraphs if "noi_nhan" in p.text]
    kept = copy.deepcopy(moved[0]._p)
    for node in list(kept):
        if node.tag.endswith("}r"):
            kept.remove(node)
    for paragraph in reversed(moved):
        table._tbl.addnext(paragraph._p)
    left._tc.append(kept)


def words_changed(document: Any) -> None:
    """Words typed beside tags, and a line of the office's own."""
    title = next(p for p in document.paragraphs if "{{ ten_loai }}" in p.text)
    note = title.insert_paragraph_before("(Dự thảo trình Ủy ban nhân dân)")
    note.style = document.styles["Kèm theo"]
    recipients = next(
        p for p in document.tables[2].cell(0, 0).paragraphs if "noi_nhan.nhan" in p.text
    )
    recipients.runs[0].text = "{{ noi_nhan.nhan }} (bản điện tử)"


def title_moved(document: Any) -> None:
    """The name of the type and the abstract above the letterhead."""
    first = document.tables[0]._tbl
    for name in ("{{ ten_loai }}", "{{ trich_yeu }}"):
        first.addprevious(next(p for p in document.paragraphs if name in p.text)._p)


def a_column_dropped(document: Any) -> None:
    """The column of those who help, in the tables of tasks, as Word deletes a column."""
    table = document.tables[1]
    for row in table.rows:
        cells = row._tr.findall(row._tr.tag.replace("}tr", "}tc"))
        cells[3].getparent().remove(cells[3]) if len(cells) > 3 else None
    grid = table._tbl.tblGrid
    grid.remove(grid.findall(grid.tag.replace("}tblGrid", "}gridCol"))[3])
    table.rows[1]._tr.tc_lst[-1].grid_span = 3


def a_column_left_out(document: Any) -> None:
    """The same, with the remark that it is meant."""
    a_column_dropped(document)
    document.tables[1].cell(0, 0).paragraphs[0].add_run("{# không in: nhiem_vu.phoi_hop #}")


def styles_renamed(document: Any) -> None:
    """A style of blocks under another name."""
    document.styles["Gạch đầu dòng"].name = "Gạch của phường"


REFUSED: dict[str, tuple[Change, str]] = {
    "bỏ cột": (a_column_dropped, "nhiem_vu.phoi_hop"),
    "đổi tên kiểu": (styles_renamed, "“Gạch đầu dòng”"),
}
"""Changes that cannot be printed with, and what the refusal names."""
CHANGES: dict[str, Change] = {
    "phông khác": another_font,
    "có biểu trưng": a_logo,
    "lề khác": other_margins,
    "thêm cột": a_column_more,
    "chuyển nơi nhận": recipients_moved,
    "đổi lời": words_changed,
    "chuyển tên loại": title_moved,
    "bỏ cột, có ghi": a_column_left_out,
}


def changed(name: str) -> bytes:
    """The shipped template after the change `name`, as Word would save it."""
    document = Document(str(MAIN))
    change = CHANGES[name] if name in CHANGES else REFUSED[name][0]
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
