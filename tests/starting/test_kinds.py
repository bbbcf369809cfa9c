"""A kind of unit that nobody has, added to the country's data alone: every reader knows it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.starting.places import ROOT

KIND = "khu_hanh_chinh,khu hành chính,cap_xa,KHC,Khu ủy,khóm,\n"
UNIT = "khu_hanh_chinh,Sông Mới,,\n"
PAPER = """\
ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
KHU HÀNH CHÍNH SÔNG MỚI\tĐộc lập - Tự do - Hạnh phúc

Số: 12/KH-UBND\tSông Mới, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Công tác dân vận năm 2026 trên địa bàn khu hành chính Sông Mới

Triển khai đến các khóm; thực hiện trên địa bàn khu hành chính Sông Mơi.
Khu ủy chỉ đạo. Thực hiện tại xã An Lão.

1. Đối thoại với Nhân dân.
- Thời gian thực hiện: Chậm nhất ngày 05/5/2026.
- Cơ quan chủ trì: UBND khu hành chính Sông Mới.
- Cơ quan phối hợp: Khu ủy, các khóm, UBND các khu hành chính và cán bộ khóm 3
"""
JUDGED = """\
giay.txt:9:49 DV607 Không có đơn vị nào tên 'khu hành chính Sông Mơi'; gần nhất là 'khu hành chính \
Sông Mới'. Sửa lại tên đơn vị.
giay.txt:10:31 DV608 'xã An Lão' là đơn vị khác; văn bản này của khu hành chính Sông Mới, có thể còn \
sót từ văn bản của đơn vị khác. Sửa thành 'khu hành chính Sông Mới' hoặc bỏ.

1 lỗi, 1 cảnh báo ở 1 tệp; đã kiểm tra 1 tệp theo danh mục catalog/hai-phong/2026.
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program whose country has one kind of unit, and one unit of it, more."""
    made = tmp_path_factory.mktemp("checkout")
    for name in ("danvan_cli", "catalog", "templates"):
        shutil.copytree(ROOT / name, made / name, ignore=shutil.ignore_patterns("__pycache__"))
    country = made / "catalog" / "quoc-gia"
    add(country / "loai_don_vi.csv", KIND)
    add(country / "don_vi" / "hai-phong.csv", UNIT)
    agencies = country / "co_quan.yaml"
    text = agencies.read_text("utf-8")
    for kinds in ("[xa, dac_khu]", "[xa, phuong]"):
        assert f"ap_dung: {kinds}" in text
        text = text.replace(f"ap_dung: {kinds}", f"ap_dung: {kinds[:-1]}, khu_hanh_chinh]")
    agencies.write_text(text, "utf-8")
    (made / "giay.txt").write_text(PAPER, "utf-8")
    return made


def add(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line, "utf-8")


def danvan(checkout: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "danvan_cli", *words],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def test_the_catalogue_is_whole_with_it(checkout: Path) -> None:
    assert danvan(checkout, "validate", "catalog")[0] == 0


def test_its_papers_are_made_and_found_clean(checkout: Path) -> None:
    words = ("render", "khu hành chính Sông Mới", "--loai", "ke-hoach-nam", "-o", "ra")
    assert danvan(checkout, *words)[0] == 0
    assert danvan(checkout, "validate", "ra")[0] == 0


def test_a_paper_of_it_is_read_as_one_of_a_commune(checkout: Path) -> None:
    assert danvan(checkout, "validate", "giay.txt") == (1, JUDGED)


def test_its_agencies_are_parted(checkout: Path) -> None:
    """Its committee begins an agency of its own, as Đảng ủy does."""
    code, said = danvan(checkout, "parse", "agencies", "Phòng Kinh tế và Khu ủy")
    assert code == 0
    assert json.loads(said)["phan"] == ["Phòng Kinh tế", "Khu ủy"]
