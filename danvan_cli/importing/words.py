"""What differs between two texts, as the changes of a unit's file write it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import count

from danvan_cli.text import new_tone, nfc, slug, squeeze

_TOKEN = re.compile(r"\w+(?:[-/.]\w+)*|[^\w\s]|\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_QUOTES = str.maketrans({"„": "“", "‟": "“"})
_GAP_IN_YEARS = re.compile(r"(?<=\d)\s*-\s*(?=\d{4}\b)")
_SPACE_BEFORE = re.compile(r"\s+(?=[,.;:])")
_COMMA_OF_DATE = re.compile(r"(?<=\w), (?=ngày \d{1,2}/\d{1,2}/\d{4})")
WITHOUT_REASON = "(cần ghi lý do)"
"""What stands for the reason that a person has yet to give."""
_MOST_PIECES = 5
_ALIKE = 0.5

Replacements = dict[str, str]


def free_id(text: str, taken: Collection[str], *, words: int, otherwise: str) -> str:
    """An id that none of `taken` is: of the first `words` of `text` or more, or `otherwise`.

    A text may be without a letter of the alphabet.
    """
    parts = (slug(text) or otherwise).split("-")
    for size in range(min(words, len(parts)), len(parts) + 1):
        made = "-".join(parts[:size])
        if made not in taken:
            return made
    short = "-".join(parts[:words])
    return next(made for n in count(2) if (made := f"{short}-{n}") not in taken)


def bare_wording(text: str) -> str:
    """`text` without what never makes another wording: spaces, dashes, tone style, its end.

    The comma that some put between a number and its date is none either. Capitals count: a
    deadline may begin with a small letter on purpose.
    """
    lines = new_tone(nfc(text)).translate(_DASHES).translate(_QUOTES).split("\n")
    text = "\n".join(squeeze(line) for line in lines)
    text = _SPACE_BEFORE.sub("", _GAP_IN_YEARS.sub(" - ", text))
    text = _COMMA_OF_DATE.sub(" ", text)
    return text.rstrip(" .;,…")


def corrected(text: str, faults: Iterable[str], right: str) -> str:
    """`text` with every printed fault that `faults` quote put right as in `right`.

    A fault is put right where the words round it say what stands there in `right`.
    """
    for fault in faults:
        wrong = bare_wording(fault)
        if wrong not in text or wrong in right:
            continue
        before, _, after = text.partition(wrong)
        head, tail = _shared_start(before, right), _shared_end(after, right)
        if head is not None and tail is not None and head <= tail:
            text = before + right[head:tail] + after
    return text


def _shared_start(before: str, right: str) -> int | None:
    """Where in `right` that begins which stands after the last words of `before`."""
    if not before.strip():
        return 0
    for size in (40, 20, 10):
        at = right.find(before[-size:])
        if at >= 0 and right.count(before[-size:]) == 1:
            return at + len(before[-size:])
    return None


def _shared_end(after: str, right: str) -> int | None:
    if not after.strip():
        return len(right)
    for size in (40, 20, 10):
        at = right.find(after[:size])
        if at >= 0 and right.count(after[:size]) == 1:
            return at
    return None


def replacements(old: str, new: str) -> Replacements | None:
    """`new` as replacements in `old`, each of which stands there once; None where a whole new text says it better."""
    if "\n" in old:
        return None
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    hunks = list(_hunks(matcher.get_opcodes(), before))
    if len(hunks) > _MOST_PIECES:
        return None
    made: Replacements = {}
    for low, high, first, last in hunks:
        piece = _unique(old, before, after, (low, high, first, last))
        if piece is None:
            return None
        made[piece[0]] = piece[1]
    return made if _applied(old, made) == new else None


def _hunks(
    codes: Iterable[tuple[str, int, int, int, int]], before: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ; those parted by a word or less are one."""
    pending: tuple[int, int, int, int] | None = None
    for tag, low, high, first, last in codes:
        if tag == "equal":
            continue
        between = before[pending[1] : low] if pending else []
        if pending and sum(1 for token in between if not token.isspace()) <= 1:
            pending = (pending[0], high, pending[2], last)
        else:
            if pending:
                yield pending
            pending = (low, high, first, last)
    if pending:
        yield pending


def _unique(
    old: str, before: list[str], after: list[str], hunk: tuple[int, int, int, int]
) -> tuple[str, str] | None:
    """The hunk with as many words round it as make it stand once in `old`."""
    low, high, first, last = hunk
    while True:
        piece = "".join(before[low:high])
        made = "".join(after[first:last])
        whole = piece.strip() and made.strip() and piece == piece.strip() and made == made.strip()
        if whole and len(piece.split()) > 1 and old.count(piece) == 1:
            return piece, made
        if low == 0 and high == len(before):
            return None
        if low > 0:
            low, first = low - 1, first - 1
        if high < len(before):
            high, last = high + 1, last + 1


def _applied(text: str, changes: Replacements) -> str:
    for old, new in changes.items():
        if text.count(old) != 1:
            return ""
        text = text.replace(old, new)
    return text
