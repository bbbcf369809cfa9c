"""Word papers made from a few lines: one that is right in form, and what is changed in it.

A line names a part and what it has instead: `quốc hiệu: cỡ 14, không đậm`. The parts are those of
`PARTS`, and `trang` (pages), `số trang`, `kẻ tiêu ngữ`, `kẻ cơ quan`, `kẻ trích yếu` (rules, with
their length in points), `kiểu` (the sort of paper). Looks: `cỡ N`, `đậm`, `không đậm`, `nghiêng`,
`đứng`, `giữa`, `trái`, `đều`, `phông X`, `màu X`, `thụt N cm`, `trước N`, `sau N`, `giãn N`,
`chữ ...` (to the end of the line), `không có`, `thêm N` (so many more like it).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MM = 1440 / 25.4
_ALIGN = {"giữa": "center", "trái": "left", "đều": "both", "phải": "right"}


@dataclass(frozen=True)
class Look:
    """How a part of the paper looks."""

    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "giữa"
    font: str = ""
    colour: str = ""
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    shown: bool = True
    more: int = 0


def _text(text: str, **looks: object) -> Look:
    return replace(Look(text, align="đều", first=1.27, before=6.0), **looks)  # type: ignore[arg-type]


PARTS = {
    "cơ quan chủ quản": Look("UBND XÃ ĐÔNG XUÂN", 13, shown=False),
    "cơ quan": Look("ỦY BAN NHÂN DÂN XÃ ĐÔNG XUÂN", 13, bold=True),
    "quốc hiệu": Look("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True),
    "tiêu ngữ": Look("Độc lập - Tự do - Hạnh phúc", 14, bold=True),
    "số": Look("Số: 15/KH-UBND", 13),
    "về việc": Look("V/v đăng ký mô hình Dân vận khéo năm 2027", 12, shown=False),
    "địa danh": Look("Đông Xuân, ngày 05 tháng 02 năm 2027", 14, italic=True),
    "tên loại": Look("KẾ HOẠCH", 14, bold=True),
    "trích yếu": Look("Công tác dân vận năm 2027 trên địa bàn xã Đông Xuân", 14, bold=True),
    "căn cứ": _text("Căn cứ Quyết định số 25/QĐ-UBND ngày 20 tháng 01 năm 2027 của Ủy ban nhân dân thành phố;", italic=True),
    "mục": _text("I. MỤC ĐÍCH, YÊU CẦU", bold=True),
    "khoản": _text("1. Nâng cao trách nhiệm của công chức trong công tác dân vận."),
    "điểm": _text("a) Công khai thủ tục hành chính tại nơi tiếp công dân."),
    "lời văn": _text("Các cơ quan, đơn vị của xã tổ chức quán triệt nội dung Kế hoạch này đến công chức, viên chức và Nhân dân, báo cáo kết quả đúng thời hạn."),
    "kết": _text("Trên đây là Kế hoạch công tác dân vận năm 2027 của xã Đông Xuân, đề nghị các cơ quan, đơn vị thực hiện./."),
    "nơi nhận": Look("Nơi nhận:", 12, bold=True, italic=True, align="trái"),
    "dòng nơi nhận": Look("- Đảng ủy xã;", 11, align="trái"),
    "lưu": Look("- Lưu: VT, VHXH.", 11, align="trái"),
    "quyền hạn": Look("TM. ỦY BAN NHÂN DÂN", 14, bold=True),
    "chức vụ": Look("CHỦ TỊCH", 14, bold=True),
    "họ tên": Look("Nguyễn Văn An", 14, bold=True),
    "phụ lục": Look("Phụ lục", 14, bold=True, shown=False),
    "tên phụ lục": Look("PHÂN CÔNG NHIỆM VỤ", 14, bold=True, shown=False),
    "kèm theo": Look("(Kèm theo Kế hoạch số 15/KH-UBND ngày 05 tháng 02 năm 2027)", 14, italic=True, shown=False),
}  # fmt: skip


@dataclass
class Paper:
    """A paper: the looks of its parts, its pages, its rules."""

    parts: dict[str, Look] = field(default_factory=lambda: dict(PARTS))
    page: dict[str, float] = field(
        default_factory=lambda: {
            "rộng": 210, "cao": 297, "trên": 20, "dưới": 20, "trái": 30, "phải": 15,
        }
    )  # fmt: skip
    number: dict[str, str] = field(
        default_factory=lambda: {"chỗ": "đầu trang", "canh": "giữa", "cỡ": "14", "trang đầu": "ẩn"}
    )
    rules: dict[str, float] = field(
        default_factory=lambda: {"kẻ tiêu ngữ": 168, "kẻ cơ quan": 60, "kẻ trích yếu": 140}
    )
    sort: str = "hành chính"
    pages: int = 2


def paper_of(changes: str) -> bytes:
    """The .docx of the right paper after `changes`, one on a line."""
    paper = Paper()
    for line in changes.split("\n"):
        if line.strip():
            name, _, looks = line.strip().partition(":")
            _change(paper, name.strip(), looks.strip())
    return _package(paper)


def _change(paper: Paper, name: str, looks: str) -> None:
    if name == "kiểu":
        paper.sort = looks
    elif name == "trang":
        for pair in looks.split(","):
            key, value = pair.split()
            paper.page[key] = float(value)
    elif name == "tổng số trang":
        paper.pages = int(looks)
    elif name == "số trang":
        _number(paper, looks)
    elif name in paper.rules:
        paper.rules[name] = 0.0 if looks == "không có" else float(looks.removeprefix("dài "))
    else:
        paper.parts[name] = _changed(replace(paper.parts[name], shown=True), looks)


def _number(paper: Paper, looks: str) -> None:
    for look in (part.strip() for part in looks.split(",")):
        if look == "không có":
            paper.number["không có"] = look
        elif look in ("chân trang", "đầu trang"):
            paper.number["chỗ"] = look
        elif look in _ALIGN:
            paper.number["canh"] = look
        elif look == "hiện ở trang đầu":
            paper.number["trang đầu"] = "hiện"
        else:
            paper.number["cỡ"] = look.removeprefix("cỡ ")


def _changed(look: Look, looks: str) -> Look:
    looks, mark, text = looks.partition("chữ ")
    if mark:
        look = replace(look, text=text)
    for one in (part.strip() for part in looks.split(",")):
        look = _one(look, one) if one else look
    return look


def _one(look: Look, one: str) -> Look:
    word, _, rest = one.partition(" ")
    figure = re.match(r"\d[\d.]*", rest)
    number = float(figure.group()) if figure else 0.0
    fixed: dict[str, dict[str, bool]] = {
        "không có": {"shown": False},
        "đậm": {"bold": True},
        "không đậm": {"bold": False},
        "nghiêng": {"italic": True},
        "đứng": {"italic": False},
    }
    if one in fixed:
        return replace(look, **fixed[one])  # type: ignore[arg-type]
    if one in _ALIGN:
        return replace(look, align=one)
    by_word = {
        "cỡ": "size", "thụt": "first", "trước": "before", "sau": "after", "giãn": "line",
    }  # fmt: skip
    if word in by_word:
        return replace(look, **{by_word[word]: number})  # type: ignore[arg-type]
    if word == "thêm":
        return replace(look, more=int(number))
    return replace(look, **{{"phông": "font", "màu": "colour"}[word]: rest})  # type: ignore[arg-type]


def _package(paper: Paper) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in _files(paper).items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _files(paper: Paper) -> dict[str, str]:
    kind = "header" if paper.number.get("chỗ") == "đầu trang" else "footer"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        f'<Override PartName="/word/so.xml" ContentType="{_WORD}.{kind}+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/{kind}" Target="so.xml"/></Relationships>',
        "word/styles.xml": f"<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults></w:styles>",
        "word/so.xml": _number_part(paper, kind),
        "word/document.xml": _document(paper, kind),
        "docProps/app.xml": f"<Properties><Pages>{paper.pages}</Pages></Properties>",
    }


def _number_part(paper: Paper, kind: str) -> str:
    tag = "hdr" if kind == "header" else "ftr"
    field = ""
    if "không có" not in paper.number:
        size = round(float(paper.number["cỡ"]) * 2)
        field = (
            f'<w:p><w:pPr><w:jc w:val="{_ALIGN[paper.number["canh"]]}"/></w:pPr>'
            '<w:fldSimple w:instr=" PAGE ">'
            f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>2</w:t></w:r></w:fldSimple></w:p>'
        )
    return f"<w:{tag} {_NS}>{field or '<w:p/>'}</w:{tag}>"


def _document(paper: Paper, kind: str) -> str:
    page = {name: round(value * _MM) for name, value in paper.page.items()}
    section = (
        f'<w:sectPr><w:{kind}Reference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="{page["rộng"]}" w:h="{page["cao"]}"/>'
        f'<w:pgMar w:top="{page["trên"]}" w:bottom="{page["dưới"]}" w:left="{page["trái"]}"'
        f' w:right="{page["phải"]}" w:header="567" w:footer="567" w:gutter="0"/>'
        f"{'<w:titlePg/>' if paper.number.get('trang đầu') == 'ẩn' else ''}</w:sectPr>"
    )
    return f"<w:document {_NS}><w:body>{_body(paper)}{section}</w:body></w:document>"


def _body(paper: Paper) -> str:
    annex = [_part(paper, name) for name in ("phụ lục", "tên phụ lục", "kèm theo")]
    if paper.sort == "phụ lục":
        return "".join([*annex, _part(paper, "lời văn")])
    head = _head(paper) if paper.sort == "hành chính" else ""
    if paper.sort == "của Đảng":
        head = _table(
            [["ĐẢNG ỦY XÃ ĐÔNG XUÂN", "*"], ["ĐẢNG CỘNG SẢN VIỆT NAM", "Đông Xuân, ngày 5 tháng 2 năm 2027"]],
        )  # fmt: skip
    text = [
        _part(paper, name)
        for name in ("tên loại", "trích yếu", "căn cứ", "mục", "khoản", "điểm", "lời văn", "kết")
    ]
    text.insert(2, _rule(paper, "kẻ trích yếu", "center"))
    end = _cells(
        [
            [_part(paper, name) for name in ("nơi nhận", "dòng nơi nhận", "lưu")],
            [_part(paper, name) for name in ("quyền hạn", "chức vụ")]
            + ["<w:p/>" * 4, _part(paper, "họ tên")],
        ]
    )
    return "".join([head, *text, end, *annex, "<w:p/>"])


def _head(paper: Paper) -> str:
    left = [_part(paper, name) for name in ("cơ quan chủ quản", "cơ quan")]
    left += [_rule(paper, "kẻ cơ quan", "center"), _part(paper, "số"), _part(paper, "về việc")]
    right = [_part(paper, name) for name in ("quốc hiệu", "tiêu ngữ")]
    right += [_rule(paper, "kẻ tiêu ngữ", "center"), _part(paper, "địa danh")]
    return _cells([left, right])


def _table(cells: list[list[str]]) -> str:
    return _cells([[_paragraph(Look(text)) for text in cell] for cell in cells])


def _cells(cells: list[list[str]]) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
        for width, cell in zip((3600, 5700), cells, strict=True)
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>'
        f'<w:gridCol w:w="3600"/><w:gridCol w:w="5700"/></w:tblGrid><w:tr>{made}</w:tr></w:tbl>'
    )


def _rule(paper: Paper, name: str, align: str) -> str:
    length = paper.rules[name]
    drawn = f'<w:r><w:pict><v:line from="0,0" to="{length}pt,0"/></w:pict></w:r>' if length else ""
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{drawn}</w:p>'


def _part(paper: Paper, name: str) -> str:
    look = paper.parts[name]
    return _paragraph(look) * (1 + look.more) if look.shown else ""


def _paragraph(look: Look) -> str:
    font = f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}"/>' if look.font else ""
    colour = f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    first = f'<w:ind w:firstLine="{round(look.first * 567)}"/>' if look.first else ""
    return (
        f'<w:p><w:pPr><w:spacing w:before="{round(look.before * 20)}"'
        f' w:after="{round(look.after * 20)}" w:line="{round(look.line * 240)}"'
        f' w:lineRule="auto"/>{first}<w:jc w:val="{_ALIGN[look.align]}"/></w:pPr>'
        f"<w:r><w:rPr>{font}{'<w:b/>' * look.bold}{'<w:i/>' * look.italic}{colour}"
        f'<w:sz w:val="{round(look.size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(look.text)}</w:t></w:r></w:p>'
    )
