"""Where the times of a deadline stand in its text, and the form each should have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danvan_cli.grammar.dates import day_of, month_of
from danvan_cli.grammar.deadline.moments import Point
from danvan_cli.grammar.deadline.tokens import Token, tokens_of
from danvan_cli.text import nfc_with_offsets

_IN_WORDS = re.compile(
    r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?:\s*(?:/|,?\s*năm)\s*(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\s*(?:/|năm)\s*\d{4}(?!\d)", re.IGNORECASE)
_YEAR_WORD = re.compile(r"năm\s+$", re.IGNORECASE)
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_MONTH_FIGURES = re.compile(r"\d{1,2}")
_WANTS_DAY_WORD = {"trước", "nhất", "hết", "từ", "sau", "vào", "đến", "tới"}


@dataclass(frozen=True)
class Marks:
    """The tokens of a deadline, with the way back to the text as it was written."""

    text: str
    composed: str
    offsets: tuple[int, ...]
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> Marks:
        """The marks of `text`, in whatever Unicode form it is."""
        composed, offsets = nfc_with_offsets(text)
        return cls(text, composed, tuple(offsets), tuple(tokens_of(composed)))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the composed text as a stretch of the text given."""
        return self.offsets[start], self.offsets[end]

    def spot(self, point: Point | None) -> tuple[int, int]:
        """Where `point` is written; the whole text without its edges where it cannot be told."""
        for start, end in self._spots(point) if point else ():
            return self.back(start, end)
        lead = len(self.composed) - len(self.composed.lstrip(" \n\t-+*"))
        last = len(self.composed.rstrip(" \n\t.;,*"))
        return self.back(lead, max(lead, last))

    def _spots(self, point: Point) -> Iterator[tuple[int, int]]:
        if point.unit == "day":
            for found in _IN_WORDS.finditer(self.composed):
                if (int(found["day"]), int(found["month"])) == (point.day, point.number):
                    yield found.span()
        for token in self.tokens:
            if _names(token, point):
                after = _YEAR_AFTER.match(self.composed, token.end)
                joined = point.unit in ("month", "quarter", "day") and token.kind != "date"
                word = _YEAR_WORD.search(self.composed, 0, token.start)
                start = word.start() if word and point.unit == "year" else token.start
                yield start, after.end() if after and joined else token.end


def _names(token: Token, point: Point) -> bool:
    numbers = token.numbers
    if not numbers:
        return False
    if point.unit == "day":
        whole = token.kind == "date" and numbers[:2] == (point.day, point.number)
        return (whole and point.year in (None, numbers[2])) or (
            token.kind == "day_month" and numbers == (point.day, point.number)
        )
    if token.kind == "month_year" and point.unit == "month":
        return numbers == (point.number, point.year)
    return token.kind == point.unit and numbers[0] in (
        (point.year,) if point.unit == "year" else (point.number,)
    )


@dataclass(frozen=True)
class Form:
    """A time not written in the usual form: its place in the text, and the form it should have."""

    start: int
    end: int
    right: str
    why: str


def loose_forms(marks: Marks) -> Iterator[Form]:
    """The times of a deadline that are understood but written otherwise than is usual.

    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4 and 5: days below 10 and months 1 and 2 take a zero,
    other months none; quarters are Roman numerals; the word "ngày" stands before a date.
    """
    covered: list[tuple[int, int]] = []
    for found in _IN_WORDS.finditer(marks.composed):
        covered.append(found.span())
        day, month = int(found["day"]), int(found["month"])
        for name, right in (("day", day_of(day)), ("month", month_of(month))):
            if found[name] != right:
                yield _form(marks, *found.span(name), right, "ngày dưới 10 và tháng 1, 2 có số 0")
    for number, token in enumerate(marks.tokens):
        if not any(start <= token.start < end for start, end in covered):
            form = _loose(marks, number, token)
            if form:
                yield form


def _loose(marks: Marks, number: int, token: Token) -> Form | None:
    written = marks.composed[token.start : token.end]
    if token.kind in ("date", "day_month"):
        figures = f"{day_of(token.numbers[0])}/{month_of(token.numbers[1])}"
        right = f"{figures}/{token.numbers[2]}" if token.kind == "date" else figures
        bare = _wants_day_word(marks, number)
        if right == written and not bare:
            return None
        why = "trước ngày, tháng bằng số có chữ 'ngày'"
        if right != written:
            why = "ngày dưới 10 và tháng 1, 2 có số 0, các tháng khác không, ngăn bằng dấu /"
        return _form(marks, token.start, token.end, f"ngày {right}" if bare else right, why)
    if token.kind in ("month", "month_year") and token.numbers:
        return _loose_month(marks, token, written)
    if token.kind == "quarter" and token.numbers and token.numbers[0] in _ROMAN:
        right = f"{'Quý' if written[0].isupper() else 'quý'} {_ROMAN[token.numbers[0]]}"
        if " ".join(written.split()).lower() == right.lower() and written.isascii() is False:
            numeral = written.split()[-1]
            if numeral == _ROMAN[token.numbers[0]]:
                return None
        return _form(marks, token.start, token.end, right, "quý viết bằng số La Mã")
    return None


def _loose_month(marks: Marks, token: Token, written: str) -> Form | None:
    figures = _MONTH_FIGURES.search(written)
    if figures is None:
        return None
    right = month_of(token.numbers[0])
    if figures.group() == right:
        return None
    start = token.start + figures.start()
    why = "chỉ tháng 1 và tháng 2 có số 0 ở trước"
    return _form(marks, start, start + len(figures.group()), right, why)


def _wants_day_word(marks: Marks, number: int) -> bool:
    """Whether "ngày" is missing before the date that is token `number`."""
    before = marks.tokens[number - 1].word if number else ""
    if before not in _WANTS_DAY_WORD:
        return False
    # "từ ngày 01/3 đến 15/3/2026" says the word once for both.
    earlier = {token.word for token in marks.tokens[: number - 1]}
    return before not in ("đến", "tới") or "từ" not in earlier


def _form(marks: Marks, start: int, end: int, right: str, why: str) -> Form:
    return Form(*marks.back(start, end), right, why)
