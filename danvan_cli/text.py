"""Vietnamese text as values: normal, comparison and ASCII form, nearest name, Roman figures.

Knows nothing of tasks, agencies or documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_OLD_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
# "quý" keeps its mark on y: there u belongs to the onset qu-. A further letter
# (hoàn, thuyền) fixes the mark, so only open syllables are rewritten.
_OLD_TONE_SYLLABLE = re.compile(r"(?<![qQ])(" + "|".join(_OLD_TONE) + r")(?!\w)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
_DASHED = {**_LOOKALIKES, **_DASHES}
_QUOTED = {**_DASHED, **_QUOTES}
_WORDS = re.compile(r"[^\W_]+")
_GAP = re.compile(r"\s*-\s*|\s{2,}|[^\S ]")
_FIGURES = re.compile(r"[0-9]{1,9}")
SPACE, HYPHEN = "\u00a0", "\u2011"
"""What lines of print are not broken at."""
_STRETCH = re.compile(r"\S+|\s+")
LONGEST_TEXT, LONGEST_WORD, LONGEST_GAP = 20_000, 500, 200
"""Beyond these a text is no sentence; what reads it need not be quick on it."""
ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""Letters of lettered points (điểm), in Vietnamese order: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

_ROMAN_SIGNS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ROMAN_END = 4000
_ROMAN_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50}


def whole(text: str) -> int | None:
    """The number that `text` says in at most nine figures; None where it says none."""
    return int(text) if _FIGURES.fullmatch(text) else None


@lru_cache(maxsize=16384)
def unwieldy(text: str) -> str:
    """What makes `text` too long to be read as a sentence or a cell; `""` for any other."""
    if len(text) > LONGEST_TEXT:
        return f"dài hơn {_grouped(LONGEST_TEXT)} ký tự"
    if len(text) <= LONGEST_GAP:
        return ""
    for stretch in _STRETCH.finditer(text):
        length, blank = stretch.end() - stretch.start(), stretch.group()[0].isspace()
        if length > (LONGEST_GAP if blank else LONGEST_WORD):
            most = f"hơn {LONGEST_GAP} dấu cách" if blank else f"hơn {LONGEST_WORD} ký tự"
            return f"có {most} liền nhau"
    return ""


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def nfc(text: str) -> str:
    """`text` composed (NFC), with Windows and old Mac line ends turned to line feeds."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def breakable(text: str) -> str:
    """`text`, as long as before, with plain spaces and hyphens for those that hold words together."""
    return text.replace(SPACE, " ").replace(HYPHEN, "-")


def new_tone(text: str) -> str:
    """`text` with the tone mark where the official style puts it: hòa, ủy (not hoà, uỷ)."""

    def moved(match: re.Match[str]) -> str:
        old = match.group()
        new = _OLD_TONE[old.lower()]
        if old.isupper():
            return new.upper()
        return new.capitalize() if old[0].isupper() else new

    return _OLD_TONE_SYLLABLE.sub(moved, text)


def squeeze(text: str) -> str:
    """`text` with every run of white space made one space, none at the ends."""
    return " ".join(text.split())


def capitalised(text: str) -> str:
    """`text` with its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """`text` with its first letter small, the others as they are."""
    return text[:1].lower() + text[1:]


def shortened(text: str, most: int = 60) -> str:
    """`text` on one line, cut between words where it is longer than `most`."""
    text = squeeze(text)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Comparison form: NFC, lower case, one tone style, one dash, one quote, single spaces.

    A dash stands between spaces or not at all alike: `Văn hoá – Xã hội` and `Văn hóa-Xã hội`
    fold to the same text.
    """
    text = nfc(text).translate(_QUOTED)
    text = re.sub(r"\s*-\s*", "-", text)
    return squeeze(new_tone(text).casefold())


