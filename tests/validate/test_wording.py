"""Rules of wording beyond their cases in tests/rules: the shipped catalogue, fixes, any text."""

import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.findings import Finding
from danvan_cli.grammar.syllables import is_syllable, well_marked
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.units import communes, provinces
from danvan_cli.nodes import SourceText
from danvan_cli.validate.checks.wording.wording import check_passage, check_passages, check_source
from danvan_cli.validate.collect import catalogue_passages
from danvan_cli.validate.setting import Setting
from tests.validate.passages import CATALOGUE, passage

ROOT = Path(__file__).parents[2]
SMALL = Setting(CATALOGUE, "van_ban", CATALOGUE.year)


@cache
def shipped() -> Catalogue:
    catalogue, _ = load_catalogue(ROOT / "catalog")
    assert catalogue is not None
    return catalogue


def judged(text: str, setting: Setting) -> list[Finding]:
    one = passage(text)
    return [*check_passage(one, setting), *check_passages([one], setting)]


def test_the_shipped_catalogue_is_well_worded() -> None:
    setting = Setting(shipped(), "danh_muc", shipped().year)
    passages = catalogue_passages(shipped())
    said = [f for p in passages for f in check_passage(p, setting)]
    assert said == []
    assert list(check_passages(passages, setting)) == []


@pytest.mark.parametrize("kind", ["xã", "phường"])
def test_no_name_of_a_commune_is_a_slip(kind: str) -> None:
    """In running text and in the capitals of a letterhead, for every commune of the country."""
    country = ROOT / "catalog" / "quoc-gia"
    names = [c.ten for p in provinces(country) for c in communes(country, p.ma)]
    assert len(names) > 3000
    said = [f for n in names for f in check_passage(passage(f"trên địa bàn {kind} {n}"), SMALL)]
    for name in names:
        head = passage(f"ỦY BAN NHÂN DÂN {kind} {name}".upper())
        said += check_passage(head, SMALL)
    assert [f.message for f in said] == []


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("tránh hình thức, gấn công tác dân vận với nhiệm vụ", "gấn", "gắn"),
        (
            "qua truyền thanh, công thông tin điện tử, mạng xã hội",
            "công thông tin điện tử",
            "cổng thông tin điện tử",
        ),
        ("đôn đốc các quan, đơn vị triển khai thực hiện", "quan", "cơ quan"),
        ("nghị định của Chính phủ phủ quy định chi tiết", "phủ phủ", "phủ"),
        ("Các cơ qan, đơn vị", "qan", "quan"),
    ],
)
def test_the_words_of_the_catalogue_show_what_was_meant(text: str, wrong: str, right: str) -> None:
    (finding,) = judged(text, Setting(shipped(), "van_ban", shipped().year))
    assert finding.value == wrong
    assert finding.fix is not None
    assert finding.fix.new == right


@pytest.mark.parametrize(
    "text",
    [
        "Ban Xây dựng Đảng Đảng ủy phường phối hợp thực hiện.",
        "Tổ dân phố và các cơ quan, đơn vị liên quan.",
        "Công bố thủ tục hành chính, bãi bỏ thủ tục hành chính.",
        "Các chức danh, các quan hệ phối hợp, các quan điểm chỉ đạo.",
        "Xử lý, khắc phục, hạn chế trong công tác quy hoạch, điều chỉnh quy hoạch, điều chỉnh quy hoạch sử dụng đất.",
        "đăng tải trên trang thông tin điện tử, mạng xã hội (zalo, facebook...)",
        "Mô hình “Trọng dân, gần dân, hiểu dân, học dân và có trách nhiệm với nhân dân”.",
    ],
)
def test_what_only_differs_from_the_catalogue_is_no_fault(text: str) -> None:
    assert judged(text, Setting(shipped(), "van_ban", shipped().year)) == []


@given(st.text(alphabet='các cơquađếớ “”()"-–.,;:/0126 \n{}', max_size=60))
def test_any_text_can_be_judged(text: str) -> None:
    for finding in judged(text, SMALL):
        assert finding.message.endswith((".", "”.", "'."))
        assert "\n" not in finding.code


@pytest.mark.parametrize(
    "word",
    [
        "quốc",
        "giếng",
        "gìn",
        "gì",
        "nguyễn",
        "khuya",
        "ngoằn",
        "ngoèo",
        "thuở",
        "quýt",
        "huỳnh",
        "yêu",
        "oan",
        "uyển",
        "khuỷu",
        "ghềnh",
        "kế",
    ],
)
def test_words_of_vietnamese_are_syllables_with_the_mark_in_place(word: str) -> None:
    assert is_syllable(word)
    assert well_marked(word) is None


@pytest.mark.parametrize(
    "word", ["qan", "ngy", "ngiêm", "thưc", "tổchức", "kông", "cế", "tryền", "ngắcc"]
)
def test_words_that_vietnamese_cannot_have_are_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "right"),
    [("họat", "hoạt"), ("tòan", "toàn"), ("qủa", "quả"), ("ngừơi", "người"), ("gíup", "giúp")],
)
def test_a_mark_on_the_wrong_letter_is_moved(word: str, right: str) -> None:
    assert well_marked(word) == right


def test_the_raw_text_of_a_file_shows_decomposed_letters() -> None:
    text = "ten: Đồng\nmo_ta: " + unicodedata.normalize("NFD", "đối thoại") + "\n"
    (finding,) = check_source(SourceText.of("a.yaml", text), SMALL)
    assert (finding.code, str(finding.place)) == ("DV704", "a.yaml:2:8")
    assert finding.fix is not None
    assert finding.fix.new == "đối thoại"
