"""Workflow commands of GitHub Actions: each finding an annotation on its line."""

from __future__ import annotations

from danvan_cli.findings import Finding, Severity
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.text import PLAIN, Look

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(report: Report, _: Look = PLAIN) -> str:
    """A line `::error file=...::message` for each finding; empty where there is none."""
    return "".join(_command(finding, report) + "\n" for finding in report.findings)


def _command(finding: Finding, report: Report) -> str:
    place = finding.place
    fields = {"file": place.path}
    if place.line and not place.where:
        fields |= {"line": str(place.line), "col": str(place.column)}
    fields["title"] = finding.code
    said = f"{place.where}: {finding.message}" if place.where else finding.message
    given = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{_LEVELS[report.severity(finding)]} {given}::{_data(said)}"


def _data(text: str) -> str:
    """`text` escaped as the runner reads a message: https://github.com/actions/toolkit."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
