"""The rule table walked over what a file holds: each thing shown to the rules that look at it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from danvan_cli.findings import Finding, Place
from danvan_cli.passage import Passage, Role, offset_place, placed
from danvan_cli.reading.document import Document
from danvan_cli.validate.checks.agencies import named
from danvan_cli.validate.checks.citations.cited import cited_in
from danvan_cli.validate.checks.deadlines import times
from danvan_cli.validate.checks.deadlines.times import Years, period_of
from danvan_cli.validate.rules import Subject, checks_of, rule_of
from danvan_cli.validate.setting import Setting, Work

_Judge = Callable[[Passage], Iterator[Finding]]
"""Says what a passage gives rise to."""


def of_thing(subject: Subject, *thing: object) -> list[Finding]:
    """What the rules that look at `subject` say of `thing`, less what another leaves unsaid.

    With the thing comes what it is judged against: mostly a setting.
    """
    findings = [finding for check in checks_of(subject) for finding in check(*thing)]
    codes = {finding.code for finding in findings}
    if len(codes) < 2:
        return findings
    return [finding for finding in findings if not rule_of(finding.code).unless & codes]


def of_file(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """What is said of the passages of one file, each alone and all among each other."""
    yield from of_each(passages, setting)
    yield from of_thing(Subject.TEXTS, passages, setting)


def of_each(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """What is said of each of `passages` alone; a period in their headings counts for all."""
    judge = _judge(setting, period_of(passages, setting))
    for passage in passages:
        yield from judge(passage)


def of_passage(passage: Passage, setting: Setting, years: Years | None = None) -> Iterator[Finding]:
    """What is said of one passage and of everything in it."""
    yield from _judge(setting, years)(passage)


@lru_cache(maxsize=32)
def _judge(setting: Setting, years: Years | None) -> _Judge:
    """Judges passages in a setting, the same words once: papers say most things alike.

    The papers of a hundred communes do; those of one name the same offices in every table.
    """
    of_own, of_anyone = _own_judge(setting), _words_judge(setting.of_anyone(), years)

    def judge(passage: Passage) -> Iterator[Finding]:
        text, role, _, _, _, label, whole, beside, piece = passage
        for finding in of_own(text, role, whole, beside):
            yield placed(finding, passage)
        for finding in of_anyone(text, role, piece, label):
            yield placed(finding, passage)

    return judge


def _own_judge(setting: Setting) -> Callable[[str, Role, bool, str], tuple[Finding, ...]]:
    """Says what the words of a passage give rise to in the papers of one unit."""
    return lru_cache(maxsize=1024)(partial(_of_own, setting))


def _of_own(
    setting: Setting, text: str, role: Role, whole: bool, beside: str
) -> tuple[Finding, ...]:
    passage = Passage(text, role, "", offset_place, True, whole=whole, beside=beside)
    if role in named.AGENCY_FIELDS:
        agencies = named.agency_cell(passage, setting)
        made = of_thing(Subject.AGENCIES, agencies, setting)
        for one in agencies.agencies:
            made += of_thing(Subject.AGENCY, one, setting)
        return tuple(made)
    return tuple(of_thing(Subject.PROSE, passage, setting)) if role != "thoi_gian" else ()


@lru_cache(maxsize=32)
def _words_judge(
    setting: Setting, years: Years | None
) -> Callable[[str, Role, bool, str], tuple[Finding, ...]]:
    """Says what the words of a passage give rise to in anyone's papers."""
    return lru_cache(maxsize=8192)(partial(_of_words, setting, years))


def _of_words(
    setting: Setting, years: Years | None, text: str, role: Role, piece: bool, label: str
) -> tuple[Finding, ...]:
    """What the words of a passage give rise to, whoever says them and wherever they stand."""
    passage = Passage(text, role, "", offset_place, True, piece=piece, label=label)
    findings: list[Finding] = []
    cell = times.deadline_cell(passage, setting, years) if passage.role == "thoi_gian" else None
    if cell is not None:
        findings += of_thing(Subject.DEADLINE, cell, setting)
        for time in cell.times():
            findings += of_thing(Subject.TIME, time, setting)
    for cited in cited_in(passage):
        findings += of_thing(Subject.CITATION, cited, setting)
    return (*findings, *_worded(setting.of_words(), text))


@lru_cache(maxsize=8192)
def _worded(setting: Setting, text: str) -> tuple[Finding, ...]:
    """What is said of the words alone, whatever is known of the paper they stand in."""
    passage = Passage(text, "chu", "", offset_place, True)
    return tuple(of_thing(Subject.TEXT, passage, setting))


_NO_TIME, _FEW = "DV301", 3
"""Where most cells of a column that is called a time hold none, it is a column of something else."""


def of_document(document: Document, setting: Setting) -> Iterator[Finding]:
    """What is said of the words of one document: its passages, its tasks, itself."""
    findings = list(of_file(document.passages, setting))
    cells = sum(passage.role == "thoi_gian" for passage in document.passages)
    unread = sum(finding.code == _NO_TIME for finding in findings)
    strange = unread >= _FEW and 2 * unread > cells
    yield from (finding for finding in findings if not (strange and finding.code == _NO_TIME))
    yield from of_works(_works(document), setting)
    yield from of_thing(Subject.DOCUMENT, document, setting)


def _works(document: Document) -> Iterator[Work]:
    """The tasks of a document; where nobody leads any, those who help are named for another end."""
    led = any(row.chu_tri for row in document.rows)
    for row in document.rows:
        if not row.group:
            work = Work.of(row)
            yield work if led else replace(work, helpers=())


def of_works(works: Iterable[Work], setting: Setting) -> Iterator[Finding]:
    """What is said of the parts of tasks beside each other."""
    for work in works:
        yield from of_thing(Subject.WORK, work, setting)


def said_once(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` less what only says again, of the same words, what another says better."""
    findings = list(findings)
    better = _stretches(findings)
    kept: list[Finding] = []
    seen: set[tuple[Place, str]] = set()
    for finding in findings:
        rule = rule_of(finding.code)
        if rule.once:
            if (finding.place, finding.code) in seen:
                continue
            seen.add((finding.place, finding.code))
        lines = (_line(finding, code) for code in rule.yields_to)
        if not any(_within(finding.place, better.get(line, ())) for line in lines):
            kept.append(finding)
    return kept


LineKey = tuple[str, str, int]


def _line(finding: Finding, code: str) -> LineKey:
    return code, finding.place.path, finding.place.line


def _stretches(findings: Iterable[Finding]) -> dict[LineKey, list[tuple[int, int]]]:
    """The stretches of each line that findings of a code stand on, in order."""
    stretches: dict[LineKey, list[tuple[int, int]]] = defaultdict(list)
    for finding in sorted(findings, key=lambda f: f.place.column):
        start = finding.place.column
        end = start + max(len(finding.value), 1)
        on_line = stretches[_line(finding, finding.code)]
        if on_line and start <= on_line[-1][1]:
            on_line[-1] = (on_line[-1][0], max(end, on_line[-1][1]))
        else:
            on_line.append((start, end))
    return stretches


def _within(place: Place, stretches: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(stretches, place.column, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and place.column < stretches[at][1]
