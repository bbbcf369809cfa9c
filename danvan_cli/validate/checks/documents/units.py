"""DV607, DV608: names of units that are wrong, and another unit's name left in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of, words_of
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import Unit
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable, fold, nearest
from danvan_cli.validate.setting import Setting

_KIND = re.compile(rf"(?<!\w)(?<!thị )({any_of('loai_xa', 'loai_xa_cu')})\s+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MORE = re.compile(r" [-–] (?=[^\W\d_])| (?=\d(?!\d|/))")
"""What joins a name in two parts ("Cam Ly - Đà Lạt"), or a number to it ("Bảo Lâm 1")."""
_PART = re.compile(rf"{_WORD.pattern}|\d+")
_NOT_OURS = re.compile(rf"[\s,(]*(?:thuộc\s+)?{any_of('loai_huyen_cu', 'loai_tinh')}\.?\s")
_PAST = re.compile(
    r"(?<!\w)(?:cũ|trước đây|sáp nhập|hợp nhất|nhập từ|giải thể|thành lập|tên gọi)(?!\w)"
)
_TOGETHER = re.compile(
    rf"phối hợp (?:với|cùng)|giáp ranh|lân cận|(?:liên|các) {any_of('loai_xa')}|cùng với"
    r"|trao đổi|học tập|kinh nghiệm|giữa|trú tại|thường trú|quê quán|sinh tại|so với"
)
_LONGEST = 4
_LONGEST_JOINED = 6
_LONG_NAME = 2
_ALIKE = 0.72


@dataclass(frozen=True)
class _Names:
    """The units of a city by folded name, and how a name with its kind is written."""

    units: dict[str, tuple[Unit, ...]]
    kinds: dict[str, str]
    province: str

    def written(self, unit: Unit) -> str:
        return f"{self.kinds[unit.loai]} {unit.ten}"


@dataclass(frozen=True)
class Mention:
    """A kind of unit with the words of a name; the first `plain` of them are joined by blanks."""

    kind: str
    words: tuple[str, ...]
    ends: tuple[int, ...]
    start: int
    plain: int


@lru_cache(maxsize=8)
def _names(catalogue: Catalogue) -> _Names:
    units: dict[str, tuple[Unit, ...]] = {}
    for unit in catalogue.units:
        units[_key(unit.ten)] = (*units.get(_key(unit.ten), ()), unit)
    kinds = {name: str(kind.ten) for name, kind in catalogue.kinds.items()}
    return _Names(units, kinds, catalogue.province)


def _key(name: str) -> str:
    """A name for comparison, in one part."""
    return fold(name).replace("-", " ")


def check_units(document: Document, setting: Setting) -> Iterator[Finding]:
    """Wrong names of units, and names of units that the document is not about.

    Only in a document of the catalogue's own province: its list says nothing of another's units.
    """
    if not setting.home and setting.unit is None:
        return
    names = _names(setting.catalogue)
    own = setting.unit
    if own is not None and own.loai == setting.catalogue.city.loai:
        own = None
    recipients = {passage.locate(0) for passage in document.recipients}
    yield from _date_line(document, names, own)
    if setting.catalogue.is_country_only:
        return  # Its list is of today's units alone.
    for passage in document.passages:
        found = mentions(passage.text)
        unit = None if found and passage.locate(0) in recipients else own
        for mention in found:
            yield from _judge(passage, comparable(passage.text), mention, names, unit)


@lru_cache(maxsize=16384)
def mentions(text: str) -> tuple[Mention, ...]:
    """Each kind of unit followed by words with capitals: "xã Hà Bắc"."""
    return tuple(_mentioned(text, comparable(text)))


def _mentioned(text: str, low: str) -> Iterator[Mention]:
    for match in _KIND.finditer(low):
        if text[match.start() : match.end()].isupper() and not _heads_line(text, match.start()):
            continue
        words: list[str] = []
        ends: list[int] = []
        at = match.end()
        while (
            len(words) < _LONGEST and (word := _WORD.match(text, at)) and word.group()[0].isupper()
        ):
            words.append(word.group())
            ends.append(word.end())
            at = word.end() + 1
            if text[word.end() : at] != " ":
                break
        plain = len(words)
        if words and (joined := _MORE.match(text, ends[-1])):
            for part in _parts(text, joined.end()):
                words.append(part.group())
                ends.append(part.end())
        if words:
            yield Mention(match.group(1), tuple(words), tuple(ends), match.start(), plain)


def _parts(text: str, at: int) -> Iterator[re.Match[str]]:
    """The words of a name's second part, from `at` on."""
    for _ in range(_LONGEST_JOINED - 1):
        part = _PART.match(text, at)
        if part is None or part.group()[0].islower():
            return
        yield part
        if text[part.end() : part.end() + 1] != " ":
            return
        at = part.end() + 1


