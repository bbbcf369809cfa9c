"""DV705, DV707, DV709, DV710: one way of writing names, in one document and as registered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from danvan_cli.findings import Finding
from danvan_cli.grammar.names import NameIndex
from danvan_cli.grammar.vocabulary import any_of, words_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.prose import PLACEHOLDER
from danvan_cli.text import fold, new_tone, nfc
from danvan_cli.validate.checks.view import TEXTS_KEPT, ComposedText, View, ViewWord
from danvan_cli.validate.checks.wording.lexicon import lexicon
from danvan_cli.validate.collect import catalogue_passages
from danvan_cli.validate.setting import Setting

_QUOTED = re.compile(r"[“\"]([^“”\"\n]+)[”\"]")
_DASH = re.compile(
    r"(?:[^\W\d_]+ )?(?P<before>[^\W_]+)(?P<dash>\s*[-–—]\s*)(?P<after>[^\W_]+)(?: [^\W\d_]+)?"
)
_ANY_DASH = re.compile("[-–—]")


def _capital(group: str) -> str:
    return "|".join(word.capitalize() for word in words_of(group))


_COLLECTIVE = re.compile(
    rf"(?<!\w)các (?:(?P<word>{_capital('chung_co_quan')})(?= {any_of('sau_chung_co_quan')}|,)"
    rf"|(?P<kind>{_capital('chung_khac')})(?= {any_of('sau_chung_khac')}|,))"
)
_LONGEST_TITLE = 12
_TITLE = re.compile(r"(?:trưởng|phó|ủy viên) $", re.IGNORECASE)
_UPPER = "[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_CAPITALS = re.compile(rf"(?<!\w){_UPPER}\w*(?: {_UPPER}\w*){{2,}}")
_SHORTEST = 12
_SLIPS = 2
_SHARE_OF_SLIPS = 12


@dataclass(frozen=True)
class _Names:
    phrases: tuple[str, ...]
    folded: frozenset[str]
    agencies: NameIndex


@lru_cache(maxsize=4)
def _names(catalogue: Catalogue) -> _Names:
    """The quoted phrases that the catalogue fixes, its theme first; the agencies' own names."""
    theme = catalogue.edition.chu_de
    found = {fold(theme): str(theme)} if theme else {}
    for passage in catalogue_passages(catalogue):
        for phrase in _QUOTED.findall(passage.text):
            if len(phrase) >= _SHORTEST and not PLACEHOLDER.search(phrase):
                found.setdefault(fold(phrase), phrase)
    proper = [(str(a.ma), str(a.ten)) for a in catalogue.agencies if not a.tap_the]
    return _Names(tuple(found.values()), frozenset(found), NameIndex(proper))


@dataclass(frozen=True)
class Misquoted:
    """A quoted phrase a letter or two off one that the catalogue fixes."""

    start: int
    end: int
    right: str


