"""A city with the catalogues of two years: which of them a command takes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from tests.cities import SMALL

FILE = 'don_vi: dong-xuan\nnguoi_ky: de_trong\ndanh_muc: "{}"\n'


@pytest.fixture
def two_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small city with a catalogue of 2026 beside that of 2027."""
    city = tmp_path / "thanh-pho"
    shutil.copytree(SMALL, city)
    shutil.copytree(city / "2027", city / "2026")
    file = city / "2026" / "danh_muc.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('nam: "2027"', 'nam: "2026"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", str(city))
    return tmp_path


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("ra/*.docx"))


@pytest.mark.usefixtures("two_years")
def test_a_unit_without_a_file_takes_the_newest_year_or_the_one_asked_for(two_years: Path) -> None:
    assert run(["render", "dong-xuan", "--loai", "danh-muc", "-o", "ra"]) == 0
    assert run(["--nam", "2026", "render", "dong-xuan", "--loai", "danh-muc", "-o", "ra"]) == 0
    assert made(two_years) == ["dong-xuan-danh-muc-2026.docx", "dong-xuan-danh-muc-2027.docx"]


@pytest.mark.parametrize("year", ["2026", "2027"])
def test_a_unit_file_takes_the_year_it_is_written_for(year: str, two_years: Path) -> None:
    (two_years / "ho-so.yaml").write_text(FILE.format(year), encoding="utf-8")
    assert run(["render", "ho-so.yaml", "--loai", "danh-muc", "-o", "ra"]) == 0
    assert made(two_years) == [f"dong-xuan-danh-muc-{year}.docx"]


def test_a_year_that_is_not_there_is_said_and_nothing_written(
    two_years: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (two_years / "ho-so.yaml").write_text(FILE.format("2025"), encoding="utf-8")
    assert run(["render", "ho-so.yaml", "-o", "ra"]) == 1
    said = capsys.readouterr().err
    assert "ho-so.yaml:3:11 DV105 Không có danh mục năm 2025. Các năm có: 2026, 2027." in said
    assert made(two_years) == []
