"""A unit's file and the programme it must give: each folder of `cases` is one.

`ho-so.yaml` is the file; files below `thanh_pho` stand in for those of the small city. In
`expected.yaml` are the numbers of all tasks, the tasks that differ from what the unit would have
without a file, and the city tasks left out; in `expected.out` the findings, word for word.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Assigned, LocalTask, Programme
from tests.cities import SMALL, catalogue_at, locality_of, said, small_city
from tests.conftest import Golden

CASES = sorted(p.parent for p in (Path(__file__).parent / "cases").glob("*/ho-so.yaml"))


def catalogue_for(case: Path, tmp_path: Path) -> Catalogue:
    own = case / "thanh_pho"
    if not own.is_dir():
        return small_city()
    city = tmp_path / "thanh-pho"
    shutil.copytree(SMALL, city)
    shutil.copytree(own, city, dirs_exist_ok=True)
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


def outline(programme: Programme, usual: Programme | None) -> str:
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
    made: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda p: str(p.name))
def test_a_unit_file_gives_its_programme(case: Path, tmp_path: Path, golden: Golden) -> None:
    catalogue = catalogue_for(case, tmp_path)
    locality, findings = locality_of(catalogue, case / "ho-so.yaml")
    made = ""
    if locality is not None:
        programme = localize(locality)
        findings += programme.findings
        usual = localize(Locality.of(catalogue, locality.unit))
        plain = case.name.startswith("mac_dinh")
        made = outline(programme, None if plain else usual)
    golden(case / "expected.out", said(findings))
    golden(case / "expected.yaml", made)


SILENT = [case for case in CASES if not (case / "expected.out").exists()]


def test_as_many_cases_are_clean_as_are_not() -> None:
    assert len(SILENT) >= len(CASES) / 3
