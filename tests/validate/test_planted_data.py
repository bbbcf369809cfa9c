"""Any single fault planted in a catalogue, a unit's file or a document is named; without it, nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cities import SMALL
from tests.validate.cities import run

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "planted_data.yaml").read_text("utf-8"))
KINDS = 40
OWN = """don_vi: xã Đông Xuân
danh_muc: "2027"
nguoi_ky: de_trong
sua_doi:
  - {ma: doi-thoai, ly_do: Lịch của xã, thoi_gian: Trước ngày 28/9/2027}
  - ma: ke-hoach-dan-chu
    ly_do: Câu của xã
    noi_dung: {thay: {Xây dựng Kế hoạch thực hiện: Xây dựng và triển khai Kế hoạch thực hiện}}
bo_sung:
  - ma: hop-thon
    nhom: dan-chu
    ly_do: Nghị quyết của Đảng ủy xã
    noi_dung: Quán triệt Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, tổng hợp kết quả
    chu_tri: phong-van-hoa-xa-hoi
    phoi_hop: cong-an
    thoi_gian: Trước ngày 02/5/2027
van_ban:
  quyet-dinh:
    thay:
      quyet-dinh-25: Căn cứ Quyết định số 25/QĐ-UBND ngày 20/01/2027 của Ủy ban nhân dân thành phố Sơn Hà
bo_qua:
  - {ma_luat: DV305, noi: hop-thon, ly_do: Lịch đã thống nhất với các thôn}
"""
PAPER = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG XUÂN
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đông Xuân, ngày 05 tháng 02 năm 2027
KẾ HOẠCH
Thực hiện công tác dân vận năm 2027
Thực hiện Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 của Chính phủ, Ủy ban nhân dân xã ban hành Kế hoạch như sau:
1. Tổ chức tuyên truyền tại các thôn của xã Đông Xuân.
- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.
- Cơ quan phối hợp: Phòng Kinh tế.
- Thời gian thực hiện: Trước ngày 15/9/2027.
2. Tiếp công dân.
- Cơ quan chủ trì: Văn phòng Hội đồng nhân dân và Ủy ban nhân dân.
- Thời gian thực hiện: Hằng tháng.
3. Đối thoại với Nhân dân.
- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.
- Thời gian thực hiện: Quý III/2027.
Trên đây là Kế hoạch thực hiện công tác dân vận năm 2027 của xã./.
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "thanh-pho")
    (tmp_path / "ho-so.yaml").write_text(OWN, "utf-8")
    (tmp_path / "ke-hoach.txt").write_text(PAPER, "utf-8")
    return tmp_path


def judged(place: Path) -> list[str]:
    city = place / "thanh-pho"
    report = run(city, place / "ho-so.yaml", place / "ke-hoach.txt", root=city)
    return [f"{f.place} {f.code} {f.message}" for f in report.findings]


def test_there_are_enough_kinds_in_each_of_the_three() -> None:
    files = {case["tep"] for case in CASES}
    assert len(CASES) >= KINDS
    assert {"ho-so.yaml", "ke-hoach.txt", "2027/danh_muc.yaml", "phap_ly.yaml"} <= files


def test_the_unplanted_original_is_silent(place: Path) -> None:
    assert judged(place) == []


@pytest.mark.parametrize("case", CASES, ids=[case["ten"] for case in CASES])
def test_a_planted_fault_is_named(place: Path, case: dict[str, Any]) -> None:
    own = place / case["tep"]
    path = own if own.is_file() else place / "thanh-pho" / case["tep"]
    text = path.read_text("utf-8")
    old, new = str(case["tu"]), str(case["thanh"])
    assert old in text, case
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = judged(place)
    assert any(f" {case['ma']} " in line for line in found), found
