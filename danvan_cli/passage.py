"""A stretch of text to be judged, wherever it comes from: YAML, a Word file, plain text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Literal, NamedTuple

from danvan_cli.findings import Edit, Finding, Place
from danvan_cli.nodes import Text

Role = Literal["chu", "tieu_de", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian"]
"""What a passage is: running text, a heading, a task's text, a cell of agencies, a deadline."""


class Passage(NamedTuple):
    """A text, what it is, what it is about, and the way from an offset in it to its place.

    `subject` stays when lines move: `<ma>.<truong>` in YAML, the table row or the first words in
    a document. `fixable` is False where a character cannot be changed alone (a Word file).
    `label` is the number that Word itself prints before a paragraph.
    `whole` says that the text is one name or id, not a cell to be read; `beside` are the words
    that stand beside it: the role of an agency. `piece` is a part of a sentence.
    """

    text: str
    role: Role
    subject: str
    locate: Callable[[int], Place]
    fixable: bool = False
    label: str = ""
    whole: bool = False
    beside: str = ""
    piece: bool = False

    def finding(
        self, code: str, start: int, end: int, message: str, new: str | None = None
    ) -> Finding:
        """The finding `code` on the characters from `start` to `end`, mended by `new` if given."""
        found, place = self.text[start:end], self.locate(start)
        fix = Edit(place, found, new) if new is not None and self.fixable else None
        return Finding(place, code, message, subject=self.subject, value=found, fix=fix, right=new)


def offset_place(offset: int) -> Place:
    """The place of a character in a text that stands nowhere yet: its offset, as the column."""
    return Place("", 0, offset)


def placed(finding: Finding, passage: Passage) -> Finding:
    """`finding`, made where the text stood nowhere, at its place in `passage`.

    One that is about something by itself stays about that.
    """
    place = passage.locate(finding.place.column)
    fix = finding.fix
    if fix is not None:
        fix = replace(fix, place=place) if passage.fixable else None
    return replace(finding, place=place, subject=finding.subject or passage.subject, fix=fix)


def joined_passages(parts: Sequence[Passage], separator: str) -> Passage:
    """`parts` as one text whose every character still leads to its place; parts are not empty.

    What is found in it cannot be mended: a change may reach over a separator.
    """
    ends = list(accumulate(len(part.text) + len(separator) for part in parts))

    def locate(offset: int) -> Place:
        at = min(bisect_right(ends, offset), len(parts) - 1)
        return parts[at].locate(offset - (ends[at - 1] if at else 0))

    first = parts[0]
    return Passage(separator.join(part.text for part in parts), first.role, first.subject, locate)


def passage_of(text: Text, role: Role, subject: str) -> Passage:
    """The passage of a value of a YAML file."""
    return Passage(str(text), role, subject, text.place_at, fixable=True)


def name_of(text: Text, role: Role, subject: str, beside: str = "") -> Passage:
    """The passage of a value that is one name or id, with the words that stand beside it."""
    return Passage(str(text), role, subject, text.place_at, True, whole=True, beside=beside)
