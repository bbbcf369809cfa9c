"""Papers made as offices make them: right ones are silent, wrong ones are told of, and are mended."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from danvan_cli.validate.checks.form.mend import mended
from tests.layout.offices import Office
from tests.layout.test_mend import FORM, faults_of, words_of

CASES: dict[str, dict[str, Any]] = {
    case.pop("name"): case
    for case in yaml.safe_load(Path(__file__).with_name("offices.yaml").read_text("utf-8"))
}
BY_HAND = {
    "DV807 số, ký hiệu thiếu",
    "DV805 Tiêu ngữ viết",
    "DV815 họ tên người ký in hoa",
    "DV818",
}
"""What only a person can do: words to be typed anew, lines to be drawn."""


@cache
def made(name: str) -> bytes:
    case: dict[str, Any] = {k: v for k, v in CASES[name].items() if k != "sai"}
    return Office(**case).made()


def test_as_many_are_right_as_are_asked_for() -> None:
    right = [name for name, case in CASES.items() if not case.get("sai")]
    assert len(right) >= 15
    assert len(CASES) >= 2 * len(right)


@pytest.mark.parametrize("name", CASES)
def test_a_paper_is_told_of_what_is_wrong_with_it_and_of_nothing_else(name: str) -> None:
    assert {fault.split()[0] for fault in faults_of(made(name))} == {*CASES[name].get("sai", ())}


@pytest.mark.parametrize("name", CASES)
def test_what_can_be_set_is_set_and_no_letter_is_touched(name: str) -> None:
    copy, count = mended(made(name), FORM)
    assert words_of(copy) == words_of(made(name))
    assert mended(copy, FORM) == (copy, 0)
    left = [fault for fault in faults_of(copy) if not fault.startswith(tuple(BY_HAND))]
    assert left == []
    assert bool(count) == bool(
        [f for f in faults_of(made(name)) if not f.startswith(tuple(BY_HAND))]
    )
