"""Rules of deadlines: beyond their cases in tests/rules: what stands beside each other, any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.validate.checks.deadlines.dates import later
from danvan_cli.validate.checks.deadlines.times import period_of
from danvan_cli.validate.checks.deadlines.works import work_due_too_early
from danvan_cli.validate.setting import Work
from tests.validate.passages import CATALOGUE, passage, said_of, setting

HERE = setting({})


@given(st.text(max_size=80))
def test_any_text_is_judged_without_failing(text):
    for finding in said_of(passage(text, "thoi_gian"), HERE, "DV3"):
        assert "\n" not in finding.message or "\n" in finding.value


@pytest.mark.parametrize(
    ("own", "city", "message"),
    [
        (
            "Quý I/2027",
            "Hoàn thành trước ngày 27/02/2027",
            "Thời hạn 'Quý I/2027' muộn hơn thời hạn của thành phố: 'Hoàn thành trước ngày"
            " 27/02/2027'. Đặt thời hạn không muộn hơn, hoặc nêu lý do trong hồ sơ đơn vị.",
        ),
        (
            "Thường xuyên",
            "Quý II/2027",
            "Thời hạn 'Thường xuyên' muộn hơn thời hạn của thành phố: 'Quý II/2027'. Đặt thời hạn"
            " không muộn hơn, hoặc nêu lý do trong hồ sơ đơn vị.",
        ),
        (
            "Lần 1 trước ngày 05/6/2027; lần 2 trước ngày 30/11/2027",
            "Tháng 8/2027",
            "Thời hạn '30/11/2027' muộn hơn thời hạn của thành phố: 'Tháng 8/2027'. Đặt thời hạn"
            " không muộn hơn, hoặc nêu lý do trong hồ sơ đơn vị.",
        ),
        ("Trước ngày 20/02/2027", "Hoàn thành trước ngày 27/02/2027", None),
        ("Quý I/2027", "Quý I/2027", None),
        ("Năm 2027", "Thường xuyên", None),
        ("Năm 2027 và các năm tiếp theo", "Năm 2027", None),
        ("lúc nào rảnh", "Quý I/2027", None),
        ("Quý I/2027", "theo chỉ đạo của thành phố", None),
        ("{nam}", "Quý I/2027", None),
    ],
)
def test_a_units_deadline_is_compared_with_the_citys(own, city, message):
    found = list(later(passage(own, "thoi_gian"), city, HERE))
    assert [f.message for f in found] == ([message] if message else [])
    assert {f.code for f in found} <= {"DV306"}


@pytest.mark.parametrize(
    ("content", "deadline", "early"),
    [
        ("Tổng kết công tác dân vận năm 2027", "Quý II/2027", True),
        ("Tổ chức hội nghị sơ kết quý III", "Trước ngày 15/8/2027", True),
        ("Tổng kết công tác dân vận năm 2027", "Quý IV/2027", False),
        ("Tổng kết công tác dân vận năm 2026", "Quý I/2027", False),
        ("Báo cáo kết quả triển khai kế hoạch năm 2027", "Quý II/2027", False),
        ("Tuyên truyền kết quả tổng kết năm 2027", "Quý II/2027", False),
        ("Tổng kết năm học 2026 - 2027", "Tháng 5/2027", False),
    ],
)
def test_a_report_is_not_due_before_its_period_is_nearly_over(content, deadline, early):
    work = Work(passage(content, "noi_dung"), deadline=passage(deadline, "thoi_gian"))
    found = list(work_due_too_early(work, HERE))
    assert [f.code for f in found] == (["DV308"] if early else [])


def test_a_plan_for_several_years_may_have_deadlines_in_all_of_them():
    title = passage("KẾ HOẠCH thực hiện Nghị quyết giai đoạn 2026 - 2030", "tieu_de")
    years = period_of([title, passage("giai đoạn 2021 - 2040", "noi_dung")], HERE)
    assert years == (2026, 2030)
    assert not said_of(passage("Quý IV/2029", "thoi_gian"), HERE, "DV3", years)
    assert said_of(passage("Quý IV/2031", "thoi_gian"), HERE, "DV3", years)


def test_the_city_and_the_year_come_from_the_catalogue_alone():
    assert CATALOGUE.year == 2027
    assert period_of([], HERE) == (2027, 2027)
