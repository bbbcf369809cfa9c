"""Rules of a catalogue as a whole: fixes, the shipped catalogues, a catalogue and the next one."""

from pathlib import Path

import pytest

from danvan_cli.load.opener import load_catalogue
from danvan_cli.shipped import shipped
from danvan_cli.validate.checks.catalogue.alike import Editions, check_meanings
from danvan_cli.validate.collect import catalogue_passages, catalogue_works
from danvan_cli.validate.rules import Subject
from danvan_cli.validate.setting import Setting
from danvan_cli.validate.walk import of_passage, of_thing, of_works
from tests.cases import cases_in
from tests.cities import ROOT
from tests.rules.judging import changed_city, changes_of
from tests.validate.passages import CATALOGUE

CASES = [
    case
    for case in cases_in(*sorted((ROOT / "tests" / "rules").glob("*.yaml")))
    if "# so_voi" not in case.get("thanh_pho_sua.txt", "# so_voi")
]
TASKS = "2027/danh_muc.yaml"


def changed(folder, *changes):
    """The small catalogue with these changes, which leave it sound."""
    catalogue, findings = load_catalogue(changed_city(folder, changes))
    assert findings == ()
    assert catalogue is not None
    return catalogue


def check_catalogue(catalogue):
    """What is said of a catalogue but of the words of its texts."""
    where = Setting(catalogue, "danh_muc", catalogue.year)
    found = of_thing(Subject.CATALOGUE, catalogue, where)
    for passage in catalogue_passages(catalogue):
        found += [f for f in of_passage(passage, where) if f.code.startswith("DV4")]
    return [*found, *of_works(catalogue_works(catalogue), where)]


def check_against(old, new):
    return check_meanings(Editions(old, new), Setting(new, "danh_muc", new.year))


@pytest.mark.parametrize("case", [c for c in CASES if "⇒" in c.get("findings", "")], ids=str)
def test_a_fix_put_in_place_leaves_only_what_had_none(case, tmp_path):
    city = changed_city(tmp_path, changes_of(case["thanh_pho_sua.txt"]))
    catalogue, faults = load_catalogue(city)
    found = (*faults, *(check_catalogue(catalogue) if catalogue is not None else ()))
    left = {(finding.code, finding.value) for finding in found if finding.fix is None}
    for finding in found:
        if finding.fix is None:
            continue
        path = Path(finding.fix.place.path)
        lines = path.read_text("utf-8").split("\n")
        line, at = finding.fix.place.line - 1, finding.fix.place.column - 1
        assert lines[line][at:].startswith(finding.fix.old)
        rest = lines[line][at + len(finding.fix.old) :]
        lines[line] = lines[line][:at] + finding.fix.new + rest
        path.write_text("\n".join(lines), "utf-8")
    again, _ = load_catalogue(city)
    assert again is not None
    assert {(finding.code, finding.value) for finding in check_catalogue(again)} == left


def test_the_small_catalogue_and_every_shipped_one_are_clean():
    assert list(check_catalogue(CATALOGUE)) == []
    for tasks in sorted(shipped("catalog").glob("*/*/danh_muc.yaml")):
        catalogue, faults = load_catalogue(tasks.parent)
        assert catalogue is not None
        assert [str(f.place) for f in (*faults, *check_catalogue(catalogue))] == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (
            "Tổ chức đối thoại với Nhân dân tại các {khu_dan_cu}",
            "Rà soát chi phí kinh doanh",
            ["DV114"],
        ),
        ("Tổ chức đối thoại", "Tổ chức gặp gỡ, đối thoại trực tiếp", []),
        ("ma: doi-thoai", "ma: doi-thoai-nhan-dan", ["DV115"]),
        ("thoi_gian: Quý III/2027", "thoi_gian: Quý IV/2027", []),
        ("chu_tri: so-noi-vu", "chu_tri: so-van-hoa", []),
    ],
)
def test_an_id_keeps_its_meaning_from_one_catalogue_to_the_next(old, new, codes, tmp_path):
    later = changed(tmp_path, (TASKS, old, new))
    assert [f.code for f in check_against(CATALOGUE, later)] == codes


def test_a_task_under_a_new_id_is_recognised_by_its_words(tmp_path):
    later = changed(tmp_path, (TASKS, "ma: doi-thoai", "ma: gap-dan"))
    (found,) = check_against(CATALOGUE, later)
    assert found.message == (
        "Mã 'doi-thoai' (2.2: 'Tổ chức đối thoại với Nhân dân tại các {khu_dan_cu}') không còn"
        " trong danh mục. Có phải nay là 'gap-dan'? Giữ mã cũ 'doi-thoai'."
    )


def test_a_catalogue_does_not_change_against_itself():
    assert list(check_against(CATALOGUE, CATALOGUE)) == []
