"""Words that lines of print must not part: symbols, years, dates, what a number belongs to.

A no-break space is U+00A0. A no-break hyphen is the letter U+2011 and not Word's own element for
it: a program that reads only the letters of a file would lose the hyphen, and with it half of a
symbol (`33/CTTTg`). Where a font has no such letter, its plain hyphen is shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_cli.text import HYPHEN, SPACE
from danvan_cli.word.metrics import text_width

_BEFORE_A_NUMBER = (
    *("ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "mục", "chương", "phần"),
    *("đợt", "khóa", "tuần", "lần", "thứ", "số:"),
)
_BEHIND = "|".join(
    f"(?<={word} )" for lower in _BEFORE_A_NUMBER for word in (lower, lower.capitalize())
)
_HELD = re.compile(
    # 33/CT-TTg, 05-NQ/ĐU, 2026-2030
    r"(?<=\w)-(?=[0-9A-ZĐ])"
    # ngày 15/3/2026, Điều 5, Quý II, Phụ lục I
    rf"| (?=[0-9IVX])(?:{_BEHIND})"
    # Văn hóa - Xã hội: no line begins with a dash; 2026 - 2030
    r"|(?<=\w) (?=[-–] )|(?<=\d [-–]) (?=\d)"
    # điểm a
    # (có Phụ lục I kèm theo), but not the heading "Phụ lục I", which is a line by itself
    r"|(?<=\w [Pp]hụ lục) (?=[0-9IVX])"
    r"|(?<=điểm) (?=[a-zđ]\b(?!\)))"
    r"|(?<=\d) (?=%)"
)
_MAY_NEED = re.compile("[-–0-9IVX]|điểm ")


@lru_cache(maxsize=16384)
def held(text: str) -> str:
    """`text`, as long as before, with what belongs together held together."""
    if _MAY_NEED.search(text) is None:
        return text
    return _HELD.sub(_no_break, text)


@lru_cache(maxsize=16384)
def held_within(text: str, room: float, size: float) -> str:
    """As `held`, but for what would be wider than `room` points in letters of `size`; 0 is any."""
    made = held(text)
    if SPACE not in made or room <= 0:
        return made
    return " ".join(
        piece if text_width(piece, size) <= room else piece.replace(SPACE, " ")
        for piece in made.split(" ")
    )


def _no_break(found: re.Match[str]) -> str:
    return SPACE if found.group() == " " else HYPHEN
