"""Advice can be followed: the wrong example of a rule's page, mended as its message says, is right.

Advice is what a fix would write, or the one value a message names ("Có phải 'x'?", "Sửa thành 'x'").
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from danvan_cli.findings import Edit, Finding
from danvan_cli.validate.fix import spliced
from tests.rules.judging import findings_of
from tests.rules.test_rules import Example, _examples

_NAMED = re.compile(
    r"(?:Có phải|Sửa thành|Thay bằng|Viết|Viết đúng là|gần nhất là|Ghi|Dùng|Dẫn) '([^']+)'"
)
_ROUNDS = 4
WRONG = [e for e in _examples() if e.wrong and not e.name.startswith(("the_thuc", "mau"))]
FOLLOWED = 48
"""At least so many pages give advice that a program can follow."""


def advice(finding: Finding) -> Edit | None:
    """What the finding says to write, and where."""
    if finding.fix is not None:
        return finding.fix
    named = _NAMED.findall(finding.message)
    if len(set(named)) != 1 or not finding.value or not finding.place.line:
        return None
    return Edit(finding.place, finding.value, named[0])


def mended(example: Example, folder: Path) -> tuple[str, list[Finding]]:
    """The example with all its advice followed, and what is said of it then."""
    text = example.text
    for number in range(_ROUNDS):
        place = folder / str(number)
        place.mkdir()
        found = list(findings_of(example.name, text, place))
        edits = [edit for edit in map(advice, found) if edit is not None]
        made = spliced(text, edits) if edits else None
        if made is None or not made.made:
            return text, found
        text = made.text
    return text, found


@pytest.mark.parametrize("example", WRONG, ids=str)
def test_advice_that_was_followed_leaves_nothing_to_say(example: Example, tmp_path: Path) -> None:
    text, found = mended(example, tmp_path)
    if text == example.text:
        pytest.skip("the message leaves the choice to people")
    assert [f"{f.code} {f.message}" for f in found if f.code not in example.allowed] == []


def test_most_pages_give_advice_that_can_be_followed(tmp_path: Path) -> None:
    followed = 0
    for number, example in enumerate(WRONG):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = findings_of(example.name, example.text, folder)
        followed += any(advice(finding) is not None for finding in found)
    assert followed >= FOLLOWED
