"""DV607, DV608 by the country's list alone: communes misspelt, another province's name left in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.units import communes, provinces
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, fold
from danvan_cli.validate.checks.documents.units import Mention, mentions
from danvan_cli.validate.setting import Setting

_PROVINCE = rf"{any_of('loai_tinh')}\.? (?P<name>[^\W\d_]+(?: [^\W\d_]+){{0,2}})"
_ACTING = re.compile(rf"(?:{any_of('nguoi_dung_dau')} )?{any_of('hoi_dong_uy_ban')} {_PROVINCE}")
_THERE = re.compile(rf"trên địa bàn {_PROVINCE}")
_BETWEEN = re.compile(rf"(?<!\w)(?:giữa|với|liên {any_of('loai_tinh')})(?!\w)")


def other_provinces(document: Document, setting: Setting) -> Iterator[Finding]:
    """DV608 where a province's paper calls another its own: at its date, in its title, as it acts."""
    catalogue = setting.catalogue
    own, names = str(catalogue.city.ten), _province_names(catalogue.layers[0])
    if not any(fold(place).endswith(f" {fold(own)}") for place in document.places):
        return
    line, place = document.date_line, document.place_name
    units = {fold(unit.ten) for unit in catalogue.units}
    if line is not None and place is not None and fold(place) in names - {fold(own)} - units:
        start = line.text.find(place)
        yield _other_province(line, start, start + len(place), own)
    titled = {passage.locate(0) for passage in document.title}
    for passage in document.passages:
        low = comparable(passage.text)
        found = _ACTING.match(low)
        if found is None and passage.locate(0) in titled and not _BETWEEN.search(low):
            found = _THERE.search(low)
        name = _longest(found["name"], names) if found else None
        if found and name and fold(name) != fold(own):
            start = found.start("name")
            yield _other_province(passage, start, start + len(name), own)


def _other_province(passage: Passage, start: int, end: int, own: str) -> Finding:
    shown = passage.text[start:end]
    message = (
        f"'{shown}' là tỉnh, thành phố khác; văn bản này của {own}, có thể còn sót từ văn bản cũ."
        f" Sửa thành '{own}'."
    )
    return passage.finding("DV608", start, end, message, own.upper() if shown.isupper() else own)


def _longest(words: str, names: frozenset[str]) -> str | None:
    """The most of `words`, from the first on, that is one of `names`."""
    parts = words.split(" ")
    said = (" ".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((name for name in said if fold(name) in names), None)


@lru_cache(maxsize=2)
def _province_names(country: Path) -> frozenset[str]:
    return frozenset(fold(unit.ten) for unit in provinces(country))


def communes_elsewhere(document: Document, setting: Setting) -> Iterator[Finding]:
    """Names of communes that are a letter off one of the document's own province.

    The list holds today's communes, a paper may speak of those that were: a word that stands in
    the name of any commune of the country is no slip.
    """
    catalogue = setting.catalogue
    if not catalogue.is_country_only or not catalogue.units:
        return
    known = _words(catalogue.layers[0])
    for passage in document.passages:
        for mention in mentions(passage.text):
            yield from _misspelt(passage, mention, known, catalogue)


@lru_cache(maxsize=2)
def _words(country: Path) -> frozenset[str]:
    """Every word of the name of a commune or a province of the country, folded."""
    units = list(provinces(country))
    for province in provinces(country):
        units += communes(country, province.ma)
    return frozenset(word for unit in units for word in fold(unit.ten).split())


def _misspelt(
    passage: Passage, mention: Mention, known: frozenset[str], catalogue: Catalogue
) -> Iterator[Finding]:
    for count in range(len(mention.words), 0, -1):
        said = [fold(word) for word in mention.words[:count]]
        if sum(word not in known for word in said) != 1:
            continue
        for unit in catalogue.units:
            kind, name = str(catalogue.kinds[unit.loai].ten), fold(unit.ten).split()
            if fold(kind) != mention.kind or len(name) != count:
                continue
            differing = [(a, b) for a, b in zip(said, name, strict=True) if a != b]
            if len(differing) != 1 or OSA.distance(*differing[0], score_cutoff=1) > 1:
                continue
            right, end = f"{kind} {unit.ten}", mention.ends[count - 1]
            shown = passage.text[mention.start : end]
            message = (
                f"Không có đơn vị nào tên '{shown}'; gần nhất là '{right}'. Sửa lại tên đơn vị."
            )
            new = right if shown[0].islower() else right[0].upper() + right[1:]
            yield passage.finding("DV607", mention.start, end, message, new)
            return
