"""Deadline phrases: labelled ones, properties of all spellings of a time, and the printed form."""

from __future__ import annotations

import json
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.grammar.deadline.reader import Deadline, canonical_deadline, read_deadline
from tests.cases import each

LINES = (Path(__file__).parent / "deadlines.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
labelled = each("case", CASES, itemgetter("text"))

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
years = st.integers(2020, 2035)
months = st.integers(1, 12)
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def either(case: dict[str, Any], key: str) -> list[str | None]:
    others = case.get(key + "_khac", [])
    return [case.get(key), *(others if isinstance(others, list) else [others])]


def spellings_of(day: date) -> list[str]:
    return [
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}/{day.month:02d}/{day.year}",
        f"{day.day} / {day.month} / {day.year}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"NGÀY {day.day:02d} THÁNG {day.month:02d} NĂM {day.year}",
        f"ngày {day.day:02d}/{day.month}/{day.year}",
        day.isoformat(),
    ]


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@labelled
def test_a_labelled_phrase_is_read_as_a_careful_clerk_reads_it(case: dict[str, Any]) -> None:
    got = read_deadline(case["text"], case.get("nam"))
    assert iso(got.ket_thuc) in either(case, "ket_thuc")
    assert got.text == case["text"]
    if "loai" in case:
        assert got.loai in either(case, "loai")
        assert iso(got.bat_dau) in either(case, "bat_dau")
        assert got.understood is case.get("hieu", True)
    for key in ("lap", "lap_tu", "ghi_chu"):
        if key in case:
            assert getattr(got, key) == case[key]
    if "loi" in case:
        assert list(got.loi) == case["loi"]
    if "phan" in case:
        assert [iso(part.ket_thuc) for part in got.phan] == case["phan"]


@labelled
def test_a_phrase_without_a_labelled_fault_has_none(case: dict[str, Any]) -> None:
    impossible = ("31/02", "Tháng 13")
    if "loi" not in case and not any(words in case["text"] for words in impossible):
        assert read_deadline(case["text"]).loi == ()


@labelled
def test_the_printed_form_means_the_same_and_prints_as_itself(case: dict[str, Any]) -> None:
    read = read_deadline(case["text"], case.get("nam"))
    tidy = canonical_deadline(read)
    again = read_deadline(tidy)
    assert again.meaning == read.meaning
    assert canonical_deadline(again) == tidy


@labelled
def test_decomposed_letters_capitals_and_odd_spaces_change_nothing(case: dict[str, Any]) -> None:
    text, year = case["text"], case.get("nam")
    meaning = read_deadline(text, year).meaning
    assert read_deadline(unicodedata.normalize("NFD", text), year).meaning == meaning
    assert read_deadline(f"  {text.replace(' ', '  ')} ", year).meaning == meaning
    assert read_deadline(text.replace("-", "–"), year).meaning == meaning
    assert read_deadline(text.upper(), year).meaning == meaning


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("quý 1 năm 2026", "Quý I/2026"),
        ("Quý l-2026", "Quý I/2026"),
        ("Quý II-III/2026", "Quý II - III/2026"),
        ("Quý I, II và III", "Quý I, II và III"),
        ("tháng 2 / 2026.", "Tháng 02/2026"),
        ("tháng 5, tháng 10 năm 2026", "Tháng 5 và 10/2026"),
        ("hoàn thành trước 5/6/2026", "Hoàn thành trước ngày 05/6/2026"),
        ("chậm nhất là ngày 1 tháng 2 năm 2026", "Chậm nhất ngày 01/02/2026"),
        ("trước 30/12 hàng năm", "Trước ngày 30/12 hằng năm"),
        ("THƯỜNG XUYÊN", "Thường xuyên"),
        ("năm 2026; các năm tiếp theo", "Năm 2026 và các năm tiếp theo"),
        ("2026 - 2030", "Giai đoạn 2026 - 2030"),
        ("Quý I/2026, (lồng ghép)", "Quý I/2026 (lồng ghép)"),
        ("Theo hướng dẫn của Uỷ ban nhân dân  xã.", "Theo hướng dẫn của Ủy ban nhân dân xã"),
        (
            "lần 1 trước ngày 05/6, lần 2 trước 30/11/2026",
            "+ Lần 1 trước ngày 05/6/2026\n+ Lần 2 trước ngày 30/11/2026",
        ),
    ],
)
def test_a_phrase_prints_in_its_one_form(text: str, tidy: str) -> None:
    assert canonical_deadline(read_deadline(text)) == tidy


