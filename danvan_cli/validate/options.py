"""What a run of `danvan validate` is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from danvan_cli.findings import Severity
from danvan_cli.validate.rule import Subject
from danvan_cli.validate.rules import chosen, rule_of


@dataclass(frozen=True)
class Options:
    """What a run is asked for.

    `select` and `ignore` are codes or their beginnings. `issued` is the date of documents that
    have none, `unit` the unit whose documents they are. `base` is an older catalogue to compare
    with; `today` the day that suppressions are measured on. A catalogue that is not `given` gives
    way to one among the paths and to the one that a file stands in. `foreign` says that paths may well be all of other programs.
    """

    catalogue_root: Path
    today: date
    year: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.NOTE
    issued: date | None = None
    unit: str | None = None
    base: Path | None = None
    jobs: int = 1
    given: bool = True
    foreign: bool = False

    def looks_for(self, code: str) -> bool:
        """Whether this run could have found `code`: of two editions only where there are two."""
        compares = tuple(rule_of(code).looks_at) == (Subject.EDITIONS,)
        return self.wants(code) and (self.base is not None or not compares)

    def wants(self, code: str) -> bool:
        """Whether findings of `code` are asked for; what cannot be read is always said."""
        if rule_of(code).fatal:
            return True
        return (not self.select or chosen(code, self.select)) and not chosen(code, self.ignore)
