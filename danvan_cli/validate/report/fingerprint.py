"""What a finding is known by from run to run, though lines move and messages are reworded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from danvan_cli.findings import Finding
from danvan_cli.validate.baseline import finding_key


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A mark of 32 hex digits for each finding, in order, no two alike.

    Made of code, file, subject and value; findings that share them are counted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding in findings:
        key = finding_key(finding)
        seen[key] += 1
        text = "\n".join((*key, str(seen[key])))
        made.append(hashlib.sha256(text.encode()).hexdigest()[:32])
    return made
