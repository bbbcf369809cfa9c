"""Rules of whole documents beyond their cases in tests/rules: files beside each other, units."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from danvan_cli.findings import Finding, Place
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, ItemNumber
from danvan_cli.reading.numbers import order_faults, row_number
from danvan_cli.reading.reader import read_document
from danvan_cli.shipped import shipped
from danvan_cli.text import roman
from danvan_cli.validate.checks.documents.documents import check_document
from danvan_cli.validate.checks.documents.own import unit_of_document
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from tests.validate.passages import CATALOGUE, SMALL, setting


def found(path: Path) -> list[Finding]:
    document, _ = read_document(path, path.name)
    assert document is not None
    return list(check_document(document, setting({})))


def number(text: str) -> ItemNumber:
    made = row_number(Passage(text, "chu", "thu", lambda at: Place("thu.txt", 1, at + 1)))
    assert made is not None
    return made


@pytest.mark.parametrize("kind", [".txt", ".docx"])
@pytest.mark.parametrize(("annex", "codes"), [("Phụ lục I", []), ("Phụ lục II", ["DV601"])])
def test_a_phu_luc_may_stand_in_a_file_beside_the_document(
    tmp_path: Path, kind: str, annex: str, codes: list[str]
) -> None:
    main = tmp_path / "ke-hoach.txt"
    main.write_text("Nhiệm vụ tại Phụ lục I kèm theo.\n", encoding="utf-8")
    beside = tmp_path / f"ke-hoach-phu-luc{kind}"
    if kind == ".txt":
        beside.write_text(f"{annex}\nNHIỆM VỤ\n", encoding="utf-8")
    else:
        from docx import Document as Word

        word = Word()
        word.add_paragraph(annex)
        word.save(str(beside))
    assert [finding.code for finding in found(main)] == codes


def test_a_file_of_phu_luc_is_judged_by_the_document_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ke-hoach.txt").write_text("Nhiệm vụ tại Phụ lục I kèm theo.\n", encoding="utf-8")
    annexes = tmp_path / "ke-hoach-phu-luc.txt"
    annexes.write_text("Phụ lục I\nMỤC TIÊU\n\nPhụ lục II\nNHIỆM VỤ\n", encoding="utf-8")
    (finding,) = found(annexes)
    assert (finding.code, finding.place.line) == ("DV602", 4)


def test_a_file_of_phu_luc_alone_is_left_in_peace(tmp_path: Path) -> None:
    annexes = tmp_path / "ke-hoach-phu-luc.txt"
    annexes.write_text("Phụ lục I\nMỤC TIÊU\n", encoding="utf-8")
    assert found(annexes) == []


@pytest.mark.parametrize(
    ("issuer", "place", "unit"),
    [
        ("XÃ ĐÔNG XUÂN", None, "dong-xuan"),
        (None, "Tây Mỗ", "tay-mo"),
        (None, "Phường Trần Hưng Đạo", "tran-hung-dao"),
        ("THÀNH PHỐ SƠN HÀ", None, "son-ha"),
        ("XÃ KHÔNG CÓ", None, None),
        (None, None, None),
    ],
)
def test_the_unit_of_a_document_is_that_of_its_letterhead_or_date_line(
    issuer: str | None, place: str | None, unit: str | None
) -> None:
    document = replace(
        Document(Path("a.txt"), ()),
        issuer=issuer,
        place_name=place,
        places=tuple(p for p in (issuer, place) if p),
    )
    known = unit_of_document(document, CATALOGUE)
    assert (known.ma if known else None) == unit


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3", []),
        ("I II III IV V", []),
        ("1 1.1 1.2 a b c d đ e 1.3 2 2.1", []),
        ("1 a b 2 a b", []),
        ("1 2 4", [("nhay", "4", "3")]),
        ("1 1.1 1.3", [("nhay", "1.3", "1.2")]),
        ("1 1.1 1.1", [("lap", "1.1", "1.2")]),
        ("1 2 2 3", [("lap", "2", "3")]),
        ("I II II", [("lap", "II", "III")]),
        ("a b d", [("nhay", "d", "c")]),
        ("a b c d e", [("nhay", "e", "đ")]),
        ("1 1.2", [("nhay", "1.2", "1.1")]),
        ("3 4 5", []),
    ],
)
def test_numbers_follow_on(numbers: str, expected: list[tuple[str, str, str]]) -> None:
    said = [(f.sort, f.here.number, f.expected) for f in order_faults(map(number, numbers.split()))]
    assert said == expected


@pytest.mark.parametrize(
    ("value", "figures"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX")]
)
def test_roman_figures(value: int, figures: str) -> None:
    assert roman(value) == figures


TODAY = date(2027, 3, 1)
PLAN = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG XUÂN
Số: 12/KH-UBND
Đông Xuân, ngày 12 tháng 01 năm 2027
KẾ HOẠCH
Công tác dân vận năm 2027
1. Tuyên truyền
- Cơ quan chủ trì: Phòng Văn hóa - Xã hôi
- Thời gian thực hiện: Quý II/2027
Trên đây là Kế hoạch công tác dân vận năm 2027./.
"""


