"""DV406: one agency under two names in the cells of one document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.localize.book import AgencyBook
from danvan_cli.passage import Passage
from danvan_cli.text import fold
from danvan_cli.validate.checks.agencies.named import AGENCY_FIELDS, Named, named_in
from danvan_cli.validate.setting import Setting

Uses = dict[str, list[Named]]


def two_spellings(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """DV406 on each spelling of an agency that is not the main one.

    Collectives are left out, and so are differences of tone marks, dashes, case and of the
    unit's own name after the agency's.
    """
    seen: dict[str, Uses] = defaultdict(dict)
    for one in named_in([p for p in passages if p.role in AGENCY_FIELDS], setting):
        book = one.book
        if one.ma is None or book.by_id[one.ma].tap_the or one.mention.text in book.by_id:
            continue
        spelling = _spelling(one.mention.text, book)
        seen[f"{one.ma} {_body(spelling)}"].setdefault(spelling, []).append(one)
    for by_spelling in seen.values():
        if len(by_spelling) > 1:
            yield from _two_spellings(by_spelling)


@lru_cache(maxsize=8192)
def _spelling(text: str, book: AgencyBook) -> str:
    return book.places.sub("", fold(text))


def _body(spelling: str) -> str:
    """Which body of the agency is meant: its standing committee and its head are not the whole."""
    return next((w for w in words_of("bo_phan_dung_dau") if spelling.startswith(w)), "")


def _two_spellings(by_spelling: Uses) -> Iterator[Finding]:
    counts = Counter({spelling: len(uses) for spelling, uses in by_spelling.items()})
    first = next(iter(by_spelling.values()))[0]
    official = _spelling(first.book.names[first.ma], first.book) if first.ma else ""
    main = max(counts, key=lambda s: (s == official, counts[s], len(s)))
    right = by_spelling[main][0].mention.text
    for spelling, uses in by_spelling.items():
        if spelling == main:
            continue
        mention = uses[0].mention
        times = f" ({len(uses)} chỗ)" if len(uses) > 1 else ""
        message = (
            f"'{mention.text}'{times} và '{right}' ({counts[main]} chỗ) là một cơ quan. "
            f"Dùng một cách viết trong cả văn bản: '{right}'."
        )
        yield uses[0].passage.finding("DV406", mention.start, mention.end, message, right)
