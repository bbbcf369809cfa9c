"""Deadlines of a task table ("Thời gian thực hiện"): what was written, and what it means.

The words stay as written and the value is checked, so a `Deadline` carries both. `before D` ends
the day before D; `by D` and `until D` end on D; a month, quarter, half-year or year ends on its
last day.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from danvan_cli.grammar.deadline.moments import Moment, Point, TimeKind, printed
from danvan_cli.grammar.deadline.parts import Part, label_end, read_parts
from danvan_cli.grammar.deadline.tokens import Token, tokens_of
from danvan_cli.grammar.spans import NO_SPAN, Span
from danvan_cli.text import new_tone, nfc, nfc_with_offsets, squeeze

_BY_UNIT = {"day": "ngay", "week": "khac", "month": "thang", "quarter": "quy", "year": "nam"}
_BY_ROUND = {"tháng": "hang_thang", "quý": "hang_quy", "năm": "hang_nam"}


@dataclass(frozen=True)
class Deadline:
    """A deadline as written and as read.

    `loai` is one of ngay, truoc_ngay, thang, quy, sau_thang, nam, nhieu_nam, giai_doan,
    hang_thang, hang_quy, hang_nam, thuong_xuyen, theo_chi_dao, khac. `bat_dau` and `ket_thuc` are
    the first and the last day that count, None where there is none or it cannot be known; `lap_tu`
    and `lap` those of each round of a recurring deadline (MM-DD, DD within a month). `phan` holds
    the parts of a deadline that has several, `ghi_chu` the remark after the time, `mo_dau` the
    words before it, `loi` the codes `ngay-khong-co` and `nguoc`.

    `span`, and those of `moment`, its points and `tokens`, are offsets into the text that was read
    (as given, whatever its Unicode form); `text` of a part is its own words.
    """

    text: str
    loai: str
    bat_dau: date | None = None
    ket_thuc: date | None = None
    lap: str | None = None
    lap_tu: str | None = None
    phan: tuple[Deadline, ...] = ()
    ghi_chu: str = ""
    loi: tuple[str, ...] = ()
    mo_dau: str = ""
    understood: bool = True
    moment: Moment | None = field(default=None, repr=False)
    joiner: str = field(default="", repr=False)
    span: Span = NO_SPAN
    tokens: tuple[Token, ...] = field(default=(), repr=False, compare=False)

    @property
    def meaning(self) -> tuple[object, ...]:
        """What the deadline says, whatever its spelling: two with the same meaning are one."""
        return (
            self.loai, self.bat_dau, self.ket_thuc, self.lap, self.lap_tu, self.loi,
            self.understood, tuple(part.meaning for part in self.phan),
        )  # fmt: skip


LONGEST = 2_000
"""Characters beyond which a text is no deadline, and is not read as one."""


@lru_cache(maxsize=4096)
def read_deadline(text: str, year: int | None = None) -> Deadline:
    """The deadline that `text` states.

    `year` is the programme's year, for phrases that give none (`Quý I, II và III`); without it
    their dates are None. Never raises: a phrase that says nothing of a time gives `khac` with
    `understood` False.
    """
    span = _inner(text)
    if len(text) > LONGEST:
        return Deadline(text, "khac", understood=False, span=span)
    composed, offsets = nfc_with_offsets(text)
    # One for one, so that places stay: a line end of Windows is a space and a line feed.
    composed = composed.replace("\r\n", " \n").replace("\r", "\n")
    tokens = tuple(tokens_of(composed, label_end(composed)))
    found = [_placed(part, offsets) for part in _shared(read_parts(composed, tokens))]
    parts = [_deadline(part, part.span.of(text), year) for part in found]
    whole = _spread(parts[0]) if len(parts) == 1 else _together(text, tuple(parts))
    placed = (t._replace(start=offsets[t.start], end=offsets[t.end]) for t in tokens)
    return replace(whole, text=text, span=span, tokens=tuple(placed))


def _inner(text: str) -> Span:
    """Where the words of `text` stand, without bullets before them and marks after them."""
    start = len(text) - len(text.lstrip(" \n\t-+*"))
    return Span(start, max(start, len(text.rstrip(" \n\t.;,*"))))


def _placed(part: Part, offsets: list[int]) -> Part:
    """`part` with its places led back to the text as given."""
    moment = part.moment.placed(offsets) if part.moment else None
    span = Span(offsets[part.span.start], offsets[part.span.end])
    return replace(part, moment=moment, span=span)


def _shared(parts: list[Part]) -> list[Part]:
    """The parts with the year, or 'hằng năm', that one of them says for all.

    `lần 1 trước ngày 05/6, lần 2 trước ngày 30/11/2026` says 2026 twice; what follows is asked
    before what stands ahead.
    """
    done = list(parts)
    for i in [*range(len(done) - 2, -1, -1), *range(1, len(done))]:
        near = done[i + 1].moment if i + 1 < len(done) else done[i - 1].moment
        mine = done[i].moment
        if mine is None or near is None or not mine.points or not near.points or mine.every:
            continue
        if any(p.year is not None or p.year_shift for p in mine.points):
            continue
        shared = mine.in_year(near.points[0].year)
        if near.every == "năm":
            shared = replace(shared, every=near.every)
        done[i] = replace(done[i], moment=shared)
    return done


def _deadline(part: Part, text: str, year: int | None) -> Deadline:
    moment = part.moment or Moment("at")
    dated = moment.in_year(year)
    lap_tu, lap = dated.rounds()
    return Deadline(
        text=text,
        loai=_kind(part, moment),
        bat_dau=dated.start(),
        ket_thuc=dated.end(),
        lap=lap,
        lap_tu=lap_tu,
        ghi_chu=part.remark,
        loi=dated.faults(),
        mo_dau=part.intro,
        understood=part.understood,
        moment=dated,
        joiner=part.joiner,
        span=part.span,
    )


def _kind(part: Part, moment: Moment) -> str:
    if part.directed:
        return "theo_chi_dao"
    if moment.standing:
        return "thuong_xuyen"
    if moment.every:
        return _BY_ROUND[moment.every]
    if part.school_year or (moment.named and not moment.following):
        return "giai_doan"
    if moment.event or moment.kind == "after" or not moment.points:
        return "khac"
    if moment.kind == "before":
        return "truoc_ngay"
    return _by_unit(moment)


def _by_unit(moment: Moment) -> str:
    years = all(point.unit == "year" for point in moment.points)
    several = years and (len(moment.points) > 1 or moment.kind == "from")
    if several or (moment.following and moment.unit != "day"):
        return "nhieu_nam"
    if moment.unit == "stretch":
        return "sau_thang" if abs(moment.points[-1].number or 0) == 6 else "thang"
    return _BY_UNIT[moment.unit or "day"]


def _spread(deadline: Deadline) -> Deadline:
    """A list of times that do not touch (tháng 5 và tháng 10) as the parts it really has."""
    moment = deadline.moment
    if moment is None or len(moment.points) < 2 or moment.following or moment.standing:
        return deadline
    if moment.kind in ("range", "span", "from"):
        return deadline
    if moment.kind == "list" and all(_adjoin(a, b) for a, b in pairwise(moment.points)):
        return deadline
    kind: TimeKind = "at" if moment.kind == "list" else moment.kind
    single = [replace(moment, kind=kind, points=(p,), narrowed=None) for p in moment.points]
    parts = [
        _deadline(Part(deadline.mo_dau, m, span=m.points[0].span), printed(m), None) for m in single
    ]
    return replace(deadline, phan=tuple(parts))


def _adjoin(a: Point, b: Point) -> bool:
    if a.year is None or b.year is None:
        return a.unit == b.unit and a.unit != "day" and b.months[0] - a.months[1] <= 1
    last, first = a.last(), b.first()
    return last is None or first is None or abs((first - last).days) <= 1


def _together(text: str, parts: tuple[Deadline, ...]) -> Deadline:
    """One deadline of several: from the first start, where all have one, to the latest end."""
    starts = [part.bat_dau for part in parts]
    ends = [part.ket_thuc for part in parts if part.ket_thuc]
    last = max(ends) if ends else None
    leading = next((p for p in parts if last and p.ket_thuc == last), parts[0])
    rounds = next((p for p in reversed(parts) if p.lap), None)
    faults = [code for part in parts for code in part.loi]
    return Deadline(
        text=text,
        loai=leading.loai,
        bat_dau=min(s for s in starts if s) if None not in starts else None,
        ket_thuc=last,
        lap=rounds.lap if rounds else None,
        lap_tu=rounds.lap_tu if rounds else None,
        phan=parts,
        loi=tuple(dict.fromkeys(faults)),
    )


def canonical_deadline(deadline: Deadline) -> str:
    """The deadline in its one printed form: `Quý I/2026`, `Hoàn thành trước ngày 15/02/2026`.

    Reads back to the same meaning. Where tidying would change it, the words stay as they are but
    for their spaces and tone marks.
    """
    if deadline.understood:
        tidy = _assembled(deadline)
        if read_deadline(tidy).meaning == deadline.meaning:
            return tidy
    lines = (squeeze(line) for line in new_tone(nfc(deadline.text)).split("\n"))
    return "\n".join(line for line in lines if line).rstrip(" .;,\n")


def _assembled(deadline: Deadline) -> str:
    if deadline.phan and deadline.moment is None:
        parts = [_capital(_one(part)) for part in deadline.phan]
        if any(part.mo_dau for part in deadline.phan):
            return "\n".join(f"+ {part}" for part in parts)
        return "; ".join(parts)
    return _capital(_one(deadline))


def _one(deadline: Deadline) -> str:
    moment = deadline.moment or Moment("at")
    time = new_tone(printed(moment))
    if deadline.mo_dau:
        loose = moment.kind in ("at", "list", "range") and not moment.every and not moment.standing
        frame = f"{moment.frame} " if loose and moment.frame and not moment.named else ""
        shouted = deadline.mo_dau.isupper() and deadline.mo_dau.count(" ") > 0
        intro = deadline.mo_dau.lower() if shouted else deadline.mo_dau
        time = f"{new_tone(intro)} {frame}{time}"
    if not deadline.ghi_chu:
        return time
    remark = new_tone(deadline.ghi_chu)
    if deadline.joiner == "(":
        return f"{time} ({remark})" if ")" not in remark else f"{time} ({remark}"
    return f"{time} {remark}" if not deadline.joiner else f"{time}{_glue(deadline.joiner)}{remark}"


def _glue(mark: str) -> str:
    return f"{mark} " if mark in ",;.:" else " - "


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
