"""What a programme, its export or a finished paper lists: one form for all, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from danvan_cli.importing.ledger import Ledger
from danvan_cli.importing.paper import PaperTask, lines_text, paper_of
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.localize.trail import value_text
from danvan_cli.localize.whereabouts import unit_numbers
from danvan_cli.models.outline import Wording
from danvan_cli.reading.document import Document
from danvan_cli.render.assignment import of_task
from danvan_cli.text import squeeze

TASK_FIELDS = ("noi_dung", "chi_tiet", "chu_thich", "chu_tri", "phoi_hop", "thoi_gian")
_FIELD_OF_MARK = re.compile(r"_(?:noi_dung|chi_tiet|chu_tri|phoi_hop|thoi_gian)$")


@dataclass(frozen=True)
class ListedTask:
    """A task as one side has it: id ("" where unknown), number, group, and what its fields say.

    A field that this kind of side never prints is not in `fields`.
    """

    ma: str
    so: str
    nhom: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What it is called: its id, else its number, else how it begins."""
        return self.ma or self.so or " ".join(self.fields["noi_dung"].split()[:4])


@dataclass(frozen=True)
class ListedGroup:
    """A group: id or "", number, name."""

    ma: str
    so: str
    ten: str


@dataclass(frozen=True)
class Listing:
    """One side: its groups and tasks, and for a paper its other paragraphs (None for no paper)."""

    groups: tuple[ListedGroup, ...]
    tasks: tuple[ListedTask, ...]
    passages: tuple[str, ...] | None = None


def of_programme(programme: Programme, wording: Wording) -> Listing:
    """What `programme` lists, agencies as they print."""
    numbers = unit_numbers(programme)
    groups = tuple(ListedGroup(g.ma, g.tt, str(g.ten)) for g in programme.groups)

    def listed(task: LocalTask) -> ListedTask:
        said = of_task(task, wording)
        fields = {name: value_text(task.value(name)) for name in ("noi_dung", "chi_tiet")}
        fields["chu_thich"] = value_text(task.value("chu_thich"))
        fields |= {n: str(getattr(said, n)) for n in ("chu_tri", "phoi_hop", "thoi_gian")}
        return ListedTask(task.ma, numbers[task.ma], task.nhom, fields)

    return Listing(groups, tuple(map(listed, programme.tasks)))


def of_export(data: Mapping[str, object], wording: Wording) -> Listing:
    """What an exported programme lists (`danvan localize --format json`), as `wording` prints it.

    Raises:
        KeyError, TypeError, AttributeError: it is no such export.
    """
    groups: list[ListedGroup] = []
    tasks: list[ListedTask] = []
    numbers: dict[str, str] = {}
    for group in _many(data["nhom"]):
        groups.append(ListedGroup(str(group["ma"]), str(group["tt"]), _chu(group["ten"])))
        for task in _many(group["nhiem_vu"]):
            ma = str(task["ma"])
            head = numbers.get(str(task.get("diem_cua", "")))
            numbers[ma] = f"{head}.{task['tt']}" if head else str(task["tt"])
            fields = {"noi_dung": _chu(task["noi_dung"])}
            for name in ("chi_tiet", "chu_thich"):
                fields[name] = "\n".join(map(_chu, _many(task.get(name) or [])))
            for name in ("chu_tri", "phoi_hop"):
                fields[name] = _cell(_many(task.get(name) or []), wording)
            when = task.get("thoi_gian")
            fields["thoi_gian"] = _chu(when) if isinstance(when, Mapping) else ""
            tasks.append(ListedTask(ma, numbers[ma], str(group["ma"]), fields))
    return Listing(tuple(groups), tuple(tasks))


def _cell(agencies: list[dict[str, object]], wording: Wording) -> str:
    """Exported agencies as one phrase."""
    parts: list[str] = []
    for asked, members in groupby(agencies, key=lambda a: str(a.get("de_nghi", ""))):
        names = [" ".join(str(a[k]) for k in ("ten", "vai_tro") if k in a) for a in members]
        if asked:
            called = str(wording.va).join(names)
            parts.append(wording.de_nghi.replace("{co_quan}", called).replace("{viec}", asked))
        else:
            parts += names
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _many(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _chu(value: object) -> str:
    if not isinstance(value, Mapping):
        raise TypeError
    return str(value["chu"])


def of_document(document: Document, ids: Mapping[int, str]) -> Listing:
    """What a finished paper lists; `ids` are the tasks danvan marked, by the order of a passage."""
    paper = paper_of(document)
    groups = tuple(ListedGroup("", g.so, g.ten.text if g.ten else "") for g in paper.groups)
    tasks = tuple(_listed(task, ids) for task in paper.tasks)
    return Listing(groups, tasks, _standing(document))


def _listed(task: PaperTask, ids: Mapping[int, str]) -> ListedTask:
    fields = {
        "noi_dung": squeeze(task.noi_dung.text),
        **{n: lines_text(getattr(task, n)) for n in ("chu_tri", "phoi_hop", "thoi_gian")},
    }
    if task.chi_tiet:
        fields["chi_tiet"] = lines_text(task.chi_tiet)
    ma = ids.get(task.noi_dung.locate(0).line, "")
    return ListedTask(ma, task.so, task.nhom, fields)


def _standing(document: Document) -> tuple[str, ...]:
    """The lines of the paper that are no task's: its head, its blocks, its recipients."""
    ledger = Ledger(document.passages)
    for row in document.rows:
        for name in ("tt", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian"):
            ledger.use(getattr(row, name))
    ledger.use(label.passage for label in document.labels)
    left = (line for one in ledger.left_over() for line in one.text.split("\n"))
    return tuple(squeeze(line) for line in left if line.strip())


def task_of_mark(name: str) -> str:
    """The id that danvan's mark `name` ("_dv_..._noi_dung") most likely names."""
    return _FIELD_OF_MARK.sub("", name.removeprefix("_dv_")).replace("_", "-")
