"""SARIF 2.1.0 (OASIS Standard, 27/3/2020), for code scanning and editors."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from danvan_cli import __version__
from danvan_cli.findings import Edit, Finding, Place, Severity
from danvan_cli.validate.baseline import fingerprints
from danvan_cli.validate.outcome import Excused, Report
from danvan_cli.validate.report.text import PLAIN, TextStyle
from danvan_cli.validate.rules import RULES, Rule, rule_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_INDEX = {rule.code: index for index, rule in enumerate(RULES)}
_HEADING = re.compile(r"^#+\s*", re.MULTILINE)
_FENCE = re.compile(r"^```.*$\n?", re.MULTILINE)


def as_sarif(report: Report, _: TextStyle = PLAIN) -> str:
    """One run: all rules with their pages, every finding, the excused ones with their reason."""
    excused = {e.finding: e for e in report.excused}
    findings = [*report.findings, *excused]
    run = {
        "tool": {
            "driver": {
                "name": "danvan",
                "version": __version__,
                "language": "vi",
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "properties": {"catalogues": list(report.catalogues)},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not any(rule_of(f.code).fatal for f in findings)}],
        "results": _results(findings, excused, report),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    page = rule.page
    plain = _FENCE.sub("", _HEADING.sub("", page)).strip()
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": _first_paragraph(page) or rule.title},
        "help": {"text": plain, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [f"DV{rule.code[2]}"]},
    }


def _first_paragraph(page: str) -> str:
    body = page.partition("## Kiểm tra gì")[2].strip()
    return " ".join(body.split("\n\n")[0].split())


def _results(
    findings: Sequence[Finding], excused: dict[Finding, Excused], report: Report
) -> list[dict[str, object]]:
    results = []
    for finding, mark in zip(findings, fingerprints(findings), strict=True):
        result: dict[str, object] = {
            "ruleId": finding.code,
            "ruleIndex": _INDEX[finding.code],
            "level": LEVELS[report.severity(finding)],
            "message": {"text": finding.message},
            "locations": [_location(finding.place)],
            "partialFingerprints": {"danvan/v1": mark},
        }
        if finding.fix is not None and _stands(finding.fix, report):
            result["fixes"] = [_fix(finding.fix)]
        if finding in excused:
            result["suppressions"] = [_suppression(excused[finding])]
        results.append(result)
    return results


def _suppression(excused: Excused) -> dict[str, object]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": excused.reason,
        "location": _location(excused.place),
    }


def _location(place: Place) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": uri(place.path)}}
    # A Word file has no lines: what the place counts there is paragraphs, which `where` says.
    if place.line and not place.where:
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
    location: dict[str, object] = {"physicalLocation": physical}
    if place.where:
        location["message"] = {"text": place.where}
    return location


def _stands(edit: Edit, report: Report) -> bool:
    """Whether the old words stand in the file as they are, so that a region can hold them."""
    lines = report.sources.get(edit.place.path, "").split("\n")
    line = lines[edit.place.line - 1] if 1 <= edit.place.line <= len(lines) else ""
    return bool(edit.old) and line.startswith(edit.old, edit.place.column - 1)


def _fix(edit: Edit) -> dict[str, object]:
    place = edit.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + len(edit.old),
    }
    return {
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri(place.path)},
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.new}}],
            }
        ]
    }


def uri(path: str) -> str:
    """`path` as a URI reference: relative where the path is, `file:///...` where it is not."""
    if re.match(r"^[A-Za-z]:/", path):
        return "file:///" + quote(path, safe="/:")
    return "file://" + quote(path) if path.startswith("/") else quote(path)
