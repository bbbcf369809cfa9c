"""Every rule by its data: what it says of cases and of its page's examples.

A file of cases is named after the code, or the family of codes, that its cases are judged by:
`DV305.yaml`, `DV3.yaml`. A case is an input under the name that says what it is (judging.py) and
the `findings` that must be made of it, word for word; without `findings` there may be none. Where
a case says `codes: DV3`, its findings are all that a whole family says of it.

On a page, the fenced examples under "## Sai" must each give the page's code and nothing else,
those under "## Đúng" nothing at all. An example says what it is by the name of a file:
```yaml tep=danh_muc.yaml```, ```text tep=thoi_gian.txt```; `them=DVyyy` allows another code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from danvan_cli.validate import rules
from danvan_cli.validate.rules import RULES, Rule, rule_of
from tests.cases import Case, cases_in
from tests.conftest import Expect
from tests.rules.judging import findings_of, lines_by_words, lines_of

HERE = Path(__file__).parent
CASES = cases_in(*sorted(HERE.glob("DV*.yaml")))
SPEAKING = [case for case in CASES if "findings" in case.data]
SILENT = [case for case in CASES if "findings" not in case.data]
PAGES = Path(rules.__file__).parent / "pages"
HEADINGS = ["Kiểm tra gì", "Vì sao", "Sai", "Đúng", "Cách sửa", "Căn cứ"]
_FENCE = re.compile(r"^```(\w+) (tep=[^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A fenced example of a rule's page."""

    code: str
    wrong: bool
    index: int
    name: str
    allowed: frozenset[str]
    text: str

    def __str__(self) -> str:
        return f"{self.code}-{'sai' if self.wrong else 'dung'}-{self.index}"


def _sections(code: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", rule_of(code).page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _examples() -> list[Example]:
    made = []
    for rule in RULES:
        if not (PAGES / f"{rule.code}.md").is_file():
            continue
        sections = _sections(rule.code)
        for heading, wrong in (("Sai", True), ("Đúng", False)):
            for index, (_, options, text) in enumerate(_FENCE.findall(sections[heading]), 1):
                given = dict(pair.split("=", 1) for pair in options.split())
                name, allowed = given["tep"], frozenset(given.get("them", "").split(","))
                made.append(Example(rule.code, wrong, index, name, allowed, text))
    return made


def judged(case: Case, folder: Path) -> str:
    """What is said of the input of `case`."""
    codes = case.get("codes", case.file.stem)
    (name,) = (key for key in case.data if "." in key)
    found = findings_of(name, case[name], folder)
    if name == "thanh_pho_sua.txt":
        return lines_by_words(found, codes, folder / "thanh-pho")
    return lines_of(found, codes)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name files from the folder they are judged in."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", SPEAKING, ids=str)
def test_what_is_wrong_is_said_in_these_words(case: Case, tmp_path: Path, expect: Expect) -> None:
    said = judged(case, tmp_path)
    assert said
    expect(case, "findings", said)


@pytest.mark.parametrize("case", SILENT, ids=str)
def test_nothing_is_said_of_what_is_right(case: Case, tmp_path: Path) -> None:
    assert judged(case, tmp_path) == ""


@pytest.mark.parametrize("example", _examples(), ids=str)
def test_the_examples_of_a_page_are_true(example: Example, tmp_path: Path) -> None:
    found = findings_of(example.name, example.text, tmp_path)
    codes = {finding.code for finding in found} - example.allowed
    assert codes == ({example.code} if example.wrong else set()), [f.message for f in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_every_heading_in_order_and_both_examples(rule: Rule) -> None:
    page = rule.page
    assert page.startswith(f"# {rule.code} {rule.name}: {rule.title}\n")
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == HEADINGS
    sections = _sections(rule.code)
    assert all(text.strip() for text in sections.values())
    assert _FENCE.search(sections["Sai"])
    assert _FENCE.search(sections["Đúng"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_cases_that_pass_and_cases_that_fail(rule: Rule) -> None:
    for cases in (SPEAKING, SILENT):
        assert any(case.file.stem == rule.code for case in cases)


def test_every_case_belongs_to_a_rule_or_a_family() -> None:
    codes = [rule.code for rule in RULES]
    for case in CASES:
        assert any(code.startswith(case.file.stem) for code in codes), case
        assert case.file.stem.startswith(case.get("codes", case.file.stem)), case


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_pages_and_rules_answer_to_each_other() -> None:
    assert sorted(p.stem for p in PAGES.glob("*.md")) == [rule.code for rule in RULES]
