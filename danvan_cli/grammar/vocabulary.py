"""The words the readers and the checks know: kinds of units and offices, of documents, their symbols.

They stand in `catalog/quoc-gia`: the tables of `tu_doc` and the kinds of unit, what is said of each
in `catalog/README.md`. A table is read at the first question and kept.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from danvan_cli.shipped import shipped

_COUNTRY = "quoc-gia"
_OTHERS = re.compile(r"\{(?P<name>\w+)(?:\.(?P<column>\w+)(?: (?P<of>\w+))?)?\}")
_PARTS = re.compile(r"\||, ")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of the table `name` by the names of its columns."""
    country = shipped("catalog") / _COUNTRY
    path = next(p for p in (country / f"tu_doc/{name}.csv", country / f"{name}.csv") if p.is_file())
    with path.open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows("tu"):
        found.setdefault(row["nhom"], []).extend(row["tu"].split("|"))
    return {group: tuple(words) for group, words in found.items()}


@cache
def words_of(*groups: str) -> tuple[str, ...]:
    """The words of the groups of `tu.csv`, in order; none of a group that is not there.

    `{group}` among them stands for the words of that group, `{table.column}` for what the column of
    a table holds, in small letters, `{table.column flag}` for that of the lines with the flag.
    """
    listed = (said for group in groups for said in _groups().get(group, ()))
    return tuple(dict.fromkeys(word for said in listed for word in _meant(said)))


def _meant(said: str) -> tuple[str, ...]:
    other = _OTHERS.fullmatch(said)
    if other is None:
        return (said,)
    if other["column"] is None:
        return words_of(other["name"])
    return tuple(
        word.lower()
        for row in rows(other["name"])
        if other["of"] is None or any(other["of"] in cell.split() for cell in row.values())
        for word in _PARTS.split(row[other["column"]])
        if word
    )


def any_of(*groups: str, capitals: bool = False) -> str:
    """A pattern for any whole word of the groups, spaces as they come; all in capitals if asked."""
    listed = {word.upper() if capitals else word for word in words_of(*groups)}
    options = sorted((" ".join(word.split()) for word in listed), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(spaced_words(word) for word in options) + r")(?!\w)"


def spaced_words(word: str) -> str:
    """`word` as a pattern that any white space fits."""
    return word.replace(" - ", r"\s*-\s*").replace(" ", r"\s+")


def spaced(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, each space in it standing for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"))
