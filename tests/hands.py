"""What a person does to a paper in Word, done to its bytes: reword, delete, insert, move, mark."""

from __future__ import annotations

import copy
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st
from lxml import etree

from danvan_cli.text import breakable
from danvan_cli.word.names import W, text_of

MAIN = "word/document.xml"
Deed = Literal["đổi chữ", "xóa", "thêm", "chuyển", "đậm"]
DEEDS: st.SearchStrategy[Deed] = st.sampled_from(["đổi chữ", "xóa", "thêm", "chuyển"])
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Edit:
    """One deed at the paragraph that says `at`, or at the row that holds it (`row`).

    `words` are put behind it, or in a paragraph or row after it; `to` is the text that what is
    moved comes to stand behind.
    """

    deed: Deed
    at: str
    words: str = ""
    to: str = ""
    row: bool = False


def by_hand(data: bytes, *edits: Edit) -> bytes:
    """The .docx with `edits` made, one after the other."""

    def change(root: etree._Element) -> None:
        for edit in edits:
            _do(root, edit)

    return with_body(data, change)


def with_body(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """The .docx with its body changed by `change`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MAIN:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root)
            new.writestr(name, content)
    return out.getvalue()


def body_of(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(MAIN))


def paragraph(root: etree._Element, text: str) -> etree._Element:
    """The first paragraph that says exactly this, else the first that holds it."""
    found = list(root.iter(f"{W}p"))
    said = [(p, breakable(text_of(p)).strip()) for p in found]
    same = [p for p, own in said if own == text]
    return (same or [p for p, own in said if text in own])[0]


def row_of(element: etree._Element) -> etree._Element:
    return next(element.iterancestors(f"{W}tr"))


def _do(root: etree._Element, edit: Edit) -> None:
    place = paragraph(root, edit.at)
    whole = row_of(place) if edit.row else place
    if edit.deed == "đổi chữ":
        _say_more(place, edit.words)
    elif edit.deed == "đậm":
        for run in place.iter(f"{W}r"):
            looks = run.find(f"{W}rPr")
            if looks is None:
                looks = etree.Element(f"{W}rPr")
                run.insert(0, looks)
            etree.SubElement(looks, f"{W}b")
    elif edit.deed == "xóa":
        _remove(whole)
    elif edit.deed == "thêm":
        whole.addnext(_like(whole, edit.words))
    else:
        target = paragraph(root, edit.to)
        (row_of(target) if edit.row else target).addnext(whole)


def _say_more(place: etree._Element, words: str) -> None:
    texts = list(place.iter(f"{W}t"))
    texts[-1].text = f"{texts[-1].text or ''} {words}"
    texts[-1].set(_SPACE, "preserve")


def _like(whole: etree._Element, words: str) -> etree._Element:
    """A paragraph or row as Word makes it when Enter is pressed: no marks, the words given."""
    made = copy.deepcopy(whole)
    made.tail = None
    for mark in list(made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}footnoteReference")):
        _remove(mark)
    longest = max(made.iter(f"{W}t"), key=lambda t: len(t.text or ""))
    if whole.tag == f"{W}p":
        for text in made.iter(f"{W}t"):
            text.text = ""
    longest.text = words
    return made


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def lines(data: bytes) -> list[str]:
    """What its paragraphs say, in order; empty ones left out."""
    texts = (breakable(text_of(p)).strip() for p in body_of(data).iter(f"{W}p"))
    return [text for text in texts if text]


def together(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def edited_at(data: bytes, deeds: list[tuple[Deed, int, int]]) -> bytes:
    """The .docx with each of `deeds` done at a place of its own: what, where, where to."""
    places = enumerate(_places(data, deeds))
    return by_hand(data, *(Edit(d, at, f"bằng tay {n}", to, row) for n, (d, at, to, row) in places))


def _places(
    data: bytes, deeds: list[tuple[Deed, int, int]]
) -> Iterator[tuple[Deed, str, str, bool]]:
    """Places for the deeds, each used once: deed, text, where it goes, whether a row is meant."""
    body = body_of(data)
    places = [
        (text, next(p.iterancestors(f"{W}tbl"), None))
        for p in body.iter(f"{W}p")
        if len(text := breakable(text_of(p)).strip()) > 12
    ]
    count = Counter(text for text, _ in places)
    free = [place for place in places if count[place[0]] == 1]
    for deed, a, b in deeds:
        if len(free) < 3:
            return
        text, table = free.pop(a % len(free))
        tasks = table is not None and table.find(f".//{W}bookmarkStart") is not None
        row = tasks and deed != "đổi chữ"
        same = [place for place in free if place[1] is table]
        if deed in ("chuyển", "xóa") and table is not None and not tasks:
            continue
        if deed == "chuyển" and not same:
            continue
        to = same[b % len(same)][0] if deed == "chuyển" else ""
        if row:
            free = [place for place in free if place[1] is not table]
        yield deed, text, to, row
