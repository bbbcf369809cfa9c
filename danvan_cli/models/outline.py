"""A document's outline: its frame, its blocks with ids, its annexes. All of it data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from danvan_cli.models.base import (
    DeadlineText,
    Gap,
    HeadingText,
    Id,
    Item,
    Many,
    PostId,
    RunningText,
    Says,
    Shorthand,
    TaskId,
    Word,
)
from danvan_cli.models.catalogue import Conditions, Helpers, Leads
from danvan_cli.text import slug

_ISSUER = re.compile(r"\{so_ngay\.([^{}]+)\}")
TaskForm = Literal["bang", "tung_viec", "theo_nhom", "tieu_de"]
UNSIGNED = "khong"
"""What stands for the post of a document that nobody signs by itself."""
Numbering = Literal["la_ma", "so", "so_kep", "chu", "khong"]
LINE_FIELDS = ("chu_tri", "thuc_hien", "phoi_hop", "hinh_thuc", "thoi_gian")
TEXT_KINDS = ("tieu_de", "doan", "gach", "cong", "khoan", "diem", "dieu")
CONTENT_FIELDS = ("doan", "gach", "cong", "khoan", "diem", "dieu", "tieu_de", "danh_sach", "dong")


class Lines(Item):
    """Các dòng giao việc: who leads, who helps, how, when."""

    chu_tri: Leads = Field((), title="Cơ quan chủ trì")
    thuc_hien: Leads = Field((), title="Cơ quan thực hiện")
    phoi_hop: Helpers = Field((), title="Cơ quan phối hợp")
    hinh_thuc: RunningText | None = Field(None, title="Hình thức thực hiện")
    thoi_gian: DeadlineText | None = Field(None, title="Thời gian thực hiện")


class TaskList(Item):
    """Danh sách nhiệm vụ: which tasks of the programme stand here, and in which form."""

    hinh_thuc: TaskForm | None = Field(
        None,
        title="Hình thức",
        description="bang, tung_viec, theo_nhom, hoặc tieu_de (mỗi nhiệm vụ là một tiêu đề); không ghi thì theo văn bản.",
    )
    nhiem_vu: Many[TaskId] = Field(
        (), title="Nhiệm vụ", description="Mã các nhiệm vụ; không ghi là mọi nhiệm vụ còn lại."
    )
    dong: Lines | None = Field(
        None, title="Dòng giao việc", description="Ghi khi không lấy theo nhiệm vụ."
    )


class Block(Item):
    """Khối: a heading with what stands under it, a paragraph, a task list or assignment lines."""

    IN_DOCUMENT: ClassVar[bool] = True
    ma: Id = Field(title="Mã")
    ap_dung: Conditions = Field((), title="Áp dụng")
    xac_nhan: Word | None = Field(
        None, title="Xác nhận", description="Điều phải xem lại trước khi ký; danvan render nhắc."
    )
    tieu_de: HeadingText | None = Field(None, title="Tiêu đề")
    danh_so: Numbering | None = Field(
        None, title="Đánh số", description="khong: tiêu đề không đánh số."
    )
    khoi: tuple[Block, ...] = Field((), title="Khối con")
    doan: RunningText | None = Field(None, title="Đoạn văn")
    gach: RunningText | None = Field(None, title="Gạch đầu dòng")
    cong: RunningText | None = Field(None, title="Gạch cộng")
    khoan: RunningText | None = Field(None, title="Khoản (1, 2, 3)")
    diem: RunningText | None = Field(None, title="Điểm (a, b, c)")
    dieu: RunningText | None = Field(None, title="Điều (của quyết định)")
    danh_sach: TaskList | None = Field(None, title="Danh sách nhiệm vụ")
    dong: Lines | None = Field(None, title="Các dòng giao việc")

    def walk(self) -> Iterator[Block]:
        """This block and all below it."""
        yield self
        for child in self.khoi:
            yield from child.walk()

    @model_validator(mode="after")
    def _one_content(self) -> Block:
        given = [name for name in CONTENT_FIELDS if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("one_content", "one content", {"given": ", ".join(given)})
        return self


class AnnexColumn(Item):
    """Cột của phụ lục."""

    ten: Word = Field(title="Tên cột")
    lay: Literal[
        "tt", "noi_dung", "chu_tri", "thuc_hien", "phoi_hop", "hinh_thuc", "thoi_gian", "thang"
    ] = Field(title="Lấy giá trị")


class Annex(Item):
    """Phụ lục: a table with rows of its own, or of the unit's tasks or targets."""

    IN_DOCUMENT: ClassVar[bool] = True
    ma: Id = Field(title="Mã")
    tieu_de: HeadingText = Field(title="Tên phụ lục")
    kem_theo: HeadingText = Field(title="Dòng kèm theo")
    xac_nhan: Word | None = Field(
        None, title="Xác nhận", description="Điều phải xem lại trước khi ký; danvan render nhắc."
    )
    cot: tuple[AnnexColumn, ...] = Field(title="Cột")
    ap_dung: Conditions = Field((), title="Áp dụng")
    khoi: tuple[Block, ...] = Field(
        (), title="Hàng", description="Mỗi khối một hàng; khối con có 'dong' giao việc của hàng ấy."
    )
    dong: Lines | None = Field(
        None, title="Các dòng giao việc", description="Của hàng không có khối con."
    )
    cua: Id | None = Field(
        None,
        title="Của khối nào",
        description="Mã khối của văn bản mà các hàng riêng nhắc lại, đứng sau hàng của nhiệm vụ.",
    )
    xep: Literal["co_quan_thoi_han", "muc_tieu", "nhiem_vu"] | None = Field(
        None,
        title="Xếp hàng",
        description="co_quan_thoi_han: mọi nhiệm vụ, theo cơ quan chủ trì rồi theo thời hạn;"
        " muc_tieu, nhiem_vu: của nghị quyết riêng; hồ sơ không ghi thì các hàng riêng.",
    )
    ca_nam: Word | None = Field(None, title="Cả năm", description="Chữ ở cột tháng khi làm cả năm.")


