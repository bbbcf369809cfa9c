"""What a unit may write in its file, as far as it changes how its papers look: one variation each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Text
from danvan_cli.render.documents import Draft, document_kinds, documents_of
from tests.cities import shipped_city

GROUP = "tuyen-truyen"
LONG = " ".join(
    ["tuyên truyền, vận động, hướng dẫn, kiểm tra, đôn đốc Nhân dân trên địa bàn;"] * 20
)
KINDS = ("quyet-dinh", "chuong-trinh", "ke-hoach-nghi-quyet", "ke-hoach-nam")
UNIT = "an-lao"
FOOTNOTED = "hai-phong"
"""The city's own danh mục is the one whose tasks have footnotes."""


def task(
    number: int, text: str = "Vận động Nhân dân giữ gìn vệ sinh", **more: Any
) -> dict[str, Any]:
    """A task of the unit's own."""
    return {
        "ma": f"viec-{number}", "nhom": GROUP, "ly_do": "A", "noi_dung": f"{text} đợt {number}",
        "chu_tri": "phong-van-hoa-xa-hoi", "thoi_gian": "Quý II/2026", **more,
    }  # fmt: skip


def each(change: dict[str, Any]) -> dict[str, Any]:
    """A change of every document of the unit."""
    return {"van_ban": dict.fromkeys(KINDS, change)}


def line(number: int) -> dict[str, Any]:
    """A line more among those a paper goes to."""
    text = f"Ban Công tác Mặt trận và các tổ chức chính trị - xã hội ở thôn số {number} của xã"
    return {"sau": "luu", "khoi": {"ma": f"noi-{number}", "doan": text}}


def one_group() -> dict[str, Any]:
    """Of all tasks of the unit only those of one group."""
    programme = localize(Locality.of(shipped_city(), find_unit(shipped_city(), UNIT)))
    gone = [t.ma for t in programme.tasks if t.nhom != GROUP and not t.cha]
    return {"loai_bo": [{"ma": ma, "ly_do": "A"} for ma in gone]}


