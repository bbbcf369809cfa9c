"""What goes out to users: the wheel and the sdist hold what they should and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.cities import ROOT

pytest.importorskip("hatchling")
DATA = ("catalog", "templates")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def tracked(*folders: str) -> set[str]:
    """The files below `folders` that belong to the project."""
    return {
        p.relative_to(ROOT).as_posix()
        for folder in folders
        for p in (ROOT / folder).rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".pyc"
    }


def test_a_wheel_holds_the_program_its_pages_and_its_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info/" not in n}
    expected = tracked("danvan_cli") | {f"danvan_cli/data/{name}" for name in tracked(*DATA)}
    assert names == expected
    assert any(name.endswith(".md") for name in names)
    assert "danvan_cli/cli/ho_so_mau.yaml" in names


def test_an_sdist_holds_what_the_tests_need_and_nothing_made_by_hand(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    held = {name for name in names if (ROOT / name).is_file()}
    assert tracked("danvan_cli", "tests", "examples", *DATA) <= held
    assert names - held <= {"PKG-INFO"}
    assert not [name for name in names if "__pycache__" in name or name.startswith(".venv")]
