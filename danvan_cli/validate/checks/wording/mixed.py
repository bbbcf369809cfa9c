"""DV713: one thing written in two ways in one document, and the way the law's language prefers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.validate.checks.view import TEXTS_KEPT, ComposedText, View, ViewWord
from danvan_cli.validate.checks.wording.capitals import official_names

_EACH = re.compile(r"(?<!\w)hàng (?P<time>năm|quý|tháng|tuần|ngày)(?!\w)")
_GOODS = re.compile(r"(?:mặt|gian|bán|lô|xếp|theo|các)\s$")
_RANGE = re.compile(
    r"(?<![\d/.-])(?P<from>(?:19|20)\d{2})(?P<dash> ?[-–] ?)(?P<to>20\d{2})(?!\d|[/.-]\d)"
)
_HEADS = (
    ("hội", "đồng"), ("ban",), ("tổ",), ("đội",), ("trung", "tâm"), ("cổng",), ("quỹ",)
)  # fmt: skip
_FIRST = frozenset(head[0] for head in _HEADS)
_CITING = ("căn cứ", "theo đề nghị")
"""Passages that quote the titles of others, each with its own way of writing."""
_SAME, _SAME_LONG = 2, 4
_MANY_OF = (("trung", "tâm"), ("cổng",))
"""Of these a document may name several that begin alike: "Trung tâm Thông tin", "Trung tâm thông tin, chỉ đạo"."""


def check_mixed(views: Sequence[View]) -> Iterator[Finding]:
    """What one document writes in two ways: each once, at its first place."""
    yield from _each_year(views)
    yield from _ranges(views)
    yield from _capitals(views)


def _each_year(views: Sequence[View]) -> Iterator[Finding]:
    found = [(view, match) for view in views for match in _each(view.words)]
    if not found:
        return
    view, match = found[0]
    start, end = match.span()
    written = view.text[start:end]
    new = f"{written[0]}ằng{written[4:]}"
    times = f" ({len(found)} chỗ)" if len(found) > 1 else ""
    message = f"'{written}'{times} nghĩa là mỗi {match['time']} thì viết '{new.lower()}'."
    yield view.finding("DV713", start, end, message, new)


@lru_cache(maxsize=TEXTS_KEPT)
def _each(words: ComposedText) -> tuple[re.Match[str], ...]:
    found = _EACH.finditer(words.low)
    return tuple(match for match in found if not _GOODS.search(words.low[: match.start()]))


def _ranges(views: Sequence[View]) -> Iterator[Finding]:
    """Years parted by a bare hyphen in a document that elsewhere sets spaces round it."""
    found = [(view, match) for view in views for match in _years(view.words)]
    bare = [(view, match) for view, match in found if len(match["dash"]) == 1]
    spaced = sum(len(match["dash"]) == len(" - ") for _, match in found)
    if not bare or not spaced:
        return
    view, match = bare[0]
    new = f"{match['from']} - {match['to']}"
    times = f" ({len(bare)} chỗ)" if len(bare) > 1 else ""
    message = (
        f"'{match.group()}'{times} viết liền gạch nối, chỗ khác trong văn bản có dấu cách hai bên."
        f" Viết '{new}'."
    )
    yield view.finding("DV713", *match.span(), message, new)


@lru_cache(maxsize=TEXTS_KEPT)
def _years(words: ComposedText) -> tuple[re.Match[str], ...]:
    return tuple(_RANGE.finditer(words.text))


def _capitals(views: Sequence[View]) -> Iterator[Finding]:
    """A name with a capital here and none there: "Hội đồng An toàn", "Hội đồng an toàn"."""
    uses: defaultdict[tuple[str, ...], list[tuple[View, int]]] = defaultdict(list)
    for view in views:
        for at, key in _named(view.words):
            uses[key].append((view, at))
    for places in uses.values():
        forms = Counter(view.tokens[at].text[0].isupper() for view, at in places)
        if len(forms) < _SAME:
            continue
        # A name's word after its head has a capital (Phụ lục II, mục IV), however often it has not.
        view, at = next((v, a) for v, a in places if v.tokens[a].text[0].islower())
        yield _differs(view, at)


@lru_cache(maxsize=TEXTS_KEPT)
def _named(words: ComposedText) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Where a word follows the head of a name, and the words that tell the name."""
    if words.text.isupper() or words.low.startswith(_CITING):
        return ()
    return tuple(_names_in(words.tokens))


def _names_in(tokens: Sequence[ViewWord]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for at in (at for at, token in enumerate(tokens) if token.low in _FIRST):
        for head in _HEADS:
            length = _SAME_LONG if head in _MANY_OF else _SAME
            following = tokens[at + len(head) : at + len(head) + length]
            if len(following) < length or not tokens[at].text[0].isupper():
                continue
            words = tokens[at : at + len(head)]
            if tuple(token.low for token in words) != head or words[-1].text.isupper():
                continue
            if (words[-1].low, following[0].low) in official_names():
                continue
            if all(token.follows for token in following) and following[0].text.isalpha():
                yield at + len(head), (*head, *(token.low for token in following))


def _differs(view: View, at: int) -> Finding:
    token = view.tokens[at]
    new = token.text[0].upper() + token.text[1:]
    start, end = view.tokens[at - 1].start, view.tokens[at + 1].end
    shown = view.text[start:end]
    message = (
        f"'{shown}' viết '{token.text}', chỗ khác trong văn bản viết '{new}'. Dùng một cách viết."
    )
    return view.finding("DV713", token.start, token.end, message, new)
