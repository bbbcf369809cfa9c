"""Words of a deadline phrase: what stands in the text, before any rule looks at it.

The text is lower-cased letter by letter, so that a token's place is the same in both and the
reader can give back what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danvan_cli.grammar.spans import Span
from danvan_cli.text import plain_ascii

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"’": "'", "×": "x"})

_CLOCK = r"\d{1,2}\s*(?:giờ|[hg](?![^\W\d_])|:(?=\d))(?:\s*\d{1,2}(?![\d/])(?:\s*(?:phút|p(?!\w)|'))?)?'?"
_DATED = (
    r"(?:\s*,?\s*ngày\s+\d{1,2}(?:\s*/\s*\d{1,2}\s*/\s*\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
)
_Y = r"(?:19|20|21)\d{2}"
_UNIT = r"(?:ngày|tuần|tháng|qu[ýí]|qúy|năm)(?!\w)"
_ORDINALS = {
    "một": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
LAST_WEEK = 9
"""The last week of a month, which may be its fourth or fifth."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
# One numeral is often typed with a small L or a figure one in place of the capital I.
_NUMERAL = r"(?:[il1|]{1,3}v?|[il]?v[il]?)"

_RULES = {
    # A document's number and date are no deadline: "số 62/KH-UBND ngày 09/02/2026".
    "citation": r"số\s*:?\s*\d+\s*[-/][\w/.-]*[^\W\d_][\w/.-]*" + _DATED
    + r"|(?<![\d/])\d+(?:/\d{4}/[a-zđ]+\d*|[-/][a-zđ]{2,}(?:[-/][a-zđ\d]+)+)" + _DATED,
    "clock": rf"(?<!\d)(?:từ\s+{_CLOCK}\s*(?:đến|-)\s*{_CLOCK}|{_CLOCK}(?:\s*-\s*{_CLOCK})?)",
    "iso": rf"(?<!\d){_Y}" + r"-\d{2}-\d{2}(?!\d)",
    "date": r"(?<![\d/])\d{1,2}\s*(?P<sep>[/.-])\s*\d{1,2}\s*(?P=sep)\s*" + _Y + r"(?![\d/])"
    r"|(?<![\d/])\d{1,2}/\d{1,2}/\d{2}(?![\d/])",
    "month_year": r"(?<![\d/])\d{1,2}(?:\s*[/-]\s*|\.)" + _Y + r"(?![\d/])",
    "day_month": r"(?<![\d/])\d{1,2}\s*/\s*\d{1,2}(?!\s*/|\d)",
    "stretch": r"(?<![\w.,])(?:(?:\d{1,2}|ba|sáu|chín)\s*tháng|nửa(?:\s+năm)?)\s+(?:đầu|cuối)"
    r"(?:\s+(?:của\s+)?năm)?(?!\w|\s+(?:tháng|quý|kỳ))",
    "six_monthly": r"(?<![\w.,/])(?:(?:định\s+kỳ|hằng|hàng|mỗi)\s+)?(?:0?6|sáu)\s*tháng"
    r"(?:\s*/\s*(?:0?1\s+|một\s+)?lần|\s+(?:0?1\s+|một\s+)lần)?(?!\w|\s*\d)",
    "every": rf"(?<!\w)(?:(?:(?:hằng|hàng|mỗi|từng|định\s+k[ỳì])\s+)+{_UNIT}(?!\s*\d+\b(?!\s+lần))"
    rf"|(?:mỗi|từng)\s+{_UNIT}(?=\s+\d{{1,2}}\s+(?!năm|và|đến|tới|hoặc|h[ằà]ng)[^\W\d_])"
    rf"|(?:\d+|một|hai)\s+lần\s*(?:/|trong|mỗi|một)\s*(?:(?:0?1|một)\s+)?{_UNIT}"
    rf"|{_UNIT}(?:\s*/\s*|\s+)(?:(?:\d+|một|hai)\s+)?lần(?!\s*(?:thứ|\d)))",
    "edge": r"(?<!\w)(?:thượng|trung|hạ)\s+tuần(?!\w)",
    "week": r"(?<!\w)tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?:0?[1-5](?!\d)|nhất|hai|ba|tư|đầu(?:\s+tiên)?|cuối"
    r"(?:\s+cùng)?)(?=\s+(?:của\s+)?(?:tháng|thg|t\.?\d))",
    "month": r"(?<!\w)(?:tháng|thg\.?)\s*(?:\d{1,2}(?!\d)|(?:mười\s+(?:một|hai)|một|hai|ba|tư|sáu|bảy"
    r"|bẩy|tám|chín|mười)(?!\w)|năm(?=\s*/|\s+năm))(?!\s*lần)|(?<!\w)t\.?\s?\d{1,2}(?=\s*/\s*\d)",
    "quarter": rf"(?<!\w)(?:qu[ýíyi]|qúy|qúi|q\.?)\s*(?:{_NUMERAL}|\d{{1,2}}|một|hai|ba|tư|bốn)(?!\w)",
    "following": r"(?<!\w)(?:các|những)\s+năm\s+(?:tiếp(?:\s+(?:theo|sau|nối))?|kế\s+tiếp"
    r"|sau(?:\s+(?:này|đó))?|tới)(?!\w)|(?<!\w)trở\s+(?:đi|về\s+sau)(?!\w)",
    "other_year": r"(?<!\w)(?:(?:của\s+)?năm\s+(?:(?:sau|tới|tiếp\s+theo|kế\s+tiếp|kế\s+sau|trước)"
    r"(?:\s+liền\s+kề|\s+đó)?|liền\s+(?:kề\s+)?(?:trước|sau)|liền\s+kề)|(?:của\s+)?cùng\s+năm)"
    r"(?!\w|\s+(?:ngày|tháng|khi|\d))",
    "weekday": r"(?<!\w)thứ\s+(?:[2-7]|hai|ba|tư|năm|sáu|bảy)(?!\w)|chủ\s+nhật(?!\w)",
    "year": rf"(?<!\d){_Y}(?!\d)",
    "number": r"\d+",
    "word": r"[^\W\d_]+",
    "line": r"\n",
    "mark": r"\S",
}  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<{kind}>{rule})" for kind, rule in _RULES.items()))
_WEEKS = {"hai": 2, "ba": 3, "tư": 4, "cuối": LAST_WEEK, "cùng": LAST_WEEK}
_FIGURES = re.compile(r"\d+")
_TAIL = re.compile(r"(?:tháng|thg\.?|t\.?|qu[ýíyi]|qúy|qúi|q\.?)\s*")
_EVERY_UNIT = re.compile(_UNIT)


