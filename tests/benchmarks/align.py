"""How well the tasks of a paper are told: `python -m tests.benchmarks.align`.

Papers are made from the shipped catalogue as people reword, shorten, merge, split and shuffle its
tasks, with tasks of other fields among them that come from nowhere. Printed: of the matches made
without a question how many are right (precision), of the true ones how many are made so, and how
many are right with the questions answered by the first choice offered (recall).
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_cli.importing.align import Aligner, Match, whole_programme
from danvan_cli.load.profile import find_unit
from tests.cities import shipped_city

SYNONYMS = [
    ("Tuyên truyền, phổ biến, quán triệt", "Quán triệt, tuyên truyền sâu rộng"),
    ("Tiếp tục triển khai", "Triển khai thực hiện"),
    ("Nâng cao hiệu quả", "Nâng cao chất lượng"),
    ("Tổ chức xây dựng", "Xây dựng, nhân rộng"),
    ("tăng cường", "đẩy mạnh"),
    ("Tăng cường", "Đẩy mạnh"),
    ("triển khai", "tổ chức thực hiện"),
    ("Triển khai", "Tổ chức thực hiện"),
    ("trên địa bàn xã", "của xã"),
    ("Nhân dân", "người dân"),
    ("Ủy ban nhân dân", "UBND"),
    ("công tác dân vận", "công tác vận động quần chúng"),
    ("thực hiện", "thi hành"),
    ("giải quyết", "xử lý"),
    ("Rà soát", "Kiểm tra, rà soát"),
    ("đánh giá", "nhận xét, đánh giá"),
    ("cán bộ, công chức, viên chức", "đội ngũ cán bộ"),
]
OTHERS = """Tổ chức diễn tập phòng cháy, chữa cháy và cứu nạn, cứu hộ tại khu dân cư
Tiêm phòng cúm gia cầm, dại chó mèo đợt 1 năm 2026
Nạo vét kênh mương nội đồng phục vụ sản xuất vụ chiêm xuân
Khám sức khỏe nghĩa vụ quân sự và giao quân năm 2026
Thu thuế sử dụng đất phi nông nghiệp của hộ gia đình, cá nhân
Kiểm kê tài sản công của Ủy ban nhân dân xã
Tổ chức Tết trồng cây đời đời nhớ ơn Bác Hồ
Chi trả trợ cấp ưu đãi người có công và đối tượng bảo trợ xã hội
Phổ cập giáo dục, xóa mù chữ cho người từ 15 đến 60 tuổi
Cấp căn cước cho công dân đủ 14 tuổi trên địa bàn
Xử lý vi phạm trật tự đô thị, lấn chiếm vỉa hè
Duy tu, sửa chữa đường trục thôn
Tổ chức giải bóng đá thanh niên xã
Quyết toán ngân sách xã năm 2025
Lập dự toán thu, chi ngân sách năm 2027
Điều tra, rà soát hộ nghèo, hộ cận nghèo cuối năm
Kiểm tra an toàn thực phẩm dịp Tết Nguyên đán
Thu gom, xử lý rác thải sinh hoạt
Tổ chức cho trẻ em vui Tết Trung thu
Tập huấn nghiệp vụ văn thư, lưu trữ
Trực bảo đảm an ninh trong các ngày lễ
Tuyên truyền về bảo hiểm y tế toàn dân
Tổ chức hội thi tiếng hát người cao tuổi
Xây dựng kế hoạch phòng, chống thiên tai và tìm kiếm cứu nạn
Tổ chức tổng kết phong trào toàn dân bảo vệ an ninh Tổ quốc
Đại hội thể dục thể thao xã lần thứ X
Ban hành Kế hoạch ứng dụng công nghệ số trong nông nghiệp
Cải tạo hệ thống chiếu sáng công cộng
Kiểm tra việc thực hiện nếp sống văn minh trong việc cưới, việc tang
Báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm""".splitlines()
_CITED = re.compile(r" (?:số )?[\w/-]*\d[\w/-]* ngày \d+/\d+/\d{4}[^,;]*")


@dataclass(frozen=True)
class Line:
    """A task of a made-up paper, what was done to it, and the tasks it truly comes from."""

    deed: str
    text: str
    truth: frozenset[str]


def reworded(text: str, dice: random.Random) -> str:
    for old, new in dice.sample(SYNONYMS, k=9):
        text = text.replace(old, new, 1)
    return text


def shortened(text: str, dice: random.Random) -> str:
    words = _CITED.sub("", text).split()
    return " ".join(words[: max(6, int(len(words) * dice.uniform(0.45, 0.75)))])


def swapped(text: str) -> str:
    head, mark, tail = text.partition(", ")
    return f"{tail[:1].upper()}{tail[1:]}, {head[:1].lower()}{head[1:]}" if mark else text


def paper(texts: dict[str, str], dice: random.Random) -> list[Line]:
    """A shuffled paper: a third as they are or reworded, the rest shortened, merged, split."""
    left = list(texts)
    dice.shuffle(left)
    made: list[Line] = []
    while left:
        ma = left.pop()
        text, deed = texts[ma], dice.choice(["như cũ", "đổi chữ", "rút gọn", "đảo", "gộp", "tách"])
        whole = frozenset([ma])
        if deed == "gộp" and left:
            other = left.pop()
            made.append(Line(deed, f"{text}; {reworded(texts[other], dice)}", whole | {other}))
        elif deed == "tách" and len(text.split()) > 24:
            words = text.split()
            half = len(words) // 2
            made.append(Line(deed, " ".join(words[:half]), whole))
        elif deed == "rút gọn":
            made.append(Line(deed, shortened(reworded(text, dice), dice), whole))
        elif deed == "đảo":
            made.append(Line(deed, swapped(reworded(text, dice)), whole))
        else:
            text = reworded(text, dice) if deed == "đổi chữ" else text
            made.append(Line(deed if deed != "gộp" else "như cũ", text, whole))
    made += [Line("việc khác", text, frozenset()) for text in dice.sample(OTHERS, 12)]
    dice.shuffle(made)
    return made


def texts_of(unit: str) -> tuple[dict[str, str], Aligner]:
    catalogue = shipped_city()
    _, programme = whole_programme(catalogue, find_unit(catalogue, unit), {})
    heads = {str(t.ma) for t in catalogue.tasks.values() if t.diem}
    tasks = [t for t in programme.tasks if t.ma in catalogue.tasks and t.ma not in heads]
    wordings = {t.ma: (str(t.noi_dung), str(catalogue.tasks[t.ma].noi_dung)) for t in tasks}
    return {t.ma: str(t.noi_dung) for t in tasks}, Aligner(wordings)


@dataclass
class Score:
    lines: int = 0
    sure: int = 0
    sure_right: int = 0
    right: int = 0
    asked: int = 0

    def add(self, line: Line, match: Match) -> None:
        right = frozenset(match.sources) == line.truth
        self.lines += 1
        self.right += right
        self.asked += not match.sure
        self.sure += match.sure
        self.sure_right += match.sure and right

    def __str__(self) -> str:
        precision = self.sure_right / self.sure if self.sure else 1.0
        return (
            f"{self.lines:5} dòng  không hỏi {self.sure:5}, đúng {precision:.3f}"
            f"  hỏi {self.asked:4}  đúng cả thảy {self.right / self.lines:.3f}"
        )


def measure(seeds: Sequence[int], units: Sequence[str]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for unit in units:
        texts, aligner = texts_of(unit)
        for seed in seeds:
            lines = paper(texts, random.Random(seed))
            for line, match in zip(lines, aligner.align(x.text for x in lines), strict=True):
                for name in (line.deed, "tất cả"):
                    scores.setdefault(name, Score()).add(line, match)
    return scores


if __name__ == "__main__":
    found = measure(range(25), ["an-lao", "le-chan", "cat-hai"])
    for name in sorted(found):
        sys.stdout.write(f"{name:10} {found[name]}\n")
