"""What someone stands by is not reported, keeps its reason, and is watched over."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from danvan_cli.validate.report.text import TextStyle, as_text
from tests.validate.cities import DAY_OFF, SMALL, UNIT, city_in, codes, run, told, written

OWN = "bo_qua:\n  - {ma_luat: DV305, noi: doi-thoai, ly_do: Thành phố đã đồng ý}\n"
CITY_DAY = """
      - ma: tet
        tt: "2.3"
        noi_dung: Thăm hỏi gia đình chính sách
        chu_tri: so-noi-vu
        thoi_gian: Hoàn thành trước ngày 07/02/2027
bo_qua:
  - {ma_luat: DV305, noi: tet, ly_do: Quyết định số 25/QĐ-UBND in ngày này}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_suppression_takes_the_finding_out_and_keeps_the_reason(tmp_path: Path) -> None:
    report = run(written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF + OWN))
    assert report.findings == ()
    (excused,) = report.excused
    assert (excused.finding.code, excused.finding.value) == ("DV305", "02/5/2027")
    assert excused.reason == "Thành phố đã đồng ý"
    assert str(excused.place) == "ho-so.yaml:6:5"


@pytest.mark.parametrize("place", ["doi-thoai", "doi-thoai.thoi_gian", "thoi_gian"])
def test_the_place_is_the_subject_or_a_part_of_it(tmp_path: Path, place: str) -> None:
    text = UNIT + DAY_OFF + OWN.replace("noi: doi-thoai", f"noi: {place}")
    assert run(written(tmp_path / "ho-so.yaml", text)).findings == ()


@pytest.mark.parametrize("name", ["ngay-nghi", "dv305"])
def test_a_rule_may_be_named_in_either_way(tmp_path: Path, name: str) -> None:
    text = UNIT + DAY_OFF + OWN.replace("DV305", name)
    assert run(written(tmp_path / "ho-so.yaml", text)).findings == ()


def test_a_suppression_holds_to_its_last_day_and_no_longer(tmp_path: Path) -> None:
    text = UNIT + DAY_OFF + OWN.replace("đồng ý}", "đồng ý, den_ngay: 01/3/2027}")
    path = written(tmp_path / "ho-so.yaml", text)
    assert run(path).findings == ()
    report = validate_paths([path], Options(SMALL, date(2027, 3, 2)))
    assert codes(report) == ["DV305", "DV218"]
    assert told(report.findings)[1] == (
        "ho-so.yaml:6:76 DV218 Mục bỏ qua DV305 ở 'doi-thoai' đã hết hạn ngày 01/3/2027. "
        "Sửa lỗi, hoặc gia hạn 'den_ngay' và nêu lý do."
    )


def test_a_suppression_of_a_rule_not_asked_for_is_not_called_unused(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + OWN)
    assert codes(run(path)) == ["DV218"]
    assert codes(run(path, ignore=("DV3",))) == []
    assert codes(run(path, select=("DV218", "DV4"))) == []


def test_a_fault_of_form_cannot_be_suppressed(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + OWN.replace("DV305", "DV104"))
    assert told(run(path).findings) == [
        "ho-so.yaml:4:15 DV105 DV104 là lỗi dạng của tệp, không bỏ qua được. "
        "Sửa lỗi rồi xóa mục này."
    ]


def test_a_misspelt_code_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + OWN.replace("DV305", "DV3055"))
    assert told(run(path).findings) == [
        "ho-so.yaml:4:15 DV105 Không có quy tắc 'DV3055'. Có phải 'DV305'? "
        "Xem các quy tắc bằng 'danvan rule'."
    ]


def test_the_city_stands_by_a_value_for_all_its_units(tmp_path: Path) -> None:
    city = city_in(tmp_path, danh_muc=CITY_DAY)
    assert codes(run(city, root=city)) == []
    text = UNIT + DAY_OFF.replace("Trước ngày 02/5/2027", "Trước ngày 07/02/2027")
    path = written(tmp_path / "ho-so.yaml", text)
    report = run(path, root=city)
    assert codes(report) == []
    assert [e.reason for e in report.excused] == ["Quyết định số 25/QĐ-UBND in ngày này"]
    assert codes(run(path, root=SMALL)) == ["DV305"]


