"""The end of a paper: who receives it, in what authority it is signed, by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.reading.anatomy.head import as_read, bare_words
from danvan_cli.reading.anatomy.values import PaperPart
from danvan_cli.word.layout.values import Paragraph

_POST = re.compile(rf"(?:PHÓ )?{any_of('dau_chuc_vu', capitals=True)}\b")
_RECIPIENTS = re.compile(r"noi nhan\s*:?")
_NAME = re.compile(
    r"(?:(?:TS|ThS|PGS|GS|BS|CN|KS)\.?\s*)*[^\W\d_a-zà-ỹđ][^\W\d_]*(?: [^\W\d_]+){1,6}"
)
_EMPTY_LINES, _ROOM = 2, 30.0
_ITEM = ("-", "–", "+", "•")


@dataclass
class Ending:
    """The end: its parts, and the indices of the paragraphs it takes."""

    parts: list[PaperPart] = field(default_factory=list)
    start: int = -1
    end: int = -1


def ending_of(paragraphs: Sequence[Paragraph], start: int) -> Ending:
    """The end of a paper, looked for from the paragraph `start` on."""
    for at in range(start, len(paragraphs)):
        lines = paragraphs[at].lines
        if (
            lines
            and _RECIPIENTS.match(bare_words(lines[0].text))
            and len(bare_words(lines[0].text)) < 40
        ):
            return _ending(paragraphs, at)
    return Ending()


def _ending(paragraphs: Sequence[Paragraph], at: int) -> Ending:
    own = paragraphs[at]
    made = Ending(start=at, end=at + 1)
    made.parts.append(PaperPart("noi_nhan", own, own.lines[0]))
    made.parts += [PaperPart("dong_noi_nhan", own, line) for line in own.lines[1:]]
    if own.cell is None:
        _listed(made, paragraphs, at)
        return made
    table, column = own.cell.table, own.cell.cell
    signature: list[Paragraph] = []
    for index in range(at, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.cell is None or paragraph.cell.table != table:
            break
        made.end = index + 1
        if index > at and paragraph.cell.cell == column:
            _recipient(made, paragraph)
        elif paragraph.cell.cell > column:
            signature.append(paragraph)
    first = next((i for i, p in enumerate(paragraphs) if p.cell and p.cell.table == table), at)
    made.start = first
    made.parts += _signed(signature)
    return made


def _listed(made: Ending, paragraphs: Sequence[Paragraph], at: int) -> None:
    for index in range(at + 1, len(paragraphs)):
        text = paragraphs[index].text.strip()
        if text and not text.startswith(_ITEM):
            return
        made.end = index + 1
        _recipient(made, paragraphs[index])


def _recipient(made: Ending, paragraph: Paragraph) -> None:
    for line in paragraph.lines:
        if line.text.strip().startswith(_ITEM):
            made.parts.append(PaperPart("dong_noi_nhan", paragraph, line))


def _signed(paragraphs: Sequence[Paragraph]) -> list[PaperPart]:
    """The lines of a signature: the authority and the post in capitals, then the name."""
    lines = [(p, line) for p in paragraphs for line in p.lines if line.text.strip(" .…_()\t")]
    made: list[PaperPart] = []
    for at, (paragraph, line) in enumerate(lines):
        text = as_read(line.text)
        last = at == len(lines) - 1 and made and _NAME.fullmatch(text)
        named = not text.isupper() or not _POST.match(text)
        if last and named and (not text.isupper() or _far(made[-1].paragraph, paragraph)):
            made.append(PaperPart("ho_ten", paragraph, line))
        elif text.isupper():
            made.append(PaperPart("chuc_vu", paragraph, line))
    return made


def _far(above: Paragraph, below: Paragraph) -> bool:
    """Whether there is room for a signature between two paragraphs."""
    return below.index - above.index > _EMPTY_LINES or below.shape.before >= _ROOM
