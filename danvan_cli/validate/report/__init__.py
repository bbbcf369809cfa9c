"""A `Report` in each printed form, by name; every form is a pure function of the report."""

from __future__ import annotations

from collections.abc import Callable

from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.github import as_github
from danvan_cli.validate.report.gitlab import as_gitlab
from danvan_cli.validate.report.json_ import as_json
from danvan_cli.validate.report.junit import as_junit
from danvan_cli.validate.report.sarif import as_sarif
from danvan_cli.validate.report.text import PLAIN, Look, as_text

__all__ = ["FORMATS", "PLAIN", "Look"]

FORMATS: dict[str, Callable[[Report, Look], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""What `--format` takes; the result ends with a line end unless it is empty."""
