"""What a document says before it is a file: head, blocks, tables, annexes, signature.

Every value keeps whose words it prints: the id of its block or task, its field, and through
`Prose` the place of each word. The fields are the names that templates use; `said` gives them
their meaning and an example, and a field without it is not for templates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from danvan_cli.findings import Place
from danvan_cli.nodes import NOWHERE
from danvan_cli.prose import NOTHING, Origin, Prose

BlockKind: TypeAlias = Literal[
    "tieu_de", "doan", "khoan", "diem", "dieu", "gach", "cong", "viec", "dong", "bang"
]
ROW_FIELDS = (
    *("tt", "noi_dung", "chu_tri", "thuc_hien", "phoi_hop", "hinh_thuc", "thoi_gian", "thang"),
    *("cu", "moi", "ghi_chu"),
)
"""The fields of a row that a column may show."""


def template_field(
    meaning: str, example: str = "", default: Any = NOTHING, within: str = ""
) -> Any:
    """A field that a template may name: what it means, and what it may print.

    `within` goes before the meanings of its members.
    """
    metadata = {"meaning": meaning, "example": example, "within": within}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class ListLine:
    """A line of a list of the document, and the block `ma` it comes from."""

    ma: str
    chu: Prose

    @property
    def place(self) -> Place:
        """Where its first words stand."""
        return self.chu.place


@dataclass(frozen=True)
class RowCell:
    """One field of one task as printed."""

    ma: str
    truong: str
    chu: Prose


@dataclass(frozen=True)
class RowFields:
    """The fields of a row, or the names of the columns that show them; empty where there is none."""

    tt: Prose = template_field("số thứ tự", "1.1")
    noi_dung: Prose = template_field("lời của nhiệm vụ", "Tuyên truyền, quán triệt các văn bản")
    chu_tri: Prose = template_field("cơ quan chủ trì", "Phòng Văn hóa - Xã hội")
    thuc_hien: Prose = template_field("cơ quan thực hiện", "Các cơ quan, đơn vị")
    phoi_hop: Prose = template_field("cơ quan phối hợp", "Công an xã")
    hinh_thuc: Prose = template_field("hình thức thực hiện", "Hội nghị")
    thoi_gian: Prose = template_field("thời gian thực hiện", "Quý II/2030")
    thang: Prose = template_field("các tháng làm việc ấy", "4 - 6")
    cu: Prose = template_field("bên cũ của bảng so sánh", "Tuyên truyền các văn bản")
    moi: Prose = template_field("bên mới của bảng so sánh", "Tuyên truyền, quán triệt các văn bản")
    ghi_chu: Prose = template_field("điều đã đổi, hoặc lý do", "Sửa nội dung")


@dataclass(frozen=True)
class Row(RowFields):
    """A row of a table: a task, or a line of an annex; `place` is where the task stands.

    `co_diem` says that rows below are its points, `ten_gon` that the words of the task are the
    few that stand for it.
    """

    ma: str = ""
    chu_thich: tuple[Prose, ...] = ()
    co_diem: bool = False
    ten_gon: bool = False
    place: Place = NOWHERE

    def cell(self, truong: str) -> RowCell:
        """The cell of the column that shows `truong`, under the name of what it prints."""
        short = self.ten_gon and truong == "noi_dung"
        return RowCell(self.ma, "ten_gon" if short else truong, getattr(self, truong))


@dataclass(frozen=True)
class RowGroup:
    """Rows under one heading; an annex has a single group without name."""

    ma: str = ""
    tt: Prose = template_field("số của nhóm", "1")
    ten: Prose = template_field("tên nhóm", "CÁC NHIỆM VỤ VỀ TUYÊN TRUYỀN")
    hang: tuple[Row, ...] = template_field("các nhiệm vụ của nhóm", default=())


@dataclass(frozen=True)
class Table:
    """A task list, or an annex, as a table: the names of its columns, its rows in groups."""

    cot: RowFields = RowFields()
    nhom: tuple[RowGroup, ...] = ()

    def rows(self) -> Iterator[Row]:
        """The rows of all groups, in order."""
        for group in self.nhom:
            yield from group.hang


@dataclass(frozen=True)
class BodyBlock:
    """A paragraph or a table of the body.

    `ma` is the block of the outline it comes from, `nhiem_vu` the tasks it speaks of and
    `truong` their field; `so` is what stands before its words: a number, a dash, a label.
    """

    ma: str = ""
    loai: BlockKind = template_field("loại khối", "gach", default="doan")
    chu: Prose = template_field("lời của khối", "Phối hợp chặt chẽ với Mặt trận Tổ quốc.")
    so: Prose = template_field("số, gạch hoặc nhãn đứng trước", "1.")
    cap: int = template_field("cấp của tiêu đề", "1", default=0)
    nhiem_vu: tuple[str, ...] = ()
    truong: str = ""
    bang: Table | None = None

    @property
    def place(self) -> Place:
        """Where its first words stand."""
        return self.chu.place


@dataclass(frozen=True)
class PrintedAnnex:
    """A phụ lục: its heading and its table."""

    ma: str = ""
    ten: Prose = template_field("số của phụ lục", "Phụ lục I")
    tieu_de: Prose = template_field("tên phụ lục", "MỤC TIÊU THỰC HIỆN")
    kem_theo: Prose = template_field("dòng kèm theo", "(Kèm theo Kế hoạch số 12/KH-UBND)")
    bang: Table = Table()

    @property
    def cot(self) -> RowFields:
        """The names of the columns."""
        return self.bang.cot

    @property
    def hang(self) -> tuple[Row, ...]:
        """The rows."""
        return tuple(self.bang.rows())


@dataclass(frozen=True)
class Recipients:
    """Nơi nhận: the label and the lines."""

    nhan: Prose = template_field("nhãn nơi nhận", "Nơi nhận:")
    dong: tuple[ListLine, ...] = template_field("các nơi nhận, mỗi nơi một đoạn", "- Lưu: VT.", ())


@dataclass(frozen=True)
class PrintedSignature:
    """Who signs: the lines of authority and post, and the name, empty where it is not known."""

    quyen_han: tuple[Prose, ...] = template_field(
        "quyền hạn, chức vụ người ký, mỗi dòng một đoạn", "TM. ỦY BAN NHÂN DÂN", ()
    )
    ho_ten: Prose = template_field("họ tên người ký, trống khi chưa biết", "Nguyễn Văn A")


@dataclass(frozen=True)
class Content:
    """One document, all of it words."""

    co_quan: tuple[Prose, ...] = template_field(
        "cơ quan ban hành, mỗi dòng một đoạn", "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG XUÂN", ()
    )
    quoc_hieu: Prose = template_field("quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    tieu_ngu: Prose = template_field("tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    so_ky_hieu: Prose = template_field("số, ký hiệu", "Số: 12/KH-UBND")
    dia_danh_ngay: Prose = template_field("địa danh, ngày", "Đông Xuân, ngày 05 tháng 02 năm 2030")
    ten_loai: Prose = template_field("tên loại văn bản", "KẾ HOẠCH")
    trich_yeu: tuple[ListLine, ...] = template_field(
        "trích yếu, mỗi dòng một đoạn", "Thực hiện công tác dân vận năm 2030", ()
    )
    kem_theo: tuple[Prose, ...] = template_field(
        "dòng kèm theo của văn bản ban hành kèm quyết định", "(Kèm theo Quyết định số 31)", ()
    )
    tham_quyen: Prose = template_field("thẩm quyền ban hành", "ỦY BAN NHÂN DÂN XÃ ĐÔNG XUÂN")
    can_cu: tuple[ListLine, ...] = template_field(
        "các căn cứ, mỗi căn cứ một đoạn", "Căn cứ Luật Tổ chức chính quyền địa phương;", ()
    )
    lenh: Prose = template_field("lời ban hành", "QUYẾT ĐỊNH:")
    noi_dung: tuple[BodyBlock, ...] = template_field(
        "toàn bộ nội dung: đề mục, đoạn, danh sách, bảng nhiệm vụ", default=()
    )
    noi_nhan: Recipients = template_field("nơi nhận", default=Recipients())
    ky: PrintedSignature = template_field("chữ ký", default=PrintedSignature())
    ky_cung: PrintedSignature = template_field(
        "chữ ký của cơ quan cùng ban hành",
        default=PrintedSignature(),
        within="cơ quan cùng ban hành, của văn bản liên tịch: ",
    )
    phu_luc: tuple[PrintedAnnex, ...] = template_field(
        "các phụ lục, mỗi phụ lục một phần riêng", default=()
    )

    def tables(self) -> Iterator[Table]:
        """The task tables of the body."""
        for block in self.noi_dung:
            if block.bang is not None:
                yield block.bang

    @property
    def cot(self) -> RowFields:
        """The names of the columns of the task tables."""
        return next((table.cot for table in self.tables()), RowFields())

    @property
    def nhom(self) -> tuple[RowGroup, ...]:
        """The groups of the task tables."""
        return tuple(group for table in self.tables() for group in table.nhom)

    @property
    def nhiem_vu(self) -> tuple[Row, ...]:
        """The rows of the task tables."""
        return tuple(row for table in self.tables() for row in table.rows())

    def printed(self) -> Iterator[str]:
        """The blocks of the outline that it prints, by `ma`."""
        lines = (*self.trich_yeu, *self.can_cu, *self.noi_nhan.dong)
        yield from (line.ma for line in lines if any(c.isalnum() for c in str(line.chu)))
        yield from (block.ma for block in self.noi_dung)
        yield from (annex.ma for annex in self.phu_luc)
        yield from (row.ma for annex in self.phu_luc for row in annex.hang)

    def proses(self) -> list[Prose]:
        """Every piece of prose of the document, in the order of the fields."""
        made: list[Prose] = []
        _gather(self, made)
        return made

    def shares(self) -> Counter[Origin]:
        """How many of its words come from the catalogue, from a rule, from the unit's file."""
        return sum((text.words() for text in self.proses()), Counter())