@pytest.mark.parametrize("folder", ["", "van-ban"])
def test_a_units_own_agencies_are_known_from_its_file_beside(tmp_path: Path, folder: str) -> None:
    paper = tmp_path / folder / "ke-hoach.txt"
    paper.parent.mkdir(exist_ok=True)
    paper.write_text(PLAN, encoding="utf-8")
    options = Options(SMALL, TODAY, select=("DV401",))
    assert [f.code for f in validate_paths([paper], options).findings] == ["DV401"]
    own = "don_vi: xã Đông Xuân\nco_quan:\n- {ma: rieng, ten: Phòng Văn hóa - Xã hôi}\n"
    (tmp_path / "ho-so.yaml").write_text(own, encoding="utf-8")
    assert validate_paths([paper], options).findings == ()


def test_a_text_amended_is_no_younger_than_the_paper_that_amends_it(tmp_path: Path) -> None:
    paper = tmp_path / "quyet-dinh.txt"
    paper.write_text(
        "TỈNH LÂM SƠN\nSố: 12/QĐ-UBND\nLâm Sơn, ngày 12 tháng 01 năm 2027\nQUYẾT ĐỊNH\n"
        "Sửa đổi Quy chế\nĐiều 1. Sửa đổi Quy chế./.\nNơi nhận:\n- Như Điều 1;\n- Lưu: VT.\n"
        "QUY CHẾ\nLàm việc\n(Ban hành kèm theo Quyết định số 05/2020/QĐ-UBND ngày 05 tháng 02 năm 2020)\n"
        "Điều 1. Thực hiện Nghị định số 39/2022/NĐ-CP ngày 18/6/2022 của Chính phủ.\n",
        encoding="utf-8",
    )
    assert not any(
        f.code == "DV506" for f in validate_paths([paper], Options(SMALL, TODAY)).findings
    )


def test_the_name_of_another_province_left_in_is_told(tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.txt"
    paper.write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\nSố: 12/KH-UBND\nQuảng Trị, ngày 12 tháng 01 năm 2027\n"
        "KẾ HOẠCH\nCông tác dân vận trên địa bàn tỉnh Đắk Lắk năm 2027\n"
        "Ủy ban nhân dân tỉnh Thái Nguyên ban hành Kế hoạch.\n"
        "Ủy ban nhân dân tỉnh Gia Lai trao đổi kinh nghiệm với Ủy ban nhân dân tỉnh Lào Cai./.\n",
        encoding="utf-8",
    )
    options = Options(shipped("catalog"), TODAY, select=("DV607", "DV608"))
    found = validate_paths([paper], options).findings
    assert [(f.code, f.value) for f in found] == [
        ("DV608", "Quảng Trị"),
        ("DV608", "Đắk Lắk"),
        ("DV608", "Thái Nguyên"),
    ]
