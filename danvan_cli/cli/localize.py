"""`danvan localize`: the localised programme, each value with its source; what of it fits a terminal."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from textwrap import shorten, wrap
from typing import Annotated

import typer

from danvan_cli.cli.console import out, out_json, report, to_paste
from danvan_cli.cli.options import Context, WordOutput
from danvan_cli.cli.unit import UNIT_HELP, open_unit
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.findings import Finding
from danvan_cli.localize.export import exported, programme_share, share_of, whereabouts_data
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize as localized
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.localize.whereabouts import Outcome, Whereabouts, whereabouts
from danvan_cli.render.assignment import of_task
from danvan_cli.render.content import BodyBlock, Content
from danvan_cli.render.documents import Draft
from danvan_cli.shipped import shipped


class ProgrammeForm(StrEnum):
    """How the programme is printed."""

    TEXT = "text"
    YAML = "yaml"
    JSON = "json"
    WORD = "word"


def command(
    ctx: typer.Context,
    don_vi: Annotated[str, typer.Argument(metavar="ĐƠN VỊ", help=UNIT_HELP)],
    form: Annotated[
        ProgrammeForm,
        typer.Option(
            "--format",
            help="text: để đọc; yaml, json: mỗi giá trị kèm nguồn; word: bảng đối chiếu.",
        ),
    ] = ProgrammeForm.TEXT,
    stats: Annotated[
        bool,
        typer.Option("--stats", help="Bao nhiêu phần chữ lấy từ danh mục, theo quy tắc, từ hồ sơ."),
    ] = False,
    doi_chieu: Annotated[
        bool,
        typer.Option("--doi-chieu", help="Mỗi nhiệm vụ của danh mục đi đâu, hoặc vì sao không có."),
    ] = False,
    khoi: Annotated[
        bool,
        typer.Option("--khoi", help="Mã mọi khối của mọi văn bản, để thay, bớt, thêm, chuyển."),
    ] = False,
    output: WordOutput = None,
) -> None:
    """In chương trình địa phương: nhiệm vụ nào, từ đâu, vì sao có hoặc không.

    Ví dụ:

      danvan localize tan-an

      danvan localize ho-so.yaml --format json

      danvan localize ho-so.yaml --stats

      danvan localize ho-so.yaml --doi-chieu

      danvan localize ho-so.yaml --khoi

      danvan localize ho-so.yaml --doi-chieu --format word -o doi-chieu.docx
    """
    context: Context = ctx.obj
    locality = open_unit(context, don_vi).locality
    programme = localized(locality)
    if sum((stats, doi_chieu, khoi)) > 1:
        raise UsageError(
            "Chỉ ghi một trong --stats, --doi-chieu và --khoi.", "Chạy một lần cho mỗi điều."
        )
    if (form is ProgrammeForm.WORD) != (output is not None) or (output and not doi_chieu):
        raise UsageError(
            "--format word đi cùng --doi-chieu, -o và tên tệp .docx.",
            f"Ví dụ: 'danvan localize {to_paste(don_vi)} --doi-chieu --format word"
            " -o doi-chieu.docx'.",
        )
    if output is not None:
        findings = programme.findings
        from danvan_cli.cli.papers import write_word  # with all that renders

        write_word(output, _whereabouts_table(locality, programme))
    elif doi_chieu:
        findings = programme.findings
        _print_whereabouts(locality, programme, form)
    elif stats:
        findings = _print_stats(locality, programme, form)
    elif khoi:
        findings = _print_blocks(locality, programme, form)
    else:
        findings = programme.findings
        if form is ProgrammeForm.TEXT:
            width = shutil.get_terminal_size().columns
            out("\n".join(programme_lines(locality, programme, width)))
        else:
            out(_as_text(exported(locality, programme), form))
    report(findings)
    if findings:
        raise typer.Exit(int(ExitCode.FINDINGS))


def _print_blocks(
    locality: Locality, programme: Programme, form: ProgrammeForm
) -> tuple[Finding, ...]:
    from danvan_cli.cli.localize import block_lines, blocks_data  # with all that renders
    from danvan_cli.render.documents import document_kinds, documents_of

    drafts, findings = documents_of(locality, programme, document_kinds(locality))
    if form is ProgrammeForm.TEXT:
        out("\n".join(block_lines(drafts, shutil.get_terminal_size().columns)))
    else:
        out(_as_text(blocks_data(drafts), form))
    return (*programme.findings, *findings)


def _print_whereabouts(locality: Locality, programme: Programme, form: ProgrammeForm) -> None:
    found = whereabouts(locality, programme)
    if form is ProgrammeForm.TEXT:
        width = shutil.get_terminal_size().columns
        out("\n".join(whereabouts_lines(locality, found, width)))
    else:
        out(_as_text(whereabouts_data(found), form))


def _whereabouts_table(locality: Locality, programme: Programme) -> bytes:
    from danvan_cli.comparing.table import (
        comparison,
        whereabouts_rows,  # with all that renders
    )
    from danvan_cli.render.numbers import number_values

    words = locality.catalogue.wording.bang.get("doi_chieu")
    if words is None:
        raise UsageError(
            "Danh mục chưa có lời của bảng đối chiếu.", "Thêm bang.doi_chieu vào ngon_tu.yaml."
        )
    values = {**locality.values, **number_values(locality)}
    rows = whereabouts_rows(whereabouts(locality, programme), words, str(values["loai"]))
    return comparison(rows, words, values, shipped("templates"))


def _as_text(data: object, form: ProgrammeForm) -> str:
    if form is ProgrammeForm.JSON:
        return json.dumps(data, ensure_ascii=False, indent=2)
    from danvan_cli.load.source import yaml_text

    return yaml_text(data).rstrip("\n")


def _print_stats(
    locality: Locality, programme: Programme, form: ProgrammeForm
) -> tuple[Finding, ...]:
    from danvan_cli.render.documents import document_kinds, documents_of  # with all that renders

    documents, findings = documents_of(locality, programme, document_kinds(locality))
    shares = [("chương trình địa phương", programme_share(programme))]
    shares += [(d.name, share_of(d.shares())) for d in documents]
    if form is ProgrammeForm.JSON:
        out_json({name: vars(share) for name, share in shares})
    else:
        width = max(len(name) for name, _ in shares)
        out(f"{'':{width}}  số chữ  nguyên văn danh mục  theo quy tắc  từ hồ sơ")
        for name, share in shares:
            parts = f"{share.danh_muc:18.1%}  {share.quy_tac:12.1%}  {share.ho_so:8.1%}"
            out(f"{name:{width}}  {share.so_chu:6}  {parts}")
    return (*programme.findings, *findings)


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
    heads = {task.cha for task in programme.tasks}
    count = sum(task.ma not in heads for task in programme.tasks)
    yield from wrap(
        f"Chương trình của {locality.full_name}: {count} nhiệm vụ, đánh số của {locality.kind_name}",
        width,
    )
    for group in programme.groups:
        yield ""
        yield from wrap(f"{group.tt}. {group.ten}" if group.tt else str(group.ten), width)
        for task in (t for t in programme.tasks if t.nhom == group.ma):
            yield ""
            yield from _task(task, locality, numbers, width)
    if programme.dropped:
        yield ""
        noun = locality.catalogue.noun
        yield f"Nhiệm vụ không có trong chương trình, đánh số của {noun}:"
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
    yield f"{locality.catalogue.noun:<11}{locality.kind_name}"
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
