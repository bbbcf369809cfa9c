"""Every rule by its data: what it says of cases and of its page's examples.

A new case is a new file (see judging.py for what names mean):

- tests/rules/DVxxx/dat/<case>.<ending>: nothing of DVxxx may be found there;
- tests/rules/DVxxx/khong_dat/<case>.<ending> with <case>.out beside it: every finding of DVxxx
  there, one a line, `line:col DVxxx message`.

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
from danvan_cli.validate.rule import Rule
from danvan_cli.validate.rules import RULES, rule_of
from tests.conftest import Golden
from tests.rules.judging import CATALOGUE_PARTS, ROLES, findings_of, lines_of

HERE = Path(__file__).parent
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


def _cases(folder: str) -> list[Path]:
    files = sorted(HERE.glob(f"DV*/{folder}/*"))
    return [path for path in files if path.suffix in (".yaml", ".txt")]


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
                made.append(Example(rule.code, wrong, index, _named(name), allowed, text))
    return made


def _named(name: str) -> str:
    """`thoi_gian.txt` on a page is `x.thoi_gian.txt` among the cases."""
    stem = Path(name).stem
    return f"x.{name}" if stem in (*ROLES, *CATALOGUE_PARTS, "mau") else name


def _id(path: Path) -> str:
    return f"{path.parts[-3]}/{path.stem}"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name files from the folder they are judged in."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("path", _cases("khong_dat"), ids=_id)
def test_what_is_wrong_is_said_in_these_words(path: Path, tmp_path: Path, golden: Golden) -> None:
    code = path.parts[-3]
    found = findings_of(path.name, path.read_bytes().decode(), tmp_path)
    said = "".join(f"{line}\n" for line in lines_of(found, code))
    assert said
    golden(path.with_suffix(".out"), said)


@pytest.mark.parametrize("path", _cases("dat"), ids=_id)
def test_nothing_is_said_of_what_is_right(path: Path, tmp_path: Path) -> None:
    code = path.parts[-3]
    found = findings_of(path.name, path.read_bytes().decode(), tmp_path)
    assert lines_of(found, code) == []


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
    for folder in ("dat", "khong_dat"):
        cases = [p for p in _cases(folder) if p.parts[-3] == rule.code]
        assert cases, f"{rule.code}/{folder}"


def test_every_case_belongs_to_a_rule_and_every_answer_to_a_case() -> None:
    codes = {rule.code for rule in RULES}
    assert {path.name for path in HERE.glob("DV*")} <= codes
    for answer in HERE.glob("DV*/khong_dat/*.out"):
        assert any(answer.with_suffix(end).is_file() for end in (".yaml", ".txt")), answer


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_pages_and_rules_answer_to_each_other() -> None:
    assert sorted(p.stem for p in PAGES.glob("*.md")) == [rule.code for rule in RULES]