POSTS = {
    post: {"nguoi_ky": {"ho_ten": "Nguyễn Thị Hoàng Phương Anh", "chuc_vu": post}}
    for post in map(str, shipped_city().wording.chuc_vu)
}
OTHER_SIGNER = {"ho_ten": "Trần Thị Bình", "quyen_han": ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]}
JOINT = {"co_quan": ["ỦY BAN NHÂN DÂN - ỦY BAN MTTQ VIỆT NAM", "XÃ AN LÃO"], "nguoi_ky": OTHER_SIGNER}  # fmt: skip
VARIATIONS: dict[str, dict[str, Any]] = {
    **{f"ký: {post}": own for post, own in POSTS.items()},
    "ký: dòng riêng": {"nguoi_ky": {"ho_ten": "Lê An", "quyen_han": ["TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"]}},
    "ký: để trống": {"nguoi_ky": "de_trong"},
    "ký: hai người": {"nguoi_ky": "Lê Văn An", **each({"lien_tich": JOINT})},
    "ký: hai người, chưa biết tên": each({"lien_tich": {**JOINT, "nguoi_ky": {**OTHER_SIGNER, "ho_ten": "de_trong"}}}),
    "ký: người riêng của từng văn bản": each({"nguoi_ky": {"ho_ten": "Lê An", "chuc_vu": "pho_chu_tich"}}),
    "một tệp": {"gop_tep": "co"},
    "một tệp, cấp phó ký": {"gop_tep": "co", **POSTS["pho_chu_tich"]},
    "một tệp, sáu mươi việc": {"gop_tep": "co", "bo_sung": [task(n) for n in range(60)]},
    "số và ngày": each({"so_hieu": "31", "ngay": "05/02/2026"}),
    "số một chữ số": each({"so_hieu": "5", "ngay": "15/03/2026"}),
    "số lớn": each({"so_hieu": "1234", "ngay": "31/12/2025"}),
    "mới biết tháng": each({"ngay": "02/2026"}),
    "việc ba trăm chữ": {"bo_sung": [task(1, LONG)]},
    "nhiều việc ba trăm chữ": {"bo_sung": [task(n, LONG) for n in range(6)]},
    "sáu mươi việc": {"bo_sung": [task(n) for n in range(60)]},
    "việc không thời hạn": {"bo_sung": [task(1, thoi_gian=None)]},
    "việc có chi tiết": {"bo_sung": [task(1, chi_tiet=["Việc nhỏ thứ nhất", "Việc nhỏ thứ hai"])]},
    "ký hiệu lạ trong việc": {"bo_sung": [task(1, "Chuyển đổi số & “dân vận khéo” <3 mô hình>")]},
    "cơ quan phối hợp dài": {"bo_sung": [task(1, phoi_hop=["cong-an", "ban-chi-huy-quan-su", "mttq"])]},
    "nơi nhận dài": each({"them": [line(n) for n in range(25)]}),
    "nơi nhận một dòng": {"van_ban": {"quyet-dinh": {"bot": ["so-noi-vu", "thuong-truc", "lanh-dao", "mttq"]}}},
    "trích yếu dài": {"van_ban": {"quyet-dinh": {"thay": {"trich-yeu": f"Ban hành Danh mục {LONG[:300]}".strip(" ;")}}}},
    "tên loại riêng": {"van_ban": {"chuong-trinh": {"ten_loai": "CHƯƠNG TRÌNH CÔNG TÁC"}}},
    "điều dài": {"van_ban": {"quyet-dinh": {"thay": {"hieu-luc": f"Quyết định này {LONG}"}}}},
    "thêm đề mục": {"van_ban": {"chuong-trinh": {"them": [{"sau": "muc-dich-yeu-cau", "khoi": {"ma": "rieng", "tieu_de": "NHIỆM VỤ RIÊNG", "khoi": [{"ma": "a", "doan": "Đoạn của đơn vị."}, {"ma": "b", "gach": "Gạch của đơn vị."}, {"ma": "c", "cong": "Cộng của đơn vị."}]}}]}}},
    "theo nhóm": {"van_ban": {"chuong-trinh": {"hinh_thuc": "theo_nhom"}}},
    "từng việc": {"van_ban": {"chuong-trinh": {"hinh_thuc": "tung_viec"}}},
    "mỗi việc một tiêu đề": {"van_ban": {"chuong-trinh": {"hinh_thuc": "tieu_de"}}},
    "bảng trong chương trình": {"van_ban": {"chuong-trinh": {"hinh_thuc": "bang"}}},
    "lời văn khác": {"van_ban": {"chuong-trinh": {"mau_chu": "chuong-trinh-cong-tac"}}},
    "nghị quyết riêng": {"nghi_quyet": {"so_hieu": "07-NQ/ĐU", "ngay": "20/01/2026", "cua": "Ban Chấp hành Đảng bộ xã An Lão", "ve": "tăng cường công tác dân vận", "giai_doan": "2026 - 2030"}},
    "chủ đề riêng": {"chu_de": "Dân vận khéo, vì Nhân dân phục vụ"},
    "một nhóm việc": one_group(),
    "tên cơ quan dài": {"co_quan": [{"ma": "phong-van-hoa-xa-hoi", "ten": "Phòng Văn hóa, Khoa học, Thông tin, Thể thao, Du lịch và Xã hội"}]},
}  # fmt: skip
UNITS: dict[str, Unit | str] = {
    "tên dài": Unit(ma=Text("dai"), ten=Text("Nguyễn Thượng Hiền Bỉnh Khiêm"), loai=Text("phuong"), ten_nguoi="co"),
    "tên ngắn": Unit(ma=Text("ao"), ten=Text("Ao"), loai=Text("xa")),
    "đặc khu": "bach-long-vi",
    "phường tên người": "le-chan",
}  # fmt: skip


@cache
def places() -> dict[str, tuple[Unit, dict[str, Any]]]:
    """Every variation by name: the unit and what its file says."""
    city = shipped_city()
    own = find_unit(city, UNIT)
    made = {name: (own, said) for name, said in VARIATIONS.items()}
    for name, unit in UNITS.items():
        found = unit if isinstance(unit, Unit) else find_unit(city, unit)
        made[name] = (found, {})
        made[f"{name}, số và ngày, cấp phó ký"] = (found, {**VARIATIONS["số và ngày"], **POSTS["pho_chu_tich"]})  # fmt: skip
    made["chú thích"] = (city.city, {})
    return made


def drafts(unit: Unit, said: dict[str, Any]) -> Iterator[Draft]:
    """The documents of `unit` whose file says `said`; nothing may be found in making them."""
    locality = Locality.of(shipped_city(), unit, Profile.model_validate(said) if said else None)
    programme = localize(locality)
    documents, findings = documents_of(locality, programme, document_kinds(locality))
    assert programme.findings + findings == (), (programme.findings + findings)[0].message
    yield from documents
