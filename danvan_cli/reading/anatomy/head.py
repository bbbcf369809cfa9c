"""The head of a paper: letterhead, number, place and date, title.

The places are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục IV (sơ đồ bố trí).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from danvan_cli.grammar.vocabulary import any_of, words_of
from danvan_cli.reading.anatomy.values import PaperPart, PartName
from danvan_cli.text import new_tone, nfc, plain_ascii, squeeze
from danvan_cli.word.layout.values import CellAt, Paragraph, Run, TypedLine

_QUOC_HIEU = plain_ascii(words_of("quoc_hieu")[0])
_TIEU_NGU = re.compile(plain_ascii(words_of("tieu_ngu")[0]).replace(" - ", r"\W+"))
_PARTY = words_of("tieu_de_dang")[0].upper()
_NUMBER = re.compile(r"Số\s*:?[\s.…\d]*/|Số\s*:")
_DATE = re.compile(r",\s*ngày\b.*tháng\b.*năm", re.DOTALL)
_ABOUT = re.compile(r"V/v|Về việc", re.IGNORECASE)
_KEM_THEO = re.compile(r"\(?\s*(?:ban hành )?kèm theo", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"\t+| {3,}")
_PARENT = re.compile(any_of("co_quan_chu_quan", capitals=True))
_BODY_OF_PARENT = re.compile(any_of("co_quan_truc_thuoc", capitals=True))
_TYPES = re.compile(rf"{any_of('dau_van_ban', capitals=True)}(?: [A-ZÀ-ỸĐ]+){{0,2}}")
_AUTHORITY = re.compile(any_of("tham_quyen", capitals=True))
_FARTHEST = 60
_LONGEST_TITLE = 12


@dataclass
class Head:
    """The head of a paper; `end` is the index of the paragraph after it."""

    parts: list[PaperPart] = field(default_factory=list)
    end: int = 0
    party: bool = False
    around: list[tuple[PartName, tuple[Paragraph, ...]]] = field(default_factory=list)

    def has(self, name: PartName) -> bool:
        """Whether a line of that name was found."""
        return any(part.name == name for part in self.parts)

    def add(self, name: PartName, paragraph: Paragraph, line: TypedLine) -> None:
        """Take a line as `name`."""
        self.parts.append(PaperPart(name, paragraph, line))


def head_of(paragraphs: Sequence[Paragraph]) -> Head:
    """The head that `paragraphs`, in the order of reading, begin with."""
    head = Head()
    first = paragraphs[:_FARTHEST]
    at = next((i for i, p in enumerate(first) if _QUOC_HIEU in bare_words(p.text)), None)
    # A paper of the State may well speak of the Party; the Party's has no quốc hiệu.
    head.party = at is None and any(_PARTY in nfc(p.text) for p in first)
    if at is not None:
        _letterhead(head, first, at)
    _title(head, paragraphs)
    return head


def next_head(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where, from `start` on, another paper's letterhead begins; their number where none does."""
    at = next(
        (i for i in range(start, len(paragraphs)) if _QUOC_HIEU in bare_words(paragraphs[i].text)),
        -1,
    )
    if at < 0:
        return len(paragraphs)
    cell = paragraphs[at].cell
    while cell is not None and at > start and _same_table(paragraphs[at - 1], cell):
        at -= 1
    return at


def _same_table(paragraph: Paragraph, cell: CellAt) -> bool:
    return paragraph.cell is not None and paragraph.cell.table == cell.table


@lru_cache(maxsize=16384)
def as_read(text: str) -> str:
    """`text` as it reads: composed, single spaces."""
    return squeeze(nfc(text))


@lru_cache(maxsize=16384)
def bare_words(text: str) -> str:
    """`text` as it is compared: ASCII, small letters, single spaces."""
    return squeeze(plain_ascii(nfc(text)).lower())


