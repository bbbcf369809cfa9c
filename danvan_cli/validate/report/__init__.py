"""A `Report` in each printed form, by name; every form is a pure function of the report."""

from __future__ import annotations

from collections.abc import Callable

from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.programs import as_github, as_gitlab, as_json, as_junit
from danvan_cli.validate.report.sarif import as_sarif
from danvan_cli.validate.report.text import TextStyle, as_text

FORMATS: dict[str, Callable[[Report, TextStyle], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""What `--format` takes; the result ends with a line end unless it is empty."""
