"""Words of a .docx changed as Word records changes: what goes is struck, what comes is inserted.

The markup is ECMA-376 part 1, 17.13.5 (w:del, w:ins). Body, text boxes, footnotes, headers and
footers are changed, and only where the words stand in plain runs; all else stays as it was.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from danvan_cli.findings import Edit
from danvan_cli.reading.word_file import Character, characters, paragraphs_by_order, roots_of
from danvan_cli.text import alike_at_start
from danvan_cli.word.comments import AUTHOR
from danvan_cli.word.names import ALTERNATIVES, CHOICE, FALLBACK, SPACE, W, number
from danvan_cli.word.package import main_part, read_package, write_package, xml_bytes


@dataclass(frozen=True)
class Changed:
    """A .docx after changes, and the edits made in it."""

    data: bytes
    made: tuple[Edit, ...]


def changed(data: bytes, edits: Iterable[Edit]) -> Changed:
    """The .docx in `data` with each of `edits` as a tracked change.

    An edit whose words are not there, or stand in no plain run, or overlap another, is left. The
    place of an edit is that of a passage: the order of its paragraph, the column in its text.

    Raises:
        PackageError: it is no readable .docx.
    """
    parts = read_package(data)
    main = main_part(parts)
    roots = roots_of(parts, main)
    paragraphs = paragraphs_by_order(parts, main, roots)
    by_order: defaultdict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_order[edit.place.line].append(edit)
    marked = (e for root in roots.values() for e in root.iter(f"{W}ins", f"{W}del"))
    ids = count(1 + max((number(mark, "id") for mark in marked), default=0))
    made: list[Edit] = []
    touched: set[etree._Element] = set()
    for order, asked in sorted(by_order.items()):
        own = paragraphs.get(order, [])
        copies = [_older_copy(paragraph) for paragraph in own]
        if done := list(_changed_passage(own, asked, ids)):
            tuple(_changed_passage([copy for copy in copies if copy is not None], done, ids))
            made += done
            touched.add(own[0].getroottree().getroot())
    if not made:
        return Changed(data, ())
    written = {name: xml_bytes(root) for name, root in roots.items() if root in touched}
    return Changed(write_package({**parts, **written}), tuple(made))


def _older_copy(paragraph: etree._Element) -> etree._Element | None:
    """The same paragraph of a text box in the copy that is kept for older versions of Word."""
    both = next(paragraph.iterancestors(ALTERNATIVES), None)
    if both is None or next(paragraph.iterancestors(f"{W}txbxContent"), None) is None:
        return None
    own = [p for chosen in both.findall(CHOICE) for p in chosen.iter(f"{W}p")]
    copies = [p for older in both.findall(FALLBACK) for p in older.iter(f"{W}p")]
    return copies[own.index(paragraph)] if len(own) == len(copies) and paragraph in own else None


def _changed_passage(
    paragraphs: Sequence[etree._Element], edits: Iterable[Edit], ids: Iterator[int]
) -> Iterator[Edit]:
    """Those of `edits` that could be made, from the last to the first, none over another."""
    reached: int | None = None
    for edit in sorted(edits, key=lambda e: (-e.place.column, e.new)):
        start = edit.place.column - 1
        if reached is not None and start + len(edit.old) > reached:
            continue
        if _change(characters(paragraphs), start, edit, ids):
            yield edit
            reached = start


def _change(text: Sequence[Character], start: int, edit: Edit, ids: Iterator[int]) -> bool:
    stretch = text[start : start + len(edit.old)]
    if not stretch or "".join(char for char, _, _ in stretch) != edit.old:
        return False
    head = alike_at_start(edit.old, edit.new)
    tail = alike_at_start(edit.old[head:][::-1], edit.new[head:][::-1])
    gone = stretch[head : len(stretch) - tail]
    anchor = gone[-1] if gone else stretch[max(head - 1, 0)]
    if head == 0 and not gone:
        return False
    touched = [element for _, element, _ in (*gone, anchor)]
    if not all(map(_is_plain, touched)) or len({_paragraph(one) for one in touched}) > 1:
        return False
    _write(gone, anchor, edit.new[head : len(edit.new) - tail], ids)
    return True


def _is_plain(element: etree._Element | None) -> bool:
    """Whether a text is alone in its run, so that the run can be parted."""
    run = element.getparent() if element is not None else None
    if element is None or run is None or element.tag != f"{W}t" or run.tag != f"{W}r":
        return False
    return [child.tag for child in run if child.tag != f"{W}rPr"] == [f"{W}t"]


def _paragraph(element: etree._Element | None) -> etree._Element | None:
    return next(element.iterancestors(f"{W}p"), None) if element is not None else None


def _write(gone: Sequence[Character], anchor: Character, new: str, ids: Iterator[int]) -> None:
    """Strike the characters of `gone` and put `new` after `anchor`."""
    if not gone:
        _, element, index = anchor
        if element is not None:
            _part(element, index + 1)
            _insert(element.getparent(), element.getparent(), new, ids)
        return
    indices: dict[etree._Element, list[int]] = {}
    for _, element, index in gone:
        if element is not None:
            indices.setdefault(element, []).append(index)
    for element, at in indices.items():
        holder = _strike(element, at[0], at[-1] + 1, ids)
        if element is anchor[1]:
            _insert(holder, holder[0], new, ids)


def _strike(element: etree._Element, start: int, end: int, ids: Iterator[int]) -> etree._Element:
    """The w:del that holds the characters from `start` to `end` of a text, parted from the rest."""
    _part(element, end)
    later = _part(element, start) if start else None
    run = _run(element) if later is None else later
    holder = etree.Element(f"{W}del", attrib=_marks(ids))
    run.addprevious(holder)
    holder.append(run)
    for text in run.findall(f"{W}t"):
        text.tag = f"{W}delText"
    return holder


def _insert(
    after: etree._Element | None, like: etree._Element | None, new: str, ids: Iterator[int]
) -> None:
    """A w:ins with `new` after `after`, in the looks of the run `like`."""
    if not new or after is None or like is None:
        return
    holder = etree.Element(f"{W}ins", attrib=_marks(ids))
    run = etree.SubElement(holder, f"{W}r")
    looks = like.find(f"{W}rPr")
    if looks is not None:
        run.append(copy.deepcopy(looks))
    etree.SubElement(run, f"{W}t", attrib={SPACE: "preserve"}).text = new
    after.addnext(holder)


def _part(element: etree._Element, at: int) -> etree._Element | None:
    """The run of `element` cut in two: the new run, with the characters from `at` on."""
    run, text = _run(element), element.text or ""
    if at >= len(text):
        return None
    rest = copy.deepcopy(run)
    rest.tail = None
    for cut, kept in ((element, text[:at]), *((later, text[at:]) for later in rest.iter(f"{W}t"))):
        cut.text = kept
        cut.set(SPACE, "preserve")
    run.addnext(rest)
    return rest


def _run(element: etree._Element) -> etree._Element:
    run = element.getparent()
    assert run is not None  # a text is told plain only in a run
    return run


def _marks(ids: Iterator[int]) -> dict[str, str]:
    return {f"{W}id": str(next(ids)), f"{W}author": AUTHOR}
