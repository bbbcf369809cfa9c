"""Plain text copied from Word, as blocks: paragraphs and tables with their places in the file.

The shape met in real files: cells of a table on lines of their own that begin with a tab (or one
row per line, cells parted by tabs), footnotes inline as "[footnoteRef:1] ... [1: ...]", marks of
emphasis (* and **), "[bookmark: ...]", paragraphs broken where a page ended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_cli.findings import Place
from danvan_cli.nodes import SourceText
from danvan_cli.passage import Passage
from danvan_cli.reading.document import BodyItem, Grid, GridCell, first_words, trimmed
from danvan_cli.text import LONGEST_TEXT, breakable, fold

_DROPPED = re.compile(r"\[footnoteRef:\d+\]|\[bookmark:[^\]\n]*\]|\*+(?=\S)|(?<=\S)\*+|\r(?=\n)")
_FOOTNOTE_MARK = re.compile(r"\[footnoteRef:(\d+)\]")
_NUMBER_HEADS = frozenset(("tt", "stt", "số tt"))
_ROW_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*\.?|[a-zđ][.)]?|[IVXL]{1,6}\.?)$")
_LIST_MARK = re.compile(r"[a-zđ]\)|[-+•*]|\d{1,2}(?:\.\d{1,2})*[.)]\s")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_HANGING = re.compile(r"(?:^|\s)(?:và|của|số|ngày|về|tại|theo|với|cho|các)$", re.IGNORECASE)
_LONG_ENOUGH = 40
_LONGEST_NUMBER = 8
_FEWEST_COLUMNS = 3
_GROUP_CELLS = 2


@dataclass(frozen=True)
class TextPlaces:
    """From an offset to its place in a text file: where each kept character stood."""

    source: SourceText
    indices: tuple[int, ...]

    def __call__(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        if not self.indices:
            return self.source.place(0)
        return self.source.place(self.indices[min(offset, len(self.indices) - 1)])


def read_plain(text: str, shown: str) -> tuple[BodyItem, ...]:
    """The blocks of `text`; footnotes follow the block that their mark stands in."""
    reader = _PlainReader(SourceText.of(shown, breakable(text)))
    return reader.blocks()


@dataclass(frozen=True)
class _Line:
    text: str
    indices: tuple[int, ...]

    def cut(self, start: int, end: int) -> _Line:
        return _Line(self.text[start:end], self.indices[start:end])

    def stripped(self) -> _Line:
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def joined(self, other: _Line, glue: str) -> _Line:
        if len(self.text) > LONGEST_TEXT:
            # It is refused as it is; to copy it for each line more would take for ever.
            return self
        if not self.text:
            return other
        if not other.text:
            return self
        return _Line(
            self.text + glue + other.text, (*self.indices, self.indices[-1] + 1, *other.indices)
        )

    def pieces(self) -> list[_Line]:
        """The paragraphs of a line outside tables: one, or two columns that stood side by side."""
        line = self.stripped()
        if not line.text:
            return []
        at = line.text.find("\t")
        if at <= _LONGEST_NUMBER:
            return [line]
        return [line.cut(0, at).stripped(), *line.cut(at, len(line.text)).pieces()]

    def cells(self) -> list[_Line]:
        """The cells that a line of a table begins."""
        start = len(self.text) - len(self.text.lstrip(" "))
        if self.text[start : start + 1] == "\t":
            start += 1
        made = []
        for piece in self.text[start:].split("\t"):
            made.append(self.cut(start, start + len(piece)).stripped())
            start += len(piece) + 1
        return made


class _PlainReader:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.notes: list[tuple[int, str, _Line]] = []
        self.lines = self._lines()
        self.at = 0

    def blocks(self) -> tuple[BodyItem, ...]:
        made: list[BodyItem] = []
        pending: _Line | None = None
        gap = 0
        while self.at < len(self.lines):
            columns = self._header()
            if columns:
                made += self._flushed(pending)
                pending = None
                made += self._table(columns)
                continue
            pieces = self.lines[self.at].pieces()
            self.at += 1
            if not pieces:
                gap += 1
                continue
            *whole, line = pieces
            for piece in whole:
                made += self._flushed(pending)
                pending = piece
                gap = 2
            if pending and gap <= 1 and _goes_on(pending.text, line.text):
                pending = pending.joined(line, " ")
            else:
                made += self._flushed(pending)
                pending = line
            gap = 0
        made += self._flushed(pending)
        made += self._due_notes(len(self.source.text))
        return tuple(made)

    def _lines(self) -> list[_Line]:
        """The lines of the file without marks and footnotes, which are put aside."""
        raw = self.source.text
        dropped = bytearray(len(raw))
        for start, end, number in _footnotes(raw):
            gap = raw[start - 1 : start] == " " and raw[end : end + 1].isspace()
            dropped[start - gap : end] = b"\1" * (end - start + gap)
            inner = raw.index(":", start) + 1
            for line in _split(raw, [i for i in range(inner, end - 1) if raw[i] != "\r"]):
                kept = line.stripped()
                if kept.text:
                    self.notes.append((start, number, kept))
        for mark in _DROPPED.finditer(raw):
            dropped[mark.start() : mark.end()] = b"\1" * len(mark.group())
        return _split(raw, [i for i in range(len(raw)) if not dropped[i]])

    def _passage(self, line: _Line) -> Passage:
        return Passage(
            line.text,
            "chu",
            first_words(line.text),
            TextPlaces(self.source, line.indices),
            fixable=True,
        )

    def _flushed(self, line: _Line | None) -> list[BodyItem]:
        if line is None:
            return []
        return [self._passage(line), *self._due_notes(line.indices[-1] + 1)]

    def _due_notes(self, index: int) -> list[BodyItem]:
        due = [note for note in self.notes if note[0] <= index]
        self.notes = self.notes[len(due) :]
        made: list[BodyItem] = []
        for _, number, line in due:
            passage = trimmed(self._passage(line))
            if passage:
                made.append(
                    Passage(passage.text, "chu", f"chú thích {number}", passage.locate, True)
                )
        return made

    def _header(self) -> int:
        """How many columns the table that begins here has; 0 where none begins."""
        line = self.lines[self.at]
        if "\t" not in line.text:
            return 0
        cells = line.cells()
        if fold(cells[0].text) not in _NUMBER_HEADS:
            return 0
        if len(cells) == 1:
            for following in self.lines[self.at + 1 :]:
                if not following.text.startswith("\t") or not following.text.strip():
                    break
                cells += following.cells()
        return len(cells) if len(cells) >= _FEWEST_COLUMNS else 0

    def _table(self, columns: int) -> list[BodyItem]:
        rows: list[list[_Line]] = []
        blank = False
        while self.at < len(self.lines):
            line = self.lines[self.at]
            tabbed = "\t" in line.text
            if not tabbed and not line.text.strip():
                blank = True
            elif not tabbed:
                whole = not rows or len(rows[-1]) in (_GROUP_CELLS, columns)
                if blank and whole:
                    break
                rows[-1][-1] = rows[-1][-1].joined(line.stripped(), "\n")
            else:
                for cell in line.cells():
                    _put(rows, cell, columns)
                blank = False
            self.at += 1
        return [
            Grid(tuple(self._row(row, columns) for row in rows)),
            *self._due_notes(self._end()),
        ]

    def _end(self) -> int:
        later = (line.indices[0] for line in self.lines[self.at :] if line.indices)
        return next(later, len(self.source.text))

    def _row(self, cells: list[_Line], columns: int) -> tuple[GridCell, ...]:
        made = [GridCell(self._passage(cell) if cell.text else None) for cell in cells]
        if len(made) == _GROUP_CELLS < columns:
            made[1] = GridCell(made[1].passage, span=columns - 1)
        return tuple(made)


def _put(rows: list[list[_Line]], cell: _Line, columns: int) -> None:
    """Put a cell where it belongs: in a new row, in the row begun, or on to the last cell."""
    whole = not rows or len(rows[-1]) == columns
    ended = whole or (len(rows) > 1 and len(rows[-1]) >= _GROUP_CELLS)
    if not rows or (ended and _ROW_NUMBER.match(cell.text)):
        rows.append([cell])
    elif not whole:
        rows[-1].append(cell)
    elif cell.text:
        rows[-1][-1] = rows[-1][-1].joined(cell, "\n")


def _split(raw: str, indices: list[int]) -> list[_Line]:
    lines: list[_Line] = []
    begun: list[int] = []
    for index in indices:
        if raw[index] == "\n":
            lines.append(_Line("".join(raw[i] for i in begun), tuple(begun)))
            begun = []
        else:
            begun.append(index)
    lines.append(_Line("".join(raw[i] for i in begun), tuple(begun)))
    return lines


def _footnotes(raw: str) -> list[tuple[int, int, str]]:
    """Where each footnote's "[1: ...]" stands: start, end, number."""
    found = []
    for mark in _FOOTNOTE_MARK.finditer(raw):
        start = raw.find(f"[{mark.group(1)}:", mark.end())
        if start < 0:
            continue
        depth = 0
        for end in range(start, len(raw)):
            depth += {"[": 1, "]": -1}.get(raw[end], 0)
            if depth == 0:
                found.append((start, end + 1, mark.group(1)))
                break
    return found


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph broken by the end of a page goes on with `after`."""
    if len(before) < _LONG_ENOUGH or before[-1] in '.;:!?…”")/]':
        return False
    if _LIST_MARK.match(after):
        return False
    return after[0].islower() or _DATE.match(after) is not None or bool(_HANGING.search(before))
