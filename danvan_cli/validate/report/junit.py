"""JUnit XML: each file a suite, each finding a case; a file without findings one that passes."""

from __future__ import annotations

import re

from lxml import etree

from danvan_cli.findings import Finding
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.text import PLAIN, Look, shown_place
from danvan_cli.validate.rules import rule_of

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report, _: Look = PLAIN) -> str:
    """Findings that fail the run are failures, lighter ones cases that were skipped."""
    root = etree.Element("testsuites", name="danvan validate")
    by_file: dict[str, list[Finding]] = {path: [] for path in report.files}
    for finding in report.findings:
        by_file.setdefault(finding.place.path, []).append(finding)
    totals = {"tests": 0, "failures": 0, "skipped": 0}
    for path, findings in by_file.items():
        failures = sum(report.fails(f) for f in findings)
        numbers = {
            "tests": max(len(findings), 1),
            "failures": failures,
            "skipped": len(findings) - failures,
        }
        suite = etree.SubElement(root, "testsuite", name=_clean(path))
        _count(suite, numbers)
        for finding in findings:
            _case(suite, finding, report)
        if not findings:
            etree.SubElement(suite, "testcase", classname=_clean(path), name="danvan validate")
        totals = {name: totals[name] + numbers[name] for name in totals}
    _count(root, totals)
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made.decode()


def _case(suite: etree._Element, finding: Finding, report: Report) -> None:
    name = f"{finding.code} {rule_of(finding.code).name}"
    place = shown_place(finding.place)
    case = etree.SubElement(
        suite, "testcase", classname=_clean(finding.place.path), name=_clean(f"{name} {place}")
    )
    said = _clean(finding.message)
    if report.fails(finding):
        severity = report.severity(finding).value
        made = etree.SubElement(case, "failure", message=said, type=severity)
        made.text = _clean(f"{place} {finding.code} {finding.message}")
    else:
        etree.SubElement(case, "skipped", message=said)


def _count(element: etree._Element, numbers: dict[str, int]) -> None:
    for name, number in numbers.items():
        element.set(name, str(number))


def _clean(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
