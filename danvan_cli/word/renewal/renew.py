"""Three papers to one: as danvan made it, as a person left it, as danvan makes it now.

The person's paper is changed in place. Where only danvan changed a paragraph its words are
renewed; where only the person did it stays; where both did the person's stays, and what danvan
has now is noted beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from danvan_cli.text import breakable
from danvan_cli.word.comments import add_comments
from danvan_cli.word.names import W, detach, text_of
from danvan_cli.word.pack import MADE, kept_part
from danvan_cli.word.package import (
    main_part,
    own_properties,
    parse_xml,
    read_package,
    take_properties,
    write_package,
    xml_bytes,
)
from danvan_cli.word.renewal.graft import Grafter
from danvan_cli.word.renewal.order import Pairs, PaperItem, items_of, normal, paired, parted
from danvan_cli.word.renewal.words import reworded

_P, _TR, _TC = f"{W}p", f"{W}tr", f"{W}tc"
GONE = ""
"""What danvan has for words that it leaves out now."""


@dataclass(frozen=True)
class Conflict:
    """Words that both changed: the paragraph they stand in, the person's words, danvan's now.

    `mine` is empty where the person deleted them, `theirs` where danvan leaves them out.
    """

    paragraph: etree._Element
    mine: str
    theirs: str


@dataclass
class PaperMerge:
    """What came of a merge; `graft` brings an element of danvan's new paper into the person's."""

    graft: Callable[[etree._Element], etree._Element]
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def containers(
        self, base: etree._Element, mine: etree._Element, theirs: etree._Element
    ) -> None:
        """Merge what stands in three bodies, tables, rows or cells into `mine`."""
        _Siblings(self, items_of(base), items_of(mine), items_of(theirs), mine).run()

    def one(self, base: PaperItem, mine: PaperItem, theirs: PaperItem) -> None:
        """Merge an item that all three have."""
        if base.says(theirs):
            if not base.says(mine):
                self.kept.append(mine.text)
        elif mine.says(theirs):
            pass
        elif mine.kind == _P:
            self._paragraph(base, mine, theirs)
        elif mine.kind == _TR and len({len(i.inside()) for i in (base, mine, theirs)}) > 1:
            self._whole(base, mine, theirs)
        else:
            self.containers(base.element, mine.element, theirs.element)

    def conflict(self, near: PaperItem | None, mine: str, theirs: str) -> None:
        """Note that both changed what stands in, or stood behind, `near`."""
        paragraphs = () if near is None else near.paragraphs()
        at = max(paragraphs, key=lambda p: bool(normal(text_of(p))), default=None)
        if at is not None:
            self.conflicts.append(Conflict(at, mine, theirs))

    def _paragraph(self, base: PaperItem, mine: PaperItem, theirs: PaperItem) -> None:
        """Numbers and words apart: that danvan counts anew does not touch what a person wrote."""
        current = text_of(mine.element)
        (number, words), (own_number, own), (new_number, new) = (
            parted(i.text) for i in (base, mine, theirs)
        )
        lead = own_number if new_number == number else new_number
        both = words not in (own, new) and own != new
        rest = own if words == new or both else new
        if lead + rest != normal(current):
            reworded(mine.element, lead + rest, theirs.element)
            self.renewed.append(lead + rest)
        if both:
            self.conflict(mine, own, theirs.text)
        elif own != words and own == rest:
            self.kept.append(mine.text)
        if theirs.things != base.things:
            self.conflict(mine, own, theirs.text)

    def _whole(self, base: PaperItem, mine: PaperItem, theirs: PaperItem) -> None:
        """A row whose cells no longer match: it is one thing."""
        if mine.says(base):
            made = self.graft(theirs.element)
            parent = mine.element.getparent()
            assert parent is not None
            parent.replace(mine.element, made)
            self.renewed.append(theirs.text)
        else:
            self.conflict(mine, mine.text, theirs.text)


@dataclass
class _Siblings:
    """The items side by side in one container."""

    merge: PaperMerge
    base: Sequence[PaperItem]
    mine: Sequence[PaperItem]
    theirs: Sequence[PaperItem]
    parent: etree._Element

    def run(self) -> None:
        cells = self.parent.tag == _TR
        self.to_mine = _by_place(self.base, self.mine) if cells else paired(self.base, self.mine)
        self.to_theirs = (
            _by_place(self.base, self.theirs) if cells else paired(self.base, self.theirs)
        )
        self._pair_new()
        self.reordered = self._is_reordered()
        for at, base in enumerate(self.base):
            mine, theirs = self.to_mine.get(at), self.to_theirs.get(at)
            if mine is not None and theirs is not None:
                self.merge.one(base, self.mine[mine], self.theirs[theirs])
            elif mine is not None:
                self._left_out(base, self.mine[mine])
            elif theirs is not None and not base.says(self.theirs[theirs]):
                self.merge.conflict(self._before(at), "", self.theirs[theirs].text)
        own = set(range(len(self.mine))) - set(self.to_mine.values())
        self.merge.kept += [self.mine[at].text for at in sorted(own) if self.mine[at].text]
        self._add()

    def _pair_new(self) -> None:
        """What both added is one thing where it reads the same, or where it fills one blank."""
        mine = self._new(self.mine, self.to_mine)
        theirs = self._new(self.theirs, self.to_theirs)
        self.both: Pairs = {}
        for a in mine:
            same = [b for b in theirs if self.mine[a].says(self.theirs[b]) and self.mine[a].text]
            if same and same[0] not in self.both.values():
                self.both[a] = same[0]
        if self.parent.tag != _TC:
            return
        mine = [a for a in mine if a not in self.both and self.mine[a].text]
        theirs = [b for b in theirs if b not in self.both.values()]
        if len(mine) == len(theirs) == 1 and self._in_one_gap(mine[0], theirs[0]):
            a, b = mine[0], theirs[0]
            self.both[a] = b
            self.merge.conflict(self.mine[a], self.mine[a].text, self.theirs[b].text)

    def _in_one_gap(self, mine: int, theirs: int) -> bool:
        """Whether nothing that both papers have stands between the two."""
        both = [at for at in self.to_mine if at in self.to_theirs]
        return all((self.to_mine[at] < mine) == (self.to_theirs[at] < theirs) for at in both)

    @staticmethod
    def _new(items: Sequence[PaperItem], known: Pairs) -> list[int]:
        return [at for at in range(len(items)) if at not in known.values()]

    def _left_out(self, base: PaperItem, mine: PaperItem) -> None:
        """Danvan leaves it out now: so does the paper, unless the person changed it."""
        if not mine.says(base):
            self.merge.conflict(mine, mine.text, GONE)
        elif mine.kind != _P or self._may_go(mine):
            self.merge.renewed.append(mine.text)
            detach(mine.element)

    def _may_go(self, mine: PaperItem) -> bool:
        """Whether it is no section's end and not the last paragraph of a cell."""
        if mine.element.find(f"{W}pPr/{W}sectPr") is not None:
            return False
        return self.parent.tag != _TC or len(self.parent.findall(_P)) > 1

    def _before(self, at: int) -> PaperItem | None:
        """The nearest item that both still have, before the place of `base[at]`, else after."""
        places = [*range(at - 1, -1, -1), *range(at + 1, len(self.base))]
        left = (self.mine[self.to_mine[i]] for i in places if i in self.to_mine)
        return next((i for i in left if i.element.getparent() is not None and i.text), None)

    def _add(self) -> None:
        """What danvan adds now, behind what it stands behind in its paper; its order, if new."""
        stands = {b: self.mine[a] for a, b in self.both.items()}
        for at, b in self.to_theirs.items():
            if at in self.to_mine:
                stands[b] = self.mine[self.to_mine[at]]
        gone_by_hand = {b for at, b in self.to_theirs.items() if at not in self.to_mine}
        order: list[etree._Element] = []
        behind: etree._Element | None = None
        for b, item in enumerate(self.theirs):
            known = stands.get(b)
            if known is not None and known.element.getparent() is self.parent:
                behind = known.element
            elif known is None and b not in gone_by_hand:
                behind = self._added(item, behind)
            else:
                continue
            order.append(behind)
        if self.reordered:
            _in_order(self.parent, order)

    def _added(self, item: PaperItem, behind: etree._Element | None) -> etree._Element:
        made = self.merge.graft(item.element)
        if behind is not None:
            behind.addnext(made)
        else:
            first = next((i.element for i in self.mine if i.element.getparent() is not None), None)
            if first is not None:
                first.addprevious(made)
            else:
                self.parent.append(made)
        if item.text:
            self.merge.renewed.append(item.text)
        return made

    def _is_reordered(self) -> bool:
        """Whether danvan has another order now, and the person left the old one."""
        common = [at for at in range(len(self.base)) if at in self.to_mine and at in self.to_theirs]
        mine = [self.to_mine[at] for at in common]
        theirs = [self.to_theirs[at] for at in common]
        return mine == sorted(mine) and theirs != sorted(theirs)