def _letterhead(head: Head, first: Sequence[Paragraph], at: int) -> None:
    own = first[at]
    if own.cell is not None:
        end = next((i for i, p in enumerate(first) if i > at and _outside(p, own)), len(first))
        while end < len(first) and (_is_number_or_date(first[end]) or not first[end].text.strip()):
            end += 1
        right = [p for p in first[:end] if _beside(p, own, same=True)]
        left = [p for p in first[:end] if _beside(p, own, same=False)]
        _motto(head, right)
        _agency(head, left)
        table = [p for p in first[:end] if not _outside(p, own)]
        head.around += [
            ("tieu_ngu", tuple(p for p in table if not _before(p, own))),
            ("co_quan_ban_hanh", tuple(p for p in table if _before(p, own))),
        ]
        for paragraph in first[:end]:
            _number_and_date(head, paragraph)
    else:
        end = _typed_side_by_side(head, first, at)
    head.end = end


def _outside(paragraph: Paragraph, own: Paragraph) -> bool:
    return paragraph.cell is None or (
        own.cell is not None and paragraph.cell.table != own.cell.table
    )


def _is_number_or_date(paragraph: Paragraph) -> bool:
    text = nfc(paragraph.text).strip()
    return bool(_NUMBER.match(text) or (len(text) < 80 and _DATE.search(text)))


def _beside(paragraph: Paragraph, own: Paragraph, *, same: bool) -> bool:
    """Whether a paragraph stands in the cell of `own`, or in one before it in its row."""
    here, there = paragraph.cell, own.cell
    if here is None or there is None or here.table != there.table or here.row > there.row:
        return False
    if same:
        return (here.row, here.cell) == (there.row, there.cell)
    return here.cell < there.cell


def _before(paragraph: Paragraph, own: Paragraph) -> bool:
    """Whether a paragraph of the letterhead stands to the left of `own`."""
    here, there = paragraph.cell, own.cell
    return here is not None and there is not None and here.cell < there.cell


def _motto(head: Head, right: Sequence[Paragraph]) -> None:
    for paragraph in right:
        for line in paragraph.lines:
            text = bare_words(line.text)
            if _QUOC_HIEU in text:
                head.add("quoc_hieu", paragraph, line)
            elif _TIEU_NGU.search(text):
                head.add("tieu_ngu", paragraph, line)


def _agency(head: Head, left: Sequence[Paragraph]) -> None:
    found: list[tuple[Paragraph, TypedLine]] = []
    for paragraph in left:
        if _NUMBER.match(nfc(paragraph.text).strip()):
            break
        found += [(paragraph, x) for x in paragraph.lines if x.text.strip(" _-—–\t")]
    _named(head, found)


def _named(head: Head, found: Sequence[tuple[Paragraph, TypedLine]]) -> None:
    """The office's lines, and before them those of the office it belongs to."""
    texts = [new_tone(as_read(line.text).upper()) for _, line in found]
    own = 0
    if texts and _PARENT.match(texts[0]):
        own = next((i for i, text in enumerate(texts) if i and _BODY_OF_PARENT.match(text)), 0)
    for at, (paragraph, line) in enumerate(found):
        head.add("co_quan_chu_quan" if at < own else "co_quan_ban_hanh", paragraph, line)


def _number_and_date(head: Head, paragraph: Paragraph) -> None:
    for line in paragraph.lines:
        text = nfc(line.text).strip()
        last = head.parts[-1] if head.parts else None
        if _NUMBER.match(text) and not head.has("so_ky_hieu"):
            head.add("so_ky_hieu", paragraph, line)
        elif _DATE.search(text) and not head.has("dia_danh") and len(text) < 80:
            head.add("dia_danh", paragraph, line)
        elif (_ABOUT.match(text) and not head.has("trich_yeu_cong_van")) or (
            last is not None
            and last.name == "trich_yeu_cong_van"
            and last.paragraph.cell is not None
            and last.paragraph.cell == paragraph.cell
            and not text.isupper()
        ):
            head.add("trich_yeu_cong_van", paragraph, line)


