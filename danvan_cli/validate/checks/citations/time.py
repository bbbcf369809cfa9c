"""Documents cited out of their time: of a later day (DV506), of two days (DV508), out of force (DV511).

With them what the register does not know (DV512), or has not wholly checked (DV519).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import in_figures
from danvan_cli.passage import Passage
from danvan_cli.problems import at_line
from danvan_cli.text import nearest, nfc
from danvan_cli.validate.checks.agencies.named import on_date
from danvan_cli.validate.checks.citations.cited import (
    Cited,
    citation_name,
    cited_in,
    date_place,
    may_be_looked_up,
    number_place,
)
from danvan_cli.validate.checks.citations.register import (
    NumberKey,
    Register,
    RegisterEntry,
    issuer_key,
    may_be_one,
    number_key,
    register_of,
)
from danvan_cli.validate.checks.citations.unlike_register import wrong_date
from danvan_cli.validate.setting import Setting

_FILLED = re.compile(r"\{van_ban\w*\.([a-z0-9-]+)\}")
_REPLACING = re.compile(
    r"thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|không còn hiệu lực|sửa đổi|bổ sung|trước đây",
    re.IGNORECASE,
)


def issued_later(cited: Cited, setting: Setting) -> Iterator[Finding]:
    """DV506 on what was issued after the document that cites it."""
    citation, day = cited.citation, cited.citation.ngay
    latest = setting.latest
    if day is None or latest is None or day <= latest or citation.loi:
        return
    why = f"sau ngày của văn bản này ({in_figures(latest)})"
    if setting.issued is None and setting.until is None:
        why = f"sau năm {setting.year} của chương trình"
    elif setting.issued is None:
        why = f"sau thời gian của văn bản này (chậm nhất là {in_figures(latest)})"
    start, end = date_place(citation)
    message = (
        f"{citation_name(citation)} ghi ngày '{cited.passage.text[start:end]}', {why}. "
        f"Đối chiếu bản gốc rồi sửa ngày."
    )
    yield cited.passage.finding("DV506", start, end, message)


def out_of_force(cited: Cited, setting: Setting) -> Iterator[Finding]:
    """DV511 on what is no longer in force, unless the text itself says it is being replaced."""
    register = register_of(setting.catalogue)
    entry = _entry_of(cited, register, setting) if may_be_looked_up(cited, setting) else None
    if entry is None or entry.ended is None or entry.ended > on_date(setting):
        return
    if _REPLACING.search(nfc(cited.before)) or _REPLACING.search(nfc(cited.following)[:60]):
        return
    citation = cited.citation
    heir = _heir(entry, register, on_date(setting))
    remedy = f"Dẫn {heir.shown}" if heir else "Dẫn văn bản đang có hiệu lực"
    message = (
        f"{citation_name(citation)} hết hiệu lực từ ngày {in_figures(entry.ended)}. "
        f"{remedy}, hoặc bỏ viện dẫn này."
    )
    yield cited.passage.finding("DV511", citation.start, citation.end, message)


def filled_out_of_force(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """DV511 on what a placeholder cites by its id in the register."""
    for filled in _FILLED.finditer(passage.text) if "{" in passage.text else ():
        register, when = register_of(setting.catalogue), on_date(setting)
        entry = register.by_id.get(filled[1])
        if entry is None or entry.ended is None or entry.ended > when:
            continue
        heir = _heir(entry, register, when)
        remedy = f"Ghi mã '{heir.document.ma}' ({heir.shown})" if heir else "Ghi văn bản thay thế"
        message = (
            f"{entry.shown} ('{filled[1]}') hết hiệu lực từ ngày {in_figures(entry.ended)}. "
            f"{remedy}, hoặc bỏ viện dẫn này."
        )
        yield passage.finding("DV511", *filled.span(1), message)


def unchecked(passages: Iterable[Passage], setting: Setting) -> Iterator[Finding]:
    """DV519, once for each entry, on what the register has not wholly compared with the original."""
    if setting.kind == "danh_muc" or not setting.home:
        return  # A paper of other offices was made from other registers.
    register, told = register_of(setting.catalogue), set[str]()
    for cited in (one for passage in passages for one in cited_in(passage)):
        entry = _entry_of(cited, register, setting) if may_be_looked_up(cited, setting) else None
        if entry is None or entry.document.kiem_tra is None or entry.document.ma in told:
            continue
        told.add(str(entry.document.ma))
        why = f": {_lowered(entry.document.ghi_chu)}" if entry.document.ghi_chu else "."
        citation = cited.citation
        message = (
            f"Sổ văn bản chưa đối chiếu xong {citation_name(citation)}{why} Đối chiếu bản gốc trước khi ký; "
            f"xong thì bỏ 'kiem_tra' ở '{entry.document.ma}' trong phap_ly.yaml."
        )
        yield cited.passage.finding("DV519", citation.start, citation.end, message)


def _lowered(note: str) -> str:
    """A note as the end of a sentence."""
    text = " ".join(note.split()).rstrip(".") + "."
    first, second = (*text.split()[:2], "")[:2]
    named = first[1:2].isupper() or second[:1].isupper() or second == "ban"
    return text if named else text[0].lower() + text[1:]


def _entry_of(cited: Cited, register: Register, setting: Setting) -> RegisterEntry | None:
    """The one document of the register that a citation means."""
    citation = cited.citation
    issuer = issuer_key(citation.co_quan, setting.catalogue)
    if citation.so is not None:
        found = [e for e in register.numbered(citation) if may_be_one(issuer, e.issuer)]
    else:
        found = list(register.named(citation))
        if citation.nam and not citation.ngay:
            found = [e for e in found if e.day and str(e.day.year) == citation.nam]
    if citation.ngay:
        found = [e for e in found if e.day in (None, citation.ngay)]
    when = on_date(setting)
    living = [e for e in found if e.ended is None or e.ended > when]
    if citation.ngay or citation.nam:
        return found[0] if len(found) == 1 else None
    return living[0] if living else (found[0] if found else None)


def _heir(entry: RegisterEntry, register: Register, when: date) -> RegisterEntry | None:
    """The document in force that replaces `entry`, over as many steps as it takes."""
    seen = {str(entry.document.ma)}
    heir = register.by_id.get(str(entry.document.thay_bang))
    while heir and heir.ended and heir.ended <= when and str(heir.document.ma) not in seen:
        seen.add(str(heir.document.ma))
        heir = register.by_id.get(str(heir.document.thay_bang))
    return heir


def not_registered(cited: Cited, setting: Setting) -> Iterator[Finding]:
    """DV512 on what the catalogue cites and its own register has not."""
    citation, register = cited.citation, register_of(setting.catalogue)
    if setting.kind != "danh_muc" or not may_be_looked_up(cited, setting):
        return
    if register.numbered(citation) or register.named(citation):
        return
    names = [str(e.document.so_hieu) for e in register.entries if e.document.so_hieu]
    start, end = number_place(citation)
    near = nearest(cited.passage.text[start:end], names, cutoff=0.8) if citation.so else None
    hint = f" Gần nhất trong sổ: {near}." if near else ""
    message = (
        f"{citation_name(citation)} chưa có trong sổ văn bản.{hint} "
        f"Đối chiếu bản gốc rồi thêm vào phap_ly.yaml."
    )
    yield cited.passage.finding("DV512", start, end, message)


def two_dates(passages: Iterable[Passage], setting: Setting) -> Iterator[Finding]:
    """DV508: one number under two dates in one document; the registered date is the right one.

    Numbers begin anew each year and every office has its own, so two dates of two years are one
    document only where number or title says so.
    """
    register = register_of(setting.catalogue)
    groups: dict[NumberKey, list[Cited]] = defaultdict(list)
    for passage in passages:
        for cited in cited_in(passage):
            key = number_key(cited.citation)
            if key and cited.citation.ngay and not cited.citation.loi:
                groups[key].append(cited)
    for key, cites in groups.items():
        if len({c.citation.ngay for c in cites}) > 1:
            registered = {e.day for e in register.by_number.get(key, ())}
            yield from _two_dates(cites, registered, register, setting)


def _two_dates(
    cites: list[Cited], registered: set[date | None], register: Register, setting: Setting
) -> Iterator[Finding]:
    known = [c.citation.ngay for c in cites if c.citation.ngay in registered]
    if not known:
        # Of a date that the register alone puts right, DV509 says so.
        cites = [c for c in cites if not wrong_date(c, register, setting)]
    counts = Counter(c.citation.ngay for c in cites)
    if len(counts) < 2:
        return
    main_day = known[0] if known else counts.most_common(1)[0][0]
    main = next(c for c in cites if c.citation.ngay == main_day)
    seen: set[date | None] = {main_day, *registered}
    for cited in cites:
        day = cited.citation.ngay
        if day in seen or day is None or main_day is None:
            continue
        if not (_one(main, cited, setting) or wrong_date(cited, register, setting)):
            continue
        seen.add(day)
        start, end = date_place(cited.citation)
        place = main.passage.locate(main.citation.start)
        where = place.where or at_line(place, cited.passage.locate(start))
        remedy = (
            f"đúng như sổ văn bản. Sửa thành '{in_figures(main_day)}'."
            if known
            else "chưa biết ngày nào đúng. Đối chiếu bản gốc, ghi một ngày."
        )
        message = (
            f"{citation_name(cited.citation)} ghi ngày '{cited.passage.text[start:end]}' nhưng ở {where} "
            f"ghi ngày '{in_figures(main_day)}', {remedy}"
        )
        yield cited.passage.finding("DV508", start, end, message)


def _one(first: Cited, second: Cited, setting: Setting) -> bool:
    """Whether two citations of one number and two dates mean one document."""
    a, b = first.citation, second.citation
    issuers = (issuer_key(c.co_quan, setting.catalogue) for c in (a, b))
    if a.ngay is None or b.ngay is None or not may_be_one(*issuers):
        return False
    if a.nam is not None or a.ngay.year == b.ngay.year:
        return True
    return bool(a.ten and b.ten and nearest(a.ten, [b.ten], cutoff=0.8))
