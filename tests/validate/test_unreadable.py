"""A file that may not be read is named, wherever it lies, and hides no other finding."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.load import bounded
from tests.cities import SMALL
from tests.validate.cities import UNIT

NAMES = (
    "ho-so.yaml",
    "van-ban.docx",
    "van-ban.txt",
    *sorted(path.relative_to(SMALL.parent).as_posix() for path in SMALL.rglob("*.yaml")),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_may_not_be_read_hides_no_other_finding(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    city = shutil.copytree(SMALL, tmp_path / SMALL.name)
    (tmp_path / "ho-so.yaml").write_text(UNIT, "utf-8")
    (tmp_path / "khac.yaml").write_text(UNIT + "khoa_la: 1\n", "utf-8")
    (tmp_path / "van-ban.txt").write_text("KẾ HOẠCH\nBáo cáo ngày 31/6/2027.\n", "utf-8")
    assert run(["--catalog", str(city), "render", "tay-mo", "-o", "ra"]) == 0
    next(Path("ra").glob("*.docx")).rename("van-ban.docx")
    capsys.readouterr()
    real = bounded._bytes

    def refused(path: Path, *more: object) -> bytes:
        if path.resolve() == tmp_path / name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(bounded, "_bytes", refused)
    paths = [str(city), "ho-so.yaml", "khac.yaml", "van-ban.txt", "van-ban.docx"]
    assert run(["--catalog", str(city), "validate", *paths]) == 3
    said = capsys.readouterr()
    assert f"{name}:1:1 DV101 " in said.out
    assert "khac.yaml:3:1 DV103 Khóa lạ 'khoa_la'." in said.out


def test_a_folder_that_may_not_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kín").mkdir()
    (tmp_path / "ho-so.yaml").write_text(UNIT, "utf-8")
    real = os.scandir

    def refused(path: Path) -> object:
        if Path(path).name == "kín":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert run(["--catalog", str(SMALL), "validate", "."]) == 3
    assert "kín DV101 Không mở được thư mục này. Kiểm tra quyền đọc." in capsys.readouterr().out
