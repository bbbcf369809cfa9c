"""What a finished paper says, task by task, of the tables that list tasks: what an import aligns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, Grid, GridCell, TaskRow, cut
from danvan_cli.reading.numbers import item_number
from danvan_cli.text import fold, slug

_BULLET = re.compile(r"[-+•–]\s*")
_WHO = re.compile(
    r"(?:[-+•–]\s*)?(?:cơ quan |đơn vị |bộ phận )?"
    r"(?:(?P<chu_tri>chủ trì|thực hiện|tham mưu)|(?P<phoi_hop>phối hợp)(?: thực hiện)?)\s*:\s*",
    re.IGNORECASE,
)
_NOBODY = ("khong", "khong co")
_ENDS = (".", ";", ":", "…", ",")


@dataclass(frozen=True)
class PaperGroup:
    """A group of tasks: its number and its name as printed."""

    so: str
    ten: Passage | None


@dataclass(frozen=True)
class PaperTask:
    """A task as a paper prints it.

    `so` is its number ("2.1", "8", "3.5.đ"; "" for a bullet under a heading), `nhom` the number
    of its group, `cha` the number of the task it is a point of. `shared` says that who and when
    are lines of a whole group, and not the task's own.
    """

    so: str
    nhom: str
    noi_dung: Passage
    cha: str = ""
    chi_tiet: tuple[Passage, ...] = ()
    chu_tri: tuple[Passage, ...] = ()
    phoi_hop: tuple[Passage, ...] = ()
    thoi_gian: tuple[Passage, ...] = ()
    shared: bool = False
    in_table: bool = False

    def lines(self) -> Iterator[Passage]:
        """Every passage of the task."""
        yield self.noi_dung
        for name in ("chi_tiet", "chu_tri", "phoi_hop", "thoi_gian"):
            yield from getattr(self, name)


@dataclass(frozen=True)
class PaperTasks:
    """The groups and tasks of a document, in order."""

    groups: tuple[PaperGroup, ...] = ()
    tasks: tuple[PaperTask, ...] = ()


@dataclass
class _TaskReader:
    groups: list[PaperGroup] = field(default_factory=list)
    tasks: list[PaperTask] = field(default_factory=list)

    def row(self, row: TaskRow) -> None:
        if row.group:
            self.groups.append(PaperGroup(row.number, row.noi_dung[0] if row.noi_dung else None))
        elif row.form == "bang":
            self._of_table(row)
        else:
            self._of_lines(row)

    def _of_table(self, row: TaskRow) -> None:
        lines = [line for passage in row.noi_dung for line in _split(passage)]
        if not lines:
            return
        head, _, point = row.number.rpartition(".")
        group = self.groups[-1].so if self.groups else ""
        who = _assigned(row)
        self.tasks.append(
            PaperTask(
                so=row.number,
                nhom=group,
                noi_dung=lines[0],
                cha=head if point.isalpha() else "",
                chi_tiet=tuple(_bare(line) for line in lines[1:]),
                chu_tri=who["chu_tri"],
                phoi_hop=who["phoi_hop"],
                thoi_gian=row.thoi_gian,
                in_table=True,
            )
        )

    def _of_lines(self, row: TaskRow) -> None:
        """A numbered task with its details, or a heading with a task for each of its bullets."""
        if not row.noi_dung:
            return
        first, *rest = row.noi_dung
        number = item_number(first)
        if number is None or (rest and not first.text.rstrip().endswith(_ENDS)):
            group = number.number if number else row.number
            if number is not None:
                self.groups.append(PaperGroup(group, after(first, number.end)))
            shared = rest if number is not None else list(row.noi_dung)
            for passage in shared:
                self.tasks.append(self._task(row, "", group, _bare(passage), ()))
            return
        details = tuple(_bare(passage) for passage in rest)
        text, group = after(first, number.end), ""
        head = item_number(row.heading) if row.heading is not None else None
        if row.heading is not None and head is not None:
            group = head.number
            if not self.groups or self.groups[-1].so != group:
                self.groups.append(PaperGroup(group, after(row.heading, head.end)))
        self.tasks.append(self._task(row, number.number, group, text, details))

    @staticmethod
    def _task(
        row: TaskRow, number: str, group: str, text: Passage, details: tuple[Passage, ...]
    ) -> PaperTask:
        return PaperTask(
            so=number,
            nhom=group,
            noi_dung=text,
            chi_tiet=details,
            chu_tri=row.chu_tri,
            phoi_hop=row.phoi_hop,
            thoi_gian=row.thoi_gian,
        )


def _assigned(row: TaskRow) -> dict[str, tuple[Passage, ...]]:
    """Who leads and helps in a row; one cell may say both who leads and who helps, a line each."""
    made = {"chu_tri": row.chu_tri, "phoi_hop": row.phoi_hop}
    lines = [line for passage in row.chu_tri for line in _split(passage)]
    labels = [_WHO.match(line.text) for line in lines]
    if not any(label is not None and label["phoi_hop"] for label in labels):
        return made
    given: dict[str, list[Passage]] = {"chu_tri": [], "phoi_hop": list(row.phoi_hop)}
    name = "chu_tri"
    for line, label in zip(lines, labels, strict=True):
        if label is not None:
            name = str(label.lastgroup)
            line = cut(line, label.end(), len(line.text), line.role)
        if line.text.strip() and slug(line.text).replace("-", " ") not in _NOBODY:
            given[name].append(line)
    return made | {key: tuple(lines) for key, lines in given.items()}


def paper_of(document: Document) -> PaperTasks:
    """The tasks of `document`, those of tables and those of paragraphs alike."""
    reader = _TaskReader()
    for row in document.rows:
        reader.row(row)
    return PaperTasks(tuple(reader.groups), tuple(reader.tasks))


def _split(passage: Passage) -> Iterator[Passage]:
    """The lines of a cell."""
    at = 0
    for line in passage.text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            yield cut(passage, start, at + len(line.rstrip()), passage.role)
        at += len(line) + 1


def after(passage: Passage, end: int) -> Passage:
    """What stands in `passage` behind the number that ends at `end`."""
    text = passage.text[end:]
    start = end + len(text) - len(text.lstrip(" .:)\t"))
    return cut(passage, start, len(passage.text), passage.role)


def _bare(passage: Passage) -> Passage:
    """`passage` without its bullet."""
    found = _BULLET.match(passage.text)
    return cut(passage, found.end(), len(passage.text), passage.role) if found else passage


def lines_text(passages: Iterable[Passage]) -> str:
    """The text of `passages`, a line each."""
    return "\n".join(p.text for p in passages)


_LEAST = 2
"""A list of fewer rows is no danh mục beside another."""


@dataclass(frozen=True)
class TaskTables:
    """Tables of a paper with the same columns: one list of tasks, broken or not."""

    columns: tuple[str, ...]
    rows: tuple[TaskRow, ...]

    @property
    def count(self) -> int:
        """How many tasks it lists."""
        return sum(not row.group for row in self.rows)

    @property
    def first(self) -> str:
        """The words of its first task."""
        tasks = (row.noi_dung[0].text for row in self.rows if row.noi_dung and not row.group)
        return next(tasks, "")

    def passages(self) -> Iterable[Passage]:
        """What stands in its rows."""
        for row in self.rows:
            yield from row.passages
            yield from (passage for _, passage in row.khac)


def rival_lists(document: Document) -> tuple[TaskTables, ...]:
    """The lists of which each could be the danh mục; none where there is no choice.

    Tables beside tasks in paragraphs (the annexes of a plan) are no rivals of those.
    """
    if any(row.form != "bang" for row in document.rows):
        return ()
    found: dict[tuple[str, ...], list[TaskRow]] = {}
    for row in document.rows:
        found.setdefault(tuple(map(fold, row.columns)), []).append(row)
    lists = tuple(TaskTables(rows[0].columns, tuple(rows)) for rows in found.values())
    rivals = tuple(each for each in lists if each.count >= _LEAST)
    return rivals if len(rivals) > 1 else ()


def taking(
    document: Document, rivals: Iterable[TaskTables], chosen: Iterable[TaskTables]
) -> tuple[Document, tuple[Passage, ...]]:
    """`document` with only the `chosen` of `rivals` as lists of tasks; what stands in the others."""
    kept = tuple(chosen)
    gone = tuple(each for each in rivals if each not in kept)
    rows = {id(row) for each in gone for row in each.rows}
    grids = tuple(Grid(tuple((GridCell(p),) * 2 for p in each.passages())) for each in gone)
    aside = tuple(p for each in gone for p in each.passages())
    left = tuple(row for row in document.rows if id(row) not in rows)
    return replace(document, rows=left, grids=(*document.grids, *grids)), aside
