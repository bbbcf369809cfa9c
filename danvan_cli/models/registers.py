"""The registers a catalogue leans on: agencies, units, legal documents, days off, wording."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from danvan_cli.models.base import (
    AgencyId,
    AgencyName,
    FactId,
    HeadingText,
    Id,
    Item,
    LegalId,
    Many,
    Refers,
    RunningText,
    Shorthand,
    UnitKind,
    Word,
)
from danvan_cli.models.catalogue import OfficeMap

Level: TypeAlias = Annotated[Word, Refers("cap", open=True)]
"""A level of government: central, provincial, communal; which there are is data."""


class Agency(Item):
    """Cơ quan, or a collective such as "các sở, ngành"."""

    ma: Id = Field(title="Mã")
    ten: HeadingText = Field(
        title="Tên chính thức", description="Tên in ra; được dùng chỗ trống {loai}."
    )
    cap: Level = Field(
        title="Cấp", description="Một cấp của `loai` trong don_vi.yaml, hoặc cấp trên các cấp ấy."
    )
    khoi: Annotated[Word, Refers("khoi_co_quan")] | None = Field(
        None,
        title="Khối",
        description="Một mã trong `khoi`: dang, mat_tran; không ghi là cơ quan nhà nước.",
    )
    tap_the: Literal["co"] | None = Field(
        None, title="Tập thể", description="co: nhiều cơ quan gọi chung."
    )
    gom: Many[AgencyId] = Field(
        (), title="Gồm", description="Các tập thể nằm trong tập thể này; kể tập thể này là đủ."
    )
    viet_tat: Word | None = Field(
        None, title="Viết tắt", description="Trong ký hiệu và nơi nhận: VHXH."
    )
    ten_khac: Many[Word] = Field((), title="Tên gọi khác", description="Mọi cách viết đã gặp.")
    tu_ngay: Word | None = Field(
        None, title="Từ ngày", description="Ngày thành lập, dạng 01/3/2025."
    )
    den_ngay: Word | None = Field(None, title="Đến ngày", description="Ngày cuối cùng còn tồn tại.")
    thay_bang: Many[AgencyId] = Field(
        (),
        title="Thay bằng",
        description="Mã của cơ quan kế tục; nhiều mã khi chia theo lĩnh vực.",
    )
    ap_dung: Many[UnitKind] = Field((), title="Loại đơn vị có cơ quan này")
    nguon: Word | None = Field(None, title="Nguồn")


class Sector(Item):
    """Khối cơ quan, and whether an office of the state gives it work or asks it."""

    ten: Word = Field(title="Tên", description="Như đọc tiếp sau chữ 'không giao việc cho'.")
    giao_viec: Literal["khong"] | None = Field(
        None,
        title="Giao việc",
        description="khong: chỉ đề nghị phối hợp, không giao chủ trì (DV408).",
    )


class AgencyFile(Item):
    """The file co_quan.yaml; `anh_xa` is the default map for each kind of unit."""

    khoi: dict[Word, Sector] = Field(
        default_factory=dict, title="Khối cơ quan", description="Mã và tên các khối ngoài nhà nước."
    )
    co_quan: tuple[Agency, ...] = Field(title="Cơ quan")
    anh_xa: dict[UnitKind, OfficeMap] = Field(
        default_factory=dict,
        title="Ánh xạ mặc định",
        description="Của cả cấp (cap_xa), rồi chỗ khác của từng loại.",
    )


class Fact(Item):
    """Đặc điểm: a fact of a unit that tasks may ask for."""

    ma: Word = Field(title="Mã")
    ten: Word = Field(title="Tên", description="Như hỏi người dùng: có khu công nghiệp.")
    hoi: Literal["khong"] | None = Field(
        None, title="Hỏi", description="khong: hiếm có, chỉ ghi ở đơn vị có; danvan init không hỏi."
    )


class Kind(Item):
    """Loại đơn vị, with what holds by default for every unit of the kind."""

    ten: Word = Field(title="Tên", description="Như viết trong câu, chữ thường.")
    cap: Level = Field(title="Cấp", description="Các loại cùng cấp thì ghi cùng một mã.")
    viet_tat: Word | None = Field(None, title="Viết tắt", description="TP.")
    cap_uy: Word | None = Field(None, title="Cấp ủy", description="Thành ủy, Tỉnh ủy, Đảng ủy.")
    khu_dan_cu: Word = Field(title="Khu dân cư", description="thôn, tổ dân phố.")
    dac_diem: Many[FactId] = Field((), title="Đặc điểm mặc định")


class Unit(Item):
    """Đơn vị."""

    ma: Id = Field(title="Mã", description="Tên không dấu; thêm loại hoặc số khi trùng.")
    ten: Word = Field(title="Tên riêng")
    loai: UnitKind = Field(title="Loại")
    viet_tat: Word | None = Field(None, title="Viết tắt", description="HP, trong TP HP.")
    ten_nguoi: Literal["co"] | None = Field(
        None,
        title="Tên người",
        description="co: mang tên người, số hoặc sự kiện; viết hoa Phường, Xã.",
    )
    dac_diem: Many[FactId] = Field((), title="Đặc điểm đã biết", description="Biết chắc là có.")
    khong_co: Many[FactId] = Field(
        (), title="Không có", description="Đặc điểm biết chắc là không có; không ghi là chưa biết."
    )
    khu_dan_cu: Word | None = Field(
        None, title="Khu dân cư", description="Khi khác với loại đơn vị: thôn."
    )
    ten_co_quan: dict[AgencyName, HeadingText] = Field(
        default_factory=dict, title="Tên cơ quan", description="Mã cơ quan: tên khác ở đơn vị này."
    )
    xac_nhan: Word | None = Field(
        None, title="Xác nhận", description="Điều phải xem lại trước khi ký; danvan render nhắc."
    )
    nguon: Word | None = Field(
        None, title="Nguồn", description="Nơi biết các đặc điểm, tên gọi, và ngày xem."
    )

    def __hash__(self) -> int:
        return hash(self.ma)


class UnitFile(Item):
    """The file don_vi.yaml."""

    lop_duoi: Literal["khong"] | None = Field(
        None, title="Lớp dưới", description="khong: danh mục tự có đủ, không lấy gì của cả nước."
    )
    tinh: Annotated[Unit, Shorthand("ma")] = Field(
        title="Tỉnh, thành phố", description="Mã trong danh sách cả nước; hoặc ghi ma, ten, loai."
    )
    loai: dict[Word, Kind] = Field(title="Loại đơn vị")
    dac_diem: tuple[Fact, ...] = Field((), title="Các đặc điểm được dùng")
    don_vi: tuple[Unit, ...] = Field((), title="Đơn vị")


class LegalDocument(Item):
    """Văn bản trong sổ: registered once, cited anywhere."""

    ma: Id = Field(title="Mã")
    loai: Word = Field(title="Loại", description="Luật, Nghị định, Chỉ thị...")
    so_hieu: Word | None = Field(
        None, title="Số, ký hiệu", description="33/CT-TTg, 23-QĐ/TW, 10/2022/QH15."
    )
    ngay: Word | None = Field(None, title="Ngày ban hành", description="Dạng 26/11/2021.")
    co_quan: RunningText | None = Field(None, title="Cơ quan ban hành")
    ten: RunningText = Field(title="Tên, trích yếu")
    ten_khac: Many[Word] = Field((), title="Tên gọi khác")
    nguon: Word = Field(title="Nguồn", description="Nơi đã đọc được số, ngày và tên.")
    ra_soat: Word = Field(title="Rà soát", description="Ngày gần nhất có người kiểm tra.")
    kiem_tra: Literal["can_doi_chieu"] | None = Field(
        None,
        title="Kiểm tra",
        description="can_doi_chieu: còn điều chưa đối chiếu, nêu ở ghi_chu; văn bản nào dẫn đến cũng được nhắc.",
    )
    xac_nhan: Word | None = Field(
        None, title="Xác nhận", description="Điều phải xem lại trước khi ký; danvan render nhắc."
    )
    het_hieu_luc: Word | None = Field(None, title="Hết hiệu lực từ ngày")
    thay_bang: LegalId | None = Field(None, title="Thay bằng", description="Mã văn bản thay thế.")
    sua_doi_boi: Many[LegalId] = Field(
        (), title="Được sửa đổi bởi", description="Mã các văn bản sửa đổi."
    )
    ghi_chu: Word | None = Field(None, title="Ghi chú")


class OwnDocument(LegalDocument):
    """Văn bản riêng của đơn vị."""

    nguon: Word | None = Field(None, title="Nguồn")  # type: ignore[assignment]
    ra_soat: Word | None = Field(None, title="Rà soát")  # type: ignore[assignment]


class LegalFile(Item):
    """The file phap_ly.yaml."""

    van_ban: tuple[LegalDocument, ...] = Field(title="Văn bản")


class DayOff(Item):
    """Kỳ nghỉ: a run of days off."""

    tu_ngay: Word = Field(title="Từ ngày")
    den_ngay: Word = Field(title="Đến ngày")
    ten: Word = Field(title="Tên")
    nguon: Word = Field(title="Nguồn")
    xac_nhan: Literal["chua"] | None = Field(
        None, title="Xác nhận", description="chua: chưa có thông báo chính thức."
    )


class WorkDay(Item):
    """Ngày làm bù."""

    ngay: Word = Field(title="Ngày")
    nguon: Word = Field(title="Nguồn")


class CalendarFile(Item):
    """The file ngay_nghi.yaml; Saturdays and Sundays are days off unless made up."""

    nghi: tuple[DayOff, ...] = Field(title="Ngày nghỉ")
    lam_bu: tuple[WorkDay, ...] = Field((), title="Ngày làm bù")
