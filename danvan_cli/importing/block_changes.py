"""What a paper changes in the blocks of an outline and in their lines of assignment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from danvan_cli.importing.agencies import Data
from danvan_cli.importing.ledger import spot
from danvan_cli.importing.outline import Fitted, PaperParagraph, Slot, bare_end
from danvan_cli.importing.paper import lines_text
from danvan_cli.importing.words import bare_wording, free_id, replacements
from danvan_cli.models.outline import LINE_FIELDS, TEXT_KINDS, Lines
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, TaskRow
from danvan_cli.render.assignment import Assignment
from danvan_cli.text import fold

AGENCY_LINES = ("chu_tri", "thuc_hien", "phoi_hop")
ReadAgencies = Callable[[Iterable[Passage]], list[Data]]


@dataclass(frozen=True)
class RowLines:
    """The lines under one or several tasks of a paper, by field."""

    row: TaskRow
    given: dict[str, tuple[Passage, ...]]


def lines_of(document: Document) -> tuple[RowLines, ...]:
    """For each task or group of tasks written as paragraphs, its lines by field."""
    rows = [row for row in document.rows if row.form != "bang"]
    values: dict[tuple[str, int], list[Passage]] = {}
    heads = {spot(label.passage) for label in document.labels}
    for passage in document.passages:
        if spot(passage) not in heads:
            values.setdefault(_line(passage), []).append(passage)
    made: list[dict[str, list[Passage]]] = [{} for _ in rows]
    for label in document.labels:
        if label.row < len(made):
            given = made[label.row].setdefault(label.field, [])
            given += values.get(_line(label.passage), [])
    for row, fields in zip(rows, made, strict=True):
        for name in ("chu_tri", "phoi_hop", "thoi_gian"):
            _put_rest(fields, name, getattr(row, name))
    return tuple(
        RowLines(row, {name: tuple(p) for name, p in fields.items()})
        for row, fields in zip(rows, made, strict=True)
    )


def _put_rest(given: dict[str, list[Passage]], name: str, passages: Iterable[Passage]) -> None:
    """Lines that go on below their label ("+ ...") belong to it too."""
    known = {spot(p) for many in given.values() for p in many}
    given.setdefault(name, []).extend(p for p in passages if spot(p) not in known)


def _line(passage: Passage) -> tuple[str, int]:
    return spot(passage)[:2]


def line_slot(fitted: Fitted, row: TaskRow, tasks: Sequence[str]) -> Slot | None:
    """The block whose lines those of `row` are: the list of its `tasks`, or lines of their own."""
    last = fitted.block_of(row.noi_dung[-1]) if row.noi_dung else None
    if last is not None or not tasks:
        last = last or next((b for p in reversed(row.noi_dung) if (b := fitted.block_of(p))), None)
        after = fitted.slots[fitted.slots.index(last) + 1 :] if last is not None else ()
        near = (s for s in after if last is not None and s.above in (last.above, last.section.ma))
        return next((s for s in near if s.section.lines is not None or s.section.tasks), None)
    lists = [slot for slot in fitted.slots if slot.section.tasks is not None]
    held = [
        (sum(ma in _listed(slot) for ma in tasks), -index, slot) for index, slot in enumerate(lists)
    ]
    best = max(held, key=lambda h: h[:2], default=None)
    if best is not None and best[0]:
        return best[2]
    return next((slot for slot in lists if not _listed(slot)), None)


def _listed(slot: Slot) -> list[str]:
    tasks = slot.section.tasks
    return [str(ma) for ma in tasks.nhiem_vu] if tasks is not None else []


def changed_lines(
    given: dict[str, tuple[Passage, ...]], own: Assignment, read: ReadAgencies, *, gone: bool
) -> Data:
    """Those lines of a paper that print otherwise than `own`, as `dong` of a unit's file.

    With `gone`, offices that the paper no longer names are said to be none.
    """
    made: Data = {}
    for name in LINE_FIELDS:
        text = bare_wording(lines_text(given.get(name, ())))
        if text == bare_wording(str(getattr(own, name))):
            continue
        if name in AGENCY_LINES:
            refs = read(given.get(name, ()))
            if refs or (gone and getattr(own, name)):
                made[name] = [r if len(r) > 1 else r["co_quan"] for r in refs]
        elif text:
            made[name] = text
    return made


def unsaid(own: Lines | None, change: Data) -> Data:
    """Those lines of `change` that are not in `own` already, whatever the words that print them."""
    if own is None:
        return change
    known, new = own.model_dump(), Lines.model_validate(change).model_dump()
    return {name: value for name, value in change.items() if known[name] != new[name]}


@dataclass
class OutlineChanges:
    """What a paper changes in the blocks of an outline, as the unit's file writes it."""

    fitted: Fitted
    body: tuple[PaperParagraph, ...]
    replaced: dict[str, Data] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    added: list[Data] = field(default_factory=list)
    used: list[Passage] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def compare(self, tasks: Iterable[Passage]) -> None:
        """Go through paper and outline; paragraphs of `tasks` are no blocks."""
        taken = {spot(p) for p in tasks}
        slots = {spot(p.words): (slot, p) for slot, p in self.fitted.pairs}
        inside = {key for _, p in self.fitted.pairs for key in _later_lines(p.words)}
        self._ids = {slot.section.ma for slot in self.fitted.slots}
        found = {slot.section.ma for slot, _ in self.fitted.pairs}
        last: Slot | str | None = None
        heading: list[Data] = []
        for paragraph in self.body:
            slot, whole = slots.get(spot(paragraph.words), (None, paragraph))
            if slot is not None:
                self._reword(slot, whole)
                last, heading = slot, []
            elif (
                spot(paragraph.words) in inside
                or bare_end(fold(paragraph.text)) in self.fitted.frame
            ):
                pass
            elif spot(paragraph.words) not in taken and spot(paragraph.passage) not in taken:
                last = self._add(paragraph, last, heading)
            self.used.append(paragraph.passage)
        self._drop(found)

    def compare_lines(self, changes: dict[str, Data]) -> None:
        """Note what differs in the lines and lists of blocks, by block."""
        for ma, change in changes.items():
            self.replaced.setdefault(ma, {}).update(change)

    def data(self) -> Data:
        """The changes, keys as a unit's file has them; empty where there are none."""
        made: Data = {}
        if self.replaced:
            made["thay"] = self.replaced
        if self.dropped:
            made["bot"] = self.dropped
        for order in self.added:
            block = order["khoi"]
            if isinstance(block, dict) and "tieu_de" in block and "khoi" not in block:
                # A heading prints for what stands below it; alone it is a paragraph.
                block["doan"] = block.pop("tieu_de")
        if self.added:
            made["them"] = self.added
        return made

    def _reword(self, slot: Slot, paragraph: PaperParagraph) -> None:
        text, own = bare_end(bare_wording(paragraph.text)), slot.text
        if text == bare_end(bare_wording(own)):
            return
        text += _tail(own)
        parts = replacements(own, text)
        self.replaced[slot.section.ma] = {"chu": {"thay": parts} if parts else text}

    def _add(
        self, paragraph: PaperParagraph, last: Slot | str | None, heading: list[Data]
    ) -> Slot | str | None:
        """A paragraph the outline does not have: a block after the one before it."""
        block: Data = {
            "ma": self._new_id(paragraph.text),
            paragraph.kind: bare_wording(paragraph.text),
        }
        if heading and paragraph.kind != "tieu_de":
            children = heading[0].setdefault("khoi", [])
            assert isinstance(children, list)
            children.append(block)
            return last
        if last is None:
            return last
        after = last if isinstance(last, str) else last.section.ma
        where = "trong" if isinstance(last, Slot) and last.section.kind == "tieu_de" else "sau"
        self.added.append({where: after, "khoi": block})
        if paragraph.kind == "tieu_de":
            heading[:] = [block]
        return str(block["ma"])

    def _drop(self, found: set[str]) -> None:
        """The blocks the paper does not have; a heading whose blocks are all gone takes them along."""
        below: dict[str, list[Slot]] = {}
        for slot in self.fitted.slots:
            below.setdefault(slot.above, []).append(slot)
        gone: set[str] = set()
        for slot in reversed(self.fitted.slots):
            section = slot.section
            if section.kind not in TEXT_KINDS or section.ma in found:
                continue
            kept = [s for s in below.get(section.ma, ()) if s.section.ma not in gone]
            if not kept:
                gone.add(section.ma)
        self.dropped = [
            slot.section.ma
            for slot in self.fitted.slots
            if slot.section.ma in gone and slot.above not in gone
        ]

    def _new_id(self, text: str) -> str:
        made = free_id(text, self._ids, words=4, otherwise="khoi")
        self._ids.add(made)
        return made


def _tail(text: str) -> str:
    """The signs that end `text`."""
    return text[len(text.rstrip(" ./;,:")) :]


def _later_lines(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """The places of the lines of `passage` after its first."""
    at = passage.text.find("\n")
    while at >= 0:
        place = passage.locate(at + 1)
        yield place.path, place.line, place.column
        at = passage.text.find("\n", at + 1)