class ResolutionRow(Lines):
    """Một mục tiêu, nhiệm vụ của nghị quyết: its words, and who and when where the file says it."""

    noi_dung: RunningText = Field(title="Nội dung")


ResolutionRows = Many[Annotated[ResolutionRow, Shorthand("noi_dung")]]


class Resolution(Item):
    """Nghị quyết mà kế hoạch thực hiện: said once, printed wherever the outline speaks of it."""

    so_hieu: Word = Field(title="Số hiệu", description="Như 05-NQ/ĐU.")
    ngay: Word = Field(title="Ngày ban hành", description="Ngày/tháng/năm.")
    cua: Word = Field(title="Cơ quan ban hành")
    ve: Word = Field(title="Về việc gì", description="Trích yếu, không ghi chữ 'về'.")
    giai_doan: Word = Field(title="Giai đoạn thực hiện", description="Năm đầu - năm cuối.")
    muc_tieu: ResolutionRows = Field(
        (), title="Mục tiêu", description="Mỗi mục tiêu một hàng của phụ lục mục tiêu."
    )
    nhiem_vu: ResolutionRows = Field(
        (), title="Nhiệm vụ", description="Mỗi nhiệm vụ một hàng của phụ lục nhiệm vụ, giải pháp."
    )


class Outline(Item):
    """Văn bản mẫu của danh mục."""

    ma: Id = Field(title="Mã")
    loai: Id = Field(title="Loại", description="Một mã trong `loai` của van_ban/.")
    ten: Word = Field(title="Tên gọi", description="Như nói với người dùng.")
    mau: Word = Field(title="Mẫu", description="Tên tệp .docx trong thư mục templates.")
    ap_dung: Conditions = Field(
        (), title="Áp dụng", description="Đơn vị nào mặc nhiên có văn bản này."
    )
    mac_nhien: Literal["khong"] | None = Field(
        None, title="Mặc nhiên", description="khong: chỉ dùng khi hồ sơ đơn vị chọn bằng mau_chu."
    )
    ky_hieu: Word | None = Field(
        None, title="Ký hiệu", description="QĐ-UBND; không ghi thì văn bản không có số riêng."
    )
    nghi_quyet: Resolution | None = Field(
        None,
        title="Nghị quyết được thực hiện",
        description="Khi hồ sơ đơn vị không ghi nghị quyết của mình.",
    )
    la_nhiem_vu: TaskId | None = Field(
        None,
        title="Là nhiệm vụ",
        description="Mã nhiệm vụ mà chính văn bản này hoàn thành; văn bản không kể lại nó.",
    )
    ten_loai: HeadingText = Field(title="Tên loại")
    trich_yeu: Annotated[tuple[Block, ...], Says("tieu_de")] = Field(
        title="Trích yếu", description="Mỗi đoạn một dòng in."
    )
    kem_theo: Many[HeadingText] = Field((), title="Dòng kèm theo")
    tham_quyen: HeadingText | None = Field(None, title="Thẩm quyền ban hành")
    lenh: Word | None = Field(None, title="Lời ban hành", description="QUYẾT ĐỊNH:")
    can_cu: tuple[Block, ...] = Field((), title="Căn cứ")
    khoi: tuple[Block, ...] = Field((), title="Nội dung")
    danh_so: Many[Numbering] = Field(("la_ma", "so", "chu"), title="Đánh số các cấp tiêu đề")
    hinh_thuc: TaskForm = Field("tung_viec", title="Hình thức danh sách nhiệm vụ")
    nhan: dict[Literal["chu_tri", "thuc_hien", "phoi_hop", "hinh_thuc", "thoi_gian"], Word] = Field(
        default_factory=dict, title="Nhãn các dòng giao việc", description="Theo thứ tự in."
    )
    cot: Many[Word] = Field((), title="Tên các cột của bảng nhiệm vụ")
    ky: PostId | None = Field(
        None,
        title="Ký",
        description="Mã chức vụ ký khi hồ sơ không nói; không ghi là mã đầu trong ngon_tu.yaml."
        " khong: văn bản kèm theo, không ký riêng.",
    )
    noi_nhan: tuple[Block, ...] = Field((), title="Nơi nhận")
    phu_luc: tuple[Annex, ...] = Field((), title="Phụ lục")

    @property
    def issued_by(self) -> str:
        """The kind of document that issues this one, as its line "Kèm theo" names it; "" if none."""
        found = None if self.signed else _ISSUER.search("\n".join(self.kem_theo))
        return found[1] if found else ""

    @property
    def signed(self) -> bool:
        """Whether it is signed by itself, and not with the document it goes with."""
        return self.ky != UNSIGNED

    def top_blocks(self) -> tuple[Block, ...]:
        """The blocks of every part, those below headings left in them."""
        rows = (block for annex in self.phu_luc for block in annex.khoi)
        return (*self.trich_yeu, *self.can_cu, *self.khoi, *self.noi_nhan, *rows)

    def lists_of(self, tasks: Iterable[str]) -> tuple[str, ...]:
        """The lists that name one of `tasks` and have no lines of their own."""
        wanted = {*tasks}
        lists = [(b, b.danh_sach) for b in self.blocks() if b.danh_sach is not None]
        return tuple(
            str(block.ma)
            for block, listed in lists
            if listed.dong is None and wanted.intersection(listed.nhiem_vu)
        )

    def blocks(self) -> Iterator[Block]:
        """All blocks, those below headings too."""
        for block in self.top_blocks():
            yield from block.walk()


