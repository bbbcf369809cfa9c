"""The phụ lục of a document: which are printed, how they are called, their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.localize import reasons
from danvan_cli.localize.locality import RESOLUTION_FACT, Locality
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.models.outline import LINE_FIELDS, Annex, Lines, Outline, ResolutionRow
from danvan_cli.models.profile import DocumentChange
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, fill, filled, joined, prose
from danvan_cli.render.assignment import SEMICOLON, Assignment, GivenLines, of_lines, of_task
from danvan_cli.render.blocks import cells, in_cell
from danvan_cli.render.content import BodyBlock, PrintedAnnex, Row, RowFields, RowGroup, Table
from danvan_cli.render.sections import Editor, FilledBlock
from danvan_cli.text import roman

_END = by_rule("./.", reasons.NOTHING_FOLLOWS)


@dataclass(frozen=True)
class Heading:
    """An annex that is printed: its name, its title, and the blocks of its own that are its rows."""

    annex: Annex
    name: Prose
    title: Prose
    blocks: tuple[FilledBlock, ...] = ()


def editor_of(
    locality: Locality,
    outline: Outline,
    change: DocumentChange,
    numbers: Mapping[str, Prose],
    problems: list[Finding],
) -> tuple[Editor, tuple[Heading, ...]]:
    """An editor of `outline` whose texts may name the annexes of the document, and these.

    `numbers` are those of the unit's documents (see `number_values`).
    """
    values: dict[str, Prose] = {**locality.values, **numbers}
    editor = Editor(locality, values, change, outline, problems)
    headed = _headings(editor)
    values.update(_names(headed, locality))
    return editor, headed


def _headings(editor: Editor) -> tuple[Heading, ...]:
    """The annexes that the unit's document has, numbered where there are several."""
    kept = [
        (annex, title, _own_blocks(annex, editor))
        for annex, title in editor.annexes()
        if editor.locality.holds(annex.ap_dung)
    ]
    kept = [k for k in kept if k[2] or not k[0].khoi or k[0].xep == "co_quan_thoi_han"]
    word = editor.locality.catalogue.wording.phu_luc
    made = []
    for index, (annex, title, own) in enumerate(kept, start=1):
        name = filled(
            word,
            {"tt": by_rule(roman(index) if len(kept) > 1 else "", reasons.NUMBERED)},
            Origin.CATALOGUE,
        )
        made.append(Heading(annex, name.cut(0, len(str(name).rstrip())), title, own))
    return tuple(made)


def _own_blocks(annex: Annex, editor: Editor) -> tuple[FilledBlock, ...]:
    """The rows an annex has of its own: what the unit's resolution says of them, where it does."""
    if RESOLUTION_FACT not in editor.locality.facts:
        return editor.sections(annex.khoi)
    given = rows_of_resolution(annex, editor.locality)
    if not given and annex.xep != "muc_tieu":
        return editor.sections(annex.khoi)
    return tuple(_row_of(f"{annex.ma}-{at}", row, annex) for at, row in enumerate(given, 1))


def rows_of_resolution(annex: Annex, locality: Locality) -> tuple[ResolutionRow, ...]:
    """What the unit's own resolution says of the rows of an annex: its targets, its tasks."""
    own = locality.profile.nghi_quyet
    if own is None or annex.xep not in ("muc_tieu", "nhiem_vu"):
        return ()
    return own.muc_tieu if annex.xep == "muc_tieu" else own.nhiem_vu


def _row_of(ma: str, row: ResolutionRow, annex: Annex) -> FilledBlock:
    """A row of the unit's resolution; who and when, where it does not say, as the annex has it."""
    own = frozenset(name for name in LINE_FIELDS if getattr(row, name))
    given = {name: getattr(row if name in own else annex.dong, name, None) for name in LINE_FIELDS}
    lines = Lines(**{name: value for name, value in given.items() if value})
    line = FilledBlock(f"{ma}-dong", "dong", lines=lines, own_lines=own)
    words = prose(row.noi_dung, Origin.UNIT)
    return FilledBlock(ma, "doan", words, children=(line,), origin=Origin.UNIT)


def annexes(
    headed: Iterable[Heading],
    programme: Programme,
    editor: Editor,
    printed: tuple[BodyBlock, ...],
) -> Iterator[PrintedAnnex]:
    """The annexes with their rows, each ending with the mark that nothing follows.

    `printed` is the body of the document.
    """
    for head in headed:
        if head.annex.xep == "co_quan_thoi_han":
            but = editor.outline.la_nhiem_vu
            rows = assigned_rows(programme, editor.locality, head.annex, but, printed)
            rows += tuple(_told_again(head, editor, printed))
        else:
            rows = tuple(_rows(head, editor))
        columns = {str(c.lay): prose(c.ten, Origin.CATALOGUE) for c in head.annex.cot}
        if rows:
            yield PrintedAnnex(
                ma=str(head.annex.ma),
                ten=head.name,
                tieu_de=head.title,
                kem_theo=filled(head.annex.kem_theo, editor.values, Origin.CATALOGUE),
                bang=Table(
                    RowFields(**columns),
                    (RowGroup(str(head.annex.ma), hang=_ended(rows, columns)),),
                ),
            )


def _ended(rows: tuple[Row, ...], columns: Mapping[str, Prose]) -> tuple[Row, ...]:
    """`rows` with "./." after the last words that they print; after figures it would be misread."""
    last = rows[-1]
    name = [column for column in columns if column != "thang" and getattr(last, column)][-1]
    return (*rows[:-1], replace(last, **{name: getattr(last, name) + _END}))


