"""Findings already known: written down once, not reported again, and only ever fewer.

An entry is code, file, subject and the hash of the value at fault, with how many there are; a
line that moves changes none of these.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from danvan_cli.errors import ReadError
from danvan_cli.findings import Finding
from danvan_cli.load.bounded import file_bytes
from danvan_cli.text import fold
from danvan_cli.validate.outcome import Removable, Report
from danvan_cli.validate.rules import rule_of

VERSION = 1
_MOST = 1_000_000
_FIELDS = ("code", "path", "subject", "value", "count")
_REMEDY = "Ghi lại bằng 'danvan validate --ghi-baseline'."
Key = tuple[str, str, str, str]


def value_mark(value: str) -> str:
    """Twelve hex digits of `value` in comparison form."""
    return hashlib.sha256(fold(value).encode()).hexdigest()[:12]


def finding_key(finding: Finding) -> Key:
    """What a baseline knows a finding by."""
    return finding.code, finding.place.path, finding.subject, value_mark(finding.value)


def written(findings: Iterable[Finding]) -> str:
    """The baseline of `findings` as JSON, sorted, so that a diff of it reads well."""
    counts = Counter(finding_key(f) for f in findings if not rule_of(f.code).fatal)
    entries = [
        {"code": code, "path": path, "subject": subject, "value": value, "count": count}
        for (code, path, subject, value), count in sorted(counts.items())
    ]
    return (
        json.dumps({"version": VERSION, "findings": entries}, ensure_ascii=False, indent=2) + "\n"
    )


def is_one(data: bytes) -> bool:
    """Whether `data` is a baseline of any version."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.keys() == {"version", "findings"}


def read(path: Path) -> Counter[Key]:
    """The baseline at `path`.

    Raises:
        ReadError: it is not there, or is no baseline.
    """
    try:
        data = json.loads(file_bytes(path))
    except OSError:
        raise ReadError(path, "không mở được tệp mốc.", _REMEDY) from None
    except (ValueError, RecursionError):
        raise ReadError(path, "tệp mốc không phải JSON.", _REMEDY) from None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ReadError(path, "không phải tệp mốc của danvan.", _REMEDY)
    entries = data.get("findings")
    counts: Counter[Key] = Counter()
    for entry in entries if isinstance(entries, list) else [None]:
        read = _entry(entry)
        if read is None:
            raise ReadError(path, "tệp mốc thiếu hoặc sai mục.", _REMEDY)
        counts[read[0]] += read[1]
    return counts


def _entry(entry: object) -> tuple[Key, int] | None:
    """The key of an entry as `written` makes them, and how many there are; None if it is none."""
    if not isinstance(entry, dict):
        return None
    code, path, subject, value, count = (entry.get(name) for name in _FIELDS)
    if not all(isinstance(text, str) for text in (code, path, subject, value)):
        return None
    if type(count) is not int or not 0 < count <= _MOST:
        return None
    return (str(code), str(path), str(subject), str(value)), count


def less(report: Report, baseline: Counter[Key]) -> Report:
    """`report` without the findings of `baseline`, and with what of it nothing answers to."""
    left = Counter(baseline)
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in report.findings:
        key = finding_key(finding)
        if not rule_of(finding.code).fatal and left[key] > 0:
            left[key] -= 1
            known.append(finding)
        else:
            new.append(finding)
    # A file that was not judged this time says nothing of its entries.
    judged = set(report.files)
    removable = tuple(
        Removable(code, path, subject, count)
        for (code, path, subject, _), count in sorted(left.items())
        if count > 0 and path in judged
    )
    return replace(report, findings=tuple(new), known=tuple(known), removable=removable)


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A mark of 32 hex digits for each finding, in order, no two alike.

    Made of code, file, subject and value; findings that share them are counted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    marks = []
    for finding in findings:
        key = finding_key(finding)
        seen[key] += 1
        text = "\n".join((*key, str(seen[key])))
        marks.append(hashlib.sha256(text.encode()).hexdigest()[:32])
    return marks
