"""What a programme, its export or a finished paper lists: one form for all, ready to be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from danvan_cli.importing.head import outlines_of_kind
from danvan_cli.importing.ledger import Ledger
from danvan_cli.importing.paper import PaperTask, lines_text, paper_of
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LocalTask, Programme, unit_numbers
from danvan_cli.localize.trail import value_text
from danvan_cli.models.outline import Wording
from danvan_cli.reading.document import Document
from danvan_cli.reading.reader import document_in
from danvan_cli.reading.word_file import paragraphs_by_order, roots_of
from danvan_cli.render.assignment import of_task
from danvan_cli.render.documents import documents_of
from danvan_cli.render.ink import mark_of
from danvan_cli.text import capitalised, squeeze
from danvan_cli.word.names import W
from danvan_cli.word.package import main_part, read_package
from danvan_cli.word.renewal.order import OURS

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
        assignment = of_task(task, wording)
        fields = {name: value_text(task.value(name)) for name in ("noi_dung", "chi_tiet")}
        fields["chu_thich"] = value_text(task.value("chu_thich"))
        fields |= {n: str(getattr(assignment, n)) for n in ("chu_tri", "phoi_hop", "thoi_gian")}
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
    return capitalised(said)


def _many(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _chu(value: object) -> str:
    if not isinstance(value, Mapping):
        raise TypeError
    return str(value["chu"])


def listing_of(document: Document, ids: Mapping[int, str]) -> Listing:
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
        ledger.use(row.passages)
    ledger.use(label.passage for label in document.labels)
    left = (line for one in ledger.left_over() for line in one.text.split("\n"))
    return tuple(squeeze(line) for line in left if line.strip())


def task_of_mark(name: str) -> str:
    """The id that danvan's mark `name` ("_dv_..._noi_dung") most likely names."""
    return _FIELD_OF_MARK.sub("", name.removeprefix("_dv_")).replace("_", "-")


@dataclass(frozen=True)
class ProgrammeSide:
    """The programme of a unit or a city."""

    locality: Locality
    programme: Programme

    @property
    def listing(self) -> Listing:
        """What it lists."""
        return of_programme(self.programme, self.locality.catalogue.wording)

    def beside(self, paper: Document, templates: Path) -> Listing:
        """What its paper of the kind of `paper` lists; the programme itself where it has none.

        Raises:
            TemplateError: its paper cannot be made.
        """
        outlines = outlines_of_kind(paper, self.locality.catalogue)
        kinds = list(dict.fromkeys(str(outline.loai) for outline in outlines))
        documents, _ = documents_of(self.locality, self.programme, kinds[:1])
        if not documents:
            return self.listing
        data = documents[0].rendered(templates)
        own = document_in(data, documents[0].name)
        known = {task.ma for task in self.programme.tasks}
        return listing_of(own, ids_in(data, own, known))


def ids_in(data: bytes, document: Document, known: Iterable[str]) -> dict[int, str]:
    """The ids of the tasks that danvan marked in the .docx `data`, by the order of their words.

    Marks lose the difference between "-" and "_": ids of `known` are told exactly.
    """
    parts = read_package(data)
    main = main_part(parts)
    names: dict[int, str] = {}
    for order, paragraphs in paragraphs_by_order(parts, main, roots_of(parts, main)).items():
        for paragraph in paragraphs:
            for mark in paragraph.iter(f"{W}bookmarkStart"):
                if OURS.fullmatch(mark.get(f"{W}name", "")):
                    names.setdefault(order, mark.get(f"{W}name", ""))
    exact = {mark_of(subject): ma for ma in known for subject in (ma, f"{ma}.noi_dung")}
    made: dict[int, str] = {}
    for row in document.rows:
        if row.group or not row.noi_dung:
            continue
        first = row.noi_dung[0].locate(0).line
        name = names.get(row.tt[0].locate(0).line if row.tt else first) or names.get(first)
        if name is not None:
            made[first] = exact.get(name) or task_of_mark(name)
    return made


def export_in(path: Path, wording: Wording) -> Listing | None:
    """What the export at `path` lists, printed by `wording`; None where it is no export of a programme.

    Raises:
        OSError: it cannot be read.
    """
    text = path.read_text("utf-8", "replace")
    if path.suffix.lower() == ".json":
        try:
            data = json.loads(text)
        except ValueError:
            return None
    else:
        data = read_yaml(text, "")[0]
    if not isinstance(data, dict) or not {"nhom", "khong_ap_dung"} <= data.keys():
        return None
    try:
        return of_export(data, wording)
    except (KeyError, TypeError, AttributeError):
        return None
