"""The forms for programs: all that the report holds as JSON, and the commands of GitHub Actions."""

from __future__ import annotations

import json

from danvan_cli.findings import Finding, Place, Severity
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.impact import impact_data
from danvan_cli.validate.report.text import PLAIN, TextStyle
from danvan_cli.validate.rules import rule_of

VERSION = 1
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_json(report: Report, _: TextStyle = PLAIN) -> str:
    """One JSON object; `version` changes when a key changes its meaning or goes."""
    counts = report.counts()
    data = {
        "version": VERSION,
        "files": list(report.files),
        "catalogues": list(report.catalogues),
        "skipped": list(report.skipped),
        "by_country": [{"path": path, "reason": why} for path, why in report.by_country],
        "counts": {severity.value: counts[severity] for severity in sorted(counts)},
        "findings": [_finding(finding, report) for finding in report.findings],
        "suppressed": [
            {
                **_finding(excused.finding, report),
                "reason": excused.reason,
                "suppressed_at": _place(excused.place),
            }
            for excused in report.excused
        ],
        "known": len(report.known),
        "removable": [
            {"code": e.code, "path": e.path, "subject": e.subject, "count": e.count}
            for e in report.removable
        ],
    }
    if report.impact is not None:
        data["impact"] = [impact_data(one) for one in report.impact]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, object]:
    made: dict[str, object] = {
        "code": finding.code,
        "rule": rule_of(finding.code).name,
        "severity": report.severity(finding).value,
        "message": finding.message,
        **_place(finding.place),
        "subject": finding.subject,
        "value": finding.value,
    }
    if finding.fix is not None:
        edit = finding.fix
        made["fix"] = {**_place(edit.place), "old": edit.old, "new": edit.new}
    return made


def _place(place: Place) -> dict[str, object]:
    made: dict[str, object] = {"path": place.path}
    if place.line:
        made |= {"line": place.line, "column": place.column}
    if place.where:
        made["where"] = place.where
    return made


def as_github(report: Report, _: TextStyle = PLAIN) -> str:
    """A line `::error file=...::message` for each finding; empty where there is none."""
    return "".join(_command(finding, report) + "\n" for finding in report.findings)


def _command(finding: Finding, report: Report) -> str:
    place = finding.place
    fields = {"file": place.path}
    if place.line and not place.where:
        fields |= {"line": str(place.line), "col": str(place.column)}
    fields["title"] = finding.code
    message = f"{place.where}: {finding.message}" if place.where else finding.message
    given = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{_COMMANDS[report.severity(finding)]} {given}::{_escaped(message)}"


def _escaped(text: str) -> str:
    """`text` as the runner reads a message: https://github.com/actions/toolkit."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