def test_the_programmes_year_fills_only_what_the_phrase_leaves_open() -> None:
    assert iso(read_deadline("Quý II", 2027).ket_thuc) == "2027-06-30"
    assert iso(read_deadline("Quý II/2026", 2027).ket_thuc) == "2026-06-30"
    assert read_deadline("Quý II").ket_thuc is None


def test_a_part_carries_its_own_words_dates_and_remark() -> None:
    first, second = read_deadline("Ban hành trước 15/02/2026; kiểm tra: quý III/2026 (2 đợt)").phan
    assert (first.mo_dau, iso(first.ket_thuc)) == ("Ban hành", "2026-02-14")
    assert (second.mo_dau, iso(second.ket_thuc)) == ("kiểm tra:", "2026-09-30")
    assert second.ghi_chu == "2 đợt"


def test_a_remark_is_no_part() -> None:
    for text in (
        "Quý I/2026, phục vụ bầu cử năm 2026",
        "Thí điểm trong giai đoạn 2026 - 2027 và mở rộng sau năm 2028",
        "Năm 2026 (theo Kế hoạch số 62/KH-UBND ngày 09/02/2026)",
        "Tháng 8/2026, lồng ghép với tổng kết năm 2026",
    ):
        assert read_deadline(text).phan == ()


@given(days, st.data())
def test_every_spelling_of_a_day_is_that_day(day: date, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(spellings_of(day)))
    for frame, end in (
        ("{}", day),
        ("Hoàn thành trước {}.", day - timedelta(1)),
        ("chậm nhất là {}", day),
        ("Đến hết {}", day),
        ("Xong trong {};", day),
        ("chậm nhất 17 giờ 00 {}", day),
    ):
        read = read_deadline(frame.format(written))
        assert (read.ket_thuc, read.bat_dau, read.loi) == (end, None, ())


@given(days, days, st.data())
def test_a_span_of_days_runs_from_the_first_to_the_last(
    one: date, other: date, data: st.DataObject
) -> None:
    first, last = sorted((one, other))
    frame = data.draw(
        st.sampled_from(("Từ {} đến {}", "từ {} đến hết {}.", "{} - {}", "Từ {} – {}"))
    )
    a, b = (
        data.draw(st.sampled_from(spellings_of(d)[:1] + spellings_of(d)[5:8]))
        for d in (first, last)
    )
    read = read_deadline(frame.format(a, b))
    assert (read.loai, read.bat_dau, read.ket_thuc) == ("ngay", first, last)
    backwards = read_deadline(frame.format(b, a))
    assert backwards.loi == (() if first == last else ("nguoc",))


@given(months, years, st.sampled_from(["tháng {}/{}", "Tháng {} năm {}", "trong tháng {:02d}-{}", "T{}/{}", "{:02d}/{}"]))  # fmt: skip
def test_every_spelling_of_a_month_is_that_month(month: int, year: int, frame: str) -> None:
    read = read_deadline(frame.format(month, year))
    assert (read.loai, read.bat_dau) == ("thang", date(year, month, 1))
    assert read.ket_thuc == month_end(year, month)


@given(st.integers(1, 4), years, st.sampled_from(["Quý {}/{}", "quí {} năm {}", "QUÝ {}-{}", "Quý{}/{}", "trong quý {}, năm {}", "Q{}/{}"]), st.sampled_from(["roman", "figure", "small l"]))  # fmt: skip
def test_every_spelling_of_a_quarter_is_that_quarter(
    quarter: int, year: int, frame: str, digits: str
) -> None:
    shown = str(quarter) if digits == "figure" else ROMAN[quarter]
    if digits == "small l":
        shown = shown.replace("I", "l")
    read = read_deadline(frame.format(shown, year))
    assert (read.loai, read.bat_dau) == ("quy", date(year, 3 * quarter - 2, 1))
    assert read.ket_thuc == month_end(year, 3 * quarter)


