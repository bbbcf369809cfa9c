"""A commune of a province that nobody has a catalogue of: what the country alone gives it."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.findings import Place
from danvan_cli.load.choosing import Catalogues
from danvan_cli.load.profile import find_unit
from danvan_cli.load.search import Uncatalogued
from danvan_cli.load.units import ListedPlace, communes, provinces
from danvan_cli.localize.locality import Locality
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document as ReadDocument
from danvan_cli.validate.checks.documents.units import check_units
from danvan_cli.validate.checks.view import View
from danvan_cli.validate.checks.wording.capitals import check_names
from danvan_cli.validate.setting import Setting
from tests.starting.places import CATALOGUE, danvan, own_catalogue

START = 'danvan new city da-nang "thành phố Đà Nẵng"'
TOLD = (
    "Chưa có danh mục của thành phố Đà Nẵng; dùng phần chung của cả nước, chưa có nhiệm vụ nào. "
    "Ghi nhiệm vụ của đơn vị ở 'bo_sung' của hồ sơ{init}. Bắt đầu danh mục: "
    f"{START}\n"
)
LEFT_OPEN = (
    "Còn bỏ ngỏ khi thành phố Đà Nẵng chưa có danh mục: văn bản không nhắc quyết định và chủ đề năm "
    "của thành phố; chưa làm được chuong-trinh, ke-hoach-nghi-quyet.\n"
)
SEVEN = (
    "'xã Tân Tiến' có ở 7 nơi chưa có danh mục. Chọn một: 'tuyen-quang/tan-tien' (xã Tân Tiến, "
    "tỉnh Tuyên Quang), 'lang-son/tan-tien' (xã Tân Tiến, tỉnh Lạng Sơn), 'hung-yen/tan-tien' "
    "(xã Tân Tiến, tỉnh Hưng Yên), 'thanh-hoa/tan-tien' (xã Tân Tiến, tỉnh Thanh Hóa), "
    "'dak-lak/tan-tien' (xã Tân Tiến, tỉnh Đắk Lắk), 'dong-nai/tan-tien' (xã Tân Tiến, tỉnh Đồng "
    "Nai), 'ca-mau/tan-tien' (xã Tân Tiến, tỉnh Cà Mau)."
)
PAPER = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{unit}\tĐộc lập - Tự do - Hạnh phúc

Số: 12/KH-UBND\t{place}, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Công tác dân vận năm 2026

Báo cáo theo Chỉ thị số 33/TT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ.
Phòng Văn hóa và Xã hội phối hợp với phường Hải Châuu.

1. Đối thoại với Nhân dân.
- Thời gian thực hiện: Chậm nhất ngày 02/5/2026.
- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.
"""


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def words_of(path: str) -> str:
    document = Document(path)
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    words = "\n".join([*(p.text for p in document.paragraphs), *cells])
    return words.replace("\xa0", " ").replace("\u2011", "-")


