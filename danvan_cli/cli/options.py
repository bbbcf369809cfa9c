"""What options say: those before a command, those that commands share, values from a closed list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.text import did_you_mean, nearest


@dataclass(frozen=True)
class Context:
    """The catalogue's folder, the year asked for; `given` where the command line names the folder."""

    catalogue_root: Path
    year: str | None = None
    given: bool = False


T = TypeVar("T")
TextOrJson = Literal["text", "json"]
"""How a result is printed: sentences for people, or JSON."""


def as_code(found: object) -> ExitCode:
    """The exit code where something was `found`, and where nothing was."""
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


WordOutput = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="TỆP", help="Tệp .docx để ghi, đi cùng --format word."),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="SỐ",
        min=1,
        help="Số việc làm cùng lúc; mặc định bằng số nhân của máy.",
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--force", help="Ghi lại tệp đã có; tệp cũ được cất riêng.")
]


def unknown(found: str, name: str, known: Iterable[str], remedy: str = "") -> UsageError:
    """The error that says of `name` what was `found`, with the nearest of those `known`."""
    known = list(known)
    hint = did_you_mean(nearest(name, known, cutoff=0.5))
    return UsageError(f"{found}{hint}", remedy or f"Nhận: {', '.join(known)}.")


def known_value(table: Mapping[str, T], name: str, option: str) -> T:
    """What `name` means as the value of `option`.

    Raises:
        UsageError: it is not in `table`; the nearest name is said.
    """
    if name in table:
        return table[name]
    raise unknown(f"{option} không nhận '{name}'.", name, table)