def misquoted(view: View, setting: Setting) -> tuple[Misquoted, ...]:
    """The quoted phrases of a passage that misspell one of the catalogue's, its theme first."""
    names = _names(setting.catalogue)
    found = []
    for match in _QUOTED.finditer(view.text):
        folded = fold(match.group(1).strip(" ,.;"))
        if len(folded) < _SHORTEST or folded in names.folded:
            continue
        allowed = min(_SLIPS, len(folded) // _SHARE_OF_SLIPS)
        near = [
            (distance, right)
            for right in names.phrases
            if (distance := DamerauLevenshtein.distance(folded, fold(right))) <= allowed
        ]
        if near:
            found.append(Misquoted(match.start(1), match.end(1), min(near)[1]))
    return tuple(found)


def check_phrases(view: View, wrong: Iterable[Misquoted]) -> Iterator[Finding]:
    """DV707 on each of `wrong`."""
    for one in wrong:
        written = view.text[one.start : one.end]
        message = (
            f"'{written}' viết sai{_difference(written, one.right)}. Tên đúng là '{one.right}';"
            " sửa lại cho đúng từng chữ."
        )
        yield view.finding("DV707", one.start, one.end, message, one.right)


def _difference(written: str, right: str) -> str:
    """Which word of `written` is wrong, where only one is."""
    pairs = list(zip(written.split(), right.split(), strict=False))
    wrong = [(w, r) for w, r in pairs if fold(w) != fold(r)]
    if len(wrong) == 1 and len(written.split()) == len(right.split()):
        return f" chữ '{wrong[0][0].strip(',;.')}' (đúng: '{wrong[0][1].strip(',;.')}')"
    return ""


def _ends_a_word(before: str, written: str) -> bool:
    """Whether the first word of `written` belongs to the one before it: "cán bộ", "cơ quan"."""
    last = before.lower().split()[-1:]
    return bool(last) and (last[0], written.split()[0].lower()) in lexicon().pairs


def check_capitals(view: View, setting: Setting) -> Iterator[Finding]:
    """Capitals where a collective stands in mid-sentence; an office begun with a small letter."""
    names, text = _names(setting.catalogue), view.text
    for match in re.finditer(r";\s+(?P<word>Các)(?= [^\W\d_])", text):
        if text[match.end() + 1].islower():
            message = "Sau dấu ';' không viết hoa 'Các'. Viết 'các'."
            yield view.finding("DV710", match.start("word"), match.end("word"), message, "các")
    for match in _COLLECTIVE.finditer(text):
        group = "word" if match["word"] else "kind"
        word = match[group]
        message = (
            f"'các {word}...' giữa câu là tên gọi chung, không viết hoa. Viết '{word.lower()}'."
        )
        start, end = match.span(group)
        yield view.finding("DV710", start, end, message, word.lower())
    for name in names.agencies.find(text):
        written = text[name.start : name.end]
        before = text[max(0, name.start - _LONGEST_TITLE) : name.start]
        if _TITLE.search(before) or _ends_a_word(before, written):
            continue
        if written[0].islower() and name.name[0].isupper() and _same_but_first(written, name.name):
            new = name.name[0] + written[1:]
            message = f"'{written}' là tên cơ quan, viết hoa chữ đầu. Viết '{new}'."
            yield view.finding("DV710", name.start, name.end, message, new)


def _same_but_first(written: str, name: str) -> bool:
    """Whether only the first letter tells `written` from `name`, and more of it is a capital."""
    rest, known = (re.sub(r"\s*[-–—]\s*", "-", new_tone(nfc(t[1:]))) for t in (written, name))
    return rest == known and rest != rest.lower()


def check_dashes(views: Sequence[View]) -> Iterator[Finding]:
    """A name or a range written with a hyphen here and a dash there, in one document."""
    found: defaultdict[tuple[str, str], list[tuple[View, re.Match[str]]]] = defaultdict(list)
    for view in views:
        for key, match in _dashed(view.words):
            found[key].append((view, match))
    for places in found.values():
        kinds = {match.group("dash").strip() for _, match in places}
        if len(kinds) == 1 or "-" not in kinds:
            continue
        for view, match in places:
            dash = match.group("dash").strip()
            if dash != "-":
                shown = match.group()
                new = match.group("dash").replace(dash, "-")
                message = (
                    f"'{shown}' dùng gạch ngang '{dash}', chỗ khác trong văn bản dùng gạch nối"
                    " '-'. Dùng một dấu: '-'."
                )
                start, end = match.span("dash")
                yield view.finding("DV709", start, end, message, new)


@lru_cache(maxsize=TEXTS_KEPT)
def _dashed(words: ComposedText) -> tuple[tuple[tuple[str, str], re.Match[str]], ...]:
    """The dashes between two words of a text, by the folded words; numbers of papers left out."""
    if not _ANY_DASH.search(words.text):
        return ()
    return tuple(
        ((fold(match.group("before")), fold(match.group("after"))), match)
        for match in _DASH.finditer(words.text)
        if "/" not in words.text[max(0, match.start() - 1) : match.end() + 1]
    )


def check_tones(views: Sequence[View]) -> Iterator[Finding]:
    """Old tone marks (hoá, uỷ) in a document that also writes the new ones (hóa, ủy)."""
    if any(_tones(view.words)[1] for view in views):
        for view in views:
            for token, new in _tones(view.words)[0]:
                yield _old_tone(view, token, new)


@lru_cache(maxsize=TEXTS_KEPT)
def _tones(words: ComposedText) -> tuple[tuple[tuple[ViewWord, str], ...], bool]:
    """The words of a text with old tone marks and how they are written now; whether it has new ones."""
    moved = new_tone(words.text)
    people = _people(words.text)
    old: list[tuple[ViewWord, str]] = []
    new = False
    for token in words.tokens:
        if any(person.start() <= token.start < person.end() for person in people):
            continue
        if moved[token.start : token.end] != token.text:
            old.append((token, moved[token.start : token.end]))
        else:
            new = new or _NEW_MARKS.search(token.text.lower()) is not None
    return tuple(old), new


def _old_tone(view: View, token: ViewWord, new: str) -> Finding:
    start, end = token.start, token.end
    message = (
        f"'{view.text[start:end]}' đặt dấu thanh kiểu cũ, chỗ khác trong văn bản đặt kiểu mới."
        f" Viết '{new}'."
    )
    return view.finding("DV705", start, end, message, new)


def _people(text: str) -> list[re.Match[str]]:
    """Runs of three words or more with capitals: a person's name is written as they write it."""
    return [match for match in _CAPITALS.finditer(text) if not match.group().isupper()]


_NEW_MARKS = re.compile(r"(?<!q)(?:[òóỏõọ][ae]|[ùúủũụ]y)$")
