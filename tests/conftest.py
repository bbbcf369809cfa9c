"""The option --update-golden, and the fixture that compares a text with its expected file."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Golden: TypeAlias = Callable[[Path, str], None]
_CHANGED = "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the expected files anew and print what changed in them",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI") == "true":
        raise pytest.UsageError("--update-golden is refused where CI=true")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(path, text)`: `text` is what the file at `path` says; `""` where there is none."""
    update = bool(request.config.getoption("--update-golden"))

    def check(path: Path, text: str) -> None:
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if update and text != expected:
            _write(path, text)
            lines = difflib.unified_diff(
                expected.splitlines(), text.splitlines(), str(path), str(path), lineterm="", n=1
            )
            request.node.user_properties.append((_CHANGED, "\n".join(lines)))
            return
        assert text == expected

    return check


def _write(path: Path, text: str) -> None:
    if not text:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == _CHANGED:
                terminalreporter.write_line(str(value))
