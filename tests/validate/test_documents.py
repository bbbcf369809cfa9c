"""Rules of whole documents beyond their cases in tests/rules: files beside each other, units."""

from dataclasses import replace
from pathlib import Path

import pytest

from danvan_cli.findings import Finding, Place
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, ItemNumber
from danvan_cli.reading.numbers import order_faults, row_number
from danvan_cli.reading.reader import read_document
from danvan_cli.text import roman
from danvan_cli.validate.checks.documents.documents import check_document
from danvan_cli.validate.checks.documents.own import unit_of_document
from tests.validate.passages import CATALOGUE, setting


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
