"""The unit a command is about: what UNIT means, loaded and made ready."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danvan_cli.cli.context import Context
from danvan_cli.errors import FindingsError, ReadError, UsageError
from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import UNREADABLE, Catalogue
from danvan_cli.load.folders import YAML, cities_of, shown_path
from danvan_cli.load.profile import PROFILE_NAMES, find_profile, find_unit, unit_of
from danvan_cli.load.ready import ready_catalogue, ready_profile
from danvan_cli.load.search import city_for
from danvan_cli.localize.locality import Locality
from danvan_cli.models.profile import Profile

UNIT_HELP = 'Hồ sơ đơn vị (tệp hoặc thư mục), mã (phu-lien) hoặc tên ("xã An Lão").'


@dataclass(frozen=True)
class OpenedUnit:
    """A unit with its locality and the file it came from, if any."""

    locality: Locality
    path: Path | None


def open_catalogue(context: Context, about: str | None = None) -> Catalogue:
    """The catalogue in use; of several cities that of the unit (a name, a file) it is `about`.

    Raises:
        FindingsError: its files have faults of form.
        ReadError, UsageError: it cannot be found.
    """
    root = context.root_for(about)
    if about is not None and len(cities_of(root)) > 1:
        root = city_for(root, _unit_said(about))
    catalogue, findings = ready_catalogue(root, context.year)
    stop_on(findings)
    if catalogue is None:
        raise ReadError(root, "danh mục không có đủ tệp.")
    return catalogue


def _unit_said(about: str) -> str:
    """The unit that a unit's file names, where it is one; else what was said."""
    path = Path(about)
    files = [path] if path.is_file() else [path / name for name in PROFILE_NAMES]
    found = next((file for file in files if file.is_file()), None)
    if found is None or found.suffix not in YAML:
        return about
    profile, findings = ready_profile(found, shown_path(found))
    stop_on(findings)
    said = profile.don_vi or profile.ten if profile is not None else None
    return str(said) if said else about


def open_unit(catalogue: Catalogue, name: str, asked: str | None = None) -> OpenedUnit:
    """What UNIT means under `catalogue`, or under that of the year its file is written for.

    `asked` is the year the command line asks for, which a unit's file may not contradict.

    Raises:
        FindingsError: the unit's file has faults of form, or is for a year that is not there.
        UsageError: there is no such file, folder or unit, or its file is for another year.
    """
    path = find_profile(catalogue, name)
    if path is None:
        return OpenedUnit(Locality.of(catalogue, find_unit(catalogue, name)), None)
    shown = shown_path(path)
    profile, findings = ready_profile(path, shown)
    stop_on(findings)
    assert profile is not None
    catalogue = _of_year(catalogue, profile, asked)
    unit, findings = unit_of(catalogue, profile, shown)
    stop_on(findings)
    assert unit is not None
    return OpenedUnit(Locality.of(catalogue, unit, profile), path)


def _of_year(catalogue: Catalogue, profile: Profile, asked: str | None) -> Catalogue:
    """The catalogue a unit's file changes: the city's other one where it names another year."""
    year = profile.danh_muc
    if year is not None and asked is not None and year != asked:
        raise UsageError(
            f"Hồ sơ viết cho danh mục năm {year} nhưng lệnh ghi --nam {asked}.",
            "Bỏ --nam, hoặc sửa 'danh_muc' trong hồ sơ.",
        )
    if year is None or year == catalogue.edition.nam:
        return catalogue
    try:
        made, findings = ready_catalogue(catalogue.folder.parent, str(year))
    except UsageError as error:
        fault = Finding(year.place, "DV105", str(error), subject="danh_muc", value=str(year))
        raise FindingsError((fault,)) from error
    stop_on(findings)
    return made or catalogue


def stop_on(findings: tuple[Finding, ...]) -> None:
    """Stop the command where there are findings.

    Raises:
        FindingsError: there are.
    """
    if findings:
        raise FindingsError(findings, unreadable=any(f.code == UNREADABLE for f in findings))
