"""What a paper's tasks change in a city's catalogue, as a unit's file writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from danvan_cli.importing.agencies import Data, PaperAgencies, several
from danvan_cli.importing.align import Match
from danvan_cli.importing.paper import PaperTask, lines_text
from danvan_cli.importing.words import (
    WITHOUT_REASON,
    bare_wording,
    corrected,
    free_id,
    replacements,
)
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Assigned, LocalTask, Programme
from danvan_cli.models.catalogue import Task
from danvan_cli.models.profile import Profile
from danvan_cli.nodes import Text
from danvan_cli.passage import Passage
from danvan_cli.prose import Prose
from danvan_cli.render.assignment import of_task
from danvan_cli.text import fold, squeeze


@dataclass
class TaskChanges:
    """Gathers what the paper's tasks change, in the order of the paper.

    `plain` is the unit before any change, as `start` of its file makes it; `programme` has all
    tasks it may have. `lists` says whether the paper lists tasks at all,
    `whole_lists` that changed agencies are written as whole lists, `itself` which task the paper
    itself is the doing of.
    """

    plain: Locality
    start: Data
    programme: Programme
    names: PaperAgencies
    lists: bool = True
    whole_lists: bool = False
    itself: str = ""
    used: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    changed: list[Data] = field(default_factory=list)
    merged: list[Data] = field(default_factory=list)
    added: list[Data] = field(default_factory=list)

    @property
    def catalogue(self) -> Catalogue:
        """The city's catalogue."""
        return self.plain.catalogue

    def take(self, task: PaperTask, match: Match) -> str:
        """Note what `task` changes in the city tasks of `match`; its id in the programme."""
        sources = [self.programme.task(ma) for ma in match.sources]
        city = list(self.catalogue.tasks)
        known = sorted(
            (task for task in sources if task is not None), key=lambda t: city.index(Text(t.ma))
        )
        self.used += [task.ma for task in known]
        if not known:
            self._add(task)
        elif len(known) > 1:
            self._merge(task, known)
        else:
            change = self._change(task, known[0])
            if change:
                self.changed.append({"ma": known[0].ma, "ly_do": WITHOUT_REASON, **change})
            self.order.append(known[0].ma)
        return self.order[-1]

    def profile(self) -> Data:
        """The unit's file, its keys in the order of a hand-written one."""
        made: Data = {}
        if own := self.names.own():
            made["co_quan"] = own
        here = {task.ma for task in localize(self.plain).tasks}
        chosen = [ma for ma in self.used if ma not in here]
        for name, tasks in (("chon", chosen), ("loai_bo", self.removed())):
            if tasks:
                made[name] = [{"ma": ma, "ly_do": WITHOUT_REASON} for ma in tasks]
        lists = {"sua_doi": self.changed, "hop_nhat": self.merged, "bo_sung": self.added}
        made |= {name: entries for name, entries in lists.items() if entries}
        if moved := self._moved(made):
            made["thu_tu"] = moved
        return made

    def _moved(self, profile: Data) -> list[str]:
        """The tasks that do not come out in the paper's order, in the order of the paper."""
        whole = Profile.model_validate({**self.start, **profile})
        made = Locality.of(self.catalogue, self.plain.unit, whole)
        here = [task.ma for task in localize(made).tasks]
        wanted = [ma for ma in self.order if ma in here]
        seats = [ma for ma in here if ma in wanted]
        return [new for old, new in zip(seats, wanted, strict=True) if old != new]

    def removed(self) -> list[str]:
        """The tasks the unit would have that the paper does not: each awaits a reason."""
        heads = {str(t.ma) for t in self.catalogue.tasks.values() if t.diem}
        return [
            task.ma
            for task in (localize(self.plain).tasks if self.lists else ())
            if task.ma not in (*self.used, *heads, self.itself)
        ]

    def _add(self, task: PaperTask) -> None:
        made = self._new(task, self.added, {"nhom": self._group()}) | self._given(task)
        if self.order:
            made["sau"] = self.order[-1]
        self.added.append(made)
        self.order.append(str(made["ma"]))

    def _new(self, task: PaperTask, others: list[Data], about: Data) -> Data:
        """An entry of its own for `task`, `about` it beside its words."""
        ma = new_id(task.noi_dung.text, {str(one["ma"]) for one in others}, self.catalogue)
        made: Data = {"ma": ma, **about, "ly_do": WITHOUT_REASON}
        made["noi_dung"] = bare_wording(task.noi_dung.text)
        if task.chi_tiet:
            made["chi_tiet"] = [squeeze(p.text) for p in task.chi_tiet]
        return made

    def _group(self) -> str:
        last = next((self.programme.task(ma) for ma in reversed(self.used)), None)
        return last.nhom if last is not None else str(self.catalogue.groups[0].ma)

    def _given(self, task: PaperTask) -> Data:
        made: Data = {}
        for name in ("chu_tri", "phoi_hop"):
            if refs := self.names.read(getattr(task, name)):
                made[name] = short_refs(refs)
        if task.thoi_gian:
            made["thoi_gian"] = _lines(task.thoi_gian)
        return made

    def _merge(self, task: PaperTask, sources: list[LocalTask]) -> None:
        made = self._new(task, self.merged, {"tu": [s.ma for s in sources]})
        given = {} if task.shared else self._given(task)
        self.merged.append(made | given)
        self._release(sources, given)
        self.order.append(str(made["ma"]))

    def _release(self, sources: list[LocalTask], given: Data) -> None:
        """The agencies of the merged tasks that the paper does not name leave them first."""
        refs = (ref for name in ("chu_tri", "phoi_hop") for ref in several(given.get(name)))
        kept = {ref["co_quan"] if isinstance(ref, dict) else ref for ref in refs}
        for source in sources if kept else ():
            lost = {
                name: [a.ma for a in getattr(source, name) if a.ma not in kept and not a.tap_the]
                for name in ("chu_tri", "phoi_hop")
            }
            change = {name: {"bot": members} for name, members in lost.items() if members}
            if change:
                self.changed.append({"ma": source.ma, "ly_do": WITHOUT_REASON, **change})

    def _change(self, task: PaperTask, local: LocalTask) -> Data:
        made: Data = {}
        own = str(local.noi_dung)
        faults = [o.chu for o in self.catalogue.tasks[local.ma].nguyen_van]
        text = corrected(bare_wording(task.noi_dung.text), faults, bare_wording(own))
        if text != bare_wording(own):
            parts = replacements(own, text)
            made["noi_dung"] = {"thay": parts} if parts else text
        if changed := _details(task.chi_tiet, local.chi_tiet):
            made["chi_tiet"] = changed
        if task.shared:
            return made
        printed = of_task(local, self.catalogue.wording)
        lead = self.names.read(task.chu_tri)
        leading = [ref["co_quan"] for ref in lead]
        helpers = [r for r in self.names.read(task.phoi_hop) if r["co_quan"] not in leading]
        for name, refs in (("chu_tri", lead), ("phoi_hop", helpers)):
            change = self._agencies(refs, getattr(local, name))
            if change is not None and not _prints(getattr(task, name), getattr(printed, name)):
                made[name] = change
        when = _lines(task.thoi_gian)
        if when and bare_wording(when) != bare_wording(str(local.thoi_gian)):
            made["thoi_gian"] = when
        return made

    def _agencies(self, printed: list[Data], own: tuple[Assigned, ...]) -> object:
        change = _agencies(printed, own)
        if change is None or not self.whole_lists:
            return change
        return short_refs(printed) if printed else []


