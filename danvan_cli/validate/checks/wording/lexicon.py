"""The words of administrative Vietnamese that texts are judged by, read from validate/words.

Each file says its form and its source in its first lines. They are read at the first question and
kept; a text is matched against all of them in one pass over its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from danvan_cli.grammar.syllables import is_syllable
from danvan_cli.text import plain_ascii

Pair = tuple[str, str]
_ONSETS = {"x": "s", "s": "x", "tr": "ch", "ch": "tr", "gi": "d", "d": "gi"}
"""Beginnings that sound alike where many people live, and are written for each other."""


@dataclass(frozen=True)
class Slip:
    """Words that are never right as they stand, what is meant, and beside which they may stand.

    `source` is the law that writes them so, where one does.
    """

    wrong: tuple[str, ...]
    right: str
    unless_after: frozenset[str]
    unless_before: frozenset[str]
    source: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Words of two syllables, syllables that are words themselves, known slips, lists, programmes.

    `alike` are syllables met beside each other that look like slips of a word and are none;
    `common` the words that are met most.
    """

    pairs: frozenset[Pair]
    alike: frozenset[Pair]
    common: frozenset[Pair]
    free: frozenset[str]
    syllables: frozenset[str]
    by_letters: dict[Pair, tuple[Pair, ...]]
    slips: dict[Pair, tuple[Slip, ...]]
    lists: dict[Pair, tuple[Slip, ...]]
    list_starts: frozenset[str]
    programmes: dict[Pair, tuple[tuple[tuple[str, ...], str], ...]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists that ship with danvan."""
    pairs = frozenset(_pairs("tu_ghep.txt"))
    free = frozenset(word for line in lines("tu_don.txt") for word in line.split())
    by_letters: defaultdict[Pair, list[Pair]] = defaultdict(list)
    for first, second in sorted(pairs):
        by_letters[letters(first), letters(second)].append((first, second))
    lists = _by_start(slips_of("dau_phay.txt"))
    alike, common = frozenset(_pairs("tu_that.txt")), frozenset(_pairs("tu_thuong.txt"))
    return Lexicon(
        pairs,
        alike,
        common,
        free,
        frozenset(word for pair in pairs for word in pair) | free,
        {key: tuple(found) for key, found in by_letters.items()},
        _by_start((*slips_of("nham_chu.txt"), *_misheard(common, pairs | alike))),
        lists,
        frozenset(first for first, _ in lists),
        _programmes(),
    )


def _misheard(common: Iterable[Pair], real: frozenset[Pair]) -> Iterator[Slip]:
    """The common words with one beginning written for another: "sử lý", "kiểm xoát"."""
    for pair in sorted(common):
        for at, word in enumerate(pair):
            onset = next(
                (one for one in ("tr", "ch", "gi", "x", "s", "d") if word.startswith(one)), ""
            )
            other = _ONSETS.get(onset, "") + word[len(onset) :]
            wrong = (pair[0], other) if at else (other, pair[1])
            if onset and wrong not in real and is_syllable(other):
                # A syllable that makes a word with its other neighbour is right: "chiến công xuất sắc".
                ends = frozenset(one[0] for one in real if one[1] == other and not at)
                begins = frozenset(one[1] for one in real if one[0] == other and at)
                yield Slip(wrong, " ".join(pair), ends, begins)


def _by_start(slips: Iterable[Slip]) -> dict[Pair, tuple[Slip, ...]]:
    made: defaultdict[Pair, list[Slip]] = defaultdict(list)
    for slip in slips:
        made[slip.wrong[0], slip.wrong[1]].append(slip)
    return {key: tuple(found) for key, found in made.items()}


def _programmes() -> dict[Pair, tuple[tuple[tuple[str, ...], str], ...]]:
    """The names of programmes up to the word before their year, and the year."""
    made: defaultdict[Pair, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for line in lines("chuong_trinh.txt"):
        name, year = line.split(":")
        words = tuple(name.split())
        made[words[0], words[1]].append((words, year.strip()))
    return {key: tuple(found) for key, found in made.items()}


@lru_cache(maxsize=8192)
def letters(word: str) -> str:
    """`word` without its marks."""
    return plain_ascii(word)


def lines(name: str) -> Iterator[str]:
    """The lines of a word list without its remarks."""
    text = (files("danvan_cli.validate") / "words" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def slips_of(name: str) -> Iterator[Slip]:
    """The entries "sai > đúng ; trước: ... ; sau: ... ; theo: ..." of a word list."""
    for line in lines(name):
        entry, *limits = (part.strip() for part in line.split(";"))
        wrong, right = (side.strip() for side in entry.split(" > "))
        given = dict(limit.split(":", 1) for limit in limits)
        after, before = (frozenset(given.get(name, "").split()) for name in ("trước", "sau"))
        yield Slip(tuple(wrong.split()), right, after, before, given.get("theo", "").strip())


def _pairs(name: str) -> Iterator[Pair]:
    for line in lines(name):
        first, others = line.split(":", 1)
        for second in others.split():
            yield first, second
