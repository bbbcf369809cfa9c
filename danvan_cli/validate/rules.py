"""Every rule of `danvan validate`: its code for ever, its name, its weight, its title.

A code is never used again; a rule that is given up keeps its page, which then says so. Hundreds
are families: 1 the catalogue, 2 a unit's file, 3 deadlines, 4 agencies, 5 citations, 6 documents
and templates, 7 wording, 8 form (thể thức).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from danvan_cli.findings import Finding, Severity
from danvan_cli.text import nearest
from danvan_cli.validate.rule import Rule

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: tuple[Rule, ...] = (
    Rule("DV101", "khong-doc-duoc", _E, "Tệp không đọc được"),
    Rule("DV102", "khoa-lap", _E, "Khóa ghi hai lần"),
    Rule("DV103", "khoa-la", _E, "Khóa lạ"),
    Rule("DV104", "thieu-khoa", _E, "Thiếu khóa hoặc khóa bỏ trống"),
    Rule("DV105", "gia-tri-sai", _E, "Giá trị không được nhận"),
    Rule("DV106", "dang-yaml-cam", _E, "Dạng YAML không được dùng"),
    Rule("DV107", "ma-lap", _E, "Một mã dùng cho hai mục"),
    Rule("DV108", "tham-chieu-la", _E, "Tham chiếu đến mã không có"),
    Rule("DV109", "cho-trong-la", _E, "Chỗ trống lạ giữa hai ngoặc nhọn"),
    Rule("DV110", "danh-so-hong", _E, "Số thứ tự của danh mục đứt hoặc lặp"),
    Rule("DV111", "nhiem-vu-trung", _W, "Hai nhiệm vụ trùng nhau"),
    Rule("DV112", "nhiem-vu-thieu", _E, "Nhiệm vụ thiếu thời hạn hoặc cơ quan chủ trì"),
    Rule("DV113", "dieu-kien-rong", _E, "Điều kiện áp dụng rỗng hoặc không bao giờ đúng"),
    Rule("DV114", "ma-doi-nghia", _E, "Mã cũ dùng cho nhiệm vụ khác"),
    Rule("DV115", "ma-bi-bo", _W, "Mã bị bỏ không để lại dấu vết"),
    Rule("DV116", "ghi-de", _E, "Ghi đè lớp dưới sai chỗ hoặc vô ích"),
    Rule("DV201", "sua-khong-trung", _E, "Sửa đổi không trúng nhiệm vụ nào"),
    Rule("DV202", "sua-hai-lan", _E, "Một trường được sửa hai lần"),
    Rule("DV203", "thieu-nguoi-ky", _E, "Thiếu người ký"),
    Rule("DV204", "dung-hai-lan", _E, "Một nhiệm vụ bị loại bỏ hoặc hợp nhất hai lần"),
    Rule("DV205", "don-vi-la", _E, "Đơn vị không có trong danh sách"),
    Rule("DV206", "thieu-ly-do", _E, "Lý do không nói gì"),
    Rule("DV207", "dac-diem-la", _E, "Đặc điểm không có trong danh sách"),
    Rule("DV208", "khong-thay-chu", _E, "Không thấy chữ cần thay"),
    Rule("DV209", "khong-phai-thanh-vien", _E, "Cơ quan cần bớt không có trong danh sách"),
    Rule("DV210", "ma-da-dung", _E, "Mã mới đã dùng cho nhiệm vụ khác"),
    Rule("DV211", "nhom-la", _E, "Nhóm không có trong danh mục"),
    Rule("DV212", "khoi-la", _E, "Khối không có trong văn bản"),
    Rule("DV213", "van-ban-la", _E, "Văn bản không có trong danh mục"),
    Rule("DV214", "hop-nhat-mat", _W, "Hợp nhất làm mất cơ quan hoặc thời hạn"),
    Rule("DV215", "goc-da-doi", _W, "Câu gốc đã đổi từ khi viết sửa đổi"),
    Rule("DV216", "sua-vo-ich", _W, "Sửa đổi không làm thay đổi gì"),
    Rule("DV217", "nhiem-vu-mat", _E, "Nhiệm vụ không in ở chỗ nào"),
    Rule("DV218", "bo-qua-thua", _W, "Mục bỏ qua thừa hoặc hết hạn"),
    Rule("DV301", "thoi-han-khong-hieu", _W, "Thời hạn không đọc hiểu được"),
    Rule("DV302", "ngay-khong-co", _E, "Ngày không có trên lịch"),
    Rule("DV303", "ngoai-nam", _W, "Thời hạn ngoài năm của danh mục"),
    Rule("DV304", "truoc-ngay-van-ban", _W, "Thời hạn trước ngày của văn bản"),
    Rule("DV305", "ngay-nghi", _N, "Thời hạn rơi vào ngày nghỉ"),
    Rule("DV306", "muon-hon-thanh-pho", _W, "Thời hạn muộn hơn thành phố giao"),
    Rule("DV307", "khung-nguoc", _E, "Khung thời gian ngược"),
    Rule("DV308", "bao-cao-som", _W, "Hạn báo cáo trước khi hết kỳ báo cáo"),
    Rule("DV309", "dang-thoi-han", _N, "Thời hạn viết không theo dạng chuẩn"),
    Rule("DV401", "co-quan-la", _E, "Cơ quan không có trong danh mục cơ quan"),
    Rule("DV402", "co-quan-het-ton-tai", _E, "Cơ quan không còn tồn tại"),
    Rule("DV403", "co-quan-cap-tren", _E, "Giao việc của đơn vị cho cơ quan cấp trên"),
    Rule("DV404", "thieu-chu-tri", _E, "Thiếu cơ quan chủ trì"),
    Rule("DV405", "chu-tri-phoi-hop", _W, "Cơ quan vừa chủ trì vừa phối hợp"),
    Rule("DV406", "hai-cach-viet", _W, "Một cơ quan viết hai cách"),
    Rule("DV407", "tap-the", _W, "Gọi chung ở chỗ cần tên cơ quan"),
    Rule("DV408", "giao-viec-mat-tran", _W, "Giao việc cho Mặt trận, đoàn thể"),
    Rule("DV501", "loai-ky-hieu", _E, "Ký hiệu không hợp loại văn bản"),
    Rule("DV502", "dang-nha-nuoc", _E, "Lẫn dạng số của Đảng và của Nhà nước"),
    Rule("DV503", "co-quan-ky-hieu", _E, "Ký hiệu không hợp cơ quan ban hành"),
    Rule("DV504", "nam-so-hieu", _E, "Năm trong số hiệu không hợp ngày ban hành"),
    Rule("DV505", "ngay-khong-co-that", _E, "Ngày ban hành không có trên lịch"),
    Rule("DV506", "ngay-sau", _W, "Viện dẫn văn bản ban hành sau"),
    Rule("DV507", "dau-trong-ky-hieu", _W, "Dấu cách, gạch nối sai trong số, ký hiệu"),
    Rule("DV508", "mot-so-hai-ngay", _E, "Một số hiệu mang hai ngày"),
    Rule("DV509", "khac-so-van-ban", _E, "Viện dẫn khác sổ văn bản"),
    Rule("DV510", "khoa-quoc-hoi", _E, "Khóa Quốc hội không hợp năm"),
    Rule("DV511", "het-hieu-luc", _W, "Văn bản đã hết hiệu lực"),
    Rule("DV512", "chua-co-trong-so", _N, "Văn bản chưa có trong sổ"),
    Rule("DV513", "ky-hieu-hong", _E, "Số, ký hiệu viết hỏng"),
    Rule("DV515", "chu-trich-dan-hong", _E, "Chữ trong viện dẫn viết hỏng"),
    Rule("DV516", "phay-truoc-ngay", _N, "Dấu phẩy giữa số hiệu và ngày"),
    Rule("DV517", "loai-chung-chung", _N, "Viện dẫn không nói loại văn bản"),
    Rule("DV601", "thieu-phu-luc", _E, "Phụ lục được nhắc nhưng không có"),
    Rule("DV602", "phu-luc-thua", _W, "Phụ lục không được nhắc đến"),
    Rule("DV603", "van-ban-nam-khac", _W, "Sót chủ đề hoặc năm của văn bản khác"),
    Rule("DV604", "so-thu-tu-nhay", _E, "Số thứ tự nhảy cóc"),
    Rule("DV605", "so-thu-tu-lap", _E, "Số thứ tự lặp"),
    Rule("DV606", "luu-van-thu", _W, "Dòng Lưu: VT không đúng"),
    Rule("DV607", "ten-don-vi-sai", _E, "Tên đơn vị viết sai"),
    Rule("DV608", "don-vi-khac", _E, "Sót tên đơn vị khác"),
    Rule("DV609", "bien-mau-la", _E, "Mẫu dùng tên không có"),
    Rule("DV610", "mau-khong-doc-duoc", _E, "Mẫu không đọc được"),
    Rule("DV611", "nhan-lech", _N, "Nhãn của cùng một dòng viết khác nhau"),
    Rule("DV612", "ket-thuc", _N, "Văn bản không kết thúc bằng './.'"),
    Rule("DV701", "lap-chu", _W, "Lặp chữ"),
    Rule("DV702", "ngoac-kep", _W, "Ngoặc mở không có ngoặc đóng"),
    Rule("DV703", "dau-cach", _N, "Thừa hoặc thiếu dấu cách"),
    Rule("DV704", "unicode", _W, "Chữ gõ bằng Unicode tổ hợp"),
    Rule("DV705", "dau-thanh", _N, "Lẫn hai kiểu đặt dấu thanh"),
    Rule("DV706", "dang-ngay", _N, "Ngày viết không theo dạng chuẩn"),
    Rule("DV707", "ten-chinh-thuc", _E, "Tên chính thức viết sai"),
    Rule("DV708", "am-tiet-sai", _E, "Âm tiết tiếng Việt không có"),
    Rule("DV709", "dau-gach", _W, "Lẫn hai dấu gạch"),
    Rule("DV710", "viet-hoa", _N, "Viết hoa giữa câu"),
    Rule("DV801", "kho-giay", _W, "Khổ giấy khác A4"),
    Rule("DV802", "le-trang", _W, "Lề trang ngoài khoảng quy định"),
    Rule("DV803", "phong-chu", _W, "Phông chữ, màu chữ sai thể thức"),
    Rule("DV804", "so-trang", _W, "Số trang thiếu hoặc sai chỗ"),
    Rule("DV805", "quoc-hieu", _W, "Quốc hiệu, Tiêu ngữ sai thể thức"),
    Rule("DV806", "ten-co-quan", _W, "Tên cơ quan sai thể thức"),
    Rule("DV807", "so-ky-hieu", _W, "Số, ký hiệu sai thể thức"),
    Rule("DV808", "dia-danh-ngay", _W, "Địa danh, ngày tháng sai thể thức"),
    Rule("DV809", "ten-loai-trich-yeu", _W, "Tên loại, trích yếu sai thể thức"),
    Rule("DV810", "can-cu-ban-hanh", _W, "Căn cứ ban hành sai thể thức"),
    Rule("DV811", "de-muc", _W, "Đề mục, điều, khoản, điểm sai thể thức"),
    Rule("DV812", "co-chu", _W, "Cỡ chữ lời văn sai thể thức"),
    Rule("DV813", "canh-doan", _W, "Canh lề, thụt đầu dòng sai thể thức"),
    Rule("DV814", "gian-doan", _W, "Giãn đoạn, giãn dòng sai thể thức"),
    Rule("DV815", "chu-ky", _W, "Chức vụ, họ tên người ký sai thể thức"),
    Rule("DV816", "noi-nhan", _W, "Kính gửi, Nơi nhận sai thể thức"),
    Rule("DV817", "phu-luc", _W, "Phụ lục, dòng kèm theo sai thể thức"),
    Rule("DV818", "duong-ke", _W, "Đường kẻ thiếu hoặc sai độ dài"),
)

FORM_CODES = frozenset({"DV101", "DV102", "DV103", "DV104", "DV105", "DV106"})
UNREADABLE_CODES = frozenset({"DV101", "DV610"})
"""What makes the exit code 3: a file that could not be read at all."""
FOLLOWING_CODES = frozenset(
    {"DV108", "DV110", "DV112", "DV113", "DV115", "DV201", "DV203", "DV204", "DV207", "DV209"}
    | {"DV211", "DV212", "DV213", "DV216", "DV217", "DV401", "DV403", "DV404"}
)
"""What may only follow from a fault of form: what was left out is missed elsewhere."""
ERRORS_IN_CATALOGUE = frozenset({"DV512"})
"""Errors in the catalogue itself: what the city cites must be in its own register."""


@cache
def _by_code() -> dict[str, Rule]:
    return {rule.code: rule for rule in RULES} | {rule.name: rule for rule in RULES}


def rule_of(code: str) -> Rule:
    """The rule with this code or name.

    Raises:
        KeyError: there is none.
    """
    return _by_code()[code]


def find_rule(code: str) -> Rule | None:
    """The rule meant by a code in either case, or by a name; None where there is none."""
    return _by_code().get(code.upper()) or _by_code().get(code.lower())


def nearest_code(code: str) -> str | None:
    """The code most like `code`, if any is near."""
    return nearest(code.upper(), [rule.code for rule in RULES], cutoff=0.6)


def chosen(code: str, prefixes: Iterable[str]) -> bool:
    """Whether `code` begins with one of `prefixes` (`DV305`, `DV3`)."""
    return code.startswith(tuple(prefixes))


def severity_of(finding: Finding, *, in_catalogue: bool = False) -> Severity:
    """How much `finding` weighs; an unregistered citation weighs more in the catalogue itself."""
    if in_catalogue and finding.code in ERRORS_IN_CATALOGUE:
        return Severity.ERROR
    rule = _by_code().get(finding.code)
    return rule.severity if rule else Severity.ERROR
