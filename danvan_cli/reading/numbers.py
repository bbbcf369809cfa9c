"""Numbers that begin paragraphs and rows: I, 1, 1.2, a, Điều 1; and whether they follow on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from danvan_cli.passage import Passage
from danvan_cli.reading.document import ItemNumber, Sort
from danvan_cli.text import ALPHABET, roman, roman_value, whole

_PARAGRAPH = re.compile(
    r"(?:Điều\s+(?P<dieu>\d{1,3})\s*(?:[.:]|$)"
    r"|(?P<la_ma>[IVXL]{1,6})[.)](?!\d)"
    r"|(?P<so_kep>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=\s+[“\"]?[^\W\d_])"
    r"|(?P<so>\d{1,3})[.)](?!\d)"
    r"|(?P<chu>[a-zđ])[).])(?:\s*(?=\S)|(?<=[.:\d])\s*$)"
)
_ROW = re.compile(
    r"(?:(?P<la_ma>[IVXL]{1,6})|(?P<so_kep>\d{1,3}(?:\.\d{1,3}){1,3})|(?P<so>\d{1,3})"
    r"|(?P<chu>[a-zđ]))[.)]?$"
)
_SORTS: tuple[Sort, ...] = ("dieu", "la_ma", "so_kep", "so", "chu")
_Read = tuple[Sort, str, int, int]
_HEADS = ("la_ma", "dieu")
_FARTHEST = 5
"""A number farther on than this is no slip: an article quoted from a law, a figure."""


@dataclass(frozen=True)
class OrderFault:
    """A number that does not follow on: what stood before and what should stand here."""

    sort: Literal["nhay", "lap"]
    before: ItemNumber | None
    here: ItemNumber
    expected: str


def item_number(passage: Passage) -> ItemNumber | None:
    """The number that begins a paragraph, typed or printed by Word itself, or None."""
    if passage.label:
        counted = _at_start(f"{passage.label} {passage.text}")
        return ItemNumber(*counted[:2], passage, 0, 0, counted=True) if counted else None
    found = _at_start(passage.text)
    return ItemNumber(*found[:2], passage, *found[2:]) if found else None


def row_number(passage: Passage) -> ItemNumber | None:
    """The number that a TT cell is, or None."""
    found = _read(_ROW.match(passage.text))
    return ItemNumber(*found[:2], passage, *found[2:]) if found else None


@lru_cache(maxsize=16384)
def _at_start(text: str) -> _Read | None:
    return _read(_PARAGRAPH.match(text))


def _read(match: re.Match[str] | None) -> _Read | None:
    """The sort, the number, and the bounds of what `match` found."""
    if match is None:
        return None
    groups = match.groupdict()
    sort = next((sort for sort in _SORTS if groups.get(sort)), None)
    return (sort, match[sort], *match.span(sort)) if sort else None


def order_faults(numbers: Iterable[ItemNumber]) -> Iterator[OrderFault]:
    """What does not follow on in `numbers`, in the order of reading.

    A list may begin anew at 1 (or a) anywhere and the list around it go on afterwards, so a
    number is at fault only when it follows on from no list that is still open. What Word counts
    by itself is taken as it is: it knows no đ.
    """
    lists: list[ItemNumber] = []
    closed: list[ItemNumber] = []
    for here in numbers:
        if _begins_a_text(here, lists):
            closed += lists
            lists = [here]
            continue
        if here.sort in _HEADS:
            closed += [known for known in lists if known.sort != here.sort]
            lists = [known for known in lists if known.sort == here.sort]
        at = _going_on(lists, here)
        if at is not None:
            lists = [known for known in (*lists[:at], here) if not _is_point_of(known, here)]
            continue
        same = [known for known in lists if _alike(known, here)]
        if here.counted or (same and same[-1].counted):
            lists = [*lists[: lists.index(same[-1])], here] if same else [*lists, here]
            continue
        if _going_on(closed, here) is not None:
            lists.append(here)
            continue
        if same and _place(here) - _place(same[-1]) > _FARTHEST:
            continue
        if same and (_place(here) != 1 or _certain(here)):
            before = same[-1]
            if _stands_within(before, here):
                lists = [*lists[: lists.index(before)], here]
                continue
            repeated = _place(here) <= _place(before)
            yield OrderFault("lap" if repeated else "nhay", before, here, _after(before))
            if repeated:  # What follows may count on from the number it should have had.
                closed.append(here._replace(number=_after(before)))
            lists = [*lists[: lists.index(before)], here]
        elif not same and _place(here) != 1 and _should_begin(here, lists):
            yield OrderFault("nhay", None, here, _first(here))
            lists.append(here)
        else:
            lists.append(here)


def _stands_within(before: ItemNumber, here: ItemNumber) -> bool:
    """Whether the numbers between stand in the line of `before`, as in a form: "3. Ngày … 4. Giới"."""
    if before.sort not in ("so", "chu") or _place(here) <= _place(before):
        return False
    between = [_after(before)]
    while between[-1] != here.number and len(between) <= _FARTHEST:
        between.append(_after(before._replace(number=between[-1])))
    text = before.passage.text[before.end :]
    return all(re.search(rf"(?<!\w){re.escape(one)}[.)]\s", text) for one in between[:-1])


def _begins_a_text(here: ItemNumber, lists: list[ItemNumber]) -> bool:
    """Whether a second I or Điều 1 begins what is attached: a form, a regulation, a plan.

    Right after the first it is the same number twice.
    """
    if here.sort not in _HEADS or _place(here) != 1:
        return False
    before = [known for known in lists if known.sort == here.sort]
    return bool(before) and _place(before[-1]) > 1


def _is_point_of(known: ItemNumber, here: ItemNumber) -> bool:
    """Whether `known` counts the points of an earlier list's item with the number of `here`."""
    return (
        known.sort == "so_kep" and here.sort == "so" and known.number.startswith(f"{here.number}.")
    )


