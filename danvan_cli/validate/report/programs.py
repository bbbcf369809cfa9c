"""The forms for programs: JSON with all that the report holds, GitHub Actions, GitLab, JUnit."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as Xml

from danvan_cli.findings import Finding, Place, Severity
from danvan_cli.validate.baseline import fingerprints
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.impact import impact_data
from danvan_cli.validate.report.text import PLAIN, TextStyle, shown_place
from danvan_cli.validate.rules import rule_of

VERSION = 1
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(report: Report, _: TextStyle = PLAIN) -> str:
    """One JSON object; `version` changes when a key changes its meaning or goes."""
    counts = report.counts()
    data = {
        "version": VERSION,
        "files": list(report.files),
        "catalogues": list(report.catalogues),
        "skipped": list(report.skipped),
        "aside": list(report.aside),
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
    data: dict[str, object] = {
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
        data["fix"] = {**_place(edit.place), "old": edit.old, "new": edit.new}
    return data


def _place(place: Place) -> dict[str, object]:
    data: dict[str, object] = {"path": place.path}
    if place.line:
        data |= {"line": place.line, "column": place.column}
    if place.where:
        data["where"] = place.where
    return data


def as_github(report: Report, _: TextStyle = PLAIN) -> str:
    """A line `::error file=...::message` for each finding; empty where there is none."""
    return "".join(_command(finding, report) + "\n" for finding in report.findings)


def _command(finding: Finding, report: Report) -> str:
    place = finding.place
    fields = {"file": place.path}
    if place.line and not place.where:
        fields |= {"line": str(place.line), "col": str(place.column)}
    fields["title"] = finding.code
    given = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{_COMMANDS[report.severity(finding)]} {given}::{_escaped(_message(finding))}"


def _escaped(text: str) -> str:
    """`text` as the runner reads a message: https://github.com/actions/toolkit."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(report: Report, _: TextStyle = PLAIN) -> str:
    """A list of issues for https://docs.gitlab.com/ci/testing/code_quality/."""
    issues = [
        {
            "description": _message(finding),
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _GITLAB[report.severity(finding)],
            "location": {
                "path": finding.place.path,
                "lines": {"begin": 1 if finding.place.where else max(finding.place.line, 1)},
            },
        }
        for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _message(finding: Finding) -> str:
    where = finding.place.where
    return f"{where}: {finding.message}" if where else finding.message


def as_junit(report: Report, _: TextStyle = PLAIN) -> str:
    """JUnit XML: each file a suite, each finding a case; a file without findings a case that passes.

    Findings that fail the run are failures, lighter ones cases that were skipped.
    """
    by_file: dict[str, list[Finding]] = {path: [] for path in report.files}
    for finding in report.findings:
        by_file.setdefault(finding.place.path, []).append(finding)
    root = Xml.Element("testsuites", name="danvan validate")
    for path, findings in by_file.items():
        suite = Xml.SubElement(root, "testsuite", name=_xml_text(path))
        for finding in findings:
            _add_case(suite, finding, report)
        if not findings:
            Xml.SubElement(suite, "testcase", classname=_xml_text(path), name="danvan validate")
    for element in (*root, root):
        element.set("tests", str(len(element.findall(".//testcase"))))
        element.set("failures", str(len(element.findall(".//failure"))))
        element.set("skipped", str(len(element.findall(".//skipped"))))
    Xml.indent(root)
    made: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made.decode() + "\n"


def _add_case(suite: Xml.Element, finding: Finding, report: Report) -> None:
    place = shown_place(finding.place)
    name = f"{finding.code} {rule_of(finding.code).name} {place}"
    classname = _xml_text(finding.place.path)
    case = Xml.SubElement(suite, "testcase", classname=classname, name=_xml_text(name))
    message = _xml_text(finding.message)
    if not report.fails(finding):
        Xml.SubElement(case, "skipped", message=message)
        return
    severity = report.severity(finding).value
    failure = Xml.SubElement(case, "failure", message=message, type=severity)
    failure.text = _xml_text(f"{place} {finding.code} {finding.message}")


def _xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
