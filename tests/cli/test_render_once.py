"""A unit's file is rendered and judged: it and its catalogue are read once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.load import opener
from danvan_cli.validate import opened as catalogues
from tests.cities import SMALL


def test_render_opens_the_catalogue_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SMALL, tmp_path / "thanh-pho")
    (tmp_path / "ho-so.yaml").write_text("don_vi: dong-xuan\nnguoi_ky: de_trong\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CACHE_DIR", str(tmp_path / "cache"))
    opened = []
    load = opener.load_catalogue

    def counted(root: Path, year: str | None = None):
        opened.append(root)
        return load(root, year)

    monkeypatch.setattr(opener, "load_catalogue", counted)
    monkeypatch.setattr(catalogues, "load_catalogue", counted)

    def read(path: Path, shown: str):
        opened.append(path)
        return load_profile(path, shown)

    load_profile = opener.load_profile
    monkeypatch.setattr(opener, "load_profile", read)
    monkeypatch.setattr(catalogues, "load_profile", read)
    arguments = ["--catalog", "thanh-pho", "render", "ho-so.yaml", "--loai", "danh-muc"]
    assert run(arguments) == 0
    assert len(opened) == 2
