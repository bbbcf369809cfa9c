"""The unit a command is about: what UNIT means, loaded and made ready."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danvan_cli.cli.console import note
from danvan_cli.cli.options import Context
from danvan_cli.errors import FindingsError, ReadError, UsageError
from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import UNREADABLE, Catalogue
from danvan_cli.load.choosing import Catalogues, Loaded, ready_profile
from danvan_cli.load.folders import cities_of, shown_path
from danvan_cli.load.profile import find_profile, find_unit, unit_of
from danvan_cli.localize.locality import Locality
from danvan_cli.models.registers import Unit

UNIT_HELP = 'Hồ sơ đơn vị (tệp hoặc thư mục), mã (tan-an) hoặc tên ("xã Tân An").'


@dataclass(frozen=True)
class OpenedUnit:
    """A unit with its locality and the file it came from, if any."""

    locality: Locality
    path: Path | None


def open_catalogue(context: Context) -> Catalogue:
    """The catalogue in use.

    Raises:
        FindingsError: its files have faults of form.
        ReadError, UsageError: it cannot be found, or there are several.
    """
    return sound(catalogues(context).in_use(), context)


def open_unit(context: Context, name: str) -> OpenedUnit:
    """What UNIT means under the catalogue of its city, of the year its file is written for.

    Raises:
        FindingsError: the unit's file has faults of form, or is for a year that is not there.
        UsageError: there is no such file, folder or unit, or its file is for another year.
    """
    path = find_profile(name)
    if path is None:
        catalogue, unit = open_named(context, name, command=" (danvan init {})")
        return OpenedUnit(Locality.of(catalogue, unit), None)
    shown = shown_path(path)
    profile, findings = ready_profile(path, shown)
    stop_on(findings)
    assert profile is not None
    if profile.danh_muc is not None and context.year not in (None, str(profile.danh_muc)):
        raise UsageError(
            f"Hồ sơ viết cho danh mục năm {profile.danh_muc} nhưng lệnh ghi --nam {context.year}.",
            "Bỏ --nam, hoặc sửa 'danh_muc' trong hồ sơ.",
        )
    catalogue = sound(catalogues(context).for_profile(profile, path), context)
    found, findings = unit_of(catalogue, profile, shown)
    stop_on(findings)
    assert found is not None
    locality = Locality.of(catalogue, found, profile)
    _tell_country_only(locality)
    return OpenedUnit(locality, path)


def open_named(context: Context, name: str, *, command: str = "") -> tuple[Catalogue, Unit]:
    """The unit called `name`, and the catalogue of its city.

    `command` makes a file for a unit without a catalogue, its name to be put in.

    Raises:
        FindingsError: the catalogue's files have faults of form.
        UsageError: there is no such unit, or more than one.
    """
    catalogue = sound(catalogues(context).for_unit(name), context)
    unit = find_unit(catalogue, name)
    _tell_country_only(Locality.of(catalogue, unit), command)
    return catalogue, unit


def open_example(context: Context) -> tuple[str, str]:
    """The name and the id of a unit at hand, as they may be typed after a command."""
    cities = cities_of(context.catalogue_root)
    at_hand, several = catalogues(context), len(cities) > 1
    catalogue = sound(at_hand.of(cities[0]) if several else at_hand.in_use(), context)
    unit = catalogue.units[0]
    name, ma = f"{catalogue.kinds[unit.loai].ten} {unit.ten}", str(unit.ma)
    if several:
        return f"{name}, {catalogue.province}", f"{catalogue.city.ma}/{ma}"
    return name, ma


def catalogues(context: Context) -> Catalogues:
    """The catalogues at hand, each to be opened once."""
    return Catalogues(context.catalogue_root, context.year, given=context.given)


def sound(loaded: Loaded, context: Context) -> Catalogue:
    """A catalogue without a fault of form.

    Raises:
        FindingsError: its files have faults.
        ReadError: a file is missing.
    """
    catalogue, findings = loaded
    stop_on(findings)
    if catalogue is None:
        raise ReadError(context.catalogue_root, "danh mục không có đủ tệp.")
    return catalogue


def _tell_country_only(locality: Locality, command: str = "") -> None:
    catalogue = locality.catalogue
    if not catalogue.is_country_only:
        return
    if locality.profile.bo_sung:
        what = "phần chung của cả nước và nhiệm vụ ghi ở 'bo_sung' của hồ sơ."
    else:
        what = (
            "phần chung của cả nước, chưa có nhiệm vụ nào. Ghi nhiệm vụ của đơn vị ở 'bo_sung' "
            f"của hồ sơ{command.format(f'{catalogue.city.ma}/{locality.unit.ma}')}."
        )
    note(
        f"Chưa có danh mục của {catalogue.province}; dùng {what} "
        f"Bắt đầu danh mục: {catalogue.how_to_start}"
    )


def stop_on(findings: tuple[Finding, ...]) -> None:
    """Stop the command where there are findings.

    Raises:
        FindingsError: there are.
    """
    if findings:
        raise FindingsError(findings, unreadable=any(f.code == UNREADABLE for f in findings))
