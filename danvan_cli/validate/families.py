"""The checks of each family, in one place: what a passage, a set of them, a file is put through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from danvan_cli.findings import Finding, Place
from danvan_cli.passage import Passage, joined
from danvan_cli.reading.document import Row
from danvan_cli.validate.checks.agencies import agencies
from danvan_cli.validate.checks.citations import citations
from danvan_cli.validate.checks.deadlines import deadlines
from danvan_cli.validate.checks.wording import wording
from danvan_cli.validate.collect import PIECE
from danvan_cli.validate.setting import Setting

WHOLE_ONLY = frozenset({"DV702"})
"""What can only be said of a whole sentence."""

WORDS = frozenset({"DV708"})
NAMES_WORDS = frozenset({"DV401", "DV515", "DV607", "DV707"})
"""Findings on a name or a citation that say of a wrong word what it should be."""


def of_passages(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """Every check of single passages and of passages among each other."""
    yield from of_each(passages, setting)
    yield from among(passages, setting)


def of_each(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """Every check of a passage alone, on each of `passages`."""
    years = deadlines.period_of(passages, setting)
    for passage in passages:
        yield from deadlines.check_passage(passage, setting, years)
        yield from agencies.check_passage(passage, setting)
        yield from citations.check_passage(passage, setting)
        yield from _of_whole(wording.check_passage(passage, setting))


def among(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """Every check of the passages of one file among each other."""
    yield from citations.check_passages(passages, setting)
    yield from agencies.check_passages(passages, setting)
    yield from _of_whole(wording.check_passages(passages, setting))


def _of_whole(findings: Iterable[Finding]) -> Iterator[Finding]:
    """`findings` less those that a piece of a sentence cannot have: it may end in mid-bracket."""
    for finding in findings:
        if finding.code not in WHOLE_ONLY or not finding.subject.endswith(PIECE):
            yield finding


def of_rows(rows: Iterable[Row], setting: Setting) -> Iterator[Finding]:
    """The checks that need the cells of a task beside each other."""
    for row in rows:
        if row.group:
            continue
        lead, helpers = _cell(row.chu_tri), _cell(row.phoi_hop)
        yield from agencies.check_assignment(lead, helpers, setting)
        content, deadline = _cell(row.noi_dung), _cell(row.thoi_gian)
        if content is not None and deadline is not None:
            yield from deadlines.check_report(content, deadline, setting)


def _cell(parts: Sequence[Passage]) -> Passage | None:
    if len(parts) > 1:
        return joined(parts, "\n")
    return parts[0] if parts else None


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` less what only says again, of the same words, what another says better.

    Two stages may see one fault of an agency; a name that is wrong may hold a word that no
    dictionary has; a number with two dates says the registered one itself.
    """
    findings = list(findings)
    named = [f for f in findings if f.code in NAMES_WORDS and f.value]
    in_form = {f.place for f in findings if f.code == "DV309"}
    twice_dated = {f.place for f in findings if f.code == "DV508"}
    made: list[Finding] = []
    seen: set[tuple[Place, str]] = set()
    for finding in findings:
        if finding.code == "DV706" and finding.place in in_form:
            continue
        if finding.code == "DV509" and finding.place in twice_dated:
            continue
        if finding.code in WORDS and any(_holds(name, finding) for name in named):
            continue
        if finding.code.startswith("DV4"):
            if (finding.place, finding.code) in seen:
                continue
            seen.add((finding.place, finding.code))
        made.append(finding)
    return made


def _holds(name: Finding, word: Finding) -> bool:
    """Whether the words of one finding stand within those of the other."""
    one, other = name.place, word.place
    if (one.path, one.line) != (other.path, other.line):
        return False
    return one.column <= other.column < one.column + len(name.value)
