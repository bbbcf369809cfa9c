"""Syllables of Vietnamese: which letters may make one, and where its tone mark stands.

The onsets, rimes and the rule that a rime ending in a stop takes only the sharp or the heavy tone
are those of quốc ngữ as schools teach it; open oa, oe, uy may carry the mark on either vowel.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_OR_HEAVY = "\u0301\u0323"
_STOPS = ("c", "ch", "p", "t")
_ONSETS = (
    *("ngh", "ng", "nh", "gh", "gi", "kh", "ch", "ph", "qu", "th", "tr"),
    *"bcdđghklmnprstvx",
)
_CODAS = {
    "a": " c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": " c m n ng o p t",
    "ê": " c ch m n ng nh p t u",
    "i": " a ch m n nh p t u",
    "iê": "c m n ng p t u",
    "o": " c i m n ng p t",
    "oa": " c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": " m n o t",
    "oo": "c ng",
    "ô": " c i m n ng p t",
    "ơ": " i m n ng p t",
    "u": " a c i m n ng p t",
    "uâ": "n ng t y",
    "uê": " ch n nh",
    "uô": "c i m n ng t",
    "uơ": " t",
    "uy": " a ch n nh p t u",
    "uyê": "n t",
    "ư": " a c i m n ng t u",
    "ươ": "c i m n ng p t u",
    "y": " t",
    "yê": "m n ng t u",
}
_RIMES = {nucleus + coda: coda for nucleus, codas in _CODAS.items() for coda in codas.split(" ")}
_AFTER_QU = ("a", "ă", "â", "e", "ê", "i", "y", "ơ")
_FRONT = ("i", "e", "ê", "y")
_MARKED = "ăâêôơư"
_VOWELS = "aăâeêioôơuưy"
_EITHER = ("oa", "oe", "uy")


def parted(syllable: str) -> tuple[str, str, int]:
    """Letters without the tone, the tone mark, and the index of the letter that bore it.

    The tone is "" and the index -1 where there is none; two tones give both marks.
    """
    letters: list[str] = []
    tones, at = "", -1
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tones += char
            at = len(letters) - 1
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return "".join(letters), tones, at


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether lower-case `word` is a syllable that Vietnamese could have, mark misplaced or not."""
    letters, tones, _ = parted(word)
    if len(tones) > 1:
        return False
    return any(
        _fits(onset, rime) and (_RIMES[rime] not in _STOPS or tones in tuple(_SHARP_OR_HEAVY))
        for onset, rime in _readings(letters)
    )


@lru_cache(maxsize=8192)
def well_marked(word: str) -> str | None:
    """`word` with its tone mark on the right letter; None where it stands right, or is unknown."""
    letters, tone, at = parted(word)
    if len(tone) != 1 or not is_syllable(word):
        return None
    onset, rime = next((o, r) for o, r in _readings(letters) if _fits(o, r))
    if onset == "gi" and rime.startswith("ê"):
        onset, rime = "g", f"i{rime}"
    places = [len(onset) + place for place in _tone_places(rime)]
    if at in places:
        return None
    right = places[0]
    marked = letters[: right + 1] + tone + letters[right + 1 :]
    return unicodedata.normalize("NFC", marked)


def _readings(letters: str) -> list[tuple[str, str]]:
    """Every parting of `letters` into a known onset (or none) and a known rime."""
    made = [
        (onset, letters[len(onset) :])
        for onset in (*_ONSETS, "")
        if letters.startswith(onset) and letters[len(onset) :] in _RIMES
    ]
    if letters == "quôc":
        made.append(("qu", "ôc"))
    return made


def _fits(onset: str, rime: str) -> bool:
    if rime[0] == "y" and len(rime) > 1:
        return onset in ("", "qu")
    if onset in ("k", "gh", "ngh"):
        return rime.startswith(_FRONT)
    if onset in ("c", "ng"):
        return not rime.startswith(_FRONT)
    if onset == "g":
        return not rime.startswith(("e", "ê", "y"))
    if onset == "qu":
        return rime.startswith(_AFTER_QU) or rime == "ôc"
    if onset == "gi":
        return not rime.startswith(("i", "y"))
    return onset != "" or not rime.startswith("iê")


def _tone_places(rime: str) -> list[int]:
    """The indices in `rime` that may bear its tone, the best first."""
    marked = [i for i, char in enumerate(rime) if char in _MARKED]
    if marked:
        return [marked[-1]]
    vowels = [i for i, char in enumerate(rime) if char in _VOWELS]
    if len(vowels) == 1:
        return vowels
    if rime in _EITHER:
        return [0, 1]
    if len(vowels) == len(rime) == 2:
        return [0]
    return [1]
