"""A file's looks to a paper taken apart: whose rules it follows, and what each line is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from danvan_cli.reading.anatomy.ending import ending_of
from danvan_cli.reading.anatomy.head import Head, bare_words, head_of, holds_title, next_head
from danvan_cli.reading.anatomy.text import TextReader
from danvan_cli.reading.anatomy.values import Anatomy, PartName, Sort
from danvan_cli.text import nfc
from danvan_cli.word.layout.values import Layout, Paragraph

_NORMATIVE = re.compile(r"/\s*(?:19|20)\d\d\s*/|/(?:NĐ-CP|TT-[A-ZĐ]+)\b")
_ANNEX = re.compile(r"phu luc\b")
_OF_AN_OFFICE: tuple[PartName, ...] = (
    *("so_ky_hieu", "ten_loai", "trich_yeu_cong_van", "co_quan_chu_quan", "kem_theo"),
)
"""What an office's paper has besides the quốc hiệu; a person's petition or form has none of it."""
_DECISIONS = ("quyet dinh", "nghi quyet")


def anatomy_of(layout: Layout) -> Anatomy:
    """The paper whose looks are `layout`, taken apart."""
    return anatomies_of(layout)[0]


@lru_cache(maxsize=4)
def anatomies_of(layout: Layout) -> tuple[Anatomy, ...]:
    """The papers in the file whose looks are `layout`: the first, then those it issues."""
    paragraphs = tuple(p for p in layout.paragraphs if not p.boxed)
    made: list[Anatomy] = []
    while paragraphs:
        anatomy, paragraphs = _first(paragraphs, layout)
        made.append(anatomy)
    return tuple(made) or (Anatomy("khac", layout),)


def _first(
    paragraphs: tuple[Paragraph, ...], layout: Layout
) -> tuple[Anatomy, tuple[Paragraph, ...]]:
    """The paper that `paragraphs` begin with, and the paragraphs of those after it."""
    head = head_of(paragraphs)
    sort = _sort(head, paragraphs)
    if sort not in ("hanh_chinh", "phu_luc"):
        return Anatomy(sort, layout), ()
    ending = ending_of(paragraphs, head.end)
    end = next_head(paragraphs, max(ending.end, head.end))
    reader = TextReader(decision=_is_decision(head))
    for at in range(head.end, end):
        if ending.start <= at < ending.end:
            reader.annex()
        else:
            reader.paragraph(paragraphs[at])
    parts = sorted((*head.parts, *reader.made, *ending.parts), key=lambda p: p.paragraph.index)
    return Anatomy(sort, layout, tuple(parts), tuple(head.around)), paragraphs[end:]


def _sort(head: Head, paragraphs: Sequence[Paragraph]) -> Sort:
    if head.party:
        return "dang"
    if head.has("quoc_hieu"):
        # A template may put the title above the letterhead.
        of_office = any(map(head.has, _OF_AN_OFFICE)) or holds_title(paragraphs[: head.end])
        if not of_office:
            return "ca_nhan"
        number = next((p.text for p in head.parts if p.name == "so_ky_hieu"), "")
        return "quy_pham" if _NORMATIVE.search(nfc(number)) else "hanh_chinh"
    first = next((p.text for p in paragraphs if p.text.strip()), "")
    if _ANNEX.match(bare_words(first)) or head.has("kem_theo"):
        return "phu_luc"
    return "khac"


def _is_decision(head: Head) -> bool:
    kind = next((p.text for p in head.parts if p.name == "ten_loai"), "")
    return bare_words(kind).startswith(_DECISIONS)
