"""Broken YAML and what is said of it: each `<case>.yaml` beside the `<case>.out` it must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.findings import in_order
from danvan_cli.load.catalogue import load_file
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import CatalogueFile
from danvan_cli.models.outline import OutlineFile, Wording
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import AgencyFile, UnitFile
from tests.conftest import Golden

HERE = Path(__file__).parent
MODELS: dict[str, type[Item]] = {
    "khong_doc_duoc": Profile,
    "sach": Profile,
    "ho_so": Profile,
    "danh_muc": CatalogueFile,
    "van_ban": OutlineFile,
    "co_quan": AgencyFile,
    "don_vi": UnitFile,
    "ngon_tu": Wording,
}
CASES = sorted(HERE.rglob("*.yaml"))


def messages(path: Path) -> str:
    _, findings = load_file(MODELS[path.parent.name], path, path.name)
    lines = [f"{f.place.line}:{f.place.column} {f.code} {f.message}\n" for f in in_order(findings)]
    return "".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_fault_of_form_is_said_with_its_place(case: Path, golden: Golden) -> None:
    golden(case.with_suffix(".out"), messages(case))


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.parent.name == "sach"], ids=lambda p: str(p.stem)
)
def test_a_sound_file_gives_no_finding(case: Path) -> None:
    assert messages(case) == ""


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.parent.name != "sach"], ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_a_broken_file_is_never_silent(case: Path) -> None:
    assert messages(case)
