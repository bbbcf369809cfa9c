"""The few errors of ours that stop a command, each building its own Vietnamese sentence.

A fault in the data is not here: it is a `Finding`. None of these prints.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any

from danvan_cli.findings import Finding, in_order


class ExitCode(IntEnum):
    """What the process tells its caller: 0 clean, 1 findings, 2 wrong usage, 3 unreadable."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    FAILED = 3


class DanvanError(Exception):
    """A request that cannot be carried out; `str()` is the sentence for the user."""

    exit_code = ExitCode.FAILED

    def __init__(self, found: str, remedy: str = "") -> None:
        self.found = found
        self.remedy = remedy
        super().__init__(f"{found} {remedy}".strip())

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes home from another process: as it is, without its sentence made again."""
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type[DanvanError], args: tuple[Any, ...], state: dict[str, Any]) -> DanvanError:
    made = kind.__new__(kind)
    made.args = args
    made.__dict__.update(state)
    return made


class FindingsError(DanvanError):
    """Faults in the data that stop a request; every one of them is in `findings`.

    `unreadable` says that a file could not be read at all.
    """

    def __init__(self, findings: tuple[Finding, ...], *, unreadable: bool = False) -> None:
        self.findings = in_order(findings)
        self.exit_code = ExitCode.FAILED if unreadable else ExitCode.FINDINGS
        super().__init__(f"{len(self.findings)} phát hiện.", "Sửa rồi chạy lại; chưa ghi gì.")


class UsageError(DanvanError):
    """The words of the command are wrong: an unknown unit, a document kind that is not."""

    exit_code = ExitCode.USAGE


class FileError(DanvanError):
    """A file that stands in the way: `path`; `found` says the rest of the sentence."""

    def __init__(self, path: Path | str, found: str, remedy: str = "") -> None:
        super().__init__(found, remedy)
        self.path = Path(path)
        self.args = (f"{path}: {self.args[0]}",)


class ReadError(FileError):
    """A file that cannot be read at all."""


class TemplateError(FileError):
    """A template that cannot be rendered; names the template and the nearest visible text."""


class WriteError(FileError):
    """A result that cannot be written where it was asked to be."""


class OfficeError(DanvanError):
    """What LibreOffice was asked for cannot be had."""
