"""A second city with the commands alone: from nothing to a decision that validates."""

from __future__ import annotations

import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from tests.starting.places import danvan, own_catalogue

SHEET = {
    "xl/sharedStrings.xml": "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    "<si><t>Tên</t></si><si><t>Loại</t></si><si><t>Đồng Cao</t></si><si><t>xã</t></si></sst>",
    "xl/worksheets/sheet1.xml": "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row>"
    "<row r='2'><c r='A2' t='s'><v>2</v></c><c r='C2' t='s'><v>3</v></c></row>"
    "<row r='3'><c r='A3' t='inlineStr'><is><t>Sông Mới</t></is></c><c r='C3' t='s'><v>3</v></c></row>"
    "</sheetData></worksheet>",
}


@pytest.mark.parametrize(
    ("ma", "name", "unit", "kinds"),
    [
        ("da-nang", "thành phố Đà Nẵng", "hoa-vang", {"xa", "phuong", "dac_khu"}),
        # Xã and phường only; and one with many names in common with Hải Phòng.
        ("lao-cai", "tỉnh Lào Cai", "sa-pa", {"xa", "phuong"}),
        ("gia-lai", "tỉnh Gia Lai", "an-lao", {"xa", "phuong"}),
        ("ho-chi-minh", "thành phố Hồ Chí Minh", "con-dao", {"xa", "phuong", "dac_khu"}),
    ],
)
def test_two_commands_and_no_line_by_hand_give_papers_that_validate(
    ma: str,
    name: str,
    unit: str,
    kinds: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert danvan("--nam", 2027, "new", "city", ma, name) == 0
    city = Path("catalog") / ma
    assert danvan("--catalog", city, "validate", city) == 0
    assert danvan("--catalog", city, "render", unit, "-o", "ra") == 0
    assert danvan("--catalog", city, "validate", "ra", "--ignore", "DV519") == 0
    assert sorted(p.name for p in Path("ra").iterdir()) == [
        f"{unit}-danh-muc-2027.docx",
        f"{unit}-ke-hoach-nam-2027.docx",
        f"{unit}-quyet-dinh-2027.docx",
    ]
    capsys.readouterr()
    catalogue, faults = load_catalogue(city)
    assert faults == ()
    assert catalogue is not None
    assert catalogue.province == name
    assert {u.loai for u in catalogue.units} == kinds
    locality = Locality.of(catalogue, find_unit(catalogue, unit))
    assert not localize(locality).findings
    words = " ".join(str(t.noi_dung) for t in localize(locality).tasks)
    assert "Hải Phòng" not in words


def test_a_province_calls_its_party_committee_and_offices_by_their_names(tmp_path: Path) -> None:
    assert (
        danvan("--catalog", tmp_path, "--nam", 2027, "new", "city", "gia-lai", "tỉnh Gia Lai") == 0
    )
    catalogue, _ = load_catalogue(tmp_path / "gia-lai")
    assert catalogue is not None
    names = {str(a.ma): (str(a.ten), {str(n) for n in a.ten_khac}) for a in catalogue.agencies}
    assert names["ban-tuyen-giao-va-dan-van-tinh-uy"][0] == "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    assert names["thanh-tra-tinh"][0] == "Thanh tra tỉnh"
    assert "Sở Nội vụ tỉnh Gia Lai" in names["so-noi-vu"][1]


def test_one_name_in_two_cities_is_asked_about_and_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = own_catalogue(tmp_path)
    assert danvan("--catalog", root, "new", "city", "gia-lai", "tỉnh Gia Lai") == 0
    capsys.readouterr()
    assert danvan("--catalog", root, "localize", "xã An Lão") == 2
    assert capsys.readouterr().err == (
        "Lỗi: 'xã An Lão' có ở nhiều nơi. Chọn một: 'gia-lai/an-lao' (xã An Lão, tỉnh Gia Lai), "
        "'hai-phong/an-lao' (xã An Lão, thành phố Hải Phòng).\n"
    )
    for words in ("gia-lai/an-lao", "xã An Lão, tỉnh Gia Lai"):
        assert danvan("--catalog", root, "localize", words) == 0
        assert "3 nhiệm vụ" in capsys.readouterr().out
    profile = tmp_path / "ho-so.yaml"
    profile.write_text("don_vi: gia-lai/an-lao\nnguoi_ky: de_trong\n", "utf-8")
    assert danvan("--catalog", root, "validate", profile) == 0
    profile.write_text("don_vi: an-lao\nnguoi_ky: de_trong\n", "utf-8")
    assert danvan("--catalog", root, "validate", profile) == 1
    assert "DV205 'an-lao' có ở nhiều nơi." in capsys.readouterr().out


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_place_outside_the_list_brings_its_units_in_a_table(form: str, tmp_path: Path) -> None:
    table = tmp_path / f"don-vi.{form}"
    if form == "csv":
        table.write_text("STT;Tên;Loại\n1;Đồng Cao;xã\n2;Sông Mới;xã\n", "utf-8")
    else:
        with zipfile.ZipFile(table, "w") as package:
            for name, text in SHEET.items():
                package.writestr(name, text)
    words = (
        "--catalog",
        tmp_path / "catalog",
        "--nam",
        2027,
        "new",
        "city",
        "dong-cao",
        "tỉnh Đồng Cao",
    )
    assert danvan(*words) == 2
    assert danvan(*words, "--don-vi", table) == 0
    city = tmp_path / "catalog" / "dong-cao"
    assert danvan("--catalog", city, "validate", city) == 0
    catalogue, _ = load_catalogue(city)
    assert catalogue is not None
    assert [(str(u.ma), str(u.loai)) for u in catalogue.units] == [
        ("dong-cao-xa", "xa"),
        ("song-moi", "xa"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["city", "da-nag", "thành phố Đà Nẵng"],
            "thành phố Đà Nẵng có mã 'da-nang'. Gõ: danvan new city da-nang \"thành phố Đà Nẵng\".",
        ),
        (
            ["city", "lao-cai"],
            'Thiếu tên của tỉnh, thành phố. Ví dụ: danvan new city lao-cai "tỉnh Lào Cai".',
        ),
        (
            ["city", "lao-cai", "thành phố Lào Cai"],
            "'lao-cai' là tỉnh Lào Cai, không phải 'thành phố Lào Cai'. Gõ: lao-cai \"tỉnh Lào Cai\".",
        ),
        (["citi", "x"], "'danvan new' không có 'citi'. Có phải 'city'? Nhận: city, year."),
        (["year", "27"], "'27' không phải là năm. Ghi bốn chữ số."),
    ],
)
def test_what_cannot_be_started_is_said(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert danvan("--catalog", own_catalogue(tmp_path), "new", *words) == 2
    assert capsys.readouterr().err == f"Lỗi: {said}\n"


def test_a_city_copied_and_not_changed_is_told_whose_decision_it_still_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = own_catalogue(tmp_path)
    city = Path(shutil.copytree(root / "hai-phong", root / "da-nang"))
    (city / "don_vi.yaml").write_text("tinh: da-nang\n", "utf-8")
    assert danvan("--catalog", city, "validate", city) == 1
    assert (
        "DV105 Danh mục của thành phố Đà Nẵng ghi ban hành theo 'qd-371-qd-ubnd-2026' của Hải Phòng. "
        "Ghi quyết định của thành phố Đà Nẵng, chưa có thì bỏ khóa này."
    ) in capsys.readouterr().out


LETTERHEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{city}\tĐộc lập - Tự do - Hạnh phúc
"""
DECISION = f"""{LETTERHEAD}
Số: 88/QĐ-UBND\t{{place}}, ngày 20 tháng 01 năm 2026

QUYẾT ĐỊNH
Về việc ban hành Danh mục nhiệm vụ thực hiện công tác dân vận năm 2026 của cơ quan nhà nước trên địa bàn {{name}}

Điều 1. Ban hành kèm theo Quyết định này Danh mục nhiệm vụ, thực hiện chủ đề năm 2026 “Gần dân, vì dân”.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

"""
LIST = f"""{LETTERHEAD}
DANH MỤC
Nhiệm vụ thực hiện công tác dân vận năm 2026 của cơ quan nhà nước trên địa bàn {{name}}
(Kèm theo Quyết định số 88/QĐ-UBND ngày 20 tháng 01 năm 2026 của Ủy ban nhân dân {{name}})

TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện
I\tTUYÊN TRUYỀN
1\tTuyên truyền các văn bản về công tác dân vận\tSở Nội vụ\tỦy ban nhân dân cấp xã\tQuý I/2026
2\tĐối thoại với Nhân dân vùng cao\tỦy ban nhân dân cấp xã\tSở Nội vụ\tTrước ngày 30/6/2026
II\tDÂN CHỦ
3\tKiểm tra việc thực hiện dân chủ ở cơ sở\tSở Nội vụ\tSở Tư pháp\tQuý III/2026
"""


@pytest.mark.parametrize(
    ("ma", "name", "unit", "file"),
    [
        # Xã and phường only; and one with names in common with the shipped city's.
        ("lao-cai", "tỉnh Lào Cai", "phường Sa Pa", "sa-pa"),
        ("gia-lai", "tỉnh Gia Lai", "xã An Lão", "an-lao"),
    ],
)
@pytest.mark.parametrize("paper", [DECISION + LIST, LIST], ids=["quyet dinh", "danh muc"])
def test_from_nothing_to_a_decision_in_five_commands_and_no_line_by_hand(
    ma: str,
    name: str,
    unit: str,
    file: str,
    paper: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    place = name.partition(" ")[2]
    Path("van-ban.txt").write_text(paper.format(city=name.upper(), name=name, place=place), "utf-8")
    city, own = Path("catalog") / ma, ("--catalog", "catalog")
    commands = [
        ("new", "city", ma, name),
        (*own, "import", "van-ban.txt", "--to", "catalogue", "-o", city, "--force"),
        (*own, "validate", city),
        (*own, "render", unit, "-o", "ra"),
        (*own, "validate", "ra"),
    ]
    whole = paper != LIST
    for words in commands[:-1]:
        assert danvan(*words) == 0, (words, capsys.readouterr())
    capsys.readouterr()
    # A danh mục alone does not say what its decision is called: every paper citing it says so.
    assert danvan(*commands[-1]) == (0 if whole else 1)
    assert ("DV519" in capsys.readouterr().out) is not whole
    assert danvan(*commands[-1], "--ignore", "DV519") == 0
    assert (Path("ra") / f"{file}-quyet-dinh-2026.docx").is_file()
    catalogue, faults = load_catalogue(city)
    assert faults == ()
    assert catalogue is not None
    assert catalogue.edition.chu_de == ("Gần dân, vì dân" if whole else None)
    decision = next(d for d in catalogue.legal if d.ma == catalogue.edition.van_ban)
    issuer = f"Ủy ban nhân dân {name}"
    assert (decision.so_hieu, decision.ngay, decision.co_quan) == (
        "88/QĐ-UBND",
        "20/01/2026",
        issuer,
    )
    programme = localize(Locality.of(catalogue, find_unit(catalogue, unit)))
    assert [str(t.noi_dung) for t in programme.tasks] == [
        "Tuyên truyền các văn bản về công tác dân vận",
        "Đối thoại với Nhân dân vùng cao",
        "Kiểm tra việc thực hiện dân chủ ở cơ sở",
    ]


def test_what_to_do_next_is_said_with_commands_that_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert danvan("new", "city", "lao-cai", "tỉnh Lào Cai") == 0
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "Mở catalog/lao-cai/2026/danh_muc.yaml, thay nhiệm vụ mẫu bằng của mình; danh mục đã có ở tệp Word thì:",
        "  danvan import DANH-MUC.docx --to catalogue -o catalog/lao-cai --force",
        "Rồi soát và làm thử văn bản của một đơn vị:",
        "  danvan validate catalog/lao-cai",
        '  danvan render "phường Lào Cai"',
    ]
    assert danvan("--catalog", "catalog", *shlex.split(said[3])[1:]) == 0
    assert danvan("--catalog", "catalog", *shlex.split(said[4])[1:]) == 0


@pytest.mark.parametrize(
    ("words", "told"), [("{LOAI} LIÊN QUAN ĐẾN DÂN VẬN", 0), ("PHƯỜNG LIÊN HÒAA", 1)]
)
def test_in_capitals_only_a_name_like_one_is_a_name(
    words: str,
    told: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert danvan("--nam", 2027, "new", "city", "quang-ninh", "tỉnh Quảng Ninh") == 0
    own = ("--catalog", "catalog")
    tasks = Path("catalog/quang-ninh/2027/danh_muc.yaml")
    name = "CÁC NHIỆM VỤ VỀ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ CỦA {LOAI}"
    text = tasks.read_text("utf-8")
    assert name in text
    tasks.write_text(text.replace(name, f"QUY ĐỊNH CỦA ỦY BAN NHÂN DÂN {words}"), "utf-8")
    assert danvan(*own, "render", "phường Hà Tu", "--loai", "danh-muc", "-o", "ra") == 0
    capsys.readouterr()
    assert danvan(*own, "validate", "ra") == told
    assert ("DV607" in capsys.readouterr().out) is bool(told)
