"""What one run of `danvan validate` found, before any way of printing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from danvan_cli.errors import ExitCode
from danvan_cli.findings import Finding, Place, Severity
from danvan_cli.validate.impact import Impact
from danvan_cli.validate.rules import PAPERS, rule_of

WEIGHTS = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, order=True)
class Excused:
    """A suppressed finding, the reason given for it, and where that is written."""

    finding: Finding
    reason: str
    place: Place


@dataclass(frozen=True)
class Removable:
    """An entry of the baseline that nothing answers to any more, and how often."""

    code: str
    path: str
    subject: str
    count: int


@dataclass(frozen=True)
class Report:
    """Findings in order with all that a printed form needs.

    `files` are the files judged, `skipped` those of a folder that are none of ours,
    `aside` copies of its papers that danvan put aside,
    `unformed` Word files whose form is not judged, `by_country` files judged by what the country
    gives alone, each with the reason. `known` are the findings of the baseline. `catalogues` are
    what was judged by, as people call it. `sources` holds the text of judged text files by path as shown.
    `impact` is what a change of the catalogue does to the units, a year at a time.
    """

    findings: tuple[Finding, ...] = ()
    excused: tuple[Excused, ...] = ()
    known: tuple[Finding, ...] = ()
    removable: tuple[Removable, ...] = ()
    files: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    unformed: tuple[tuple[str, str], ...] = ()
    catalogues: tuple[str, ...] = ()
    by_country: tuple[tuple[str, str], ...] = ()
    catalogue_files: frozenset[str] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)
    impact: tuple[Impact, ...] | None = None
    fail_on: Severity = Severity.NOTE

    def severity(self, finding: Finding) -> Severity:
        """How much `finding` weighs here."""
        rule = rule_of(finding.code)
        path = finding.place.path
        if path in self.catalogue_files:
            return rule.in_catalogue or rule.severity
        in_paper = path.lower().endswith(PAPERS)
        return (in_paper and rule.in_papers) or rule.severity

    def fails(self, finding: Finding) -> bool:
        """Whether `finding` alone makes the run fail."""
        return WEIGHTS[self.severity(finding)] >= WEIGHTS[self.fail_on]

    def counts(self) -> Counter[Severity]:
        """How many findings of each weight."""
        return Counter(self.severity(finding) for finding in self.findings)

    def exit_code(self) -> ExitCode:
        """3 where a file could not be read, 1 where a finding fails the run, else 0."""
        if any(rule_of(finding.code).fatal for finding in self.findings):
            return ExitCode.FAILED
        if any(self.fails(finding) for finding in self.findings):
            return ExitCode.FINDINGS
        return ExitCode.CLEAN
