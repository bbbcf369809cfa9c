"""The words of a paragraph changed in place: every letter that stays keeps its looks."""

from __future__ import annotations

import copy
import re
from difflib import SequenceMatcher

from lxml import etree

from danvan_cli.word.names import SIGNS, SPACE, W, detach, pieces

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_BREAKS = re.compile("([\n\t])")
_BREAK = {"\n": f"{W}br", "\t": f"{W}tab"}


def reworded(paragraph: etree._Element, wanted: str, like: etree._Element) -> None:
    """Make `paragraph` say `wanted`; where it has no words to go by, they look as in `like`."""
    letters = [(e, i) for e, text in pieces(paragraph) for i in range(len(text))]
    current = "".join(text for _, text in pieces(paragraph))
    if not letters:
        if wanted:
            _written(paragraph, wanted, like)
        return
    before, after = _TOKEN.findall(current), _TOKEN.findall(wanted)
    starts = [0]
    for token in before:
        starts.append(starts[-1] + len(token))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, low, high, first, last in reversed(codes):
        if tag != "equal":
            _change(letters, current, starts[low], starts[high], "".join(after[first:last]))
    for text in list(paragraph.iter(f"{W}t")):
        _settled(text)


def _change(
    letters: list[tuple[etree._Element, int]], current: str, start: int, end: int, new: str
) -> None:
    """Put `new` in the place of the letters from `start` to `end`."""
    at = start
    if start == end and start and (start == len(letters) or not current[start - 1].isspace()):
        at = start - 1
    element, index = letters[at]
    behind = at < start
    for gone, place in reversed(letters[start:end]):
        if gone.tag == f"{W}t":
            text = gone.text or ""
            gone.text = text[:place] + text[place + 1 :]
        elif gone is not element:
            detach(gone)
    if element.tag == f"{W}t":
        index += behind
        text = element.text or ""
        element.text = text[:index] + new + text[index:]
        return
    made = etree.Element(f"{W}t")
    made.text = new
    (element.addnext if behind else element.addprevious)(made)
    if start < end:
        detach(element)


def _settled(text: etree._Element) -> None:
    """A text with its breaks and tabs as elements, its blanks kept."""
    whole = text.text or ""
    for part in reversed(_BREAKS.split(whole)[1:]):
        if not part:
            continue
        made = etree.Element(_BREAK.get(part, f"{W}t"))
        if part not in _BREAK:
            made.text = part
            made.set(SPACE, "preserve")
        text.addnext(made)
    text.text = _BREAKS.split(whole)[0]
    if text.text != text.text.strip() or "  " in text.text:
        text.set(SPACE, "preserve")


def _written(paragraph: etree._Element, wanted: str, like: etree._Element) -> None:
    """The words in runs of their own, with the looks that the runs of `like` have."""
    runs = [run for run in like.iter(f"{W}r") if any(c.tag in (f"{W}t", *SIGNS) for c in run)]
    for run in runs:
        paragraph.append(copy.deepcopy(run))
    if not runs:
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        next(paragraph.iter(f"{W}t")).text = wanted
        _settled(next(paragraph.iter(f"{W}t")))
    elif "".join(text for _, text in pieces(paragraph)) != wanted:
        reworded(paragraph, wanted, like)
