"""An outline as the unit wants it: blocks chosen, changed, added; their texts filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.edits import Edits
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.trail import StepKind
from danvan_cli.models.edits import BlockEdit, Placing
from danvan_cli.models.outline import (
    LINE_FIELDS,
    TEXT_KINDS,
    Annex,
    Block,
    Lines,
    Outline,
    TaskList,
)
from danvan_cli.models.profile import DocumentChange
from danvan_cli.nodes import Text
from danvan_cli.problems import no_effect, unknown_block, unknown_task, unplaced_block
from danvan_cli.prose import NOTHING, Origin, Prose, filled
from danvan_cli.render.assignment import GivenLines


@dataclass(frozen=True)
class FilledBlock:
    """A block ready to print: its kind, its words, what stands under it."""

    ma: str
    kind: str
    text: Prose = NOTHING
    numbering: str | None = None
    children: tuple[FilledBlock, ...] = ()
    tasks: TaskList | None = None
    lines: Lines | None = None
    origin: Origin = Origin.CATALOGUE
    own_lines: frozenset[str] = frozenset()

    def given(self) -> GivenLines | None:
        """The assignment lines it has, with whose they are."""
        lines = self.tasks.dong if self.tasks is not None else self.lines
        return GivenLines(lines, self.origin, self.own_lines) if lines is not None else None

    def walk(self) -> Iterator[FilledBlock]:
        """This section and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Editor:
    """The unit's changes to one document, applied block by block; collects what matches nothing."""

    locality: Locality
    values: Mapping[str, Prose]
    change: DocumentChange
    outline: Outline
    problems: list[Finding]
    placed: set[str] = field(default_factory=set)

    def sections(
        self, blocks: Iterable[Block], origin: Origin = Origin.CATALOGUE
    ) -> tuple[FilledBlock, ...]:
        """`blocks` that apply to the unit, changed, each followed by what the unit adds after it."""
        made: list[FilledBlock] = []
        for block in blocks:
            made.extend(self._brought(block.ma, "truoc"))
            if block.ma not in self._moved:
                made.extend(self._kept(block, origin))
            made.extend(self._brought(block.ma, "sau"))
        return tuple(made)

    @cached_property
    def _changes(self) -> bool:
        """Whether the unit's file changes blocks at all: few do."""
        change = self.change
        return bool(change.them or change.chuyen or change.thay or change.bot)

    @cached_property
    def _moved(self) -> dict[str, Block]:
        moved = {str(order.ma) for order in self.change.chuyen}
        return {str(b.ma): b for b in self.outline.blocks() if b.ma in moved} if moved else {}

    @cached_property
    def _orders(self) -> tuple[tuple[Placing, Block, Origin], ...]:
        """What the unit adds and what it moves."""
        moves = [o for o in self.change.chuyen if o.ma in self._moved]
        return (
            *((o, o.khoi, Origin.UNIT) for o in self.change.them),
            *((o, self._moved[o.ma], Origin.CATALOGUE) for o in moves),
        )

    def _kept(self, block: Block, origin: Origin) -> Iterator[FilledBlock]:
        if self.locality.holds(block.ap_dung) and block.ma not in self.change.bot:
            yield self._section(block, origin)

    def _brought(self, ma: str, where: str) -> list[FilledBlock]:
        """What the unit adds or moves before, after or into `ma`, with what goes with that."""
        made: list[FilledBlock] = []
        for order, block, origin in self._orders:
            if getattr(order, where) == ma and block.ma not in self.placed:
                self.placed.add(str(block.ma))
                made.extend(self._brought(block.ma, "truoc"))
                made.extend(self._kept(block, origin))
                made.extend(self._brought(block.ma, "sau"))
        return made

    def check_printed(self, printed: Iterable[str]) -> None:
        """Every block that the unit adds, moves or changes must be among those `printed`."""
        if not self._changes:
            return
        printed = set(printed)
        known = self._known()
        orders: list[tuple[Placing, Text]]
        orders = [(order, b.ma) for order in self.change.them for b in order.khoi.walk()]
        orders += [(order, order.ma) for order in self.change.chuyen if order.ma in known]
        lost = [(order, ma) for order, ma in orders if ma not in printed and order.anchor in known]
        self.problems.extend(unplaced_block(ma, order.anchor, ma.place) for order, ma in lost)
        if not self.problems:
            idle = [n for n in self.change.thay if n in known and n not in printed]
            self.problems.extend(no_effect(n, "thay", n.place) for n in idle)

    def _known(self) -> set[str]:
        """The blocks a unit's file may name: the outline's, its annexes, those it adds itself."""
        known = {str(block.ma) for block in self.outline.blocks()}
        known |= {str(annex.ma) for annex in self.outline.phu_luc}
        return known | {str(b.ma) for order in self.change.them for b in order.khoi.walk()}

    def annexes(self) -> Iterator[tuple[Annex, Prose]]:
        """The annexes that the unit keeps, each with its title as the unit has it."""
        for annex in self.outline.phu_luc:
            if annex.ma in self.change.bot:
                continue
            title = filled(annex.tieu_de, self.values, Origin.CATALOGUE)
            change = next((e for n, e in self.change.thay.items() if n == annex.ma), None)
            if change is not None and change.chu is not None:
                edits = Edits(self.locality, str(annex.ma), StepKind.REPLACE)
                title = edits.edited("chu", title, change.chu)
                self.problems.extend(edits.problems)
            yield annex, title

    def _section(self, block: Block, origin: Origin) -> FilledBlock:
        kind = next(k for k in (*TEXT_KINDS, "danh_sach", "dong") if getattr(block, k) is not None)
        value = getattr(block, kind)
        text = NOTHING if kind in ("danh_sach", "dong") else filled(value, self.values, origin)
        children = (*self.sections(block.khoi, origin), *self._brought(block.ma, "trong"))
        made = FilledBlock(
            ma=str(block.ma),
            kind=kind,
            text=text,
            numbering=block.danh_so,
            children=children,
            tasks=block.danh_sach,
            lines=block.dong,
            origin=origin,
        )
        if origin is Origin.UNIT and block.danh_sach is not None:
            self._check_tasks(block.danh_sach.nhiem_vu)
        for name, edit in self.change.thay.items():
            if name == block.ma:
                made = self._changed(made, edit, name.place)
        return made

    def _changed(self, section: FilledBlock, edit: BlockEdit, place: Place) -> FilledBlock:
        before = len(self.problems)
        made = self._edited(section, edit)
        same = (str(made.text), made.tasks, made.lines) == (
            str(section.text),
            section.tasks,
            section.lines,
        )
        if same and len(self.problems) == before:
            self.problems.append(no_effect(section.ma, "thay", place))
        return made

    def _check_tasks(self, names: Iterable[Text]) -> None:
        profile = self.locality.profile
        known = [*self.locality.catalogue.tasks]
        known += [str(order.ma) for order in profile.hop_nhat]
        known += [str(order.ma) for order in profile.bo_sung]
        self.problems.extend(unknown_task(n, n.place, known) for n in names if n not in known)

    def _edited(self, section: FilledBlock, edit: BlockEdit) -> FilledBlock:
        self._check_tasks(edit.nhiem_vu)
        if edit.chu is not None and section.kind in TEXT_KINDS:
            edits = Edits(self.locality, section.ma, StepKind.REPLACE)
            section = replace(section, text=edits.edited("chu", section.text, edit.chu))
            self.problems.extend(edits.problems)
        if edit.nhiem_vu and section.tasks is not None:
            section = replace(
                section, tasks=section.tasks.model_copy(update={"nhiem_vu": edit.nhiem_vu})
            )
        if edit.dong is not None and section.kind not in TEXT_KINDS:
            section = _with_lines(section, edit.dong)
        return section

    def check(self) -> None:
        """Every block the unit's file names must be one of the outline's."""
        if not self._changes:
            return
        known = self._known()
        named = [*self.change.thay, *self.change.bot]
        named += [order.anchor for order in (*self.change.them, *self.change.chuyen)]
        named += [order.ma for order in self.change.chuyen]
        for name in named:
            if name not in known:
                self.problems.append(unknown_block(name, name.place, self.outline.ma, known))
        absent = {b.ma for block in self.outline.top_blocks() for b in self._absent(block)}
        for verb, names in (("thay", self.change.thay), ("bot", self.change.bot)):
            self.problems.extend(no_effect(n, verb, n.place) for n in names if n in absent)

    def _absent(self, block: Block) -> Iterator[Block]:
        """Those of `block` and the blocks below it that are not for this unit."""
        if not self.locality.holds(block.ap_dung):
            yield from block.walk()
            return
        for child in block.khoi:
            yield from self._absent(child)


def _with_lines(block: FilledBlock, own: Lines) -> FilledBlock:
    """`block` with the lines that the unit's file gives; those it does not name stay."""
    named = frozenset(name for name in LINE_FIELDS if own.has(name))
    given = block.given()
    if given is not None and named:
        own = given.lines.model_copy(update={name: getattr(own, name) for name in named})
    if block.tasks is not None:
        tasks = block.tasks.model_copy(update={"dong": own})
        return replace(block, tasks=tasks, own_lines=named or frozenset(LINE_FIELDS))
    return replace(block, lines=own, own_lines=named)
