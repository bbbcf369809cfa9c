"""`danvan new`: a new city, or a city's new year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, to_paste
from danvan_cli.cli.options import Context, unknown
from danvan_cli.errors import UsageError
from danvan_cli.files import only_new, write_all
from danvan_cli.load.folders import (
    COUNTRY,
    cities_of,
    country_below,
    newest_year,
    shown_path,
    years_of,
)
from danvan_cli.load.search import unit_kinds
from danvan_cli.load.units import communes, provinces
from danvan_cli.shipped import shipped
from danvan_cli.starting.city import city_files, city_of
from danvan_cli.starting.year import NewYear, new_year

_SHOWN = 6


def command(
    ctx: typer.Context,
    viec: Annotated[str, typer.Argument(metavar="city|year", help="Thành phố mới, hay năm mới.")],
    ten: Annotated[
        str, typer.Argument(metavar="MÃ|NĂM", help="Mã không dấu, hoặc năm bốn chữ số.")
    ],
    ten_day_du: Annotated[
        str, typer.Argument(metavar="TÊN", help='Tên cả loại: "tỉnh ...", "thành phố ...".')
    ] = "",
    don_vi: Annotated[
        Path | None,
        typer.Option(
            metavar="BẢNG",
            help="Bảng đơn vị (CSV, XLSX có cột loại, tên), khi cả nước chưa có danh sách.",
        ),
    ] = None,
    tu: Annotated[
        str | None,
        typer.Option("--from", metavar="NĂM", help="Năm được chép; mặc định năm mới nhất."),
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="MÃ", help="Thành phố, khi có nhiều.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Với year: chỉ cho biết sẽ làm gì, không ghi gì.")
    ] = False,
) -> None:
    """Bắt đầu danh mục của một tỉnh, thành phố mới, hoặc năm mới của danh mục đã có.

    Ví dụ:

      danvan new city MÃ "tỉnh TÊN"        mã và tên như trong danh sách của cả nước

      danvan new year NĂM --from NĂM_CŨ    mã nhiệm vụ giữ nguyên, chỗ phải xem lại được đánh dấu
    """
    context: Context = ctx.obj
    if viec == "city":
        _city(context, ten, ten_day_du, don_vi)
    elif viec == "year":
        _year(context, ten, tu, city, dry_run=dry_run)
    else:
        raise unknown(f"'danvan new' không có '{viec}'.", viec, ("city", "year"))


def _own_root(context: Context) -> Path:
    """Where new files go: what --catalog says, else `catalog` here, never inside the package."""
    given = context.catalogue_root
    if given.resolve() == shipped("catalog").resolve() and not given.resolve().is_relative_to(
        Path.cwd()
    ):
        return Path("catalog")
    return given


def _wanted_year(text: str) -> str:
    if not (len(text) == 4 and text.isascii() and text.isdecimal()):
        raise UsageError(f"'{text}' không phải là năm.", "Ghi bốn chữ số.")
    return text


def _city(context: Context, ma: str, name: str, table: Path | None) -> None:
    root = _own_root(context)
    country = country_below(root)
    kinds = _kinds(country)
    if not name:
        listed = next((p for p in provinces(country) if p.ma == ma), None)
        example = (
            f"{next((k for k, v in kinds.items() if listed and v == listed.loai), 'thành phố')} "
        )
        shown = f'danvan new city {ma} "{example}{listed.ten if listed else "Tên"}"'
        raise UsageError("Thiếu tên của tỉnh, thành phố.", f"Ví dụ: {shown}.")
    started = city_of(country, kinds, ma, name, table)
    folder = root / ma
    if folder.exists():
        raise UsageError(
            f"Đã có thư mục '{shown_path(folder)}'.",
            f"Sửa tiếp trong đó; năm mới thì: danvan new year NĂM --city {ma}.",
        )
    year = _wanted_year(context.year or newest_year(root))
    texts = city_files(started, kinds, year)
    write_all(
        [(folder / path, text.encode()) for path, text in texts.items()],
        only_new("Chạy lại."),
        together=True,
    )
    out(*(shown_path(folder / path) for path in texts))
    where = to_paste(shown_path(folder))
    # The folder `catalog` here is found by itself.
    chosen = "" if shown_path(root) == "catalog" else f"--catalog {where} "
    unit = next(iter(started.units or communes(country, ma)))
    kind = next(printed for printed, known in kinds.items() if known == unit.loai)
    note(
        f"Mở {shown_path(folder / year / 'danh_muc.yaml')}, thay nhiệm vụ mẫu bằng của mình; danh mục đã có ở tệp Word thì:",
        f"  danvan {chosen}import DANH-MUC.docx --to catalogue -o {where} --force",
        "Rồi soát và làm thử văn bản của một đơn vị:",
        f"  danvan {chosen}validate {where}",
        f'  danvan {chosen}render "{kind} {unit.ten}"',
    )


def _kinds(country: Path) -> dict[str, str]:
    """The kinds of unit of the country by their printed names."""
    kinds = unit_kinds(country)
    if not kinds:
        raise UsageError(f"Không đọc được lớp cả nước ở '{shown_path(country)}'.")
    return {printed: name for name, printed in kinds.items()}


def _year(context: Context, year: str, tu: str | None, city: str | None, *, dry_run: bool) -> None:
    new = _wanted_year(year)
    root = _own_root(context)
    if not context.given and not root.is_dir():
        raise UsageError(
            "Chưa có danh mục năm trước để chép: ở đây không có thư mục 'catalog'.",
            "Chạy trong thư mục chứa catalog, hoặc thêm --catalog: danvan --catalog THƯ_MỤC new year NĂM.",
        )
    folder = _one_city(root, city)
    years = {y.name: y for y in years_of(folder)}
    old = tu or max((y for y in years if y < new), default="")
    if old not in years:
        raise UsageError(
            f"Không có danh mục năm {old or 'trước'} để chép.", f"Các năm có: {', '.join(years)}."
        )
    if (folder / new).exists():
        raise UsageError(
            f"Đã có thư mục '{shown_path(folder / new)}'.", "Sửa tiếp trong đó, hoặc chọn năm khác."
        )
    made = new_year(years[old], old, new)
    if not dry_run:
        write_all(
            [(folder / new / path, text.encode()) for path, text in made.files.items()],
            only_new("Chạy lại."),
            together=True,
        )
    out(*(shown_path(folder / new / path) for path in made.files))
    _say(made, old, new)
    if dry_run:
        note("Chưa ghi gì. Bỏ --dry-run để ghi.")
        return
    note(
        f"Xem từng chỗ: danvan --catalog {to_paste(shown_path(folder))} --nam {new} validate {to_paste(shown_path(folder / new))}"
    )


def _one_city(root: Path, wanted: str | None) -> Path:
    cities = [c for c in cities_of(root) if c.name != COUNTRY]
    found = [c for c in cities if c.name == wanted] if wanted else cities
    if len(found) == 1:
        return found[0]
    names = ", ".join(c.name for c in cities)
    if wanted:
        raise UsageError(f"Không có thành phố '{wanted}' ở '{shown_path(root)}'.", f"Có: {names}.")
    raise UsageError("Có nhiều thành phố.", f"Thêm --city: {names}.")


def _say(made: NewYear, old: str, new: str) -> None:
    out(f"{made.kept} nhiệm vụ sang năm {new}, mã giữ nguyên.")
    notes = (
        ("thời hạn phải đặt lại", made.deadlines),
        (f"chỗ nhắc năm {old} phải xem lại", made.mentions),
        (f"nhiệm vụ chỉ của năm {old} để lại", made.left),
    )
    for what, names in notes:
        if names:
            out(
                f"{len(names)} {what}: {', '.join(names[:_SHOWN])}{', …' if len(names) > _SHOWN else ''}"
            )
    if made.excused:
        out(f"{made.excused} mục bỏ qua của năm {old} để lại.")
    out(f"Chủ đề và quyết định của năm {new} để trống.")