def _rows(head: Heading, editor: Editor) -> Iterator[Row]:
    annex, locality, problems = head.annex, editor.locality, editor.problems
    usual = GivenLines(annex.dong, Origin.CATALOGUE) if annex.dong is not None else None
    for at, block in enumerate(head.blocks, start=1):
        given = next(filter(None, (child.given() for child in block.children)), usual)
        assignment = of_lines(given, locality, annex.ma, problems) if given else Assignment()
        words = cells(vars(assignment) | {"noi_dung": block.text})
        number = by_rule(str(at), reasons.NUMBERED)
        yield Row(ma=block.ma, tt=number, place=block.text.place, **words)


def _told_again(head: Heading, editor: Editor, printed: Iterable[BodyBlock]) -> Iterator[Row]:
    """The rows of its own of an annex of tasks, under the number of the headings above `cua`."""
    above: dict[int, str] = {}
    for block in printed:
        if block.loai == "tieu_de":
            above = {cap: so for cap, so in above.items() if cap < block.cap}
            above[block.cap] = str(block.so).rstrip(".)")
        elif block.ma == head.annex.cua:
            number = by_rule(".".join(above.values()), reasons.NUMBERED)
            year = editor.locality.catalogue.year
            for row in _rows(head, editor):
                months = _months(read_deadline(str(row.thoi_gian), year), year, None)
                yield replace(row, tt=number, thang=months or NOTHING)
            return


def _names(headed: Iterable[Heading], locality: Locality) -> dict[str, Prose]:
    """The placeholders that name the annexes: `phu_luc.<ma>`, nothing for those not printed."""
    every = {f"phu_luc.{a.ma}": NOTHING for o in locality.catalogue.outlines for a in o.phu_luc}
    return every | {f"phu_luc.{head.annex.ma}": head.name for head in headed}


def assigned_rows(
    programme: Programme,
    locality: Locality,
    annex: Annex,
    but: str | None,
    body: Iterable[BodyBlock],
) -> tuple[Row, ...]:
    """A row for each task that someone leads, except the task `but`, under its number in `body`.

    The agencies stand in the order in which the programme first names them; the tasks of one by
    the last day of their deadline, those without one after them, else as in the programme.
    """
    tasks = [task for task in programme.tasks if task.chu_tri and task.ma != but]
    leads = list(dict.fromkeys(str(task.chu_tri[0].ten) for task in tasks))
    year = locality.catalogue.year
    made = programme.task(but) if but else None
    begun = _time(made, year).ket_thuc if made is not None else None
    numbers = {ma: b.so for b in body if b.loai == "viec" for ma in b.nhiem_vu}

    def order(task: LocalTask) -> tuple[int, date]:
        return leads.index(str(task.chu_tri[0].ten)), _due(_time(task, year), year)

    all_year = prose(annex.ca_nam, Origin.CATALOGUE) if annex.ca_nam else NOTHING

    def row(task: LocalTask, number: int) -> Row:
        assignment = of_task(task, locality.catalogue.wording)
        tt = numbers.get(task.ma)
        return Row(
            ma=task.ma,
            tt=in_cell(tt) if tt else by_rule(str(number), reasons.NUMBERED),
            noi_dung=_short(task, locality),
            ten_gon=True,
            chu_tri=assignment.chu_tri,
            phoi_hop=assignment.phoi_hop,
            thoi_gian=assignment.thoi_gian,
            thang=_months(_time(task, year), year, begun) or all_year,
            place=task.place,
        )

    return tuple(row(task, at) for at, task in enumerate(sorted(tasks, key=order), 1))


def _short(task: LocalTask, locality: Locality) -> Prose:
    """The few words that stand for `task`: those of the tasks it comes from; else all it says."""
    profile, city = locality.profile, locality.catalogue.tasks
    names = [prose(city[ma].ten_gon or "", Origin.CATALOGUE).lowered() for ma in task.nguon]
    names += [prose(o.ten_gon or "", Origin.UNIT) for o in profile.bo_sung if o.ma == task.ma]
    if not names or not all(names):
        return task.noi_dung
    once = {str(name): name for name in names}
    return fill(joined(once.values(), SEMICOLON).capitalised(), locality.values)[0]


def _time(task: LocalTask, year: int) -> Deadline:
    return read_deadline(str(task.thoi_gian), year)


def _due(deadline: Deadline, year: int) -> date:
    last = deadline.ket_thuc
    return date.max if last is None or _all_year(deadline, year) else last


def _all_year(deadline: Deadline, year: int) -> bool:
    """Whether what is done runs all year, or beyond it: it has no date to be done by."""
    first, last = deadline.bat_dau, deadline.ket_thuc
    end = date(year, 12, 31)
    return last is None or last > end or (first, last) == (date(year, 1, 1), end)


def _months(deadline: Deadline, year: int, begun: date | None) -> Prose | None:
    """The months of the year in which it is done, in figures; None for all of them.

    No work of a plan is done before the day by which the plan itself is: `begun`.
    """
    last = deadline.ket_thuc
    if last is None or _all_year(deadline, year):
        return None
    first = max(deadline.bat_dau or last, min(begun or date.min, last))
    # What is due by a day counts for the month of that day.
    months = dict.fromkeys(str(day.month) for day in (first, last))
    return by_rule(" - ".join(months), reasons.MONTHS)
