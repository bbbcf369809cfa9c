"""Checks of agencies (DV401 to DV408) in the cells and the running text of a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.agency.reader import AgencyMention
from danvan_cli.grammar.dates import from_figures, in_figures
from danvan_cli.passage import Passage
from danvan_cli.text import comparable, fold, nfc
from danvan_cli.validate.checks.agencies.names import KnownAgencies, cell_of, key_of, known_agencies
from danvan_cli.validate.checks.spans import citation_spans, inside, quoted_spans
from danvan_cli.validate.setting import Setting

UNKNOWN, ENDED, ABOVE, NO_LEAD = "DV401", "DV402", "DV403", "DV404"
LEAD_HELPS, TWO_SPELLINGS, NOBODY, ORDERED = "DV405", "DV406", "DV407", "DV408"

_CELLS = ("chu_tri", "phoi_hop")
_PAST = re.compile(
    r"trước đây|\(trước|nguyên là|nay là|sáp nhập|hợp nhất|giải thể|kết thúc hoạt động|tiền thân|cũ\)"
    r"|chuyển từ|bàn giao|tiếp nhận từ|thành lập trên cơ sở"
)
_JOINT = re.compile(
    r"(?:chương trình|quy chế|kế hoạch|hướng dẫn)\s+(?:phối hợp|liên ngành|liên tịch)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CLAUSE = re.compile(r"[;\n]|\.(?=\s|$)")


def check_passage(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """DV401 to DV403, DV407, DV408 on a cell of agencies; DV402 on any other text but a deadline.

    An unknown office is reported only in a document (reading YAML reports its own), and only
    where it is one letter off a known one: units have offices no register knows. Abolition is judged on the document's own date, else
    the first day of the programme's year.
    """
    known = known_agencies(setting.catalogue, setting.unit)
    if passage.role not in _CELLS:
        if passage.role != "thoi_gian":
            yield from _ended_in_text(passage, setting, known)
        return
    mentions = cell_of(passage.text).phan
    for mention in mentions:
        yield from _mention(passage, mention, setting, known)
    if passage.role == "chu_tri" and setting.kind == "van_ban":
        yield from _nobody(passage, mentions)


def on_date(setting: Setting) -> date:
    """The day a text is judged on: the first it speaks of; the dawn of time where none is known."""
    days = [day for day in (setting.earliest, setting.speaks_of) if day]
    return min(days, default=date.min)


def _mention(
    passage: Passage, mention: AgencyMention, setting: Setting, known: KnownAgencies
) -> Iterator[Finding]:
    ma = known.resolve(mention.text)
    if ma is None:
        if setting.kind == "van_ban":
            yield from _misspelt(passage, mention, known)
        return
    if known.over(ma, on_date(setting)):
        yield _ended(passage, mention.start, mention.end, ma, setting, known)
        return
    if passage.role != "chu_tri" or mention.de_nghi:
        return
    agency = known.by_id[ma]
    commune = setting.unit is not None and not setting.catalogue.is_city(setting.unit.loai)
    above = commune and agency.cap not in setting.catalogue.commune_levels
    if above and setting.kind == "van_ban":
        yield _above(passage, mention, ma, setting, known)
    elif agency.khoi == "mat_tran" and agency.tap_the is None and setting.kind != "danh_muc":
        yield _ordered(passage, mention, _shown(mention.text, known))


def _misspelt(passage: Passage, mention: AgencyMention, known: KnownAgencies) -> Iterator[Finding]:
    slip = known.misspelt(mention.text)
    if slip is None:
        return
    wrong, right = slip
    low = comparable(mention.text)
    place = re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", low)
    if place is None or len(low) != len(mention.text):
        return
    at = place.start()
    written = mention.text[at : at + len(wrong)]
    right = right.capitalize() if written[0].isupper() else right
    name = mention.text[:at] + right + mention.text[at + len(wrong) :]
    message = (
        f"Không có cơ quan nào tên '{mention.text}': chữ '{written}' viết sai. Có phải '{name}'?"
    )
    start = mention.start + at
    yield passage.finding(UNKNOWN, start, start + len(wrong), message, right)


def _ended(
    passage: Passage, start: int, end: int, ma: str, setting: Setting, known: KnownAgencies
) -> Finding:
    when = on_date(setting)
    successor = known.successor(ma, when)
    local = _local_refs(successor, setting, known) if successor else []
    if local and passage.role == "chu_tri":
        successor = local[0]
    text = passage.text[start:end]
    message = ended_message(_shown(text, known), ma, successor, known)
    new = None
    if successor is not None and known.by_id[successor].tap_the is None:
        new = successor if text in known.by_id else known.names[successor]
    return passage.finding(ENDED, start, end, message, new)


def ended_message(name: str, ma: str, successor: str | None, known: KnownAgencies) -> str:
    """What DV402 says of the agency `ma`, called `name`, that `successor` stands for."""
    last = from_figures(known.by_id[ma].den_ngay or "")
    until = in_figures(last) if last else ""
    new = f"Thay bằng '{known.names[successor]}'." if successor else "Ghi cơ quan nay làm việc này."
    return f"'{name}' chỉ tồn tại đến ngày {until}. {new}"


def _above(
    passage: Passage, mention: AgencyMention, ma: str, setting: Setting, known: KnownAgencies
) -> Finding:
    unit = setting.unit
    kind = setting.catalogue.kinds[unit.loai].ten if unit else ""
    refs = _local_refs(ma, setting, known)
    name = known.names.get(refs[0]) if refs else None
    hint = f"Có phải '{name}'?" if name else f"Ghi cơ quan của {kind} làm việc này."
    message = (
        f"'{mention.text}' không phải cơ quan của {kind}, không giao chủ trì được. {hint} "
        f"Nếu chỉ xin ý kiến, hướng dẫn thì chuyển sang cơ quan phối hợp."
    )
    return passage.finding(ABOVE, mention.start, mention.end, message, None)


def _local_refs(ma: str, setting: Setting, known: KnownAgencies) -> list[str]:
    unit = setting.unit
    layer = setting.catalogue.maps.get(unit.loai, {}) if unit else {}
    for key, refs in layer.items():
        if known.resolve(key) == ma:
            found = [known.resolve(ref.co_quan) for ref in refs]
            return [one for one in found if one]
    return []


def _shown(text: str, known: KnownAgencies) -> str:
    """What people call the agency that a YAML file may name by its id."""
    return known.names.get(text, text)


def _ordered(passage: Passage, mention: AgencyMention, name: str) -> Finding:
    message = (
        f"'{name}' được giao chủ trì: văn bản của Ủy ban nhân dân không giao việc cho "
        f"Mặt trận, đoàn thể. Chuyển sang phối hợp: 'đề nghị {name} phối hợp thực hiện'."
    )
    return passage.finding(ORDERED, mention.start, mention.end, message)


def _nobody(passage: Passage, mentions: tuple[AgencyMention, ...]) -> Iterator[Finding]:
    """DV407: a task led by "các phòng, đơn vị liên quan" and no one else is led by nobody."""
    if not mentions or not all(m.tap_the and fold(m.text).endswith("liên quan") for m in mentions):
        return
    start, end = mentions[0].start, mentions[-1].end
    message = (
        f"'{passage.text[start:end]}' chủ trì thì không rõ cơ quan nào chịu trách nhiệm. "
        f"Ghi tên một cơ quan chủ trì, để các cơ quan liên quan ở phần phối hợp."
    )
    yield passage.finding(NOBODY, start, end, message)


def _ended_in_text(passage: Passage, setting: Setting, known: KnownAgencies) -> Iterator[Finding]:
    """DV402 in running text, where no old document, title or quotation is speaking."""
    when, text = on_date(setting), passage.text
    if not known.ended.search(comparable(nfc(text))):
        return
    found = [m for m in known.index.find(text) if known.over(m.id, when)]
    if not found:
        return
    others = citation_spans(text) + quoted_spans(text)
    for match in found:
        if inside(match.start, others):
            continue
        clause = _clause(text, match.start, match.end)
        if _PAST.search(clause) or _JOINT.search(clause) or _of_its_time(clause, match.id, known):
            continue
        yield _ended(passage, match.start, match.end, match.id, setting, known)


def _of_its_time(clause: str, ma: str, known: KnownAgencies) -> bool:
    """Whether `clause` tells of a year in which the agency still was."""
    last = from_figures(known.by_id[ma].den_ngay or "")
    return last is not None and any(int(y) <= last.year for y in _YEAR.findall(clause))


def _clause(text: str, start: int, end: int) -> str:
    """The clause that holds `text[start:end]`, in comparable form."""
    stops = [m.end() for m in _CLAUSE.finditer(text, 0, start)]
    after = _CLAUSE.search(text, end)
    begin, stop = stops[-1] if stops else 0, after.start() if after else len(text)
    return comparable(nfc(text[begin:stop]))


def check_assignment(
    lead: Passage | None, helpers: Passage | None, setting: Setting
) -> Iterator[Finding]:
    """DV404 and DV405: those who help have someone to help, who is not one of them."""
    if helpers is None:
        return
    helping = cell_of(helpers.text).phan
    leading = cell_of(lead.text).phan if lead is not None else ()
    if helping and not leading:
        yield _no_lead(helpers, helping)
        return
    known = known_agencies(setting.catalogue, setting.unit)
    leads = {_who(m, known) for m in leading}
    for mention in helping:
        if _who(mention, known) in leads and not mention.vai_tro:
            message = (
                f"'{mention.text}' vừa chủ trì vừa phối hợp cùng một nhiệm vụ. "
                f"Bỏ ở phần phối hợp, hoặc ghi cơ quan khác chủ trì."
            )
            yield helpers.finding(LEAD_HELPS, mention.start, mention.end, message)


def _who(mention: AgencyMention, known: KnownAgencies) -> str:
    """Whom a mention means; a collective only in so many words ("liên quan" narrows it)."""
    words = known.places.sub("", key_of(mention.text))
    return words if mention.tap_the else known.resolve(mention.text) or words


def _no_lead(helpers: Passage, helping: tuple[AgencyMention, ...]) -> Finding:
    first = helping[0]
    message = (
        f"Nhiệm vụ có cơ quan phối hợp ('{first.text}') mà không có cơ quan chủ trì. "
        f"Ghi cơ quan chủ trì, hoặc chuyển '{first.text}' sang chủ trì."
    )
    return helpers.finding(NO_LEAD, first.start, first.end, message)


def check_passages(passages: Iterable[Passage], setting: Setting) -> Iterator[Finding]:
    """DV406: one agency under two names in the cells of one document.

    Collectives are left out, and so are differences of tone marks, dashes, case and of the
    unit's own name after the agency's. One finding for each spelling that is not the main one.
    """
    known = known_agencies(setting.catalogue, setting.unit)
    seen: dict[str, dict[str, list[tuple[Passage, AgencyMention]]]] = defaultdict(dict)
    for passage in passages:
        if passage.role not in _CELLS:
            continue
        for mention in cell_of(passage.text).phan:
            ma = known.resolve(mention.text)
            if ma is None or known.by_id[ma].tap_the or mention.text in known.by_id:
                continue
            spelling = _spelling(mention.text, known)
            seen[f"{ma} {_body(spelling)}"].setdefault(spelling, []).append((passage, mention))
    for by_spelling in seen.values():
        if len(by_spelling) > 1:
            yield from _two_spellings(by_spelling, known)


def _spelling(text: str, known: KnownAgencies) -> str:
    return known.places.sub("", fold(text))


def _body(spelling: str) -> str:
    """Which body of the agency is meant: its standing committee and its head are not the whole."""
    return next((w for w in ("thường trực", "chủ tịch", "trưởng") if spelling.startswith(w)), "")


def _two_spellings(
    by_spelling: dict[str, list[tuple[Passage, AgencyMention]]], known: KnownAgencies
) -> Iterator[Finding]:
    counts = Counter({spelling: len(uses) for spelling, uses in by_spelling.items()})
    ma = known.resolve(next(iter(by_spelling.values()))[0][1].text)
    official = _spelling(known.names[ma], known) if ma else ""
    main = max(counts, key=lambda s: (s == official, counts[s], len(s)))
    right = by_spelling[main][0][1].text
    for spelling, uses in by_spelling.items():
        if spelling == main:
            continue
        passage, mention = uses[0]
        times = f" ({len(uses)} chỗ)" if len(uses) > 1 else ""
        message = (
            f"'{mention.text}'{times} và '{right}' ({counts[main]} chỗ) là một cơ quan. "
            f"Dùng một cách viết trong cả văn bản: '{right}'."
        )
        yield passage.finding(TWO_SPELLINGS, mention.start, mention.end, message, right)
