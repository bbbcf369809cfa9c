"""`danvan render`: documents of one unit, or of all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, report, to_paste
from danvan_cli.cli.context import Context
from danvan_cli.cli.unit import UNIT_HELP, Subject, open_catalogue, open_unit, stop_on
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import Verdict, Written, kept, replaced, write_all
from danvan_cli.findings import Finding, Severity
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.resources import shipped
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.problems import missing_signer
from danvan_cli.render.documents import Document, documents_of, kinds_of
from danvan_cli.text import did_you_mean, nearest
from danvan_cli.word.package import is_untouched

ALL = "all"
_SAID = {
    Verdict.NEW: "{path}",
    Verdict.SAME: "{path} (không đổi)",
    Verdict.REPLACED: "{path} (ghi lại)",
    Verdict.SET_ASIDE: "{path} (ghi lại; bản đã sửa tay cất ở {aside})",
    Verdict.LOCKED: "{path}: tệp đang mở trong Word hoặc chỉ đọc, giữ nguyên. Đóng tệp rồi chạy lại.",
    Verdict.KEPT: "{path}: tệp đã có và khác bản mới, giữ nguyên. Thêm --force để ghi lại.",
}
_LEFT = (Verdict.KEPT, Verdict.LOCKED)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""

    @app.command(cls=VietnameseCommand, options_metavar=OPTIONS)
    def render(
        ctx: typer.Context,
        don_vi: Annotated[str | None, typer.Argument(metavar="ĐƠN VỊ", help=UNIT_HELP)] = None,
        loai: Annotated[
            str | None,
            typer.Option(
                metavar="LOẠI,...",
                help="quyet-dinh, danh-muc, chuong-trinh, ke-hoach, hoặc all; mặc định: các loại hồ sơ ghi, không ghi là tất cả.",
            ),
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option(
                "--output",
                "-o",
                metavar="THƯ MỤC",
                help="Nơi ghi; mặc định là thư mục mang mã đơn vị.",
            ),
        ] = None,
        force: Annotated[
            bool, typer.Option("--force", help="Ghi lại tệp đã có; tệp đã sửa tay được cất riêng.")
        ] = False,
        tat_ca: Annotated[
            bool, typer.Option("--tat-ca", help="Mọi đơn vị trong danh sách; cần -o.")
        ] = False,
        templates: Annotated[
            Path | None,
            typer.Option(metavar="THƯ MỤC", help="Thư mục mẫu .docx khác mẫu đi kèm."),
        ] = None,
    ) -> None:
        """Làm văn bản Word từ danh mục của thành phố và hồ sơ đơn vị.

        Ví dụ:

          danvan render phu-lien

          danvan render ho-so.yaml --loai chuong-trinh -o van-ban

          danvan render --tat-ca -o ket-qua
        """
        context: Context = ctx.obj
        catalogue = open_catalogue(context)
        templates = templates or shipped("templates")
        if tat_ca:
            _all_units(catalogue, templates, loai, output, don_vi, force=force)
            return
        if don_vi is None:
            raise UsageError(
                "Thiếu đơn vị.",
                f"Ví dụ: 'danvan render {catalogue.units[0].ma}', hoặc thêm --tat-ca cho mọi đơn vị.",
            )
        subject = open_unit(catalogue, don_vi, context.year)
        documents = documents_for(subject, loai)
        folder = output or Path(str(subject.locality.unit.ma))
        files = [(folder / d.name, d.rendered(templates)) for d in documents]
        written = write_all(files, replaced(is_untouched) if force else kept)
        for item in written:
            _say(item)
        doubts = _doubts(subject.path, context)
        report(doubts)
        note(f"Trước khi ký, soát lại: danvan validate {to_paste(shown_path(folder))}")
        raise typer.Exit(int(_code(written, doubts)))


def _doubts(path: Path | None, context: Context) -> tuple[Finding, ...]:
    """What `danvan validate` calls an error in the unit's file, where there is one.

    Such a file could be rendered; what it says should not be signed as it stands.
    """
    if path is None:
        return ()
    from danvan_cli.validate.engine import Options, validate_paths  # only a unit's file is judged

    options = Options(context.catalogue_root, date.today(), year=context.year)
    judged = validate_paths([path], options)
    return tuple(f for f in judged.findings if judged.severity(f) is Severity.ERROR)


def documents_for(subject: Subject, loai: str | None) -> tuple[Document, ...]:
    """The documents asked for, ready to be rendered.

    Raises:
        FindingsError: localising or the documents have findings, or a file names no signer.
        UsageError: a kind of document that is not.
    """
    locality = subject.locality
    kinds = wanted_kinds(locality, loai)
    programme = localize(locality)
    documents, findings = documents_of(locality, programme, kinds)
    signer = locality.profile.nguoi_ky
    if subject.path is not None and signer is None:
        place = locality.profile.place
        findings = (*findings, missing_signer(place))
    stop_on((*programme.findings, *findings))
    return documents


def wanted_kinds(locality: Locality, loai: str | None) -> list[str]:
    """The kinds of document `loai` asks for.

    Raises:
        UsageError: one of them is not a kind this catalogue has for the unit.
    """
    if loai is None or loai == ALL:
        return kinds_of(locality)
    known = list(
        dict.fromkeys(str(o.loai) for o in locality.catalogue.outlines if locality.holds(o.ap_dung))
    )
    kinds = [name.strip() for name in loai.split(",") if name.strip()]
    if not kinds:
        raise UsageError("--loai bỏ trống.", f"Nhận: {', '.join(known)}, {ALL}.")
    for kind in kinds:
        if kind not in known:
            hint = did_you_mean(nearest(kind, [*known, ALL], cutoff=0.5))
            raise UsageError(
                f"Không có loại văn bản '{kind}' cho {locality.full_name}.{hint}",
                f"Nhận: {', '.join(known)}, {ALL}.",
            )
    return kinds


def _say(item: Written) -> None:
    aside = shown_path(item.aside) if item.aside else ""
    line = _SAID[item.verdict].format(path=shown_path(item.path), aside=aside)
    (note if item.verdict in _LEFT else out)(line)


def _code(written: Iterable[Written], doubts: tuple[Finding, ...] = ()) -> ExitCode:
    """Clean, or what could not be written, or what was kept or doubted."""
    verdicts = {item.verdict for item in written}
    if Verdict.LOCKED in verdicts:
        return ExitCode.FAILED
    return ExitCode.FINDINGS if doubts or Verdict.KEPT in verdicts else ExitCode.CLEAN


def _all_units(
    catalogue: Catalogue,
    templates: Path,
    loai: str | None,
    output: Path | None,
    don_vi: str | None,
    *,
    force: bool,
) -> None:
    if output is None or don_vi is not None:
        raise UsageError(
            "--tat-ca cần -o và không đi cùng một đơn vị.",
            "Ví dụ: 'danvan render --tat-ca -o ket-qua'.",
        )
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    written: list[Written] = []
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not Console(stderr=True).is_terminal,
    ) as progress:
        task = progress.add_task("Đơn vị", total=len(catalogue.units))
        for unit in catalogue.units:
            progress.update(task, description=str(unit.ten))
            documents = documents_for(Subject(Locality.of(catalogue, unit), None), loai)
            files = [(output / str(unit.ma) / d.name, d.rendered(templates)) for d in documents]
            written += write_all(files, replaced(is_untouched) if force else kept)
            progress.advance(task)
    left = sum(item.verdict is Verdict.KEPT for item in written)
    out(
        f"{len(catalogue.units)} đơn vị, {len(written)} văn bản trong {shown_path(output)}"
        + (f", {left} tệp đã có được giữ nguyên" if left else "")
    )
    for item in written:
        if item.verdict in (Verdict.SET_ASIDE, Verdict.LOCKED):
            _say(item)
    if left:
        note("Thêm --force để ghi lại các tệp đã có.")
    raise typer.Exit(int(_code(written)))
