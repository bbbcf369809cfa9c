"""Changes of text and of lists, as a unit's file writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from danvan_cli.findings import Finding
from danvan_cli.localize.agencies import AgencyList
from danvan_cli.localize.fill import filled_list
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned
from danvan_cli.localize.select import assigned
from danvan_cli.localize.trail import Step, StepKind, Value, fillings, first_extract
from danvan_cli.models.catalogue import AgencyRef
from danvan_cli.models.edits import ListEdit, TextEdit
from danvan_cli.nodes import Extract, Text
from danvan_cli.problems import not_a_member, unknown_agency, words_not_found
from danvan_cli.prose import NOTHING, Origin, Prose, fill, filled, prose


@dataclass
class Edits:
    """The changes one order of a unit's file makes to the task or group `ma`.

    Every method gives the new value; `steps` and `problems` grow.
    """

    locality: Locality
    ma: str
    kind: StepKind
    ly_do: str = ""
    steps: list[Step] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)

    def text(self, name: str, old: Prose, new: Text) -> Prose:
        """The field `name` anew: `new` with its placeholders filled."""
        raw = prose(new.written, Origin.UNIT)
        self._step(name, old, raw)
        return self._filled(name, raw, 0)

    def texts(self, name: str, old: tuple[Prose, ...], new: Iterable[Text]) -> tuple[Prose, ...]:
        """The list `name` anew."""
        raw = tuple(prose(text, Origin.UNIT) for text in new)
        self._step(name, old, raw)
        made, steps = filled_list(self.ma, name, raw, self.locality.values)
        self.steps += steps
        return made

    def edited(self, name: str, text: Prose, edit: TextEdit) -> Prose:
        """`text` as `edit` makes it; words that do not stand there once are a problem."""
        if edit.moi is not None:
            text = self.text(name, text, edit.moi)
        changes: list[tuple[Text, Text | None]] = [*edit.thay.items()]
        changes += [(old, None) for old in edit.bot]
        for old, new in changes:
            wanted = str(filled(old, self.locality.values, Origin.UNIT))
            start, times = str(text).find(wanted), str(text).count(wanted)
            if times != 1:
                self.problems.append(words_not_found(wanted, old.place, self.ma, times, str(text)))
                continue
            end = start + len(wanted)
            raw = prose(new, Origin.UNIT) if new is not None else NOTHING
            self._step(name, text.cut(start, end), raw, Extract.of(new or old), start)
            text = text.replaced(start, end, self._filled(name, raw, start))
        return text

    def agencies(
        self, name: str, old: tuple[Assigned, ...], new: Iterable[AgencyRef]
    ) -> AgencyList:
        """The list of agencies `name` anew."""
        made = AgencyList(self.locality, self.ma, name, list(old))
        made.put(0, len(old), assigned(new, Origin.UNIT), self.kind, self.ly_do)
        return made

    def edited_list(self, name: str, old: tuple[Assigned, ...], edit: ListEdit) -> AgencyList:
        """The list of agencies `name` as `edit` makes it; a member that is not there is a problem."""
        made = (
            self.agencies(name, old, edit.moi)
            if edit.has("moi")
            else AgencyList(self.locality, self.ma, name, list(old))
        )
        self._check_members(made, (*edit.bot, *edit.thay))
        book = self.locality.book
        swaps = {book.resolve(key): assigned(new, Origin.UNIT) for key, new in edit.thay.items()}
        gone = {book.resolve(key): Extract.of(key) for key in edit.bot}
        at = 0
        for agency in tuple(made.members):
            if agency.ma in swaps:
                at += made.put(at, at + 1, swaps[agency.ma], self.kind, self.ly_do)
            elif agency.ma in gone:
                made.change(at, at + 1, (), self.kind, self.ly_do, gone[agency.ma])
            else:
                at += 1
        made.put(at, at, assigned(edit.them, Origin.UNIT), self.kind, self.ly_do)
        made.drop_doubles()
        return made

    def take(self, made: AgencyList) -> tuple[Assigned, ...]:
        """The members of a list that is done, its steps and problems with it."""
        self.steps += made.steps
        self.problems += made.problems
        return tuple(made.members)

    def _check_members(self, made: AgencyList, names: Iterable[Text]) -> None:
        members = [a.ma for a in made.members]
        for name in names:
            ma = self.locality.book.resolve(name)
            if ma is None:
                near = self.locality.book.nearest(name)
                made.problems.append(unknown_agency(name, name.place, near))
            elif ma not in members:
                made.problems.append(not_a_member(name, name.place, self.ma, members))

    def _filled(self, name: str, raw: Prose, at: int) -> Prose:
        made, splices = fill(raw, self.locality.values)
        moved = [s._replace(at=s.at + at) for s in splices]
        self.steps += fillings(moved, self.ma, name)
        return made

    def _step(
        self, name: str, old: Value, new: Value, by: Extract | None = None, at: int = 0
    ) -> None:
        by = by or first_extract(new)
        self.steps.append(Step(self.ma, self.kind, name, old, new, self.ly_do, by, at))