class Token(NamedTuple):
    """A term of the phrase: its kind, lower-cased text, place and numbers.

    `numbers` holds day, month, year in the order of the text (a month or quarter alone: one);
    for `every`, `word` holds the unit (tháng, quý, ...) in place of the whole text and `numbers`
    how many times in each (0 unsaid); for `other_year`, `numbers` holds 1 (năm sau), -1 (năm trước)
    or 0 (cùng năm).
    """

    kind: str
    word: str
    start: int
    end: int
    numbers: tuple[int, ...]


Tokens = Sequence[Token]
END = Token("end", "", 0, 0, ())
"""What stands past the last token."""


def token_at(tokens: Tokens, at: int) -> Token:
    """The token at a place; an empty one past the end."""
    return tokens[at] if 0 <= at < len(tokens) else END


def word_at(tokens: Tokens, at: int) -> str:
    """The word of the token at a place; "" past the end."""
    return token_at(tokens, at).word


def span_of(tokens: Tokens, first: int, after: int) -> Span:
    """Where the tokens from `first` up to `after` stand."""
    return Span(tokens[first].start, tokens[after - 1].end)


def lowered(text: str) -> str:
    """`text` in lower case with plain dashes, of the very same length."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_DASHES)


def quarter_of(word: str) -> int | None:
    """The quarter a numeral stands for: `ii`, `ll` (small L) and `2` give 2; None for others."""
    return _ROMAN.get(word.replace("l", "i").replace("1", "i").replace("|", "i"))


def _ordinal(low: str) -> int | None:
    name = " ".join(_TAIL.sub("", low, count=1).split())
    if name.isdecimal():
        return int(name)
    return _ORDINALS.get(name) or quarter_of(name)


def _token(kind: str, low: str, start: int, end: int) -> Token:
    if kind in ("month", "quarter"):
        number = _ordinal(low)
        return Token(kind, low, start, end, () if number is None else (number,))
    if kind == "stretch":
        months = next((int(n) for n in _FIGURES.findall(low)), _ORDINALS.get(low.split()[0], 6))
        return Token(kind, low, start, end, (-months if "cuối" in low else months,))
    if kind == "every":
        unit = _EVERY_UNIT.findall(low)[-1]
        said = 0 if "lần" not in low else 2 if "hai" in low else 1
        times = next((int(n) for n in _FIGURES.findall(low)[:1]), said) if said else 0
        return Token(kind, "quý" if unit[0] == "q" else unit, start, end, (times,))
    if kind == "other_year":
        shift = 0 if "cùng" in low else -1 if "trước" in low else 1
        return Token(kind, low, start, end, (shift,))
    if kind == "week":
        week = next((int(n) for n in _FIGURES.findall(low)), 0)
        return Token(kind, low, start, end, (week or _WEEKS.get(low.split()[-1], 1),))
    if kind == "word" and low != "trước" and plain_ascii(low) == "truoc":
        return Token(kind, "trước", start, end, ())
    if kind in ("word", "mark", "line", "clock", "citation", "edge") or len(low) > 30:
        return Token(kind, low, start, end, ())
    numbers = tuple(int(n) for n in _FIGURES.findall(low))
    if kind == "iso":
        return Token("date", low, start, end, numbers[::-1])
    if kind == "date" and numbers[2] < 100:
        numbers = (*numbers[:2], 2000 + numbers[2])
    return Token(kind, low, start, end, numbers)


def tokens_of(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens of `text` (NFC) from `start` on; every letter that is no space is in one of them."""
    low = " " * start + lowered(text)[start:]
    for match in _TOKEN.finditer(low):
        yield _token(match.lastgroup or "mark", match.group(), match.start(), match.end())
