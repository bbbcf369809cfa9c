"""The words the readers know: kinds of units and offices, kinds of documents, their symbols.

They stand in `catalog/quoc-gia/tu_doc`, what is said of each file in `catalog/README.md`. A file
is read at the first question and kept.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from danvan_cli.shipped import shipped

_FOLDER = "quoc-gia/tu_doc"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of the table `name` by the names of its columns."""
    path = shipped("catalog") / _FOLDER / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows("tu"):
        found.setdefault(row["nhom"], []).extend(row["tu"].split("|"))
    return {group: tuple(words) for group, words in found.items()}


def words_of(*groups: str) -> tuple[str, ...]:
    """The words of the groups of `tu.csv`, in order; none of a group that is not there."""
    return tuple(word for group in groups for word in _groups().get(group, ()))


def any_of(*groups: str, besides: str = "") -> str:
    """A pattern for any whole word of the groups, or of `besides` (parted by |), spaces as they come."""
    listed = {*words_of(*groups), *filter(None, besides.split("|"))}
    options = sorted((" ".join(word.split()) for word in listed), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(spaced_words(word) for word in options) + r")(?!\w)"


def spaced_words(word: str) -> str:
    """`word` as a pattern that any white space fits."""
    return word.replace(" - ", r"\s*-\s*").replace(" ", r"\s+")


def spaced(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, each space in it standing for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"))
