"""Names of laws in running text, where they end; and where the name of an issuer ends."""

from __future__ import annotations

import re

from danvan_cli.grammar.citation.text import word_set

_LAW = re.compile(r"(?<!\w)(Bộ [Ll]uật|Luật|Pháp lệnh)(?=\s)")
_WORD = re.compile(r"(?P<gap>\s*,\s*|(?<=\w)\s+|(?<=\w)\s-\s)?(?P<word>[^\W_]+)")
_NAME_WORDS = 30


def _listed(phrases: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in phrases.split("|"))


# Not laws: a school of law, a firm, a trade.
_BEFORE_NO_LAW = word_set(
    "học khoa ngành viện trường hãng nhân tnhh công phòng môn giới tiến thạc sĩ"
)
_AFTER_NO_LAW = word_set("sư gia lệ pháp hóa này nêu đó trên mới cũ nói khác tục")
_LOWER_STARTS = word_set("""an ban bảo bầu bình bưu cạnh căn cán chăn chất chứng chuyển công cơ cư dân dầu doanh dược
    du đa đất đấu đầu đê điện đo đơn đường giá giám giao giáo hải hàng hiến hóa hòa hoạt hôn hộ
    hợp kế khám khí khiếu khoa khoáng kiểm kiến kinh lao lâm lưu lý mặt năng ngân người nghĩa
    nhà nhập nuôi phá phí phổ phòng phục quản quảng quốc quy sĩ sở sử tài thanh thể thi thông
    thống thú thủ thủy thuế thư thực thương tiếp tiêu tín tố tổ trách trẻ trí trồng trợ trưng
    tương viên việc viễn vũ xây xử xuất ưu""")
_STOPS = word_set("""trên trong tại đến tới cho để nhằm được đã có là theo về với gắn bằng từ khi nếu như sẽ
    phải không chưa này mới gồm bao vẫn ra chỉ tính vừa hết áp tham giai số ngày năm do đối hoặc thì mà của vào đang bị sau trước cùng cũng
    khóa nêu hay rằng vì nên qua nhưng còn cần yêu bởi""")
# Where a name goes on over a word that usually ends it: tác hại của thuốc lá, ...
_GOES_ON = _listed(
    """hại của|giám sát của|bồi thường của|nước ngoài theo|đầu tư vào|kinh doanh tại|cư trú của
    |nước ngoài tại|xuất cảnh của|nhập cảnh của|đầu tư theo|thức đối|công với|người có|người chưa
    |hòa bình của|điều của|hàng không|phòng không|tần số|dân số|nghệ số|chuyển đổi số|đổi mới|nhà nước tại|một số|và vừa|mắc phải|lượng tham|người tham"""
)
_STOP_PAIRS = _listed(
    """sửa đổi|ban hành|thay thế|bãi bỏ|hướng dẫn|hiện hành|hiện nay|quy định|thế nào|chuyển giao
    |điều chỉnh|bảo đảm|thực hiện|triển khai"""
)
_AFTER_COMMA = _listed(
    """công chức|giáo dục|khen thưởng|tôn giáo|vệ sinh|sử dụng|bổ sung|nhập cảnh|xuất cảnh
    |quá cảnh|cư trú|chữa cháy|chữa bệnh|thể thao|bảo vệ|trật tự|an toàn|an ninh|công nghệ
    |chống|rượu|thuế nhập|hàng hóa|rượu bia|bia|vũ khí|vật liệu|công cụ|ghép|lấy|phường
    |thị trấn|đào tạo|thăm dò|cứu hộ|khai thác|quyền|giám sát|kinh doanh|tiết kiệm|chi nhánh
    |tạm giam|cấm đi|nông thôn|lệ phí|phục hồi|điều ước|thỏa thuận|chuyển giao
    |người lao động|hiến|ứng phó|bộ phận"""
)
_AFTER_AND = _listed(
    """gia đình|đại biểu|cứu nạn|chữa cháy|an ninh|kiểm dịch|quy chuẩn|lệ phí|công nghệ|đổi mới
    |khoáng sản|nông thôn|hội đồng|đầu tư|động viên|hiệu quả|thi hành|môi trường|vật liệu
    |đường sắt|đường thủy|đổi mới|phòng bệnh|trách nhiệm|sản xuất|bồi thường|hỗ trợ|bảo hiểm
    |phục hồi|tài nguyên|chất lượng|trọng tài|thương mại|công trình|khai thác|cứu hộ|trật tự
    |công cụ|phát triển|cư trú|trợ giúp|sử dụng|đào tạo|thể thao|vừa|tài trợ|xác|bộ phận
    |thỏa thuận|nghĩa vụ|trừng phạt|bảo vệ|bản đồ|khu quân|hiến|tư pháp"""
)
_KIND_STARTS = ("luật", "bộ luật", "pháp lệnh", "nghị định", "nghị quyết", "thông tư", "hiến pháp")


