"""A rule as a value, and its page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from danvan_cli.findings import Severity


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
        return (files("danvan_cli.validate") / "pages" / f"{self.code}.md").read_text(
            encoding="utf-8"
        )
