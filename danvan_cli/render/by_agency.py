"""The tasks of a programme by the agency that leads and by when they are due."""

from __future__ import annotations

from datetime import date

from danvan_cli.grammar.deadline.reader import read_deadline
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize import reasons
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.prose import by_rule
from danvan_cli.render.assignment import of_task
from danvan_cli.render.content import Row


def assigned_rows(programme: Programme, catalogue: Catalogue) -> tuple[Row, ...]:
    """A row for each task that someone leads.

    The agencies stand in the order in which the programme first names them; the tasks of one by
    the last day of their deadline, those without one after them, else as in the programme.
    """
    tasks = [task for task in programme.tasks if task.chu_tri]
    leads = list(dict.fromkeys(str(task.chu_tri[0].ten) for task in tasks))
    year = catalogue.year

    def order(task: LocalTask) -> tuple[int, date]:
        return leads.index(str(task.chu_tri[0].ten)), _due(task, year)

    return tuple(_row(task, at, catalogue) for at, task in enumerate(sorted(tasks, key=order), 1))


def _due(task: LocalTask, year: int) -> date:
    deadline = read_deadline(str(task.thoi_gian), year)
    last = deadline.ket_thuc
    # What runs all year, or beyond it, has no date to be done by.
    all_year = (deadline.bat_dau, last) == (date(year, 1, 1), date(year, 12, 31))
    return date.max if last is None or all_year or last > date(year, 12, 31) else last


def _row(task: LocalTask, number: int, catalogue: Catalogue) -> Row:
    said = of_task(task, catalogue.wording)
    return Row(
        ma=task.ma,
        tt=by_rule(str(number), reasons.NUMBERED),
        noi_dung=task.noi_dung,
        chu_tri=said.chu_tri,
        phoi_hop=said.phoi_hop,
        thoi_gian=said.thoi_gian,
        place=task.place,
    )
