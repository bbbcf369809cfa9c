"""A unit's paper to the unit's file: what it says otherwise than its city's catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from danvan_cli.importing.agencies import Data, PaperAgencies, mapping
from danvan_cli.importing.align import Aligned, Choose, align_with, likeliest, whole_programme
from danvan_cli.importing.block_changes import (
    OutlineChanges,
    changed_lines,
    line_slot,
    lines_of,
    unsaid,
)
from danvan_cli.importing.head import (
    cited_papers,
    kinds_of_paper,
    leave_out_annexes,
    leave_out_frame,
    numbers_of,
    outlines_of_kind,
    own_theme,
    signature_of,
    without_annexes,
)
from danvan_cli.importing.ledger import NOT_CHOSEN, Ledger, Left, lost, spot
from danvan_cli.importing.outline import Fitted, Slot, best_outline, body_of
from danvan_cli.importing.paper import PaperTask, PaperTasks, paper_of
from danvan_cli.importing.tasks import TaskChanges, facts_of
from danvan_cli.importing.words import bare_wording, replacements
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import LocalGroup
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.passage import Passage
from danvan_cli.prose import Origin
from danvan_cli.reading.document import Document
from danvan_cli.render.assignment import Assignment, GivenLines, of_lines
from danvan_cli.render.documents import LEFT_BLANK
from danvan_cli.text import nearest

_LIKE = 0.45
"""How alike the name of a group must be to one of the city's."""


@dataclass(frozen=True)
class UnitImport:
    """A unit's file made from a paper.

    `profile` is its content; `aligned` the tasks; `removed` the numbers of the city tasks the
    paper does not have; `unknown` and `doubtful` as `PaperAgencies` has them; `left_out` and
    `left_over` what of the paper is not in the file, for a reason and without one; `notes` the
    comments people left in it. `has_blocks` says that an outline fits its standing words.
    """

    unit: Unit
    profile: Data
    aligned: tuple[Aligned, ...]
    removed: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    left_out: tuple[Left, ...] = ()
    left_over: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    has_blocks: bool = False


def import_unit(
    document: Document,
    lines: Iterable[str],
    catalogue: Catalogue,
    unit: Unit,
    choose: Choose = likeliest,
    *,
    whole_lists: bool = False,
    notes: tuple[str, ...] = (),
    aside: tuple[Passage, ...] = (),
) -> UnitImport:
    """The unit's file that gives `document` back; `lines` is its text read apart (`bare_lines`).

    With `whole_lists` changed agencies are written as whole lists, never as members that come
    and go. `notes` are the comments people left in the paper, `aside` stands in tables that were
    not chosen.
    """
    kinds = kinds_of_paper(document, catalogue, unit)
    made = [
        _UnitImporter(text, catalogue, unit, choose, kinds).run(aside, whole_lists=whole_lists)
        for text in document.texts
    ]
    whole = made[0] if len(made) == 1 else _joined(made)
    return replace(whole, left_over=(*whole.left_over, *lost(lines, document)), notes=notes)


def _joined(made: Sequence[UnitImport]) -> UnitImport:
    """What the texts of one file give together; the first is that which issues the others."""
    profile: Data = {}
    for each in reversed(made):
        profile |= each.profile
    documents = {k: v for each in made for k, v in mapping(each.profile.get("van_ban")).items()}
    profile["gop_tep"] = "co"
    if documents:
        profile["van_ban"] = documents
    tasks = next((each for each in made if each.aligned), made[0])
    return replace(
        tasks,
        profile=profile,
        left_out=tuple(left for each in made for left in each.left_out),
        left_over=tuple(left for each in made for left in each.left_over),
        has_blocks=any(each.has_blocks for each in made),
    )


