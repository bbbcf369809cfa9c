"""The standing words of a paper against an outline: which block each paragraph is, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from danvan_cli.importing.ledger import spot
from danvan_cli.importing.words import bare_wording, pieces
from danvan_cli.localize.locality import Locality
from danvan_cli.models.outline import Outline
from danvan_cli.models.profile import DocumentChange
from danvan_cli.passage import Passage, joined_passages
from danvan_cli.prose import Origin, filled
from danvan_cli.reading.document import Document, TaskRow, cut
from danvan_cli.reading.numbers import item_number
from danvan_cli.render.numbers import number_values
from danvan_cli.render.sections import TEXT_KINDS, Editor, FilledBlock
from danvan_cli.text import fold, slug, squeeze

Data = dict[str, object]
SAME = 0.8
"""From here a paragraph is the block, whatever else it resembles."""
_LIKE = 0.55
_MARK = re.compile(r"(?P<gach>[-–•]\s*)|(?P<cong>\+\s*)")
ATTACHED = re.compile(r"\(\s*(?:ban hành )?kèm theo", re.IGNORECASE)
_KIND_OF_NUMBER = {"so": "khoan", "chu": "diem", "dieu": "dieu"}


@dataclass(frozen=True)
class Slot:
    """A block of an outline as the unit would print it; `above` is the heading it stands under."""

    section: FilledBlock
    above: str

    @property
    def text(self) -> str:
        """Its words."""
        return str(self.section.text)


@dataclass(frozen=True)
class PaperParagraph:
    """A paragraph of a paper: its words without number or dash, and the kind that those tell."""

    passage: Passage
    kind: str
    words: Passage

    @property
    def text(self) -> str:
        """Its words, a line each where it has several."""
        return "\n".join(map(squeeze, self.words.text.split("\n")))


@dataclass(frozen=True)
class Fitted:
    """An outline against a paper: each block's paragraph, its own `frame` lines, how well all fit."""

    outline: Outline
    frame: frozenset[str]
    slots: tuple[Slot, ...]
    pairs: tuple[tuple[Slot, PaperParagraph], ...]
    score: float

    def block_of(self, passage: Passage) -> Slot | None:
        """The block that the paragraph `passage` is."""
        return next(
            (s for s, p in self.pairs if _same(p.words, passage) or _same(p.passage, passage)), None
        )


def best_outline(
    document: Document, outlines: Iterable[Outline], locality: Locality
) -> Fitted | None:
    """The outline that the standing words of `document` fit best, None where none fits at all."""
    body = body_of(document)
    fitted = [_fitted(outline, body, locality) for outline in outlines]
    best = max(fitted, key=lambda f: f.score, default=None)
    return best if best is not None and best.pairs else None


def default_blocks(outline: Outline, locality: Locality) -> dict[str, tuple[FilledBlock, ...]]:
    """The blocks of `outline` as the unit prints them by default, by the part they stand in."""
    values = {**locality.values, **number_values(locality)}
    editor = Editor(locality, values, DocumentChange(), outline, [])
    parts = ("trich_yeu", "can_cu", "khoi", "noi_nhan")
    return {name: editor.sections(getattr(outline, name)) for name in parts}


def body_of(document: Document) -> tuple[PaperParagraph, ...]:
    """The paragraphs of the body, abstract and recipients, in order; tables and lines left out."""
    rows = [row for row in document.rows if row.form == "bang"]
    tables = {spot(p) for row in rows for p in _passages(row)}
    tables |= {
        spot(cell.passage)
        for grid in document.grids
        for row in grid.rows
        for cell in row
        if cell.passage is not None
    }
    lines = {spot(label.passage)[:2] for label in document.labels}
    lines |= {
        spot(p)[:2]
        for row in document.rows
        for name in ("chu_tri", "phoi_hop", "thoi_gian")
        for p in getattr(row, name)
    }
    heads = {spot(p) for p in document.title[1:]}
    made: list[PaperParagraph] = []
    begun = not document.title
    ended = attaching = False
    for passage in document.passages:
        place = spot(passage)
        if attaching:
            attaching = ")" not in passage.text
            continue
        if ATTACHED.match(passage.text):
            attaching = ")" not in passage.text
            continue
        if place in heads:
            begun = True
            made.append(_paragraph(passage))
            continue
        if passage.role == "tieu_de" and document.title and _same(passage, document.title[0]):
            begun = True
            continue
        skip = place in tables or place[:2] in lines or passage.subject == "dong_tieu_de"
        if begun and not ended and not skip:
            made.append(_paragraph(passage))
        if document.closing is not None and place == spot(document.closing):
            ended = True
    listed = (_paragraph(passage) for passage in document.recipients)
    made += [replace(paragraph, kind="doan") for paragraph in listed]
    return tuple(p for p in made if p.text)