def test_it_gets_a_letterhead_offices_and_the_command_that_starts_its_province(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert danvan("render", "xã Hòa Vang", "-o", "ra") == 0
    said = capsys.readouterr()
    assert said.out == "ra/hoa-vang-quyet-dinh-2026.docx\n"
    assert said.err == (
        f"{TOLD.format(init=' (danvan init da-nang/hoa-vang)')}"
        "Chưa có nhiệm vụ nào nên chưa làm: danh-muc, ke-hoach-nam.\n"
        f"{LEFT_OPEN}"
        "Trước khi ký, soát lại: danvan validate ra\n"
    )
    words = words_of("ra/hoa-vang-quyet-dinh-2026.docx")
    assert "XÃ HÒA VANG" in words
    assert "Theo đề nghị của Trưởng Phòng Văn hóa - Xã hội." in words
    assert "Hải Phòng" not in words
    assert danvan("validate", "ra", "--ignore", "DV519") == 0
    assert capsys.readouterr().out == (
        "Không có phát hiện nào; đã kiểm tra 1 tệp theo danh mục quoc-gia đi kèm danvan.\n"
        "Soát theo phần chung của cả nước (thành phố Đà Nẵng chưa có danh mục; bắt đầu: "
        f"{START}): ra/hoa-vang-quyet-dinh-2026.docx.\n"
    )


def test_its_unit_file_is_started_judged_and_rendered(capsys: pytest.CaptureFixture[str]) -> None:
    assert danvan("init", "phường Hải Châu") == 0
    assert "hồ sơ của phường Hải Châu, thành phố Đà Nẵng" in capsys.readouterr().out
    assert "don_vi: da-nang/hai-chau\n" in Path("ho-so.yaml").read_text("utf-8")
    assert danvan("validate", "ho-so.yaml") == 0
    assert START in capsys.readouterr().out
    assert danvan("render", "ho-so.yaml") == 0
    assert Path("hai-chau/hai-chau-quyet-dinh-2026.docx").is_file()
    capsys.readouterr()
    assert danvan("localize", "ho-so.yaml") == 0
    said = capsys.readouterr()
    told = TOLD.format(init="")
    assert (said.out, said.err) == (
        "Chương trình của phường Hải Châu: 0 nhiệm vụ, đánh số của phường\n",
        told,
    )


def test_its_own_tasks_make_its_papers_and_what_is_left_open_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert danvan("init", "phường Hải Châu") == 0
    path = Path("ho-so.yaml")
    # The example that the file comes with is used as it stands.
    head, mark, tail = path.read_text("utf-8").partition("# nhom:\n")
    sample, gap, rest = f"{mark}{tail}".partition("\n\n")
    path.write_text(f"{head}{sample.replace('# ', '')}{gap}{rest}", "utf-8")
    assert danvan("validate", "ho-so.yaml") == 0
    capsys.readouterr()
    assert danvan("render", "ho-so.yaml") == 0
    said = capsys.readouterr()
    assert said.out == "".join(
        f"hai-chau/hai-chau-{kind}-2026.docx\n"
        for kind in ("quyet-dinh", "danh-muc", "ke-hoach-nam")
    )
    assert said.err == (
        "Chưa có danh mục của thành phố Đà Nẵng; dùng phần chung của cả nước và nhiệm vụ ghi ở "
        f"'bo_sung' của hồ sơ. Bắt đầu danh mục: {START}\n{LEFT_OPEN}"
        "Cần xác nhận: thời hạn các cơ quan, đơn vị gửi báo cáo (05/6, 30/11).\n"
        "Trước khi ký, soát lại: danvan validate hai-chau\n"
    )
    assert danvan("validate", "hai-chau", "--ignore", "DV519") == 0
    listed = words_of("hai-chau/hai-chau-danh-muc-2026.docx")
    plan = words_of("hai-chau/hai-chau-ke-hoach-nam-2026.docx")
    task = "Chủ tịch Ủy ban nhân dân phường đối thoại, tiếp xúc trực tiếp với Nhân dân"
    for words in (listed, plan):
        assert task in words
        assert "Quý II/2026" in words
        assert "Hải Phòng" not in words
    assert "CÁC NHIỆM VỤ VỀ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ CỦA PHƯỜNG" in listed
    assert "ban hành Kế hoạch thực hiện công tác dân vận năm 2026 như sau:" in plan
    assert "chủ đề" not in plan


def test_its_own_theme_is_named_without_one_of_the_province() -> None:
    Path("ho-so.yaml").write_text(OWN.replace("de_trong\n", "de_trong\nchu_de: Gần dân\n"), "utf-8")
    assert danvan("render", "ho-so.yaml", "--loai", "ke-hoach-nam", "-o", "ra") == 0
    assert "theo chủ đề năm 2026 của phường “Gần dân” như sau:" in (
        words_of("ra/hai-chau-ke-hoach-nam-2026.docx")
    )


OWN = """don_vi: da-nang/hai-chau
danh_muc: "2026"
nguoi_ky: de_trong
ly_do: Kế hoạch của phường.
nhom: [{ma: dan-chu, ten: DÂN CHỦ}]
bo_sung:
  - {ma: doi-thoai, nhom: dan-chu, noi_dung: Đối thoại, chu_tri: van-phong-hdnd-ubnd, thoi_gian: Quý II/2026}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "nhom: [{ma: dan-chu, ten: DÂN CHỦ}]\n",
            "",
            "Không có nhóm 'dan-chu'. Khai ở 'nhom' của hồ sơ: {ma: dan-chu, ten: TÊN NHÓM}.",
        ),
        (
            "nhom: dan-chu, noi",
            "nhom: dan-chuu, noi",
            "Không có nhóm 'dan-chu'. Nhóm riêng phải có nhiệm vụ: ghi 'nhom: dan-chu' ở một mục "
            "của 'bo_sung'.",
        ),
        (
            "ten: DÂN CHỦ",
            "anh_xa: {cong-an: mttq}",
            "Không có nhóm 'dan-chu'. Khai ở 'nhom' của hồ sơ: {ma: dan-chu, ten: TÊN NHÓM}.",
        ),
    ],
)
def test_a_group_that_is_nowhere_is_told(
    old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in OWN
    Path("ho-so.yaml").write_text(OWN.replace(old, new), "utf-8")
    assert danvan("validate", "ho-so.yaml") == 1
    assert f"DV211 {said}\n" in capsys.readouterr().out


def test_its_file_goes_to_the_next_year_and_to_a_catalogue_once_there_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("ho-so.yaml").write_text(OWN, "utf-8")
    words = ("upgrade", "ho-so.yaml", "--nam", "2027")
    assert danvan(*words) == 1
    assert "bo_sung 'doi-thoai': đặt lại. Thời hạn của năm 2026." in capsys.readouterr().out
    assert 'danh_muc: "2027"' in Path("ho-so.yaml").read_text("utf-8")
    assert danvan("render", "ho-so.yaml", "-o", "ra") == 0
    assert Path("ra/hai-chau-danh-muc-2027.docx").is_file()
    root = own_catalogue(tmp_path)
    assert danvan("--catalog", root, "--nam", "2027", *START.split()[1:4], "thành phố Đà Nẵng") == 0
    capsys.readouterr()
    assert danvan("--catalog", root, "localize", "ho-so.yaml") == 0
    assert "4 nhiệm vụ" in capsys.readouterr().out


def test_its_papers_are_judged_by_its_own_province(capsys: pytest.CaptureFixture[str]) -> None:
    paper = PAPER.format(unit="XÃ HÒA VANG", place="Hòa Vang")
    Path("ke-hoach.txt").write_text(paper, "utf-8")
    assert danvan("validate", "ke-hoach.txt") == 1
    said = capsys.readouterr().out
    assert " DV305 " in said
    assert "ke-hoach.txt:9:25 DV501 " in said
    assert "Không có đơn vị nào tên 'phường Hải Châuu'; gần nhất là 'phường Hải Châu'." in said
    assert f"(thành phố Đà Nẵng chưa có danh mục; bắt đầu: {START}): ke-hoach.txt." in said
    assert "hai-phong" not in said


def test_a_name_of_several_provinces_is_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("render", "xã Tân Tiến"), ("init", "xã Tân Tiến"), ("localize", "xã Tân Tiến")):
        assert danvan(*words) == 2
        assert capsys.readouterr().err == f"Lỗi: {SEVEN}\n"
    Path("ho-so.yaml").write_text("don_vi: xã Tân Tiến\nnguoi_ky: de_trong\n", "utf-8")
    assert danvan("validate", "ho-so.yaml") == 1
    assert f"ho-so.yaml:1:9 DV205 {SEVEN}\n" in capsys.readouterr().out
    Path("ke-hoach.txt").write_text(PAPER.format(unit="XÃ TÂN TIẾN", place="Tân Tiến"), "utf-8")
    assert danvan("validate", "ke-hoach.txt", "--unit", "xã Tân Tiến") == 2
    capsys.readouterr()
    assert danvan("validate", "ke-hoach.txt") == 1
    said = capsys.readouterr().out
    assert "'XÃ TÂN TIẾN' có ở 7 nơi, thêm --unit của một nơi: 'tuyen-quang/tan-tien' " in said
    assert "DV501" in said
    assert danvan("validate", "ke-hoach.txt", "--unit", "lang-son/tan-tien") == 1
    assert "(tỉnh Lạng Sơn chưa có danh mục; bắt đầu: danvan new city lang-son " in (
        capsys.readouterr().out
    )


def test_a_paper_that_danvan_made_says_of_which_province(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert danvan("render", "lang-son/tan-tien", "-o", "ra") == 0
    capsys.readouterr()
    assert danvan("validate", "ra", "--ignore", "DV519") == 0
    assert "(tỉnh Lạng Sơn chưa có danh mục; bắt đầu: danvan new city lang-son " in (
        capsys.readouterr().out
    )


def test_its_papers_are_compared_with_nothing_before_there_is_a_catalogue(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("danh-muc.txt").write_text(PAPER.format(unit="XÃ HÒA VANG", place="Hòa Vang"), "utf-8")
    assert danvan("import", "danh-muc.txt") == 2
    assert capsys.readouterr().err == (
        "Lỗi: Chưa có danh mục của thành phố Đà Nẵng để đối chiếu. "
        f"Bắt đầu: {START}. Rồi chạy lại lệnh này.\n"
    )


def test_a_province_may_ask_too_and_a_city_at_hand_comes_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert danvan("localize", "thành phố Đà Nẵng") == 0
    assert capsys.readouterr().err == TOLD.format(init=" (danvan init da-nang/da-nang)")
    assert danvan("localize", "xã An Lão") == 0
    assert "Chưa có danh mục" not in capsys.readouterr().err
    root = own_catalogue(tmp_path)
    shutil.rmtree(root / "hai-phong" / "2026" / "van_ban", ignore_errors=True)
    assert danvan("--catalog", root / "hai-phong", "localize", "xã Hòa Vang") == 2
    assert capsys.readouterr().err == (
        "Lỗi: Không có đơn vị 'xã Hòa Vang' trong danh sách của thành phố Hải Phòng. "
        "Có ở thành phố Đà Nẵng: da-nang/hoa-vang.\n"
    )


COUNTRY = CATALOGUE / "quoc-gia"
UNITS = [(p, u) for p in provinces(COUNTRY) for u in communes(COUNTRY, p.ma)]
AT_HAND = Catalogues(CATALOGUE)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(UNITS))
def test_any_commune_of_the_country_is_found_and_named_as_itself(
    unit: tuple[ListedPlace, ListedPlace],
) -> None:
    province, commune = unit
    where = AT_HAND.city_with(f"{province.ma}/{commune.ma}")
    at_hand = (CATALOGUE / province.ma).is_dir()
    assert where == (
        CATALOGUE / province.ma if at_hand else Uncatalogued(COUNTRY, province.ma, "2026")
    )
    catalogue, faults = AT_HAND.of(where)
    assert faults == ()
    assert catalogue is not None
    found = find_unit(catalogue, f"{province.ma}/{commune.ma}")
    assert (str(found.ten), str(found.loai)) == (commune.ten, commune.loai)
    assert Locality.of(catalogue, found).full_name.endswith(commune.ten)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(UNITS))
def test_no_commune_of_the_country_is_called_unknown_in_its_own_province(
    unit: tuple[ListedPlace, ListedPlace],
) -> None:
    province, commune = unit
    catalogue, _ = AT_HAND.at(Uncatalogued(COUNTRY, province.ma, "2026"))
    assert catalogue is not None
    own = find_unit(catalogue, f"{province.ma}/{communes(COUNTRY, province.ma)[0].ma}")
    name = f"{catalogue.kinds[commune.loai].ten} {commune.ten}"
    words = f"Trao đổi kinh nghiệm với {name}, {name}."
    passage = _line(words)
    setting = Setting(catalogue, "van_ban", 2026, unit=own, home=False)
    document = ReadDocument(Path("x"), (passage,))
    assert [f.message for f in check_units(document, setting)] == []


def test_no_name_of_a_commune_is_another_name_in_the_wrong_letters() -> None:
    found = [
        finding.message
        for _, unit in UNITS
        for finding in check_names(View(_line(f"{unit.ten}, ngày 05/02/2026")), {unit.ten})
    ]
    assert found == []
    assert [f.value for f in check_names(View(_line("Trung Tâm, ngày 05/02/2026")))] == [
        "Trung Tâm"
    ]


def _line(words: str) -> Passage:
    return Passage(words, "chu", "", partial(Place, "x", 1), True)
