"""A text made easy to match, that still knows where each letter stood in the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_cli.text import new_tone, nfc_with_offsets

_CYRILLIC = "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423"
_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t", " ")
    | {"\r": "\n", "Ð": "Đ", "ð": "đ", "Ɖ": "Đ"}
    | dict(zip(_CYRILLIC, "ABEKMHOPCTXY", strict=True))
)
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


@dataclass(frozen=True)
class Readable:
    """`original` beside two forms of it of one length.

    `written` is its NFC form, `plain` that with one dash, one space, one tone style and no
    look-alike letters. `offsets` maps their positions to the original's, None where they agree.
    """

    original: str
    written: str
    plain: str
    offsets: Sequence[int] | None

    def at(self, position: int) -> int:
        """The place in the original of `position` in the readable forms."""
        return position if self.offsets is None else self.offsets[position]

    def cut(self, start: int, end: int) -> str:
        """The original between two positions of the readable forms."""
        return self.original[self.at(start) : self.at(end)]


def readable(text: str) -> Readable:
    """`text` made ready for matching; never fails."""
    written, offsets = text, None
    if not unicodedata.is_normalized("NFC", text) or _UNSEEN.search(text):
        seen = [at for at, char in enumerate(text) if not _UNSEEN.match(char)]
        bare = "".join(text[at] for at in seen)
        written, offsets = nfc_with_offsets(bare, [*seen, len(text)])
    plain = new_tone(written.translate(_ONE_FOR_ONE))
    return Readable(text, written, plain if len(plain) == len(written) else written, offsets)


def one_slip(written: str, meant: str) -> bool:
    """Whether two different words are one slip apart: a letter lost, added, another, or two swapped."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    shared = zip(written, meant, strict=False)
    at = next((n for n, (a, b) in enumerate(shared) if a != b), min(len(written), len(meant)))
    rest, other = written[at:], meant[at:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
