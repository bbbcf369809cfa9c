"""Papers as offices make them: by python-docx, with the habits that are met in their files.

A paper is a few words: `head` is how its letterhead stands, `rules` how its lines are drawn,
`fonts` where its typeface comes from, `first` how first lines are indented, `sort` what it is.
`wrong` changes the looks of its parts, by name: size, bold, italic, text, align, font.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Mm, Pt

TIMES = "Times New Roman"
_ALIGN = {
    "giữa": WD_ALIGN_PARAGRAPH.CENTER, "đều": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "trái": WD_ALIGN_PARAGRAPH.LEFT, "phải": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip
_BOLD: dict[str, Any] = {"bold": True}
_ITALIC: dict[str, Any] = {"italic": True}
LOOKS: dict[str, dict[str, Any]] = {
    "cơ quan": {"size": 13, **_BOLD, "align": "giữa"},
    "quốc hiệu": {"size": 13, **_BOLD, "align": "giữa"},
    "tiêu ngữ": {"size": 14, **_BOLD, "align": "giữa"},
    "số": {"size": 13, "align": "giữa"},
    "ngày": {"size": 14, **_ITALIC, "align": "giữa"},
    "về việc": {"size": 12, "align": "giữa"},
    "tên loại": {"size": 14, **_BOLD, "align": "giữa"},
    "trích yếu": {"size": 14, **_BOLD, "align": "giữa"},
    "thẩm quyền": {"size": 14, **_BOLD, "align": "giữa"},
    "căn cứ": {"size": 14, **_ITALIC, "align": "đều"},
    "mục": {"size": 14, **_BOLD, "align": "đều"},
    "điều": {"size": 14, **_BOLD, "align": "đều"},
    "lời văn": {"size": 14, "align": "đều"},
    "nơi nhận": {"size": 12, **_BOLD, **_ITALIC, "align": "trái"},
    "dòng": {"size": 11, "align": "trái"},
    "chức vụ": {"size": 14, **_BOLD, "align": "giữa"},
    "họ tên": {"size": 14, **_BOLD, "align": "giữa"},
    "phụ lục": {"size": 14, **_BOLD, "align": "giữa"},
    "kèm theo": {"size": 14, **_ITALIC, "align": "giữa"},
}
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
OFFICE = ("ỦY BAN NHÂN DÂN", "XÃ ĐÔNG XUÂN")
DATE = "Đông Xuân, ngày 05 tháng 02 năm 2027"
TEXT = (
    "Các cơ quan, đơn vị của xã tổ chức quán triệt nội dung này đến công chức, viên chức và"
    " Nhân dân trên địa bàn, báo cáo kết quả đúng thời hạn, gửi Phòng Văn hóa - Xã hội tổng hợp."
)
LENGTHS = {"cơ quan": 60.0, "tiêu ngữ": 178.0, "trích yếu": 110.0}
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


@dataclass
class Office:
    """A paper being made."""

    head: str = "bảng"
    rules: str = "viền"
    fonts: str = "thẳng"
    first: str = "thụt"
    sort: str = "kế hoạch"
    annex: str = ""
    pages: int = 1
    number: str = "đầu trang"
    wrong: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)
    margins: tuple[float, float, float, float] = (20, 20, 30, 15)

    def made(self) -> bytes:
        """The .docx."""
        self.document = Document()
        self._fonts()
        top, bottom, left, right = self.margins
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        self._numbers(section)
        {"bảng": self._table, "ba cột": self._table, "một ô": self._table, "tab": self._tabs}[
            self.head
        ]()
        self._text()
        self._ending()
        if self.annex:
            self._annex()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _fonts(self) -> None:
        style = self.document.styles["Normal"]
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        if self.fonts == "kiểu":
            style.font.name, style.font.size = TIMES, Pt(14)
        if self.fonts.startswith("chủ đề"):
            own = (TIMES if self.fonts == "chủ đề" else "Arial").encode()
            part = next(
                p for p in self.document.part.package.iter_parts() if "theme" in str(p.partname)
            )
            part._blob = part.blob.replace(b"Cambria", own).replace(b"Calibri", own)

    def _numbers(self, section: Any) -> None:
        if not self.number:
            return
        section.different_first_page_header_footer = True
        margin = section.header if self.number == "đầu trang" else section.footer
        paragraph = margin.paragraphs[0]
        paragraph.alignment = _ALIGN["giữa"]
        field_ = parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:rPr><w:rFonts w:ascii="{TIMES}"'
            f' w:hAnsi="{TIMES}"/><w:sz w:val="26"/></w:rPr><w:t>2</w:t></w:r></w:fldSimple>'
        )
        paragraph._p.append(field_)

    def _write(self, paragraph: Any, part: str, text: str, *, more: str = "") -> Any:
        """`text` in `paragraph` as the part looks, then `more` as plain text of it."""
        look = {**LOOKS[part], **self.wrong.get(part, {})}
        paragraph.alignment = _ALIGN[look["align"]]
        paragraph.paragraph_format.line_spacing = look.get("line", 1.0)
        for words, plain in ((look.get("text", text), False), (more, True)):
            if not words:
                continue
            run = paragraph.add_run(words)
            run.font.size = Pt(look["size"])
            run.bold = bool(look.get("bold")) and not plain
            run.italic = bool(look.get("italic"))
            font = look.get("font", TIMES if self.fonts == "thẳng" else "")
            if font:
                run.font.name = font
                run._r.rPr.rFonts.set(f"{{{run._r.nsmap['w']}}}eastAsia", font)
        return paragraph

    def _rule(self, add: Any, part: str) -> None:
        long = {**LENGTHS, **self.lengths}[part]
        if not long:
            return
        paragraph = add()
        paragraph.alignment = _ALIGN["giữa"]
        if self.rules == "viền":
            cell = {"cơ quan": 180.0, "tiêu ngữ": 287.0, "trích yếu": 467.0}[part]
            side = Pt((cell - 10.8 * (part != "trích yếu") - long) / 2)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
            border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0"/></w:pBdr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(border))
        elif self.rules == "gạch":
            run = paragraph.add_run("_" * round(long / 7))
            run.font.size, run.font.name = Pt(14), TIMES
        else:
            line = f'<v:line from="0,0" to="{long}pt,0"/>'
            if self.rules == "hình cũ":
                line = f'<v:shape type="#_x0000_t32" style="width:{long}pt;height:0"/>'
            paragraph._p.append(
                parse_xml(f"<w:r {nsdecls('w')} {_V}><w:pict>{line}</w:pict></w:r>")
            )

    def _table(self) -> None:
        wide = [180, 0, 287] if self.head != "ba cột" else [170, 20, 277]
        wide = [w for w in wide if w]
        table = self.document.add_table(1 if self.head == "một ô" else 2, len(wide))
        table.autofit = False
        for column, width in zip(table.columns, wide, strict=True):
            column.width = Pt(width)
            for cell in column.cells:
                cell.width = Pt(width)
        left, right = table.rows[0].cells[0], table.rows[0].cells[-1]
        first = iter([left.paragraphs[0], right.paragraphs[0]])
        if self.head == "một ô":
            self._broken(next(first), "cơ quan", OFFICE)
        else:
            self._write(next(first), "cơ quan", OFFICE[0])
            self._write(left.add_paragraph(), "cơ quan", OFFICE[1])
        self._rule(left.add_paragraph, "cơ quan")
        self._write(next(first), "quốc hiệu", NATION)
        self._write(right.add_paragraph(), "tiêu ngữ", MOTTO)
        self._rule(right.add_paragraph, "tiêu ngữ")
        below = table.rows[-1].cells
        own = self.head == "một ô"
        self._write(left.add_paragraph() if own else below[0].paragraphs[0], "số", self.symbol)
        if self.sort == "công văn":
            self._write(
                (left if own else below[0]).add_paragraph(),
                "về việc",
                "V/v đăng ký mô hình Dân vận khéo",
            )
        self._write(right.add_paragraph() if own else below[-1].paragraphs[0], "ngày", DATE)

    def _broken(self, paragraph: Any, part: str, lines: Iterable[str]) -> None:
        """Lines parted by Shift+Enter in one paragraph."""
        for at, line in enumerate(lines):
            if at:
                paragraph.runs[-1].add_break(WD_BREAK.LINE)
            self._write(paragraph, part, line)

    def _tabs(self) -> None:
        def both(left: tuple[str, str], right: tuple[str, str]) -> None:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(180))
            self._write(paragraph, *left)
            paragraph.add_run("\t")
            self._write(paragraph, *right)
            paragraph.alignment = _ALIGN["trái"]

        both(("cơ quan", " ".join(OFFICE)[:15]), ("quốc hiệu", NATION))
        both(("cơ quan", OFFICE[1]), ("tiêu ngữ", MOTTO))
        both(("số", self.symbol), ("ngày", DATE))

    @property
    def symbol(self) -> str:
        """The number and symbol."""
        return {
            "kế hoạch": "Số: 15/KH-UBND",
            "quyết định": "Số: 31/QĐ-UBND",
            "công văn": "Số: 45/UBND-VHXH",
        }[self.sort]

    def _paragraph(self, part: str, text: str, *, more: str = "") -> None:
        paragraph = self.document.add_paragraph()
        layout = paragraph.paragraph_format
        before = {**LOOKS[part], **self.wrong.get(part, {})}.get("before", 6)
        if LOOKS[part]["align"] == "đều":
            layout.space_before = Pt(before)
            if self.first == "thụt":
                layout.first_line_indent = Cm(self.wrong.get(part, {}).get("first", 1.27))
            elif self.first == "tab":
                layout.tab_stops.add_tab_stop(Cm(1.27))
                text = f"\t{text}"
        self._write(paragraph, part, text, more=more)

    def _text(self) -> None:
        if self.sort == "công văn":
            self._write(
                self.document.add_paragraph(), "lời văn", "Kính gửi: Các cơ quan, đơn vị thuộc xã."
            ).alignment = _ALIGN["giữa"]
            for _ in range(3 * self.pages):
                self._paragraph("lời văn", TEXT)
            return
        decision = self.sort == "quyết định"
        self._paragraph("tên loại", self.sort.upper())
        self._paragraph(
            "trích yếu",
            "Về việc phê duyệt mô hình Dân vận khéo"
            if decision
            else "Công tác dân vận năm 2027 của xã Đông Xuân",
        )
        self._rule(self.document.add_paragraph, "trích yếu")
        if decision:
            self._paragraph("thẩm quyền", "ỦY BAN NHÂN DÂN XÃ ĐÔNG XUÂN")
        self._paragraph(
            "căn cứ",
            "Căn cứ Quyết định số 25/QĐ-UBND ngày 20 tháng 01 năm 2027 của Ủy ban nhân dân thành phố.",
        )
        if decision:
            self._paragraph("thẩm quyền", "QUYẾT ĐỊNH:")
            for number in (1, 2, 3):
                self._paragraph("điều", f"Điều {number}.", more=f" {TEXT}")
            return
        for number in range(1, self.pages + 1):
            self._paragraph("mục", f"{'I' * number}. MỤC ĐÍCH, YÊU CẦU")
            for at in range(1, 13 if self.pages > 1 else 4):
                self._paragraph("lời văn", f"{at}. {TEXT}")

    def _ending(self) -> None:
        table = self.document.add_table(1, 2)
        left, right = table.rows[0].cells
        self._write(left.paragraphs[0], "nơi nhận", "Nơi nhận:")
        for line in (
            "- Như trên;" if self.sort == "công văn" else "- Đảng ủy xã;",
            "- Lưu: VT, VHXH.",
        ):
            self._write(left.add_paragraph(), "dòng", line)
        self._write(right.paragraphs[0], "chức vụ", "TM. ỦY BAN NHÂN DÂN")
        self._write(right.add_paragraph(), "chức vụ", "CHỦ TỊCH")
        for _ in range(4):
            right.add_paragraph()
        self._write(right.add_paragraph(), "họ tên", "Nguyễn Văn An")

    def _annex(self) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        if self.annex == "ngang":
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        self._paragraph("phụ lục", "Phụ lục")
        self._paragraph("phụ lục", "PHÂN CÔNG NHIỆM VỤ")
        self._paragraph("kèm theo", "(Kèm theo Kế hoạch số 15/KH-UBND ngày 05 tháng 02 năm 2027)")
        table = self.document.add_table(3, 3, style="Table Grid")
        for row in table.rows:
            for cell, text in zip(row.cells, ("1", "Tuyên truyền", "Quý I"), strict=True):
                self._write(cell.paragraphs[0], "dòng", text)