def _in_order(parent: etree._Element, order: Sequence[etree._Element]) -> None:
    """Put `order` into the places its members have in `parent`, what follows each along with it."""
    wanted = {id(element) for element in order}
    tails: dict[int, list[etree._Element]] = {id(element): [] for element in order}
    current: etree._Element | None = None
    first = next((at for at, child in enumerate(parent) if id(child) in wanted), len(parent))
    last = list(parent)[first:]
    for child in last:
        if id(child) in wanted:
            current = child
        elif current is not None and child.tag != f"{W}sectPr":
            tails[id(current)].append(child)
    moved = [one for element in order for one in (element, *tails[id(element)])]
    for offset, element in enumerate(moved):
        parent.insert(first + offset, element)


def _by_place(one: Sequence[PaperItem], other: Sequence[PaperItem]) -> Pairs:
    return {at: at for at in range(min(len(one), len(other)))}


def _listed(texts: Iterable[str]) -> tuple[str, ...]:
    """`texts` in order, none twice, none empty."""
    return tuple(dict.fromkeys(text for text in texts if text))


@dataclass(frozen=True)
class CommentWords:
    """What is said to a person in a comment: danvan's words beside hers, or beside nothing."""

    changed: str
    left_out: str
    deleted: str

    def of(self, conflict: Conflict) -> str:
        """The comment for `conflict`."""
        if not conflict.theirs:
            return self.left_out
        pattern = self.changed if conflict.mine else self.deleted
        return pattern.format(breakable(conflict.theirs))


