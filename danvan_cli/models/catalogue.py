"""The city's catalogue: groups of tasks, each with whom it applies to and how it varies."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from danvan_cli.models.base import (
    AgencyName,
    DeadlineText,
    FactId,
    HeadingText,
    Id,
    Item,
    LegalId,
    Many,
    Refers,
    RuleCode,
    RunningText,
    Says,
    Shorthand,
    TaskText,
    UnitKind,
    Word,
    Year,
)
from danvan_cli.nodes import Text


class Selector(Item):
    """Điều kiện áp dụng: every part given must hold. Viết gọn được: `cap_xa` là `{loai: cap_xa}`."""

    STANDS_FOR_FIELD: ClassVar[bool] = True
    loai: Many[UnitKind] = Field(
        (),
        title="Loại đơn vị",
        description="Một trong các loại này, theo mã ở `loai` của don_vi.yaml; mã của một cấp là mọi loại của cấp ấy.",
    )
    co: Many[FactId] = Field((), title="Có đặc điểm", description="Đơn vị có mọi đặc điểm này.")
    khong: Many[FactId] = Field(
        (), title="Không có", description="Đơn vị không có đặc điểm nào ở đây."
    )


class AgencyRef(Item):
    """Cơ quan được giao việc: the agency, the role beside it, or what it is asked to do."""

    STANDS_FOR_FIELD: ClassVar[bool] = True
    co_quan: Annotated[AgencyName, Says()] = Field(
        title="Cơ quan", description="Mã, tên hoặc tên gọi khác của cơ quan."
    )
    vai_tro: RunningText | None = Field(
        None, title="Vai trò", description="Chữ đứng sau tên: tổng hợp, theo dõi chung."
    )
    de_nghi: RunningText | None = Field(
        None,
        title="Đề nghị",
        description="Việc đề nghị làm, khi cơ quan được đề nghị chứ không bị giao.",
    )


Conditions = Many[Annotated[Selector, Shorthand("loai", refers=Refers("loai_don_vi"))]]
"""Conditions of which one must hold; one may be written as a kind or a level alone."""
Agencies = Many[Annotated[AgencyRef, Shorthand("co_quan", refers=Refers("co_quan", open=True))]]
Leads = Annotated[Agencies, Says("chu_tri")]
Helpers = Annotated[Agencies, Says("phoi_hop")]
AgencyMap = dict[AgencyName, Agencies]
OfficeMap = dict[Annotated[AgencyName, Says("phoi_hop")], Helpers]
"""A map whose names are judged as they stand; that of a unit's file is judged by what it does."""


class Original(Item):
    """Nguyên văn: a fault of the printed original, kept beside its correction."""

    truong: Word = Field(
        title="Trường", description="Trường có lỗi: noi_dung, chu_thich, phoi_hop..."
    )
    chu: Word = Field(title="Chữ in", description="Chữ như bản gốc in.")
    ly_do: Word = Field(title="Lý do", description="Vì sao danh mục không giữ chữ này.")


class Variant(Item):
    """Biến thể: what a task says instead where the condition holds; the first that holds wins."""

    khi: Conditions = Field(
        title="Khi",
        description="Một trong các điều kiện này đúng; biến thể đứng trước được dùng trước.",
    )
    dau_goc: Word | None = Field(
        None,
        title="Dấu gốc",
        description="Dấu câu của nhiệm vụ khi viết biến thể; danvan validate --fix ghi.",
    )
    noi_dung: TaskText | None = Field(None, title="Nội dung", description="Cả câu, khi khác hẳn.")
    thay: dict[Word, Annotated[Word, Says("noi_dung", piece=True)]] = Field(
        default_factory=dict,
        title="Thay",
        description="Chữ của nhiệm vụ: chữ ở đây; chữ cũ phải có đúng một chỗ trong noi_dung.",
    )
    bot: Many[Word] = Field(
        (), title="Bớt", description="Chữ của noi_dung bỏ đi; phải có đúng một chỗ."
    )
    chi_tiet: Many[RunningText] = Field((), title="Chi tiết")
    chu_thich: Many[RunningText] = Field((), title="Chú thích")
    chu_tri: Leads = Field((), title="Cơ quan chủ trì")
    phoi_hop: Helpers = Field((), title="Cơ quan phối hợp")
    thoi_gian: DeadlineText | None = Field(None, title="Thời gian thực hiện")


