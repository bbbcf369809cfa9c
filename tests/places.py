"""A place by the words that stand there: it stays when lines are put above it."""

from __future__ import annotations

import re
from pathlib import Path

from danvan_cli.findings import Finding

_LENGTH = 32
_LINE = re.compile(r"\bdòng (\d+)")


def words_at(text: str, line: int, column: int = 1) -> str:
    """What stands in `text` from this place on, cut short: «ma: doi-thoai»."""
    rest = text.split("\n")[line - 1][column - 1 :].strip()
    return f"«{rest[:_LENGTH].strip()}»"


def by_words(finding: Finding, path: Path) -> str:
    """`finding` on the file at `path` as `«words there» CODE message`, lines it names likewise."""
    text = path.read_text(encoding="utf-8")
    here = words_at(text, finding.place.line, finding.place.column)
    message = _LINE.sub(lambda m: f"dòng {words_at(text, int(m[1]))}", finding.message)
    return f"{here} {finding.code} {message}"
