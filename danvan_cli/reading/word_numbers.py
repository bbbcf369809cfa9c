"""The numbers that Word itself prints before paragraphs: word/numbering.xml, counted as Word does.

ECMA-376 part 1, 17.9: a paragraph (or its style) names a list and a level; each level has a format,
a text like "%1.%2." and a start, and begins anew after a paragraph of a higher level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from danvan_cli.text import roman, whole
from danvan_cli.word.names import W

_PLACE = re.compile(r"%(\d)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The list and the level that a paragraph names, and its style, which may name them."""

    item: tuple[str, int] | None
    style: str

    @classmethod
    def of(cls, properties: etree._Element | None) -> Listed:
        """What the properties of a paragraph say."""
        if properties is None:
            return cls(None, "")
        return cls(_list_of(properties), _value(properties, "pStyle"))


@dataclass(frozen=True)
class Lists:
    """The lists that the numbering and the styles of a document define."""

    levels: Mapping[tuple[str, int], _Level]
    lists: Mapping[str, str]
    styles: Mapping[str, tuple[str, int]]

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Lists:
        """The lists that two parts of a document define."""
        levels: dict[tuple[str, int], _Level] = {}
        lists: dict[str, str] = {}
        for made in numbering.iterfind(f"{W}abstractNum") if numbering is not None else ():
            name = made.get(f"{W}abstractNumId", "")
            for level in made.iterfind(f"{W}lvl"):
                levels[name, _int(level.get(f"{W}ilvl"))] = _level(level)
        for used in numbering.iterfind(f"{W}num") if numbering is not None else ():
            lists[used.get(f"{W}numId", "")] = _value(used, "abstractNumId")
        by_style = {}
        for style in styles.iterfind(f"{W}style") if styles is not None else ():
            found = _list_of(style.find(f"{W}pPr"))
            if found:
                by_style[style.get(f"{W}styleId", "")] = found
        return cls(levels, lists, by_style)


@dataclass
class WordNumbers:
    """Counts the lists of one document, paragraph by paragraph."""

    lists: Lists
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, listed: Listed) -> str:
        """What Word prints before the next paragraph, which is `listed`; "" for none or a bullet."""
        known = self.lists
        found = listed.item or known.styles.get(listed.style)
        if found is None or found[0] not in known.lists:
            return ""
        name, depth = known.lists[found[0]], found[1]
        level = known.levels.get((name, depth))
        if level is None or level.form in ("bullet", "none"):
            return ""
        self.counts[name, depth] = self.counts.get((name, depth), level.start - 1) + 1
        for below in range(depth + 1, _LEVELS):
            self.counts.pop((name, below), None)
        return _PLACE.sub(lambda at: self._figure(name, int(at[1]) - 1), level.text).strip()

    def _figure(self, name: str, depth: int) -> str:
        level = self.lists.levels.get((name, depth))
        if level is None:
            return ""
        return _figure(self.counts.get((name, depth), level.start), level.form)


def _figure(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < number < 90:
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _level(level: etree._Element) -> _Level:
    start = _value(level, "start")
    return _Level(_value(level, "numFmt"), _value(level, "lvlText"), _int(start) if start else 1)


def _list_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and the level that paragraph properties name; list 0 is no list."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None
    return _value(numbered, "numId"), _int(_value(numbered, "ilvl"))


def _value(parent: etree._Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _int(text: str | None) -> int:
    return whole(text or "") or 0
