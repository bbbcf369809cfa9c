"""A document tells its own place, year and day; what it does not tell is not assumed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from danvan_cli.reading.document import WrittenDate
from danvan_cli.reading.frame import years_in
from danvan_cli.reading.reader import read_document
from danvan_cli.validate.checks.documents.own import setting_of
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from tests.validate.passages import CATALOGUE, SMALL

CASES = yaml.safe_load((Path(__file__).parent / "documents.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["ten"] for case in CASES])
def test_a_document_is_judged_by_what_it_tells(tmp_path: Path, case: dict[str, Any]) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text(case["noi_dung"], encoding="utf-8")
    document, _ = read_document(path, path.name)
    assert document is not None
    told, setting = case["la"], setting_of(document, CATALOGUE, None, None)
    years = list(document.years) if document.years else None
    assert (setting.home, years) == (told["home"], told["years"])
    written = document.written
    assert (written.first, written.last) == (told["since"], told["until"])
    report = validate_paths([path], Options(SMALL, date(2027, 3, 1)))
    assert [finding.code for finding in report.findings] == case["ma"]


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Công tác dân vận năm 2026", (2026, 2026)),
        ("Báo cáo năm 2025 và phương hướng, nhiệm vụ năm 2026", (2025, 2026)),
        ("Cải cách hành chính giai đoạn 2026 - 2030", (2026, 2030)),
        ("Phát triển du lịch đến năm 2030, tầm nhìn đến năm 2045", None),
        ("Thực hiện Nghị quyết số 12/NQ-CP ngày 05 tháng 3 năm 2024", None),
        ("Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2024 năm 2026", (2026, 2026)),
        ("Quy chế làm việc", None),
    ],
)
def test_the_years_of_a_title(title: str, years: tuple[int, int] | None) -> None:
    assert years_in(title) == years


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        (WrittenDate(5, 3, 2027), date(2027, 3, 5), date(2027, 3, 5)),
        (WrittenDate(None, 2, 2027), date(2027, 2, 1), date(2027, 2, 28)),
        (WrittenDate(None, 12, 2027), date(2027, 12, 1), date(2027, 12, 31)),
        (WrittenDate(None, None, 2027), date(2027, 1, 1), date(2027, 12, 31)),
        (WrittenDate(5, 3, None), None, None),
        (WrittenDate(31, 2, 2027), date(2027, 2, 1), date(2027, 2, 28)),
        (WrittenDate(), None, None),
    ],
)
def test_a_date_half_filled_in_keeps_what_it_says(
    written: WrittenDate, first: date | None, last: date | None
) -> None:
    assert (written.first, written.last) == (first, last)
    assert written.exact == (first if first == last else None)


MAIN = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG XUÂN
Số: 15/QĐ-UBND
Đông Xuân, ngày 05 tháng 02 năm 2027
QUYẾT ĐỊNH
Ban hành danh mục nhiệm vụ
Điều 1. Ban hành Phụ lục I kèm theo Quyết định này./.
Nơi nhận:
- Lưu: VT, VHXH.
"""
ANNEX = """Phụ lục I
NHIỆM VỤ
(Kèm theo Quyết định số {number}/{symbol} ngày 05 tháng 02 năm {year} của Ủy ban nhân dân xã {unit})
"""


@pytest.mark.parametrize(
    ("number", "symbol", "year", "unit", "belongs"),
    [
        ("15", "QĐ-UBND", "2027", "Đông Xuân", True),
        ("    ", "QĐ-UBND", "2027", "Đông Xuân", True),
        ("16", "QĐ-UBND", "2027", "Đông Xuân", False),
        ("15", "KH-UBND", "2027", "Đông Xuân", False),
        ("15", "QĐ-UBND", "2026", "Đông Xuân", False),
        ("15", "QĐ-UBND", "2027", "Tây Mỗ", False),
    ],
)
def test_an_annex_belongs_to_the_document_it_names_whatever_its_file(
    tmp_path: Path, number: str, symbol: str, year: str, unit: str, belongs: bool
) -> None:
    (tmp_path / "quyet-dinh.txt").write_text(MAIN, encoding="utf-8")
    annex = ANNEX.format(number=number, symbol=symbol, year=year, unit=unit)
    (tmp_path / "danh sách kèm (1).txt").write_text(annex, encoding="utf-8")
    report = validate_paths([tmp_path], Options(SMALL, date(2027, 3, 1), select=("DV60",)))
    assert [f.code for f in report.findings] == ([] if belongs else ["DV601"])


def test_an_annex_its_document_does_not_mention_is_named(tmp_path: Path) -> None:
    (tmp_path / "quyet-dinh.txt").write_text(MAIN, encoding="utf-8")
    text = ANNEX.format(number="15", symbol="QĐ-UBND", year="2027", unit="Đông Xuân")
    annex = tmp_path / "danh sách.txt"
    annex.write_text(text + "\nPhụ lục II\nBIỂU MẪU\n", encoding="utf-8")
    report = validate_paths([annex], Options(SMALL, date(2027, 3, 1)))
    assert [(f.code, f.value) for f in report.findings] == [("DV602", "Phụ lục II")]