def _passages(row: TaskRow) -> Iterator[Passage]:
    for name in ("tt", "noi_dung", "chu_tri", "phoi_hop", "thoi_gian"):
        yield from getattr(row, name)
    yield from (passage for _, passage in row.khac)


def _later_lines(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """The places of the lines of `passage` after its first."""
    at = passage.text.find("\n")
    while at >= 0:
        place = passage.locate(at + 1)
        yield place.path, place.line, place.column
        at = passage.text.find("\n", at + 1)


def _same(one: Passage, other: Passage) -> bool:
    return spot(one) == spot(other) and one.text == other.text


def _paragraph(passage: Passage) -> PaperParagraph:
    """What kind of block a paragraph is, by its number, its dash, its end."""
    number = item_number(passage)
    if number is not None:
        rest = _rest(passage, number.end)
        heading = number.sort in ("la_ma", "so_kep") or passage.role == "tieu_de"
        return PaperParagraph(
            passage, "tieu_de" if heading else _KIND_OF_NUMBER.get(number.sort, "doan"), rest
        )
    mark = _MARK.match(passage.text)
    if mark is not None:
        return PaperParagraph(passage, mark.lastgroup or "gach", _rest(passage, mark.end()))
    return PaperParagraph(passage, "doan", passage)


def _rest(passage: Passage, end: int) -> Passage:
    text = passage.text[end:]
    start = end + len(text) - len(text.lstrip(" .:)\t"))
    return cut(passage, start, len(passage.text), passage.role)


def _slots(sections: Iterable[FilledBlock], above: str = "") -> Iterator[Slot]:
    for section in sections:
        yield Slot(section, above)
        yield from _slots(section.children, section.ma)


def _fitted(outline: Outline, body: Sequence[PaperParagraph], locality: Locality) -> Fitted:
    parts = default_blocks(outline, locality)
    slots = tuple(slot for name in parts for slot in _slots(parts[name]))
    texts = [slot for slot in slots if slot.section.kind in TEXT_KINDS]
    pairs, score = _in_order(texts, body)
    said = (text for text in (outline.tham_quyen, outline.lenh) if text)
    frame = frozenset(_end(fold(str(filled(t, locality.values, Origin.CATALOGUE)))) for t in said)
    return Fitted(outline, frame, slots, pairs, score)


def _in_order(
    slots: Sequence[Slot], body: Sequence[PaperParagraph]
) -> tuple[tuple[tuple[Slot, PaperParagraph], ...], float]:
    """The pairs that are alike and keep both orders, chosen for the greatest likeness in all."""
    # A block of several lines stands in a paper as as many paragraphs.
    sizes = [slot.text.count("\n") + 1 for slot in slots]
    own = [_end(fold(s.text)) for s in slots]
    best = [[0.0] * (len(body) + 1) for _ in range(len(slots) + 1)]
    for i, size in enumerate(sizes):
        for j in range(len(body)):
            paired = 0.0
            if size <= j + 1:
                words = " ".join(p.text for p in body[j + 1 - size : j + 1])
                paired = best[i][j + 1 - size] + _likeness(own[i], _end(fold(words)))
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], paired)
    pairs = []
    i, j = len(slots), len(body)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - sizes[i - 1]
            pairs.append((slots[i], _joined(body[j : j + sizes[i]])))
    return tuple(reversed(pairs)), best[-1][-1]


def _joined(paragraphs: Sequence[PaperParagraph]) -> PaperParagraph:
    if len(paragraphs) == 1:
        return paragraphs[0]
    words = joined_passages([p.words for p in paragraphs], "\n")
    return PaperParagraph(words, paragraphs[0].kind, words)


def _likeness(one: str, other: str) -> float:
    score: float = fuzz.ratio(one, other, score_cutoff=_LIKE * 100) / 100
    return score


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
            elif spot(paragraph.words) in inside or _end(fold(paragraph.text)) in self.fitted.frame:
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
        text, own = _end(bare_wording(paragraph.text)), slot.text
        if text == _end(bare_wording(own)):
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


def _end(text: str) -> str:
    return text.rstrip(" ./;,:")
