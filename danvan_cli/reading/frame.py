"""The frame of a document: letterhead, symbol, date, type, title, recipients, closing.

Read by the places that Nghị định 30/2020/NĐ-CP, Phụ lục I gives them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from danvan_cli.grammar.dates import real_date
from danvan_cli.passage import Passage
from danvan_cli.reading.document import part
from danvan_cli.text import comparable, squeeze

_KINDS = (
    "CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH CÔNG TÁC|CHƯƠNG TRÌNH|KẾ HOẠCH|DANH MỤC|QUYẾT ĐỊNH"
    "|BÁO CÁO|THÔNG BÁO|TỜ TRÌNH|HƯỚNG DẪN|NGHỊ QUYẾT|PHƯƠNG ÁN|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|CHỈ THỊ"
    "|CÔNG ĐIỆN|BIÊN BẢN"
)
_KIND = re.compile(rf"(?:{_KINDS})")
_ISSUER = re.compile(
    r"ỦY BAN NHÂN DÂN\s+(?P<unit>(?:XÃ|PHƯỜNG|ĐẶC KHU|THÀNH PHỐ|TỈNH)\s+[^\W\d_][^\n\t]*)"
)
_SYMBOL = re.compile(r"Số\s*:\s*(?P<number>[\d.…\s]*)/\s*(?P<symbol>[^\W\d_]+(?:-[^\W\d_]+)+)")
_DATE_LINE = re.compile(
    r"(?P<place>[^\W\d_][^\n,:;]{1,60}),\s*(?P<date>ngày[\s.…]*(?P<day>\d{0,2})[\s.…]*"
    r"tháng[\s.…]*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4}))\s*\.?$"
)
_ATTACHED = re.compile(
    r"\(\s*(?:ban hành )?kèm theo [^)\d]{0,60}số[^)]{0,40}?ngày[\s.…]*(?P<day>\d{0,2})[\s.…]*"
    r"tháng[\s.…]*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})"
)
_YEAR = re.compile(r"năm (\d{4})")
_AFTER_TITLE = re.compile(
    r"(?:\(\s*(?:ban hành )?kèm theo|căn cứ|thực hiện (?:quyết định|kế hoạch|nghị quyết|chỉ thị) số"
    r"|theo đề nghị|kính gửi|ủy ban nhân dân|chủ tịch ủy ban|[ivx]+\.|điều \d|\d+\.|tt$)"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_RECIPIENTS = re.compile(r"nơi nhận\s*:?$")
_TM = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s*[A-ZĐ]|CHỦ TỊCH$|PHÓ CHỦ TỊCH$")
_HEAD_LENGTH = 12
_TITLE_LENGTH = 4
_LONGEST_TITLE = 600


@dataclass(frozen=True)
class Frame:
    """What `Document` says of itself; the fields are those of `Document`."""

    letterhead: Passage | None
    issuer: str | None
    date_line: Passage | None
    place_name: str | None
    kind: str | None
    symbol: str | None
    issued: date | None
    year: int | None
    title: tuple[Passage, ...]
    themes: tuple[str, ...]
    recipients: tuple[Passage, ...]
    closing: Passage | None


def frame_of(paragraphs: tuple[Passage, ...]) -> Frame:
    """The frame that `paragraphs`, tables of tasks left out, give."""
    at = next((i for i, p in enumerate(paragraphs) if _is_kind(p)), None)
    head = paragraphs[: _HEAD_LENGTH if at is None else at]
    title = _title(paragraphs[at:]) if at is not None else ()
    after = paragraphs[(at or 0) :][: _TITLE_LENGTH + 3]
    letterhead, issuer = _issuer(head)
    line = next(((p, m) for p in head if (m := _date_line(p))), None)
    dated = line[1] if line else _attached(after)
    titled = _YEAR.search(" ".join(p.text for p in title[1:]))
    symbol = next((m for p in head if (m := _SYMBOL.search(p.text))), None)
    recipients, closing = _end(paragraphs)
    return Frame(
        letterhead=letterhead,
        issuer=issuer,
        date_line=line[0] if line else None,
        place_name=squeeze(line[1].group("place")) if line else None,
        kind=squeeze(paragraphs[at].text.split("\n")[0]) if at is not None else None,
        symbol=symbol.group("symbol") if symbol else None,
        issued=_date(dated) if dated else None,
        year=int(dated.group("year")) if dated else int(titled.group(1)) if titled else None,
        title=title,
        themes=tuple(q for p in title for q in _QUOTED.findall(p.text)),
        recipients=recipients,
        closing=closing,
    )


def _is_kind(passage: Passage) -> bool:
    first = squeeze(passage.text.split("\n")[0])
    return _KIND.fullmatch(first) is not None


def _title(paragraphs: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The name of the type and the paragraphs of the abstract below it."""
    title = [paragraphs[0]]
    for passage in paragraphs[1 : _TITLE_LENGTH + 1]:
        if _AFTER_TITLE.match(comparable(passage.text)) or len(passage.text) > _LONGEST_TITLE:
            break
        if passage.text.endswith((".", ";", ":")):
            break
        title.append(passage)
    return tuple(title)


def _issuer(head: tuple[Passage, ...]) -> tuple[Passage | None, str | None]:
    for passage in head:
        if found := _ISSUER.search(
            passage.text.upper() if passage.text.isupper() else passage.text
        ):
            unit = found.span("unit")
            return part(passage, *unit, "tieu_de"), squeeze(found.group("unit"))
    for above, below in pairwise(head):
        if found := _ISSUER.fullmatch(f"{above.text}\n{below.text}"):
            return below, squeeze(found.group("unit"))
    return None, None


def _date_line(passage: Passage) -> re.Match[str] | None:
    return _DATE_LINE.match(passage.text)


def _attached(paragraphs: tuple[Passage, ...]) -> re.Match[str] | None:
    return next((m for p in paragraphs if (m := _ATTACHED.search(comparable(p.text)))), None)


def _date(match: re.Match[str]) -> date | None:
    day, month = match.group("day"), match.group("month")
    if not day or not month:
        return None
    return real_date(int(day), int(month), int(match.group("year")))


def _end(paragraphs: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], Passage | None]:
    """The lines of "Nơi nhận", and the last paragraph before them or before the signature."""
    for at, passage in enumerate(paragraphs):
        lines = passage.text.split("\n")
        if not _RECIPIENTS.match(comparable(lines[0].strip())):
            continue
        listed: list[Passage] = []
        if len(lines) > 1:
            listed += _lines(passage)[1:]
        for following in paragraphs[at + 1 :]:
            if _TM.match(following.text):
                break
            if following.text.startswith(("-", "–", "+")):
                listed += _lines(following)
        return tuple(listed), _last_text(paragraphs[:at])
    return (), None


def _lines(passage: Passage) -> list[Passage]:
    made, at = [], 0
    for line in passage.text.split("\n"):
        if line.strip():
            made.append(part(passage, at, at + len(line), "chu"))
        at += len(line) + 1
    return made


def _last_text(before: tuple[Passage, ...]) -> Passage | None:
    kept = [passage for passage in before if not _TM.match(passage.text)]
    return kept[-1] if kept else None
