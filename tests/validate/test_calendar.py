"""Working days: weekends, holidays and made-up days of the small catalogue."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.grammar.dates import from_figures, in_figures
from danvan_cli.load.working_days import calendar_of
from tests.validate.passages import CATALOGUE

CALENDAR = calendar_of(CATALOGUE)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("06/3/2027", "thứ Bảy"),
        ("07/3/2027", "Chủ nhật"),
        ("04/02/2027", "kỳ nghỉ Tết Đinh Mùi"),
        ("10/02/2027", "kỳ nghỉ Tết Đinh Mùi"),
        ("02/9/2027", "kỳ nghỉ Quốc khánh, lịch nghỉ chưa có thông báo chính thức"),
        ("03/02/2027", None),
        ("11/02/2027", None),
        ("13/02/2027", None),
        ("01/3/2027", None),
    ],
)
def test_a_day_is_worked_or_off_for_a_reason(day, why):
    the_day = from_figures(day)
    assert the_day is not None
    assert CALENDAR.is_day_off(the_day) is (why is not None)
    if why is not None:
        assert CALENDAR.why_off(the_day) == why


def test_a_made_up_saturday_is_no_holiday_though_it_is_in_one():
    assert CALENDAR.holiday(date(2027, 2, 13)) is None


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_the_working_day_before_is_the_last_one_before(day):
    before = CALENDAR.working_day_before(day)
    assert before < day
    assert not CALENDAR.is_day_off(before)
    between = (before + timedelta(n) for n in range(1, (day - before).days))
    assert all(CALENDAR.is_day_off(one) for one in between)


def test_the_calendar_of_a_catalogue_is_built_once():
    assert calendar_of(CATALOGUE) is calendar_of(CATALOGUE)


@given(st.dates())
def test_a_date_in_figures_reads_back(day):
    if day.year >= 1000:
        assert from_figures(in_figures(day)) == day


@pytest.mark.parametrize("text", ["", "31/02/2027", "2027-02-01", "01/2027", "ngày 01/02/2027"])
def test_what_is_no_date_in_figures_is_none(text):
    assert from_figures(text) is None
