"""Left in a catalogue or a unit's file by copying: the year before (DV603), another province (DV608)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of, words_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import country_of, shown_path
from danvan_cli.load.opener import themes_of_other_years
from danvan_cli.load.units import communes, provinces
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
    """DV603 on a theme that an earlier year of the same city has word for word, or that names one."""
    theme = catalogue.edition.chu_de
    if theme is None:
        return
    if str(catalogue.year - 1) in theme and str(catalogue.year) not in theme:
        message = (
            f"Chủ đề nhắc năm {catalogue.year - 1}; danh mục này của năm {catalogue.year}, có thể còn "
            f"sót khi chép. Ghi chủ đề của năm {catalogue.year}, chưa có thì bỏ khóa này."
        )
        yield finding_on(theme, "DV603", message, "danh_muc.chu_de")
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
    issuers = [
        passage_of(document.co_quan, "chu", f"{document.ma}.co_quan")
        for document in catalogue.legal
        if document.co_quan is not None
    ]
    issuers += [
        passage_of(agency.ten, "chu_tri", f"{agency.ma}.ten") for agency in catalogue.agencies
    ]
    below = f"{shown_path(catalogue.country)}/" if catalogue.country is not None else None
    own = (
        passage
        for passage in (*catalogue_passages(catalogue), *issuers)
        if below is None or not passage.locate(0).path.startswith(below)
    )
    yield from _of_others(own, catalogue, "danh mục này")
    yield from _units_of_others(catalogue)


def _units_of_others(catalogue: Catalogue) -> Iterator[Finding]:
    """Units that a city adds though the country's list has them in another province alone."""
    country, home = catalogue.country, catalogue.city.ma
    listed = provinces(country) if country is not None else ()
    if country is None or home not in {p.ma for p in listed}:
        return
    own = {(u.loai, fold(u.ten)) for u in communes(country, home)}
    added = [u for u in catalogue.units if (u.loai, fold(u.ten)) not in own and not u.nguon]
    for unit in added:
        places = [
            f"{catalogue.kinds[p.loai].ten} {p.ten}"
            for p in listed
            if any((u.loai, u.ten) == (unit.loai, unit.ten) for u in communes(country, p.ma))
        ]
        if places:
            name = f"{catalogue.kinds[unit.loai].ten} {unit.ten}"
            message = (
                f"'{name}' trong danh sách của cả nước là của {places[0]}, không phải của "
                f"{catalogue.province}. Bỏ ở đây; đơn vị mới lập trùng tên thì ghi 'nguon'."
            )
            yield finding_on(unit.ten, "DV608", message, f"{unit.ma}.ten")


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
            if found["office"] and passage.role == "chu_tri":
                continue  # an agency may be one of any province: "các Ủy ban nhân dân tỉnh"
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
    other = [w for w in words_of("loai_tinh") if fold(str(kind.ten)) != w]
    office = rf"(?P<office>(?i:{any_of('hoi_dong_uy_ban')} (?:{'|'.join(map(re.escape, other))})))"
    others = "|".join(
        [*(re.escape(name) for name in sorted(names | committees)), *sorted(people), office]
    )
    communes = "".join(
        rf"(?<!{re.escape(str(k.ten))} )" for k in catalogue.kinds.values() if k.cap != kind.cap
    )
    return re.compile(rf"{communes}(?<!\w)(?:{others})(?!\w)")
