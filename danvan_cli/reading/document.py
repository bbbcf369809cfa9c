"""A finished document as values: its passages, its tasks, its numbers, who issued it and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from danvan_cli.findings import Place
from danvan_cli.grammar.dates import real_date
from danvan_cli.passage import Passage, Role
from danvan_cli.word.layout.values import Layout

ListForm = Literal["bang", "tung_viec", "theo_nhom"]
Field = Literal["chu_tri", "thuc_hien", "phoi_hop", "hinh_thuc", "thoi_gian"]
Locate = Callable[[int], Place]


@dataclass(frozen=True)
class WordPlaces:
    """From an offset to its place in a Word file: the paragraph's order, and which it is."""

    path: str
    order: int
    where: str

    def __call__(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        return Place(self.path, self.order, offset + 1, self.where)


class GridCell(NamedTuple):
    """A cell on the true grid: its text, how many columns it spans, whether it only goes on."""

    passage: Passage | None
    span: int = 1
    continued: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as it stands: rows of cells; a cell merged downwards is `continued` below."""

    rows: tuple[tuple[GridCell, ...], ...]


Sort = Literal["la_ma", "so", "so_kep", "chu", "dieu"]
BodyItem = Passage | Grid
"""What a file gives, in the order of reading."""


class ItemNumber(NamedTuple):
    """A number that begins a paragraph or a row, without its dot or bracket.

    `sort` is "la_ma" (I), "so" (1), "so_kep" (1.2), "chu" (a, b, đ) or "dieu" (Điều 1);
    `start` and `end` bound it in the passage; `counted` says that Word itself prints it, so that
    it stands nowhere in the text.
    """

    sort: Sort
    number: str
    passage: Passage
    start: int
    end: int
    counted: bool = False


class Label(NamedTuple):
    """The label of an assignment line: "- Cơ quan chủ trì"; `row` counts tasks from 0."""

    field: Field
    text: str
    row: int
    passage: Passage


@dataclass(frozen=True)
class TaskRow:
    """A task with who leads, who helps and when, from a table or from assignment lines.

    Cells left empty give no passage. `khac` are the cells of columns that are none of these,
    with the column's name. `group` is a row that only names a group of tasks; `heading`
    is the heading that the number counts on from, of a paragraph ("2." of "2.1."). `columns` are the
    names of the columns of its table.
    """

    form: ListForm
    number: str
    place: Place
    tt: tuple[Passage, ...] = ()
    noi_dung: tuple[Passage, ...] = ()
    chu_tri: tuple[Passage, ...] = ()
    phoi_hop: tuple[Passage, ...] = ()
    thoi_gian: tuple[Passage, ...] = ()
    khac: tuple[tuple[str, Passage], ...] = ()
    group: bool = False
    heading: Passage | None = None
    columns: tuple[str, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What its cells or lines say, but for columns of other names."""
        return (*self.tt, *self.noi_dung, *self.chu_tri, *self.phoi_hop, *self.thoi_gian)


@dataclass(frozen=True)
class WrittenDate:
    """The date of a document as far as it is filled in; what is blank is None."""

    day: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def exact(self) -> date | None:
        """The day itself, None while a part of it is blank or it is no day."""
        if self.day is None or self.month is None or self.year is None:
            return None
        return real_date(self.day, self.month, self.year)

    @property
    def first(self) -> date | None:
        """The earliest day it can be; None where the year is blank."""
        if self.exact or self.year is None:
            return self.exact
        return real_date(1, self.month or 1, self.year)

    @property
    def last(self) -> date | None:
        """The latest day it can be; None where the year is blank."""
        if self.exact or self.year is None:
            return self.exact
        month = self.month or 12
        following = real_date(1, month % 12 + 1, self.year + month // 12)
        return following - timedelta(1) if following else None


@dataclass(frozen=True)
class Document:
    """A finished document, and what it tells of itself; what it does not tell is None.

    `written` is the date of its date line, or of the "Kèm theo" line, as far as it is filled in;
    `years` the first and last year its title is about, which need not be that of its date: a plan
    is signed in December, a report in January. `issuer` is the unit of the letterhead as written
    ("XÃ NGHI DƯƠNG"), `place_name` that of the date line ("Hà Bắc"), `places` every place the
    frame names. `attached` is the line that says which document this one goes with.
    `runs` are the numbers of the text, of each Phụ lục and of each table, each in order.
    `signature` are the lines of who signs: authority and post, then the name where it is filled in.
    `annexes` are the Phụ lục it holds ("I", "II", "" for one without a number).
    `grids` are its tables of words that list no tasks as far as their heads say. `layout` is how a Word file looks; None for a text file, and for an enclosed document, whose
    looks are the file's. `enclosed` are the documents it issues that stand in the same file.
    `of_party` says that its head is that of a paper of the Party, which follows other rules of form.
    `about` are the properties that danvan gave the file it made.
    """

    path: Path
    passages: tuple[Passage, ...]
    rows: tuple[TaskRow, ...] = ()
    runs: tuple[tuple[ItemNumber, ...], ...] = ()
    labels: tuple[Label, ...] = ()
    letterhead: Passage | None = None
    issuer: str | None = None
    places: tuple[str, ...] = ()
    date_line: Passage | None = None
    place_name: str | None = None
    kind: str | None = None
    number: str | None = None
    symbol: str | None = None
    written: WrittenDate = WrittenDate()
    years: tuple[int, int] | None = None
    attached: str | None = None
    title: tuple[Passage, ...] = ()
    themes: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    annex_headings: tuple[Passage, ...] = ()
    recipients: tuple[Passage, ...] = ()
    signature: tuple[Passage, ...] = ()
    closing: Passage | None = None
    layout: Layout | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    grids: tuple[Grid, ...] = ()
    enclosed: tuple[Document, ...] = ()
    of_party: bool = False

    @property
    def texts(self) -> tuple[Document, ...]:
        """This document, then those that it issues and that stand in the same file."""
        return (self, *self.enclosed)

    @property
    def issued(self) -> date | None:
        """Its own date, None while day, month or year is blank."""
        return self.written.exact

    @property
    def year(self) -> int | None:
        """The year it is for, else that of its date."""
        return self.years[0] if self.years else self.written.year

    @property
    def text(self) -> str:
        """The passages one per line."""
        return "\n".join(passage.text for passage in self.passages)


def cut(passage: Passage, start: int, end: int, role: Role, subject: str = "") -> Passage:
    """The characters of `passage` from `start` to `end` as a passage of their own."""
    return Passage(
        passage.text[start:end],
        role,
        subject or passage.subject,
        partial(_shifted, passage.locate, start),
        passage.fixable,
        passage.label,
    )


def with_role(passage: Passage, role: Role, subject: str, where: str) -> Passage:
    """`passage` with its role and subject, and in a Word file the words for its place."""
    locate = passage.locate
    if isinstance(locate, WordPlaces):
        locate = WordPlaces(locate.path, locate.order, where)
    return Passage(passage.text, role, subject, locate, passage.fixable, passage.label)


def _shifted(locate: Locate, by: int, offset: int) -> Place:
    return locate(by + offset)


def trimmed(passage: Passage) -> Passage | None:
    """`passage` without white space at its ends; None where nothing is left."""
    text = passage.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return None
    return passage if (start, end) == (0, len(text)) else cut(passage, start, end, passage.role)


def first_words(text: str, count: int = 6) -> str:
    """The first words of `text`, to tell people which paragraph is meant."""
    words = text.split(None, count)
    return " ".join(words[:count]) + ("…" if len(words) > count else "")
