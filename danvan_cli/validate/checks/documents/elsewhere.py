"""DV607 in papers of a province without a catalogue: its communes, by the country's list alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.units import communes, provinces
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import fold
from danvan_cli.validate.checks.documents.units import Mention, mentions
from danvan_cli.validate.setting import Setting


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
