"""An outline as the unit wants it: blocks chosen, changed, added; their texts filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.edits import Edits
from danvan_cli.localize.fill import filled_prose
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.trail import StepKind
from danvan_cli.models.outline import Block, Lines, Outline, TaskList
from danvan_cli.models.profile import BlockEdit, DocumentChange
from danvan_cli.nodes import Text
from danvan_cli.problems import no_effect, unknown_block, unknown_task, unplaced_block
from danvan_cli.prose import NOTHING, Origin, Prose, prose

TEXT_KINDS = ("tieu_de", "doan", "gach", "cong", "khoan", "diem", "dieu")


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
            if self.locality.holds(block.ap_dung) and block.ma not in self.change.bot:
                made.append(self._section(block, origin))
            made.extend(self._added(block.ma, after=True))
        return tuple(made)

    def _added(self, ma: str, *, after: bool) -> list[FilledBlock]:
        """What the unit adds after (or in) the block `ma`, each with what it adds after that."""
        made: list[FilledBlock] = []
        for order in self.change.them:
            if (order.sau if after else order.trong) == ma and order.khoi.ma not in self.placed:
                self.placed.add(str(order.khoi.ma))
                made.append(self._section(order.khoi, Origin.UNIT))
                made.extend(self._added(order.khoi.ma, after=True))
        return made

    def check_added(self) -> None:
        """Every block that the unit adds must have come to stand somewhere, once all are made."""
        known = {str(b.ma) for b in self.outline.blocks()}
        known |= {str(b.ma) for order in self.change.them for b in order.khoi.walk()}
        for order in self.change.them:
            anchor = order.sau or order.trong
            if order.khoi.ma not in self.placed and anchor is not None and anchor in known:
                self.problems.append(unplaced_block(order.khoi.ma, anchor, order.khoi.ma.place))

    def _section(self, block: Block, origin: Origin) -> FilledBlock:
        kind = next(k for k in (*TEXT_KINDS, "danh_sach", "dong") if getattr(block, k) is not None)
        value = getattr(block, kind)
        text = (
            NOTHING
            if kind in ("danh_sach", "dong")
            else filled_prose(prose(value, origin), self.values)
        )
        children = (*self.sections(block.khoi, origin), *self._added(block.ma, after=False))
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
            if section.tasks is not None:
                section = replace(
                    section, tasks=section.tasks.model_copy(update={"dong": edit.dong})
                )
            section = replace(section, lines=edit.dong, origin=Origin.UNIT)
        return section

    def check(self) -> None:
        """Every block the unit's file names must be one of the outline's."""
        known = {str(block.ma) for block in self.outline.blocks()}
        known |= {str(b.ma) for order in self.change.them for b in order.khoi.walk()}
        named = [*self.change.thay, *self.change.bot]
        named += [
            name
            for order in self.change.them
            for name in (order.sau, order.trong)
            if name is not None
        ]
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
