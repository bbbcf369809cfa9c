"""What holds for every phrase among the cases: how it is encoded, where the fault is, the fix."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from danvan_cli.findings import Edit, Finding
from tests.cases import Case
from tests.rules.judging import ROLES, findings_of
from tests.rules.test_rules import CASES, SPEAKING

ENCODING = ("DV401", "DV704")
"""What may be said of decomposed letters alone."""

ROUNDS = 2
"""One agency written in two ways in one list of names is mended in two goes."""


def role_of(case: Case) -> str:
    """The name of the input of `case` if it is phrases, else `""`."""
    return next((f"{role}.txt" for role in ROLES if f"{role}.txt" in case.data), "")


PHRASES = [case for case in CASES if role_of(case)]


def judged(case: Case, folder: Path, text: str) -> list[Finding]:
    codes = case.get("codes", case.file.stem)
    found = findings_of(role_of(case), text, folder)
    return [finding for finding in found if finding.code.startswith(codes)]


@pytest.mark.parametrize("case", PHRASES, ids=str)
def test_decomposed_phrases_are_judged_as_composed_ones(case: Case, tmp_path: Path) -> None:
    def kinds(form: Literal["NFC", "NFD"]) -> list[tuple[int, str]]:
        text = unicodedata.normalize(form, case[role_of(case)])
        found = judged(case, tmp_path, text)
        return [(f.place.line, f.code) for f in found if f.code not in ENCODING]

    assert kinds("NFD") == kinds("NFC")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", [c for c in SPEAKING if role_of(c)], ids=str)
def test_the_words_at_fault_stand_where_they_are_said_to_stand(
    case: Case, form: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    text = unicodedata.normalize(form, case[role_of(case)])
    lines = text.split("\n")
    for finding in judged(case, tmp_path, text):
        if finding.code in ENCODING:
            continue
        rest = lines[finding.place.line - 1][finding.place.column - 1 :]
        value = unicodedata.normalize("NFC", finding.value.split("\n")[0])
        assert unicodedata.normalize("NFC", rest).startswith(value), finding


@pytest.mark.parametrize(
    "case", [c for c in SPEAKING if role_of(c) and "⇒" in c["findings"]], ids=str
)
def test_fixes_mend_what_they_were_found_for(case: Case, tmp_path: Path) -> None:
    text = case[role_of(case)]
    for _ in range(ROUNDS):
        for finding in reversed(judged(case, tmp_path, text)):
            if finding.fix is not None:
                text = mended(text, finding.fix)
    assert [f for f in judged(case, tmp_path, text) if f.fix is not None] == []


def mended(text: str, fix: Edit) -> str:
    lines = text.split("\n")
    line, at = lines[fix.place.line - 1], fix.place.column - 1
    assert line[at:].startswith(fix.old)
    lines[fix.place.line - 1] = line[:at] + fix.new + line[at + len(fix.old) :]
    return "\n".join(lines)
