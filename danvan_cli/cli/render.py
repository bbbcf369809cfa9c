"""`danvan render`: documents of one unit, or of all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.batch import AllUnits, render_all
from danvan_cli.cli.console import note, report, to_paste
from danvan_cli.cli.options import Context, Jobs
from danvan_cli.cli.papers import code_of, judge_of, papers_for, say, write_pdfs
from danvan_cli.cli.remarks import hidden, remarks, to_confirm
from danvan_cli.cli.renew import renew
from danvan_cli.cli.unit import UNIT_HELP, OpenedUnit, open_catalogue, open_example, open_unit
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import portable, write_all
from danvan_cli.findings import Finding, Severity
from danvan_cli.load.folders import shown_path
from danvan_cli.parallel import cores
from danvan_cli.shipped import shipped


def command(
    ctx: typer.Context,
    don_vi: Annotated[str | None, typer.Argument(metavar="ĐƠN VỊ", help=UNIT_HELP)] = None,
    loai: Annotated[
        str | None,
        typer.Option(
            metavar="LOẠI,...",
            help="quyet-dinh, danh-muc, chuong-trinh, ke-hoach-nam, ke-hoach; all: mọi loại, kể cả loại hồ sơ không ghi; mặc định: các loại hồ sơ ghi.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="THƯ MỤC", help="Nơi ghi; mặc định là thư mục mang mã đơn vị."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Làm lại cả tệp đã sửa tay; bản đã sửa được cất riêng.")
    ] = False,
    giu_sua: Annotated[
        bool,
        typer.Option(
            "--giu-sua",
            help="Làm mới quanh chỗ đã sửa tay: chỗ người sửa giữ nguyên, chỗ danvan đổi được đưa vào.",
        ),
    ] = False,
    tat_ca: Annotated[
        bool, typer.Option("--tat-ca", help="Mọi đơn vị trong danh sách; cần -o.")
    ] = False,
    templates: Annotated[
        Path | None, typer.Option(metavar="THƯ MỤC", help="Thư mục mẫu .docx khác mẫu đi kèm.")
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Làm thêm bản PDF cạnh mỗi tệp Word, bằng LibreOffice.")
    ] = False,
    jobs: Jobs = None,
) -> None:
    """Làm văn bản Word từ danh mục của tỉnh, thành phố và hồ sơ đơn vị.

    Ví dụ:

      danvan render tan-an

      danvan render ho-so.yaml --loai chuong-trinh -o van-ban

      danvan render ho-so.yaml --giu-sua

      danvan render --tat-ca -o ket-qua
    """
    context: Context = ctx.obj
    templates = templates or shipped("templates")
    if giu_sua and (tat_ca or force):
        raise UsageError(
            "--giu-sua không đi cùng --tat-ca hay --force.",
            "Ví dụ: 'danvan render ho-so.yaml --giu-sua'.",
        )
    if tat_ca:
        if output is None or don_vi is not None:
            raise UsageError(
                "--tat-ca cần -o và không đi cùng một đơn vị.",
                "Ví dụ: 'danvan render --tat-ca -o ket-qua'.",
            )
        catalogue = open_catalogue(context)
        units = AllUnits(catalogue, templates, loai, output, force)
        render_all(units, jobs or cores(), pdf=pdf)
        return
    if don_vi is None:
        example = open_example(context)[1]
        raise UsageError(
            "Thiếu đơn vị.", f"Ví dụ: 'danvan render {example}', hoặc thêm --tat-ca cho mọi đơn vị."
        )
    subject = open_unit(context, don_vi)
    papers = papers_for(subject, loai)
    folder = output or Path(portable(str(subject.locality.unit.ma)))
    files = papers.files(folder, templates)
    if giu_sua:
        code = renew(files)
    else:
        written = write_all(files, judge_of(force=force, with_file=subject.path is not None))
        for item in written:
            say(item)
        code = code_of(written)
    if pdf:
        code = max(code, write_pdfs([path for path, _ in files], force=force))
    file = to_paste(shown_path(subject.path)) if subject.path else ""
    if papers.empty:
        note(f"Chưa có nhiệm vụ nào nên chưa làm: {', '.join(papers.empty)}.")
    for line in remarks(papers.locality, papers.programme, to_paste(don_vi), file):
        note(line)
    for line in hidden(papers.locality, papers.programme, papers.documents):
        note(line)
    for line in to_confirm(papers.locality, papers.documents):
        note(line)
    doubts = _doubts(subject, context)
    report(doubts)
    note(f"Trước khi ký, soát lại: danvan validate {to_paste(shown_path(folder))}")
    raise typer.Exit(int(ExitCode.FINDINGS if doubts and code is ExitCode.CLEAN else code))


def _doubts(subject: OpenedUnit, context: Context) -> tuple[Finding, ...]:
    """What `danvan validate` calls an error in the unit's file, where there is one.

    Such a file could be rendered; what it says should not be signed as it stands.
    """
    if subject.path is None:
        return ()
    from danvan_cli.validate.engine import validate_paths  # only a unit's file is judged
    from danvan_cli.validate.inputs import Options

    options = Options(context.catalogue_root, date.today(), year=context.year, given=context.given)
    locality = subject.locality
    own = {subject.path: locality.profile}
    judged = validate_paths([subject.path], options, [locality.catalogue], own)
    return tuple(f for f in judged.findings if judged.severity(f) is Severity.ERROR)
