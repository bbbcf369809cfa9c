"""DV710: official names written with other capitals than Nghị định 30/2020/NĐ-CP, Phụ lục II asks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.text import comparable
from danvan_cli.validate.checks.spans import inside, quoted_spans
from danvan_cli.validate.checks.view import TEXTS_KEPT, WORD, ComposedText, View, ViewWord
from danvan_cli.validate.checks.wording.lexicon import lines

_DASHES = {"-": "–"}
_PAIR = 2
_TITLES = frozenset(words_of("dau_chuc_danh"))
_BEARERS = frozenset(word.split()[-1] for word in words_of("mang_ten_rieng"))
"""What stands before the name of a place or a person."""
_PEOPLE = re.compile(r"(?<!\w)nhân dân(?! tệ)(?!\w)")
_SPOKEN_OF = re.compile(
    r"(?:phục vụ|sách nhiễu|của|trong|với|cho|vì|và|gần|quần chúng|tầng lớp|đời sống|vận động|bảo vệ"
    r"|lắng nghe|ý kiến|nguyện vọng|phiền hà|đoàn kết|huy động|tuyên truyền|sức|lòng tin)\s$"
)
"""What stands before the noun where it is no part of a name ("chứng minh nhân dân")."""
_LAW = re.compile(r"(?<!\w)Luật (?P<word>[^\W\d_A-ZĐ]+)(?= [^;:.()\n\d]{1,80}? số \d+/\d{4}/QH\d)")
_ARTICLE = re.compile(
    r"(?<!\w)(?:[Nn]hư|[Tt]heo|[Tt]ại|khoản \d{1,2}[a-zđ]?,?) điều \d{1,3}(?![\w/])"
)
_NO_NAME = frozenset(
    [
        "số",
        "này",
        "của",
        "đã",
        "có",
        "được",
        "quy",
        "và",
        "trên",
        "sửa",
        "theo",
        "năm",
        "ngày",
        "hiện",
        "mới",
        "nêu",
        "cũ",
    ]
)
_COMMITTEES = frozenset(tuple(name.split()) for name in words_of("ten_cap_uy"))
_BRANDS = {"youtube": "YouTube", "tiktok": "TikTok"}


@dataclass(frozen=True)
class CapitalName:
    """A name as it should stand: its words, whether in small letters it is wrong, how loose.

    Of one that may be an office and what it does (`verb`) nothing is said where words follow.
    """

    words: tuple[str, ...]
    low: tuple[str, ...]
    gaps: tuple[str, ...]
    always: bool
    loose: bool
    common: bool
    verb: bool


@lru_cache(maxsize=1)
def official_names() -> dict[tuple[str, str], tuple[CapitalName, ...]]:
    """The official names by their first two words, the longest first."""
    made: defaultdict[tuple[str, str], list[CapitalName]] = defaultdict(list)
    for line in lines("ten_rieng.txt"):
        found = list(WORD.finditer(line))
        words = tuple(match.group() for match in found)
        low = tuple(comparable(word) for word in words)
        gaps = tuple(line[a.end() : b.start()].strip() for a, b in pairwise(found))
        name = CapitalName(words, low, gaps, *(line[0] == mark for mark in "!~=?"))
        made[low[0], low[1]].append(name)
    return {
        key: tuple(sorted(found, key=lambda name: -len(name.words))) for key, found in made.items()
    }


@lru_cache(maxsize=4)
def unit_names(catalogue: Catalogue) -> frozenset[str]:
    """The names of the units of a catalogue: "Trung Tâm" is one of them."""
    return frozenset(str(unit.ten) for unit in catalogue.units)


def check_names(view: View, places: Container[str] = ()) -> Iterator[Finding]:
    """DV710 on every official name of `view` whose capitals are not its own, nor those of `places`."""
    known, tokens = official_names(), view.tokens
    if view.text.isupper():
        return
    done = -1
    for at in range(len(tokens)):
        if brand := _BRANDS.get(tokens[at].low):
            if tokens[at].text not in (brand, tokens[at].low):
                yield _finding(view, tokens[at : at + 1], brand)
            continue
        if at <= done or at + 1 == len(tokens):
            continue
        for name in known.get((tokens[at].low, tokens[at + 1].low), ()):
            found = tokens[at : at + len(name.words)]
            if not _is(found, name, view.text):
                continue
            right = _right(found, name)
            same = [
                n for n in known[tokens[at].low, tokens[at + 1].low] if _is(found, n, view.text)
            ]
            if right is None or any(_right(found, other) is None for other in same):
                break
            written = view.text[found[0].start : found[-1].end]
            if written not in places and _is_wrong(view, at, found, name):
                done = at + len(name.words) - 1
                yield _finding(view, found, right)
            break


def _is(found: Sequence[ViewWord], name: CapitalName, text: str) -> bool:
    """Whether the words of `found` are those of `name`, with what stands between its own."""
    if len(found) != len(name.words):
        return False
    if any(token.low != word for token, word in zip(found, name.low, strict=True)):
        return False
    between = (text[a.end : b.start].strip() for a, b in pairwise(found))
    lax = "," if name.words[0] == "Luật" else None  # another rule speaks of the comma
    return all(
        gap in (own, _DASHES.get(own)) or (own == lax and not gap)
        for gap, own in zip(between, name.gaps, strict=True)
    )


def _right(found: Sequence[ViewWord], name: CapitalName) -> str | None:
    """The words with the capitals of `name`; None where they stand so."""
    made = []
    for index, (token, word) in enumerate(zip(found, name.words, strict=True)):
        free = name.common and index == 0
        upper = token.text[0].isupper() if free else word[0].isupper()
        made.append((token.text[0].upper() if upper else token.text[0].lower()) + token.text[1:])
    return None if made == [token.text for token in found] else " ".join(made)


def _is_generic(view: View, at: int, found: Sequence[ViewWord]) -> bool:
    """Whether offices of a kind are spoken of, not one by its name.

    "Ban thường vụ tỉnh ủy, thành ủy", "Ban tuyên giáo các tỉnh ủy": one capital at most, the first.
    """
    if any(token.text[0].isupper() for token in found[1:]):
        return False
    after = view.tokens[at + len(found) : at + len(found) + 2]
    words = tuple(token.low for token in (*found, *after))
    party = any(pair in _COMMITTEES for pair in pairwise(words))
    of_party = party and not any(token.text[0].isupper() for token in after)
    return of_party or (at == 0 and bool(after) and after[0].low == "các")


def _is_wrong(view: View, at: int, found: Sequence[ViewWord], name: CapitalName) -> bool:
    if _is_generic(view, at, found):
        return False
    if any(token.text.isupper() and len(token.text) > 1 for token in found):
        return False
    if name.verb and view.tokens[at + len(found) :][:1] and view.tokens[at + len(found)].follows:
        return False
    capitals = sum(token.text[0].isupper() for token in found)
    if name.loose:
        pair = len(found) == _PAIR and (_in_a_name(view, at) or _goes_on_in_capitals(view, at))
        return capitals >= 2 and found[0].text[0].isupper() and not pair
    if name.common:
        return not _in_a_name(view, at) and not _runs_on(view, at + len(found))
    if capitals == 0 or found[0].text[0].islower():
        return name.always and not _begins_lower_only(found, name)
    return True


def _begins_lower_only(found: Sequence[ViewWord], name: CapitalName) -> bool:
    """Whether the first letter alone is small: another rule says so of agencies."""
    rest = zip(found[1:], name.words[1:], strict=True)
    return all(token.text[0] == word[0] for token, word in rest)


def _in_a_name(view: View, at: int) -> bool:
    """Whether the word before is a capital too, as in the name of a person."""
    before = view.tokens[at - 1] if at else None
    if before is None or not view.tokens[at].follows or before.low in _TITLES:
        return False
    if before.low in _BEARERS:
        return True
    return before.text[0].isupper() and not before.text.isupper()


def _goes_on_in_capitals(view: View, at: int) -> bool:
    """Whether the word after a pair has a capital too: a heading or a name all in such words."""
    following = view.tokens[at + _PAIR : at + _PAIR + 1]
    return bool(following) and following[0].follows and following[0].text[:1].isupper()


def _runs_on(view: View, after: int) -> bool:
    """Whether the last word belongs to what follows: "Ban cán sự đảng Ủy ban nhân dân"."""
    following = view.tokens[after : after + 1]
    return bool(following) and following[0].follows and following[0].low in ("ban", "đồng")


def _finding(view: View, found: Sequence[ViewWord], right: str) -> Finding:
    start, end = found[0].start, found[-1].end
    written, new = view.text[start:end], right
    if len(found) > 1:
        words = iter(right.split(" "))
        new = WORD.sub(lambda _: next(words), written)
    message = f"'{written}' viết hoa chưa đúng. Viết '{new}'."
    return view.finding("DV710", start, end, message, new)


_TITLE = re.compile(r"\bsố \d+[-/][^;.]* (?:về|ban hành|quy định) [^;.]*\Z")
"""A document cited by its number up to a word of its title, which stands as it was issued."""


@lru_cache(maxsize=TEXTS_KEPT)
def _people(words: ComposedText) -> tuple[int, ...]:
    """Where a text speaks of the people with a small letter."""
    return tuple(
        match.start()
        for match in _PEOPLE.finditer(words.low)
        if words.text[match.start()].islower()
        and not inside(match.start(), quoted_spans(words.text))
        and not _TITLE.search(words.text, 0, match.start())
        and _SPOKEN_OF.search(words.low[max(0, match.start() - 24) : match.start()])
    )


def check_laws(view: View) -> Iterator[Finding]:
    """DV710 on the name of a law, told by its number, whose first word is in small letters."""
    if "Luật " not in view.text or "/QH" not in view.text:
        return
    for match in _LAW.finditer(view.text):
        word = match["word"]
        if word in _NO_NAME:
            continue
        new = f"Luật {word[0].upper()}{word[1:]}"
        message = (
            f"'Luật {word}' viết hoa chưa đúng: tên luật viết hoa chữ đầu (Nghị định 30/2020/NĐ-CP,"
            f" Phụ lục II, mục V.6). Viết '{new}'."
        )
        yield view.finding("DV710", match.start(), match.end("word"), message, new)


def check_articles(view: View) -> Iterator[Finding]:
    """DV710 on an article cited with a small letter: "như điều 3" (Phụ lục II, mục V.7)."""
    for match in _ARTICLE.finditer(view.text):
        new = match.group().replace("điều", "Điều")
        message = (
            f"'{match.group()}' dẫn một điều thì viết hoa (Nghị định 30/2020/NĐ-CP, Phụ lục II, mục"
            f" V.7). Viết '{new}'."
        )
        yield view.finding("DV710", match.start(), match.end(), message, new)


def check_people(views: Sequence[View]) -> Iterator[Finding]:
    """DV710 once in a document on "nhân dân", a noun the decree wants with a capital (V.1)."""
    found = [(view, start) for view in views for start in _people(view.words)]
    if not found:
        return
    view, start = found[0]
    times = f" ({len(found)} chỗ)" if len(found) > 1 else ""
    message = (
        f"'nhân dân'{times} khi là danh từ riêng thì viết hoa (Nghị định 30/2020/NĐ-CP, Phụ lục II,"
        " mục V.1). Viết 'Nhân dân'."
    )
    yield view.finding("DV710", start, start + len("nhân dân"), message, "Nhân dân")
