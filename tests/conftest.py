"""The option --update-golden, and the fixtures that compare a text with what is expected."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings

from tests.cases import THOROUGH, Case, dumped, rewrite

Golden: TypeAlias = Callable[[Path, str], None]
Expect: TypeAlias = Callable[[Case, str, object], None]
_CHANGED = "golden"

# How long an example takes says nothing where machines are shared. The gate tries the same
# examples each time; other and many more ones are tried in a thorough run.
settings.register_profile(
    "danvan", deadline=None, max_examples=50, derandomize=bool(os.environ.get("CI"))
)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("thorough" if THOROUGH else "danvan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the expected files anew and print what changed in them",
    )


def pytest_configure(config: pytest.Config) -> None:
    # What a test sees is made anew, unless it is about the cache.
    os.environ["DANVAN_NO_CACHE"] = "1"
    if config.getoption("--update-golden") and os.environ.get("CI") == "true":
        raise pytest.UsageError("--update-golden is refused where CI=true")
    if config.getoption("--update-golden") and config.getoption("numprocesses", 0):
        raise pytest.UsageError("--update-golden writes one after another: add -n 0")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(path, text)`: `text` is what the file at `path` says; `""` where there is none."""
    update = bool(request.config.getoption("--update-golden"))

    def check(path: Path, text: str) -> None:
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if update and text != expected:
            _write(path, text)
            _record(request, str(path), expected, text)
            return
        assert text == expected

    return check


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Expect:
    """`expect(case, key, value)`: `value` is what the case has under `key`, if it is not empty."""
    update = bool(request.config.getoption("--update-golden"))

    def check(case: Case, key: str, value: object) -> None:
        expected = case.get(key)
        if update and (value or None) != expected:
            rewrite(case, key, value)
            _record(request, f"{case.file}: {case.name}", dumped(expected), dumped(value))
            return
        assert (value or None) == expected

    return check


def _record(request: pytest.FixtureRequest, name: str, old: str, new: str) -> None:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), name, name, lineterm="", n=1)
    request.node.user_properties.append((_CHANGED, "\n".join(lines)))


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
