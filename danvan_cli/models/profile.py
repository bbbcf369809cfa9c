"""Hồ sơ đơn vị: who the unit is, who signs, and what it changes in the city's catalogue."""

from __future__ import annotations

from copy import copy
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from danvan_cli.models.base import (
    BlockName,
    DeadlineText,
    DocumentKind,
    FactId,
    GroupId,
    HeadingText,
    Id,
    Item,
    Many,
    OutlineId,
    PostName,
    RunningText,
    Says,
    Shorthand,
    TaskId,
    TaskName,
    TaskText,
    UnitKind,
    UnitName,
    Word,
)
from danvan_cli.models.catalogue import AgencyMap, Helpers, Leads, Suppression
from danvan_cli.models.edits import AgencyChange, BlockAddition, BlockChange, BlockMove, TextChange
from danvan_cli.models.outline import Resolution, TaskForm
from danvan_cli.models.registers import Agency, Level, OwnDocument
from danvan_cli.nodes import Text


def _with_reason(order: Any, reason: Text) -> Any:
    if not isinstance(order, dict) or "ly_do" in order:
        return order
    made = copy(order)
    made[Text("ly_do", reason.place)] = reason
    return made


class FactsEdit(Item):
    """Đặc điểm của đơn vị; điều không ghi là chưa biết, hoặc theo loại đơn vị."""

    co: Many[FactId] = Field((), title="Có")
    khong: Many[FactId] = Field((), title="Không có", description="Biết chắc là không có.")


class Signer(Item):
    """Người ký."""

    ho_ten: Word = Field(title="Họ tên", description="de_trong: để trống chờ ký.")
    chuc_vu: PostName | None = Field(
        None,
        title="Chức vụ",
        description="Một mã trong `chuc_vu` của ngon_tu.yaml, hoặc chữ: Phó Chủ tịch; không ghi thì theo văn bản mẫu.",
    )
    quyen_han: Many[Word] = Field(
        (),
        title="Quyền hạn, chức vụ",
        description="Các dòng in trên chữ ký khi không mã nào đúng: TL. CHỦ TỊCH, TRƯỞNG PHÒNG...",
    )


SignerOrName = Annotated[Signer, Shorthand("ho_ten")]


class Choice(Item):
    """Chọn thêm or loại bỏ: one city task, or several, with the reason."""

    ma: TaskId = Field(title="Mã nhiệm vụ")
    cung: Many[TaskId] = Field(
        (), title="Cùng với", description="Mã các nhiệm vụ khác cũng như vậy."
    )
    ly_do: Word = Field(title="Lý do")


class Change(Item):
    """Sửa đổi một nhiệm vụ của thành phố."""

    ma: TaskId = Field(title="Mã nhiệm vụ")
    cung: Many[TaskId] = Field(
        (), title="Cùng với", description="Mã các nhiệm vụ khác cũng sửa đúng như vậy."
    )
    ly_do: Word = Field(title="Lý do")
    dau_goc: Word | None = Field(
        None,
        title="Dấu gốc",
        description="Dấu của câu gốc khi sửa; báo khi gốc đổi. danvan validate --fix ghi.",
    )
    goc: Literal["cau", "giao_viec", "het"] | None = Field(
        None,
        title="Theo bản gốc",
        description="Bỏ biến thể của loại đơn vị: cau là lấy nguyên câu của danh mục, giao_viec là"
        " cách danh mục giao chủ trì, phối hợp, het là cả hai.",
    )
    noi_dung: Annotated[TextChange, Says("noi_dung")] | None = Field(None, title="Nội dung")
    chi_tiet: Many[RunningText] | None = Field(None, title="Chi tiết")
    chu_tri: Annotated[AgencyChange, Says("chu_tri")] | None = Field(None, title="Cơ quan chủ trì")
    phoi_hop: Annotated[AgencyChange, Says("phoi_hop")] | None = Field(
        None, title="Cơ quan phối hợp"
    )
    thoi_gian: DeadlineText | None = Field(None, title="Thời gian thực hiện")
    anh_xa: AgencyMap = Field(default_factory=dict, title="Ánh xạ riêng")


class Merge(Item):
    """Hợp nhất nhiều nhiệm vụ của thành phố thành một."""

    ma: Id = Field(title="Mã mới")
    tu: tuple[TaskId, ...] = Field(title="Từ các nhiệm vụ", min_length=2)
    ly_do: Word = Field(title="Lý do")
    dau_goc: Word | None = Field(
        None,
        title="Dấu gốc",
        description="Dấu câu của các nhiệm vụ khi hợp nhất; danvan validate --fix ghi.",
    )
    noi_dung: Annotated[TextChange, Says("noi_dung")] | None = Field(
        None, title="Nội dung", description="Không ghi thì nối câu của các nhiệm vụ."
    )
    chi_tiet: Many[RunningText] | None = Field(None, title="Chi tiết")
    chu_tri: Leads | None = Field(None, title="Cơ quan chủ trì")
    phoi_hop: Helpers | None = Field(None, title="Cơ quan phối hợp")
    thoi_gian: DeadlineText | None = Field(
        None, title="Thời gian thực hiện", description="Không ghi thì lấy thời hạn sớm nhất."
    )


