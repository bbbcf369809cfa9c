"""Folders copied by hand instead of started by a command: whatever is left of the old one is named."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document as DocxDocument
from rapidfuzz import fuzz

from danvan_cli.findings import Finding
from danvan_cli.load.folders import find_year
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.source import read_yaml
from danvan_cli.nodes import Mapping, Node, Sequence
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from tests.starting.places import CATALOGUE, danvan, own_catalogue

TASKS = "danh_muc.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    own_catalogue(tmp_path)
    return Path("catalog")


def found(folder: Path, root: Path) -> list[Finding]:
    return list(validate_paths([folder], Options(root, date(2027, 1, 10))).findings)


def swap(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def copied_year(root: Path) -> Path:
    year = Path(shutil.copytree(root / "hai-phong" / "2026", root / "hai-phong" / "2027"))
    swap(year / TASKS, ('nam: "2026"', 'nam: "2027"'))
    return year


def test_a_copied_year_is_told_all_that_is_of_the_old_one(root: Path) -> None:
    findings = found(copied_year(root), root / "hai-phong")
    said = [(f.code, f.value) for f in findings]
    assert Counter(code for code, _ in said) == {"DV105": 1, "DV218": 3, "DV303": 4, "DV603": 1}
    assert ("DV105", "qd-371-qd-ubnd-2026") in said
    theme = next(f for f in findings if f.code == "DV603")
    assert theme.message == (
        "Chủ đề giống hệt chủ đề năm 2026 (catalog/hai-phong/2026/danh_muc.yaml:10), có thể còn "
        "sót khi chép. Ghi chủ đề của năm 2027, chưa có thì bỏ khóa này."
    )


def test_what_stays_after_the_findings_of_a_copied_year_are_mended_holds_no_old_year(
    root: Path, tmp_path: Path
) -> None:
    year = copied_year(root)
    swap(year / TASKS, ("15/02/2026", "12/02/2027"), ("28/02/2026", "26/02/2027"))
    swap(year / TASKS, ("Chủ động thực thi", "Kỷ cương thực thi"))
    text = (year / TASKS).read_text("utf-8")
    (year / TASKS).write_text(text[: text.index("\nbo_qua:")] + "\n", "utf-8")
    swap(root / "hai-phong" / "phap_ly.yaml", ("van_ban:\n", DECISION))
    swap(year / TASKS, ("qd-371-qd-ubnd-2026", "qd-9-qd-ubnd-2027"))
    assert found(year, root / "hai-phong") == []
    assert danvan("--nam", 2027, "render", "an-lao", "-o", tmp_path / "ra") == 0
    assert danvan("validate", tmp_path / "ra", "--ignore", "DV519,DV305") == 0


DECISION = """van_ban:
  - ma: qd-9-qd-ubnd-2027
    loai: Quyết định
    so_hieu: 9/QĐ-UBND
    ngay: 08/01/2027
    co_quan: Ủy ban nhân dân thành phố Hải Phòng
    ten: về việc ban hành danh mục nhiệm vụ thực hiện công tác dân vận năm 2027
    nguon: bịa ra để kiểm thử
    ra_soat: 09/01/2027
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (TASKS, "Chấm điểm", "", ""),
        (TASKS, "thoi_gian: Năm {nam}\n", "thoi_gian: Trước ngày 30/9/2028\n", "DV303"),
        (TASKS, "noi_dung: Thủ trưởng", "noi_dung: Theo chủ đề năm 2026, thủ trưởng", "DV603"),
        (TASKS, "ten: CÁC NHIỆM VỤ VỀ", "ten: CÁC NHIỆM VỤ NĂM 2026 VỀ", "DV603"),
    ],
)
def test_a_year_typed_where_the_catalogue_speaks_of_its_own_is_named(
    file: str, old: str, new: str, code: str, root: Path
) -> None:
    year = copied_year(root)
    before = Counter(f.code for f in found(year, root / "hai-phong"))
    if not code:
        assert before["DV303"] == 4  # a period in a heading of an outline blinds no deadline
        return
    text = (year / file).read_text("utf-8")
    assert old in text
    (year / file).write_text(text.replace(old, new, 1), "utf-8")
    assert Counter(f.code for f in found(year, root / "hai-phong"))[code] == before[code] + 1


