"""A city's danh mục in Word becomes a year's catalogue; against last year's its ids go on."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from danvan_cli.importing.city import CityImport, import_city
from danvan_cli.importing.written import kept_of, new_files
from danvan_cli.load.bounded import files_below
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.reading.lines import bare_lines, note_marks
from danvan_cli.reading.reader import read_document
from danvan_cli.render.documents import documents_of
from tests.cities import SMALL, catalogue_at, small_city
from tests.render.word_files import TEMPLATES

HEAD = "DANH MỤC\nNhiệm vụ công tác dân vận năm 2028\n\n\tTT\n\tNhiệm vụ\n\tCơ quan chủ trì\n\tCơ quan phối hợp\n\tThời gian thực hiện\n\n"


def imported(path: Path, catalogue: Catalogue) -> CityImport:
    document, findings = read_document(path, path.name)
    assert findings == ()
    assert document is not None
    kept = kept_of(catalogue.folder)
    lines, marks = bare_lines(path), note_marks(path)
    return import_city(
        document, lines, marks, catalogue, kept, source=path.name, today=date(2028, 1, 31)
    )


def table(*rows: str) -> str:
    return HEAD + "\n".join("\n".join(f"\t{c.strip()}" for c in r.split("|")) for r in rows) + "\n"


def danh_muc(catalogue: Catalogue, folder: Path) -> Path:
    locality = Locality.of(catalogue, catalogue.city)
    documents, _ = documents_of(locality, localize(locality), ["danh-muc"])
    path = folder / documents[0].name
    path.write_bytes(documents[0].rendered(TEMPLATES))
    return path


def test_the_catalogue_comes_back_from_its_own_paper(tmp_path: Path) -> None:
    catalogue = small_city()
    made = imported(danh_muc(catalogue, tmp_path), catalogue)
    assert (made.reworded, made.moved, made.gone, made.left_over) == ((), (), (), ())
    root = tmp_path / "lai"
    shutil.copytree(SMALL, root)
    for path, data in new_files(made, root, "danh-muc.docx"):
        path.write_bytes(data)
    again = catalogue_at(root)
    for name in ("dong-xuan", str(catalogue.city.ma)):
        before = localize(Locality.of(catalogue, find_unit(catalogue, name)))
        after = localize(Locality.of(again, find_unit(again, name)))
        assert [(t.ma, t.tt, str(t.noi_dung), str(t.thoi_gian)) for t in after.tasks] == [
            (t.ma, t.tt, str(t.noi_dung), str(t.thoi_gian)) for t in before.tasks
        ]


def test_next_years_danh_muc_says_what_is_new_gone_reworded_and_moved(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc-2028.txt"
    path.write_text(
        table(
            "1 | CÁC NHIỆM VỤ VỀ TUYÊN TRUYỀN",
            "1.1 | Ban hành Kế hoạch công tác dân vận theo chủ đề năm 2028 “Vì dân” | Sở Nội vụ | | Quý I/2028",
            "1.2 | Vận động Nhân dân phân loại rác tại nguồn | Sở Nông nghiệp xanh | Sở Nội vụ | Năm 2028",
            "2 | CÁC NHIỆM VỤ VỀ DÂN CHỦ CỦA THÀNH PHỐ",
            "2.1 | Tổ chức đối thoại trực tiếp với Nhân dân tại các tổ dân phố | Sở Nội vụ | | Quý III/2028",
        ),
        encoding="utf-8",
    )
    made = imported(path, small_city())
    groups = made.catalogue["nhom"]
    assert isinstance(groups, list)
    assert made.catalogue["danh_muc"] == {
        "nam": "2028",
        "ten": "Nhiệm vụ công tác dân vận",
        "chu_de": "Vì dân",
    }
    assert [[t["ma"] for t in group["nhiem_vu"]] for group in groups] == [
        ["ke-hoach-nam", "van-dong-nhan-dan-phan"],
        ["doi-thoai"],
    ]
    assert groups[0]["nhiem_vu"][1] == {
        "ma": "van-dong-nhan-dan-phan",
        "noi_dung": "Vận động Nhân dân phân loại rác tại nguồn",
        "chu_tri": "so-nong-nghiep-xanh",
        "phoi_hop": "so-noi-vu",
        "thoi_gian": "Năm {nam}",
    }
    assert made.agencies == (
        {"ma": "so-nong-nghiep-xanh", "ten": "Sở Nông nghiệp xanh", "cap": "cap_tinh"},
    )
    assert made.reworded == ("ke-hoach-nam", "doi-thoai")
    assert made.moved == ("ke-hoach-nam", "doi-thoai")
    assert made.gone == ("quan-triet", "nong-thon-moi", "ke-hoach-dan-chu", "quy-che-dan-chu")
    assert made.left_over == ()


def test_a_danh_muc_counted_through_and_a_variant_without_its_words(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc-2028.txt"
    path.write_text(
        table(
            "I | TUYÊN TRUYỀN",
            "1 | Tuyên truyền các văn bản về công tác dân vận | Sở Nội vụ | | Quý I/2028",
            "II | DÂN CHỦ",
            "2 | Đối thoại với Nhân dân tại các tổ dân phố | Sở Nội vụ | | Quý III/2028",
        ),
        encoding="utf-8",
    )
    groups = imported(path, small_city()).catalogue["nhom"]
    assert isinstance(groups, list)
    assert [group.get("tt") for group in groups] == ["I", "II"]
    assert [task.get("tt") for group in groups for task in group["nhiem_vu"]] == [None, None]


def test_a_copy_set_aside_is_no_file_of_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "danh_muc.ban-sua-1.yaml").write_text("cu: cu", encoding="utf-8")
    (tmp_path / "danh_muc.yaml").write_text("moi: moi", encoding="utf-8")
    assert [path.name for path in files_below(tmp_path)] == ["danh_muc.yaml"]


@pytest.mark.parametrize("text", ["Một bức thư.\n", "TT\tTên\tTuổi\n1\tAn\t30\n"])
def test_a_paper_without_tasks_gives_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text(text, encoding="utf-8")
    assert imported(path, small_city()).aligned == ()


def test_a_task_only_a_little_like_a_known_one_gets_an_id_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.txt"
    path.write_text(
        table(
            "1 | TUYÊN TRUYỀN |  |  | ",
            "1.1 | Tuyên truyền về bảo hiểm y tế toàn dân | Sở Nội vụ |  | Năm 2028",
            "1.2 | Tổ chức đối thoại với Nhân dân tại các thôn, tổ dân phố | Sở Nội vụ |  | Năm 2028",
        ),
        "utf-8",
    )
    made = imported(path, small_city())
    assert [each.match.sources for each in made.aligned] == [(), ("doi-thoai",)]
    ids = [t["ma"] for g in made.catalogue["nhom"] for t in g["nhiem_vu"]]  # type: ignore[attr-defined]
    assert ids == ["tuyen-truyen-ve-bao-hiem", "doi-thoai"]


LETTERHEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÀNH PHỐ SƠN HÀ\tĐộc lập - Tự do - Hạnh phúc

"""
DECISION = f"""{LETTERHEAD}Số: 9/QĐ-UBND\tSơn Hà, ngày 15 tháng 01 năm 2028

QUYẾT ĐỊNH
Về việc ban hành Danh mục nhiệm vụ công tác dân vận năm 2028

Điều 1. Ban hành Danh mục, thực hiện chủ đề năm 2028 “Vì dân”.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

{LETTERHEAD}"""
ROWS = (
    "1 | DÂN CHỦ |  |  | ",
    "1.1 | Đối thoại với Nhân dân tại các tổ dân phố | Sở Nội vụ |  | Quý III/2028",
)
ATTACHED = "(Kèm theo Quyết định số {} của {})"
READ = {
    "ma": "qd-9-qd-ubnd-2028",
    "loai": "Quyết định",
    "so_hieu": "9/QĐ-UBND",
    "ngay": "15/01/2028",
    "co_quan": "Ủy ban nhân dân thành phố Sơn Hà",
}
WHOLE = {"ten": "về việc ban hành Danh mục nhiệm vụ công tác dân vận năm 2028"}
ALONE = {
    "ten": "ban hành danh mục nhiệm vụ công tác dân vận năm 2028",
    "kiem_tra": "can_doi_chieu",
    "ghi_chu": "Trích yếu ghi theo tên danh mục; chưa đọc bản quyết định.",
}
NUMBER = "9/QĐ-UBND ngày 15 tháng 01 năm 2028"


