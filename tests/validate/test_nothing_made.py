"""A run that can make nothing says so, and its exit code too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from tests.cities import SMALL


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)


def test_a_catalogue_without_outlines_makes_nothing_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = tmp_path / "son-ha"
    shutil.copytree(SMALL, city)
    shutil.rmtree(city / "2027" / "van_ban")
    assert run(["validate", "son-ha"]) == 1
    assert "DV213 Danh mục không có dàn ý văn bản nào, " in capsys.readouterr().out
    for command in (["dong-xuan"], ["--tat-ca", "-o", "ra"]):
        assert run(["--catalog", "son-ha", "render", *command]) == 3
        said = capsys.readouterr().err
        assert "Lỗi: Danh mục không có dàn ý văn bản nào cho xã Đông Xuân, " in said
        assert "Trước khi ký" not in said
    assert sorted(tmp_path.iterdir()) == [city]