def _gather(value: Any, made: list[Prose]) -> None:
    """Put the prose in a list or in the fields of a value into `made`."""
    kind: Any = type(value)
    for member in value if kind is tuple else [getattr(value, name) for name in _parts(kind)]:
        below: Any = type(member)
        if below is Prose:
            made.append(member)
        elif below is tuple or _parts(below):
            _gather(member, made)


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields of values of a class; a place, a number and a plain text have no words in them."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


@dataclass(frozen=True)
class BlockStyle:
    """A kind of block: its style in Word, what it is, an example of its number and words."""

    style: str
    meaning: str
    lead: str = ""
    words: str = "Tăng cường công tác dân vận trên địa bàn xã."


BLOCK_STYLES = {
    "tieu_de1": BlockStyle("heading 1", "tiêu đề cấp 1", "I.", "MỤC ĐÍCH, YÊU CẦU"),
    "tieu_de2": BlockStyle("heading 2", "tiêu đề cấp 2", "1.", "Mục đích"),
    "tieu_de3": BlockStyle("heading 3", "tiêu đề cấp 3", "a)", "Về nhận thức"),
    "doan": BlockStyle("Body Text", "đoạn văn"),
    "khoan": BlockStyle("Khoản", "khoản đánh số 1, 2, 3", "1."),
    "diem": BlockStyle("Điểm", "điểm đánh chữ a, b, c", "a)"),
    "dieu": BlockStyle("Điều", "điều của quyết định", "Điều 1.", "Quyết định này có hiệu lực."),
    "gach": BlockStyle("Gạch đầu dòng", "gạch đầu dòng", "-"),
    "cong": BlockStyle("Cộng đầu dòng", "dòng có dấu cộng", "+"),
    "viec": BlockStyle("Việc", "nhiệm vụ kể từng việc", "1."),
    "dong": BlockStyle(
        "Dòng thực hiện", "dòng giao việc", "- Thời gian thực hiện:", "Quý II/2030."
    ),
}
"""Kind and level to style; styles "<style> - nhãn" and "<style> - lời" of characters, where a
template has them, are those of the number and of the words."""
