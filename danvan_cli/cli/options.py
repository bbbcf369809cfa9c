"""What options say: those before a command, those that commands share, values from a closed list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from danvan_cli.errors import UsageError
from danvan_cli.text import nearest


@dataclass(frozen=True)
class Context:
    """The catalogue's folder, the year asked for; `given` where the command line names the folder."""

    catalogue_root: Path
    year: str | None = None
    given: bool = False


T = TypeVar("T")


class TextOrJson(StrEnum):
    """How a result is told: sentences for people, or JSON."""

    TEXT = "text"
    JSON = "json"


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


def guess(near: str | None) -> str:
    """The question whether `near` was meant, before what else one may do."""
    return f"Có phải '{near}'? " if near else ""


def known_value(table: Mapping[str, T], name: str, option: str) -> T:
    """What `name` means as the value of `option`.

    Raises:
        UsageError: it is not in `table`; the nearest name is said.
    """
    if name in table:
        return table[name]
    hint = guess(nearest(name, table, cutoff=0.5))
    raise UsageError(f"{option} không nhận '{name}'.", f"{hint}Nhận: {', '.join(table)}.")
