"""A unit's file and the programme it must give.

Of a case `ho_so` is the file; the files below `thanh_pho` stand in for those of the small city.
In `programme` are the numbers of all tasks, the tasks that differ from what the unit would have
without a file, and the city tasks left out; in `findings` what is said, word for word.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Assigned, LocalTask, Programme
from tests.cases import Case, cases_in
from tests.cities import SMALL, catalogue_at, locality_of, said, small_city
from tests.conftest import Expect

CASES = cases_in(*sorted((Path(__file__).parent / "cases").glob("*.yaml")))


def catalogue_for(case: Case, tmp_path: Path) -> Catalogue:
    if "thanh_pho" not in case.data:
        return small_city()
    city = tmp_path / "thanh-pho"
    shutil.copytree(SMALL, city)
    for name, text in case["thanh_pho"].items():
        (city / name).write_text(text, encoding="utf-8")
    return catalogue_at(city)


def agencies(assigned: tuple[Assigned, ...]) -> str:
    return "; ".join(
        " ".join(str(part) for part in (a.ten, a.vai_tro, a.de_nghi) if part) for a in assigned
    )


def shown(task: LocalTask) -> dict[str, str]:
    made = {
        "tt": task.tt,
        "noi_dung": str(task.noi_dung),
        "chi_tiet": "\n".join(str(t) for t in task.chi_tiet),
        "chu_thich": "\n".join(str(t) for t in task.chu_thich),
        "chu_tri": agencies(task.chu_tri),
        "phoi_hop": agencies(task.phoi_hop),
        "thoi_gian": str(task.thoi_gian),
        "tu": ", ".join(task.nguon),
        "diem_cua": task.cha,
    }
    return {name: value for name, value in made.items() if value}


def outline(programme: Programme, usual: Programme | None) -> dict[str, object]:
    known = {t.ma: shown(t) for t in usual.tasks} if usual else {}
    names = {g.ma: str(g.ten) for g in usual.groups} if usual else {}
    data = {
        "nhom": {
            f"{g.tt} {g.ma}": str(g.ten) for g in programme.groups if names.get(g.ma) != str(g.ten)
        },
        "thu_tu": ", ".join(f"{t.tt} {t.ma}" for t in programme.tasks),
        "nhiem_vu": {t.ma: shown(t) for t in programme.tasks if known.get(t.ma) != shown(t)},
        "khong_co": {d.ma: f"{d.tt}; {d.buoc}; {d.ly_do}" for d in programme.dropped},
    }
    return {name: value for name, value in data.items() if value}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_unit_file_gives_its_programme(case: Case, tmp_path: Path, expect: Expect) -> None:
    catalogue = catalogue_for(case, tmp_path)
    locality, findings = locality_of(catalogue, case["ho_so"], tmp_path)
    made = None
    if locality is not None:
        programme = localize(locality)
        findings += programme.findings
        usual = localize(Locality.of(catalogue, locality.unit))
        made = outline(programme, None if case.file.stem == "mac_dinh" else usual)
    expect(case, "findings", said(findings))
    expect(case, "programme", made)


def test_as_many_cases_are_clean_as_are_not() -> None:
    clean = [case for case in CASES if "findings" not in case.data]
    assert len(clean) >= len(CASES) - len(clean)
