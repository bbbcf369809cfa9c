"""Deadlines that are not understood (DV301), or not in the usual form (DV309)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import day_of, month_of
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.grammar.deadline.tokens import Token
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.text import comparable, nearest, nfc, shortened
from danvan_cli.validate.checks.deadlines.times import DeadlineCell
from danvan_cli.validate.setting import Setting

_USUAL = ("Thường xuyên", "Hằng tháng", "Hằng quý", "Hằng năm")
_MEASURE = re.compile(
    r"\d\s*(?:h|g|giờ|phút|%|điểm|người|buổi|lần|ngày|tuần|tháng|năm)(?!\w)|\dh\d|\d\s*/\s*\d{3}",
    re.IGNORECASE,
)
"""A clock, a length of time, a score: something else than a day to be ready by."""
_BLANKS = re.compile(r"…|\.{3}|_{3}")
"""Left to be filled in: the cell is of a form."""
_EVENTS = re.compile(
    r"từ (?:ngày|khi|lúc) .+ (?:đến|cho đến) (?:ngày|khi|lúc|hết) "
    r"|(?<!\w)(?:năm|quý|tháng|kỳ) (?:trước |sau )?liền (?:kề|trước|sau)(?!\w)"
)
"""From one event to another; the time beside another."""
_STATE = re.compile(rf"{any_of('khong_la_han')}|\d[\d.,]*$|\w+@")
"""How far a task has come, or what it gives: columns named so need hold no time."""
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_FIGURES = re.compile(r"\d{1,2}")
_WANTS_DAY_WORD = {"trước", "nhất", "hết", "từ", "sau", "vào", "đến", "tới"}
_ZERO = "ngày dưới 10 và tháng 1, 2 có số 0"


def not_understood(cell: DeadlineCell, setting: Setting) -> Iterator[Finding]:
    """DV301 on a deadline that names no time."""
    if cell.deadline.understood or _BLANKS.search(cell.passage.text):
        return
    if _MEASURE.search(nfc(cell.passage.text)):
        return
    words = comparable(nfc(cell.passage.text.strip()))
    state = setting.kind == "van_ban" and _STATE.match(words)
    if state or _EVENTS.search(words):
        return
    start, end = cell.deadline.span
    written = cell.passage.text[start:end]
    near = nearest(written, _USUAL, cutoff=0.75)
    hint = (
        f"Có phải '{near}'?"
        if near
        else f"Ghi như 'Quý I/{setting.year}', 'Trước ngày 15/6/{setting.year}' hoặc 'Thường xuyên'."
    )
    message = f"Không hiểu thời hạn '{shortened(written, 80)}': không thấy ngày, tháng, quý hay năm. {hint}"
    yield cell.passage.finding("DV301", start, end, message, near)


def loosely_written(cell: DeadlineCell, setting: Setting) -> Iterator[Finding]:
    """DV309: understood, but not in the usual form; mended only where the meaning stays."""
    deadline, text = cell.deadline, cell.passage.text
    if deadline.loi or not deadline.understood:
        return
    for form in loose_forms(deadline):
        mended = text[: form.start] + form.right + text[form.end :]
        if read_deadline(mended, setting.year).meaning != deadline.meaning:
            continue
        message = f"'{text[form.start : form.end]}' nên viết '{form.right}': {form.why}."
        yield cell.passage.finding("DV309", form.start, form.end, message, form.right)


@dataclass(frozen=True)
class UnusualForm:
    """A time not written in the usual form: its place in the text, and the form it should have."""

    start: int
    end: int
    right: str
    why: str


def loose_forms(deadline: Deadline) -> Iterator[UnusualForm]:
    """The times of a deadline that are understood but written otherwise than is usual.

    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4 and 5: days below 10 and months 1 and 2 take a zero,
    other months none; quarters are Roman numerals; the word "ngày" stands before a date.
    """
    tokens, in_words = deadline.tokens, -1
    for number, token in enumerate(tokens):
        if number <= in_words:
            continue
        if _says_a_day(tokens, number):
            in_words = number + 2
            yield from _in_words(tokens[number + 1], tokens[number + 2])
        else:
            form = _loose(deadline.text[token.start : token.end], tokens, number)
            if form:
                yield form


def _says_a_day(tokens: Sequence[Token], at: int) -> bool:
    """Whether "ngày 5 tháng 6" stands at `at`."""
    if tokens[at].word != "ngày" or at + 2 >= len(tokens):
        return False
    day, month = tokens[at + 1 : at + 3]
    figures = month.kind == "month" and _FIGURES.search(month.word)
    return day.kind == "number" and day.end - day.start <= 2 and bool(figures)


def _in_words(day: Token, month: Token) -> Iterator[UnusualForm]:
    for token, right in ((day, day_of(day.numbers[0])), (month, month_of(month.numbers[0]))):
        form = _figures_form(token, token.word, right, _ZERO)
        if form:
            yield form


def _loose(written: str, tokens: Sequence[Token], number: int) -> UnusualForm | None:
    token = tokens[number]
    if token.kind in ("date", "day_month"):
        return _loose_date(written, tokens, number)
    if token.kind in ("month", "month_year") and token.numbers:
        why = "chỉ tháng 1 và tháng 2 có số 0 ở trước"
        return _figures_form(token, token.word, month_of(token.numbers[0]), why)
    if token.kind == "quarter" and token.numbers and token.numbers[0] in _ROMAN:
        return _loose_quarter(nfc(written), token)
    return None


def _loose_date(written: str, tokens: Sequence[Token], number: int) -> UnusualForm | None:
    token = tokens[number]
    figures = f"{day_of(token.numbers[0])}/{month_of(token.numbers[1])}"
    right = f"{figures}/{token.numbers[2]}" if token.kind == "date" else figures
    bare = _wants_day_word(tokens, number)
    if right == written and not bare:
        return None
    why = "trước ngày, tháng bằng số có chữ 'ngày'"
    if right != written:
        why = "ngày dưới 10 và tháng 1, 2 có số 0, các tháng khác không, ngăn bằng dấu /"
    return UnusualForm(token.start, token.end, f"ngày {right}" if bare else right, why)


def _loose_quarter(written: str, token: Token) -> UnusualForm | None:
    numeral = _ROMAN[token.numbers[0]]
    right = f"{'Quý' if written[0].isupper() else 'quý'} {numeral}"
    if " ".join(written.split()).lower() == right.lower() and written.split()[-1] == numeral:
        return None
    return UnusualForm(token.start, token.end, right, "quý viết bằng số La Mã")


def _figures_form(token: Token, word: str, right: str, why: str) -> UnusualForm | None:
    """The form of the first figures of a token, None where they are right or there are none.

    Counted from the end, where a decomposed letter before them shifts nothing.
    """
    figures = _FIGURES.search(word)
    if figures is None or figures.group() == right:
        return None
    start = token.end - (len(word) - figures.start())
    return UnusualForm(start, start + len(figures.group()), right, why)


def _wants_day_word(tokens: Sequence[Token], number: int) -> bool:
    """Whether "ngày" is missing before the date that is token `number`."""
    before = tokens[number - 1].word if number else ""
    if before not in _WANTS_DAY_WORD:
        return False
    # "từ ngày 01/3 đến 15/3/2026" says the word once for both.
    earlier = {token.word for token in tokens[: number - 1]}
    return before not in ("đến", "tới") or "từ" not in earlier
