"""Agencies in cells: unknown (DV401), above the unit (DV403), nobody's task (DV407), ordered (DV408)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from danvan_cli.findings import Edit, Finding
from danvan_cli.localize.offices import offices_of_kind
from danvan_cli.problems import unknown_agency
from danvan_cli.text import fold, nearest
from danvan_cli.validate.checks.agencies.ended import has_ended
from danvan_cli.validate.checks.agencies.named import CellAgencies, Named
from danvan_cli.validate.setting import Setting

_SURE, _NEAR = 0.85, 0.6


def unknown(named: Named, setting: Setting) -> Iterator[Finding]:
    """DV401: in a catalogue any office that is in no register; in a document one a letter off.

    Units have offices no register knows; of a unit's file localising says it.
    """
    if named.ma is not None:
        return
    if setting.kind == "danh_muc":
        yield _not_registered(named)
    elif setting.kind == "van_ban":
        yield from _misspelt(named)


def _not_registered(named: Named) -> Finding:
    book, name = named.book, named.mention.text
    ids = [ma for ma in book.by_id if len(name) > 4 and ma.startswith(name)]
    official = [str(a.ten) for a in book.by_id.values()]
    names = [*book.by_id, *official]
    near = ids[0] if len(ids) == 1 else nearest(name, names, cutoff=_NEAR)
    place = named.passage.locate(named.mention.start)
    sure = nearest(name, names, cutoff=_SURE)
    found = unknown_agency(name, place, near)
    return replace(found, fix=Edit(place, name, sure)) if sure else found


def _misspelt(named: Named) -> Iterator[Finding]:
    mention = named.mention
    slip = named.book.misspelt(mention.text)
    if slip is None:
        return
    at, end, right = slip
    written = mention.text[at:end]
    right = right.capitalize() if written[0].isupper() else right
    name = mention.text[:at] + right + mention.text[end:]
    message = (
        f"Không có cơ quan nào tên '{mention.text}': chữ '{written}' viết sai. Có phải '{name}'?"
    )
    start = mention.start + at
    yield named.passage.finding("DV401", start, mention.start + end, message, right)


def above(named: Named, setting: Setting) -> Iterator[Finding]:
    """DV403 on the head of a commune's task that is no office of the commune."""
    ma, unit = named.ma, setting.unit
    if ma is None or not _leads(named, setting) or setting.kind != "van_ban":
        return
    catalogue = setting.catalogue
    if unit is None or catalogue.is_city(unit.loai):
        return
    if named.book.by_id[ma].cap in catalogue.commune_levels:
        return
    kind = catalogue.kinds[unit.loai].ten
    refs = offices_of_kind(catalogue, unit.loai).local_ids(ma)
    name = named.book.names.get(refs[0]) if refs else None
    hint = f"Có phải '{name}'?" if name else f"Ghi cơ quan của {kind} làm việc này."
    message = (
        f"'{named.mention.text}' không phải cơ quan của {kind}, không giao chủ trì được. {hint} "
        f"Nếu chỉ xin ý kiến, hướng dẫn thì chuyển sang cơ quan phối hợp."
    )
    yield named.passage.finding("DV403", named.mention.start, named.mention.end, message, None)


def ordered(named: Named, setting: Setting) -> Iterator[Finding]:
    """DV408 on the Front or a union that is ordered to lead."""
    ma = named.ma
    if ma is None or setting.of_union or not _leads(named, setting):
        return
    agency = named.book.by_id[ma]
    sector = setting.catalogue.sectors.get(str(agency.khoi)) if agency.khoi else None
    if sector is None or sector.giao_viec is None or agency.tap_the is not None:
        return
    name = named.shown
    remedy = (
        "Chuyển sang 'phoi_hop' và ghi 'de_nghi'."
        if setting.kind == "danh_muc"
        else f"Chuyển sang phối hợp: 'đề nghị {name} phối hợp thực hiện'."
    )
    message = (
        f"'{name}' được giao chủ trì: văn bản của Ủy ban nhân dân không giao việc cho "
        f"{sector.ten}. {remedy}"
    )
    yield named.passage.finding("DV408", named.mention.start, named.mention.end, message)


def _leads(named: Named, setting: Setting) -> bool:
    """Whether the agency is given a task to lead, and still exists to lead it."""
    if named.passage.role != "chu_tri" or named.mention.de_nghi:
        return False
    return not has_ended(named, setting)


def led_by_a_collective(cell: CellAgencies, setting: Setting) -> Iterator[Finding]:
    """DV407: a task led by "các phòng, đơn vị liên quan" and no one else has no one to lead it."""
    mentions = [one.mention for one in cell.agencies]
    if cell.passage.role != "chu_tri" or setting.kind != "van_ban" or not mentions:
        return
    if not all(m.tap_the and fold(m.text).endswith("liên quan") for m in mentions):
        return
    start, end = mentions[0].start, mentions[-1].end
    message = (
        f"'{cell.passage.text[start:end]}' chủ trì thì không rõ cơ quan nào chịu trách nhiệm. "
        f"Ghi tên một cơ quan chủ trì, để các cơ quan liên quan ở phần phối hợp."
    )
    yield cell.passage.finding("DV407", start, end, message)
