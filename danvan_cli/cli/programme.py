"""A localised programme, and every block of a unit's documents, as lines that fit a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten, wrap

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.localize.whereabouts import Outcome, Whereabouts
from danvan_cli.render.assignment import of_task
from danvan_cli.render.content import BodyBlock, Content
from danvan_cli.render.documents import Draft

_LABELS = (("chu_tri", "Chủ trì"), ("phoi_hop", "Phối hợp"), ("thoi_gian", "Thời gian"))
_INDENT = " " * 7
_LEAST, _MOST = 40, 110
_OUTCOMES = {
    Outcome.KEPT: "giữ nguyên",
    Outcome.CHANGED: "sửa đổi",
    Outcome.MERGED: "hợp nhất",
    Outcome.LEFT_OUT: "không có",
    Outcome.OWN: "bổ sung",
}


def programme_lines(locality: Locality, programme: Programme, width: int) -> Iterator[str]:
    """The programme task by task, with number and code; then what is not in it, with the reason."""
    width = min(max(width, _LEAST), _MOST)
    numbers = locality.catalogue.numbers
    yield from wrap(
        f"Chương trình của {locality.full_name}: {len(programme.tasks)} nhiệm vụ", width
    )
    for group in programme.groups:
        yield ""
        yield from wrap(f"{group.tt}. {group.ten}" if group.tt else str(group.ten), width)
        for task in (t for t in programme.tasks if t.nhom == group.ma):
            yield ""
            yield from _task(task, locality, numbers, width)
    if programme.dropped:
        yield ""
        yield f"Nhiệm vụ của {locality.catalogue.noun} không có trong chương trình:"
        for gone in programme.dropped:
            yield from _wrapped(f"{gone.tt} {gone.ma}: {gone.ly_do}", "  ", " " * 6, width)


def whereabouts_lines(
    locality: Locality, found: tuple[Whereabouts, ...], width: int
) -> Iterator[str]:
    """Where each city task went or why it did not, then the unit's own tasks."""
    width = min(max(width, _LEAST), _MOST)
    yield from wrap(
        f"Đối chiếu danh mục của {locality.catalogue.noun} với chương trình của {locality.full_name}",
        width,
    )
    yield ""
    yield f"{locality.catalogue.noun:<11}đơn vị"
    for one in found:
        ma = one.task.ma if one.task is not None and one.outcome is Outcome.OWN else one.ma
        why = f": {one.ly_do}" if one.ly_do else ""
        head = f"{one.tt or '-':<11}{one.tt_don_vi or '-':<9}"
        into = f" vào {one.task.ma}" if one.task and one.outcome is Outcome.MERGED else ""
        yield from _wrapped(f"{ma}, {_OUTCOMES[one.outcome]}{into}{why}", head, " " * 20, width)
    counts = Counter(one.outcome for one in found)
    summary = ", ".join(f"{counts[o]} {name}" for o, name in _OUTCOMES.items() if counts[o])
    yield ""
    yield from wrap(f"{len(found)} nhiệm vụ: {summary}.", width)


def _task(
    task: LocalTask, locality: Locality, numbers: dict[str, str], width: int
) -> Iterator[str]:
    source = ", ".join(numbers[ma] for ma in task.nguon)
    origin = f"từ {source} của {locality.catalogue.noun}" if source else "của đơn vị"
    yield f"{task.tt:<6} {task.ma} ({origin})"
    yield from _wrapped(str(task.noi_dung), _INDENT, _INDENT, width)
    assignment = of_task(task, locality.catalogue.wording)
    for name, label in _LABELS:
        text = str(getattr(assignment, name))
        if text:
            yield from _wrapped(f"{label}: {text}", _INDENT, _INDENT + "  ", width)


def _wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    return wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


_PARTS = {
    "trich_yeu": "Trích yếu",
    "can_cu": "Căn cứ",
    "noi_dung": "Nội dung",
    "noi_nhan": "Nơi nhận",
    "phu_luc": "Phụ lục",
}
_TASKS = "(danh sách {count} nhiệm vụ)"
_LEAST_OF_BLOCKS, _GAP = 60, 2


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
    width = min(max(width, _LEAST_OF_BLOCKS), _MOST)
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
