"""DV603 in a catalogue or a unit's file: the year before, where it speaks of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import themes_of_other_years
from danvan_cli.passage import Passage
from danvan_cli.text import fold, nfc
from danvan_cli.validate.setting import Setting

_OWN = re.compile(r"(?:chủ đề(?: công tác)? |cuối )năm\s+(?P<year>\d{4})", re.IGNORECASE)
_FILES = {"danh_muc": "danh mục", "ho_so": "hồ sơ"}
_TITLED = re.compile(r"(?<!-\s)(?<!đến\s)năm\s+(?P<year>\d{4})(?!\s*[-–])", re.IGNORECASE)


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
            yield Finding(
                theme.place, "DV603", message, subject="danh_muc.chu_de", value=str(theme)
            )


def left_over(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """DV603 on "chủ đề năm 2026", and on the year of a heading, in a file of 2027."""
    own = _FILES.get(setting.kind)
    if own is None or nfc(passage.text) != passage.text:
        return
    pattern = _TITLED if passage.role == "tieu_de" else _OWN
    for found in pattern.finditer(passage.text):
        if int(found["year"]) == setting.year - 1:
            message = (
                f"'{found.group()}' là của năm trước; {own} này của năm {setting.year}. "
                f"Ghi '{{nam}}', hoặc sửa năm."
            )
            yield passage.finding("DV603", *found.span("year"), message, "{nam}")
