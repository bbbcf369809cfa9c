"""Left in a catalogue or a unit's file by copying: the year before (DV603), another province (DV608)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import country_of, shown_path
from danvan_cli.load.opener import themes_of_other_years
from danvan_cli.load.units import provinces
from danvan_cli.models.profile import Profile
from danvan_cli.passage import Passage, passage_of
from danvan_cli.problems import finding_on
from danvan_cli.text import fold, nfc
from danvan_cli.validate.collect import catalogue_passages, profile_passages
from danvan_cli.validate.setting import Setting

_OF_THE_YEAR = re.compile(r"(?:chủ đề(?: công tác)? |cuối )năm\s+(?P<year>\d{4})", re.IGNORECASE)
_TITLED = re.compile(r"(?<!-\s)(?<!đến\s)năm\s+(?P<year>\d{4})(?!\s*[-–])", re.IGNORECASE)
_FILES = {"danh_muc": "danh mục", "ho_so": "hồ sơ"}
_DASH = re.compile(r"[-–]\s*$|^\s*[-–]")
"""A name beside a dash is the end of a road, a line, a region: "cao tốc A - B"."""


def same_theme(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV603 on a theme that an earlier year of the same city has word for word."""
    theme = catalogue.edition.chu_de
    if theme is None:
        return
    for year, (other, place) in sorted(themes_of_other_years(catalogue).items()):
        if year < str(catalogue.edition.nam) and fold(other) == fold(theme):
            message = (
                f"Chủ đề giống hệt chủ đề năm {year} ({place.path}:{place.line}), có thể còn sót "
                f"khi chép. Ghi chủ đề của năm {catalogue.edition.nam}, chưa có thì bỏ khóa này."
            )
            yield finding_on(theme, "DV603", message, "danh_muc.chu_de")


def left_over(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """DV603 on "chủ đề năm 2026", and on the year of a heading, in a file of 2027."""
    own = _FILES.get(setting.kind)
    if own is None or nfc(passage.text) != passage.text:
        return
    pattern = _TITLED if passage.role == "tieu_de" else _OF_THE_YEAR
    for found in pattern.finditer(passage.text):
        if int(found["year"]) == setting.year - 1:
            message = (
                f"'{found.group()}' là của năm trước; {own} này của năm {setting.year}. "
                f"Ghi '{{nam}}', hoặc sửa năm."
            )
            yield passage.finding("DV603", *found.span("year"), message, "{nam}")


def other_places(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV608 on every text of a city's own files that names another province or its Party committee."""
    issuers = (
        passage_of(document.co_quan, "chu", f"{document.ma}.co_quan")
        for document in catalogue.legal
        if document.co_quan is not None
    )
    below = f"{shown_path(catalogue.country)}/" if catalogue.country is not None else None
    own = (
        passage
        for passage in (*catalogue_passages(catalogue), *issuers)
        if below is None or not passage.locate(0).path.startswith(below)
    )
    yield from _of_others(own, catalogue, "danh mục này")


def other_places_in_profile(profile: Profile, setting: Setting) -> Iterator[Finding]:
    """DV608 on every text of a unit's file, likewise."""
    yield from _of_others(profile_passages(profile), setting.catalogue, "hồ sơ này")


def _of_others(passages: Iterable[Passage], catalogue: Catalogue, what: str) -> Iterator[Finding]:
    pattern = _names_of_others(catalogue)
    if pattern is None:
        return
    for passage in passages:
        for found in pattern.finditer(nfc(passage.text)):
            start, end = found.span()
            around = passage.text[max(0, start - 3) : start], passage.text[end : end + 3]
            if any(_DASH.search(words) for words in around):
                continue
            message = (
                f"'{found.group()}' là của nơi khác; {what} của {catalogue.province}, có thể còn "
                "sót khi chép. Sửa lại, hoặc ghi 'bo_qua' kèm lý do nếu đúng là nói về nơi ấy."
            )
            yield passage.finding("DV608", start, end, message)


@lru_cache(maxsize=8)
def _names_of_others(catalogue: Catalogue) -> re.Pattern[str] | None:
    """The names of all other provinces, and what their kinds call their Party committees.

    A name that a commune here bears too is no sign of copying; a person's name is only with its kind.
    """
    listed = provinces(catalogue.country or country_of(catalogue.folder.parent))
    own = {str(unit.ten) for unit in (catalogue.city, *catalogue.units)}
    if str(catalogue.city.ten) not in {p.ten for p in listed}:
        return None  # a place in no list is made up
    kind = catalogue.kinds[catalogue.city.loai]
    committees = {
        str(other.cap_uy)
        for other in catalogue.kinds.values()
        if other.cap == kind.cap and other.cap_uy and other.cap_uy != kind.cap_uy
    }
    nouns = "|".join(re.escape(str(k.ten)) for k in catalogue.kinds.values() if k.cap == kind.cap)
    names = {p.ten for p in listed if not p.ten_nguoi} - own
    people = {rf"(?i:{nouns}) {p.ten}" for p in listed if p.ten_nguoi and p.ten not in own}
    others = "|".join([*(re.escape(name) for name in sorted(names | committees)), *sorted(people)])
    communes = "".join(
        rf"(?<!{re.escape(str(k.ten))} )" for k in catalogue.kinds.values() if k.cap != kind.cap
    )
    return re.compile(rf"{communes}(?<!\w)(?:{others})(?!\w)")
