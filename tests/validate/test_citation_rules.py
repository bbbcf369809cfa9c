"""Rules of citations: beyond their cases in tests/rules: what stands beside each other, any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validate.passages import passage, said_among, said_of, setting

HERE = setting({})


@given(st.text(max_size=120))
def test_any_text_is_judged_without_failing(text):
    said_of(passage(text), HERE, "DV5")
    said_among([passage(text)], HERE, "DV5")


def test_two_faults_of_one_number_are_a_root_cause_and_what_follows_from_it():
    found = said_of(passage("Chỉ thị số 28-TT/TTg ngày 18/9/2025"), HERE, "DV5")
    assert [f.rank for f in found] == sorted(f.rank for f in found)
    assert sum(f.fix is not None for f in found) == 1


@pytest.mark.parametrize(
    ("texts", "messages"),
    [
        (
            [
                "Quyết định số 12/QĐ-UBND ngày 10/01/2027 của UBND xã",
                "Quyết định số 12/QĐ-UBND ngày 11/01/2027 của UBND xã",
            ],
            [
                "Quyết định số 12/QĐ-UBND ghi ngày '11/01/2027' nhưng ở dòng 1 ghi ngày"
                " '10/01/2027', chưa biết ngày nào đúng. Đối chiếu bản gốc, ghi một ngày."
            ],
        ),
        (
            [
                "Kế hoạch số 5/KH-UBND ngày 10/01/2026 của UBND xã về công tác dân vận;",
                "Kế hoạch số 05/KH-UBND ngày 10/01/2027 của UBND xã về công tác dân vận;",
            ],
            [
                "Kế hoạch số 05/KH-UBND ghi ngày '10/01/2027' nhưng ở dòng 1 ghi ngày"
                " '10/01/2026', chưa biết ngày nào đúng. Đối chiếu bản gốc, ghi một ngày."
            ],
        ),
        # Numbers begin anew each year.
        (
            [
                "Kế hoạch số 12/KH-UBND ngày 10/01/2026 của UBND xã về chuyển đổi số;",
                "Kế hoạch số 12/KH-UBND ngày 11/01/2027 của UBND xã về công tác dân vận;",
            ],
            [],
        ),
        # Every office has its own numbers.
        (
            [
                "Kế hoạch số 12/KH-UBND ngày 10/01/2027 của UBND xã Đông Xuân",
                "Kế hoạch số 12/KH-UBND ngày 11/01/2027 của UBND phường Bến Thủy",
            ],
            [],
        ),
        # The register has both.
        (
            [
                "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ",
                "Chỉ thị số 33/CT-TTg ngày 06/11/2025 của Thủ tướng Chính phủ",
            ],
            [],
        ),
        # The register says which of the two is right.
        (
            [
                "Nghị quyết số 12/NQ-HĐND ngày 10/12/2026 của HĐND thành phố",
                "Nghị quyết số 12/NQ-HĐND ngày 12/12/2026 của HĐND thành phố",
            ],
            [
                "Nghị quyết số 12/NQ-HĐND ghi ngày '12/12/2026' nhưng ở dòng 1 ghi ngày"
                " '10/12/2026', đúng như sổ văn bản. Sửa thành '10/12/2026'."
            ],
        ),
        (["Chỉ thị số 33/CT-TTg ngày 26/11/2021", "Chỉ thị số 33/CT-TTg"], []),
        ([], []),
    ],
)
def test_one_number_has_one_date_in_a_document(texts, messages):
    found = said_among([passage(text) for text in texts], HERE, "DV5")
    assert [f.message for f in found] == messages
    assert {f.code for f in found} <= {"DV508"}
