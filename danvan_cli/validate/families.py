"""The checks of each family, in one place: what a passage, a set of them, a file is put through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from danvan_cli.findings import Finding
from danvan_cli.validate import agencies, citations, deadlines, wording
from danvan_cli.validate.collect import PIECE
from danvan_cli.validate.document import Row
from danvan_cli.validate.passage import Passage, Setting, joined

WHOLE_ONLY = frozenset({"DV702"})
"""What can only be said of a whole sentence."""


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


def one_a_place(findings: Iterable[Finding]) -> Iterator[Finding]:
    """`findings` with one of a code at a place where two stages see the same fault of an agency."""
    seen: set[tuple[object, str]] = set()
    for finding in findings:
        if finding.code.startswith("DV4"):
            if (finding.place, finding.code) in seen:
                continue
            seen.add((finding.place, finding.code))
        yield finding
