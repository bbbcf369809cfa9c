"""The tasks of a programme by the agency that leads and by when they are due."""

from __future__ import annotations

from datetime import date

from danvan_cli.grammar.dates import month_of
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize import reasons
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.models.outline import Annex
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, prose
from danvan_cli.render.assignment import of_task
from danvan_cli.render.content import Row


def assigned_rows(
    programme: Programme, catalogue: Catalogue, annex: Annex, but: str | None
) -> tuple[Row, ...]:
    """A row for each task that someone leads, except the task `but`.

    The agencies stand in the order in which the programme first names them; the tasks of one by
    the last day of their deadline, those without one after them, else as in the programme.
    """
    tasks = [task for task in programme.tasks if task.chu_tri and task.ma != but]
    leads = list(dict.fromkeys(str(task.chu_tri[0].ten) for task in tasks))
    year = catalogue.year

    def order(task: LocalTask) -> tuple[int, date]:
        return leads.index(str(task.chu_tri[0].ten)), _due(_time(task, year), year)

    all_year = prose(annex.ca_nam, Origin.CATALOGUE) if annex.ca_nam else NOTHING

    def row(task: LocalTask, number: int) -> Row:
        said = of_task(task, catalogue.wording)
        return Row(
            ma=task.ma,
            tt=by_rule(str(number), reasons.NUMBERED),
            noi_dung=task.noi_dung,
            chu_tri=said.chu_tri,
            phoi_hop=said.phoi_hop,
            thoi_gian=said.thoi_gian,
            thang=_months(_time(task, year), year) or all_year,
            place=task.place,
        )

    return tuple(row(task, at) for at, task in enumerate(sorted(tasks, key=order), 1))


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


def _months(deadline: Deadline, year: int) -> Prose | None:
    """The months of the year in which it is done, in figures; None for all of them."""
    last = deadline.ket_thuc
    if last is None or _all_year(deadline, year):
        return None
    first = deadline.bat_dau or last
    # What is due by a day counts for the month of that day.
    months = dict.fromkeys(month_of(day.month) for day in (first, last))
    return by_rule(" - ".join(months), reasons.MONTHS)