def copied_city(root: Path, ma: str) -> Path:
    city = Path(shutil.copytree(root / "hai-phong", root / ma))
    (city / "don_vi.yaml").write_text(f"tinh: {ma}\n", "utf-8")
    return city


def test_a_copied_city_is_told_every_place_that_names_the_other(root: Path) -> None:
    city = copied_city(root, "da-nang")
    swap(city / "ngon_tu.yaml", ("cum_tu:\n", 'cum_tu:\n  x: "ở Hải Phòng"\n'))
    outline = city / "van_ban" / "chuong_trinh.yaml"
    swap(outline, ("\n    khoi:\n", "\n    khoi:\n      - {ma: x, doan: Đơn vị của Hải Phòng.}\n"))
    named = [f for f in found(city, city) if f.code == "DV608"]
    assert {f.place.path.removeprefix("catalog/da-nang/") for f in named} == {
        "2026/danh_muc.yaml",
        "phap_ly.yaml",
        "ngon_tu.yaml",
        "van_ban/chuong_trinh.yaml",
    }
    for path in city.rglob("*.yaml"):
        lines = path.read_text("utf-8").split("\n")
        told = {f.place.line for f in named if f.place.path == path.as_posix()}
        for number, line in enumerate(lines, start=1):
            words = re.sub(r"^\s*(- )?(nguon|ghi_chu|ten|ten_khac):.*|#.*", "", line)
            if "Hải Phòng" in words and number not in told:
                raise AssertionError(f"{path}:{number}: {line}")
    assert any(f.code == "DV105" and "qd-371-qd-ubnd-2026" in f.message for f in found(city, city))


def test_a_province_that_copies_a_city_is_told_the_other_party_committee(root: Path) -> None:
    city = copied_city(root, "gia-lai")
    said = Counter(f.value for f in found(city, city) if f.code == "DV608")
    assert said["Thành ủy"] > 1
    assert said["Hải Phòng"] > 1


@pytest.mark.usefixtures("root")
def test_a_unit_file_that_names_another_city_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert danvan("new", "city", "da-nang", "thành phố Đà Nẵng") == 0
    profile = Path("ho-so.yaml")
    profile.write_text(
        "don_vi: da-nang/hoa-vang\nnguoi_ky: de_trong\nbo_sung:\n"
        "  - {ma: a, nhom: tuyen-truyen, ly_do: Nghị quyết của xã., chu_tri: phong-kinh-te, "
        "thoi_gian: Quý I/2026, noi_dung: Tuyên truyền Nghị quyết của Thành ủy Hải Phòng}\n",
        "utf-8",
    )
    capsys.readouterr()
    assert danvan("validate", profile) == 1
    assert capsys.readouterr().out.startswith(
        "ho-so.yaml:4:154 DV608 'Hải Phòng' là của nơi khác; hồ sơ này của thành phố Đà Nẵng, có "
        "thể còn sót khi chép. Sửa lại, hoặc ghi 'bo_qua' kèm lý do nếu đúng là nói về nơi ấy.\n"
    )


@pytest.mark.parametrize("name", ["da-nang", "ban-sao"])
def test_a_city_copied_whole_is_told_by_its_folder(name: str, root: Path) -> None:
    shutil.copytree(root / "hai-phong", root / name)
    assert [(f.code, f.message) for f in found(root / name, root)] == [
        (
            "DV105",
            f"Danh mục ở thư mục '{name}' nhưng 'tinh' ghi 'hai-phong' (thành phố Hải Phòng), có thể "
            f"còn sót khi chép. Ghi 'tinh: {name}', hoặc đổi tên thư mục.",
        )
    ]