def test_the_city_stands_by_a_value_for_documents_too(tmp_path: Path) -> None:
    city = city_in(tmp_path, danh_muc=CITY_DAY)
    text = """KẾ HOẠCH
Công tác dân vận năm 2027

1. Thăm hỏi gia đình chính sách.

- Cơ quan chủ trì: Phòng Kinh tế

- Thời gian thực hiện: Trước ngày 07/02/2027
"""
    path = written(tmp_path / "ke-hoach.txt", text)
    assert "DV305" in codes(run(path, root=SMALL))
    assert "DV305" not in codes(run(path, root=city))


def test_another_value_is_still_reported(tmp_path: Path) -> None:
    city = city_in(tmp_path, danh_muc=CITY_DAY)
    assert codes(run(written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF), root=city)) == ["DV305"]


def test_an_expired_suppression_of_the_city_stands_for_no_one(tmp_path: Path) -> None:
    city = city_in(tmp_path, danh_muc=CITY_DAY.replace("này}", "này, den_ngay: 28/02/2027}"))
    text = UNIT + DAY_OFF.replace("02/5", "07/02")
    assert codes(run(written(tmp_path / "ho-so.yaml", text), root=city)) == ["DV305"]
    assert codes(run(city, root=city)) == ["DV305", "DV218"]


def test_what_is_passed_over_can_be_seen(tmp_path: Path) -> None:
    report = run(written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF + OWN))
    plain, whole = as_text(report), as_text(report, TextStyle(excused=True))
    assert "DV305" not in plain
    assert "1 phát hiện được bỏ qua, có lý do; xem bằng --xem-bo-qua.\n" in plain
    assert whole.startswith("ho-so.yaml:4:68 DV305 '02/5/2027' rơi vào kỳ nghỉ")
    assert whole.splitlines()[0].endswith(" (bỏ qua ở ho-so.yaml:6:5: Thành phố đã đồng ý)")


def test_what_a_signer_must_know_is_told_though_passed_over(tmp_path: Path) -> None:
    task = """bo_sung:
  - ma: to-cao
    nhom: dan-chu
    ly_do: Nghị quyết của xã
    noi_dung: Phổ biến Luật Tố cáo
    chu_tri: phong-van-hoa-xa-hoi
    thoi_gian: Quý II/2027
bo_qua:
  - {ma_luat: DV519, noi: to-cao, ly_do: Công an xã đã đọc bản gốc}
"""
    report = run(written(tmp_path / "ho-so.yaml", UNIT + task))
    assert (report.findings, report.exit_code()) == ((), 0)
    first, _, last, *_ = as_text(report).splitlines()
    assert first.startswith("ho-so.yaml:7:24 DV519 Sổ văn bản chưa đối chiếu xong Luật Tố cáo: ")
    assert first.endswith(" (bỏ qua ở ho-so.yaml:11:5: Công an xã đã đọc bản gốc)")
    assert last.startswith("Không có phát hiện nào khác; đã kiểm tra 1 tệp")
    known = replace(report, excused=(), known=tuple(e.finding for e in report.excused))
    assert " (đã có trong tệp mốc)\n" in as_text(known)


def test_what_is_said_of_two_editions_alone_may_be_passed_over_for_good(tmp_path: Path) -> None:
    """DV115 can be found only beside the older catalogue; without it nothing calls it superfluous."""
    excuse = (
        "bo_qua:\n  - {ma_luat: DV115, noi: doi-thoai, ly_do: Thành phố đã công bố bỏ việc này}\n"
    )
    city = city_in(tmp_path, danh_muc=excuse)
    path = city / "2027" / "danh_muc.yaml"
    text = path.read_text("utf-8")
    at = text.index("      - ma: doi-thoai")
    path.write_text(text[:at] + text[text.index("bo_qua:") :], "utf-8")
    assert codes(run(city, root=city)) == []
    report = run(city, root=city, base=SMALL)
    assert (codes(report), [e.finding.code for e in report.excused]) == ([], ["DV115"])
    assert codes(run(city_in(tmp_path / "hai", danh_muc=excuse), base=SMALL)) == ["DV218"]