@pytest.mark.parametrize(
    ("head", "attached", "wanted"),
    [
        ("", ATTACHED.format(NUMBER, "Ủy ban nhân dân thành phố Sơn Hà"), {**READ, **ALONE}),
        ("", ATTACHED.format(NUMBER, "Ủy ban nhân dân thành phố"), {**READ, **ALONE}),
        (DECISION, ATTACHED.format(NUMBER, "Ủy ban nhân dân thành phố"), {**READ, **WHOLE}),
        (DECISION, "", {**READ, **WHOLE}),
        # Not yet numbered, and registered already.
        ("", ATTACHED.format("      /QĐ-UBND ngày    tháng    năm 2028", "UBND"), None),
        ("", ATTACHED.format("25/QĐ-UBND ngày 15/01/2027", "Ủy ban nhân dân thành phố"), None),
        ("", "", None),
    ],
)
def test_the_decision_is_read_for_the_register(
    head: str, attached: str, wanted: dict[str, str] | None, tmp_path: Path
) -> None:
    path = tmp_path / "danh-muc.txt"
    path.write_text(
        head + table(*ROWS).replace("2028\n\n\tTT", f"2028\n{attached}\n\n\tTT"), "utf-8"
    )
    made = imported(path, small_city())
    edition = made.catalogue["danh_muc"]
    assert isinstance(edition, dict)
    if wanted is None:
        assert made.decision is None
        assert edition.get("van_ban") == ("qd-25-2027" if "2027" in attached else None)
        return
    assert made.decision == {**wanted, "nguon": "danh-muc.txt", "ra_soat": "31/01/2028"}
    assert edition["van_ban"] == wanted["ma"]
    assert edition.get("chu_de") == ("Vì dân" if head else None)
    assert [left.text for left in made.left_over] == []
