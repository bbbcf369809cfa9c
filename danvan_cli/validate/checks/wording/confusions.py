"""DV711: a word written as another word: "tổng thế" for "tổng thể", "phối với" for "phối hợp với".

Two syllables that are one word with other marks are at fault where neither can belong to the word
beside it. A list of reviewed slips says the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.syllables import is_syllable
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.validate.checks.view import View
from danvan_cli.validate.checks.wording.lexicon import Lexicon, Pair, Slip, letters, lexicon

_DIGIT = re.compile(r"(?P<word>[a-z]{3,})\d")
_PROGRAMME = re.compile(r"đến năm \d{4}")
_SHORT_HEADING = 6
_OPENING = ("“", '"', "'")
"""Before words that are quoted: the name of a programme, of an application."""
_ENGLISH = frozenset({"in", "of", "the", "for", "from", "and", "visit"})
_BEARERS = frozenset(word.split()[-1] for word in words_of("mang_ten_rieng"))
"""What stands before the name of a place or a person."""
_LONGEST_NAME = 4
"""In words, as names of communes go."""


@dataclass(frozen=True)
class Confusion:
    """Words of a passage, from one token to another, and the words that are meant."""

    first: int
    last: int
    right: str


def confusions(view: View, *, official: bool) -> Iterator[Confusion]:
    """The words of `view` that are surely written for others, in order, none overlapping.

    The words of two syllables that are known are those of offices: of other prose, which has more,
    the reviewed slips alone are said.
    """
    known = lexicon()
    tokens, (stream, positions) = view.tokens, view.stream
    capitals = view.text.isupper() and len(tokens) < _SHORT_HEADING
    done = -1
    for at in range(len(tokens) - 1):
        place = positions[at]
        if not _suspect(stream[place], stream[place + 1]) or at <= done or capitals:
            continue
        found = _slip(known, stream, place, at)
        if found is None and official and stream[place + 1 : place + 3] not in known.slips:
            found = _other_word(known, stream, place, at)
        if found is None or _is_name(view, found):
            continue
        done = found.last
        yield found


@lru_cache(maxsize=65536)
def _suspect(first: str, second: str) -> bool:
    """Whether two words in a row may be a slip at all: most are seen to be none at once."""
    known, pair = lexicon(), (first, second)
    if not second or pair in known.pairs:
        return pair in known.slips
    if pair in known.slips:
        return True
    digit = _DIGIT.fullmatch(second)
    return (letters(first), letters(digit["word"] if digit else second)) in known.by_letters


def check_confusions(view: View, found: tuple[Confusion, ...]) -> Iterator[Finding]:
    """DV711 on each of `found`; DV707 where an official name is meant."""
    for one in found:
        start, end = confusion_span(view, one)
        written = view.text[start:end]
        right = cased(one.right, written)
        if one.right != one.right.lower():
            right = one.right
            message = f"'{written}' không phải tên chính thức. Viết '{right}'."
            yield view.finding("DV707", start, end, message, right)
            continue
        message = f"'{written}' có lẽ gõ nhầm. Viết '{right}' nếu đúng ý câu này."
        yield view.finding("DV711", start, end, message, right)


def is_spelt(view: View, one: Confusion) -> bool:
    """Whether every word of a confusion is a syllable that Vietnamese could have."""
    return all(is_syllable(token.low) for token in view.tokens[one.first : one.last + 1])


def check_commas(view: View) -> Iterator[Finding]:
    """DV712: the members of a list without a comma between them."""
    known = lexicon()
    tokens, (stream, positions) = view.tokens, view.stream
    for at in (at for at, token in enumerate(tokens[:-2]) if token.low in known.list_starts):
        place = positions[at]
        for slip in known.lists.get((stream[place], stream[place + 1]), ()):
            length = len(slip.wrong)
            if stream[place : place + length] != slip.wrong:
                continue
            start, end = tokens[at].start, tokens[at + length - 1].end
            if stream[place - 1] in slip.unless_after or view.text[start - 1 : start] in _OPENING:
                continue
            written = view.text[start:end]
            right = cased(slip.right, written)
            why = f" như {slip.source}" if slip.source else ""
            message = f"'{written}' là liệt kê, thiếu dấu phẩy. Viết '{right}'{why}."
            yield view.finding("DV712", start, end, message, right)


def check_programmes(view: View) -> Iterator[Finding]:
    """DV707: a national programme whose name ends with a year, cited with another."""
    if not _PROGRAMME.search(view.low):
        return
    known = lexicon()
    tokens = view.tokens
    for at in range(len(tokens) - 1):
        for words, year in known.programmes.get((tokens[at].low, tokens[at + 1].low), ()):
            found = tokens[at : at + len(words) + 1]
            if tuple(token.low for token in found[:-1]) != words:
                continue
            last = found[-1]
            if last.text.isdecimal() and last.text != year:
                message = f"Tên chương trình ghi 'năm {last.text}'; tên đúng ghi năm {year}."
                yield view.finding("DV707", last.start, last.end, f"{message} Sửa lại.", year)


def confusion_span(view: View, one: Confusion) -> tuple[int, int]:
    """Where the words of a confusion stand in the text."""
    return view.tokens[one.first].start, view.tokens[one.last].end


def cased(right: str, written: str) -> str:
    """`right` with the capitals of `written`, word for word as far as both go."""
    if written.isupper():
        return right.upper()
    made, given = right.split(" "), written.split()
    if len(made) == len(given):
        return " ".join(
            word[0].upper() + word[1:] if old[0].isupper() else word
            for word, old in zip(made, given, strict=True)
        )
    return right[0].upper() + right[1:] if written[0].isupper() else right


def _slip(known: Lexicon, stream: tuple[str, ...], place: int, at: int) -> Confusion | None:
    for slip in known.slips.get((stream[place], stream[place + 1]), ()):
        length = len(slip.wrong)
        if stream[place : place + length] != slip.wrong:
            continue
        before, after = stream[place - 1], stream[place + length]
        if _may_stand(slip, before, after, known):
            continue
        return Confusion(at, at + length - 1, slip.right)
    return None


def _may_stand(slip: Slip, before: str, after: str, known: Lexicon) -> bool:
    """Whether the words are parts of others after all."""
    if before in slip.unless_after or after in slip.unless_before:
        return True
    if len(slip.wrong) > 2:
        return False
    return (before, slip.wrong[0]) in known.pairs and (
        (slip.wrong[1], after) in known.pairs or slip.wrong[1] in known.free
    )


def _other_word(known: Lexicon, stream: tuple[str, ...], place: int, at: int) -> Confusion | None:
    pair = stream[place], stream[place + 1]
    if pair in known.pairs or pair in known.alike or pair in known.slips:
        return None
    second = _DIGIT.fullmatch(pair[1])
    bare = second["word"] if second else pair[1]
    for right in known.by_letters.get((letters(pair[0]), letters(bare)), ()):
        if second and bare == right[1]:
            continue  # The digit is a mark of a footnote.
        if _meant(known, stream, place, right):
            return Confusion(at, at + 1, " ".join(right))
    return None


def _meant(known: Lexicon, stream: tuple[str, ...], place: int, right: Pair) -> bool:
    """Whether the two words are `right` with the marks of one of them wrong.

    They may not be where the first may end a word, or the second begin one.
    """
    first, second = stream[place], stream[place + 1]
    if (first == right[0]) == (second == right[1]):
        return False
    wrong = second if first == right[0] else first
    if wrong not in known.syllables:
        return True
    free = wrong in known.free and right not in known.common
    beside = (stream[place - 1], first) if wrong == first else (second, stream[place + 2])
    return not (free or beside in known.pairs)


def _is_name(view: View, found: Confusion) -> bool:
    """Whether the words are capitals in mid-sentence, as names of people and places are."""
    tokens = view.tokens[found.first : found.last + 1]
    if found.right != found.right.lower():
        return False
    if view.text.isupper():
        near = view.tokens[max(found.first - _LONGEST_NAME, 0) : found.first + 1]
        return any(token.low in _BEARERS for token in near)
    if tokens[0].text[0].isupper() and _after_bearer(view, found.first):
        return True
    if tokens[-1].text[0].isupper() and tokens[0].text[0].islower():
        return True  # "địa bàn Bắc Ninh": a name begins in mid-phrase.
    if _in_english(view, found):
        return True
    if not all(token.text[:1].isupper() for token in tokens):
        return False
    return all(is_syllable(token.low) for token in tokens) or any(
        token.text.isupper() and len(token.text) > 1 for token in tokens
    )


def _in_english(view: View, found: Confusion) -> bool:
    """Whether the words stand in an English phrase: "Make in Viet Nam"."""
    before = view.tokens[found.first - 1].low if found.first else ""
    plain = all(t.text.isascii() for t in view.tokens[found.first : found.last + 1])
    return plain and before in _ENGLISH


def _after_bearer(view: View, at: int) -> bool:
    """Whether a word goes on a name: a capital stands before it, or what bears a name."""
    before = view.tokens[at - 1] if at and view.tokens[at].follows else None
    return before is not None and (before.text[0].isupper() or before.low in _BEARERS)
