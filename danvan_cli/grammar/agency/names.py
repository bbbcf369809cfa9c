"""Names of agencies for comparison, and what people put before and after them."""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_cli.grammar.vocabulary import any_of, words_of
from danvan_cli.text import fold, fold_with_offsets

_SHORT = dict(pair.split("=") for pair in words_of("viet_tat"))
_WORD = re.compile(r"[^\s\-.,;:*\"'()&]+|&")
_TITLE = re.compile(rf"^(?:phó )?{any_of('nguoi_dung_dau_co_quan')} ")
_TAIL = re.compile(r" (?:thuộc|trực thuộc|của|trên địa bàn|tại) .+$| (?:có )?liên quan$| cùng cấp$")


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """`name` for comparison: folded, without marks, usual abbreviations written out."""
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(fold(name)))


def spans(name: str) -> list[tuple[int, int]]:
    """Where each word of `name_key(name)` stands in `name`."""
    folded, offsets = fold_with_offsets(name)
    return [
        (offsets[found.start()], offsets[found.end() - 1] + 1)
        for found in _WORD.finditer(folded)
        for _ in _SHORT.get(found.group(), found.group()).split()
    ]


def without_title(key: str) -> str:
    """A key without the title of an office's head: "trưởng công an" is the công an."""
    return _TITLE.sub("", key)


def forms(key: str, places: re.Pattern[str], city: str) -> list[str]:
    """`key`, then what is left of it without the title before and the tails after it.

    `places` are the names of places that may end it, `city` the folded name of the city.
    """
    made = [key]
    bare, done = without_title(key), ""
    while bare != done:
        done = bare
        cut = places.sub("", bare)
        made += [bare, bare.removesuffix(f" {city}"), cut]
        bare = _TAIL.sub("", cut)
    return made
