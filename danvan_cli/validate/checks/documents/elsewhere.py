"""DV607 in papers of a province that the catalogue is not of: its communes, by the country's lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import COUNTRY
from danvan_cli.load.units import ListedPlace, communes, provinces
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, fold
from danvan_cli.validate.checks.documents.units import Mention, mentions
from danvan_cli.validate.setting import Setting

_SINCE = date(2025, 7, 1)
"""The lists are those of Nghị quyết 202/2025/QH15; papers before it name other communes."""
_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố)\s+(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3})")
_FEWEST = 2


def communes_elsewhere(document: Document, setting: Setting) -> Iterator[Finding]:
    """Names of communes that are a letter off one of the document's own province.

    A word that stands in the name of any commune of the country is no slip: it may be of a
    commune that was, of a street, of a school.
    """
    if setting.home or (setting.earliest or date.min) < _SINCE:
        return
    country = next((p for p in setting.catalogue.layers if p.name == COUNTRY), None)
    province = _province_of(document, country) if country is not None else None
    if country is None or province is None:
        return
    units, words = communes(country, province.ma), _words(country)
    for passage in document.passages:
        for mention in mentions(passage.text):
            yield from _misspelt(passage, mention, units, words, setting.catalogue)


def _province_of(document: Document, country: Path) -> ListedPlace | None:
    """The province that the frame names, else the one that the text mostly speaks of."""
    known = {fold(province.ten): province for province in provinces(country)}
    for place in document.places:
        name = re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", fold(place))
        if name in known:
            return known[name]
    named: Counter[str] = Counter()
    for match in _PROVINCE.finditer(comparable(document.text)):
        said = fold(match["name"])
        named.update(name for name in known if said == name or said.startswith(f"{name} "))
    common = named.most_common(1)
    if not common or common[0][1] < _FEWEST or 2 * common[0][1] <= named.total():
        return None
    return known[common[0][0]]


@lru_cache(maxsize=2)
def _words(country: Path) -> frozenset[str]:
    """Every word of the name of a commune or a province of the country, folded."""
    units = list(provinces(country))
    for province in provinces(country):
        units += communes(country, province.ma)
    return frozenset(word for unit in units for word in fold(unit.ten).split())


def _misspelt(
    passage: Passage,
    mention: Mention,
    units: tuple[ListedPlace, ...],
    words: frozenset[str],
    catalogue: Catalogue,
) -> Iterator[Finding]:
    for count in range(len(mention.words), 0, -1):
        said = [fold(word) for word in mention.words[:count]]
        strange = [word for word in said if word not in words]
        if len(strange) != 1:
            continue
        for unit in units:
            kind = catalogue.kinds.get(unit.loai)
            name = fold(unit.ten).split()
            if kind is None or fold(str(kind.ten)) != mention.kind or len(name) != count:
                continue
            differing = [(a, b) for a, b in zip(said, name, strict=True) if a != b]
            if len(differing) != 1 or OSA.distance(*differing[0], score_cutoff=1) > 1:
                continue
            right, end = f"{kind.ten} {unit.ten}", mention.ends[count - 1]
            shown = passage.text[mention.start : end]
            message = (
                f"Không có đơn vị nào tên '{shown}'; gần nhất là '{right}'. Sửa lại tên đơn vị."
            )
            new = right if shown[0].islower() else right[0].upper() + right[1:]
            yield passage.finding("DV607", mention.start, end, message, new)
            return
