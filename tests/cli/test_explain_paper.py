"""`danvan explain FILE.docx` goes by what the paper says of itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.cli.paper import printed_words
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from tests.cities import SMALL, shipped_city
from tests.hands import Edit, by_hand

PAPER = "dong-xuan/dong-xuan-quyet-dinh-2027.docx"


@pytest.fixture(autouse=True)
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SMALL, tmp_path / "thanh-pho-nho")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", "thanh-pho-nho")
    assert run(["render", "dong-xuan", "--loai", "quyet-dinh"]) == 0


def test_a_paper_whose_head_was_typed_over_is_still_its_unit_s(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = Path(PAPER)
    path.write_bytes(
        by_hand(path.read_bytes(), Edit("xóa", "XÃ ĐÔNG XUÂN"), Edit("xóa", "QUYẾT ĐỊNH"))
    )
    capsys.readouterr()
    assert run(["explain", PAPER, "--doan", "Lưu: VT"]) == 0
    assert capsys.readouterr().out.startswith("nơi nhận, khối luu: - Lưu: VT, VHXH.\n")


def test_a_catalogue_that_changed_since_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    tasks = Path("thanh-pho-nho/2027/danh_muc.yaml")
    tasks.write_text(tasks.read_text("utf-8").replace("Thường xuyên", "Quý II/2027"), "utf-8")
    capsys.readouterr()
    assert run(["explain", PAPER, "--doan", "Lưu: VT"]) == 0
    assert capsys.readouterr().err == (
        "Danh mục đã đổi từ khi văn bản này được làm; các bước dưới đây theo danh mục hiện nay.\n"
    )


def test_rows_of_annexes_are_explained_as_tasks_and_blocks() -> None:
    catalogue = shipped_city()
    locality = Locality.of(catalogue, find_unit(catalogue, "an-lao"))
    found = printed_words(locality, "ke-hoach-nam", "quán triệt các văn bản")
    assert {p.ma for p in found if p.where.startswith("Phụ lục")} == {"tuyen-truyen-quan-triet"}
    headings = printed_words(locality, "ke-hoach-nam", "Kèm theo Kế hoạch")
    assert any(p.where == "Phụ lục" and p.ma is None for p in headings)
