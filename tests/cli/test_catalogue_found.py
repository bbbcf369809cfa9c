"""Which catalogue a command works with where none is given: the one worked on, else the package's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.load.folders import catalogue_worked_on
from tests.cities import SMALL
from tests.validate.cities import UNIT


def test_the_catalogue_is_found_from_the_working_folder_upward(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "catalog" / "son-ha")
    below = tmp_path / "don-vi" / "xa"
    below.mkdir(parents=True)
    found = tmp_path / "catalog"
    assert [catalogue_worked_on(start) for start in (tmp_path, below, found)] == [found] * 3


@pytest.mark.parametrize("name", ["catalog", "khac"])
def test_a_folder_without_a_year_is_no_catalogue(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    assert catalogue_worked_on(tmp_path) is None


def test_files_that_happen_to_be_called_so_are_no_catalogue(tmp_path: Path) -> None:
    for name in ("danh_muc.yaml", "2026/danh_muc.yaml", "catalog/2026/danh_muc.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("hang_hoa: [gạo, muối]\n", "utf-8")
    assert catalogue_worked_on(tmp_path / "2026") is None


def test_a_file_is_judged_by_the_catalogue_it_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever the command is called; one that is named or judged beside it goes first."""
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("kho", "khac"):
        shutil.copytree(SMALL, tmp_path / name / "catalog" / "son-ha")
    unit = tmp_path / "kho" / "don-vi" / "dong-xuan.yaml"
    unit.parent.mkdir()
    unit.write_text(UNIT, "utf-8")
    (tmp_path / "kho" / "a.txt").write_text("Gần dân, sát việc.\n", "utf-8")
    other = ["--catalog", "khac/catalog"]
    judged = {
        "kho/catalog/son-ha/2027": (["validate", "kho/don-vi"], ["validate", "kho/a.txt"]),
        "khac/catalog/son-ha/2027": (
            [*other, "validate", "kho/don-vi"],
            ["validate", "khac/catalog", "kho/don-vi"],
        ),
    }
    for folder, commands in judged.items():
        for command in commands:
            run(command)
            assert capsys.readouterr().out.endswith(f" tệp theo danh mục {folder}.\n")


def test_a_city_or_a_year_stands_for_itself(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "son-ha")
    city = tmp_path / "son-ha"
    assert [catalogue_worked_on(start) for start in (city, city / "2027")] == [city, city]


def test_a_catalogue_that_is_not_the_installed_one_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "catalog" / "son-ha")
    assert run(["localize", "dong-xuan"]) == 0
    assert capsys.readouterr().err == (
        "Làm theo danh mục ở catalog, không theo bản cài cùng danvan."
        " Muốn theo bản ấy thì chạy ở thư mục khác.\n"
    )