def _going_on(lists: list[ItemNumber], here: ItemNumber) -> int | None:
    """The index of the open list that `here` follows on in, the innermost first."""
    for at in range(len(lists) - 1, -1, -1):
        if _alike(lists[at], here) and _place(lists[at]) + 1 == _place(here):
            return at
    return None


def _certain(here: ItemNumber) -> bool:
    """Whether a second number 1 is a repeat: a head, or a number that names its parent."""
    return here.sort in (*_HEADS, "so_kep")


def _should_begin(here: ItemNumber, lists: list[ItemNumber]) -> bool:
    """Whether a list that does not begin at 1 is at fault: where its parent is seen.

    A document may go on from another, so its very first number is taken as it is.
    """
    if here.sort != "so_kep":
        return here.sort == "chu" and bool(lists)
    parent = here.number.rpartition(".")[0]
    return any(known.number == parent for known in lists)


def _alike(one: ItemNumber, other: ItemNumber) -> bool:
    if one.sort != other.sort:
        return False
    if one.sort != "so_kep":
        return True
    return one.number.rpartition(".")[0] == other.number.rpartition(".")[0]


def _place(number: ItemNumber) -> int:
    if number.sort == "la_ma":
        return roman_value(number.number) or 0
    if number.sort == "chu":
        return ALPHABET.find(number.number) + 1
    return whole(number.number.rpartition(".")[2]) or 0


def _after(number: ItemNumber) -> str:
    """The number that follows `number`."""
    following = _place(number) + 1
    if number.sort == "la_ma":
        return roman(following)
    if number.sort == "chu":
        return ALPHABET[min(following, len(ALPHABET)) - 1]
    head, dot, _ = number.number.rpartition(".")
    return f"{head}{dot}{following}"


def _first(number: ItemNumber) -> str:
    if number.sort == "chu":
        return ALPHABET[0]
    head, dot, _ = number.number.rpartition(".")
    return f"{head}{dot}1"
