"""The rule table walked over what a file holds: each thing shown to the rules that look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from danvan_cli.findings import Finding, Place
from danvan_cli.models.form import FormFile
from danvan_cli.models.outline import Outline
from danvan_cli.passage import Passage
from danvan_cli.validate.checks.agencies import named
from danvan_cli.validate.checks.citations.cited import cited_in
from danvan_cli.validate.checks.deadlines import times
from danvan_cli.validate.checks.deadlines.times import Years, period_of
from danvan_cli.validate.rule import Subject
from danvan_cli.validate.rules import checks_of, find_rule
from danvan_cli.validate.setting import Setting
from danvan_cli.validate.work import Work
from danvan_cli.word.layout.values import Layout


def of_thing(subject: Subject, thing: object, setting: Setting) -> list[Finding]:
    """What the rules that look at `subject` say of `thing`, less what another leaves unsaid."""
    found = [finding for check in checks_of(subject) for finding in check(thing, setting)]
    codes = {finding.code for finding in found}
    return found if len(codes) < 2 else [f for f in found if not _unless(f.code) & codes]


def of_file(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """What is said of the passages of one file, each alone and all among each other."""
    yield from of_each(passages, setting)
    yield from of_thing(Subject.TEXTS, passages, setting)


def of_each(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """What is said of each of `passages` alone; a period in their headings counts for all."""
    years = period_of(passages, setting)
    for passage in passages:
        yield from of_passage(passage, setting, years)


def of_passage(passage: Passage, setting: Setting, years: Years | None = None) -> Iterator[Finding]:
    """What is said of one passage and of everything in it."""
    if passage.role == "thoi_gian":
        cell = times.cell_of(passage, setting, years)
        if cell is not None:
            yield from of_thing(Subject.DEADLINE, cell, setting)
            for time in cell.times():
                yield from of_thing(Subject.TIME, time, setting)
    elif passage.role in named.CELLS:
        agencies = named.cell_of(passage, setting)
        yield from of_thing(Subject.AGENCIES, agencies, setting)
        for one in agencies.agencies:
            yield from of_thing(Subject.AGENCY, one, setting)
    else:
        yield from of_thing(Subject.PROSE, passage, setting)
    for cited in cited_in(passage):
        yield from of_thing(Subject.CITATION, cited, setting)
    yield from of_thing(Subject.TEXT, passage, setting)


def of_works(works: Iterable[Work], setting: Setting) -> Iterator[Finding]:
    """What is said of the parts of tasks beside each other."""
    for work in works:
        yield from of_thing(Subject.WORK, work, setting)


def of_template(path: Path, shown: str, outlines: Iterable[Outline]) -> Iterator[Finding]:
    """What is said of a Word template, and of what it leaves out of those of `outlines` it is for."""
    for check in checks_of(Subject.TEMPLATE):
        yield from check(path, shown, outlines)


def of_layout(layout: Layout, form: FormFile, shown: str) -> Iterator[Finding]:
    """What is said of how a Word file looks, held to the figures of `form`."""
    for check in checks_of(Subject.LAYOUT):
        yield from check(layout, form, shown)


def said_once(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` less what only says again, of the same words, what another says better."""
    findings = list(findings)
    better: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        better[finding.place.path, finding.place.line].append(finding)
    made: list[Finding] = []
    seen: set[tuple[Place, str]] = set()
    for finding in findings:
        rule = find_rule(finding.code)
        if rule is not None and rule.once:
            if (finding.place, finding.code) in seen:
                continue
            seen.add((finding.place, finding.code))
        beside = better[finding.place.path, finding.place.line]
        if rule is None or not any(
            other.code in rule.yields_to and _holds(other, finding) for other in beside
        ):
            made.append(finding)
    return made


def _holds(one: Finding, other: Finding) -> bool:
    """Whether the first words of `other` stand within those of `one`, on the same line."""
    start = one.place.column
    return start <= other.place.column < start + max(len(one.value), 1)


def _unless(code: str) -> frozenset[str]:
    rule = find_rule(code)
    return rule.unless if rule is not None else frozenset()
