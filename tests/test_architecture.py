"""What the code may import, know and hold, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from danvan_cli.validate.rules import RULES
from tests.cases import each
from tests.cities import ROOT

PACKAGE = ROOT / "danvan_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 350
# What makes the words of a document: every one of them comes from data.
WRITERS = [
    *(PACKAGE / "render").rglob("*.py"),
    *(PACKAGE / "localize").glob("*.py"),
    PACKAGE / "prose.py",
]
SPEAKERS = {
    "render/content.py": "tells template authors what a name means; names the styles of Word for blocks",
    "render/names.py": "says what a template leaves out",
    "render/ink.py": "knows after which words a number must stand on the same line",
    "localize/absent.py": "says what to do about a task that a programme lacks",
    "localize/merge.py": "names the field two merged tasks disagree on",
    "localize/reasons.py": "says why a step did what it did",
    "render/compiler/body.py": "faults of the tables and sections of a template",
    "render/compiler/compile.py": "faults of tags among each other, in words a template author knows",
    "render/compiler/expressions.py": "faults of what a template asks of its values",
    "render/compiler/prepare.py": "faults of a file that is no template",
    "render/program.py": "faults of values that cannot be printed",
    "render/compiler/sheet.py": "faults of tags in a paragraph, in words a template author knows",
    "render/compiler/tags.py": "faults of one tag, in words a template author knows",
    "render/template.py": "faults of a file that is no template",
}
"""Writers that also make sentences about the data or a template, for the people who mend it."""


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
    return found


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings, with their lines."""
    tree = tree_of(path)
    passed = docstrings(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed
        ):
            yield node.lineno, node.value


def vietnamese(text: str) -> bool:
    return any(char.isalpha() and not char.isascii() for char in text)


def test_a_module_imports_only_from_those_below_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code = lint_imports(no_cache=True)
    assert code == 0, capsys.readouterr().out


@each("path", MODULES, named)
def test_a_module_is_short_enough_to_be_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@each("path", MODULES, named)
def test_no_module_knows_a_city_or_a_year(path: Path) -> None:
    known = [
        (line, text)
        for line, text in texts(path)
        # A date as an example of how to write one is no knowledge of a year.
        if "Hải Phòng" in text or re.search(r"(?<!\d/)\b202[5-9]\b", text)
    ]
    assert known == []


KNOWN_WORDS = re.compile(
    r"(?<![\w/])(?:xã|phường|đặc khu|thị trấn|thị xã|quận|huyện|tỉnh|thành phố|thôn|tổ dân phố"
    r"|u[ỷy] ban|ủy ban|ubnd|hội đồng|hđnd|sở|cục|công an|mttq|mặt trận|đảng ủy|chủ tịch|bí thư"
    r"|giám đốc|thường trực|ban chỉ đạo|công đoàn|văn phòng|trung tâm|thanh tra|đoàn thanh niên"
    r"|tỉnh ủy|thành ủy|thủ tướng|chính phủ|ubtvqh|ttg|nghị quyết|nghị định|quyết định|thông tư"
    r"|chỉ thị|kế hoạch|công văn|chương trình|tờ trình|thông báo|biên bản|đề án|phương án|(?:19[4-9]|20[013-9])\d)(?!\w)",
    re.IGNORECASE,
)
SAID = {"TTg"}
"""The symbol written in capitals and small letters, which is judged by its letters."""
READS = {
    *(
        "compile",
        "spaced",
        "word_set",
        "search",
        "match",
        "fullmatch",
        "finditer",
        "findall",
        "sub",
    ),
    *("split", "startswith", "endswith", "removeprefix", "removesuffix", "find", "index", "count"),
    *("frozenset", "set", "tuple", "dict", "comparable", "fold", "replace", "partition"),
}
"""What is called with words that a text is read by; other calls say something to somebody."""
TOLD = {
    "cli/": "help, questions and results of the commands",
    "models/": "titles and descriptions of keys",
    "localize/reasons.py": "says what a placeholder of the catalogue stands for",
    "render/content.py": "shows template authors an example of every value",
    "validate/rules.py": "titles of rules",
}
"""Modules whose constants are said to somebody, and read nothing."""


def read_by(path: Path) -> Iterator[tuple[int, str]]:
    """The words of a module that texts are read by or compared with: in calls, comparisons, constants."""
    tree = tree_of(path)
    told = any(named(path).startswith(part) for part in TOLD)
    roots: list[ast.AST] = [] if told else [*constants(tree)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in READS:
            roots += [*node.args, *(k.value for k in node.keywords)]
        elif isinstance(node, ast.Compare):
            roots += [node.left, *node.comparators]
    for root in roots:
        for node in ast.walk(root):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value


def constants(tree: ast.Module) -> Iterator[ast.AST]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield node.value


@each("path", MODULES, named)
def test_texts_are_read_by_words_of_the_data(path: Path) -> None:
    in_grammar = named(path).startswith("grammar/")
    said = texts(path) if in_grammar else read_by(path)
    found = [(line, text) for line, text in said if text not in SAID and KNOWN_WORDS.search(text)]
    assert found == []


@each("path", WRITERS, named)
def test_no_word_of_a_document_stands_in_code(path: Path) -> None:
    found = [(line, text) for line, text in texts(path) if vietnamese(text)]
    assert bool(found) == (named(path) in SPEAKERS), found


def test_every_exception_is_a_file() -> None:
    assert set(SPEAKERS) <= {named(path) for path in WRITERS}


@each("path", [p for p in MODULES if p.parent != PACKAGE / "cli"], named)
def test_only_the_command_line_prints_or_leaves(path: Path) -> None:
    said = [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and re.match(r"(print|input|exit|sys\.(stdout|stderr|exit)\b.*)$", ast.unparse(node.func))
    ]
    assert said == []


@each("path", MODULES, named)
def test_only_the_one_writer_writes_files(path: Path) -> None:
    """LibreOffice works on copies of its own, in a folder that goes away with them."""
    if named(path).startswith("files/") or named(path) == "word/office.py":
        return
    calls = [n.func for n in ast.walk(tree_of(path)) if isinstance(n, ast.Call)]
    found = [f.attr for f in calls if isinstance(f, ast.Attribute)]
    assert {"write_text", "write_bytes", "rename"}.isdisjoint(found)
    assert not [f for f in calls if isinstance(f, ast.Name) and f.id == "open"]


def test_every_code_of_a_finding_is_a_rule() -> None:
    known = {rule.code for rule in RULES}
    used = {
        code
        for path in MODULES
        for _, text in texts(path)
        for code in re.findall(r"\bDV\d{3}\b", text)
    }
    assert used - known == set()