class Addition(Item):
    """Bổ sung nhiệm vụ riêng của đơn vị."""

    ma: Id = Field(title="Mã")
    nhom: GroupId = Field(title="Nhóm")
    sau: TaskName | None = Field(
        None, title="Sau nhiệm vụ", description="Không ghi thì đứng cuối nhóm."
    )
    ly_do: Word = Field(title="Lý do")
    noi_dung: TaskText = Field(title="Nội dung")
    ten_gon: RunningText | None = Field(
        None, title="Tên gọn", description="Vài chữ gọi nhiệm vụ khi nhắc lại nó ở phụ lục."
    )
    chi_tiet: Many[RunningText] = Field((), title="Chi tiết")
    chu_tri: Leads = Field((), title="Cơ quan chủ trì")
    phoi_hop: Helpers = Field((), title="Cơ quan phối hợp")
    thoi_gian: DeadlineText | None = Field(None, title="Thời gian thực hiện")


class GroupChange(Item):
    """Nhóm: its name, its own agency map; one the catalogue does not have is the unit's own."""

    ma: GroupId = Field(title="Mã nhóm", description="Mã chưa có là nhóm riêng của đơn vị.")
    ten: Annotated[TextChange, Says("tieu_de")] | None = Field(
        None, title="Tên nhóm", description="Nhóm riêng phải có tên và có nhiệm vụ ở bo_sung."
    )
    anh_xa: AgencyMap = Field(default_factory=dict, title="Ánh xạ riêng của nhóm")


class Joint(Item):
    """Văn bản liên tịch: the other office that issues a document with the unit, and its signer."""

    co_quan: Many[Word] = Field(
        title="Cơ quan ban hành", description="Các dòng tên cơ quan, thay cho tên của đơn vị."
    )
    ky_hieu: Word | None = Field(
        None, title="Ký hiệu", description="Không ghi thì theo văn bản của đơn vị."
    )
    nguoi_ky: SignerOrName = Field(
        title="Người ký cùng", description="Có quyen_han: TM. BAN THƯỜNG TRỰC, CHỦ TỊCH..."
    )


class DocumentChange(Item):
    """Văn bản của đơn vị: number, date, which outline, which blocks differ."""

    mau_chu: OutlineId | None = Field(
        None, title="Bộ lời văn", description="Mã văn bản mẫu khác cùng loại."
    )
    so_hieu: Word | None = Field(None, title="Số", description="Khi đã được cấp số.")
    ngay: Word | None = Field(
        None, title="Ngày", description="05/02/2026, hoặc 02/2026 khi chưa có ngày."
    )
    hinh_thuc: TaskForm | None = Field(None, title="Hình thức danh sách nhiệm vụ")
    nguoi_ky: SignerOrName | None = Field(None, title="Người ký riêng của văn bản này")
    lien_tich: Joint | None = Field(
        None, title="Liên tịch", description="Khi một cơ quan khác cùng ban hành, cùng ký."
    )
    ten_loai: HeadingText | None = Field(None, title="Tên loại")
    thay: dict[BlockName, BlockChange] = Field(default_factory=dict, title="Thay khối")
    bot: Many[BlockName] = Field((), title="Bớt khối")
    them: tuple[BlockAddition, ...] = Field((), title="Thêm khối")
    chuyen: tuple[BlockMove, ...] = Field((), title="Chuyển khối")

    @property
    def edits(self) -> bool:
        """Whether it changes the document itself, and not only what others say of it."""
        return bool(self.model_fields_set - {"so_hieu", "ngay"})


class OwnAgency(Agency):
    """Cơ quan riêng của đơn vị, hoặc tên khác của cơ quan cùng mã trong danh mục."""

    cap: Level | None = Field(  # type: ignore[assignment]
        None, title="Cấp", description="Không ghi là cấp của đơn vị."
    )


_REASONED = ("chon", "loai_bo", "sua_doi", "hop_nhat", "bo_sung")
REASONED = ("Choice", "Change", "Merge", "Addition")
"""The models of the lists whose members take the file's own `ly_do` where they give none."""


