"""What papers of one unit say beside each other: their tasks, who signs, what they rest on.

A `Paper` is small, so that it comes back from where its document was read and judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from danvan_cli.findings import Place
from danvan_cli.grammar.deadline.reader import read_deadline
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.load.folders import shown_path
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, TaskRow
from danvan_cli.reading.numbers import item_number
from danvan_cli.text import comparable, fold, squeeze
from danvan_cli.validate.checks.agencies.named import named_in
from danvan_cli.validate.checks.citations.cited import citation_name, cited_in
from danvan_cli.validate.checks.documents.companions import ATTACHED
from danvan_cli.validate.checks.documents.own import said_of
from danvan_cli.validate.checks.documents.years import THEME, is_city_s
from danvan_cli.validate.setting import Setting
from danvan_cli.word.pack import SIGNED_APART

_BULLET = re.compile(r"^(?:[-+•*–]\s*|(?:\d+(?:\.\d+)*|[ivx]+|[a-zđ])[.)]\s+)")
_SHORT = re.compile(rf"(?<!\w)(?!{any_of('viet_tat_quen', capitals=True)})[A-ZĐ]{{2,}}(?!\w)")
_ENDS = (".", ";", ":", "…", ",")
_BASIS = re.compile(r"(?:căn cứ|thực hiện|theo) ")
_TITLE_WORDS = 12
_IN_PARAGRAPHS = 3
_DAY = re.compile(r"ngày[\s.…]*(\d*)[\s.…]*tháng[\s.…]*(\d*)[\s.…]*năm[\s.…]*(\d*)")
_YEAR_AND_PLACE = re.compile(r"\s(?:năm|trên địa bàn|của)\s")
_USUAL = frozenset(["triển", "khai", "tổ", "chức", "thực", "hiện", "công", "tác", "về", "việc"])


@dataclass(frozen=True)
class Said:
    """Something a paper says: as written, as compared, and where."""

    text: str
    key: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Listed:
    """A task of a paper: its number, its words (`key` for comparing), who leads it, until when.

    Of tasks that have their lines in common nothing is known of who and when: a group's may be wider.
    """

    number: str
    text: str
    key: str
    place: Place
    lead: Said | None = None
    time: Said | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return (
            f"{self.number} '{_first_words(self.text)}'"
            if self.number
            else f"'{_first_words(self.text)}'"
        )


@dataclass(frozen=True)
class Paper:
    """What a document says that the others of its unit and year must say too.

    `belongs` tells which are held against each other: folder, unit, year. `lines` are all the
    lines of its tasks in comparable form. `themes` are the unit's own, None where it speaks of no
    theme at all. `signature` is None where the unit's file names a signer of its own for it. Both
    are None in a paper that has nothing to do with the city's catalogue.
    `decision` is the one it is issued with, `basis` the documents it rests on, each by its title, of a
    paper of the city's programme alone.
    """

    path: str
    belongs: tuple[str, ...]
    kind: str
    title: frozenset[str]
    place: Place
    own: tuple[str, ...] = ()
    tasks: tuple[Listed, ...] = ()
    lines: frozenset[str] = frozenset()
    themes: tuple[Said, ...] | None = None
    signature: Said | None = None
    decision: Said | None = None
    basis: Mapping[tuple[str, ...], Said] = field(default_factory=dict)


def paper_of(document: Document, setting: Setting) -> Paper | None:
    """What `document` says beside others; None where it does not tell whose it is."""
    unit = str(setting.unit.ma) if setting.unit is not None else fold(said_of(document) or "")
    if not unit:
        return None
    path = shown_path(document.path)
    of_programme = setting.unit is not None and (
        setting.rests_on_city or "danh_muc" in document.about
    )
    first = document.passages[0].locate(0) if document.passages else Place(path)
    title = " ".join(p.text for p in document.title[1:]) or (
        document.title[0].text if document.title else ""
    )
    return Paper(
        path=path,
        belongs=(str(document.path.parent), unit, str(document.year or "")),
        kind=document.kind or "",
        title=_subject(title),
        place=document.title[0].locate(0) if document.title else first,
        own=_numbered(document),
        tasks=tuple(_tasks(document, setting)),
        lines=frozenset(
            bare(line) for row in document.rows for p in row.noi_dung for line in p.text.split("\n")
        ),
        themes=_themes(document, setting) if of_programme else None,
        signature=_signature(document) if of_programme else None,
        decision=_decision(document),
        # Papers of offices at large rest on decrees whose titles begin alike.
        basis=_basis(document) if of_programme else {},
    )


def _subject(title: str) -> frozenset[str]:
    """The words that tell what a paper is about, less those every title has, year and place."""
    words = re.findall(r"\w+", _YEAR_AND_PLACE.split(comparable(title))[0])
    return frozenset(words) - _USUAL


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """A line without its number, its bullet and the mark at its end, for comparing."""
    text, before = fold(text), ""
    while text != before:
        text, before = _BULLET.sub("", text), text
    return text.rstrip(" .;,:/")


def _first_words(text: str, most: int = 9) -> str:
    words = bare_of_number(text).split(" ")
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def bare_of_number(text: str) -> str:
    """The words of a task on one line, without number and bullet."""
    text, before = squeeze(text), ""
    while text != before:
        text, before = _BULLET.sub("", text), text
    return text.rstrip(" .;,:/")


def _tasks(document: Document, setting: Setting) -> Iterable[Listed]:
    """The tasks that somebody leads or that have a deadline; one listed twice counts once.

    A table after tasks in paragraphs lists them again, maybe under short names.
    """
    made: dict[str, Listed] = {}
    again = sum(row.form != "bang" for row in document.rows) >= _IN_PARAGRAPHS
    for row in document.rows:
        if row.group or not (row.chu_tri or row.thoi_gian):
            continue
        points = tuple(_points(row))
        alone = len(points) == 1
        lead, time = (_lead(row, setting), _time(row, setting)) if alone else (None, None)
        for number, passage in points:
            first = passage.text.split("\n")[0]
            key = bare(first)
            if again and row.form == "bang" and key not in made:
                continue
            if key and (key not in made or made[key].lead is None):
                made[key] = Listed(number, first, key, passage.locate(0), lead, time)
    return made.values()


def _points(row: TaskRow) -> Iterator[tuple[str, Passage]]:
    """The tasks of a row, each with its number: under a heading each point is one."""
    texts = row.noi_dung
    if not texts:
        return
    first = item_number(texts[0]) if row.form != "bang" else None
    points = texts
    if row.form != "theo_nhom":
        points = texts[:1]
    elif first is not None and not texts[0].text.rstrip().endswith(_ENDS) and len(texts) > 1:
        points = texts[1:]
    elif first is not None:
        points = texts[:1]
    for passage in points:
        yield (row.number if passage is texts[0] else ""), passage


def _lead(row: TaskRow, setting: Setting) -> Said | None:
    named = named_in(row.chu_tri, setting)
    if not named or any(one.ma is None and _SHORT.search(one.mention.text) for one in named):
        return None  # "Phòng VH-XH" may be any of the offices
    key = tuple(sorted({one.ma or fold(one.mention.text) for one in named}))
    return Said("; ".join(bare_end(p.text) for p in row.chu_tri), key, row.chu_tri[0].locate(0))


def _time(row: TaskRow, setting: Setting) -> Said | None:
    if not row.thoi_gian:
        return None
    text = bare_end(" ".join(p.text for p in row.thoi_gian))
    read = read_deadline(text, setting.year)
    if not read.understood:
        return None
    key = (str(read.ket_thuc), str(read.lap)) if read.ket_thuc or read.lap else (read.loai,)
    return Said(text, key, row.thoi_gian[0].locate(0))


def bare_end(text: str) -> str:
    """`text` on one line without the mark at its end."""
    return squeeze(text).rstrip(" .;,/")


def _numbered(document: Document) -> tuple[str, ...]:
    """Kind, symbol, number and day of a document, as far as they are filled in."""
    written = document.written
    day = "/".join(str(part) for part in (written.day, written.month, written.year) if part)
    return fold(document.kind or ""), fold(document.symbol or ""), document.number or "", day


def _decision(document: Document) -> Said | None:
    """The decision that the line "(Kèm theo ...)" names: kind, symbol, number, day."""
    said = ATTACHED.search(document.attached or "")
    if said is None:
        return None
    found = _DAY.search(document.attached or "")
    day = "/".join(str(int(part)) for part in (found.groups() if found else ()) if part)
    place = document.title[-1].locate(0) if document.title else Place(shown_path(document.path))
    key = (fold(said["kind"]), fold(said["symbol"].rstrip(".)")), said["number"], day)
    return Said(squeeze(document.attached or ""), key, place)


def _themes(document: Document, setting: Setting) -> tuple[Said, ...] | None:
    """The unit's own themes of the year that the document names outside its tasks."""
    made: dict[str, Said] = {}
    speaks = False
    for passage in document.passages:
        if passage.role == "noi_dung" or "hủ đề" not in passage.text:
            continue
        for match in THEME.finditer(passage.text):
            speaks = True
            if not is_city_s(match, setting):
                key = fold(match["theme"])
                made.setdefault(
                    key, Said(match["theme"], (key,), passage.locate(match.start("theme")))
                )
    return tuple(made.values()) if speaks else None