def _prints(passages: Sequence[Passage], own: Prose) -> bool:
    """Whether a cell of the paper reads as `own` prints, capitals of names aside."""
    return fold(bare_wording(lines_text(passages))) == fold(bare_wording(str(own)))


def _lines(passages: Sequence[Passage]) -> str:
    """The text of a cell, a line each where it has several."""
    lines = lines_text(passages).split("\n")
    return "\n".join(bare_wording(line.removeprefix("+ ")) for line in lines if line.strip())


def _details(printed: Sequence[Passage], own: Sequence[object]) -> list[str]:
    """The details a paper prints otherwise than the catalogue; a form that prints none says nothing."""
    if not printed or [bare_wording(p.text) for p in printed] == [
        bare_wording(str(t)) for t in own
    ]:
        return []
    return [squeeze(p.text) for p in printed]


def _agencies(printed: list[Data], own: tuple[Assigned, ...]) -> object:
    """The change that makes `own` the agencies of the paper; None where they are the same."""
    ids = [str(ref["co_quan"]) for ref in printed]
    known = [a.ma for a in own]
    roles = any(len(ref) > 1 for ref in printed) or any(a.vai_tro or a.de_nghi for a in own)
    same_roles = [str(ref.get("vai_tro") or ref.get("de_nghi") or "") for ref in printed] == [
        str(a.vai_tro or a.de_nghi) for a in own
    ]
    if ids == known and (not roles or same_roles):
        return None
    if not printed:
        return {"bot": known if len(known) > 1 else known[0]}
    if roles:
        return short_refs(printed)
    gone = [ma for ma in known if ma not in ids]
    new = [ma for ma in ids if ma not in known]
    if (
        known
        and [*(m for m in known if m not in gone), *new] == ids
        and len(gone) + len(new) < len(ids)
    ):
        return {
            name: value if len(value) > 1 else value[0]
            for name, value in (("them", new), ("bot", gone))
            if value
        }
    return short_refs(printed)


def short_refs(refs: list[Data]) -> object:
    """A list of agencies as people write it: ids alone, a single id without a list."""
    made = [ref if len(ref) > 1 else ref["co_quan"] for ref in refs]
    return made[0] if len(made) == 1 and isinstance(made[0], str) else made


def facts_of(task: Task) -> list[str]:
    """The facts of the first condition under which a unit gets `task`; none where no fact does."""
    return next(([str(f) for f in s.co] for s in task.ap_dung if s.co and not s.loai), [])


def new_id(text: str, taken: Iterable[str], catalogue: Catalogue) -> str:
    """An id for the task `text` that nothing else bears."""
    used = {*taken, *(str(ma) for ma in catalogue.tasks)}
    return free_id(text, used, words=5, otherwise="nhiem-vu")
