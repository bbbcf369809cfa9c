"""Every block of a unit's documents with its id, as lines and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten

from danvan_cli.render.content import BodyBlock, Content
from danvan_cli.render.documents import Draft

_PARTS = {
    "trich_yeu": "Trích yếu",
    "can_cu": "Căn cứ",
    "noi_dung": "Nội dung",
    "noi_nhan": "Nơi nhận",
    "phu_luc": "Phụ lục",
}
_TASKS = "(danh sách {count} nhiệm vụ)"
_LEAST, _MOST, _GAP = 60, 110, 2


@dataclass(frozen=True)
class ShownBlock:
    """A block as the unit's file names it: the part it stands in, its id, its first words."""

    phan: str
    ma: str
    chu: str


def shown_blocks(content: Content) -> tuple[ShownBlock, ...]:
    """The blocks that a document prints, in its order, each once."""
    return tuple(_all(content))


def _all(content: Content) -> Iterator[ShownBlock]:
    for part, lines in (("trich_yeu", content.trich_yeu), ("can_cu", content.can_cu)):
        for ma, members in groupby(lines, key=lambda line: line.ma):
            yield ShownBlock(part, ma, " ".join(str(line.chu) for line in members))
    for ma, blocks in groupby(content.noi_dung, key=lambda block: block.ma):
        yield ShownBlock("noi_dung", ma, _said(list(blocks)))
    for line in content.noi_nhan.dong:
        yield ShownBlock("noi_nhan", line.ma, str(line.chu))
    for annex in content.phu_luc:
        yield ShownBlock("phu_luc", annex.ma, f"{annex.ten}: {annex.tieu_de}")
        body = {block.ma for block in content.noi_dung}
        body |= {ma for block in content.noi_dung for ma in block.nhiem_vu}
        own = [row for row in annex.hang if row.ma not in body]
        yield from (ShownBlock("phu_luc", row.ma, str(row.noi_dung)) for row in own)


def _said(blocks: list[BodyBlock]) -> str:
    """The words of a block, or of how many tasks it is the list."""
    tasks = dict.fromkeys(ma for block in blocks for ma in block.nhiem_vu)
    if tasks:
        return _TASKS.format(count=len(tasks))
    first = blocks[0]
    return " ".join(text for text in (str(first.so), str(first.chu)) if text)


def block_lines(drafts: Iterable[Draft], width: int) -> Iterator[str]:
    """The blocks of each document, a line each, cut to `width`; and how a unit's file names them."""
    width = min(max(width, _LEAST), _MOST)
    for draft in drafts:
        blocks = shown_blocks(draft.content)
        column = max((len(block.ma) for block in blocks), default=0) + _GAP
        yield f"{draft.kind}: {draft.name}"
        for part, members in groupby(blocks, key=lambda block: block.phan):
            yield f"  {_PARTS[part]}"
            for block in members:
                text = shorten(block.chu, max(width - column - 4, 20), placeholder=" ...")
                yield f"    {block.ma:<{column}}{text}"
        yield ""
    yield "Ghi vào hồ sơ, dưới van_ban và tên văn bản ở trên:"
    yield "  thay: {mã: chữ mới}, bot: [mã], chuyen: [{ma: mã, sau: mã}],"
    yield '  them: [{sau: mã, khoi: {ma: mã mới, doan: "Chữ của khối"}}]'


def blocks_data(drafts: Iterable[Draft]) -> dict[str, list[dict[str, str]]]:
    """The same by document: part, id, words."""
    return {draft.kind: [vars(block) for block in shown_blocks(draft.content)] for draft in drafts}
