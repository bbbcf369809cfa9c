"""`danvan validate`: what is wrong, and where."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note
from danvan_cli.cli.console import report as tell_findings
from danvan_cli.cli.options import Context, Jobs, known_value
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import only_own, write_all
from danvan_cli.findings import Severity
from danvan_cli.grammar.dates import from_figures
from danvan_cli.load.folders import YAML, cities_of, find_year, shown_path, years_of
from danvan_cli.parallel import cores, inherits
from danvan_cli.text import did_you_mean
from danvan_cli.validate import baseline
from danvan_cli.validate.copies import Copy, form_copies, word_copies
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.fix import Fixed, diff, fixed, with_drift_marks, write
from danvan_cli.validate.inputs import Options, looks_like_profile
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report import FORMATS
from danvan_cli.validate.report.impact import impact_lines
from danvan_cli.validate.report.text import TextStyle, judged_by, suppressed
from danvan_cli.validate.rules import RULES, nearest_code, rule_of

_LEVELS = {severity.value.replace("_", "-"): severity for severity in Severity}
_LAYOUT = "{count} chỗ về thể thức trong bản chép '{path}', chữ giữ nguyên."
_WORDS = "{count} chỗ chữ trong bản chép '{path}', Word cho thấy từng chỗ."
_CODES = "Mã quy tắc hoặc phần đầu của mã, cách nhau dấu phẩy: DV305, DV5."


def command(
    ctx: typer.Context,
    duong_dan: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="ĐƯỜNG DẪN",
            help="Thư mục hoặc tệp: danh mục, hồ sơ đơn vị (.yaml), văn bản (.docx, .txt).",
        ),
    ] = None,
    dang: Annotated[
        str, typer.Option("--format", metavar="DẠNG", help=f"Dạng in: {', '.join(FORMATS)}.")
    ] = "text",
    muc: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="MỨC",
            help="Mức nhẹ nhất làm mã thoát bằng 1: loi, canh-bao hoặc luu-y.",
        ),
    ] = "luu-y",
    select: Annotated[
        list[str] | None, typer.Option(metavar="MÃ", help=f"Chỉ các quy tắc này. {_CODES}")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="MÃ", help=f"Trừ các quy tắc này. {_CODES}")
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Sửa những chỗ sửa được, chỉ đúng các chữ có lỗi; tệp Word thì sửa trên bản chép, chữ thành thay đổi được theo dõi.",
        ),
    ] = False,
    diff_: Annotated[
        bool, typer.Option("--diff", help="In những gì --fix sẽ sửa, không ghi gì.")
    ] = False,
    baseline_: Annotated[
        Path | None,
        typer.Option(
            "--baseline", metavar="TỆP", help="Không báo lại phát hiện đã có trong tệp mốc này."
        ),
    ] = None,
    ghi_baseline: Annotated[
        Path | None, typer.Option(metavar="TỆP", help="Ghi mọi phát hiện hiện có làm tệp mốc.")
    ] = None,
    so_voi: Annotated[
        Path | None,
        typer.Option(
            metavar="THƯ MỤC",
            help="Danh mục trước khi sửa: kiểm tra mã đổi nghĩa, mã bị bỏ, đơn vị chịu ảnh hưởng.",
        ),
    ] = None,
    ngay: Annotated[
        str | None,
        typer.Option(metavar="NGÀY", help="Ngày của văn bản chưa ghi ngày, như 05/02/2026."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "--don-vi", metavar="ĐƠN VỊ", help="Văn bản là của đơn vị này."),
    ] = None,
    xem_bo_qua: Annotated[
        bool,
        typer.Option(
            "--xem-bo-qua",
            help="In cả phát hiện được bỏ qua hoặc có trong tệp mốc, kèm lý do; điều người ký phải biết thì luôn in.",
        ),
    ] = False,
    tep_la: Annotated[
        bool,
        typer.Option(
            "--bo-qua-tep-la",
            help="Chỉ có tệp YAML của chương trình khác thì không phải lỗi; dùng khi máy gọi, như pre-commit.",
        ),
    ] = False,
    jobs: Jobs = None,
    mau: Annotated[
        bool | None,
        typer.Option(
            "--color/--no-color", help="Tô màu và in dòng có lỗi; mặc định là khi in ra màn hình."
        ),
    ] = None,
) -> ExitCode:
    """Kiểm tra danh mục, hồ sơ đơn vị và văn bản đã làm xong.

    Không ghi ĐƯỜNG DẪN thì kiểm tra danh mục đang dùng và các hồ sơ .yaml trong thư mục này.

    Ví dụ:

      danvan validate

      danvan validate ho-so.yaml --fix             sửa ngay những lỗi sửa được

      danvan validate ke-hoach.docx --unit tan-an  soát một văn bản Word

      danvan validate catalog --so-voi ../cu       danh mục mới đụng đến đơn vị nào

    Mã thoát: 0 sạch, 1 có phát hiện từ mức --fail-on trở lên, 2 gọi sai, 3 có tệp không đọc được.
    """
    context: Context = ctx.obj
    render = known_value(FORMATS, dang, "--format")
    options = Options(
        catalogue_root=context.catalogue_root,
        given=context.given,
        year=context.year,
        today=date.today(),
        select=_codes(select, "--select"),
        ignore=_codes(ignore, "--ignore"),
        fail_on=known_value(_LEVELS, muc.replace("_", "-"), "--fail-on"),
        issued=_day(ngay),
        unit=unit,
        base=so_voi,
        foreign=tep_la,
        jobs=1 if (fix or diff_) and not inherits() else jobs or cores(),
    )
    paths = tuple(duong_dan or ()) or _usual(context)
    if fix or diff_:
        report = _fixed(paths, options, given=bool(duong_dan), dry=diff_)
    else:
        report = _judged(paths, options)
    if ghi_baseline is not None:
        report = _with_baseline(report, ghi_baseline)
    elif not diff_:
        if baseline_ is not None:
            report = baseline.less(report, baseline.read(baseline_))
        sys.stdout.write(render(report, replace(_style(mau), excused=xem_bo_qua)))
        if dang != "text":
            if dang not in ("json", "sarif"):
                note(f"Đã kiểm tra {len(report.files)} tệp{judged_by(report)}.")
            # What a form for machines has no room for.
            note(*suppressed(report, everything=xem_bo_qua), *impact_lines(report.impact or ()))
    return report.exit_code()


def _fixed(paths: tuple[Path, ...], options: Options, *, given: bool, dry: bool) -> Report:
    """The report after the fixes are written; with `dry`, as the files are, the diff printed."""

    def may(path: Path) -> bool:
        # Without paths the catalogue in use may be the one that came with danvan.
        return given or path.resolve().is_relative_to(Path.cwd())

    result, marks = with_drift_marks(
        fixed(lambda: _judged(paths, options), may), paths, options, may
    )
    copies = form_copies(paths, options)
    worded = word_copies(result.report.findings)
    if dry:
        sys.stdout.write(diff(result.files))
        _say_fixed(result, marks, "Sẽ sửa")
        _say_copies(copies, _LAYOUT, "Sẽ đặt lại")
        _say_copies(worded, _WORDS, "Sẽ sửa")
        # What cannot be read was not looked at: a number of edits alone would sound like all.
        tell_findings(tuple(f for f in result.first.findings if rule_of(f.code).fatal))
        return result.first
    write(result, [(copy.path, copy.data) for copy in (*copies, *worded)])
    _say_fixed(result, marks, "Đã sửa")
    _say_copies(copies, _LAYOUT, "Đã đặt lại")
    _say_copies(worded, _WORDS, "Đã sửa")
    return result.report


def _say_copies(copies: Iterable[Copy], sentence: str, verb: str) -> None:
    note(*(f"{verb} {sentence.format(count=c.count, path=shown_path(c.path))}" for c in copies))


def _with_baseline(report: Report, path: Path) -> Report:
    """`report` with everything known, once that is written down; what cannot be read stays."""
    text = baseline.written(report.findings)
    write_all([(path, text.encode())], only_own(baseline.is_one, "tệp mốc của danvan"))
    made = baseline.less(report, baseline.read(path))
    note(f"Đã ghi {len(made.known)} phát hiện vào '{path}'.")
    return made


def _judged(paths: tuple[Path, ...], options: Options) -> Report:
    """The report on `paths`, made without pauses to look for garbage: there is hardly any."""
    gc.disable()
    try:
        return validate_paths(paths, options)
    finally:
        gc.freeze()
        gc.enable()


def _usual(context: Context) -> tuple[Path, ...]:
    """The catalogue in use, of each city where there are several, and the unit files of this folder."""
    here = sorted(p for p in Path().iterdir() if p.suffix in YAML and looks_like_profile(p))
    root, year = context.catalogue_root, context.year
    cities = cities_of(root)
    if len(cities) == 1:
        return (find_year(root, year), *here)
    wanted = [city for city in cities if year in (None, *(y.name for y in years_of(city)))]
    return (*(find_year(city, year) for city in wanted or cities), *here)


def _style(mau: bool | None) -> TextStyle:
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") if mau is None else mau
    width = shutil.get_terminal_size().columns if terminal else TextStyle.width
    return TextStyle(colour=colour, snippets=terminal if mau is None else mau, width=width)


def _say_fixed(result: Fixed, marks: int, verb: str) -> None:
    note(f"{verb} {result.applied} chỗ trong {len(result.files)} tệp.")
    if marks:
        will = verb.split()[0]
        note(f"{will} ghi dấu của câu gốc cho {marks} câu viết thay; câu gốc đổi thì DV215 báo.")
    for edit in result.left:
        note(f"{edit.place}: không sửa được '{edit.old}' thành '{edit.new}'; hãy sửa bằng tay.")


def _codes(given: Iterable[str] | None, option: str) -> tuple[str, ...]:
    codes = [c.strip().upper() for text in given or () for c in text.split(",") if c.strip()]
    for code in codes:
        if not any(known.code.startswith(code) for known in RULES):
            hint = did_you_mean(nearest_code(code))
            raise UsageError(
                f"{option} không nhận '{code}'.{hint}", "Xem các quy tắc bằng 'danvan rule'."
            )
    return tuple(codes)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    found = from_figures(text)
    if found is None:
        raise UsageError(f"--ngay không nhận '{text}'.", "Ghi như 05/02/2026.")
    return found
