"""Every rule of `danvan validate`, one row each: code, name, weight, title, what looks at what.

A code is never used again; a rule that is given up keeps its page, which then says so. Hundreds
are families: 1 the catalogue, 2 a unit's file, 3 deadlines, 4 agencies, 5 citations, 6 documents
and templates, 7 wording, 8 form (thể thức). To understand a rule, read its row, its page, and the
function it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

from danvan_cli.findings import Finding, Severity
from danvan_cli.text import nearest

SEVERITY_NAMES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "lưu ý"}
"""What people call each severity."""
PAPERS = (".docx", ".txt")
"""How the files of finished documents end."""
_PAGES = Path(__file__).parent / "pages"


class Subject(StrEnum):
    """What a rule looks at, as people call it; beside it the value its function takes."""

    FORM = "dạng của tệp"  # said by `load` as it reads
    EDIT = "sửa đổi của đơn vị"  # said by `localize` and `render` as they work
    SUPPRESSION = "mục bỏ qua"  # said by `validate.suppress`
    SOURCE = "chữ của tệp YAML"  # nodes.SourceText
    CATALOGUE = "danh mục"  # load.catalogue.Catalogue
    EDITIONS = "hai bản của danh mục"  # checks.catalogue.alike.Editions
    PROFILE = "hồ sơ đơn vị"  # models.profile.Profile
    CHANGES = "phân công của đơn vị"  # localize.locality.Locality
    TEMPLATE = "mẫu Word"  # pathlib.Path
    DOCUMENT = "văn bản"  # reading.document.Document
    TOGETHER = "các văn bản của một đơn vị"  # checks.documents.papers.Paper of each
    LAYOUT = "thể thức"  # word.layout, with the figures it is held to
    TEXTS = "các đoạn của một tệp"  # a sequence of passages
    TEXT = "đoạn chữ"  # passage.Passage, its words alone: catalogue and kind in the setting
    PROSE = "lời văn"  # passage.Passage that is no cell of agencies and no deadline
    DEADLINE = "ô thời hạn"  # checks.deadlines.times.DeadlineCell, whoever's it is
    TIME = "mốc thời hạn"  # checks.deadlines.times.Time, whoever's it is
    AGENCIES = "ô cơ quan"  # checks.agencies.named.CellAgencies
    AGENCY = "cơ quan trong ô"  # checks.agencies.named.Named
    WORK = "nhiệm vụ"  # validate.work.Work
    CITATION = "viện dẫn"  # checks.citations.cited.Cited, whoever's it is


@dataclass(frozen=True)
class Rule:
    """A rule: a code that never means another rule, and all there is to know of it.

    `looks_at` gives for each subject the function that looks at it, as `module:name` below
    `validate.checks`; None where the stage that works with the subject says it. A function yields
    findings, and one may speak for several rules. `unless` are codes that, found on the same
    thing, leave nothing to say; `yields_to` codes that say it better of the same words. `once`
    means that a second finding at the same place says the same. `may_follow` marks what a fault
    of form elsewhere may be the cause of, `fatal` what makes the exit code 3, `in_catalogue` how
    much it weighs in the catalogue itself, `in_papers` in a finished document, where what is read
    may be read wrongly and only what cannot be otherwise is an error. A finding of a rule marked `signer` is printed even where
    it is suppressed: whoever signs must know of it.
    """

    code: str
    name: str
    severity: Severity
    title: str
    looks_at: Mapping[Subject, str | None] = field(default_factory=dict)
    unless: frozenset[str] = frozenset()
    yields_to: frozenset[str] = frozenset()
    once: bool = False
    may_follow: bool = False
    fatal: bool = False
    in_catalogue: Severity | None = None
    in_papers: Severity | None = None
    signer: bool = False

    @property
    def of_form(self) -> bool:
        """Whether it is of the form of a file: such a finding cannot be passed over."""
        return Subject.FORM in self.looks_at

    @property
    def page(self) -> str:
        """The rule's page: what, why, wrong, right, how to mend, source (Markdown, Vietnamese)."""
        return (_PAGES / f"{self.code}.md").read_text(encoding="utf-8")


