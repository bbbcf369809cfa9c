"""Sections to the blocks of a template: headings numbered, task lists in their form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.models.outline import Outline, TaskForm, TaskList
from danvan_cli.problems import unprinted_tasks
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, filled, prose
from danvan_cli.render.assignment import Assignment, of_lines, of_task, of_tasks
from danvan_cli.render.content import BodyBlock, Row, RowFields, RowGroup, Table
from danvan_cli.render.numbers import letter, number_text
from danvan_cli.render.sections import FilledBlock

TASK_COLUMNS = ("tt", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian")
DASH, PLUS = by_rule("-", reasons.BULLET), by_rule("+", reasons.BULLET)
DEEPEST = 3
"""Headings deeper than this look like those of this level."""


@dataclass
class BlockPrinter:
    """Prints the sections of one document."""

    locality: Locality
    programme: Programme
    outline: Outline
    form: TaskForm | None
    sections: tuple[FilledBlock, ...]
    problems: list[Finding]

    def blocks(self) -> list[BodyBlock]:
        """The blocks of the document in order; a heading with nothing under it is left out."""
        self._check_coverage()
        return list(self._printed(self.sections, 0, ""))

    def _printed(
        self, sections: Iterable[FilledBlock], depth: int, above: str
    ) -> Iterator[BodyBlock]:
        counts = {"tieu_de": 0, "khoan": 0, "diem": 0, "dieu": 0}
        # Numbered paragraphs and numbered headings of the same level run on.
        runs_on = self._style(depth) == "so"
        for section in sections:
            if section.kind == "tieu_de":
                style = section.numbering or self._style(depth)
                index = counts["tieu_de"] + (counts["khoan"] if runs_on else 0) + 1
                number = number_text(style, index, above)
                below = list(self._printed(section.children, depth + 1, number))
                if below:
                    counts["tieu_de"] += style != "khong"
                    yield _heading(section.ma, depth, number, section.text)
                    yield from below
            elif section.kind in ("khoan", "diem"):
                counts[section.kind] += 1
                after = counts["tieu_de"] if runs_on and section.kind == "khoan" else 0
                index = counts[section.kind] + after
                khoan = section.kind == "khoan"
                mark = _number(f"{index}." if khoan else f"{letter(index)})")
                yield BodyBlock(section.ma, "khoan" if khoan else "diem", section.text, mark)
            elif section.kind == "dieu":
                counts["dieu"] += 1
                name = filled(
                    self.locality.catalogue.wording.dieu,
                    {"tt": _number(str(counts["dieu"]))},
                    Origin.CATALOGUE,
                )
                yield BodyBlock(section.ma, "dieu", section.text, name)
            elif section.tasks is not None and self._form(section.tasks) == "tieu_de":
                for task in self._tasks(section.tasks):
                    counts["tieu_de"] += 1
                    number = number_text(self._style(depth), counts["tieu_de"], above)
                    tasks = (task.ma,)
                    yield _heading(section.ma, depth, number, task.noi_dung, tasks)
                    assignment = self._assignment(section, section.tasks, [task])
                    yield from self._lines(section.ma, assignment, tasks)
            elif section.tasks is not None:
                yield from self._task_list(section, section.tasks, depth, above, counts)
            elif section.lines is not None:
                yield from self._lines(section.ma, self._given(section))
            elif section.kind == "gach":
                yield BodyBlock(section.ma, "gach", section.text, DASH)
            elif section.kind == "cong":
                yield BodyBlock(section.ma, "cong", section.text, PLUS)
            else:
                yield BodyBlock(section.ma, "doan", section.text)

    def _style(self, depth: int) -> str:
        styles = self.outline.danh_so
        return styles[min(depth, len(styles) - 1)]

    def _task_list(
        self,
        section: FilledBlock,
        wanted: TaskList,
        depth: int,
        above: str,
        counts: dict[str, int],
    ) -> Iterator[BodyBlock]:
        tasks = self._tasks(wanted)
        form = self._form(wanted)
        if not tasks:
            # The unit's own lines belong to the words above when its tasks are all gone.
            if section.own_lines or (wanted.dong and section.origin is Origin.UNIT):
                yield from self._lines(section.ma, self._assignment(section, wanted, tasks))
            return
        if form == "bang":
            names = tuple(task.ma for task in tasks)
            yield BodyBlock(section.ma, "bang", nhiem_vu=names, bang=self._table(tasks))
        elif form == "tung_viec":
            yield from self._one_by_one(section, wanted, tasks)
        elif self._listed() or wanted.dong is not None:
            yield from self._bullets(section, wanted, tasks)
        else:
            groups = [(g, [t for t in tasks if t.nhom == g.ma]) for g in self.programme.groups]
            for group, members in (g for g in groups if g[1]):
                counts["tieu_de"] += 1
                number = number_text(self._style(depth), counts["tieu_de"], above)
                yield _heading(section.ma, depth, number, group.de_muc or group.ten)
                if self._style(depth + 1) == "so_kep":
                    yield from self._one_by_one(section, wanted, members, number)
                else:
                    yield from self._bullets(section, wanted, members)

    def _form(self, wanted: TaskList) -> TaskForm:
        return wanted.hinh_thuc or self.form or self.outline.hinh_thuc

    def _tasks(self, wanted: TaskList) -> list[LocalTask]:
        tasks = tuple(t for t in self.programme.tasks if t.ma != self.outline.la_nhiem_vu)
        if self._form(wanted) != "bang":
            # Only a table shows a task that does nothing but head its points.
            tasks = tuple(t for t in tasks if not self._is_head(t))
        if wanted.nhiem_vu:
            named = [str(ma) for ma in wanted.nhiem_vu]
            return [t for ma in named for t in tasks if self._stands_for(t, ma)]
        listed = self._listed()
        return [t for t in tasks if not any(self._stands_for(t, m) for m in listed)]

    def _stands_for(self, task: LocalTask, ma: str) -> bool:
        """A merged task stands where the first of its sources is listed."""
        return task.ma == ma or (self.programme.task(ma) is None and task.nguon[:1] == (ma,))

    def _listed(self) -> set[str]:
        lists = [s.tasks for top in self.sections for s in top.walk() if s.tasks is not None]
        return {str(ma) for tasks in lists for ma in tasks.nhiem_vu}

    def _check_coverage(self) -> None:
        lists = [s.tasks for top in self.sections for s in top.walk() if s.tasks is not None]
        if not lists or any(not tasks.nhiem_vu for tasks in lists):
            return
        listed = self._listed()
        left = [
            t
            for t in self.programme.tasks
            if not any(self._stands_for(t, m) for m in listed) and not self._is_head(t)
        ]
        if left:
            self.problems.append(
                unprinted_tasks((t.ma for t in left), self.outline.ma, self.outline.place)
            )

    def _is_head(self, task: LocalTask) -> bool:
        """Whether the task only heads its points."""
        return bool(self.programme.points(task.ma)) and not task.chu_tri and not task.thoi_gian

    def _one_by_one(
        self, section: FilledBlock, wanted: TaskList, tasks: list[LocalTask], above: str = ""
    ) -> Iterator[BodyBlock]:
        style = "so_kep" if above else "so"
        for index, task in enumerate(tasks, start=1):
            number, names = _number(number_text(style, index, above)), (task.ma,)
            yield BodyBlock(section.ma, "viec", ended(task.noi_dung), number, 0, names, "noi_dung")
            for detail in task.chi_tiet:
                yield BodyBlock(section.ma, "gach", ended(detail), DASH, 0, names, "chi_tiet")
            yield from self._lines(section.ma, self._assignment(section, wanted, [task]), names)

    def _bullets(
        self, section: FilledBlock, wanted: TaskList, tasks: list[LocalTask]
    ) -> Iterator[BodyBlock]:
        """Points, then one set of lines for those with the same agencies and deadline.

        Lines that the outline or the unit's file gives are for all of them.
        """
        for members in [tasks] if wanted.dong is not None else self._alike(tasks):
            for task in members:
                text = ended(task.noi_dung)
                yield BodyBlock(section.ma, "gach", text, DASH, 0, (task.ma,), "noi_dung")
            names = tuple(task.ma for task in members)
            yield from self._lines(section.ma, self._assignment(section, wanted, members), names)

    def _alike(self, tasks: list[LocalTask]) -> list[list[LocalTask]]:
        """`tasks` parted where who leads, who helps or when is another than of the one before."""

        def who_and_when(task: LocalTask) -> tuple[str, ...]:
            assignment = of_task(task, self.locality.catalogue.wording)
            return str(assignment.chu_tri), str(assignment.phoi_hop), str(assignment.thoi_gian)

        return [list(members) for _, members in groupby(tasks, key=who_and_when)]

    def _assignment(
        self, section: FilledBlock, wanted: TaskList, tasks: list[LocalTask]
    ) -> Assignment:
        if wanted.dong is None:
            return of_tasks(tasks, self.locality.catalogue.wording)
        return self._given(section)

    def _given(self, section: FilledBlock) -> Assignment:
        given = section.given()
        if given is None:
            return Assignment()
        return of_lines(given, self.locality, section.ma, self.problems)

    def _lines(
        self, ma: str, assignment: Assignment, tasks: tuple[str, ...] = ()
    ) -> Iterator[BodyBlock]:
        given = assignment.given()
        for name, label in self.outline.nhan.items():
            text = given.get(name)
            if text is None:
                continue
            parts = text.lines()
            shown = prose(label, Origin.CATALOGUE) + by_rule(":", reasons.AFTER_LABEL)
            if len(parts) > 1:
                yield BodyBlock(ma, "gach", shown, NOTHING, 0, tasks, name)
                yield from (BodyBlock(ma, "cong", ended(p), PLUS, 0, tasks, name) for p in parts)
            else:
                yield BodyBlock(ma, "dong", ended(text), shown, 0, tasks, name)

    def _table(self, tasks: list[LocalTask]) -> Table:
        rows_of: dict[str, list[Row]] = defaultdict(list)
        for task in tasks:
            rows_of[task.nhom].append(self._row(task))
        groups = [
            RowGroup(group.ma, _number(group.tt), group.ten, tuple(rows_of[group.ma]))
            for group in self.programme.groups
            if rows_of[group.ma]
        ]
        outlines = (self.outline, *self.locality.catalogue.outlines)
        names = next((outline.cot for outline in outlines if outline.cot), ())
        columns = zip(TASK_COLUMNS, names, strict=False)
        heads = RowFields(**{name: prose(text, Origin.CATALOGUE) for name, text in columns})
        return Table(heads, tuple(groups))

    def _row(self, task: LocalTask) -> Row:
        assignment = vars(of_task(task, self.locality.catalogue.wording))
        return Row(
            ma=task.ma,
            tt=_number(task.tt),
            chu_thich=task.chu_thich,
            co_diem=bool(self.programme.points(task.ma)),
            place=task.place,
            **cells({**assignment, "noi_dung": task.noi_dung}),
        )


def _number(text: str) -> Prose:
    return by_rule(text, reasons.NUMBERED)


def ended(text: Prose) -> Prose:
    """`text` with a full stop where it ends without a mark."""
    return text if str(text)[-1:] in ".!?…:;" else text + by_rule(".", reasons.LINE_END)


def in_cell(text: Prose) -> Prose:
    """`text` as it stands in a cell: one sentence is without its full stop there."""
    whole = text.text
    several = ". " in whole or "\n" in whole or whole.endswith("..")
    return text.cut(0, len(whole) - 1) if whole.endswith(".") and not several else text


def cells(texts: Mapping[str, Prose]) -> dict[str, Any]:
    """`texts`, each by its field, as they stand in the cells of a row."""
    return {name: in_cell(text) for name, text in texts.items()}


def _heading(
    ma: str, depth: int, number: str, text: Prose, tasks: tuple[str, ...] = ()
) -> BodyBlock:
    level = min(depth + 1, DEEPEST)
    field = "noi_dung" if tasks else ""
    return BodyBlock(ma, "tieu_de", text, _number(number), level, tasks, field)