class Task(Item):
    """Nhiệm vụ."""

    ma: Id = Field(title="Mã", description="Mã cố định, không bao giờ dùng lại cho việc khác.")
    tt: Word = Field(
        Text(""),
        title="TT",
        description="Số thứ tự khi bản in không theo thứ tự: 2.6a; không ghi thì tự đánh.",
    )
    noi_dung: TaskText = Field(
        title="Nhiệm vụ", description="Câu chữ của nhiệm vụ; được dùng chỗ trống như {loai}."
    )
    ten_gon: RunningText | None = Field(
        None, title="Tên gọn", description="Vài chữ gọi nhiệm vụ khi nhắc lại nó ở phụ lục."
    )
    chi_tiet: Many[RunningText] = Field(
        (), title="Chi tiết", description="Các ý dưới nhiệm vụ, khi in từng việc."
    )
    chu_thich: Many[RunningText] = Field(
        (), title="Chú thích", description="Các đoạn của chú thích cuối trang."
    )
    chu_tri: Leads = Field((), title="Cơ quan chủ trì")
    phoi_hop: Helpers = Field((), title="Cơ quan phối hợp")
    thoi_gian: DeadlineText | None = Field(
        None, title="Thời gian thực hiện", description="Như viết trong văn bản; mỗi phần một dòng."
    )
    ap_dung: Conditions = Field(
        (), title="Áp dụng", description="Cho đơn vị nào; không ghi là cho mọi đơn vị."
    )
    bien_the: Many[Variant] = Field(
        (), title="Biến thể", description="Câu chữ khác cho loại đơn vị khác."
    )
    chi_nam: Word | None = Field(
        None,
        title="Chỉ của năm",
        description="Năm duy nhất có nhiệm vụ này; danvan new year không chép sang.",
    )
    anh_xa: OfficeMap = Field(
        default_factory=dict,
        title="Ánh xạ",
        description="Cơ quan cấp trên thành cơ quan địa phương, riêng cho nhiệm vụ này.",
    )
    diem: Many[Task] = Field((), title="Điểm", description="Các điểm a, b, c của nhiệm vụ.")
    nguyen_van: Many[Original] = Field(
        (), title="Nguyên văn", description="Lỗi của bản in, giữ để tra."
    )
    xem_lai: Many[Word] = Field(
        (), title="Xem lại", description="Điều phải xem lại cho năm mới; xem xong thì bỏ."
    )
    xac_nhan: Word | None = Field(
        None, title="Xác nhận", description="Điều phải xem lại trước khi ký; danvan render nhắc."
    )


class GroupVariant(Item):
    """Biến thể của nhóm: what a group is called instead where the condition holds."""

    khi: Conditions = Field(title="Khi")
    ten: HeadingText = Field(title="Tên nhóm")
    ten_thuong: HeadingText | None = Field(None, title="Tên khi làm đề mục")


class Group(Item):
    """Nhóm nhiệm vụ."""

    ma: Id = Field(title="Mã")
    tt: Word = Field(Text(""), title="TT", description="Số thứ tự khi bản in không theo thứ tự.")
    ten: HeadingText = Field(
        title="Tên nhóm", description="Tên in của nhóm; được dùng chỗ trống như {LOAI}."
    )
    ten_thuong: HeadingText | None = Field(
        None,
        title="Tên khi làm đề mục",
        description="Chữ thường, như một đề mục; không ghi thì như tên nhóm.",
    )
    bien_the: Many[GroupVariant] = Field(
        (), title="Biến thể", description="Tên khác cho loại đơn vị khác."
    )
    anh_xa: OfficeMap = Field(
        default_factory=dict, title="Ánh xạ", description="Ánh xạ cơ quan riêng cho nhóm."
    )
    xem_lai: Many[Word] = Field(
        (), title="Xem lại", description="Điều phải xem lại cho năm mới; xem xong thì bỏ."
    )
    nhiem_vu: tuple[Task, ...] = Field(title="Nhiệm vụ")


class Edition(Item):
    """Danh mục của một năm: the decision that issues it, the year and its theme."""

    nam: Year = Field(title="Năm")
    ten: HeadingText = Field(title="Tên danh mục")
    chu_de: RunningText | None = Field(
        None, title="Chủ đề năm của tỉnh, thành phố", description="Không ghi là chưa có."
    )
    van_ban: LegalId | None = Field(
        None,
        title="Văn bản ban hành",
        description="Mã của quyết định trong sổ văn bản; không ghi là chưa ban hành.",
    )
    xem_lai: Many[Word] = Field(
        (), title="Xem lại", description="Việc phải làm trước khi dùng; làm xong thì bỏ."
    )


class Suppression(Item):
    """Bỏ qua một phát hiện, có lý do."""

    ma_luat: RuleCode = Field(title="Mã quy tắc", description="Mã của quy tắc: DV305.")
    noi: Word = Field(title="Nơi", description="Mã nhiệm vụ, khối hoặc cơ quan.")
    ly_do: Word = Field(title="Lý do")
    den_ngay: Word | None = Field(
        None, title="Đến ngày", description="Ngày cuối cùng còn bỏ qua, dạng 31/12/2026."
    )


class CatalogueFile(Item):
    """The file danh_muc.yaml."""

    danh_muc: Edition = Field(title="Danh mục")
    nhom: tuple[Group, ...] = Field(title="Nhóm nhiệm vụ")
    bo_qua: tuple[Suppression, ...] = Field((), title="Bỏ qua phát hiện")
