"""Findings: what a stage noticed in the data, and where. Values only; nothing here prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs; the names users meet in options and reports."""

    ERROR = "loi"
    WARNING = "canh_bao"
    NOTE = "luu_y"


class Place(NamedTuple):
    """Where a value stands: file as given, line and column from 1 (0 where there is none).

    A Word file has no lines: there `line` is the order of the paragraph or cell among those with
    words, `column` the character of it, and `where` says it in words, as people are told: the
    table row, the heading, the first words.
    """

    path: str
    line: int = 0
    column: int = 0
    where: str = ""

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts += [str(self.line), str(self.column)]
        return ":".join(parts)


@dataclass(frozen=True, order=True)
class Edit:
    """One change of characters: `old` at `place` becomes `new`; nothing else is touched."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: its rule's code, its place, a one-line Vietnamese message.

    `subject` is what the fault is about, stable when lines move (a task's `ma` and field);
    `value` is the text at fault. Both feed suppressions and fingerprints.
    `right` is what that text should be, where one thing is: a Word file is mended with it in a copy.
    `rank` is 0 for a root cause, 1 for what may only follow from another finding.
    """

    place: Place
    code: str
    message: str
    subject: str = ""
    value: str = ""
    rank: int = 0
    fix: Edit | None = field(default=None, compare=False)
    right: str | None = field(default=None, compare=False)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """`findings` without repeats, by file, line and column; at one place the root cause first."""
    return tuple(sorted(set(findings), key=lambda f: (f.place, f.rank, f.code, f.message)))
