"""Small Word files and small contents made by hand, and the shipped template."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

from lxml import etree

from danvan_cli.prose import Origin, Prose, prose
from danvan_cli.render.content import (
    BodyBlock,
    Content,
    ListLine,
    PrintedAnnex,
    PrintedSignature,
    Recipients,
    Row,
    RowFields,
    RowGroup,
    Table,
)
from danvan_cli.render.names import names
from danvan_cli.render.template import Template
from danvan_cli.text import breakable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = f'xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}"'
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TEMPLATES = Path(__file__).parents[2] / "templates"
MAIN = TEMPLATES / "van-ban.docx"


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
    """The words of `paragraph`, what holds them together left out."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return breakable(
        "".join(
            (element.text or "") if element.tag == f"{W}t" else signs.get(str(element.tag), "")
            for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        )
    )


def texts_of(data: bytes) -> list[str]:
    return [text_of(paragraph) for paragraph in body_of(data).iter(f"{W}p")]


def words(text: str) -> Prose:
    return prose(text, Origin.CATALOGUE)


def content(**given: object) -> Content:
    """A document that says what is given: texts, lists of texts, blocks."""
    made: dict[str, Any] = {}
    hints = {name.path for name in names()}
    for name, value in given.items():
        assert name in hints or name in ("ky", "ky_cung", "noi_nhan", "phu_luc"), name
        if isinstance(value, str):
            made[name] = words(value)
        elif isinstance(value, list) and name in ("can_cu", "trich_yeu"):
            made[name] = tuple(ListLine(f"k{at}", words(text)) for at, text in enumerate(value))
        elif isinstance(value, list):
            made[name] = tuple(words(v) if isinstance(v, str) else v for v in value)
        else:
            made[name] = value
    return Content(**made)


def table_of(*rows: Row) -> BodyBlock:
    """A task table of one group with the five usual columns."""
    heads = RowFields(
        tt=words("TT"),
        noi_dung=words("Nhiệm vụ"),
        chu_tri=words("Cơ quan chủ trì"),
        phoi_hop=words("Cơ quan phối hợp"),
        thoi_gian=words("Thời gian"),
    )
    group = RowGroup("nhom", words("1"), words("NHÓM MỘT"), rows)
    return BodyBlock("bang", "bang", bang=Table(heads, (group,)))


def row(tt: str, noi_dung: str = "Việc & việc", **more: Any) -> Row:
    """A task with the usual agencies and deadline, or those given."""
    cells = {"chu_tri": "Phòng Kinh tế", "phoi_hop": "Công an", "thoi_gian": "Quý I", **more}
    made: dict[str, Any] = {n: words(v) if isinstance(v, str) else v for n, v in cells.items()}
    return Row(tt=words(tt), noi_dung=words(noi_dung), ma=f"viec-{tt}", **made)


def whole() -> Content:
    """A document that says something under every name, two annexes among it."""
    blocks = [
        BodyBlock("muc", "tieu_de", words("MỤC ĐÍCH"), words("I."), 1),
        BodyBlock("muc2", "tieu_de", words("Yêu cầu"), words("1."), 2),
        BodyBlock("muc3", "tieu_de", words("Về nhận thức"), words("a)"), 3),
        BodyBlock("doan", "doan", words("Một đoạn văn.")),
        BodyBlock("khoan", "khoan", words("Một khoản."), words("1.")),
        BodyBlock("diem", "diem", words("Một điểm."), words("a)")),
        BodyBlock("dieu", "dieu", words("Một điều."), words("Điều 1.")),
        BodyBlock("ds", "viec", words("Một việc."), words("1."), 0, ("viec-a",), "noi_dung"),
        BodyBlock(
            "ds", "dong", words("Năm nay."), words("- Thời gian:"), 0, ("viec-a",), "thoi_gian"
        ),
        BodyBlock("ds", "gach", words("Các cơ quan:"), words("-")),
        BodyBlock("ds", "cong", words("Công an."), words("+")),
        table_of(
            row("1", "Cha", co_diem=True, chu_tri="", phoi_hop="", thoi_gian=""),
            row("a", "Con có chú thích", chu_thich=(words("Lời chú & thêm."), words("Đoạn hai."))),
        ),
        BodyBlock("cuoi", "doan", words("Đoạn cuối./.")),
    ]
    heads = RowFields(tt=words("TT"), noi_dung=words("Mục tiêu"), thuc_hien=words("Ai làm"))
    annexes = tuple(
        PrintedAnnex(
            f"pl-{number}",
            words(f"Phụ lục {number}"),
            words("MỤC TIÊU"),
            words("(Kèm theo Kế hoạch)"),
            Table(heads, (RowGroup(hang=(Row(tt=words("1"), noi_dung=words("A\nB"), ma="m"),)),)),
        )
        for number in ("I", "II")
    )
    return content(
        co_quan=["ỦY BAN NHÂN DÂN", "XÃ ĐÔNG XUÂN"],
        quoc_hieu="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        tieu_ngu="Độc lập - Tự do - Hạnh phúc",
        so_ky_hieu="Số: 12/KH-UBND",
        dia_danh_ngay="Đông Xuân, ngày 05 tháng 02 năm 2030",
        ten_loai="KẾ HOẠCH",
        trich_yeu=["Công tác dân vận", "trên địa bàn xã"],
        kem_theo=["(Kèm theo Quyết định)"],
        tham_quyen="ỦY BAN NHÂN DÂN XÃ ĐÔNG XUÂN",
        can_cu=["Căn cứ Luật;", "Căn cứ Nghị định."],
        lenh="QUYẾT ĐỊNH:",
        noi_dung=blocks,
        noi_nhan=Recipients(words("Nơi nhận:"), (ListLine("luu", words("- Lưu: VT.")),)),
        ky=PrintedSignature(
            (words("TM. ỦY BAN NHÂN DÂN"), words("CHỦ TỊCH")), words("Nguyễn Văn A")
        ),
        ky_cung=PrintedSignature((words("TM. BAN THƯỜNG TRỰC"),), words("Trần Thị B")),
        phu_luc=annexes,
    )


class Make(Protocol):
    """What the fixture `make` gives: a template of lines, or of the body `xml`."""

    def __call__(
        self, *lines: str, xml: str = "", parts: Mapping[str, bytes] | None = None
    ) -> Template: ...
