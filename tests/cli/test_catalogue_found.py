"""Which catalogue a command works with where none is given: the one worked on, else the package's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.load.resources import catalogue_worked_on
from tests.cities import SMALL


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
