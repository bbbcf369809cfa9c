"""DV702, DV703, DV706: quotes and brackets, spaces and dots, the form of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import day_of, in_figures, month_of, real_date
from danvan_cli.grammar.syllables import is_syllable
from danvan_cli.validate.checks.view import TEXTS_KEPT, ComposedText, View
from danvan_cli.validate.setting import Setting

_PAIRS = {"“": "”", '"': '"', "(": ")", "[": "]", "«": "»"}
_CLOSERS = {close: opening for opening, close in _PAIRS.items() if close != opening}
_LIST_MARK = re.compile(r"(?:^|(?<=[\s,;:(“\"]))(?:[a-zđ]\d?|[ivxIVX]{1,4}|\d{1,3}(?:\.\d+)*)$")
_LONGEST_SLIP, _SLIPS_OF_DOTS = 5, 2
"""More dots in a row, or rows of dots, are lines of a form to be filled in."""
_LONGEST_MARK = 24
_BLANK_WIDTH = 3
"""Spaces that leave room to write in, or set out columns, rather than slip in."""
_OPTION = re.compile(r"\d{1,2}[.)](?!\d)")
"""The next answer to choose from, on one line with the last."""
_COLUMNS = re.compile(r"(?:nơi nhận|- )", re.IGNORECASE)
_FAR = 200
_FAR_STRAIGHT = 3

_BEFORE_POINT = re.compile(r"(?<=[\w)”\]%…\"])[ \u00a0]+(?=[,;:!?)”](?!\S*\.{3})|\.(?![\w.]))")
_INSIDE = re.compile(r"(?<=[(“])[ \u00a0]+(?=[^\s)”])")
_AFTER_POINT = re.compile(r"(?<=[^\W\d_])[,;](?=[^\W\d_])")
_DOUBLED = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_BLANK_BEFORE = re.compile(r"(?:ngày|tháng|năm|số|số:|lần|thứ|:|\.{2,}|…|_)$", re.IGNORECASE)
_BLANK_AFTER = re.compile(r"/|tháng|năm|ngày|\.{2,}|…|_", re.IGNORECASE)
_DOTS = re.compile(r"(?P<comma>[,;]\s*)?(?P<dots>\.{4,}|(?<!\.)\.\.(?!\.)|…\.+|\.+…|…{2,})")
_BLANK_NUMBER = re.compile(r"[….]{2,}\s*(?:\(\d\)|\[\d\]|/)|(?:\(\d\)|\[\d\])\s*[….]{2,}")
_MARK_OF_FORM = re.compile(r"\s*[(\[]\d")
_LIST_LENGTH = 60
_LETTERS_OF_WORDS = 8
_FILL_IN = re.compile(r"(?:ngày|tháng|năm|số|:)\s*$", re.IGNORECASE)
_ONE_SIDED = re.compile(r"(?P<from>(?<!\d)\d{4})(?: -|- | –|– )(?P<to>\d{4})(?!\d)")
_SLASH_END = re.compile(r"(?<![./])\s*(?:\./|/\.|\. /\.|\./ \.|\.\s?/\s\.)$")

_DATE = re.compile(
    r"(?<![\d/.\-])(?P<day>\d{1,2})(?P<mark>[/.\-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\d/\-])"
)
_IN_WORDS = re.compile(r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})")


def check_marks(view: View, setting: Setting) -> Iterator[Finding]:
    """Spaces, dots and dates; quotes and brackets are judged over several passages."""
    yield from _spaces(view, setting)
    yield from _dots(view)
    yield from _dates(view)


def _spaces(view: View, setting: Setting) -> Iterator[Finding]:
    text = view.text
    if _is_spelt_out(view):
        return
    form = _is_form(text)
    for match in _BEFORE_POINT.finditer(text):
        if form or _BLANK_BEFORE.search(text[: match.start()]):
            continue
        mark = text[match.end()]
        message = f"Thừa dấu cách trước '{mark}'. Viết liền '{mark}' vào chữ trước."
        yield view.finding("DV703", match.start(), match.end() + 1, message, mark)
    for match in _INSIDE.finditer(text):
        if len(match.group()) > _BLANK_WIDTH:
            continue
        mark = text[match.start() - 1]
        message = f"Thừa dấu cách sau '{mark}'. Viết liền chữ vào sau '{mark}'."
        yield view.finding("DV703", match.start() - 1, match.end(), message, mark)
    for match in _AFTER_POINT.finditer(text):
        if text[max(0, match.start() - 1) : match.end() + 1].isupper() and not text.isupper():
            continue  # Parts of an abbreviation: "KH,CN".
        message = f"Thiếu dấu cách sau '{match.group()}'. Thêm một dấu cách."
        yield view.finding("DV703", match.start(), match.end(), message, f"{match.group()} ")
    for match in _DOUBLED.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if before[-1] in "(;" and len(match.group()) >= _BLANK_WIDTH:
            continue
        if (_COLUMNS.match(text) and before[-1] in ";.") or _OPTION.match(after):
            continue
        if _BLANK_BEFORE.search(before) or _BLANK_AFTER.match(after) or after[0] in ",;:.!?)”":
            continue
        near = f"{before.split()[-1]} {after.split()[0]}"
        message = f"Thừa dấu cách trong '{near}': {len(match.group())} dấu cách liền nhau. Để một."
        yield view.finding("DV703", match.start(), match.end(), message, " ")
    for token in view.tokens:
        parts = _run_together(token.text)
        if parts:
            message = f"'{token.text}' là hai chữ viết liền. Thêm một dấu cách."
            yield view.finding("DV703", token.start, token.end, message, parts)
    for match in _ONE_SIDED.finditer(text):
        new = f"{match.group('from')} - {match.group('to')}"
        message = f"'{match.group()}' chỉ có dấu cách ở một bên gạch nối. Viết '{new}'."
        yield view.finding("DV703", match.start(), match.end(), message, new)
    ending = _SLASH_END.search(text)
    if ending and setting.kind != "van_ban":
        message = f"'{ending.group().strip()}' cuối văn bản không đúng dạng. Viết './.'."
        yield view.finding("DV703", ending.start(), ending.end(), message, "./.")


def _is_spelt_out(view: View) -> bool:
    """Whether the words are broken into letters, as copies from some pages are: "L ư u : V T"."""
    letters = sum(len(token.text) == 1 for token in view.tokens)
    return letters > _LETTERS_OF_WORDS and 3 * letters > len(view.tokens)


def _run_together(word: str) -> str:
    """A name typed without its space, with it: "ĐứcMạnh"; "" where `word` is none."""
    if word.isascii() or word[1:].islower() or word.isupper():
        return ""
    cut = next((at for at in range(2, len(word) - 1) if word[at].isupper()), 0)
    parts = word[:cut], word[cut:]
    whole = all(part[1:].islower() and is_syllable(part.lower()) for part in parts)
    return " ".join(parts) if cut and whole else ""


def _is_form(text: str) -> bool:
    """Whether dots leave room to write in: a long row of them, or several rows."""
    if "…" not in text and ".." not in text:
        return False
    rows = [match["dots"] for match in _DOTS.finditer(text)]
    wide = any(len(row.replace("…", "...")) > _LONGEST_SLIP for row in rows)
    return wide or len(rows) > _SLIPS_OF_DOTS or _BLANK_NUMBER.search(text) is not None


def _dots(view: View) -> Iterator[Finding]:
    """Dots that are neither a full stop nor "...", save those that leave room to write in."""
    found = list(_DOTS.finditer(view.text))
    for match in () if _is_form(view.text) else found:
        start, end = match.span()
        before, after = view.text[:start], view.text[end:]
        if not before.strip() or before[-1].isspace() or _FILL_IN.search(before):
            continue
        if after.startswith("/") or _BLANK_AFTER.match(after.lstrip()):
            continue
        new = "..." + (" " if after[:1].isalnum() else "")
        if match.group("dots") == "..":
            message = "Hai dấu chấm liền nhau. Viết một dấu chấm, hoặc '...' nếu còn nữa."
            yield view.finding("DV703", start, end, message)
            continue
        listed = match["comma"] or before[-_LIST_LENGTH:].count(",") > 1
        if not listed or _MARK_OF_FORM.match(after):
            continue  # After a word they leave room to write in.
        message = f"'{match.group()}' không phải dấu chấm lửng. Viết '...'."
        yield view.finding("DV703", start, end, message, new)


def _dates(view: View) -> Iterator[Finding]:
    """Dates not written as Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4 has it."""
    for match in _DATE.finditer(view.text):
        day = real_date(int(match["day"]), int(match["month"]), int(match["year"]))
        if day is not None and match.group() != in_figures(day):
            yield _date_form(view, match, in_figures(day))
    for match in _IN_WORDS.finditer(view.low):
        day = real_date(int(match["day"]), int(match["month"]), int(match["year"]))
        if day is None:
            continue
        new = f"ngày {day_of(day.day)} tháng {month_of(day.month)} năm {day.year}"
        if match.group() != new:
            shown = view.text[match.start() : match.start() + 1] + new[1:]
            yield _date_form(view, match, shown)


def _date_form(view: View, match: re.Match[str], new: str) -> Finding:
    message = (
        f"'{view.text[match.start() : match.end()]}' không theo dạng ngày của Nghị định"
        f" 30/2020/NĐ-CP (ngày hai chữ số, số 0 chỉ đứng trước tháng 1 và 2). Viết '{new}'."
    )
    return view.finding("DV706", match.start(), match.end(), message, new)


_HALVES = re.compile(f'[{re.escape("".join({*_PAIRS, *_CLOSERS}))}"“”]')
"""A half of a pair: a quote or a bracket."""

_DITTO = re.compile(r'[\s\-–]*["“”][\s\-–]*')
"""A quote that is all of a cell: "as above", not half of a pair."""


@lru_cache(maxsize=TEXTS_KEPT)
def _halves(words: ComposedText) -> tuple[tuple[int, str], ...]:
    """The quotes and brackets of a text, and where each stands."""
    return tuple((found.start(), found.group()) for found in _HALVES.finditer(words.text))


@dataclass(frozen=True, eq=False)
class _Open:
    view: View
    index: int
    at: int
    mark: str


def check_pairs(views: Sequence[View], setting: Setting) -> Iterator[Finding]:
    """Quotes and brackets without their other half.

    In a document a quotation may run over several paragraphs, so an opening is matched by a
    closing some paragraphs on; a text of a YAML file stands alone.
    """
    pairs = _Pairs(_FAR if setting.kind == "van_ban" else 0)
    for index, view in enumerate(views):
        if pairs.waiting or _halves(view.words):
            yield from pairs.read(view, index)
    yield from pairs.rest()


class _Pairs:
    """Reads marks in order; what is still open waits for its other half up to `far` texts on."""

    def __init__(self, far: int) -> None:
        self.far = far
        self.waiting: list[_Open] = []

    def read(self, view: View, index: int) -> Iterator[Finding]:
        late = [one for one in self.waiting if index - one.index > self._reach(one)]
        if late:
            yield from map(_unclosed, late)
            self.waiting = [one for one in self.waiting if one not in late]
        if _DITTO.fullmatch(view.text) and not self._waits_for("“") and not self._waits_for('"'):
            return
        for at, mark in _halves(view.words):
            last = self.waiting[-1].mark if self.waiting else ""
            here = bool(last) and self.waiting[-1].index == index
            if here and (last, mark) in (("“", '"'), ('"', "”")):
                message = f"Ngoặc kép mở bằng '{last}' mà đóng bằng '{mark}'. Dùng một kiểu: “...”."
                yield view.finding("DV702", at, at + 1, message)
                self.waiting.pop()
            elif mark == "“" == last and _closes(view, at):
                message = "Dấu mở ngoặc kép '“' đứng ở chỗ đóng. Viết '”'."
                yield view.finding("DV702", at, at + 1, message, "”")
                self.waiting.pop()
            elif mark == "”" and not self._waits_for("“") and _opens(view, at):
                message = "Dấu đóng ngoặc kép '”' đứng ở chỗ mở. Viết '“'."
                yield view.finding("DV702", at, at + 1, message, "“")
                self.waiting.append(_Open(view, index, at, "“"))
            elif mark == '"' == last:
                self.waiting.pop()
            elif mark in _PAIRS:
                self.waiting.append(_Open(view, index, at, mark))
            elif mark in _CLOSERS:
                yield from self._close(view, at, mark)

    def _waits_for(self, mark: str) -> bool:
        return any(one.mark == mark for one in self.waiting)

    def _reach(self, one: _Open) -> int:
        """How many texts on `one` may be closed.

        A straight quote says not which way it faces, unless it begins a paragraph.
        """
        return min(self.far, _FAR_STRAIGHT) if one.mark == '"' and one.at else self.far

    def rest(self) -> Iterator[Finding]:
        """What was never closed."""
        yield from map(_unclosed, self.waiting)

    def _close(self, view: View, at: int, mark: str) -> Iterator[Finding]:
        for back in range(len(self.waiting) - 1, -1, -1):
            if self.waiting[back].mark == _CLOSERS[mark]:
                del self.waiting[back]
                return
        if mark != ")" or not _LIST_MARK.search(view.text[max(0, at - _LONGEST_MARK) : at]):
            message = (
                f"Dấu đóng '{mark}' không có dấu mở '{_CLOSERS[mark]}' đi cùng. Bỏ '{mark}' hoặc"
                f" thêm '{_CLOSERS[mark]}' ở chỗ bắt đầu."
            )
            yield view.finding("DV702", at, at + 1, message)


def _closes(view: View, at: int) -> bool:
    before, after = view.text[at - 1 : at], view.text[at + 1 : at + 2]
    return before != "" and not before.isspace() and (after == "" or not after.isalnum())


def _opens(view: View, at: int) -> bool:
    """Whether a closing quote stands where one opens: after a space, with the next one closing."""
    before, after = view.text[:at], view.text[at + 1 :]
    return (not before or before[-1] in " \u00a0:(") and "”" in after.partition("“")[0]


def _unclosed(one: _Open) -> Finding:
    close = _PAIRS[one.mark]
    message = (
        f"Dấu mở '{one.mark}' không có dấu đóng '{close}' đi cùng. Thêm '{close}' hoặc bỏ"
        f" '{one.mark}'."
    )
    return one.view.finding("DV702", one.at, one.at + 1, message)
