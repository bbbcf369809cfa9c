"""Papers of one unit in one folder, made by danvan: what DV617 and DV618 say of a half-new set."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.findings import Finding
from danvan_cli.load.opener import load_catalogue
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.text import as_text
from tests.cities import SMALL
from tests.hands import Edit, by_hand
from tests.rules.judging import TODAY

PROFILE = 'don_vi: dong-xuan\ndanh_muc: "2027"\n'
BEFORE = f"{PROFILE}nguoi_ky: Nguyễn Văn A\n"
AFTER = f"""{PROFILE}nguoi_ky: {{chuc_vu: pho_chu_tich, ho_ten: Trần Thị B}}
ly_do: Theo phân công của xã.
loai_bo: [{{ma: quy-che-dan-chu}}]
sua_doi: [{{ma: ke-hoach-dan-chu, chu_tri: phong-kinh-te, thoi_gian: Quý I/2027}}]
"""
CATALOGUE = load_catalogue(SMALL)[0]
assert CATALOGUE is not None


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SMALL, tmp_path / "thanh-pho-nho")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", "thanh-pho-nho")


def made(profile: str, *options: str) -> None:
    Path("ho-so.yaml").write_text(profile, "utf-8")
    assert run(["render", "ho-so.yaml", "-o", "ra", *options]) == 0


def judged(path: str) -> Report:
    return validate_paths([Path(path)], Options(Path("thanh-pho-nho"), TODAY))


def said() -> list[Finding]:
    return [finding for finding in judged("ra").findings if finding.code in ("DV617", "DV618")]


def messages() -> list[str]:
    return [f"{Path(f.place.path).name}: {f.code} {f.message}" for f in said()]


@pytest.mark.parametrize("unit", [str(unit.ma) for unit in CATALOGUE.units])
def test_the_papers_of_a_unit_agree(unit: str) -> None:
    assert run(["render", unit, "-o", "ra"]) == 0
    assert said() == []


def test_a_set_made_again_agrees() -> None:
    made(BEFORE)
    made(AFTER)
    assert said() == []


def test_an_old_paper_among_new_ones_is_told_with_both_values() -> None:
    made(BEFORE)
    made(AFTER, "--loai", "quyet-dinh,danh-muc")
    assert messages() == [
        "dong-xuan-chuong-trinh-2027.docx: DV617 Thời hạn 'Hoàn thành trước ngày 27/02/2027' khác 'Quý I/2027' ở 'dong-xuan-danh-muc-2027.docx' cho cùng nhiệm vụ 2.1.a 'Xây dựng Kế hoạch thực hiện dân chủ ở…'. Sửa cho hai văn bản khớp nhau.",
        "dong-xuan-chuong-trinh-2027.docx: DV617 Cơ quan chủ trì 'Các cơ quan, đơn vị' khác 'Phòng Kinh tế' ở 'dong-xuan-danh-muc-2027.docx' cho cùng nhiệm vụ 2.1.a 'Xây dựng Kế hoạch thực hiện dân chủ ở…'. Sửa cho hai văn bản khớp nhau.",
        "dong-xuan-chuong-trinh-2027.docx: DV617 Danh sách nhiệm vụ khác 'dong-xuan-danh-muc-2027.docx' (6 và 5 nhiệm vụ): chỉ ở đây có: 5 'Sửa đổi, bổ sung Quy chế dân chủ ở…'. Sửa cho hai văn bản khớp nhau, hoặc làm lại cả bộ từ một hồ sơ.",
        "dong-xuan-quyet-dinh-2027.docx: DV618 Người ký 'TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH, Trần Thị B' khác 'TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH, Nguyễn Văn A' ở 'dong-xuan-chuong-trinh-2027.docx'. Hai người ký là đúng ý thì để nguyên và ghi nguoi_ky của văn bản này trong hồ sơ.",
    ]


def test_a_row_taken_out_by_hand_is_told_and_a_copy_kept_aside_is_not() -> None:
    made(BEFORE)
    path = Path("ra/dong-xuan-chuong-trinh-2027.docx")
    path.with_name("dong-xuan-chuong-trinh-2027.ban-sua-1.docx").write_bytes(path.read_bytes())
    assert said() == []
    report = judged("ra")
    assert len(report.files) == 3
    copy = "ra/dong-xuan-chuong-trinh-2027.ban-sua-1.docx"
    assert f"Bản danvan đã cất riêng, không kiểm tra: {copy}." in as_text(report)
    assert judged(copy).files == (copy,)
    path.unlink()
    assert len(judged("ra").files) == 3
    path.write_bytes(Path(copy).read_bytes())
    path = Path("ra/dong-xuan-danh-muc-2027.docx")
    path.write_bytes(by_hand(path.read_bytes(), Edit("xóa", "Tổ chức đối thoại", row=True)))
    (finding,) = said()
    assert "(6 và 5 nhiệm vụ): chỉ ở đây có: 6 'Tổ chức đối thoại với Nhân dân" in finding.message


def test_a_signer_of_its_own_is_no_disagreement() -> None:
    made(f"{BEFORE}van_ban: {{chuong-trinh: {{nguoi_ky: Trần Thị B}}}}\n")
    assert said() == []