def law_heads(plain: str) -> list[tuple[int, int]]:
    """Where "Luật", "Bộ luật" or "Pháp lệnh" stands before what can be its name or number."""
    heads = []
    for found in _LAW.finditer(plain):
        before = re.search(r"(\w+)\s$", plain[max(0, found.start() - 12) : found.start()])
        after = re.match(r"\s+(\w+)", plain[found.end() : found.end() + 16])
        if before and before[1].lower() in _BEFORE_NO_LAW:
            continue
        if after and after[1].lower() not in _AFTER_NO_LAW:
            heads.append((found.start(), found.end()))
    return heads


def law_name_end(plain: str, start: int) -> int | None:
    """Where the name of a law that begins at `start` ends; None where no name begins there."""
    first = _WORD.match(plain, start)
    if first is None or first["gap"] or not first["word"][0].isalpha():
        return None
    amending = re.compile(r"sửa đổi\b", re.IGNORECASE).match(plain, start)
    lower = first["word"].lower()
    if lower == "luật":
        # The one law named after a word for law: Luật Luật sư.
        bar = re.compile(r"luật\s+sư(?!\w)", re.IGNORECASE).match(plain, start)
        return bar.end() if bar else None
    if lower in {"số", "và"} or (lower in _STOPS and first["word"][0].islower()):
        return None
    if first["word"][0].islower() and lower not in _LOWER_STARTS and not amending:
        return None
    return _run(plain, first, amending=bool(amending))


def _run(plain: str, first: re.Match[str], *, amending: bool) -> int:
    end, words = first.end(), [first["word"].lower()]
    while len(words) < _NAME_WORDS:
        found = _WORD.match(plain, end)
        if found is None or not found["gap"] or found["gap"].count("\n") > 1:
            break
        word = found["word"].lower()
        ahead = " ".join(re.findall(r"\w+", plain[found.start() : found.start() + 30])[:2]).lower()
        if not _continues(found, word, words, ahead, amending=amending):
            break
        end = found.end()
        words.append(word)
    return end


# "và An toàn thông tin mạng ngày 22/6/2023": a name in capitals that a date follows.
_NAMED_AND_DATED = re.compile(
    r"\s+(?!(?:Bộ luật|Luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Chỉ thị)\b)[^\W\d_a-zà-ỹ][^\W\d_]*"
    r"(?:\s+[^\W\d_]+){1,8}?\s+(?:ngày\s+\d|năm\s+(?:19|20)\d\d|số\s+\d+/\d{4}/QH)"
)


def _continues(
    found: re.Match[str], word: str, words: list[str], ahead: str, *, amending: bool
) -> bool:
    """Whether the name goes on with `word`, the name so far being `words`."""
    pair = f"{words[-1]} {word}"
    if word[0].isdigit():
        return False
    if ahead.startswith(_KIND_STARTS) and found["word"][0].isupper():
        return amending and words[-1] == "của"
    if "," in found["gap"]:
        return word in _AFTER_COMMA or ahead in _AFTER_COMMA
    if "-" in found["gap"]:
        return word == "kinh"
    if word == "và":
        following = re.match(r"\s+(\w+(?:\s+\w+)?)", found.string[found.end() : found.end() + 30])
        after = following[1].lower() if following else ""
        if after in _AFTER_AND or after.split(" ")[0] in _AFTER_AND:
            return True
        return _NAMED_AND_DATED.match(found.string, found.end()) is not None
    if ahead in _STOP_PAIRS:
        return False
    if word in _STOPS:
        triple = " ".join([*words[-2:], word])
        return pair in _GOES_ON or triple in _GOES_ON
    return True


