"""`danvan impact`: what an edit of a catalogue does to every unit and its papers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from danvan_cli.cli.console import out, out_json
from danvan_cli.cli.options import as_code
from danvan_cli.errors import ExitCode, FindingsError, UsageError
from danvan_cli.load.choosing import ready_catalogue
from danvan_cli.load.folders import TASKS, cities_of, years_of
from danvan_cli.validate.impact import Impact, impact, profiles_of
from danvan_cli.validate.inputs import sorted_inputs
from danvan_cli.validate.report.impact import impact_data, impact_lines


def command(
    cu: Annotated[Path, typer.Argument(metavar="CŨ", help="Thư mục danh mục trước khi sửa.")],
    moi: Annotated[Path, typer.Argument(metavar="MỚI", help="Thư mục danh mục đã sửa.")],
    units: Annotated[
        Path | None, typer.Option(metavar="THƯ MỤC", help="Nơi có hồ sơ riêng của các đơn vị.")
    ] = None,
    form: Annotated[
        Literal["text", "markdown", "json"],
        typer.Option("--format", help="text: để đọc; markdown; json: dữ liệu."),
    ] = "text",
) -> ExitCode:
    """Cho biết sửa danh mục làm đổi gì ở văn bản của từng đơn vị, gộp theo chỗ đổi.

    Ví dụ:

      danvan impact danh-muc-cu danh-muc-moi

      danvan impact danh-muc-cu danh-muc-moi --units ho-so --format json
    """
    made = [_compared(old, new, units) for old, new in _years(cu, moi)]
    if form == "json":
        out_json([impact_data(one) for one in made])
    else:
        for line in impact_lines(made):
            heads = form == "markdown" and not line.startswith("- ")
            out(f"**{line}**\n" if heads else line)
    return as_code(any(one.khong_xac_dinh or one.loi for one in made))


def _years(old: Path, new: Path) -> list[tuple[Path, Path]]:
    """The folders of years to be compared: those of the same name, or the two given."""
    if (old / TASKS).is_file() and (new / TASKS).is_file():
        return [(old, new)]
    before = {(city.name, y.name): y for city in cities_of(old) for y in years_of(city)}
    after = {(city.name, y.name): y for city in cities_of(new) for y in years_of(city)}
    if len(cities_of(old)) == len(cities_of(new)) == 1:
        before = {("", year): path for (_, year), path in before.items()}
        after = {("", year): path for (_, year), path in after.items()}
    both = [(before[key], path) for key, path in after.items() if key in before]
    if not both:
        raise UsageError(
            f"'{old}' và '{new}' không có năm nào chung.", "Ghi thẳng hai thư mục của năm."
        )
    return both


def _compared(old: Path, new: Path, units: Path | None) -> Impact:
    before, faults = ready_catalogue(old)
    after, more = ready_catalogue(new)
    if before is None or after is None:
        raise FindingsError((*faults, *more), unreadable=True)
    paths = sorted_inputs([units]).profiles if units is not None else ()
    return impact(before, after, profiles_of(paths, after), (*faults, *more))
