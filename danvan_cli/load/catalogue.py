"""A city's folder to one `Catalogue`: its registers, its tasks, its documents' outlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from danvan_cli.errors import ReadError, UsageError
from danvan_cli.findings import Finding, Place
from danvan_cli.load.fields import read_model
from danvan_cli.load.source import read_bytes, read_yaml
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import (
    AgencyMap,
    CatalogueFile,
    Edition,
    Group,
    Suppression,
    Task,
    UnitKind,
)
from danvan_cli.models.outline import Outline, OutlineFile, Wording
from danvan_cli.models.registers import (
    Agency,
    AgencyFile,
    CalendarFile,
    Fact,
    Kind,
    LegalDocument,
    LegalFile,
    Unit,
    UnitFile,
)

M = TypeVar("M", bound=Item)
UNREADABLE = "DV101"


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One city's catalogue of one year, with every register it leans on."""

    folder: Path
    shown: str
    edition: Edition
    groups: tuple[Group, ...]
    agencies: tuple[Agency, ...]
    maps: dict[UnitKind, AgencyMap]
    city: Unit
    kinds: dict[UnitKind, Kind]
    facts: tuple[Fact, ...]
    units: tuple[Unit, ...]
    legal: tuple[LegalDocument, ...]
    calendar: CalendarFile
    wording: Wording
    outlines: tuple[Outline, ...]
    suppressions: tuple[Suppression, ...] = ()

    @property
    def year(self) -> int:
        """The year the catalogue is for."""
        return int(self.edition.nam)

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Every task and point by `ma`, in printed order."""
        return {task.ma: task for _, task, _ in self.walk()}

    def walk(self) -> Iterator[tuple[Group, Task, Task | None]]:
        """Every task in printed order with its group and, for a point, its parent."""
        for group in self.groups:
            for task in group.nhiem_vu:
                yield group, task, None
                for point in task.diem:
                    yield group, point, task

    def outline(self, ma: str) -> Outline | None:
        """The outline with this `ma`."""
        return next((o for o in self.outlines if o.ma == ma), None)


def yaml_files(folder: Path) -> list[Path]:
    """Every YAML file below `folder`, in a fixed order."""
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


def find_year(root: Path, year: str | None = None) -> Path:
    """The year's folder meant by `root`: a year's folder, a city's, or one that holds cities.

    Raises:
        ReadError: there is no catalogue there.
        UsageError: there are several cities, or not the year asked for.
    """
    if not root.is_dir():
        raise ReadError(root, "không có thư mục này.", "Kiểm tra lại đường dẫn sau --catalog.")
    if (root / "danh_muc.yaml").is_file():
        return root
    years = sorted(p.parent for p in root.glob("*/danh_muc.yaml"))
    if not years:
        cities = sorted({p.parent.parent for p in root.glob("*/*/danh_muc.yaml")})
        if not cities:
            raise ReadError(
                root,
                "không thấy 'danh_muc.yaml' trong thư mục này.",
                "Chỉ đến thư mục danh mục của một thành phố.",
            )
        if len(cities) > 1:
            names = ", ".join(str(c) for c in cities)
            raise UsageError(f"'{root}' có nhiều thành phố.", f"Chọn một bằng --catalog: {names}.")
        years = sorted(p.parent for p in cities[0].glob("*/danh_muc.yaml"))
    if year is None:
        return years[-1]
    for folder in years:
        if folder.name == year:
            return folder
    raise UsageError(
        f"Không có danh mục năm {year}.", f"Các năm có: {', '.join(f.name for f in years)}."
    )


def load_file(model: type[M], path: Path, shown: str) -> tuple[M | None, tuple[Finding, ...]]:
    """The file at `path` as a `model`, with every fault found; None where it has none to give."""
    try:
        text, findings = read_bytes(path, shown)
    except OSError as error:
        why = (
            "không có tệp này" if isinstance(error, FileNotFoundError) else "không mở được tệp này"
        )
        return None, (Finding(Place(shown, 1, 1), UNREADABLE, f"Cần tệp này nhưng {why}."),)
    if text is None:
        return None, findings
    node, more = read_yaml(text, shown)
    if node is None and more:
        return None, findings + more
    value, faults = read_model(model, node, shown)
    # What the syntax refuses (an alias) reads as empty: one fault, said once.
    refused = {finding.place for finding in more}
    faults = tuple(f for f in faults if f.code != "DV104" or f.place not in refused)
    return value, findings + more + faults


def load_catalogue(
    root: Path, year: str | None = None
) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """The catalogue below `root`, with every fault of form in its files.

    None where a file that everything needs cannot be used at all.

    Raises:
        ReadError, UsageError: as `find_year`.
    """
    folder = find_year(root, year)
    findings: list[Finding] = []

    def read(model: type[M], path: Path) -> M | None:
        value, faults = load_file(model, path, shown_path(path))
        findings.extend(faults)
        return value

    def register(name: str) -> Path:
        own = folder / name
        return own if own.is_file() else folder.parent / name

    tasks = read(CatalogueFile, folder / "danh_muc.yaml")
    agencies = read(AgencyFile, register("co_quan.yaml"))
    units = read(UnitFile, register("don_vi.yaml"))
    legal = read(LegalFile, register("phap_ly.yaml"))
    calendar = read(CalendarFile, register("ngay_nghi.yaml"))
    wording = read(Wording, register("ngon_tu.yaml"))
    outlines = [read(OutlineFile, path) for path in yaml_files(folder / "van_ban")]
    if not (tasks and agencies and units and legal and calendar and wording):
        return None, tuple(findings)
    made = Catalogue(
        folder=folder,
        shown=shown_path(folder),
        edition=tasks.danh_muc,
        groups=tasks.nhom,
        agencies=agencies.co_quan,
        maps=agencies.anh_xa,
        city=units.thanh_pho,
        kinds=units.loai,
        facts=units.dac_diem,
        units=units.don_vi,
        legal=legal.van_ban,
        calendar=calendar,
        wording=wording,
        outlines=tuple(o for file in outlines if file for o in file.van_ban),
        suppressions=tasks.bo_qua,
    )
    return made, tuple(findings)


def shown_path(path: Path) -> str:
    """`path` as messages print it: below the current folder where it is, with forward slashes."""
    resolved = path.resolve()
    if resolved.is_relative_to(Path.cwd()):
        path = resolved.relative_to(Path.cwd())
    return path.as_posix()
