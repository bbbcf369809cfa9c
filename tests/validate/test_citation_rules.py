"""Rules of citations: beyond their cases in tests/rules: what stands beside each other, any text."""

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
