"""Footnotes: markers in a rendered body become the footnotes of Word.

A marker is U+E000, the note's index in decimal, U+E001; both characters are private use, so no
text of a document holds one by chance.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from danvan_cli.render.environment import UnprintableError, printable
from danvan_cli.word.names import W

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKER = re.compile("\ue000([0-9]{1,6})\ue001")
_ID = re.compile("[0-9]{1,9}")
EMPTY_NOTES = (
    f'<w:footnotes xmlns:w="{W[1:-1]}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
).encode()
"""A footnotes part with the two separators Word asks for."""


@dataclass(frozen=True)
class NoteStyles:
    """Ids of the template's styles for footnotes; "" where the template has none."""

    text: str = ""
    reference: str = ""


def note_styles(styles: etree._Element | None) -> NoteStyles:
    """The footnote styles of a template, found by the names every Word shares."""
    ids = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            ids[name.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
    return NoteStyles(ids.get("footnote text", ""), ids.get("footnote reference", ""))


def marker(index: int) -> str:
    """The text that stands for note `index` inside a value."""
    return f"\ue000{index}\ue001"


def attach_notes(
    body: etree._Element,
    part: etree._Element,
    notes: Sequence[Sequence[str]],
    styles: NoteStyles,
) -> bool:
    """Turn the markers in `body` into references, their texts into notes of `part`.

    A marker met twice gives two notes, since a note of Word has one reference. True when there
    was any.

    Raises:
        UnprintableError: a marker without a note, or a note that cannot be printed.
    """
    texts = [text for text in body.iter(f"{W}t") if "\ue000" in (text.text or "")]
    number = max((_id(note) for note in part), default=0)
    first = number
    for text in texts:
        current: etree._Element | None = text
        while current is not None and (found := MARKER.search(current.text or "")):
            index = int(found.group(1))
            if index >= len(notes):
                raise UnprintableError(f"gọi chú thích thứ {index + 1} nhưng không có chú thích đó")
            number += 1
            part.append(_note(number, notes[index], styles))
            current = _refer(current, found, number, styles)
    return number > first


def _id(note: etree._Element) -> int:
    value = note.get(f"{W}id", "")
    return int(value) if _ID.fullmatch(value) else 0


def _refer(
    text: etree._Element, found: re.Match[str], number: int, styles: NoteStyles
) -> etree._Element | None:
    """Split the run of `text` around the marker `found`; the text after it, if any."""
    run = text.getparent()
    assert run is not None
    whole = text.text or ""
    after, rest = list(text.itersiblings()), whole[found.end() :]
    text.text = whole[: found.start()]
    reference = _run(styles.reference)
    etree.SubElement(reference, f"{W}footnoteReference", {f"{W}id": str(number)})
    run.addnext(reference)
    if not rest and not after:
        return None
    tail = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        tail.append(copy.deepcopy(properties))
    tail_text = etree.SubElement(tail, f"{W}t", {_XML_SPACE: "preserve"})
    tail_text.text = rest
    tail.extend(after)
    reference.addnext(tail)
    return tail_text


def _run(style: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    properties = etree.SubElement(run, f"{W}rPr")
    if style:
        etree.SubElement(properties, f"{W}rStyle", {f"{W}val": style})
    else:
        etree.SubElement(properties, f"{W}vertAlign", {f"{W}val": "superscript"})
    return run


def _note(number: int, paragraphs: Sequence[str], styles: NoteStyles) -> etree._Element:
    note = etree.Element(f"{W}footnote", {f"{W}id": str(number)})
    for index, words in enumerate(paragraphs or [""]):
        paragraph = etree.SubElement(note, f"{W}p")
        if styles.text:
            properties = etree.SubElement(paragraph, f"{W}pPr")
            etree.SubElement(properties, f"{W}pStyle", {f"{W}val": styles.text})
        if index == 0:
            mark = _run(styles.reference)
            etree.SubElement(mark, f"{W}footnoteRef")
            paragraph.append(mark)
            words = f" {words}"
        run = etree.SubElement(paragraph, f"{W}r")
        text = etree.SubElement(run, f"{W}t", {_XML_SPACE: "preserve"})
        text.text = printable(words)
    return note


def notes_of(context: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    """The notes of a context, each a tuple of paragraphs.

    Raises:
        UnprintableError: `chu_thich` is no list of lists of texts.
    """
    notes = context.get("chu_thich", [])
    if not isinstance(notes, Sequence) or isinstance(notes, str):
        raise UnprintableError("của chu_thich không phải một danh sách")
    return tuple(_paragraphs(note) for note in notes)


def _paragraphs(note: object) -> tuple[str, ...]:
    if not isinstance(note, Sequence) or isinstance(note, str):
        raise UnprintableError("trong chu_thich không phải một danh sách các đoạn")
    return tuple(printable(words) for words in note)
