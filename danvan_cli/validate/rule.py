"""A rule as a value, and its page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danvan_cli.findings import Severity

NAMES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "lưu ý"}
"""What people call each severity."""
_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Rule:
    """A rule: a code that never means another rule, its name, how much it weighs, its title for people."""

    code: str
    name: str
    severity: Severity
    title: str

    @property
    def page(self) -> str:
        """The rule's page: what, why, wrong, right, how to mend, source (Markdown, Vietnamese)."""
        return (_PAGES / f"{self.code}.md").read_text(encoding="utf-8")