class Profile(Item):
    """Hồ sơ đơn vị."""

    @model_validator(mode="before")
    @classmethod
    def _one_reason_for_all(cls, value: Any) -> Any:
        """The file's own `ly_do` in every change that gives none."""
        reason = value.get("ly_do") if isinstance(value, dict) else None
        if reason is None:
            return value
        made = copy(value)
        for name in _REASONED:
            orders = value.get(name)
            if isinstance(orders, list):
                made[name] = copy(orders)
                made[name][:] = [_with_reason(order, reason) for order in orders]
        return made

    don_vi: UnitName | None = Field(
        None, title="Đơn vị", description="Mã hoặc tên trong danh sách đơn vị."
    )
    ten: Word | None = Field(None, title="Tên", description="Khi đơn vị chưa có trong danh sách.")
    loai: UnitKind | None = Field(None, title="Loại", description="Đi cùng 'ten'.")
    danh_muc: Word | None = Field(
        None, title="Danh mục", description="Năm của danh mục mà hồ sơ này sửa."
    )
    nguoi_ky: SignerOrName | None = Field(
        None,
        title="Người ký",
        description="Họ tên, hoặc họ tên và chức vụ; de_trong: để trống chờ ký.",
    )
    chu_de: RunningText | None = Field(
        None,
        title="Chủ đề năm của đơn vị",
        description="Chép đúng chữ, không ghi ngoặc kép; chưa có thì không ghi.",
    )
    nghi_quyet: Resolution | None = Field(
        None,
        title="Nghị quyết của đơn vị",
        description="Nghị quyết mà kế hoạch thực hiện, thay cho nghị quyết của danh mục.",
    )
    khu_dan_cu: Word | None = Field(None, title="Khu dân cư", description="thôn, tổ dân phố.")
    dac_diem: FactsEdit | None = Field(
        None, title="Đặc điểm", description="Đơn vị có gì, không có gì; chưa ghi là chưa biết."
    )
    co_quan: tuple[OwnAgency, ...] = Field(
        (), title="Cơ quan riêng", description="Thêm cơ quan, hoặc đổi tên cơ quan cùng mã."
    )
    phap_ly: tuple[OwnDocument, ...] = Field(
        (),
        title="Văn bản riêng",
        description="Văn bản của đơn vị, dẫn ở mọi chỗ bằng {van_ban.<mã>}.",
    )
    cum_tu: dict[Id, RunningText] = Field(
        default_factory=dict,
        title="Cụm từ riêng",
        description="Thêm cụm từ, hoặc đổi cụm từ cùng mã của danh mục; dùng bằng {cum_tu.<mã>}.",
    )
    ly_do: Word | None = Field(
        None, title="Lý do chung", description="Cho những thay đổi không ghi lý do riêng."
    )
    anh_xa: AgencyMap = Field(
        default_factory=dict,
        title="Ánh xạ cơ quan",
        description="Cơ quan cấp trên: cơ quan của đơn vị làm thay.",
    )
    nhom: tuple[GroupChange, ...] = Field(
        (),
        title="Sửa nhóm, thêm nhóm",
        description="Tên khác của nhóm trong danh mục, hoặc nhóm riêng.",
    )
    chon: tuple[Choice, ...] = Field(
        (), title="Chọn thêm", description="Nhiệm vụ của danh mục mà loại đơn vị này vốn không có."
    )
    loai_bo: tuple[Choice, ...] = Field(
        (), title="Loại bỏ", description="Nhiệm vụ của danh mục mà đơn vị không làm, có lý do."
    )
    sua_doi: tuple[Change, ...] = Field(
        (), title="Sửa đổi", description="Đổi câu, cơ quan, thời hạn của một nhiệm vụ."
    )
    hop_nhat: tuple[Merge, ...] = Field(
        (), title="Hợp nhất", description="Nhiều nhiệm vụ của danh mục thành một."
    )
    bo_sung: tuple[Addition, ...] = Field(
        (), title="Bổ sung", description="Nhiệm vụ riêng của đơn vị."
    )
    thu_tu: Many[TaskName] = Field(
        (), title="Thứ tự", description="Mã nhiệm vụ theo thứ tự muốn có; cái không kể giữ chỗ."
    )
    loai_van_ban: Many[DocumentKind] = Field(
        (), title="Loại văn bản", description="Các văn bản đơn vị làm; không ghi là mọi loại."
    )
    gop_tep: Literal["co", "khong"] | None = Field(
        None,
        title="Gộp tệp",
        description="co: văn bản ban hành kèm theo (danh mục) ở cùng tệp với văn bản ban hành nó (quyết định).",
    )
    van_ban: dict[DocumentKind, DocumentChange] = Field(
        default_factory=dict,
        title="Văn bản",
        description="Số, ngày, lời văn riêng của từng loại văn bản.",
    )
    bo_qua: tuple[Suppression, ...] = Field(
        (),
        title="Bỏ qua phát hiện",
        description="Phát hiện của danvan validate được bỏ qua, có lý do.",
    )