def nfc_with_offsets(text: str, starts: Sequence[int] | None = None) -> tuple[str, list[int]]:
    """`text` composed (NFC, line ends kept), and where each of its characters began in `text`.

    The list is one longer than the composed text: its last member is the length of `text`, so
    that `text[offsets[i]:offsets[j]]` is what was written for `composed[i:j]`. Where `text` is
    itself taken out of another, `starts` says where each of its characters began there, and
    where the last one ended: the offsets are then those of the other.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, list(range(len(text) + 1) if starts is None else starts)
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _composes(text[start:end], text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        # Marks that were left as they are stand where they stood.
        marks = len(piece) - 1
        kept = marks and piece[1:] == text[end - marks : end]
        offsets += [start, *range(end - marks, end)] if kept else [start] * len(piece)
        start = end
    offsets.append(len(text))
    return "".join(pieces), offsets if starts is None else [starts[at] for at in offsets]


def alike_at_start(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters, or words, the two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _composes(before: str, char: str) -> bool:
    """Whether `char` is written together with what stands before it."""
    if unicodedata.combining(char):
        return True
    normal = unicodedata.normalize
    return normal("NFC", before + char) != normal("NFC", before) + normal("NFC", char)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`fold(text)`, and where each of its characters began in `text`.

    The list is one longer than the folded text: what was written for `folded[i:j]` is
    `text[offsets[i]:offsets[j]]`. White space round a dash belongs to the dash.
    """
    composed, offsets = nfc_with_offsets(text)
    composed = composed.translate(_QUOTED)
    lower = new_tone(composed)
    folded = lower.casefold()
    if len(folded) != len(lower):
        offsets = [o for o, c in zip(offsets, lower, strict=False) for _ in c.casefold()]
        offsets.append(len(text))
    pieces: list[str] = []
    kept: list[int] = []
    at = len(folded) - len(folded.lstrip())
    end = len(folded.rstrip())
    for gap in _GAP.finditer(folded, at, max(at, end)):
        pieces.extend((folded[at : gap.start()], "-" if "-" in gap.group() else " "))
        kept.extend(offsets[at : gap.start() + 1])
        at = gap.end()
    pieces.append(folded[at:end])
    kept.extend(offsets[at : end + 1] if at <= end else offsets[end : end + 1])
    return "".join(pieces), kept


@lru_cache(maxsize=16384)
def comparable(text: str) -> str:
    """Composed `text` in lower case, new tone style and plain dashes, place for place.

    As long as `text` (unlike `fold`), so that a pattern read on it tells where it stands there.
    """
    lower = new_tone(text.translate(_DASHED)).casefold()
    if len(lower) == len(text):
        return lower
    return "".join(c.casefold() if len(c.casefold()) == 1 else c for c in new_tone(text))


@lru_cache(maxsize=16384)
def plain_ascii(text: str) -> str:
    """`text` without diacritics: `Đặc khu Cát Hải` gives `Dac khu Cat Hai`."""
    text = nfc(text).translate(_LOOKALIKES).replace("Đ", "D").replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.encode("ascii", "ignore").decode()


def slug(text: str) -> str:
    """`text` as a file name or id: ASCII, lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain_ascii(text).lower()).strip("-")


def same_name(given: str, known: str) -> bool:
    """Whether `given` is `known`, as written or with its diacritics left out.

    "An Lao" is An Lão; "An Lạo" is a name of its own, or a slip to be asked about.
    """
    if fold(given) == fold(known):
        return True
    if slug(given) != slug(known):
        return False
    pairs = zip(_WORDS.findall(nfc(given)), _WORDS.findall(nfc(known)), strict=False)
    return all(a.isascii() or fold(a) == fold(b) for a, b in pairs)


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.7) -> str | None:
    """The member of `known` most like `name`, or None where none is near.

    Likeness is judged on the folded form; `cutoff` is the least similarity, 0 to 1.
    """
    from rapidfuzz import distance, process  # only a misspelt name is looked for

    found = process.extractOne(
        name,
        sorted(set(known)),
        scorer=distance.DamerauLevenshtein.normalized_similarity,
        processor=fold,
        score_cutoff=cutoff,
    )
    return found[0] if found else None


def did_you_mean(near: str | None) -> str:
    """The question a message adds when a near value is known; empty where none is."""
    return f" Có phải '{near}'?" if near else ""


def roman(number: int) -> str:
    """`number` in Roman figures: 4 as IV, 40 as XL; from 4000 on, which have none, in plain ones."""
    if number >= _ROMAN_END:
        return str(number)
    made = ""
    for size, sign in _ROMAN_SIGNS:
        made += sign * (number // size)
        number %= size
    return made


def roman_value(figures: str) -> int | None:
    """The number that Roman figures up to L stand for, IIII too; None for other text."""
    if not figures or not _ROMAN_LETTERS.keys() >= set(figures):
        return None
    values = [_ROMAN_LETTERS[letter] for letter in figures]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