_ISSUER_WORD = re.compile(r"(?P<gap>\s*,\s*|\s*&\s*|\s*-\s*|\s*/\s*|\s+)?(?P<word>[^\W_]+\.?)")
_ISSUER_STOPS = word_set(
    """về trong tại đối nhằm cho để được đã có theo là với gắn từ khi trên do ngày năm phê nêu bổ
    thay quyết đến như ký việc số yêu thì sau trước cùng phải cũng hoặc đang đề bãi tiếp tăng chấn
    đẩy kèm sẽ vừa gửi lãnh cụ quán bằng đính thí kéo bao tuyên sửa vẫn hết khoảng nơi trao đưa đủ
    nên mà vể hỏi sang này đó xử giữ còn nói chuyển"""
)
_ISSUER_STOP_PAIRS = _listed(
    """ban hành|quy định|quy chế|hướng dẫn|thực hiện|thực thi|triển khai|thông qua|công bố|điều chỉnh
    |thành lập|giao cho|giao nhiệm|giao chỉ|chỉ đạo|chỉ định|kết luận|công nhận|tổ chức|đề nghị
    |chấp thuận|chấp nhận|phát động|nội dung|gia hạn|giải quyết|điều động|tham gia|xác định
    |thế nào|hiện hành|quản lý|công khai|thông báo|không còn|hiệu lực|khóa họp|đồng ý|cam kết
    |thành “|phân công|phân cấp|hiệp y|khen thưởng|tặng thưởng|bổ nhiệm|cấp cho"""
)
# What follows these is the office's own name: Ban Chỉ đạo, Cục Quản lý, Vụ Tổ chức.
_OFFICE_HEADS = word_set("Ban Cục Vụ Viện Phòng Sở Đội Tổ Quỹ tâm")
_SHORTENED = word_set("TP Tp tp TX tx TT tt P p X x H h Q q")
_KIND_PAIRS = ("quyết định", "chỉ thị", "kế hoạch", "kết luận", "công văn", "chương trình")
_OFFICE_LIST = re.compile(r",\s*[A-ZĐÂÊÔƠƯÁÀẢ]\w*(?:\s\w+){0,3}?\svà\s(?!(?:các|những)\b)\w")


def issuer_end(plain: str, start: int) -> int:
    """Where the name of an issuer that begins at `start` ends; `start` where none does."""
    end, last, words = start, "", 0
    while words < 40:
        found = _ISSUER_WORD.match(plain, end)
        if found is None or (end > start and not found["gap"]) or "\n\n" in (found["gap"] or ""):
            break
        word, gap = found["word"].rstrip("."), (found["gap"] or "").strip()
        ahead = " ".join(re.findall(r"\w+", plain[found.start() : found.start() + 30])[:2]).lower()
        if word == last or _ends_issuer(plain, found, gap, ahead, last):
            break
        end, last, words = found.start("word") + len(word), word, words + 1
        if found["word"].endswith("."):
            if word not in _SHORTENED or not plain[found.end() : found.end() + 2].strip():
                break
            end = found.end()
    term = re.compile(r"\s?\((?:khóa|nhiệm kỳ|lần thứ) [^()]{1,20}\)").match(plain, end)
    return term.end() if term and last else end


def _ends_issuer(plain: str, found: re.Match[str], gap: str, ahead: str, last: str) -> bool:
    """Whether the name of an issuer, whose last word so far is `last`, ends before `found`."""
    word = found["word"].rstrip(".").lower()
    if _names_kind(ahead, capital=found["word"][0].isupper()):
        return True
    if gap == "&" and found["gap"] == "&":
        return not found["word"][0].isupper()
    if word == "và" or gap == "&":
        following = re.match(r"\s+(\w+)", plain[found.end() : found.end() + 20])
        after = plain[found.end() : found.end() + 20].lower().split()
        named = following is not None and following[1][0].isupper()
        return not named or _names_kind(" ".join(after[:2]), capital=True)
    if gap == ",":
        return not _OFFICE_LIST.match(plain, found.start())
    if gap == "-" and " " in (found["gap"] or "") and not found["word"][0].isupper():
        return word != "xã"
    if not last or last in _OFFICE_HEADS or (last.lower(), word) == ("đổi", "số"):
        return False
    if ahead in _ISSUER_STOP_PAIRS:
        return found["word"][0].islower() or found["word"].isupper() or word in {"quy", "ban"}
    return word in _ISSUER_STOPS and (found["word"][0].islower() or word in {"về", "ngày", "sửa"})


def _names_kind(ahead: str, *, capital: bool) -> bool:
    """Whether two lower-case words begin the name of another document."""
    if ahead.startswith(("luật ", "hiến pháp")):
        return capital
    return ahead.startswith((*_KIND_STARTS[1:], *_KIND_PAIRS))
