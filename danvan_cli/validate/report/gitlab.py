"""The Code Quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/."""

from __future__ import annotations

import json

from danvan_cli.findings import Severity
from danvan_cli.validate.baseline import fingerprints
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.text import PLAIN, Look

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(report: Report, _: Look = PLAIN) -> str:
    """A JSON list with one issue for each finding."""
    issues = []
    for finding, mark in zip(report.findings, fingerprints(report.findings), strict=True):
        place = finding.place
        said = f"{place.where}: {finding.message}" if place.where else finding.message
        issues.append(
            {
                "description": said,
                "check_name": finding.code,
                "fingerprint": mark,
                "severity": _SEVERITIES[report.severity(finding)],
                "location": {
                    "path": place.path,
                    "lines": {"begin": 1 if place.where else max(place.line, 1)},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
