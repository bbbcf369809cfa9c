"""What faults are planted in: a small city, a unit's file and a paper of it, all without a finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cities import SMALL

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