@dataclass(frozen=True)
class Renewed:
    """A paper made new round what a person wrote.

    `renewed` are the words that danvan changed, `kept` the person's, `conflicts` the comments
    where both changed the same.
    """

    data: bytes
    renewed: tuple[str, ...]
    kept: tuple[str, ...]
    conflicts: tuple[str, ...]


def renewed(edited: bytes, new: bytes, words: CommentWords) -> Renewed | None:
    """The file `edited` with what danvan changed since; `new` is the paper as it makes it now.

    None where `edited` does not tell what danvan had made, so that nobody knows who wrote what.

    Raises:
        PackageError: one of them is no readable .docx.
    """
    parts, fresh = read_package(edited), read_package(new)
    kept = kept_part(own_properties(parts))
    if kept is None:
        return None
    main, new_main = main_part(parts), main_part(fresh)
    base = parse_xml(main, kept)
    mine, theirs = parse_xml(main, parts[main]), parse_xml(new_main, fresh[new_main])
    bodies = [root.find(f"{W}body") for root in (base, mine, theirs)]
    grafter = Grafter(parts, main, mine, fresh, new_main)
    merge = PaperMerge(grafter.graft)
    if bodies[0] is not None and bodies[1] is not None and bodies[2] is not None:
        merge.containers(bodies[0], bodies[1], bodies[2])
    grafter.finish()
    notes = [(c.paragraph, words.of(c)) for c in merge.conflicts]
    add_comments(parts, main, notes)
    parts[main] = xml_bytes(mine)
    take_properties(parts, fresh, MADE)
    return Renewed(
        write_package(parts),
        _listed(merge.renewed),
        _listed(merge.kept),
        _listed(t for _, t in notes),
    )
