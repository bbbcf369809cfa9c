"""What can begin an agency's name or a collective: the words the reader of agency cells knows.

Names and kinds are those of Nghị định 45/2025/NĐ-CP and 150/2025/NĐ-CP (offices of cities and
communes) and of Quy định 298 and 299-QĐ/TW (Party side). Patterns read `text.comparable` form.
"""

from __future__ import annotations

import re


def any_of(listed: str) -> str:
    """A pattern for any of the words in `listed` (parted by |), whole, spaces as they come."""
    options = sorted((" ".join(word.split()) for word in listed.split("|")), key=len, reverse=True)
    spaced = [word.replace(" - ", r"\s*-\s*").replace(" ", r"\s+") for word in options]
    return "(?:" + "|".join(spaced) + r")(?!\w)"


def spaced(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, each space in it standing for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"))


MANY = re.compile(r"(?:" + any_of("các|những|một số|mọi|toàn bộ|toàn thể|tất cả") + r"\s*)+")
TITLE = re.compile(
    r"(?:phó\s+)?"
    + any_of(
        "chủ tịch|giám đốc|thủ trưởng|trưởng|chánh|bí thư|hiệu trưởng|lãnh đạo|người đứng đầu"
        "|trạm trưởng|hạt trưởng|đội trưởng|đồn trưởng|chỉ huy trưởng|cục trưởng|vụ trưởng|chủ nhiệm"
    )
    + r"\s*"
)
NAMED = re.compile(
    any_of(
        "ubnd|ủy ban|hđnd|hội đồng|thường trực|công an|đảng ủy|tỉnh ủy|thành ủy|mặt trận|mttq"
        "|ubmttq|ub mttq|bchqs|bch|ban chỉ huy|ban chỉ đạo|ban quản lý|ban công tác|ban xây dựng"
        "|ban tuyên giáo|ban tổ chức|ban thường trực|ban bầu cử|ban chấp hành|ban giám sát"
        "|bộ chỉ huy|bộ tư lệnh|bộ phận|quân sự|trạm y tế|văn phòng|vp|tòa án|viện kiểm sát"
        "|kho bạc|bảo hiểm xã hội|bhxh|liên đoàn|liên minh|liên hiệp|thanh tra|chi cục|tổng cục"
        "|đoàn thanh niên|đoàn đbqh|đoàn đại biểu|đoàn tncs|hội nông dân|hội liên hiệp|hội lhpn"
        "|hội phụ nữ|hội cựu chiến binh|hội ccb|công đoàn|thi hành án|đài truyền thanh"
        "|đài phát thanh|đài ptth|cổng thông tin|cổng ttđt|quốc hội|chính phủ|học viện|vnpt"
        "|viettel|hạt kiểm lâm|thành đoàn|tỉnh đoàn|tổng công ty|tập đoàn|thông tấn xã|nhân dân"
        "|người dân|cộng đồng|cán bộ|tổ công tác|tổ công nghệ|chính quyền|ngân hàng nhà nước"
        "|ngân hàng chính sách|bộ đội|thuế thành phố|thuế tỉnh|thuế cơ sở|thuế khu vực|hải quan khu vực|chi nhánh|báo và phát thanh|báo và đài|báo và ptth"
        "|cơ quan ủy ban|cơ quan ubkt|cảnh sát|tổng liên đoàn|hội người cao tuổi"
    )
)
"""Begin an agency's name whatever their case and whatever follows."""
KIND = re.compile(
    any_of(
        "sở|bộ|ban|phòng|cục|vụ|hội|đoàn|trung tâm|viện|trường|báo|đài|thuế|hải quan|quỹ"
        "|ngân hàng|bệnh viện|công ty|tạp chí|hiệp hội|nhà xuất bản|đội|đảng bộ|nhà văn hóa"
        "|bảo tàng|thư viện|công chức|trạm|hạt|đồn|hải đội|chi hội|nhà máy|khu bảo tồn"
    )
)
"""Begin a name where a proper word follows ("Sở Nội vụ", not "sở, ngành")."""
UTILITY = re.compile(
    any_of(
        "bưu điện|viễn thông|điện lực|vườn quốc gia|kiểm lâm|mobifone|hải quan|agribank|vietcombank|vietinbank|bidv"
    )
)
"""Begin a name where they have a capital: "Viễn thông tỉnh", not "doanh nghiệp, viễn thông"."""
MEMBER = re.compile(
    any_of(
        "sở|ban|ngành|bộ|cục|vụ|phòng|hội|đoàn thể|đoàn|cơ quan|đơn vị|tổ chức|địa phương"
        "|doanh nghiệp|hợp tác xã|cá nhân|viện|trường|nhà trường|trung tâm|báo chí|báo|đài|thôn"
        "|tổ dân phố|khu phố|khu dân cư|làng|xóm|chi bộ|chi hội|tổ|đội|cơ sở|công ty|ngân hàng"
        "|quỹ|bệnh viện|nhà|hiệp hội|chủ|hộ|lực lượng|trường học|phòng ban|thành viên"
    )
)
"""Members of collectives; alone after a named agency, each begins a new one."""
SINGLE = re.compile(
    any_of("doanh nghiệp|hợp tác xã|nhà|cá nhân|hộ|chủ|thôn|tổ dân phố|khu phố|khu dân cư")
)
"""Members that do not open a list of their own: "Doanh nghiệp, nhà đầu tư" are two."""
SETTLEMENT = re.compile(any_of("thôn|tổ dân phố|khu phố|khu dân cư|làng|xóm"))
PEOPLE = re.compile(any_of("nhân dân|người dân|cộng đồng|cán bộ|chính quyền"))
PLACE = re.compile(
    any_of("xã|phường|đặc khu|thị trấn|quận|huyện|thị xã|thành phố|tp|tỉnh|cấp|trung ương")
)
FIELD = re.compile(
    any_of(
        "nội vụ|tài chính|tư pháp|công thương|xây dựng|y tế|ngoại vụ|ngoại giao|gd&đt|kh&cn"
        "|giáo dục và đào tạo|khoa học và công nghệ|nông nghiệp và môi trường|nn&mt|du lịch"
        "|công an|quốc phòng|văn hóa, thể thao và du lịch|dân tộc và tôn giáo|văn hóa và thể thao"
        "|lao động - thương binh và xã hội|kế hoạch và đầu tư|thông tin và truyền thông"
        "|tài nguyên và môi trường|nông nghiệp và phát triển nông thôn|giao thông vận tải"
        "|xuất bản, in và phát hành|phát thanh, truyền hình và thông tin điện tử"
    )
)
"""What follows Sở or Bộ, where a list leaves the word out: "Sở Nội vụ, Tư pháp"."""
UNION = re.compile(any_of("phụ nữ|cựu chiến binh|nông dân|đoàn viên|người cao tuổi"))
ACRONYM = re.compile(r"(?:[A-ZĐ]{3,}|[A-Z][a-z]+[A-Z]\w*)(?![\w&])")

SHORT = re.compile(r"[A-ZĐ]{2,}(?:[-&.][A-ZĐ]+)*(?![\w&])")
"""An office in capitals alone: VHXH, VH-XH, HĐND-UBND."""
INITIALLED = re.compile(r"(?:P|VP|TT|CA|BCH|BQL|TYT|UB|Đ|H)\s?\.\s?[A-ZĐ]")
"""An office whose first word is an initial with a dot: P.VHXH, TT. PVHCC."""

_COUNCIL = re.compile(any_of("ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân"))
_FRONT = re.compile(any_of("ủy ban mttq|ủy ban mặt trận|mttq|mặt trận|ub mttq|ubmttq"))
_UNION_HEAD = re.compile(any_of("hội") + r"(?!\s+đồng)")
_SEVERAL = re.compile(
    rf"(?<!\w)(?:các\s+(?:{PLACE.pattern}|{SETTLEMENT.pattern}|địa\s+phương)"
    rf"|cấp\s+(?:xã|huyện|tỉnh))|(?<!\w){PLACE.pattern}\s*[,/]\s*{PLACE.pattern}"
)
_PRESS = re.compile(r"báo\s+và(?!\w)")
_QUALIFIER = re.compile(
    any_of(
        "có|liên quan|thuộc|của|trực thuộc|ở|tại|và|theo|khác|trên|cấp|tỉnh|thành phố|xã|phường"
        "|đặc khu|huyện|quận|chuyên|ngành|trung ương|nơi|được|nhà nước|cùng|địa phương|ban"
    )
)
_NAMED_IN_LOWER = frozenset(
    ("sở", "bộ", "ban", "phòng", "cục", "vụ", "hội", "trung tâm", "bệnh viện")
)
_NEXT_WORD = re.compile(r"\s+(?=\w)")


def start_kind(text: str, low: str, at: int) -> str:
    """What begins at `at`: "many", "named", "loose", "member", "place" or "" for none of them.

    `low` is the comparable form of `text`. "loose" is a kind of agency with a capital letter and
    a name without one ("Phòng văn hóa"), which a collective may hold as a member.
    """
    if MANY.match(low, at):
        return "many"
    if TITLE.match(low, at) or NAMED.match(low, at) or INITIALLED.match(text, at):
        return "named"
    if text[at : at + 1].isupper() and UTILITY.match(low, at):
        return "named"
    if kind := KIND.match(low, at):
        following = _NEXT_WORD.match(low, kind.end())
        if following and not text[following.end()].islower():
            return "named"
        named_so = following and text[at].isupper() and kind.group() in _NAMED_IN_LOWER
        if following and named_so and not _QUALIFIER.match(low, following.end()):
            return "loose"
    if MEMBER.match(low, at):
        return "member"
    return "place" if PLACE.match(low, at) else ""


def begins_agency(text: str, low: str, at: int) -> bool:
    """Whether an agency or a collective of agencies begins at `at` ("các nội dung" does not)."""
    many = MANY.match(low, at)
    return start_kind(text, low, many.end() if many else at) != "" and (
        many is not None or start_kind(text, low, at) != "place"
    )


def head_word(low: str) -> str:
    """The word a name begins with, "các" and titles left out: sở, ubnd, ban, ...; else ""."""
    at = 0
    for leading in (MANY, TITLE, MANY):
        if found := leading.match(low, at):
            at = found.end()
    if _COUNCIL.match(low, at):
        return "ubnd"
    if _FRONT.match(low, at):
        return "mttq"
    if _UNION_HEAD.match(low, at):
        return "hội"
    found = NAMED.match(low, at) or KIND.match(low, at) or MEMBER.match(low, at)
    return " ".join(found.group().split()) if found else ""


def is_collective(text: str, low: str) -> bool:
    """Whether a name stands for several: "các sở, ngành", "UBND cấp xã", "doanh nghiệp"."""
    title = TITLE.match(low)
    at = title.end() if title else 0
    if _PRESS.match(low):
        return False
    if MANY.match(low, at) or PEOPLE.match(low, at) or start_kind(text, low, at) == "member":
        return True
    return _SEVERAL.search(low) is not None