S = Subject
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_FORM, _EDIT = {S.FORM: None}, {S.EDIT: None}
_CITED = {
    S.CITATION: "citations.form:citation_faults",
    S.CATALOGUE: "citations.registered:register_entries",
}
_WHOLE = {S.DOCUMENT: "documents.documents:check_document"}
_TEMPLATE = {S.TEMPLATE: "documents.templates:check_template"}
_WORDED, _AMONG = (
    {S.TEXT: "wording.wording:check_passage"},
    {S.TEXTS: "wording.wording:check_passages"},
)
_TOGETHER = {S.TOGETHER: "documents.agreement:check_together"}
_LAYOUT = {S.LAYOUT: "form.form:check_form"}
_UNREAL = frozenset({"DV302", "DV307"})
_NAMED = frozenset({"DV401", "DV515", "DV607", "DV707"})  # say of a wrong word what it should be

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("DV101", "khong-doc-duoc", _E, "Tệp không đọc được", _FORM, fatal=True),
    Rule("DV102", "khoa-lap", _E, "Khóa ghi hai lần", _FORM),
    Rule("DV103", "khoa-la", _E, "Khóa lạ", _FORM),
    Rule("DV104", "thieu-khoa", _E, "Thiếu khóa hoặc khóa bỏ trống", _FORM),
    Rule("DV105", "gia-tri-sai", _E, "Giá trị không được nhận", {S.FORM: None, S.CATALOGUE: "catalogue.registers:check_registers", S.CHANGES: "catalogue.profiles:check_signers"}),
    Rule("DV106", "dang-yaml-cam", _E, "Dạng YAML không được dùng", _FORM),
    Rule("DV107", "ma-lap", _E, "Một mã dùng cho hai mục", {S.CATALOGUE: "catalogue.ids:check_ids"}, once=True),
    Rule("DV108", "tham-chieu-la", _E, "Tham chiếu đến mã không có", {S.CATALOGUE: "catalogue.refs:check_references"}, may_follow=True),
    Rule("DV109", "cho-trong-la", _E, "Chỗ trống lạ giữa hai ngoặc nhọn", {S.CATALOGUE: "catalogue.placeholders:check_placeholders", S.EDIT: None}),
    Rule("DV110", "danh-so-hong", _E, "Số thứ tự của danh mục bị đứt hoặc bị lặp", {S.CATALOGUE: "catalogue.ids:check_numbers"}, may_follow=True),
    Rule("DV111", "nhiem-vu-trung", _W, "Hai nhiệm vụ trùng nhau", {S.CATALOGUE: "catalogue.alike:check_doubles"}),
    Rule("DV112", "nhiem-vu-thieu", _E, "Nhiệm vụ thiếu thời hạn hoặc cơ quan chủ trì", {S.CATALOGUE: "catalogue.tasks:check_complete"}, may_follow=True),
    Rule("DV113", "dieu-kien-rong", _E, "Điều kiện áp dụng rỗng hoặc không bao giờ đúng", {S.CATALOGUE: "catalogue.tasks:check_conditions"}, may_follow=True),
    Rule("DV114", "ma-doi-nghia", _E, "Mã cũ dùng cho nhiệm vụ khác", {S.EDITIONS: "catalogue.alike:check_meanings"}),
    Rule("DV115", "ma-bi-bo", _W, "Mã bị bỏ không để lại dấu vết", {S.EDITIONS: "catalogue.alike:check_meanings"}, may_follow=True),
    Rule("DV116", "ghi-de", _E, "Ghi đè lớp dưới sai chỗ hoặc vô ích", {S.CATALOGUE: "catalogue.registers:check_overlays"}),
    Rule("DV117", "can-xem-lai", _N, "Chỗ trong danh mục còn phải xem lại", {S.CATALOGUE: "catalogue.tasks:check_review"}),
    Rule("DV201", "sua-khong-trung", _E, "Sửa đổi không trúng nhiệm vụ nào", _EDIT, may_follow=True),
    Rule("DV202", "sua-hai-lan", _E, "Một trường được sửa hai lần", _EDIT),
    Rule("DV203", "thieu-nguoi-ky", _E, "Thiếu người ký", {S.PROFILE: "catalogue.profiles:check_profile"}, may_follow=True),
    Rule("DV204", "dung-hai-lan", _E, "Một nhiệm vụ bị loại bỏ hoặc hợp nhất hai lần", _EDIT, may_follow=True),
    Rule("DV205", "don-vi-la", _E, "Đơn vị không có trong danh sách", _EDIT),
    Rule("DV206", "thieu-ly-do", _E, "Lý do không nói lên điều gì", {S.PROFILE: "catalogue.profiles:check_profile", S.CATALOGUE: "catalogue.profiles:check_excuses"}),
    Rule("DV207", "dac-diem-la", _E, "Đặc điểm không có trong danh sách", _EDIT, may_follow=True),
    Rule("DV208", "khong-thay-chu", _E, "Không thấy chữ cần thay", {S.EDIT: None, S.CATALOGUE: "catalogue.tasks:check_variants"}),
    Rule("DV209", "khong-phai-thanh-vien", _E, "Cơ quan cần bớt không có trong danh sách", _EDIT, may_follow=True),
    Rule("DV210", "ma-da-dung", _E, "Mã mới đã dùng cho nhiệm vụ khác", _EDIT),
    Rule("DV211", "nhom-la", _E, "Nhóm không có trong danh mục", _EDIT, may_follow=True),
    Rule("DV212", "khoi-la", _E, "Khối không có trong văn bản", _EDIT, may_follow=True),
    Rule("DV213", "van-ban-la", _E, "Văn bản không có trong danh mục", {S.EDIT: None, S.CATALOGUE: "catalogue.refs:check_outlines"}, may_follow=True),
    Rule("DV214", "hop-nhat-mat", _W, "Hợp nhất làm mất cơ quan hoặc thời hạn", _EDIT),
    Rule("DV215", "goc-da-doi", _W, "Câu gốc đã đổi từ khi viết sửa đổi", {S.EDIT: None, S.CATALOGUE: "catalogue.tasks:check_drift"}),
    Rule("DV216", "sua-vo-ich", _W, "Sửa đổi không làm thay đổi gì", _EDIT, may_follow=True),
    Rule("DV217", "nhiem-vu-mat", _E, "Nhiệm vụ không in ở chỗ nào", {S.CATALOGUE: "catalogue.tasks:check_lists", S.EDIT: None}, may_follow=True),
    Rule("DV218", "bo-qua-thua", _W, "Mục bỏ qua thừa hoặc hết hạn", {S.SUPPRESSION: None}),
    Rule("DV219", "so-thay-ma", _N, "Nhiệm vụ gọi bằng số thay cho mã", {S.EDIT: None, S.CATALOGUE: "catalogue.refs:check_numbered"}, yields_to=frozenset({"DV221"})),
    Rule("DV220", "giau-phan-cong", _W, "Văn bản không in chủ trì hoặc thời hạn của nhiệm vụ", _EDIT),
    Rule("DV221", "so-hai-nghia", _E, "Số chỉ hai nhiệm vụ khác nhau", _EDIT),
    Rule("DV301", "thoi-han-khong-hieu", _W, "Thời hạn không đọc hiểu được", {S.DEADLINE: "deadlines.forms:not_understood"}),
    Rule("DV302", "ngay-khong-co", _E, "Ngày không có trong lịch", {S.TIME: "deadlines.dates:impossible", S.PROSE: "deadlines.dates:impossible_in_text", S.EDIT: None}, signer=True),
    Rule("DV303", "ngoai-nam", _W, "Thời hạn ngoài năm của danh mục", {S.TIME: "deadlines.dates:outside_years", S.EDIT: None}, unless=_UNREAL),
    Rule("DV304", "truoc-ngay-van-ban", _W, "Thời hạn trước ngày của văn bản", {S.TIME: "deadlines.dates:before_document"}, unless=_UNREAL | {"DV303"}),
    Rule("DV305", "ngay-nghi", _N, "Thời hạn rơi vào ngày nghỉ", {S.TIME: "deadlines.dates:falls_on_day_off"}, unless=_UNREAL | {"DV303", "DV304", "DV308"}),
    Rule("DV306", "muon-hon-thanh-pho", _W, "Thời hạn muộn hơn thành phố giao", {S.CHANGES: "deadlines.dates:later_than_city"}),
    Rule("DV307", "khung-nguoc", _E, "Thời hạn kết thúc trước khi bắt đầu", {S.TIME: "deadlines.dates:backwards"}, signer=True),
    Rule("DV308", "bao-cao-som", _W, "Hạn báo cáo trước khi hết kỳ báo cáo", {S.TIME: "deadlines.works:due_too_early", S.WORK: "deadlines.works:work_due_too_early"}, unless=_UNREAL),
    Rule("DV309", "dang-thoi-han", _N, "Thời hạn viết không theo dạng chuẩn", {S.DEADLINE: "deadlines.forms:loosely_written"}),
    Rule("DV310", "hai-thoi-han", _W, "Một nhiệm vụ hai thời hạn", {S.WORK: "deadlines.works:two_deadlines", S.PROSE: "deadlines.works:two_in_text", S.DOCUMENT: "deadlines.works:two_lines"}),
    Rule("DV401", "co-quan-la", _E, "Cơ quan không có trong danh mục cơ quan", {S.AGENCY: "agencies.cells:unknown", S.EDIT: None}, once=True, may_follow=True, in_papers=_W),
    Rule("DV402", "co-quan-het-ton-tai", _E, "Cơ quan không còn tồn tại", {S.AGENCY: "agencies.ended:named_in_cell", S.PROSE: "agencies.ended:named_in_text", S.WORK: "agencies.ended:ends_before_deadline"}, once=True, signer=True, in_papers=_W),
    Rule("DV403", "co-quan-cap-tren", _E, "Giao việc của đơn vị cho cơ quan cấp trên", {S.AGENCY: "agencies.cells:above", S.EDIT: None}, yields_to=frozenset({"DV402"}), once=True, may_follow=True, in_papers=_W),
    Rule("DV404", "thieu-chu-tri", _E, "Thiếu cơ quan chủ trì", {S.WORK: "agencies.assignments:nobody_leads", S.PROFILE: "catalogue.profiles:check_profile"}, once=True, may_follow=True, in_papers=_W),
    Rule("DV405", "chu-tri-phoi-hop", _W, "Cơ quan vừa chủ trì vừa phối hợp", {S.WORK: "agencies.assignments:lead_helps"}, once=True),
    Rule("DV406", "hai-cach-viet", _W, "Một cơ quan viết hai cách", {S.TEXTS: "agencies.spellings:two_spellings"}, once=True),
    Rule("DV407", "tap-the", _W, "Gọi chung ở chỗ cần tên cơ quan", {S.AGENCIES: "agencies.cells:led_by_a_collective"}, once=True),
    Rule("DV408", "giao-viec-mat-tran", _W, "Giao việc cho Mặt trận, đoàn thể", {S.AGENCY: "agencies.cells:ordered"}, unless=frozenset({"DV403"}), once=True),
    Rule("DV409", "co-quan-lap", _W, "Một cơ quan ghi hai lần", {S.AGENCIES: "agencies.repeated:named_twice", S.WORK: "agencies.assignments:helps_twice", S.DOCUMENT: "agencies.repeated:received_twice"}),
    Rule("DV501", "loai-ky-hieu", _E, "Ký hiệu không hợp loại văn bản", _CITED, signer=True, in_papers=_W),
    Rule("DV502", "dang-nha-nuoc", _E, "Lẫn dạng số của Đảng và của Nhà nước", _CITED, signer=True),
    Rule("DV503", "co-quan-ky-hieu", _E, "Ký hiệu không hợp cơ quan ban hành", _CITED, signer=True, in_papers=_W),
    Rule("DV504", "nam-so-hieu", _E, "Năm trong số hiệu không hợp ngày ban hành", _CITED, signer=True),
    Rule("DV505", "ngay-khong-co-that", _E, "Ngày ban hành không có trong lịch", _CITED, yields_to=frozenset({"DV105"}), signer=True),
    Rule("DV506", "ngay-sau", _W, "Viện dẫn văn bản ban hành sau văn bản này", {S.CITATION: "citations.time:issued_later"}),
    Rule("DV507", "dau-trong-ky-hieu", _W, "Dấu cách, gạch nối sai trong số, ký hiệu", _CITED, yields_to=frozenset({"DV614"})),
    Rule("DV508", "mot-so-hai-ngay", _E, "Một số hiệu mang hai ngày", {S.TEXTS: "citations.time:two_dates"}, signer=True, in_papers=_W),
    Rule("DV509", "khac-so-van-ban", _E, "Viện dẫn khác sổ văn bản", {S.CITATION: "citations.unlike_register:unlike_register"}, yields_to=frozenset({"DV508"}), signer=True, in_papers=_W),
    Rule("DV510", "khoa-quoc-hoi", _E, "Khóa Quốc hội không hợp năm", _CITED, signer=True),
    Rule("DV511", "het-hieu-luc", _W, "Văn bản đã hết hiệu lực", {S.CITATION: "citations.time:out_of_force", S.PROSE: "citations.time:filled_out_of_force"}, unless=frozenset({"DV509"}), signer=True),
    Rule("DV512", "chua-co-trong-so", _N, "Văn bản chưa có trong sổ", {S.CITATION: "citations.time:not_registered"}, unless=frozenset({"DV509"}), in_catalogue=_E),
    Rule("DV513", "ky-hieu-hong", _E, "Số, ký hiệu viết sai", _CITED, in_papers=_W),
    Rule("DV515", "chu-trich-dan-hong", _E, "Chữ trong viện dẫn viết sai", _CITED, in_papers=_W),
    Rule("DV516", "phay-truoc-ngay", _N, "Dấu phẩy giữa số hiệu và ngày", _CITED),
    Rule("DV517", "loai-chung-chung", _N, "Viện dẫn không nói loại văn bản", _CITED),
    Rule("DV518", "thieu-chu-so", _N, "Viện dẫn thiếu chữ 'số'", {S.CITATION: "citations.bare:number_without_so"}),
    Rule("DV519", "chua-doi-chieu", _N, "Viện dẫn văn bản chưa đối chiếu xong", {S.TEXTS: "citations.time:unchecked"}, signer=True),
    Rule("DV601", "thieu-phu-luc", _W, "Phụ lục được nhắc nhưng không có", _WHOLE, signer=True),
    Rule("DV602", "phu-luc-thua", _W, "Phụ lục không được nhắc đến", _WHOLE),
    Rule("DV603", "van-ban-nam-khac", _W, "Sót chủ đề hoặc năm của văn bản khác", {**_WHOLE, S.PROSE: "catalogue.copied:left_over", S.CATALOGUE: "catalogue.copied:same_theme"}, signer=True),
    Rule("DV604", "so-thu-tu-nhay", _W, "Số thứ tự bị thiếu số", _WHOLE),
    Rule("DV605", "so-thu-tu-lap", _W, "Số thứ tự bị lặp", _WHOLE),
    Rule("DV606", "luu-van-thu", _W, "Dòng Lưu: VT không đúng", _WHOLE),
    Rule("DV607", "ten-don-vi-sai", _W, "Tên đơn vị viết sai", _WHOLE, signer=True),
    Rule("DV608", "don-vi-khac", _E, "Sót tên đơn vị khác", {**_WHOLE, S.CATALOGUE: "catalogue.copied:other_places", S.PROFILE: "catalogue.copied:other_places_in_profile"}, signer=True),
    Rule("DV609", "bien-mau-la", _E, "Mẫu dùng tên không có", _TEMPLATE),
    Rule("DV610", "mau-khong-doc-duoc", _E, "Mẫu không đọc được", _TEMPLATE, fatal=True),
    Rule("DV612", "ket-thuc", _N, "Văn bản không kết thúc bằng './.'", _WHOLE),
    Rule("DV613", "dau-cuoi-dong", _N, "Dấu cuối dòng của danh sách không đúng", {S.DOCUMENT: "documents.lists:wrong_endings"}),
    Rule("DV614", "dau-cuoi-van-ban", _N, "Số, ngày, quyền hạn ký ghi không đúng dạng", {S.DOCUMENT: "documents.heads:check_heads"}),
    Rule("DV615", "sot-to-chuc", _W, "Sót tên tổ chức, tên loại của văn bản khác", {S.DOCUMENT: "documents.leftover:left_over"}),
    Rule("DV616", "doan-lap", _W, "Đoạn lặp lại nguyên văn", {S.DOCUMENT: "documents.lists:said_twice"}),
    Rule("DV617", "van-ban-lech-nhau", _W, "Các văn bản của một đơn vị nói khác nhau", _TOGETHER, signer=True),
    Rule("DV618", "nguoi-ky-khac-nhau", _N, "Các văn bản của một đơn vị có người ký khác nhau", _TOGETHER),
    Rule("DV619", "doan-ngat", _N, "Đoạn ngắt giữa câu", {S.DOCUMENT: "documents.breaks:broken_paragraphs"}),
    Rule("DV701", "lap-chu", _W, "Lặp chữ", _WORDED),
    Rule("DV702", "ngoac-kep", _W, "Ngoặc mở không có ngoặc đóng", _AMONG),
    Rule("DV703", "dau-cach", _N, "Thừa hoặc thiếu dấu cách", _WORDED),
    Rule("DV704", "unicode", _W, "Chữ gõ bằng Unicode tổ hợp", {S.TEXT: "wording.wording:check_passage", S.SOURCE: "wording.wording:check_source"}),
    Rule("DV705", "dau-thanh", _N, "Lẫn hai kiểu đặt dấu thanh", {S.TEXT: "wording.wording:check_passage", S.TEXTS: "wording.wording:check_passages"}),
    Rule("DV706", "dang-ngay", _N, "Ngày viết không theo dạng chuẩn", _WORDED, yields_to=frozenset({"DV309"})),
    Rule("DV707", "ten-chinh-thuc", _E, "Tên chính thức viết sai", _WORDED, in_papers=_W),
    Rule("DV708", "am-tiet-sai", _E, "Âm tiết tiếng Việt không có", _WORDED, yields_to=_NAMED),
    Rule("DV709", "dau-gach", _W, "Lẫn hai dấu gạch", _AMONG),
    Rule("DV710", "viet-hoa", _N, "Viết hoa không đúng", {S.TEXT: "wording.wording:check_passage", S.TEXTS: "wording.wording:check_passages"}),
    Rule("DV711", "nham-chu", _W, "Viết nhầm thành chữ khác", _WORDED, yields_to=_NAMED),
    Rule("DV712", "thieu-phay", _N, "Liệt kê thiếu dấu phẩy", _WORDED),
    Rule("DV713", "hai-cach", _N, "Một từ ngữ viết hai cách", _AMONG, yields_to=frozenset({"DV710"})),
    Rule("DV801", "kho-giay", _W, "Khổ giấy khác A4", _LAYOUT),
    Rule("DV802", "le-trang", _W, "Lề trang ngoài khoảng quy định", _LAYOUT),
    Rule("DV803", "phong-chu", _W, "Phông chữ, màu chữ sai thể thức", _LAYOUT),
    Rule("DV804", "so-trang", _W, "Số trang thiếu hoặc sai chỗ", _LAYOUT),
    Rule("DV805", "quoc-hieu", _W, "Quốc hiệu, Tiêu ngữ sai thể thức", _LAYOUT),
    Rule("DV806", "ten-co-quan", _W, "Tên cơ quan sai thể thức", _LAYOUT),
    Rule("DV807", "so-ky-hieu", _W, "Số, ký hiệu sai thể thức", _LAYOUT),
    Rule("DV808", "dia-danh-ngay", _W, "Địa danh, ngày tháng sai thể thức", _LAYOUT),
    Rule("DV809", "ten-loai-trich-yeu", _W, "Tên loại, trích yếu sai thể thức", _LAYOUT),
    Rule("DV810", "can-cu-ban-hanh", _W, "Căn cứ ban hành sai thể thức", _LAYOUT),
    Rule("DV811", "de-muc", _W, "Đề mục, điều, khoản, điểm sai thể thức", _LAYOUT),
    Rule("DV812", "co-chu", _W, "Cỡ chữ lời văn sai thể thức", _LAYOUT),
    Rule("DV813", "canh-doan", _W, "Canh lề, thụt đầu dòng sai thể thức", _LAYOUT),
    Rule("DV814", "gian-doan", _W, "Giãn đoạn, giãn dòng sai thể thức", _LAYOUT),
    Rule("DV815", "chu-ky", _W, "Chức vụ, họ tên người ký sai thể thức", _LAYOUT),
    Rule("DV816", "noi-nhan", _W, "Kính gửi, Nơi nhận sai thể thức", _LAYOUT),
    Rule("DV817", "phu-luc", _W, "Phụ lục, dòng kèm theo sai thể thức", _LAYOUT),
    Rule("DV818", "duong-ke", _W, "Đường kẻ thiếu hoặc sai độ dài", _LAYOUT),
)
# fmt: on

Check = Callable[..., Iterable[Finding]]


@cache
def checks_of(subject: Subject) -> tuple[Check, ...]:
    """The functions that look at `subject`, once each, in the order of the table."""
    named = dict.fromkeys(rule.looks_at[subject] for rule in RULES if subject in rule.looks_at)
    return tuple(_function(name) for name in named if name is not None)


def _function(name: str) -> Check:
    module, _, function = name.partition(":")
    check: Check = getattr(import_module(f"danvan_cli.validate.checks.{module}"), function)
    return check


_BY_CODE = {rule.code: rule for rule in RULES} | {rule.name: rule for rule in RULES}


def rule_of(code: str) -> Rule:
    """The rule with this code.

    Raises:
        KeyError: there is none.
    """
    return _BY_CODE[code]


def find_rule(given: str) -> Rule | None:
    """The rule meant by a code in either case, or by a name; None where there is none."""
    return _BY_CODE.get(given.upper()) or _BY_CODE.get(given.lower())


def nearest_code(given: str) -> str | None:
    """The code most like `given`, if any is near."""
    return nearest(given.upper(), [rule.code for rule in RULES], cutoff=0.6)
