"""The standing words of a paper against an outline: which block each paragraph is, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from danvan_cli.importing.ledger import spot
from danvan_cli.importing.paper import after
from danvan_cli.localize.locality import Locality
from danvan_cli.models.outline import TEXT_KINDS, Outline
from danvan_cli.models.profile import DocumentChange
from danvan_cli.passage import Passage, joined_passages
from danvan_cli.prose import Origin, filled
from danvan_cli.reading.document import Document
from danvan_cli.reading.numbers import item_number
from danvan_cli.render.annexes import editor_of
from danvan_cli.render.numbers import number_values
from danvan_cli.render.sections import FilledBlock
from danvan_cli.text import fold, squeeze
from danvan_cli.word.renewal.order import in_both_orders

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
    editor, _ = editor_of(locality, outline, DocumentChange(), number_values(locality), [])
    parts = ("trich_yeu", "can_cu", "khoi", "noi_nhan")
    return {name: editor.sections(getattr(outline, name)) for name in parts}


def body_of(document: Document) -> tuple[PaperParagraph, ...]:
    """The paragraphs of the body, abstract and recipients, in order; tables and lines left out."""
    rows = [row for row in document.rows if row.form == "bang"]
    tables = {spot(p) for r in rows for p in (*r.passages, *(p for _, p in r.khac))}
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


def _same(one: Passage, other: Passage) -> bool:
    return spot(one) == spot(other) and one.text == other.text


def _paragraph(passage: Passage) -> PaperParagraph:
    """What kind of block a paragraph is, by its number, its dash, its end."""
    number = item_number(passage)
    if number is not None:
        rest = after(passage, number.end)
        heading = number.sort in ("la_ma", "so_kep") or passage.role == "tieu_de"
        return PaperParagraph(
            passage, "tieu_de" if heading else _KIND_OF_NUMBER.get(number.sort, "doan"), rest
        )
    mark = _MARK.match(passage.text)
    if mark is not None:
        return PaperParagraph(passage, mark.lastgroup or "gach", after(passage, mark.end()))
    return PaperParagraph(passage, "doan", passage)


def _slots(sections: Iterable[FilledBlock], above: str = "") -> Iterator[Slot]:
    for section in sections:
        yield Slot(section, above)
        yield from _slots(section.children, section.ma)


def _fitted(outline: Outline, body: Sequence[PaperParagraph], locality: Locality) -> Fitted:
    parts = default_blocks(outline, locality)
    slots = tuple(slot for name in parts for slot in _slots(parts[name]))
    texts = [slot for slot in slots if slot.section.kind in TEXT_KINDS]
    pairs, score = _in_order(texts, body)
    pairs = tuple(_with_lone(pairs, texts, body))
    framing = (text for text in (outline.tham_quyen, outline.lenh) if text)
    frame = frozenset(
        bare_end(fold(str(filled(t, locality.values, Origin.CATALOGUE)))) for t in framing
    )
    return Fitted(outline, frame, slots, pairs, score)


def _in_order(
    slots: Sequence[Slot], body: Sequence[PaperParagraph]
) -> tuple[tuple[tuple[Slot, PaperParagraph], ...], float]:
    """The pairs that are alike and keep both orders, chosen for the greatest likeness in all."""
    # A block of several lines stands in a paper as as many paragraphs.
    sizes = [slot.text.count("\n") + 1 for slot in slots]
    own = [bare_end(fold(s.text)) for s in slots]

    def likeness(i: int, j: int) -> float:
        words = " ".join(p.text for p in body[j + 1 - sizes[i] : j + 1])
        score: float = fuzz.ratio(own[i], bare_end(fold(words)), score_cutoff=_LIKE * 100) / 100
        return score

    found = in_both_orders(range(len(slots)), range(len(body)), likeness, sizes)
    pairs = [(slots[i], _joined(body[j + 1 - sizes[i] : j + 1])) for i, j in found]
    return tuple(pairs), sum(likeness(i, j) for i, j in found)


def _with_lone(
    pairs: Sequence[tuple[Slot, PaperParagraph]],
    slots: Sequence[Slot],
    body: Sequence[PaperParagraph],
) -> Iterator[tuple[Slot, PaperParagraph]]:
    """`pairs`, with a heading and one that stands alone in its place: it was worded anew."""
    at = {spot(p.words): index for index, p in enumerate(body)}
    order = {id(slot): index for index, slot in enumerate(slots)}
    before: tuple[int, int] | None = None
    for slot, paragraph in pairs:
        here = order[id(slot)], at.get(spot(paragraph.words), -1)
        if before is not None and here == (before[0] + 2, before[1] + 2):
            lone, other = slots[before[0] + 1], body[before[1] + 1]
            if lone.section.kind == other.kind == "tieu_de":
                yield lone, other
        yield slot, paragraph
        before = here


def _joined(paragraphs: Sequence[PaperParagraph]) -> PaperParagraph:
    if len(paragraphs) == 1:
        return paragraphs[0]
    words = joined_passages([p.words for p in paragraphs], "\n")
    return PaperParagraph(words, paragraphs[0].kind, words)


def bare_end(text: str) -> str:
    """`text` without the signs that end it."""
    return text.rstrip(" ./;,:")
