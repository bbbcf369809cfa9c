"""How the catalogue words things: its words and runs of words, to judge other texts by."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.offices import citations
from danvan_cli.prose import PLACEHOLDER
from danvan_cli.text import comparable, nfc, plain_ascii
from danvan_cli.validate.collect import catalogue_passages


def word_set(listed: str) -> frozenset[str]:
    """The words of `listed`, parted by spaces."""
    return frozenset(listed.split())


ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
"""A name for programs, not words of a text."""
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_PLURAL = ("các", "những")
BREAK = ""
"""Stands for what parts phrases: punctuation, a placeholder, the ends of a text."""
_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_EACH = {"hàng", "hằng"}
"""Both are written, as i and y are; which is asked for another rule says."""
_SPAN = 4
_OFTEN = 3
_SHARE = 0.5
_COMMON = word_set(
    "mọi mỗi một những từ tự về vì và vì với tại cho khi do để này đã đang sẽ cả các có còn"
    " là mà nên như ra rất sau trước trên trong vào của được theo qua cùng hay hoặc cũng đều"
    " chỉ đến bằng bị giữa ngoài dưới nếu thì lại đi lên xuống nhiều ít hai ba bốn năm tư sáu"
    " bảy tám chín mười phương không"
) | {*words_of("dia_ban", "khu_dan_cu")}
"""Words that may stand for a word one letter off and still make sense."""


class PhraseBook:
    """The words and phrases of texts known to be right."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.triples: Counter[tuple[str, str, str]] = Counter()
        self._runs: set[tuple[str, ...]] = set()
        self._gaps: defaultdict[tuple[int, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
        self._befores: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            self._learn(phrase_tokens(text))

    def _learn(self, tokens: Sequence[str]) -> None:
        for at, word in enumerate(tokens):
            if word == BREAK:
                continue
            self.words[word] += 1
            before = tokens[at - 1]
            if before in _PLURAL:
                self._runs.add(tuple(tokens[at - 1 : at + 4]))
            if before != BREAK:
                self.pairs[before, word] += 1
                self._befores[word][before] += 1
                if tokens[at - 2] != BREAK:
                    self.triples[tokens[at - 2], before, word] += 1
            run = tuple(tokens[at : at + _SPAN])
            if len(run) == _SPAN and BREAK not in run:
                for gap in range(_SPAN - 1):
                    self._gaps[gap, run[:gap] + run[gap + 1 :]][run[gap]] += 1

    def meant(self, tokens: Sequence[str], at: int) -> str | None:
        """The word one letter off that the catalogue writes where `tokens[at]` stands, or None.

        Only where neither neighbour is ever met beside the word as written.
        """
        before, word = tokens[at - 1], tokens[at]
        if len(word) < 2 or word in _COMMON or word.isdecimal():
            return None
        if self.pairs[before, word] or self.pairs[word, tokens[at + 1]]:
            return None
        found: set[str] = set()
        for gap in range(_SPAN - 1):
            run = tuple(tokens[max(at - gap, 0) : at - gap + _SPAN])
            if at < gap or len(run) < _SPAN or BREAK in run:
                continue
            for known in self._gaps.get((gap, run[:gap] + run[gap + 1 :]), ()):
                if gap == 0 and before != BREAK and not self.pairs[before, known]:
                    continue
                if known not in _COMMON and self._slip(word, known):
                    found.add(known)
        return found.pop() if len(found) == 1 else None

    def _slip(self, word: str, known: str) -> bool:
        """Whether `word` may be `known` mistyped: a mark apart, or a letter and no word at all."""
        if DamerauLevenshtein.distance(word, known) != 1 or _same_but_i(word, known):
            return False
        if {word, known} == _EACH:
            return False
        return word not in self.words or plain_ascii(word) == plain_ascii(known)

    def dropped(self, tokens: Sequence[str], at: int) -> str | None:
        """The word the catalogue always writes before `tokens[at]`, left out here, or None.

        "các quan, đơn vị" for "các cơ quan, đơn vị": the word mostly follows the missing one, and
        with it the phrase is one of the catalogue's.
        """
        before, word = tokens[at - 1], tokens[at]
        if before not in _PLURAL or self.pairs[before, word]:
            return None
        missing, count = (self._befores[word].most_common(1) or [("", 0)])[0]
        if count < _OFTEN or count < _SHARE * self.words[word]:
            return None
        return missing if (before, missing, *tokens[at : at + 3]) in self._runs else None

    def nearest(self, before: str, word: str, after: str) -> tuple[str, bool] | None:
        """The known word one letter off `word`, and whether the catalogue sets it between these.

        A word of the same letters with other marks comes first, then what fits, then what is
        common.
        """
        letters = plain_ascii(word)
        near = [
            (
                plain_ascii(known) == letters,
                self.pairs[before, known] + self.pairs[known, after],
                count,
                known,
            )
            for known, count in self.words.items()
            if abs(len(known) - len(word)) <= 1 and DamerauLevenshtein.distance(word, known) == 1
        ]
        if not near:
            return None
        _, fits, _, best = max(near)
        return best, fits > 0


def _same_but_i(word: str, known: str) -> bool:
    """Whether i and y alone tell two words apart: both ways are written."""
    return word.translate(_Y) == known.translate(_Y)


def phrase_tokens(text: str) -> list[str]:
    """The words of `text` in comparable form, `BREAK` for what parts them and at both ends."""
    tokens = [BREAK]
    for token in _TOKEN.findall(comparable(nfc(PLACEHOLDER.sub(" . ", text)))):
        if token[0].isalnum():
            tokens.append(token)
        elif tokens[-1] != BREAK:
            tokens.append(BREAK)
    if tokens[-1] != BREAK:
        tokens.append(BREAK)
    return tokens


@lru_cache(maxsize=4)
def phrase_book(catalogue: Catalogue) -> PhraseBook:
    """The phrases of `catalogue`: its texts, the names of agencies, the titles of documents."""
    passages = catalogue_passages(catalogue)
    texts = [p.text for p in passages if not ID.fullmatch(p.text)]
    texts += [str(name) for a in catalogue.agencies for name in (a.ten, *a.ten_khac)]
    texts += [str(document.ten) for document in catalogue.legal]
    texts += [
        str(w) for k in catalogue.kinds.values() for w in (k.ten, k.khu_dan_cu, k.cap_uy) if w
    ]
    texts += dict.fromkeys(str(cited) for cited in citations(catalogue).values())
    return PhraseBook(texts)
