"""`danvan localize`: the localised programme, each value with its source."""

from __future__ import annotations

import json
import shutil
from enum import StrEnum
from typing import Annotated

import typer

from danvan_cli.cli.console import out, out_json, report, to_paste
from danvan_cli.cli.options import Context, WordOutput
from danvan_cli.cli.programme import programme_lines, whereabouts_lines
from danvan_cli.cli.unit import UNIT_HELP, open_unit
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.findings import Finding
from danvan_cli.localize.export import Share, exported, programme_share, share_of, whereabouts_data
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize as localized
from danvan_cli.localize.programme import Programme
from danvan_cli.localize.whereabouts import whereabouts
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
    from danvan_cli.cli.programme import block_lines, blocks_data  # with all that renders
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
            out(_stats_line(name.ljust(width), share))
    return (*programme.findings, *findings)


def _stats_line(name: str, share: Share) -> str:
    return f"{name}  {share.so_chu:6}  {share.danh_muc:18.1%}  {share.quy_tac:12.1%}  {share.ho_so:8.1%}"
