"""DV603: a year, half-year or theme that belongs to another document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, fold
from danvan_cli.validate.setting import Setting

_FIGURES = re.compile(r"năm \d{4}")
_YEAR = re.compile(r"năm (\d{4})")
_PART_OF_YEAR = re.compile(
    r"(?<!\w)(?:(?:6|sáu|9|chín|3|ba) tháng (?:đầu|cuối)|quý [ivx]{1,3}|chủ đề) năm (\d{4})"
)
_LOOKS_BACK = re.compile(
    r"kết quả|so với|đánh giá|tổng kết|sơ kết|báo cáo|số liệu|đã |cùng kỳ|từ năm|tồn tại|hạn chế"
)
_CLOSING = re.compile(r"trên đây là[^.;“\"]*?(?<!đến )năm (\d{4})")
THEME = re.compile(r"chủ đề(?P<of>[^“”\".;]{0,80})[“\"](?P<theme>[^“”\"]+)[”\"]")
_CITY = re.compile(rf"{any_of('uy_ban')} {any_of('loai_tinh')}")
_FORWARD = re.compile(any_of("nhin_toi", capitals=True))
"""Kinds that speak of the year to come; a decision of this year may be on the last."""
_ALIKE = 0.8


def check_years(document: Document, setting: Setting) -> Iterator[Finding]:
    """Years and themes left over from the text this one was made from.

    Years in citations, in periods ("giai đoạn 2021 - 2030") and of the years to come are no
    fault: only places that speak of the document's own year are judged.
    """
    if not _FORWARD.match(document.kind or ""):
        return
    title = " ".join(passage.text for passage in document.title[1:])
    titled, dated = document.years, document.written.year
    stale = titled and dated and titled[1] < dated and not _looks_back(title)
    if stale and dated:
        yield from _title_year(document, dated)
    known = [year for year in (*(titled or ()), dated) if year]
    for passage in document.passages:
        low = comparable(passage.text)
        if not _speaks_of_years(low):
            continue
        if known:
            yield from _parts_of_years(passage, low, min(known) if not stale else max(known))
        for match in _CLOSING.finditer(low):
            if titled and not titled[0] <= int(match.group(1)) <= titled[1]:
                yield _stale(passage, match.start(1), match.end(1), match.group(1), str(titled[0]))
        if setting.home:
            yield from _themes(passage, document, setting)


def _speaks_of_years(low: str) -> bool:
    """Whether anything of what follows can be found in a text; most have nothing of it."""
    return "chủ đề" in low or _FIGURES.search(low) is not None


def _looks_back(text: str) -> bool:
    return _LOOKS_BACK.search(comparable(text)) is not None


def _title_year(document: Document, year: int) -> Iterator[Finding]:
    for passage in document.title[1:]:
        for match in _YEAR.finditer(comparable(passage.text)):
            yield _stale(passage, match.start(1), match.end(1), match.group(1), str(year))


def _parts_of_years(passage: Passage, low: str, year: int) -> Iterator[Finding]:
    for match in _PART_OF_YEAR.finditer(low):
        sentence = re.split(r"[.;]\s", low[: match.start()])[-1]
        if int(match.group(1)) < year and not _looks_back(sentence):
            shown = passage.text[match.start() : match.end()]
            message = (
                f"'{shown}' là của năm khác; văn bản này của năm {year}, có thể còn sót từ văn bản"
                f" cũ. Sửa lại cho đúng năm {year} hoặc bỏ."
            )
            yield passage.finding("DV603", match.start(), match.end(), message)


def _stale(passage: Passage, start: int, end: int, found: str, year: str) -> Finding:
    message = (
        f"Năm {found} không khớp với văn bản của năm {year}, có thể còn sót từ văn bản cũ. Sửa"
        f" thành năm {year} nếu đúng là năm của văn bản này."
    )
    return passage.finding("DV603", start, end, message)


def _themes(passage: Passage, document: Document, setting: Setting) -> Iterator[Finding]:
    """A theme that is not the city's nor one of the title, where the text speaks of them."""
    city = str(setting.catalogue.edition.chu_de or "")
    if not city:
        return
    closing = document.closing is not None and passage.locate(0) == document.closing.locate(0)
    for match in THEME.finditer(passage.text):
        theme = match.group("theme")
        of_city = _CITY.search(comparable(match.group("of"))) is not None
        if _YEAR.search(match.group("of")) and str(setting.year) not in match.group("of"):
            continue
        known = (city,) if of_city else (city, *document.themes)
        if any(_alike(theme, one) for one in known):
            continue
        if of_city and (document.year or setting.year) == setting.year:
            right = city
        elif closing and document.themes:
            right = document.themes[0] if not _alike(document.themes[0], city) else city
        else:
            continue
        message = (
            f"Chủ đề '{theme}' không phải chủ đề nêu ở đầu văn bản, có thể còn sót từ văn bản cũ."
            f" Sửa thành '{right}'."
        )
        yield passage.finding("DV603", match.start("theme"), match.end("theme"), message)


def is_city_s(match: re.Match[str], setting: Setting) -> bool:
    """Whether the theme that THEME matched is the city's, by the words before it or its own."""
    city = setting.catalogue.edition.chu_de
    if _CITY.search(comparable(match["of"])) is not None:
        return True
    return city is not None and _alike(match["theme"], city)


def _alike(one: str, other: str) -> bool:
    return DamerauLevenshtein.normalized_similarity(fold(one), fold(other)) >= _ALIKE