def _heads_line(text: str, start: int) -> bool:
    """Whether text in capitals at `start` is a letterhead's unit, not a word of a title."""
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return line == "" or line.endswith(("NHÂN DÂN", "TRÊN ĐỊA BÀN"))


def _judge(
    passage: Passage, low: str, mention: Mention, names: _Names, own: Unit | None
) -> Iterator[Finding]:
    count, found = _longest_known(mention, names)
    end = mention.ends[(count or mention.plain) - 1]
    shown = passage.text[mention.start : end]
    sentence = low[max(0, mention.start - 80) : mention.start]
    if _NOT_OURS.match(low, end) or _PAST.search(low[max(0, mention.start - 60) : end + 25]):
        return
    if not found:
        yield from _unknown(passage, mention, names)
        return
    right = [unit for unit in found if names.kinds[unit.loai] == mention.kind]
    if not right:
        meant = names.written(found[0])
        message = f"'{shown}' sai loại đơn vị: {found[0].ten} là {meant}. Sửa thành '{meant}'."
        yield passage.finding("DV607", mention.start, end, message, meant)
    elif own is not None and own not in right and not _TOGETHER.search(sentence):
        mine = names.written(own)
        message = (
            f"'{shown}' là đơn vị khác; văn bản này của {mine}, có thể còn sót từ văn bản của đơn"
            f" vị khác. Sửa thành '{mine}' hoặc bỏ."
        )
        yield passage.finding("DV608", mention.start, end, message)


def _longest_known(mention: Mention, names: _Names) -> tuple[int, tuple[Unit, ...]]:
    for count in range(len(mention.words), 0, -1):
        found = names.units.get(_key(" ".join(mention.words[:count])))
        if found:
            return count, found
    return 0, ()


def _unknown(passage: Passage, mention: Mention, names: _Names) -> Iterator[Finding]:
    """A name no unit has: misspelt, or of a unit that is no more."""
    words = mention.words[: mention.plain]
    if f"{mention.kind} {fold(words[0])}" in words_of("khong_la_don_vi"):
        return
    listed = [names.written(unit) for units in names.units.values() for unit in units]
    for count in range(len(words), 0, -1):
        name = f"{mention.kind} {' '.join(words[:count])}"
        near = nearest(name, listed, cutoff=_ALIKE + 0.1 if count == 1 else _ALIKE + 0.08)
        own = " ".join(words[:count])
        # In capitals any words may follow the kind: the name itself must be like one.
        if near and (not own.isupper() or nearest(_key(own), names.units, cutoff=_ALIKE)):
            end = mention.ends[count - 1]
            message = (
                f"Không có đơn vị nào tên '{passage.text[mention.start : end]}'; gần nhất là"
                f" '{near}'. Sửa lại tên đơn vị."
            )
            yield passage.finding("DV607", mention.start, end, message, near)
            return
    if len(words) == _LONG_NAME:
        end = mention.ends[mention.plain - 1]
        message = (
            f"'{passage.text[mention.start : end]}' không có trong {len(listed)} đơn vị hiện nay"
            f" của {names.province}. Kiểm tra lại tên, hoặc ghi rõ '(cũ)' nếu là đơn vị trước đây."
        )
        yield passage.finding("DV607", mention.start, end, message)


def _date_line(document: Document, names: _Names, own: Unit | None) -> Iterator[Finding]:
    """The place in the date line is the unit's own name."""
    line, written = document.date_line, document.place_name
    if line is None or written is None or own is None or document.issuer is None:
        return
    low = fold(written)
    mine = fold(own.ten)
    if low in (mine, fold(names.written(own))):
        return
    start = line.text.find(written)
    other = names.units.get(low)
    if other:
        message = (
            f"Địa danh '{written}' là của đơn vị khác; văn bản này của {names.written(own)}. Sửa"
            f" thành '{own.ten}'."
        )
        yield line.finding("DV608", start, start + len(written), message, str(own.ten))
    elif nearest(low, [mine], cutoff=_ALIKE):
        message = f"Địa danh '{written}' viết sai; tên đúng là '{own.ten}'. Sửa lại."
        yield line.finding("DV607", start, start + len(written), message, str(own.ten))
