"""The trail of a value: every step that made it, in order, each with before, after, why and where.

The steps of a field say all: done again from nothing they give its value.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from danvan_cli.findings import Place
from danvan_cli.localize.reasons import value_of
from danvan_cli.nodes import NOWHERE, Extract
from danvan_cli.prose import NOTHING, Origin, Prose, Splice, prose

Value: TypeAlias = "Prose | tuple[Prose, ...]"
"""What a field says: words, or a list of them (details, notes, agencies)."""


class StepKind(StrEnum):
    """What a step of localising does to a field."""

    SELECT = "chon"
    VARIANT = "bien_the"
    BASE = "goc"
    MAP = "anh_xa"
    NAME = "ten"
    DOUBLE = "bo_trung"
    FILL = "dien_cho_trong"
    REPLACE = "sua_doi"
    MERGE = "hop_nhat"
    ADD = "bo_sung"
    ORDER = "thu_tu"
    NUMBER = "danh_so"


class Step(NamedTuple):
    """One change of one field of the task or group `ma`: `cu` became `moi`.

    Of words, `cu` stood at the character `at`; of a list, at the member `at`; with `muc`, the
    words stand in that member of the list. `ly_do` is the reason a file gives or the rule that
    was followed; `by` is the line that asked for the change.
    """

    ma: str
    buoc: StepKind
    truong: str
    cu: Value
    moi: Value
    ly_do: str = ""
    by: Extract | None = None
    at: int = 0
    muc: int | None = None

    @property
    def place(self) -> Place:
        """The place of the line that asked for the change."""
        return self.by.place if self.by is not None else NOWHERE


Steps: TypeAlias = tuple[Step, ...]


def fillings(splices: Iterable[Splice], ma: str, name: str, muc: int | None = None) -> list[Step]:
    """Placeholders filled in the field `name` (in its member `muc`) as steps."""
    return [
        Step(ma, StepKind.FILL, name, s.old, s.new, value_of(s.key), s.by, s.at, muc)
        for s in splices
    ]


def started(
    ma: str, kind: StepKind, name: str, value: Value, ly_do: str = "", by: Extract | None = None
) -> Step:
    """The step that gives the field `name` its first value; `by` is the value's own line if not said."""
    nothing: Value = NOTHING if isinstance(value, Prose) else ()
    return Step(ma, kind, name, nothing, value, ly_do, by or first_extract(value))


def first_extract(value: Value) -> Extract | None:
    """Where the first words of `value` stand."""
    parts = (value,) if isinstance(value, Prose) else value
    return next((p.extract for part in parts for p in part.pieces if p.extract), None)


def value_text(value: Value) -> str:
    """A value as one line of text."""
    if isinstance(value, Prose):
        return str(value)
    *first, last = [str(member) for member in value] or [""]
    return "".join(f"{one} " if one.endswith((".", ";")) else f"{one}; " for one in first) + last


def word(text: str) -> Prose:
    """An id, a number: no words of a document, but steps are about them too."""
    return prose(text, Origin.CATALOGUE)
