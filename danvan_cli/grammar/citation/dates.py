"""The date of a citation, in figures or in words, whole, left blank, impossible or misspelt."""

from __future__ import annotations

import re

from danvan_cli.grammar.citation.text import one_slip
from danvan_cli.grammar.citation.values import When
from danvan_cli.grammar.dates import real_date
from danvan_cli.grammar.spans import Span
from danvan_cli.text import plain_ascii

_FIGURES = (
    r"(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{2,5})(?![\d/])"
)
_IN_WORDS = (
    r"(?P<wday>\d{1,2})\s{1,4}(?P<thang>[^\W\d_]{2,6})\s{1,4}(?P<wmonth>\d{1,2})"
    r"(?:\s?/\s?|,?\s{1,4}(?P<nam>[^\W\d_]{2,5})\s{1,4})(?P<wyear>\d{2,5})(?!\d)"
)
_LEAD = (
    r"(?P<lead>(?:\s{0,4}\[\d+\])?(?P<comma>\s{0,2},)?\s{0,4}\(?(?:(?:được ký|ký|đề|ban hành)\s+)?)"
)
_WHEN = re.compile(
    _LEAD + rf"(?:(?P<word>(?:ngày\s)?[^\W\d_]{{2,6}}):?\s{{0,4}})?(?:{_FIGURES}|{_IN_WORDS})",
    re.IGNORECASE,
)
_BLANK = re.compile(
    _LEAD
    + r"ngày[\s.…_]{0,40}(?:\d{1,2}(?=[\s.…_]{0,40}(?:tháng|/)))?[\s.…_]{0,40}(?:tháng|/)[\s.…_]{0,40}(?:\d{1,2})?"
    r"[\s.…_]{0,40}(?:năm|/)[\s.…_]{0,40}(?:\d{4})?",
    re.IGNORECASE,
)


def _is_meant(written: str, word: str) -> bool:
    """Whether `word` is meant: its letters lost, added or swapped, or its marks lost or moved."""
    bare = plain_ascii(word)
    if (word, written) in (("ngày", "ngày ngày"), ("năm", "tháng")):
        return True  # "ngày 11 tháng 11 tháng 2021"
    if written[:1] != word[:1] or (len(written) > len(word) and not _DOUBLED.search(written)):
        return False
    return sorted(plain_ascii(written)) == sorted(bare) or one_slip(written, word)


_DOUBLED = re.compile(r"(\w)\1")


def read_when(plain: str, position: int) -> When | None:
    """The date that follows `position` directly, None where there is none."""
    found = _WHEN.match(plain, position)
    if found is None:
        blank = _BLANK.match(plain, position)
        return When(Span(blank.start(), blank.end()), None, None) if blank else None
    broken = []
    for group, word in (("word", "ngày"), ("thang", "tháng"), ("nam", "năm")):
        written = (found[group] or word).lower()
        if written == word:
            continue
        if not _is_meant(written, word):
            return None
        broken.append((Span(*found.span(group)), word))
    figures = found["day"] is not None
    if figures and found["word"] is None and len(found["year"]) < 4:
        return None
    day, month = int(found["day"] or found["wday"]), int(found["month"] or found["wmonth"])
    year = _full_year(found["year"] or found["wyear"])
    return When(
        span=Span(position, found.end()),
        figures=Span(found.start("day" if figures else "wday"), found.end()),
        ngay=real_date(day, month, year) if 1900 <= year < 2200 else None,
        swapped=real_date(month, day, year) if 1900 <= year < 2200 else None,
        comma=Span(*found.span("comma")) if found["comma"] else None,
        in_words=not figures,
        broken=tuple(broken),
    )


def _full_year(figures: str) -> int:
    year = int(figures)
    if len(figures) != 2:
        return year
    return 1900 + year if year >= 45 else 2000 + year