class CitationForm(Item):
    """Cách viện dẫn: the words of a citation, and others for some types of document."""

    cau: Word = Field(
        title="Câu", description="Có {loai}, {so_hieu}, {ngay}, {co_quan}, {ten} của sổ văn bản."
    )
    rieng: dict[Word, Word] = Field(
        default_factory=dict, title="Riêng", description="Loại văn bản: câu khác (Luật, Bộ luật)."
    )


class ComparisonTable(Item):
    """Bảng so sánh, bảng đối chiếu: the words round its rows."""

    ten_loai: Word = Field(title="Dòng đầu", description="Phụ lục.")
    trich_yeu: Many[Word] = Field(
        title="Tên bảng", description="Có {cu}, {moi} và các chỗ trống của văn bản."
    )
    kem_theo: Many[Word] = Field((), title="Dòng kèm theo")
    cot: dict[Literal["tt", "cu", "moi", "ghi_chu"], Word] = Field(title="Tên các cột")
    truong: dict[Word, Word] = Field(
        default_factory=dict, title="Tên các trường", description="chu_tri: Cơ quan chủ trì."
    )
    ghi_chu: dict[Word, Word] = Field(
        default_factory=dict, title="Chữ của cột ghi chú", description="Theo kết quả so."
    )


class Wording(Item):
    """The file ngon_tu.yaml: the words that frame every document, and named phrases."""

    quoc_hieu: Word = Field(title="Quốc hiệu")
    tieu_ngu: Word = Field(title="Tiêu ngữ")
    co_quan_ban_hanh: Many[Word] = Field(
        title="Tên cơ quan ban hành", description="Mỗi dòng một mục."
    )
    dong_so: Word = Field(title="Dòng số", description="Có {so} và {ky_hieu}.")
    dong_ngay: Word = Field(
        title="Dòng địa danh, ngày", description="Có {dia_danh}, {ngay}, {thang}, {nam}."
    )
    so_ngay: Word = Field(title="Số và ngày khi viện dẫn văn bản của đơn vị")
    trong_so: Gap = Field(title="Chỗ trống chờ số")
    trong_ngay: Gap = Field(title="Chỗ trống chờ ngày")
    trong_thang: Gap = Field(title="Chỗ trống chờ tháng")
    nhan_noi_nhan: Word = Field(title="Nhãn nơi nhận")
    chuc_vu: dict[Word, Many[Word]] = Field(
        title="Quyền hạn, chức vụ người ký",
        description="Mỗi mã: mọi dòng in trên chữ ký, cả TM., KT., Q., TL., TUQ.",
    )
    vien_dan: dict[Word, CitationForm] = Field(
        default_factory=dict,
        title="Cách viện dẫn",
        description="Tên chỗ trống và câu in: {van_ban.<mã>}.",
    )
    dieu: Word = Field(title="Tên điều", description="Có {tt}.")
    phu_luc: Word = Field(title="Tên phụ lục", description="Có {tt}.")
    bang: dict[Literal["so_sanh", "doi_chieu"], ComparisonTable] = Field(
        default_factory=dict, title="Bảng so sánh, bảng đối chiếu"
    )
    de_nghi: Word = Field(title="Câu đề nghị", description="Có {co_quan} và {viec}.")
    va: Word = Field(title="Chữ nối hai cơ quan")
    cum_tu: dict[Id, RunningText] = Field(
        default_factory=dict, title="Cụm từ", description="Dùng lại bằng {cum_tu.ma}."
    )

    @property
    def posts(self) -> dict[str, tuple[Word, ...]]:
        """The lines printed over a signature by the id of the post."""
        return {str(post): lines for post, lines in self.chuc_vu.items()}

    def post(self, named: str) -> str:
        """The id of the post that a unit's file names by it or in words: "Phó Chủ tịch".

        What names none is given back.
        """
        return next((str(post) for post in self.chuc_vu if slug(post) == slug(named)), named)


class OutlineFile(Item):
    """A file of the folder van_ban."""

    loai: dict[Id, Word] = Field(
        default_factory=dict,
        title="Loại văn bản",
        description="Mã và tên gọi, theo thứ tự ban hành.",
    )
    van_ban: tuple[Outline, ...] = Field((), title="Văn bản")
