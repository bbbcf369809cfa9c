"""Words to runs of WordprocessingML: breaks, notes, hidden marks; what lines of print must not part.

A no-break space is U+00A0. A no-break hyphen is the letter U+2011 and not Word's own element for
it: a program that reads only the letters of a file would lose the hyphen, and with it half of a
symbol (`33/CTTTg`). Where a font has no such letter, its plain hyphen is shown.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from danvan_cli.prose import Prose
from danvan_cli.render.compiler.expressions import ILLEGAL, printed_text
from danvan_cli.render.prepared import Looks
from danvan_cli.text import HYPHEN, SPACE, whole
from danvan_cli.word.metrics import line_widths, text_width

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
    return _HELD.sub(lambda found: SPACE if found.group() == " " else HYPHEN, text)


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


@lru_cache(maxsize=1024)
def length(
    paragraphs: tuple[str, ...], size: float, box: float, *, bold: bool, full: bool
) -> float:
    """The length of the line under `paragraphs` of letters of `size` in a box `box` wide, in points.

    As long as the longest line for `full`; otherwise between a third and a half of every line
    where that can be, else of the longest one.
    """
    lines = [w for p in paragraphs for w in line_widths(p, size, box, bold=bold) if w]
    longest = min(max(lines, default=0.0), box)
    if full:
        return longest
    low, high = longest / 3, min(*lines, box) / 2 if lines else 0.0
    return (low + (high if high >= low else longest / 2)) / 2


_PIECES = re.compile("([\n\t]|\ue000(?:[0-9]{1,6}|[bth])\ue001)")
_STYLES = {"b": "ChuBo", "t": "ChuThem", "h": ""}
"""The styles of a template for words that went and words that came."""
GONE, CAME, AS_BEFORE = (f"\ue000{letter}\ue001" for letter in _STYLES)
"""What stands in a text before words that went or came, and behind them."""
_NEEDS_CARE = re.compile(f"^ | $|  |[&<>\n\t\r\ue000]|{ILLEGAL.pattern}")
_UNSAFE = re.compile(r"\W+")
_LONGEST_MARK = 40


@dataclass
class Ink:
    """What is written with: the looks, the notes met and referred to, the marks set, how many."""

    looks: Looks
    notes: list[tuple[Prose, ...]] = field(default_factory=list)
    referred: list[tuple[Prose, ...]] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    marked: int = 0

    def words(self, value: Any, look: str, room: float = 0.0, size: float = 0.0) -> str:
        """`value` as runs of the look `look`; `room` and `size` as `held_within` has them.

        Raises:
            UnprintableError: it cannot be printed.
        """
        text = value.text if type(value) is Prose else printed_text(value)
        return self.runs(text, look, room, size)

    def runs(self, text: str, look: str, room: float = 0.0, size: float = 0.0) -> str:
        """`text` as runs of the look `look`: breaks, tabs and references of notes among them.

        Raises:
            UnprintableError: it holds a character that XML cannot.
        """
        if not text:
            return ""
        if ready := as_it_stands(text, room, size):
            return f"<w:r>{look}<w:t>{ready}</w:t></w:r>"
        text = printed_text(text)
        made, open_run = [], f"<w:r>{look}"
        run: list[str] = []
        for piece in _PIECES.split(escape(held_within(text, room, size), quote=False)):
            if piece == "\n":
                run.append("<w:br/>")
            elif piece == "\t":
                run.append("<w:tab/>")
            elif piece in (GONE, CAME, AS_BEFORE):
                if run:
                    made.append(f"{open_run}{''.join(run)}</w:r>")
                run, open_run = [], f"<w:r>{_styled(look, _STYLES[piece[1:-1]])}"
            elif piece.startswith("\ue000") and piece.endswith("\ue001"):
                note = whole(piece[1:-1])
                if note is None or note >= len(self.notes):
                    run.append(_t(piece))
                    continue
                if run:
                    made.append(f"{open_run}{''.join(run)}</w:r>")
                run = []
                self.referred.append(self.notes[note])
                number = self.looks.notes_before + len(self.referred)
                made.append(
                    f'<w:r>{self.looks.reference}<w:footnoteReference w:id="{number}"/></w:r>'
                )
            elif piece:
                run.append(_t(piece))
        if run:
            made.append(f"{open_run}{''.join(run)}</w:r>")
        return "".join(made)

    def mark(self, subject: str) -> str:
        """The start of the hidden bookmark that says what a paragraph or a row prints."""
        name = mark_of(subject)
        count = self.marks.get(name, 0)
        self.marks[name] = count + 1
        if count:
            name = f"{name[: _LONGEST_MARK - 5]}_{count + 1}"
            self.marks[name] = 1
        self.marked += 1
        return f'<w:bookmarkStart w:id="{self.marked}" w:name="{name}"/>'

    def end_of_mark(self) -> str:
        """The end of the bookmark last begun."""
        return f'<w:bookmarkEnd w:id="{self.marked}"/>'


@lru_cache(maxsize=4096)
def mark_of(subject: str) -> str:
    """The name of the hidden bookmark of a block, a task or a field of one (`ma.truong`)."""
    name = "_dv_" + _UNSAFE.sub("_", subject.replace("-", "_"))
    if len(name) > _LONGEST_MARK:
        name = f"{name[: _LONGEST_MARK - 9]}_{zlib.crc32(subject.encode()):08x}"
    return name


def _styled(look: str, style: str) -> str:
    """The properties `look` of a run with the character style `style`."""
    if not style:
        return look
    inner = look.removeprefix("<w:rPr>").removesuffix("</w:rPr>")
    return f'<w:rPr><w:rStyle w:val="{style}"/>{inner}</w:rPr>'


@lru_cache(maxsize=16384)
def as_it_stands(text: str, room: float = 0.0, size: float = 0.0) -> str | None:
    """`text` held together, where it is empty or stands as it is between the tags of one run."""
    return None if _NEEDS_CARE.search(text) else held_within(text, room, size)


def _t(text: str) -> str:
    kept = text[:1] == " " or text[-1:] == " " or "  " in text
    return f'<w:t xml:space="preserve">{text}</w:t>' if kept else f"<w:t>{text}</w:t>"