@given(
    st.sets(st.integers(1, 4), min_size=2),
    years,
    st.sampled_from([", ", " và ", ", quý ", " + ", ","]),
    st.booleans(),
    st.sampled_from(["/", " năm ", "-"]),
)
def test_a_list_of_quarters_runs_to_the_last_of_them(
    quarters: set[int], year: int, link: str, figures: bool, before_year: str
) -> None:
    listed = link.join(str(q) if figures else ROMAN[q] for q in sorted(quarters))
    read = read_deadline(f"Quý {listed}{before_year}{year}")
    assert read.bat_dau == date(year, 3 * min(quarters) - 2, 1)
    assert read.ket_thuc == month_end(year, 3 * max(quarters))
    apart = len(quarters) <= max(quarters) - min(quarters)
    assert len(read.phan) == (len(quarters) if apart else 0)


@given(st.sampled_from(["Tháng", "Quý"]), years, st.sampled_from(["-", " – ", " đến "]), st.data())
def test_a_range_runs_from_its_first_to_its_last(
    head: str, year: int, link: str, data: st.DataObject
) -> None:
    top, size = (12, 1) if head == "Tháng" else (4, 3)
    first = data.draw(st.integers(1, top - 1))
    last = data.draw(st.integers(first + 1, top))
    read = read_deadline(f"{head} {first}{link}{last}/{year}")
    assert read.bat_dau == date(year, size * (first - 1) + 1, 1)
    assert read.ket_thuc == month_end(year, size * last)


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.sampled_from(["hằng năm", "hàng năm"]))
def test_a_yearly_day_has_no_date_but_a_round(day: date, every: str) -> None:
    read = read_deadline(f"trước ngày {day.day}/{day.month} {every}", 2026)
    assert (read.loai, read.bat_dau, read.ket_thuc) == ("hang_nam", None, None)
    assert read.lap == f"{day - timedelta(1):%m-%d}"


PIECES = st.sampled_from(
    [
        "trước ngày",
        "15/02/2026",
        "31/02/2026",
        "và",
        ",",
        ";",
        "\n",
        "+ ",
        "- ",
        "Quý",
        "I",
        "IV/2026",
        "tháng",
        "8/2026",
        "năm",
        "2026",
        "2030",
        "-",
        "đến",
        "từ",
        "hết",
        "(",
        ")",
        "hằng năm",
        "hàng tháng",
        "thường xuyên",
        "theo",
        "hướng dẫn",
        "6 tháng",
        "đầu năm",
        "lần 1",
        "hoàn thành",
        "chậm nhất",
        "17 giờ 00",
        "ngày",
        "05",
        "trong",
        "các năm tiếp theo",
        "giai đoạn",
        "sau khi",
        "Thứ Ba",
        ".",
        ":",
        "trở đi",
        "nay",
        "1-1",
    ]
)


def same_again(read: Deadline) -> None:
    tidy = canonical_deadline(read)
    again = read_deadline(tidy)
    assert again.meaning == read.meaning
    assert canonical_deadline(again) == tidy


@given(st.text(max_size=200), st.none() | years)
def test_no_text_makes_the_reader_raise(text: str, year: int | None) -> None:
    read = read_deadline(text, year)
    canonical_deadline(read)
    assert read.text == text


@given(st.lists(PIECES, max_size=14), st.none() | years)
def test_no_order_of_the_words_of_deadlines_makes_the_reader_raise(
    pieces: list[str], year: int | None
) -> None:
    read = read_deadline(" ".join(pieces), year)
    canonical_deadline(read)
    assert len(read.phan) != 1
    assert read.understood or read.loai == "khac"


@given(days, days, st.sampled_from(["Hoàn thành trước {}", "Báo cáo: trước ngày {}", "Chậm nhất {}"]), st.sampled_from(["; ", "\n", " và ", ", "]))  # fmt: skip
def test_print_then_read_then_print_is_stable(
    one: date, other: date, frame: str, link: str
) -> None:
    text = link.join(frame.format(f"{d.day}/{d.month}/{d.year}") for d in (one, other))
    read = read_deadline(text)
    assert len(read.phan) == 2
    same_again(read)


def test_a_very_long_text_is_read_without_fuss() -> None:
    assert read_deadline("1 - " * 5000).understood is False
    assert read_deadline("9" * 6000).understood is False
    assert read_deadline("(" * 900 + "Quý I/2026" + ")" * 900).loai == "quy"
    assert read_deadline("trước ngày 1/1/2026, " * 5000).understood is False