class _UnitImporter:
    """One paper on its way to a unit's file."""

    def __init__(
        self,
        document: Document,
        catalogue: Catalogue,
        unit: Unit,
        choose: Choose,
        kinds: Sequence[str],
    ) -> None:
        self.catalogue, self.unit = catalogue, unit
        self.document, annexes = without_annexes(document, catalogue)
        theme = own_theme(document, catalogue)
        start: Data = {"chu_de": theme} if theme else {}
        if kinds:
            # Which documents the unit has decides over blocks of each.
            start["loai_van_ban"] = kinds[0] if len(kinds) == 1 else list(kinds)
        self.start = start
        self.plain = self._with()
        self.facts = cited_papers(document, lambda facts: self._with(dac_diem={"co": facts}))
        self._take_facts()
        self.locality, self.programme = whole_programme(catalogue, unit, start)
        self.ledger = Ledger(document.passages)
        self.ledger.leave_out(annexes, "phụ lục: danvan lập từ lời của văn bản")
        self.fitted = self._fitted()
        self.paper = self._paper()
        self.aligned = self._decided(choose)
        if facts := self._facts():
            self.facts += facts
            self._take_facts()
            # A task may be worded otherwise where the unit has the facts that brought it in.
            self.locality, self.programme = whole_programme(catalogue, unit, start)
        self.names = PaperAgencies(self.locality)
        for row in document.rows[len(self.document.rows) :]:
            self.names.note((*row.chu_tri, *row.phoi_hop))

    def run(self, aside: Iterable[Passage], *, whole_lists: bool) -> UnitImport:
        self.ledger.leave_out(aside, NOT_CHOSEN)
        changes = TaskChanges(
            self.plain, self.start, self.programme, self.names, bool(self.aligned), whole_lists
        )
        changes.itself = str(self.fitted.outline.la_nhiem_vu or "") if self.fitted else ""
        ids: dict[int, str] = {}
        for each in self.aligned:
            ids[each.match.index] = changes.take(each.task, each.match)
            self.ledger.use(each.task.lines())
        if own := self.names.own():
            # The unit's own names stand in the blocks too.
            self.plain = self._with(co_quan=own)
            self.fitted = self._fitted()
        document = self._document(ids)
        profile: Data = {
            "don_vi": str(self.unit.ma),
            "danh_muc": str(self.catalogue.edition.nam),
            **self._head(),
            **changes.profile(),
        }
        if document and self.fitted is not None:
            profile["van_ban"] = {str(self.fitted.outline.loai): document}
        if groups := self._groups():
            profile["nhom"] = groups
        leave_out_frame(self.ledger, self.document, self.catalogue.wording)
        if self.fitted is None:
            self.ledger.leave_out(self.document.title, "tên văn bản: danvan in theo danh mục")
        if self.fitted is not None and self.fitted.outline.phu_luc:
            leave_out_annexes(self.ledger, self.document)
        numbers = self.catalogue.numbers
        return UnitImport(
            self.unit,
            profile,
            self.aligned,
            tuple(numbers[ma] for ma in changes.removed()),
            tuple(self.names.unknown.items()),
            tuple(self.names.doubtful.items()),
            self.ledger.left_out(),
            self.ledger.left_over(),
            has_blocks=self.fitted is not None,
        )

    def _decided(self, choose: Choose) -> tuple[Aligned, ...]:
        numbers = self.catalogue.numbers
        known = {t.ma: f"{numbers[t.ma]} {t.noi_dung}" for t in self.programme.tasks}
        made = []
        for each in align_with(self.paper, self.catalogue, self.programme):
            match = choose(each.task, each.match, known)
            made.append(replace(each, match=match, nguon=tuple(numbers[m] for m in match.sources)))
        return tuple(made)

    def _take_facts(self) -> None:
        """The unit has its `facts` from now on."""
        if self.facts:
            self.start["dac_diem"] = {"co": self.facts}
            self.plain = self._with()

    def _with(self, **more: object) -> Locality:
        """The unit as its file stands before any change, with `more` in it."""
        profile = Profile.model_validate({**self.start, **more})
        return Locality.of(self.catalogue, self.unit, profile)

    def _facts(self) -> list[str]:
        """The facts of the unit that bring in tasks the paper has."""
        here = {task.ma for task in localize(self.plain).tasks}
        used = [ma for each in self.aligned for ma in each.match.sources if ma not in here]
        facts = (fact for ma in used for fact in facts_of(self.catalogue.tasks[ma]))
        return list(dict.fromkeys(facts))

    def _fitted(self) -> Fitted | None:
        outlines = outlines_of_kind(self.document, self.catalogue)
        return best_outline(self.document, outlines, self.plain)

    def _paper(self) -> PaperTasks:
        """The tasks of the paper, without those that are standing words of its outline."""
        paper = paper_of(self.document)
        if self.fitted is None:
            return paper
        lists = [s.section.tasks for s in self.fitted.slots if s.section.tasks is not None]
        if not lists:
            return PaperTasks()
        blocks = {spot(p.words) for _, p in self.fitted.pairs}
        listed = any(tasks.nhiem_vu for tasks in lists)
        kept = [task for task in paper.tasks if spot(task.noi_dung) not in blocks]
        aligned = align_with(PaperTasks((), tuple(kept)), self.catalogue, self.programme)
        if listed:
            # Where the outline says which tasks stand where, what is no city task is its words.
            kept = [each.task for each in aligned if each.match.sources or each.task.in_table]
        shared = [self._shared(task) for task in kept]
        return PaperTasks(paper.groups, tuple(shared))

    def _shared(self, task: PaperTask) -> PaperTask:
        """`task` without agencies and deadline where its list has one set of lines for all."""
        assert self.fitted is not None
        lists = [s for s in self.fitted.slots if s.section.tasks is not None]
        if task.so or not any(s.section.tasks and s.section.tasks.dong for s in lists):
            return task
        return replace(task, chu_tri=(), phoi_hop=(), thoi_gian=(), shared=True)

    def _document(self, ids: dict[int, str]) -> Data:
        """What the unit's file says of this document: its outline, blocks, lines, date, signer."""
        if self.fitted is None:
            return {}
        changes = OutlineChanges(self.fitted, body_of(self.document))
        names = [name for name, _ in self._named_groups()]
        changes.compare([*names, *(p for task in self.paper.tasks for p in task.lines())])
        changes.compare_lines(self._lines(ids))
        self.ledger.use(changes.used)
        made: Data = {}
        if self.fitted.outline.mac_nhien is not None:
            made["mau_chu"] = str(self.fitted.outline.ma)
        return made | numbers_of(self.document) | changes.data()

    def _lines(self, ids: dict[int, str]) -> dict[str, Data]:
        """What the paper changes in the lines and the lists of the outline's blocks, by block."""
        assert self.fitted is not None
        made: dict[str, Data] = {}
        for each in lines_of(self.document):
            paragraphs = {spot(p)[:2] for p in each.row.noi_dung}
            numbered = enumerate(self.paper.tasks)
            tasks = [(i, task) for i, task in numbered if spot(task.noi_dung)[:2] in paragraphs]
            sources = [ma for index, _ in tasks for ma in self.aligned[index].match.sources]
            slot = line_slot(self.fitted, each.row, sources)
            for passages in each.given.values():
                self.ledger.use(passages)
            if slot is None:
                continue
            of_paragraph = slot.section.tasks is None
            # Lines of a paragraph are not those of the tasks above it: these print none.
            for ma in self.fitted.outline.lists_of(sources) if of_paragraph else ():
                made.setdefault(ma, {})["dong"] = {}
            own_lines = of_paragraph or bool(slot.section.tasks and slot.section.tasks.dong)
            if tasks and not own_lines and not any(task.shared for _, task in tasks):
                continue
            change = self._change_of(slot, each.given, [ids[index] for index, _ in tasks])
            if change:
                made.setdefault(slot.section.ma, {}).update(change)
        return made

    def _change_of(
        self, slot: Slot, given: dict[str, tuple[Passage, ...]], tasks: list[str]
    ) -> Data:
        section = slot.section
        made: Data = {}
        if section.tasks is not None and section.tasks.nhiem_vu:
            present = {m for each in self.aligned for m in each.match.sources}
            listed = [str(ma) for ma in section.tasks.nhiem_vu if ma in present]
            if set(tasks) - set(listed):
                made["nhiem_vu"] = tasks
        own = section.tasks.dong if section.tasks is not None else section.lines
        # Lines of the outline go with its tasks: where those are all gone, the unit says them.
        if own is None or (section.tasks is not None and not tasks):
            usual = Assignment()
        else:
            usual = of_lines(GivenLines(own, Origin.CATALOGUE), self.plain, section.ma, [])
        change = changed_lines(given, usual, self.names.read, gone=own is not None)
        if change := unsaid(own, change):
            made["dong"] = change
        return made

    def _head(self) -> Data:
        made: Data = {"nguoi_ky": str(LEFT_BLANK)}
        signature = signature_of(self.document, self.catalogue.wording)
        if signature is not None:
            self.ledger.use(signature.passages)
            named = {"ho_ten": signature.ho_ten, "chuc_vu": signature.chuc_vu}
            short = signature.chuc_vu == next(iter(self.catalogue.wording.chuc_vu))
            made["nguoi_ky"] = signature.ho_ten if short else named
        made |= self.start
        return made

    def _groups(self) -> list[Data]:
        """The groups whose names the paper prints otherwise."""
        made: list[Data] = []
        for name, group in self._named_groups():
            self.ledger.use([name])
            text = bare_wording(name.text)
            if text not in (bare_wording(str(group.ten)), bare_wording(str(group.de_muc))):
                parts = replacements(str(group.ten), text)
                made.append({"ma": group.ma, "ten": {"thay": parts} if parts else text})
        return made

    def _named_groups(self) -> Iterator[tuple[Passage, LocalGroup]]:
        """The names of groups in the paper, each with the group, found by likeness and by number."""
        blocks = {spot(p.words) for _, p in self.fitted.pairs} if self.fitted else set()
        groups = self.programme.groups
        known = {str(name): g for g in groups for name in (g.ten, g.de_muc) if name}
        for printed in self.paper.groups:
            if printed.ten is None or spot(printed.ten) in blocks:
                continue
            numbered = next((g for g in groups if g.tt == printed.so), None)
            group = known.get(nearest(printed.ten.text, known, cutoff=_LIKE) or "", numbered)
            if group is not None:
                yield printed.ten, group
