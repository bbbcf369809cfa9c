"""Small cities, unit files and runs on them, for the tests of the engine."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from danvan_cli.findings import Finding
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from danvan_cli.validate.outcome import Report

SMALL = Path(__file__).parents[1] / "data" / "thanh-pho-nho"
TODAY = date(2027, 3, 1)
UNIT = "don_vi: dong-xuan\nnguoi_ky: de_trong\n"
DAY_OFF = """sua_doi:
  - {ma: doi-thoai, ly_do: Theo lịch của xã, thoi_gian: Trước ngày 02/5/2027}
"""
"""A change with exactly one finding, DV305 on '02/5/2027'."""


def city_in(folder: Path, **files: str) -> Path:
    """The small city in `folder`/thanh-pho; `danh_muc="..."` is added to that file."""
    city = folder / "thanh-pho"
    shutil.copytree(SMALL, city)
    for name, text in files.items():
        path = city / ("2027" if name in ("danh_muc", "ngon_tu") else "") / f"{name}.yaml"
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
    return city


def written(path: Path, text: str) -> Path:
    """The file `path` with this text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def run(*paths: Path | str, root: Path = SMALL, **options: object) -> Report:
    """The report on `paths` on the tests' own day."""
    given = Options(root, TODAY, **options)  # type: ignore[arg-type]
    return validate_paths([Path(path) for path in paths], given)


def codes(report: Report) -> list[str]:
    """The codes found, in order."""
    return [finding.code for finding in report.findings]


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Each finding as `path:line:col CODE message`."""
    return [f"{f.place} {f.code} {f.message}" for f in findings]
