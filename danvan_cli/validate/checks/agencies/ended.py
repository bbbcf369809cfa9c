"""DV402: an agency that no longer exists, in a cell or in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.grammar.deadline.reader import read_deadline
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.load.folders import LAYER_NAMES
from danvan_cli.localize.book import AgencyBook
from danvan_cli.localize.offices import offices_of_kind
from danvan_cli.passage import Passage
from danvan_cli.text import comparable, nfc
from danvan_cli.validate.checks.agencies.named import Named, named_in, on_date
from danvan_cli.validate.checks.spans import citation_spans, inside, quoted_spans
from danvan_cli.validate.setting import Setting, Work

_, _OF_CITY, _ = LAYER_NAMES
_PAST = re.compile(rf"{any_of('da_qua')}|\(trước|cũ\)|(?<!\w)(?:đã|chưa) {any_of('da_lam')}")
_PLACE_OF_WORK = re.compile(r"(?<!\w)cơ\s$")
"""Before "sở du lịch": the places of a trade, not an office."""
_JOINT = re.compile(any_of("lien_co_quan"))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FILLED = re.compile(r"\{(?:co_quan|viet_tat)\.([a-z0-9-]+)\}", re.IGNORECASE)
_CLAUSE = re.compile(r"[;\n]|\.(?=\s|$)")


def named_in_cell(one: Named, setting: Setting) -> Iterator[Finding]:
    """DV402 on an agency of a cell, judged on the document's date, else the year's first day."""
    if one.ma is not None and has_ended(one, setting):
        span = (one.mention.start, one.mention.end)
        yield _ended(one.passage, span, one.ma, setting, one.book)


def ends_before_deadline(work: Work, setting: Setting) -> Iterator[Finding]:
    """DV402 on an agency that will be gone before the task it is given is due."""
    # Who leads and who helps may be told apart from the deadline; `given` then says it whole.
    given = (*work.given, *((*work.leads, *work.helpers) if work.deadline else ()))
    end, when = _until(work, setting) if given else (None, "")
    if end is None:
        return
    for one in named_in(given, setting):
        last = one.book.last_day(one.ma) if one.ma else None
        if last is None or last >= end or has_ended(one, setting):
            continue
        if one.ma and not _heard_of(one.book, one.ma, setting):
            continue
        heirs = " hoặc ".join(f"'{name}'" for name in one.book.heirs(str(one.ma)))
        message = (
            f"'{one.shown}' chỉ tồn tại đến ngày {in_figures(last)}, {when}. "
            f"Ghi cơ quan làm việc này từ sau ngày đó{f': {heirs}' if heirs else ''}."
        )
        yield one.passage.finding("DV402", one.mention.start, one.mention.end, message)


def _until(work: Work, setting: Setting) -> tuple[date | None, str]:
    """The last day a task is done on and how to say so: without a deadline of its own all year."""
    read = read_deadline(work.deadline.text, setting.year) if work.deadline else None
    if read is not None and read.ket_thuc is not None:
        return read.ket_thuc, f"trước hạn của nhiệm vụ ({in_figures(read.ket_thuc)})"
    if not setting.year_known or (read is not None and not read.understood):
        return None, ""
    return date(setting.year, 12, 31), f"nhiệm vụ thì cả năm {setting.year}"


def has_ended(one: Named, setting: Setting) -> bool:
    """Whether the agency no longer exists on the day the text is judged on."""
    if one.ma is None or not _heard_of(one.book, one.ma, setting):
        return False
    return one.book.over(one.ma, on_date(setting))


def _heard_of(book: AgencyBook, ma: str, setting: Setting) -> bool:
    """Whether the agency is one of the text's own city or of the whole country."""
    if setting.home:
        return True
    source = book.by_id[ma].ma.source
    return source is None or source.layer != _OF_CITY


def named_in_text(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """DV402 in running text, where no old document, title or quotation is speaking.

    An agency that a placeholder names is to be printed, so there none of them can speak.
    """
    book = setting.agencies
    when, text = on_date(setting), passage.text
    for filled in _FILLED.finditer(text) if "{" in text else ():
        if filled[1] in book.by_id and book.over(filled[1], when):
            yield _ended(passage, filled.span(1), filled[1], setting, book)
    found = [
        match
        for match in book.mentions(text)
        if book.over(match.id, when)
        and _heard_of(book, match.id, setting)
        and not _PLACE_OF_WORK.search(comparable(text[max(0, match.start - 4) : match.start]))
    ]
    if not found:
        return
    others = citation_spans(text) + quoted_spans(text)
    for match in found:
        if inside(match.start, others):
            continue
        clause = _clause(text, match.start, match.end)
        if _PAST.search(clause) or _JOINT.search(clause) or _of_its_time(clause, match.id, book):
            continue
        yield _ended(passage, (match.start, match.end), match.id, setting, book)


def _of_its_time(clause: str, ma: str, book: AgencyBook) -> bool:
    """Whether `clause` tells of a year in which the agency still was."""
    last = book.last_day(ma)
    return last is not None and any(int(y) <= last.year for y in _YEAR.findall(clause))


def _clause(text: str, start: int, end: int) -> str:
    """The clause that holds `text[start:end]`, in comparable form."""
    stops = [m.end() for m in _CLAUSE.finditer(text, 0, start)]
    after = _CLAUSE.search(text, end)
    begin, stop = stops[-1] if stops else 0, after.start() if after else len(text)
    return comparable(nfc(text[begin:stop]))


def _ended(
    passage: Passage, span: tuple[int, int], ma: str, setting: Setting, book: AgencyBook
) -> Finding:
    when = on_date(setting)
    successor = book.successor(ma, when)
    if successor and passage.role == "chu_tri" and setting.unit is not None:
        local = offices_of_kind(setting.catalogue, setting.unit.loai).local_ids(successor)
        successor = local[0] if local else successor
    text = passage.text[slice(*span)]
    last = book.last_day(ma)
    until = in_figures(last) if last else ""
    remedy = "Ghi cơ quan hiện làm việc này."
    heirs = book.heirs(ma)
    if len(heirs) > 1:
        remedy = f"Theo lĩnh vực, ghi {' hoặc '.join(repr(name) for name in heirs)}."
    if successor:
        name = book.names[successor]
        remedy = f"Thay bằng '{name}'."
        if text in book.by_id:
            remedy = f"Thay bằng '{successor}' ({name})."
    message = f"'{book.names.get(text, text)}' chỉ tồn tại đến ngày {until}. {remedy}"
    new = None
    if successor is not None and book.by_id[successor].tap_the is None:
        new = successor if text in book.by_id else book.names[successor]
    return passage.finding("DV402", *span, message, new)
