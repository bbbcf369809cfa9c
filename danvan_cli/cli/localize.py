"""`danvan localize`: the localised programme, each value with its source; what of it fits a terminal."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from danvan_cli.cli.console import note, out, out_json, report, to_paste
from danvan_cli.cli.options import Context, WordOutput, as_code
from danvan_cli.cli.unit import UNIT_HELP, open_unit
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.localize.export import Share, exported, programme_share, share_of, whereabouts_data
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize as localized
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.localize.whereabouts import FieldChange, Outcome, Whereabouts, whereabouts
from danvan_cli.render.assignment import of_task
from danvan_cli.shipped import shipped

if TYPE_CHECKING:
    from danvan_cli.render.content import BodyBlock, Content
    from danvan_cli.render.documents import Draft


ProgrammeForm = Literal["text", "yaml", "json", "word"]


def command(
    ctx: typer.Context,
    don_vi: Annotated[str, typer.Argument(metavar="ĐƠN VỊ", help=UNIT_HELP)],
    form: Annotated[
        ProgrammeForm,
        typer.Option(
            "--format",
            help="text: để đọc; yaml, json: mỗi giá trị kèm nguồn; word: bảng đối chiếu.",
        ),
    ] = "text",
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
) -> ExitCode:
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
    if (form == "word") != (output is not None) or (output and not doi_chieu):
        raise UsageError(
            "--format word đi cùng --doi-chieu, -o và tên tệp .docx.",
            f"Ví dụ: 'danvan localize {to_paste(don_vi)} --doi-chieu --format word"
            " -o doi-chieu.docx'.",
        )
    findings, width = programme.findings, shutil.get_terminal_size().columns
    if output is not None:
        from danvan_cli.cli.papers import write_word  # with all that renders

        write_word(output, _whereabouts_table(locality, programme))
        if unknown := [gone.tt for gone in programme.dropped if gone.chua_biet]:
            note(
                f"Bảng ghi “Không có” ở {', '.join(unknown)} vì hồ sơ chưa trả lời đặc điểm của đơn"
                " vị. Ghi ở dac_diem rồi làm lại trước khi trình."
            )
    elif doi_chieu:
        found = whereabouts(locality, programme)
        lines = whereabouts_lines(locality, found, width)
        _print(form, lines, lambda: whereabouts_data(found))
    elif stats or khoi:
        from danvan_cli.render.documents import document_kinds, documents_of  # the same

        drafts, more = documents_of(locality, programme, document_kinds(locality))
        findings = (*findings, *more)
        if khoi:
            _print(form, block_lines(drafts, width), lambda: blocks_data(drafts))
        else:
            shares = {"chương trình địa phương": programme_share(programme)}
            shares |= {draft.name: share_of(draft.shares()) for draft in drafts}
            _print(form, share_lines(shares), lambda: {n: vars(s) for n, s in shares.items()})
    else:
        lines = programme_lines(locality, programme, width)
        _print(form, lines, lambda: exported(locality, programme))
    report(findings)
    return as_code(findings)


def _print(form: ProgrammeForm, lines: Iterable[str], data: Callable[[], object]) -> None:
    """Print `lines` for people, else `data` for programs."""
    if form == "text":
        out(*lines)
    elif form == "json":
        out_json(data())
    else:
        from danvan_cli.load.source import yaml_text

        out(yaml_text(data()).rstrip("\n"))


def _whereabouts_table(locality: Locality, programme: Programme) -> bytes:
    from danvan_cli.comparing.table import comparison, whereabouts_rows
    from danvan_cli.render.numbers import number_values

    words = locality.catalogue.wording.bang.get("doi_chieu")
    if words is None:
        raise UsageError(
            "Danh mục chưa có lời của bảng đối chiếu.", "Thêm bang.doi_chieu vào ngon_tu.yaml."
        )
    values = {**locality.values, **number_values(locality)}
    rows = whereabouts_rows(whereabouts(locality, programme), words, str(values["loai"]))
    return comparison(rows, words, values, shipped("templates"))


def share_lines(shares: Mapping[str, Share]) -> Iterator[str]:
    """Of the programme and each document, how many words come from where."""
    width = max(map(len, shares))
    yield f"{'':{width}}  số chữ  nguyên văn danh mục  theo quy tắc  từ hồ sơ"
    for name, share in shares.items():
        parts = f"{share.danh_muc:18.1%}  {share.quy_tac:12.1%}  {share.ho_so:8.1%}"
        yield f"{name:{width}}  {share.so_chu:6}  {parts}"


_LABELS = (("chu_tri", "Chủ trì"), ("phoi_hop", "Phối hợp"), ("thoi_gian", "Thời gian"))
_FIELDS = {
    "chu_tri": "cơ quan chủ trì",
    "phoi_hop": "cơ quan phối hợp",
    "thoi_gian": "thời gian thực hiện",
}
_INDENT = " " * 7
_LEAST, _MOST = 40, 110
_OUTCOMES = {
    Outcome.KEPT: "giữ nguyên",
    Outcome.ADAPTED: "điều chỉnh",
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
        changed = dict.fromkeys(_change(change) for change in one.doi)
        told = [*changed, *([one.ly_do] if one.ly_do else [])]
        why = f": {'; '.join(told)}" if told else ""
        head = f"{one.tt or '-':<11}{one.tt_don_vi or '-':<9}"
        into = f" vào {one.task.ma}" if one.task and one.outcome is Outcome.MERGED else ""
        yield from _wrapped(f"{ma}, {_OUTCOMES[one.outcome]}{into}{why}", head, " " * 20, width)
    counts = Counter(one.outcome for one in found)
    summary = ", ".join(f"{counts[o]} {name}" for o, name in _OUTCOMES.items() if counts[o])
    yield ""
    yield from wrap(f"{len(found)} nhiệm vụ: {summary}.", width)


def _change(change: FieldChange) -> str:
    """What differs in a field, in a few words; the words of a task are not said again."""
    label = _FIELDS.get(change.truong)
    if label is None:
        return "sửa câu chữ"
    if not change.cu:
        return f"thêm {label}: {change.moi}"
    return f"đổi {label}: {change.cu} → {change.moi}" if change.moi else f"bỏ {label}: {change.cu}"


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


def shown_blocks(content: Content) -> Iterator[ShownBlock]:
    """The blocks that a document prints, in its order, each once."""
    for part, lines in (("trich_yeu", content.trich_yeu), ("can_cu", content.can_cu)):
        for ma, members in groupby(lines, key=lambda line: line.ma):
            yield ShownBlock(part, ma, " ".join(str(line.chu) for line in members))
    for ma, blocks in groupby(content.noi_dung, key=lambda block: block.ma):
        yield ShownBlock("noi_dung", ma, _words(list(blocks)))
    for line in content.noi_nhan.dong:
        yield ShownBlock("noi_nhan", line.ma, str(line.chu))
    for annex in content.phu_luc:
        yield ShownBlock("phu_luc", annex.ma, f"{annex.ten}: {annex.tieu_de}")
        body = {block.ma for block in content.noi_dung}
        body |= {ma for block in content.noi_dung for ma in block.nhiem_vu}
        own = [row for row in annex.hang if row.ma not in body]
        yield from (ShownBlock("phu_luc", row.ma, str(row.noi_dung)) for row in own)


def _words(blocks: list[BodyBlock]) -> str:
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
        blocks = tuple(shown_blocks(draft.content))
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
