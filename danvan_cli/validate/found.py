"""What one part of a run adds to its report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.validate.outcome import Excused
from danvan_cli.validate.shelf import called


@dataclass
class Found:
    """Findings, what they were found in, and by what it was judged."""

    findings: list[Finding] = field(default_factory=list)
    excused: list[Excused] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    unformed: list[tuple[str, str]] = field(default_factory=list)
    by_country: list[tuple[str, str]] = field(default_factory=list)
    catalogues: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take in what another part of the run found."""
        self.findings += other.findings
        self.excused += other.excused
        self.files += other.files
        self.unformed += other.unformed
        self.by_country += other.by_country
        self.catalogues += other.catalogues

    def judged_by(self, catalogue: Catalogue, shown: str, which: str = "") -> None:
        """Say by which catalogue, and why by the country's alone; `which` province may be asked."""
        self.catalogues.append(called(catalogue))
        if catalogue.is_country_only:
            why = f"{catalogue.province} chưa có danh mục; bắt đầu: {catalogue.how_to_start}"
            self.by_country.append((shown, which or why))
