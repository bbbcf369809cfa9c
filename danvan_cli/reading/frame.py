"""The frame of a document: letterhead, symbol, date, type, title, recipients, closing.

Read by the places that Nghị định 30/2020/NĐ-CP, Phụ lục I gives them, line by line: a letterhead
may stand in one cell with the number, a date line in one cell with the motto.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import WrittenDate, cut
from danvan_cli.text import comparable, squeeze

_KIND = re.compile(any_of("dau_van_ban", capitals=True))
_PLACE = (
    rf"(?!{any_of('khong_la_don_vi', capitals=True)})"
    rf"{any_of('loai_xa', 'loai_tinh', capitals=True)}\.?\s+[^\W\d_][^\n\t,;]*"
)
_PARTY = re.compile(any_of("tieu_de_dang", capitals=True))
_OF_PLACE = re.compile(rf"(?:.*\s)?(?P<unit>{_PLACE})$")
_SYMBOL = re.compile(
    r"Số\s*:?\s*(?P<number>[\d.…\s]*)/\s*(?P<symbol>[^\W\d_]+(?:\s?-\s?[^\W_]+|\([^\W_]+\))*)"
)
_BLANK = r"[\s.…]*"
_DAY = (
    rf"ngày{_BLANK}(?P<day>\d{{0,2}}){_BLANK}tháng{_BLANK}(?P<month>\d{{0,2}}){_BLANK}"
    rf"năm{_BLANK}(?P<year>\d{{4}})?"
)
_DATE_LINE = re.compile(rf"(?P<place>[^\W\d_][^\n,:;]{{1,60}}),\s*(?P<date>{_DAY})\s*\.?$")
_ATTACHED = re.compile(
    rf"\(\s*(?:ban hành )?kèm theo (?P<kind>[^)\d]{{0,60}}?)số(?P<number>[^)]{{0,40}}?)(?:{_DAY})"
    r"(?P<rest>[^)]{0,120})"
)
_AMENDED = re.compile(r"sửa đổi|bổ sung|hợp nhất|thay thế")
_ATTACHING_UNIT = re.compile(rf"{any_of('uy_ban')}\s+(?P<unit>[^)\n]+)$")
_YEAR = re.compile(r"(?<!đến )năm (\d{4})")
_PERIOD = re.compile(r"(?:giai đoạn|nhiệm kỳ)[^\d]{0,12}(\d{4})\s*(?:[-–—]|đến)[^\d]{0,5}(\d{4})")
_OF_OTHERS = re.compile(
    r"(?:ngày|tháng) \d{1,2}(?:/\d{1,2}| tháng \d{1,2})?(?:/| năm )\d{4}|số \d+\S*"
)
_AFTER_TITLE = re.compile(
    rf"(?:\(\s*(?:ban hành )?kèm theo|căn cứ|thực hiện {any_of('co_so')} số|theo đề nghị|kính gửi"
    rf"|(?:{any_of('nguoi_dung_dau')} )?{any_of('hoi_dong_uy_ban')}|[ivx]+\.|điều \d|\d+\.|tt$)"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_NATIONAL_NAME = re.compile(any_of("quoc_hieu"))
_GOES_WITH = re.compile(r"\(\s*(?:ban hành )?kèm theo\b")
_RECIPIENTS = re.compile(r"nơi nhận\s*:?$")
_SENT_TO = re.compile(r"kính gửi\s*:?")
_ITEM = ("-", "–", "+", "—")
_TM = re.compile(
    rf"(?:TM|KT|TL|TUQ|Q)\.\s*[A-ZĐ]|(?:PHÓ )?{any_of('nguoi_dung_dau', capitals=True)}$"
)
_POST = re.compile(rf"(?:TM|KT|TL|TUQ|Q)\.|(?:QUYỀN |PHÓ )?{any_of('dau_chuc_vu', capitals=True)}")
_NAME = re.compile(r"[^\W\d_a-zà-ỹđ][^\W\d_]*(?: [^\W\d_]+){1,6}")
_HEAD_LENGTH = 20
_OWN_HEAD = 12
_TITLE_LENGTH = 4
_LONGEST_TITLE = 600
_LONGEST_PLACE = 60


@dataclass(frozen=True)
class Frame:
    """What `Document` says of itself; the fields are those of `Document`."""

    letterhead: Passage | None
    issuer: str | None
    places: tuple[str, ...]
    date_line: Passage | None
    place_name: str | None
    kind: str | None
    number: str | None
    symbol: str | None
    written: WrittenDate
    years: tuple[int, int] | None
    title: tuple[Passage, ...]
    themes: tuple[str, ...]
    attached: str | None
    recipients: tuple[Passage, ...]
    signature: tuple[Passage, ...]
    closing: Passage | None
    of_party: bool


def frame_of(paragraphs: tuple[Passage, ...]) -> Frame:
    """The frame that `paragraphs`, tables of tasks left out, give."""
    at = _kind_at(paragraphs)
    head = _lines_of(paragraphs[: _OWN_HEAD if at is None else min(at, _HEAD_LENGTH)])
    title = _title(paragraphs[at:]) if at is not None else ()
    after = paragraphs[(at or 0) :][: _TITLE_LENGTH + 3]
    units = _units(head)
    line = next(((p, m) for p in head if (m := _DATE_LINE.match(p.text.rstrip()))), None)
    attached = _attached(after)
    amended = attached is not None and _AMENDED.search(attached["rest"])
    dated = line[1] if line else None if amended else attached
    symbol = next((m for p in head if (m := _SYMBOL.search(p.text))), None)
    recipients, closing = _end(paragraphs)
    place_name = squeeze(line[1].group("place")) if line else None
    return Frame(
        letterhead=units[-1] if units else None,
        issuer=squeeze(units[-1].text) if units else None,
        places=_places([squeeze(unit.text) for unit in units], place_name, attached),
        date_line=line[0] if line else None,
        place_name=place_name,
        kind=squeeze(paragraphs[at].text.split("\n")[0]) if at is not None else None,
        number="".join(re.findall(r"\d+", symbol["number"])) or None if symbol else None,
        symbol="".join(symbol.group("symbol").split()) if symbol else None,
        written=_written(dated),
        years=years_in(" ".join(p.text for p in title)),
        title=title,
        themes=tuple(q for p in title for q in _QUOTED.findall(p.text)),
        attached=attached.group() if attached else None,
        recipients=recipients,
        signature=_signature(paragraphs) if recipients else (),
        closing=closing,
        of_party=any(_PARTY.search(squeeze(line.text)) for line in head)
        or any(_PARTY.fullmatch(line.text.strip()) for line in paragraphs),
    )


def years_in(title: str) -> tuple[int, int] | None:
    """The first and the last year that a title is about; None where it names none.

    "đến năm 2030" is a horizon, and a year in another document's number or date is that one's.
    """
    low = _OF_OTHERS.sub(" ", comparable(title))
    years = [int(year) for pair in _PERIOD.findall(low) for year in pair]
    years += [int(year) for year in _YEAR.findall(low)]
    return (min(years), max(years)) if years else None


def names_kind(passage: Passage) -> bool:
    """Whether a paragraph is the name of a type of document alone: a text of its own begins."""
    return _is_kind(passage.text.split("\n", 1)[0])


@lru_cache(maxsize=16384)
def _is_kind(line: str) -> bool:
    return _KIND.fullmatch(squeeze(line)) is not None


def is_national_name(passage: Passage) -> bool:
    """Whether a paragraph or a cell holds quốc hiệu, which is in the head of every paper."""
    return _NATIONAL_NAME.search(comparable(passage.text)) is not None


def is_recipients(passage: Passage) -> bool:
    """Whether a line of a paragraph or a cell is "Nơi nhận"."""
    return bool(_recipients_from(passage))


def _recipients_from(passage: Passage) -> list[Passage]:
    """The lines of `passage` from "Nơi nhận" on; none where it has no such line."""
    if "hận" not in passage.text:  # most paragraphs, told without a look at their words
        return []
    lines = _lines(passage)
    at = next((i for i, p in enumerate(lines) if _RECIPIENTS.match(comparable(p.text))), None)
    return lines[at:] if at is not None else []


def goes_with(passage: Passage) -> bool:
    """Whether a paragraph begins a line "(Kèm theo Quyết định ...)"."""
    return _GOES_WITH.match(comparable(passage.text)) is not None


def _kind_at(paragraphs: Sequence[Passage]) -> int | None:
    """Where the name of the type stands; an official letter has none, only whom it is sent to."""
    for at, passage in enumerate(paragraphs):
        if names_kind(passage):
            return at
        if at < _HEAD_LENGTH and _SENT_TO.match(comparable(passage.text)):
            return None
    first = paragraphs[0].text.split("\n")[0] if paragraphs else ""
    return 0 if first.isupper() and _KIND.match(squeeze(first)) else None


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


def _units(head: Sequence[Passage]) -> list[Passage]:
    """The provinces and communes that the lines of a letterhead end with, in order."""
    found = []
    for line in head:
        if _DATE_LINE.match(line.text):
            continue
        text = line.text if line.text.isupper() else ""
        match = _OF_PLACE.match(text)
        if match and len(text) <= _LONGEST_PLACE:
            found.append(cut(line, *match.span("unit"), "tieu_de"))
    return found


def _places(
    units: list[str], place_name: str | None, attached: re.Match[str] | None
) -> tuple[str, ...]:
    """Every place that the frame names: letterhead, date line, whose document it goes with."""
    made = [*units, *([place_name] if place_name else [])]
    if attached and (of := _ATTACHING_UNIT.search(attached.group("rest"))):
        made.append(squeeze(of.group("unit")))
    return tuple(made)


def _attached(paragraphs: tuple[Passage, ...]) -> re.Match[str] | None:
    """The line "(Kèm theo Quyết định số ... ngày ...)", which may run over two paragraphs."""
    whole = "\n".join(comparable(p.text) for p in paragraphs)
    return _ATTACHED.search(whole)


def _written(match: re.Match[str] | None) -> WrittenDate:
    if match is None:
        return WrittenDate()
    return WrittenDate(
        *(int(match[name]) if match[name] else None for name in ("day", "month", "year"))
    )


def _end(paragraphs: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], Passage | None]:
    """The lines of "Nơi nhận", and the last paragraph before them or before the signature.

    The signature may stand beside them, between the label and the lines.
    """
    for at, passage in enumerate(paragraphs):
        own = _recipients_from(passage)
        if not own:
            continue
        listed = own[1:]
        for following in paragraphs[at + 1 :]:
            if following.text.startswith(_ITEM):
                listed += _lines(following)
            elif listed or not _TM.match(following.text):
                break
        return tuple(listed), _last_text(paragraphs[:at])
    return (), None


def _signature(paragraphs: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The lines of the first signature after "Nơi nhận": authority and post, then the name if any."""
    at = next(i for i, p in enumerate(paragraphs) if _recipients_from(p))
    made: list[Passage] = []
    for line in _lines_of(paragraphs[at:]):
        if _POST.match(line.text) and line.text.isupper():
            made.append(line)
        elif made:
            named = _NAME.fullmatch(line.text) and line.text.istitle()
            return (*made, line) if named else tuple(made)
    return tuple(made)


def _lines_of(paragraphs: Sequence[Passage]) -> list[Passage]:
    """The lines of `paragraphs`, and where "ỦY BAN NHÂN DÂN" stands alone the unit after it."""
    return [line for passage in paragraphs for line in _lines(passage)]


def _lines(passage: Passage) -> list[Passage]:
    made, at = [], 0
    for line in passage.text.split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            made.append(cut(passage, at + lead, at + len(line.rstrip()), "chu"))
        at += len(line) + 1
    return made


def _names_a_post(text: str) -> bool:
    """Whether a line is the post of who signs: CHÁNH VĂN PHÒNG."""
    return text.isupper() and len(text) <= _LONGEST_PLACE


def _last_text(before: tuple[Passage, ...]) -> Passage | None:
    kept = [p for p in before if not (_TM.match(p.text) or _names_a_post(p.text))]
    return kept[-1] if kept else None
