"""What a paper changes in the blocks of an outline, as a unit's file writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from danvan_cli.importing.ledger import spot
from danvan_cli.importing.outline import Data, Fitted, PaperParagraph, Slot, bare_end
from danvan_cli.importing.words import bare_wording, pieces
from danvan_cli.passage import Passage
from danvan_cli.render.sections import TEXT_KINDS
from danvan_cli.text import fold, slug


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
        if self.added:
            made["them"] = self.added
        return made

    def _reword(self, slot: Slot, paragraph: PaperParagraph) -> None:
        text, own = bare_end(bare_wording(paragraph.text)), slot.text
        if text == bare_end(bare_wording(own)):
            return
        text += _tail(own)
        parts = pieces(own, text)
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
        words = slug(text).split("-")
        for count in range(min(4, len(words)), len(words) + 1):
            made = "-".join(words[:count]) or "khoi"
            if made not in self._ids:
                break
        else:
            number = 2
            while f"{'-'.join(words[:4])}-{number}" in self._ids:
                number += 1
            made = f"{'-'.join(words[:4])}-{number}"
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
