"""What commands print: results on stdout, the conversation on stderr, UTF-8 on any console."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from danvan_cli.findings import Finding, in_order


def use_utf8() -> None:
    """Standard streams become UTF-8 whatever the console's code page; no character can crash them."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def out(text: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print a line of the conversation."""
    sys.stderr.write(text + "\n")


def to_paste(path: str) -> str:
    """`path` as a word of a command line: in quotes where it has a space."""
    return f'"{path}"' if " " in path else path


def colour_wanted() -> bool:
    """Whether stderr is a terminal that may be coloured (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def report(findings: Iterable[Finding]) -> None:
    """Each finding on a line of stderr: `file:line:column CODE message`."""
    for finding in in_order(findings):
        note(f"{finding.place} {finding.code} {finding.message}")
