"""Rules of wording (DV701 to DV713): of one passage, and of the passages of one document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from unicodedata import is_normalized

from danvan_cli.findings import Finding, Place
from danvan_cli.nodes import SourceText
from danvan_cli.passage import Passage
from danvan_cli.text import nfc
from danvan_cli.validate.checks.phrases import ID
from danvan_cli.validate.checks.view import View
from danvan_cli.validate.checks.wording.capitals import (
    check_articles,
    check_laws,
    check_names,
    check_people,
    unit_names,
)
from danvan_cli.validate.checks.wording.confusions import (
    Confusion,
    check_commas,
    check_confusions,
    check_programmes,
    confusion_span,
    confusions,
    is_spelt,
)
from danvan_cli.validate.checks.wording.marks import check_marks, check_pairs
from danvan_cli.validate.checks.wording.mixed import check_mixed
from danvan_cli.validate.checks.wording.names import (
    check_capitals,
    check_dashes,
    check_phrases,
    check_tones,
    misquoted,
)
from danvan_cli.validate.checks.wording.words import check_words
from danvan_cli.validate.setting import Setting

_COMBINING = re.compile(r"\S*[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]\S*")
_LOOKALIKE: Mapping[int, str] = {
    **dict.fromkeys((0xD0, 0x189), "Đ"),
    0xF0: "đ",
    **dict(zip((0x430, 0x435, 0x43E, 0x440, 0x441, 0x443, 0x445), "aeopcyx", strict=True)),
    **dict(zip((0x410, 0x415, 0x41E, 0x420, 0x421, 0x422, 0x425), "AEOPCTX", strict=True)),
}
"""Letters of other alphabets that look like ours (Icelandic eth, Cyrillic)."""
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_WORD = re.compile(rf"[\w{_HIDDEN}]+")
_SUSPECT = re.compile(rf"[{''.join(map(chr, _LOOKALIKE))}{_HIDDEN}\r]")


def check_passage(passage: Passage, setting: Setting) -> Iterator[Finding]:
    """The faults of wording that a passage shows by itself."""
    if ID.fullmatch(passage.text):
        return
    yield from _unicode(passage)
    view = View(passage)
    wrong = misquoted(view, setting)
    yield from check_phrases(view, wrong)
    confused = tuple(confusions(view, official=setting.official))
    known = [(one.start, one.end) for one in wrong]
    known += [confusion_span(view, one) for one in confused if is_spelt(view, one)]
    odd = tuple(check_words(view, setting, known))
    yield from odd
    told = {finding.place for finding in odd if finding.code in ("DV708", "DV711")}
    yield from check_confusions(view, tuple(c for c in confused if not _told(view, c, told)))
    yield from check_marks(view, setting)
    yield from check_capitals(view, setting)
    named = tuple(check_names(view, unit_names(setting.catalogue)))
    yield from named
    placed = {finding.place for finding in named}
    yield from (finding for finding in check_laws(view) if finding.place not in placed)
    yield from check_articles(view)
    yield from check_commas(view)
    yield from check_programmes(view)


def _told(view: View, one: Confusion, told: set[Place]) -> bool:
    """Whether one of the words is said already to be no syllable."""
    tokens = view.tokens[one.first : one.last + 1]
    return any(view.finding("DV711", t.start, t.end, "").place in told for t in tokens)


def check_passages(passages: Sequence[Passage], setting: Setting) -> Iterator[Finding]:
    """The faults that show between the passages of one document, or of one file.

    Quotes and brackets are judged here too: in a document they may be closed paragraphs on.
    """
    views = [View(passage) for passage in passages if not ID.fullmatch(passage.text)]
    # A piece of a sentence may end in mid-bracket.
    yield from check_pairs([view for view in views if not view.passage.piece], setting)
    yield from check_tones(views)
    yield from check_dashes(views)
    if setting.kind == "van_ban":
        yield from check_mixed(views)
        yield from check_people(views)


def check_source(source: SourceText, _: Setting) -> Iterator[Finding]:
    """DV704 on the whole text of a YAML file, whose values are composed when they are read."""
    if _is_plain(source.text):
        return
    for number, line in enumerate(source.text.split("\n")):
        start = source.starts[number]
        place = partial(_place, source, start)
        passage = Passage(line, "chu", f"dong:{number + 1}", place, fixable=True)
        yield from _unicode(passage)


def _is_plain(text: str) -> bool:
    """Whether nothing in `text` is decomposed, hidden or of another alphabet."""
    return is_normalized("NFC", text) and not _SUSPECT.search(text)


def _place(source: SourceText, start: int, offset: int) -> Place:
    return source.place(start + offset)


def _unicode(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    if _is_plain(text):
        return
    if nfc(text) != text.replace("\r\n", "\n").replace("\r", "\n"):
        words = list(_COMBINING.finditer(text))
        if words:
            start, end = words[0].start(), words[-1].end()
            message = (
                f"Chữ gõ bằng Unicode tổ hợp, bắt đầu từ '{nfc(words[0].group())}' ({len(words)}"
                " chữ): tìm kiếm và so sánh sẽ sai. Chuyển sang Unicode dựng sẵn."
            )
            yield passage.finding("DV704", start, end, message, nfc(text[start:end]))
    for match in _WORD.finditer(text):
        word = match.group()
        new = "".join(char for char in word.translate(_LOOKALIKE) if char not in _HIDDEN)
        if new != word:
            message = f"Chữ '{new}' có ký tự lạ trông như chữ thường hoặc ký tự ẩn. Gõ lại '{new}'."
            yield passage.finding("DV704", match.start(), match.end(), message, new)
