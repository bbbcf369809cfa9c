"""Broken YAML and what is said of it: the file of cases says what it is read as."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.load.opener import load_file
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import CatalogueFile
from danvan_cli.models.outline import OutlineFile, Wording
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import AgencyFile, UnitFile
from tests.cases import Case, cases_in
from tests.cities import said
from tests.conftest import Expect

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
CASES = cases_in(*sorted((HERE / "cases").glob("*.yaml")))


def messages(case: Case, folder: Path) -> str:
    path = folder / "tep.yaml"
    path.write_text(case["yaml"], encoding="utf-8", newline="")
    return said(load_file(MODELS[case.file.stem], path, path.name)[1])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_fault_of_form_is_said_with_its_place(
    case: Case, tmp_path: Path, expect: Expect
) -> None:
    expect(case, "findings", messages(case, tmp_path))


def test_only_sound_files_are_silent() -> None:
    assert {case.file.stem for case in CASES if "findings" not in case.data} == {"sach"}
    assert not any("findings" in case.data for case in CASES if case.file.stem == "sach")