def _signature(document: Document) -> Said | None:
    lines = document.signature
    if not lines or document.about.get(SIGNED_APART):
        return None
    posts = tuple(fold(line.text) for line in lines if line.text.isupper())
    name = "" if lines[-1].text.isupper() else fold(lines[-1].text)
    text = ", ".join(squeeze(line.text) for line in lines)
    return Said(text, (*posts, name), lines[0].locate(0))


def _basis(document: Document) -> dict[tuple[str, ...], Said]:
    """The documents that the opening rests on, by kind, issuer and title."""
    made: dict[tuple[str, ...], Said] = {}
    for passage in document.passages:
        if passage.role != "chu" or not _BASIS.match(comparable(passage.text)):
            continue
        for cited in cited_in(passage):
            citation = cited.citation
            title = re.findall(r"\w+", comparable(cited.following))[:_TITLE_WORDS]
            if not citation.so or len(title) < _TITLE_WORDS // 2:
                continue
            day = citation.ngay.strftime("%d/%m/%Y") if citation.ngay else ""
            key = (fold(citation.loai or ""), fold(citation.co_quan or ""), *title)
            said = (citation.so, citation.nam or "", fold(citation.ky_hieu or ""), day)
            name = citation_name(citation) + (f" ngày {day}" if day else "")
            made.setdefault(key, Said(name, said, passage.locate(citation.start)))
    return made