def test_a_plan_for_years_is_judged_by_the_year_it_was_made_from(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied_year(root)
    words = (
        "--catalog",
        root,
        "--nam",
        2027,
        "render",
        "an-lao",
        "--loai",
        "ke-hoach-nghi-quyet",
        "-o",
        "ra",
    )
    assert danvan(*words) == 0
    capsys.readouterr()
    danvan("--catalog", root, "validate", "ra")
    assert "theo danh mục catalog/hai-phong/2027." in capsys.readouterr().out


def test_a_road_between_two_cities_is_no_copy(root: Path) -> None:
    tasks = root / "hai-phong" / "2026" / TASKS
    swap(tasks, ("noi_dung: Thủ trưởng", "noi_dung: Trên tuyến Hà Nội - Hải Phòng, thủ trưởng"))
    assert [f for f in found(root / "hai-phong", root) if f.code == "DV608"] == []


def test_a_kind_of_unit_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert danvan("--nam", 2027, "new", "city", "gia-lai", "tỉnh Gia Lai") == 0
    city = Path("catalog/gia-lai")
    (city / "don_vi.yaml").write_text(
        "tinh: gia-lai\nloai:\n  thi_tu:\n    {ten: thị tứ, cap: cap_xa, cap_uy: Đảng ủy, khu_dan_cu: ấp}\n"
        "don_vi:\n  - {ma: mot-thi-tu, ten: Sông Mới, loai: thi_tu}\n",
        "utf-8",
    )
    words = ("--catalog", "catalog")
    assert danvan(*words, "validate", city) == 0
    assert danvan(*words, "render", "thị tứ Sông Mới", "-o", "ra") == 0
    assert danvan(*words, "validate", "ra", "--ignore", "DV519") == 0
    own_catalogue(tmp_path / "hai")
    shutil.copytree(city, tmp_path / "hai" / "catalog" / "gia-lai")
    both = ("--catalog", tmp_path / "hai" / "catalog")
    assert danvan(*both, "--nam", 2027, "localize", "thị tứ Sông Mới") == 0


AGENCIES, UNITS, LAWS = (f"hai-phong/{name}.yaml" for name in ("co_quan", "don_vi", "phap_ly"))
FIRST_TASKS = "hai-phong/2026/danh_muc.yaml"
OTHERS = (
    "là của nơi khác; danh mục này của thành phố Hải Phòng, có thể còn sót khi chép. Sửa lại, hoặc ghi "
    "'bo_qua' kèm lý do nếu đúng là nói về nơi ấy."
)
NOT_FILLED = "không được điền ở đây: tên này in đúng như đã ghi. Ghi chữ vào chỗ ấy."
SLIPS = {
    "sở của nơi khác": (
        AGENCIES,
        "co_quan:\n",
        "co_quan:\n  - {ma: so-thu, ten: Sở Thử Đà Nẵng, cap: cap_tinh, nguon: x}\n",
        ("DV608", f"'Đà Nẵng' {OTHERS}"),
    ),
    "chỗ trống trong tên văn bản": (
        LAWS,
        "    ten: ",
        '    ten: "về công tác dân vận {don_vi}" #',
        ("DV109", f"Chỗ trống '{{don_vi}}' {NOT_FILLED}"),
    ),
    "chỗ trống trong chủ đề": (
        FIRST_TASKS,
        "chu_de: ",
        'chu_de: "Vì {tinh}" #',
        ("DV109", f"Chỗ trống '{{tinh}}' {NOT_FILLED}"),
    ),
    "chỗ trống trong tên đơn vị": (
        UNITS,
        "    - ma: vinh-hai\n",
        '    - ma: vinh-hai\n      ten: "{ten_tinh} mới"\n',
        ("DV109", f"Chỗ trống '{{ten_tinh}}' {NOT_FILLED}"),
    ),
    "chủ đề của năm trước": (
        FIRST_TASKS,
        "chu_de: ",
        "chu_de: Năm 2025 kỷ cương #",
        (
            "DV603",
            "Chủ đề nhắc năm 2025; danh mục này của năm 2026, có thể còn sót khi chép. Ghi chủ đề của năm "
            "2026, chưa có thì bỏ khóa này.",
        ),
    ),
    "đơn vị của tỉnh khác": (
        UNITS,
        "sua:\n",
        "don_vi:\n  - {ma: hai-chau, ten: Hải Châu, loai: phuong}\nsua:\n",
        (
            "DV608",
            "'phường Hải Châu' trong danh sách của cả nước là của thành phố Đà Nẵng, không phải của thành "
            "phố Hải Phòng. Bỏ ở đây; đơn vị mới lập trùng tên thì ghi 'nguon'.",
        ),
    ),
    "vừa có vừa không": (
        UNITS,
        "  don_vi:\n",
        "  don_vi:\n    - {ma: an-lao, dac_diem: thu_hoi_dat, khong_co: thu_hoi_dat}\n",
        ("DV105", "Đơn vị 'an-lao' ghi vừa có vừa không có 'thu_hoi_dat'. Giữ một."),
    ),
    "lời nhắc chưa thay": (
        FIRST_TASKS,
        "chu_de: ",
        "chu_de: (cần ghi chủ đề năm) #",
        (
            "DV105",
            "'chu_de' còn là lời nhắc '(cần ghi chủ đề năm)'. Ghi nội dung, hoặc xóa khóa này.",
        ),
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_hand_is_named_once(slip: str, root: Path) -> None:
    name, old, new, said = SLIPS[slip]
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert [(f.code, f.message) for f in found(root / "hai-phong", root)] == [said]


def test_a_unit_founded_since_may_bear_a_name_of_elsewhere(root: Path) -> None:
    swap(
        root / UNITS,
        (
            "sua:\n",
            "don_vi:\n  - {ma: hai-chau, ten: Hải Châu, loai: phuong, nguon: Nghị quyết}\nsua:\n",
        ),
    )
    assert found(root / "hai-phong", root) == []


def test_a_copy_of_a_year_beside_it_is_named_and_not_used(root: Path) -> None:
    city = root / "hai-phong"
    shutil.copytree(city / "2026", city / "2026 - Copy")
    assert [f.message for f in found(city, root)] == [
        "Danh mục ở thư mục '2026 - Copy' nhưng ghi năm '2026'. Xóa bản chép này, hoặc đổi tên thư mục."
    ]
    assert find_year(city) == city / "2026"


def test_a_folder_that_is_not_called_by_its_id_is_named(root: Path) -> None:
    shutil.copytree(root / "hai-phong", root / "gia-lai")
    (root / "hai-phong").rename(root / "haiphong")
    (message,) = (f.message for f in found(root / "haiphong", root) if f.subject == "tinh")
    assert message == (
        "Danh mục ở thư mục 'haiphong' nhưng 'tinh' ghi 'hai-phong' (thành phố Hải Phòng), có thể còn "
        "sót khi chép. Đổi tên thành 'hai-phong'."
    )


def test_a_people_s_committee_of_another_kind_of_province_is_left_over(root: Path) -> None:
    assert danvan("--nam", 2026, "new", "city", "gia-lai", "tỉnh Gia Lai") == 0
    tasks = root / "gia-lai" / "2026" / TASKS
    swap(tasks, ("noi_dung: Kiểm tra", "noi_dung: Ủy ban nhân dân thành phố kiểm tra"))
    assert [(f.code, f.value) for f in found(root / "gia-lai", root)] == [
        ("DV608", "Ủy ban nhân dân thành phố")
    ]


def test_the_map_of_an_agency_taken_out_goes_with_it(root: Path) -> None:
    register = root / AGENCIES
    register.write_text(
        register.read_text("utf-8") + "bo:\n  co_quan: [so-cong-thuong, phong-kinh-te]\n", "utf-8"
    )
    first, *_ = (f for f in found(root / "hai-phong", root) if f.code == "DV116")
    assert first.message == (
        "Bỏ 'phong-kinh-te' thì việc của so-xay-dung, so-tai-chinh, so-nong-nghiep-va-moi-truong, "
        "trung-tam-phat-trien-quy-dat, ban-quan-ly-khu-kinh-te không còn ai làm ở đơn vị. Ghi cơ quan làm thay ở 'anh_xa' trong "
        "'sua'."
    )
    assert not [f for f in found(root / "hai-phong", root) if "quoc-gia" in f.place.path]


def test_the_shipped_catalogue_says_no_sentence_twice() -> None:
    catalogue, _ = load_catalogue(CATALOGUE)
    assert catalogue is not None
    kinds = set(catalogue.commune_kinds)
    for _, task, _ in catalogue.walk():
        for variant in task.bien_the:
            assert variant.noi_dung is None or fuzz.ratio(variant.noi_dung, task.noi_dung) < 80
            for condition in variant.khi:
                places = condition.place_of("loai")
                line = Path(places.path).read_text("utf-8").split("\n")[places.line - 1]
                assert not all(kind in line for kind in kinds), line
    written = [
        path
        for path in CATALOGUE.rglob("*.yaml")
        for line in path.read_text("utf-8").split("\n")
        if "33/CT-TTg" in re.sub(r"(nguon|ghi_chu|ten_khac):.*|#.*", "", line)
    ]
    assert len(set(written)) == 1


def test_a_dry_run_of_a_new_year_says_what_the_run_says(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--catalog", root, "new", "year", "2027")
    assert danvan(*words, "--dry-run") == 0
    told = capsys.readouterr()
    assert told.err == "Chưa ghi gì. Bỏ --dry-run để ghi.\n"
    assert [path.name for path in (root / "hai-phong").iterdir() if path.name.isdecimal()] == [
        "2026"
    ]
    assert danvan(*words) == 0
    assert capsys.readouterr().out == told.out


def test_a_phrase_may_hold_those_above_it_alone(root: Path) -> None:
    words = root / "hai-phong" / "ngon_tu.yaml"
    swap(words, ("cum_tu:\n", 'cum_tu:\n  mot: "{cum_tu.hai} một"\n  hai: hai\n'))
    (finding,) = found(root / "hai-phong", root)
    assert (finding.code, finding.value) == ("DV109", "{cum_tu.hai}")
    swap(
        words,
        ('  mot: "{cum_tu.hai} một"\n  hai: hai\n', '  hai: hai\n  mot: "{cum_tu.hai} một"\n'),
    )
    assert found(root / "hai-phong", root) == []


SAID_AGAIN = {
    "Căn cứ Quyết định {so_ngay.quyet-dinh} của Ủy ban nhân dân {loai} ban hành "
    "{cum_tu.danh-muc-don-vi}": "a paper's own number is no part of a phrase",
    "Quyết định của Ban Thường vụ Thành ủy về Quy chế đối thoại giữa người đứng đầu cấp ủy, chính quyền "
    "các cấp với Nhân dân": "a note on the city's task, and a paper that cites without the number",
    "Thực hiện công tác dân vận gắn với đẩy mạnh cải cách hành chính và giải quyết bức xúc, kiến nghị "
    "của người dân": "a group's name, and a heading of a paper that lists no group",
    "thời hạn các cơ quan, đơn vị gửi báo cáo (05/6, 30/11)": "a reminder of two papers",
    "Nhiệm vụ thực hiện công tác dân vận năm {nam} của cơ quan nhà nước": "a title in lines of two lengths",
    "Ban hành Danh mục nhiệm vụ thực hiện công tác dân vận năm {nam}": "a title in lines of two lengths",
}
"""Sentences that stand twice, and why; the titles of legal documents are theirs besides."""
_NOT_PRINTED = {"nguon", "ghi_chu", "ten_khac", "nguyen_van"}


def sentences(node: Node | None) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in _NOT_PRINTED:
                yield from sentences(value)
    elif isinstance(node, Sequence):
        for value in node:
            yield from sentences(value)
    elif node is not None:
        for part in re.split(r"(?<=[.;])\s+|\n", node):
            said = " ".join(re.sub(r"[.;,:/]+$", "", part).split())
            if len(said.split()) >= 12:
                yield said


def test_no_long_sentence_of_the_shipped_files_stands_twice() -> None:
    files = [p for p in CATALOGUE.rglob("*.yaml") if p.name != "phap_ly.yaml"]
    nodes = [read_yaml(path.read_text("utf-8"), path.name)[0] for path in files]
    counts = Counter(said for node in nodes for said in sentences(node))
    assert {said for said, times in counts.items() if times > 1} == SAID_AGAIN.keys()


def test_who_signs_a_kind_of_document_is_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert danvan("--nam", 2027, "new", "city", "gia-lai", "tỉnh Gia Lai") == 0
    city = Path("catalog/gia-lai")
    changed = city / "van_ban" / "quyet_dinh.yaml"
    changed.parent.mkdir()
    words = ("--catalog", "catalog")
    changed.write_text("sua:\n  van_ban:\n    - {ma: quyet-dinh, ky: quyen_chu_tich}\n", "utf-8")
    assert danvan(*words, "validate", city) == 0
    assert danvan(*words, "render", "xã An Lão", "-o", "ra") == 0
    document = DocxDocument("ra/an-lao-quyet-dinh-2027.docx")
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    assert any("Q. CHỦ TỊCH" in text for text in cells)
    changed.write_text("sua:\n  van_ban:\n    - {ma: quyet-dinh, ky: quyen_chu_tic}\n", "utf-8")
    capsys.readouterr()
    assert danvan(*words, "validate", city) == 1
    assert (
        "quyet_dinh.yaml:3:28 DV108 Không có chức vụ 'quyen_chu_tic'. Có phải 'quyen_chu_tich'?"
    ) in capsys.readouterr().out
