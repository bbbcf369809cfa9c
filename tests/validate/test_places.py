"""Equal faults in one text: each is found, each at its own place."""

from __future__ import annotations

import unicodedata
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.findings import Place
from danvan_cli.passage import Passage, Role

from .passages import passage, said_of, setting

FAULTS: dict[str, tuple[Role, str, str]] = {
    "DV302": ("thoi_gian", "trước ngày 31/6/2027", "; đợt nữa "),
    "DV303": ("thoi_gian", "trước ngày 15/6/2024", "; đợt nữa "),
    "DV305": ("thoi_gian", "chậm nhất ngày 20/6/2027", "; đợt nữa "),
    "DV307": ("thoi_gian", "từ ngày 20/6/2027 đến ngày 10/6/2027", "; đợt nữa "),
    "DV309": ("thoi_gian", "trước ngày 15/06/2027", "; đợt nữa "),
    "DV501": ("chu", "Chỉ thị số 33/TT-TTg ngày 26/11/2021", "; "),
    "DV504": ("chu", "Nghị định số 34/2016/NĐ-CP ngày 14/5/2017", "; "),
    "DV505": ("chu", "Quyết định số 18/QĐ-UBND ngày 30/02/2026", "; "),
    "DV507": ("chu", "Quyết định số 18/QĐ - UBND ngày 10/02/2026", "; "),
    "DV402": ("chu", "giao Sở Du lịch báo cáo", "; "),
}


@pytest.mark.parametrize("code", FAULTS)
@settings(deadline=None, max_examples=12)
@given(times=st.integers(1, 5), form=st.sampled_from(("NFC", "NFD")))
def test_equal_faults_are_as_many_findings_at_as_many_places(code: str, times: int, form) -> None:
    role, fault, between = FAULTS[code]
    text = unicodedata.normalize(form, between.join([fault] * times))
    found = said_of(passage(text, role), setting({}), code)
    assert len(found) == times
    assert len({f.place for f in found}) == times
    assert {f.value for f in found} == {found[0].value}
    assert all(text[f.place.column - 1 :].startswith(f.value) for f in found)


def test_the_same_words_are_judged_once_and_found_wherever_they_stand() -> None:
    texts = [Passage("Trước ngày 31/6/2027", "thoi_gian", ma, partial(Place, "a.txt", n), fixable=n < 2)
             for n, ma in ((1, "mot"), (2, "hai"))]  # fmt: skip
    found = [f for text in texts for f in said_of(text, setting({}), "DV302")]
    assert [(f.place, f.subject) for f in found] == [
        (Place("a.txt", 1, 11), "mot"),
        (Place("a.txt", 2, 11), "hai"),
    ]


def test_what_cannot_be_changed_alone_is_not_mended() -> None:
    text = "Trước ngày 15/06/2027"
    may = [passage(text, "thoi_gian"), passage(text, "thoi_gian")._replace(fixable=False)]
    fixes = [f.fix for one in may for f in said_of(one, setting({}), "DV309")]
    assert fixes[0] is not None
    assert fixes[1] is None
