"""The rule table: every row says what it looks at, every function speaks for its rows alone."""

from __future__ import annotations

import ast
import inspect
from operator import attrgetter
from pathlib import Path

import pytest

import danvan_cli
from danvan_cli.validate.rules import RULES, Rule, Subject, checks_of, rule_of
from tests.cases import each

PACKAGE = Path(danvan_cli.__file__).parent
SAID_BY_A_STAGE = {Subject.FORM, Subject.EDIT, Subject.SUPPRESSION}


@each("rule", RULES, attrgetter("code"))
def test_a_row_looks_at_something(rule: Rule) -> None:
    assert rule.looks_at
    for subject, function in rule.looks_at.items():
        assert (function is None) == (subject in SAID_BY_A_STAGE)


TAKES = {Subject.LAYOUT: 3, Subject.TEMPLATE: 3, Subject.TOGETHER: 1}
"""What is shown to its rules with what it is held to, and with its path."""


@pytest.mark.parametrize("subject", Subject)
def test_every_subject_is_looked_at_by_functions_that_are_there(subject: Subject) -> None:
    assert any(subject in rule.looks_at for rule in RULES)
    for check in checks_of(subject):
        assert inspect.isfunction(check)
        assert len(inspect.signature(check).parameters) == TAKES.get(subject, 2)
        assert check.__doc__


@each("rule", RULES, attrgetter("code"))
def test_what_leaves_a_rule_unsaid_is_a_rule_of_the_same_subject(rule: Rule) -> None:
    for code in rule.unless:
        assert set(rule_of(code).looks_at) & set(rule.looks_at)
    assert all(rule_of(code) for code in rule.yields_to)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("validate/*.py")), ids=lambda path: path.name)
def test_no_code_of_a_rule_steers_the_engine(path: Path) -> None:
    if path.name == "rules.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    compared = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and "'DV" in ast.unparse(node)
    ]
    assert compared == []
