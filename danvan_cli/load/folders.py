"""Where catalogues lie: those that come with danvan; the country, its cities, their years, their files."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from danvan_cli.errors import ReadError, UsageError
from danvan_cli.load.bounded import bytes_or_none, files_below, real
from danvan_cli.shipped import shipped


@lru_cache(maxsize=256)
def catalogue_worked_on(start: Path) -> Path | None:
    """The catalogue that `start` stands in, or a folder `catalog` there or above; None without one.

    Whoever edits a catalogue judges with it, not with the one inside the package.
    """
    for folder in (start, *start.parents):
        if _is_city(folder):
            return folder
        if any(map(_is_city, _below(folder / "catalog"))):
            return folder / "catalog"
    return None


def _is_city(folder: Path) -> bool:
    """Whether `folder` says what its units are and has a year; a lone danh_muc.yaml is no catalogue."""
    return (folder / "don_vi.yaml").is_file() and any(
        (year / "danh_muc.yaml").is_file() for year in _below(folder)
    )


def _below(folder: Path) -> list[Path]:
    try:
        # An outline may be called danh_muc.yaml as well.
        return [path for path in folder.iterdir() if path.is_dir() and path.name != "van_ban"]
    except OSError:
        return []


COUNTRY = "quoc-gia"
LAYER_NAMES = ("quoc_gia", "tinh", "nam")
"""Whose a text of a catalogue may be, the lowest layer first."""
UNIT_LAYER = "don_vi"
"""Whose a text of a unit's file is."""
FORM = "the_thuc.yaml"
"""The figures of form, in the folder of the country a catalogue stands on."""
TASKS = "danh_muc.yaml"
REGISTERS = ("co_quan.yaml", "don_vi.yaml", "phap_ly.yaml", "ngay_nghi.yaml", "ngon_tu.yaml")
OUTLINES = "van_ban"
YAML = (".yaml", ".yml")
_ALONE = re.compile(rb"^lop_duoi *: *['\"]?khong\b", re.MULTILINE)


def country_of(city: Path) -> Path:
    """The folder of the country that the city in the folder `city` stands on."""
    beside = real(city).parent / COUNTRY
    return beside if beside.is_dir() else shipped("catalog") / COUNTRY


def country_below(root: Path) -> Path:
    """The folder of the country for a root of cities, or for a city or a year itself."""
    if (root / COUNTRY).is_dir():
        return root / COUNTRY
    return country_of(root.parent if (root / TASKS).is_file() else root)


def cities_of(root: Path) -> tuple[Path, ...]:
    """The folders of cities that `root` means: those in it, else the one that it or its year is of.

    Raises:
        ReadError: there is no catalogue there.
    """
    if not root.is_dir():
        raise ReadError(root, "không có thư mục này.", "Kiểm tra lại đường dẫn.")
    if (root / TASKS).is_file():
        return (root.parent,)
    if years_of(root):
        return (root,)
    cities = sorted(city for city in root.iterdir() if city.is_dir() and years_of(city))
    if not cities:
        raise ReadError(
            root,
            "không thấy 'danh_muc.yaml' trong thư mục này.",
            "Chỉ đến thư mục danh mục của một thành phố.",
        )
    return tuple(cities)


def years_of(city: Path) -> tuple[Path, ...]:
    """The folders of a city's years, the oldest first; a copy that is named for no year before them."""
    found = [path.parent for path in city.glob(f"*/{TASKS}") if path.parent.name != OUTLINES]
    return tuple(sorted(found, key=lambda folder: (folder.name.isdecimal(), folder.name)))


def find_year(root: Path, year: str | None = None) -> Path:
    """The year's folder meant by `root`: a year's folder, a city's, or one that holds one city.

    Raises:
        ReadError: there is no catalogue there.
        UsageError: there are several cities, or not the year asked for.
    """
    cities = cities_of(root)
    if (root / TASKS).is_file():
        return root
    if len(cities) > 1:
        names = ", ".join(str(c) for c in cities)
        raise UsageError(f"'{root}' có nhiều thành phố.", f"Chọn một bằng --catalog: {names}.")
    years = years_of(cities[0])
    if year is None:
        return years[-1]
    for folder in years:
        if folder.name == year:
            return folder
    raise UsageError(
        f"Không có danh mục năm {year}.", f"Các năm có: {', '.join(f.name for f in years)}."
    )


def is_city(root: Path) -> bool:
    """Whether `root` is one city's folder, or one year's, and not one that holds cities."""
    return (root / TASKS).is_file() or bool(years_of(root))


def newest_year(root: Path) -> str:
    """The newest year of the catalogues below `root`, else of those that come with danvan.

    Raises:
        UsageError: there is none.
    """
    for place in (root, shipped("catalog")):
        if place.is_dir():
            years = [y.name for c in place.iterdir() if c.is_dir() for y in years_of(c)]
            if years:
                return max(years)
    raise UsageError("Chưa biết năm của danh mục.", "Ghi năm: danvan --nam NĂM ...")


def yaml_files(folder: Path) -> list[Path]:
    """Every YAML file below `folder`, in a fixed order."""
    return sorted(p for p in files_below(folder) if p.suffix in YAML and p.is_file())


def layers_of(year: Path) -> tuple[Path, ...]:
    """The folders that the catalogue of the folder `year` is laid of, the lowest first."""
    own = (year.parent, year)
    return own if any(map(_stands_alone, own)) else (country_of(year.parent), *own)


def _stands_alone(layer: Path) -> bool:
    """Whether a layer says that there is no country below its city."""
    path = layer / "don_vi.yaml"
    return path.is_file() and _ALONE.search(bytes_or_none(path)) is not None


def layer_files(layer: Path) -> tuple[Path, ...]:
    """The files of one layer: its registers, its tasks, its outlines."""
    own = [layer / name for name in (*REGISTERS, TASKS) if (layer / name).is_file()]
    return (*own, *yaml_files(layer / OUTLINES))


def shown_path(path: Path) -> str:
    """`path` as messages print it: below the current folder where it is, with forward slashes."""
    resolved, here = real(path), Path.cwd()
    if resolved.is_relative_to(here):
        path = resolved.relative_to(here)
    # A name may hold bytes that are no letters; what is printed may not.
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def form_file(folder: Path) -> Path:
    """The file of figures of form for the catalogue in `folder`; that which came with danvan if none."""
    own = country_below(folder) / FORM
    return own if own.is_file() else shipped("catalog") / COUNTRY / FORM