def _typed_side_by_side(head: Head, first: Sequence[Paragraph], at: int) -> int:
    """A letterhead typed with tabs or spaces: each line's left and right halves."""
    left: list[tuple[Paragraph, TypedLine]] = []
    end = at
    for index in range(max(0, at - 1), min(len(first), at + 6)):
        paragraph = first[index]
        for line in paragraph.lines:
            for half in _halves(line):
                text, low = nfc(half.text).strip(), bare_words(half.text)
                if _QUOC_HIEU in low:
                    head.add("quoc_hieu", paragraph, half)
                elif _TIEU_NGU.search(low):
                    head.add("tieu_ngu", paragraph, half)
                elif _NUMBER.match(text):
                    head.add("so_ky_hieu", paragraph, half)
                elif _DATE.search(text) and len(text) < 80:
                    head.add("dia_danh", paragraph, half)
                elif text.isupper() and not head.has("so_ky_hieu") and not _TYPES.match(text):
                    left.append((paragraph, half))
                else:
                    continue
                end = index + 1
        if head.has("dia_danh"):
            break
    _named(head, left)
    return end


def _halves(line: TypedLine) -> list[TypedLine]:
    """A typed line parted where a tab or a row of spaces parts it."""
    made: list[list[Run]] = [[]]
    for run in line.runs:
        pieces = _SIDE_BY_SIDE.split(run.text)
        for at, piece in enumerate(pieces):
            if at and made[-1]:
                made.append([])
            if piece.strip():
                made[-1].append(Run(piece, run.letters))
    return [TypedLine(tuple(runs)) for runs in made if runs]


def _title(head: Head, paragraphs: Sequence[Paragraph]) -> None:
    """The name of the type, the abstract below it, and "(Kèm theo ...)"."""
    at = head.end
    limit = min(len(paragraphs), at + _LONGEST_TITLE)
    for index in range(at, limit):
        paragraph = paragraphs[index]
        if paragraph.cell is not None and head.end and paragraph.text.strip():
            return
        lines = paragraph.lines
        if lines and _TYPES.fullmatch(as_read(lines[0].text)):
            head.add("ten_loai", paragraph, lines[0])
            _abstract(head, paragraphs, index, lines[1:])
            return


def holds_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a line of `paragraphs` is the name of a type of paper."""
    return any(_TYPES.fullmatch(as_read(line.text)) for p in paragraphs for line in p.lines)


def _abstract(
    head: Head, paragraphs: Sequence[Paragraph], at: int, rest: Sequence[TypedLine]
) -> None:
    for line in rest:
        head.add("trich_yeu", paragraphs[at], line)
    end = at + 1
    attached = False
    for paragraph in paragraphs[at + 1 : at + _LONGEST_TITLE]:
        lines = paragraph.lines
        if not lines:
            end += 1
            continue
        name: PartName | None = "kem_theo" if attached else _title_line(paragraph, lines)
        if name is None:
            break
        attached = name == "kem_theo" and ")" not in paragraph.text
        end += 1
        for line in lines:
            head.add(name, paragraph, line)
    head.end = end
    head.around.append(("trich_yeu", tuple(paragraphs[at : end + 1])))


def _title_line(paragraph: Paragraph, lines: Sequence[TypedLine]) -> PartName | None:
    text = as_read(paragraph.text)
    if paragraph.cell is not None or paragraph.shape.align not in ("giua", "deu", "trai"):
        return None
    if _KEM_THEO.match(text) and paragraph.shape.align == "giua":
        return "kem_theo"
    if paragraph.shape.align != "giua" or bare_words(text).startswith(("kinh gui", "can cu")):
        return None
    if not text.strip("_-—– "):
        return "trich_yeu"
    if text.isupper() and _AUTHORITY.match(new_tone(text)):
        return "tham_quyen"
    if all(run.letters.bold for line in lines for run in line.runs if run.text.strip()):
        return "trich_yeu"
    return None if text.startswith("(") else "trich_yeu"
