"""DV608 in a catalogue or a unit's file: another province's name, left in by copying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import COUNTRY, country_of, shown_path
from danvan_cli.load.units import provinces
from danvan_cli.models.profile import Profile
from danvan_cli.passage import Passage, passage_of
from danvan_cli.text import nfc
from danvan_cli.validate.collect import catalogue_passages, profile_passages
from danvan_cli.validate.setting import Setting

_NEAR = re.compile(r"[-–]\s*$|^\s*[-–]")
"""A name beside a dash is the end of a road, a line, a region: "cao tốc A - B"."""


def check_provinces(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV608 on every text of a city's own files that names another province or its Party committee."""
    issuers = (
        passage_of(document.co_quan, "chu", f"{document.ma}.co_quan")
        for document in catalogue.legal
        if document.co_quan is not None
    )
    below = tuple(f"{shown_path(layer)}/" for layer in catalogue.layers if layer.name == COUNTRY)
    own = (
        passage
        for passage in (*catalogue_passages(catalogue), *issuers)
        if not passage.locate(0).path.startswith(below)
    )
    yield from _named(own, catalogue, "danh mục này")


def check_profile(profile: Profile, setting: Setting) -> Iterator[Finding]:
    """The same on a unit's file."""
    yield from _named(profile_passages(profile), setting.catalogue, "hồ sơ này")


def _named(passages: Iterable[Passage], catalogue: Catalogue, what: str) -> Iterator[Finding]:
    pattern = _others(catalogue)
    for passage in passages if pattern is not None else ():
        for found in pattern.finditer(nfc(passage.text)) if pattern is not None else ():
            start, end = found.span()
            around = passage.text[max(0, start - 3) : start], passage.text[end : end + 3]
            if any(_NEAR.search(words) for words in around):
                continue
            message = (
                f"'{found.group()}' là của nơi khác; {what} của {catalogue.province}, có thể còn "
                "sót khi chép. Sửa lại, hoặc ghi 'bo_qua' kèm lý do nếu đúng là nói về nơi ấy."
            )
            yield passage.finding("DV608", start, end, message)


@lru_cache(maxsize=8)
def _others(catalogue: Catalogue) -> re.Pattern[str] | None:
    """The names of all other provinces, and what their kinds call their Party committees.

    A name that a commune here bears too is no sign of copying; a person's name is only with its kind.
    """
    layer = next((layer for layer in catalogue.layers if layer.name == COUNTRY), None)
    country = layer or country_of(catalogue.folder.parent)
    own = {str(unit.ten) for unit in (catalogue.city, *catalogue.units)}
    names = {p.ten for p in provinces(country) if not p.ten_nguoi} - own
    if str(catalogue.city.ten) not in {p.ten for p in provinces(country)}:
        return None  # a place in no list is made up
    kind = catalogue.kinds[catalogue.city.loai]
    committees = {
        str(other.cap_uy)
        for other in catalogue.kinds.values()
        if other.cap == kind.cap and other.cap_uy and other.cap_uy != kind.cap_uy
    }
    nouns = "|".join(re.escape(str(k.ten)) for k in catalogue.kinds.values() if k.cap == kind.cap)
    people = {
        rf"(?i:{nouns}) {p.ten}" for p in provinces(country) if p.ten_nguoi and p.ten not in own
    }
    listed = "|".join([*(re.escape(name) for name in sorted(names | committees)), *sorted(people)])
    communes = "".join(
        rf"(?<!{re.escape(str(k.ten))} )" for k in catalogue.kinds.values() if k.cap != kind.cap
    )
    return re.compile(rf"{communes}(?<!\w)(?:{listed})(?!\w)")
