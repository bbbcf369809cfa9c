"""`danvan render`: documents of one unit, or of every unit on all the cores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, progress, report, to_paste
from danvan_cli.cli.options import Context, Jobs, as_code
from danvan_cli.cli.papers import Papers, code_of, judge_of, papers_for, renew, say, write_pdfs
from danvan_cli.cli.remarks import hidden, remarks, to_confirm, unanswered_by_all, untimely
from danvan_cli.cli.unit import UNIT_HELP, OpenedUnit, open_catalogue, open_example, open_unit
from danvan_cli.errors import ExitCode, FindingsError, UsageError
from danvan_cli.files import Verdict, Written, make_new, new_folder, portable, write_all
from danvan_cli.findings import Finding, Severity
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.profile import find_profile
from danvan_cli.localize.locality import Locality
from danvan_cli.parallel import cores, spread
from danvan_cli.problems import NO_SUCH_DAY
from danvan_cli.shipped import shipped

_LEFT = (
    "Giữ nguyên tệp đã sửa tay hoặc làm từ hồ sơ của đơn vị. Làm lại từng đơn vị bằng hồ sơ hoặc"
    " --giu-sua; --force làm lại tất cả, bản đã sửa tay được cất riêng:"
)


@dataclass(frozen=True)
class AllUnits:
    """What to render of each unit of a catalogue, and where to; called with a unit's place in it."""

    catalogue: Catalogue
    templates: Path
    loai: str | None
    folder: Path
    force: bool
    fresh: bool = False
    """Whether the folder is new: nobody has anything in it."""

    def __call__(self, number: int) -> tuple[Written, ...]:
        """The unit's documents rendered and written."""
        unit = self.catalogue.units[number]
        papers = papers_for(OpenedUnit(Locality.of(self.catalogue, unit), None), self.loai)
        folder = self.folder / portable(str(unit.ma))
        files = papers.files(folder, self.templates)
        if self.fresh:
            return make_new(files)
        return write_all(files, judge_of(force=self.force, with_file=False))


def render_all(units: AllUnits, jobs: int, *, pdf: bool = False) -> ExitCode:
    """Render and write for all units; say what came of it.

    A folder that is not there yet is there whole in the end, or not at all.
    """
    numbers = range(len(units.catalogue.units))
    fresh = not units.folder.exists()
    with new_folder(units.folder) if fresh else nullcontext(units.folder) as folder:
        work = replace(units, folder=folder, fresh=fresh)
        made = spread(work, numbers, jobs)
        written = [item for items in _shown(made, units.catalogue) for item in items]
    left = [item.path for item in written if item.verdict is Verdict.KEPT]
    out(
        f"{len(numbers)} đơn vị, {len(written)} văn bản trong {shown_path(units.folder)}"
        + (f", giữ nguyên {len(left)} tệp" if left else "")
    )
    for item in written:
        if item.verdict in (Verdict.SET_ASIDE, Verdict.LOCKED):
            say(item)
    if left:
        note(_LEFT)
    note(*(f"  {shown_path(path)}" for path in left))
    localities = (Locality.of(units.catalogue, unit) for unit in units.catalogue.units)
    note(*unanswered_by_all(localities))
    code = code_of(written)
    if pdf:
        # A new folder took its name after the files were made.
        papers = [units.folder / i.path.parent.name / i.path.name for i in written]
        code = max(code, write_pdfs(papers, force=units.force, each=False))
    return code


def _shown(
    made: Iterable[tuple[Written, ...]], catalogue: Catalogue
) -> Iterator[tuple[Written, ...]]:
    """`made`, with its progress on a terminal."""
    with progress("Đơn vị", len(catalogue.units)) as advance:
        for done, (unit, items) in enumerate(zip(catalogue.units, made, strict=True), start=1):
            advance(done, str(unit.ten))
            yield items


def command(
    ctx: typer.Context,
    don_vi: Annotated[str | None, typer.Argument(metavar="ĐƠN VỊ", help=UNIT_HELP)] = None,
    loai: Annotated[
        str | None,
        typer.Option(
            metavar="LOẠI,...",
            help="quyet-dinh, danh-muc, chuong-trinh, ke-hoach-nam, ke-hoach-nghi-quyet; all: mọi loại, kể cả loại hồ sơ không ghi; mặc định: các loại hồ sơ ghi.",
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
) -> ExitCode:
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
        return render_all(units, jobs or cores(), pdf=pdf)
    if don_vi is None:
        example = open_example(context)[1]
        raise UsageError(
            "Thiếu đơn vị.", f"Ví dụ: 'danvan render {example}', hoặc thêm --tat-ca cho mọi đơn vị."
        )
    subject, papers, doubts = _opened(context, don_vi, loai)
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
    note(*remarks(papers.locality, papers.programme, to_paste(don_vi), file))
    note(*untimely(papers.locality, papers.programme, papers.documents))
    note(*hidden(papers.locality, papers.programme, papers.documents))
    note(*to_confirm(papers.locality, papers.programme, papers.documents, to_paste(don_vi)))
    report(doubts)
    note(f"Trước khi ký, soát lại: danvan validate {to_paste(shown_path(folder))}")
    return as_code(doubts) if code is ExitCode.CLEAN else code


def _opened(
    context: Context, unit: str, loai: str | None
) -> tuple[OpenedUnit, Papers, tuple[Finding, ...]]:
    """UNIT, its papers, and what `danvan validate` calls an error in its file, where it has one.

    A file with such an error can be rendered; what it says should not be signed as it stands.

    Raises:
        FindingsError: the file has faults of form, or gives a day that is in no calendar: with
            every error of the file.
    """
    try:
        subject = open_unit(context, unit)
        papers = papers_for(subject, loai)
    except FindingsError as error:
        if (path := find_profile(unit)) is None:
            raise
        errors = dict.fromkeys((*error.findings, *_errors_of(path, context)))
        unreadable = error.exit_code is ExitCode.FAILED
        raise FindingsError(tuple(errors), unreadable=unreadable) from error
    if subject.path is None:
        return subject, papers, ()
    doubts = _errors_of(subject.path, context, subject.locality)
    if any(f.code in NO_SUCH_DAY for f in doubts):
        raise FindingsError(doubts)
    return subject, papers, doubts


def _errors_of(
    path: Path, context: Context, locality: Locality | None = None
) -> tuple[Finding, ...]:
    """What `danvan validate` calls an error in the unit's file at `path`, opened as `locality`."""
    from danvan_cli.validate.engine import validate_paths  # only a unit's file is judged
    from danvan_cli.validate.inputs import Options

    options = Options(context.catalogue_root, date.today(), year=context.year, given=context.given)
    if locality is None:
        judged = validate_paths([path], options)
    else:
        judged = validate_paths([path], options, [locality.catalogue], {path: locality.profile})
    return tuple(f for f in judged.findings if judged.severity(f) is Severity.ERROR)
