"""What an import prints: what became of the paper, and what a person should look at."""

from __future__ import annotations

from danvan_cli.cli.console import note, out
from danvan_cli.importing.align import Aligned
from danvan_cli.importing.city import CityImport
from danvan_cli.importing.unit import UnitImport
from danvan_cli.text import shortened, squeeze


def print_city(made: CityImport) -> None:
    """What became of the tasks, and what a person should look at."""
    new = [each for each in made.aligned if not each.match.sources]
    out(
        f"{len(made.aligned)} nhiệm vụ: {len(new)} mới, {len(made.reworded)} đổi câu chữ,"
        f" {len(made.moved)} đổi chỗ; {len(made.gone)} nhiệm vụ cũ không còn."
    )
    for name, items in (
        ("Đổi câu chữ", made.reworded),
        ("Đổi chỗ", made.moved),
        ("Không còn", made.gone),
    ):
        if items:
            out(f"{name}: {', '.join(items)}")
    _print_edition(made)
    for name, ma in made.doubtful:
        note(f"Cơ quan '{squeeze(name)}' viết gần giống '{ma}' và được lấy là cơ quan ấy. Xem lại.")
    for agency in made.agencies:
        note(f"Cơ quan '{agency['ten']}' chưa có trong sổ: ghi là '{agency['ma']}'. Xem lại.")
    for left in made.left_over:
        note(f"{left.place}: chưa đưa vào danh mục: “{shortened(left.text)}”")


def _print_edition(made: CityImport) -> None:
    """The decision and the theme, read or still to be written."""
    edition, decision = made.catalogue["danh_muc"], made.decision
    assert isinstance(edition, dict)
    if decision is not None:
        doubt = " Trích yếu: xem lại." if "kiem_tra" in decision else ""
        out(
            f"Ghi vào sổ: {decision['loai']} số {decision['so_hieu']} ngày {decision['ngay']} của"
            f" {decision['co_quan']}.{doubt}"
        )
    lacking = {"van_ban": "số, ngày của quyết định ban hành", "chu_de": "chủ đề năm"}
    if missing := [what for key, what in lacking.items() if key not in edition]:
        note(f"Không thấy {' và '.join(missing)}. Có thì ghi ở 'danh_muc' của năm.")


def city_data(made: CityImport) -> dict[str, object]:
    """The result of a city's import as JSON has it."""
    return {
        "nhiem_vu": [_aligned(each) for each in made.aligned],
        "doi_cau": list(made.reworded),
        "doi_cho": list(made.moved),
        "khong_con": list(made.gone),
        "co_quan_la": list(made.agencies),
        "co_quan_ngo": [{"ten": name, "ma": ma} for name, ma in made.doubtful],
        "con_lai": [{"noi": str(left.place), "chu": left.text} for left in made.left_over],
        "quyet_dinh": made.decision,
        "danh_muc": made.catalogue,
    }


def _aligned(each: Aligned) -> dict[str, object]:
    return {
        "so": each.task.so,
        "nguon": list(each.nguon),
        "diem": round(each.match.score, 2),
        "chac": each.match.sure,
        "ung_vien": [{"so": so, "diem": score} for so, score in each.ung_vien],
    }


def print_doubts(made: UnitImport) -> None:
    """What a person should look at: doubtful matches, unknown agencies, what is left over."""
    for each in made.aligned:
        if not each.match.sure:
            taken = f"{', '.join(each.nguon)} của danh mục" if each.nguon else "việc riêng"
            rivals = ", ".join(f"{number} ({score:.2f})" for number, score in each.ung_vien)
            like = f"; trong danh mục còn giống {rivals}" if rivals else ""
            note(
                f"Chưa chắc: nhiệm vụ {each.task.so or '-'} của văn bản “{shortened(each.task.noi_dung.text)}”"
                f" lấy là {taken}{like}."
            )
    for name, ma in made.doubtful:
        note(f"Cơ quan '{squeeze(name)}' viết gần giống '{ma}' và được lấy là cơ quan ấy. Xem lại.")
    for name, ma in made.unknown:
        note(f"Cơ quan '{squeeze(name)}' chưa có trong danh mục: ghi là cơ quan riêng '{ma}'.")
    for left in made.left_over:
        note(f"{left.place}: chưa đưa vào hồ sơ: “{shortened(left.text)}”")


def unit_data(made: UnitImport) -> dict[str, object]:
    """The result of a unit's import as JSON has it."""
    return {
        "don_vi": str(made.unit.ma),
        "nhiem_vu": [_aligned(each) for each in made.aligned],
        "khong_co": list(made.removed),
        "co_quan_la": [{"ten": name, "ma": ma} for name, ma in made.unknown],
        "co_quan_ngo": [{"ten": name, "ma": ma} for name, ma in made.doubtful],
        "bo_ra": [
            {"noi": str(left.place), "chu": left.text, "ly_do": left.why} for left in made.left_out
        ],
        "con_lai": [{"noi": str(left.place), "chu": left.text} for left in made.left_over],
        "ho_so": made.profile,
    }
