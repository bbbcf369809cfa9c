"""What holds of every unit and of every unit's file."""

from __future__ import annotations

import json
from collections import Counter
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.fields import read_model
from danvan_cli.load.profile import find_unit, unit_of
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.export import exported, programme_share
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.models.profile import Profile
from danvan_cli.nodes import Node, Sequence, Text
from danvan_cli.render.documents import document_kinds, documents_of
from tests.cases import some
from tests.cities import EXAMPLES, shipped_city, small_city

Edit = tuple[int, int, str]
CITIES = {"small": small_city, "shipped": shipped_city}


def read(catalogue: Catalogue, text: str) -> tuple[Locality | None, tuple[Finding, ...]]:
    node, findings = read_yaml(text, "ho-so.yaml")
    profile, more = read_model(Profile, node, "ho-so.yaml")
    findings += more
    if profile is None:
        return None, findings
    unit, more = unit_of(catalogue, profile, "ho-so.yaml")
    made = Locality.of(catalogue, unit, profile) if unit else None
    return made, findings + more


def accounted(catalogue: Catalogue, programme: Programme) -> None:
    """Every city task is a source of one task, or left out, once and only once."""
    sources = Counter(ma for task in programme.tasks for ma in task.nguon)
    sources.update(gone.ma for gone in programme.dropped)
    assert sources == Counter(catalogue.tasks.keys())


def frozen(catalogue: Catalogue) -> str:
    parts = [*catalogue.groups, *catalogue.agencies, *catalogue.units, catalogue.wording]
    return json.dumps([p.model_dump(mode="json") for p in parts], ensure_ascii=False)


@pytest.mark.parametrize("city", CITIES)
def test_a_file_that_says_nothing_gives_the_default_of_the_kind(city: str) -> None:
    catalogue = CITIES[city]()
    before = frozen(catalogue)
    for unit in (catalogue.city, *catalogue.units):
        usual = localize(Locality.of(catalogue, unit))
        locality, findings = read(catalogue, f"don_vi: {unit.ma}\n")
        assert locality is not None
        assert findings == usual.findings == ()
        made = localize(locality)
        assert made == usual
        assert exported(locality, made)
        accounted(catalogue, made)
    assert frozen(catalogue) == before


@pytest.mark.parametrize("kind", ["xa", "phuong", "dac_khu"])
def test_units_of_a_kind_with_the_same_facts_have_the_same_tasks(kind: str) -> None:
    catalogue = shipped_city()
    numbers: dict[frozenset[str], set[tuple[tuple[str, str], ...]]] = {}
    for unit in (u for u in catalogue.units if u.loai == kind):
        locality = Locality.of(catalogue, unit)
        tasks = tuple((t.ma, t.tt) for t in localize(locality).tasks)
        numbers.setdefault(locality.facts, set()).add(tasks)
    assert all(len(kinds) == 1 for kinds in numbers.values())


TASKS = sorted(small_city().tasks)
UNITS = [str(u.ma) for u in small_city().units]
IDS = st.sampled_from([*TASKS, "viec-la"])


@st.composite
def profiles(draw: st.DrawFn) -> str:
    """A file of changes to the small city's tasks, sound or not."""
    drop = draw(st.lists(IDS, max_size=3))
    merge = draw(st.lists(st.lists(IDS, min_size=2, max_size=3), max_size=2))
    after = draw(st.none() | IDS)
    data = {
        "don_vi": draw(st.sampled_from(UNITS)),
        "chon": [{"ma": m, "ly_do": "A"} for m in draw(st.lists(IDS, max_size=2))],
        "loai_bo": [{"ma": m, "ly_do": "A"} for m in drop],
        "sua_doi": [
            {"ma": m, "ly_do": "A", "thoi_gian": "Quý I/2027"}
            for m in draw(st.lists(IDS, max_size=2))
        ],
        "hop_nhat": [{"ma": f"chung-{i}", "tu": tu, "ly_do": "A"} for i, tu in enumerate(merge)],
        "bo_sung": [
            {"ma": f"rieng-{i}", "nhom": nhom, "ly_do": "A", "noi_dung": "B"}
            | ({"sau": after} if after else {})
            for i, nhom in enumerate(draw(st.lists(st.sampled_from(["dan-chu", "la"]), max_size=2)))
        ],
        "thu_tu": draw(st.lists(IDS, max_size=4)),
    }
    return json.dumps(data)


@settings(max_examples=150, deadline=None)
@given(profiles())
def test_whatever_a_file_changes_every_city_task_is_accounted_for(text: str) -> None:
    catalogue = small_city()
    before = frozen(catalogue)
    locality, findings = read(catalogue, text)
    assert findings == ()
    assert locality is not None
    programme = localize(locality)
    accounted(catalogue, programme)
    assert frozen(catalogue) == before
    ids = [task.ma for task in programme.tasks]
    assert len(set(ids)) == len(ids)
    assert all(task.cha in ids for task in programme.tasks if task.cha)
    numbers = [(task.cha or task.nhom, task.tt) for task in programme.tasks]
    assert len(set(numbers)) == len(numbers)
    assert ("viec-la" in text) <= bool(programme.findings)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_the_examples_are_clean_and_account_for_every_task(folder: Path) -> None:
    catalogue = shipped_city()
    locality, findings = read(catalogue, (folder / "ho-so.yaml").read_text(encoding="utf-8"))
    assert locality is not None
    programme = localize(locality)
    assert findings + programme.findings == ()
    accounted(catalogue, programme)
    share = programme_share(programme)
    assert share.danh_muc + share.quy_tac + share.ho_so == pytest.approx(1)


# Where a value names something that must exist; elsewhere it is free text.
NAMES = frozenset({"don_vi", "loai_van_ban", "mau_chu", "chuc_vu", "sau", "trong", "nhom", "tu"})
AGENCIES = frozenset({"chu_tri", "phoi_hop", "thuc_hien", "anh_xa", "co_quan"})


def named(node: Node, path: tuple[str, ...] = ()) -> list[Edit]:
    """Every key and every value of a file that names something, as (start, end, path)."""
    if isinstance(node, Text):
        return [(node.start, node.end, "/".join(path))] if _names(path) else []
    if isinstance(node, Sequence):
        return [edit for child in node for edit in named(child, path)]
    edits: list[Edit] = []
    for key, value in node.items():
        edits.append((key.start, key.end, "/".join((*path, key))))
        edits += named(value, (*path, str(key)))
    return edits


def _names(path: tuple[str, ...]) -> bool:
    if path[-1:] == ("ma",):
        return path[0] in ("chon", "loai_bo", "sua_doi", "nhom")
    if path[-1] in ("ten", "ten_khac", "vai_tro", "de_nghi", "hinh_thuc", "thoi_gian", "ly_do"):
        return False
    if path[0] == "dac_diem" or path[-1] in NAMES:
        return True
    return any(name in AGENCIES for name in path[1:]) or path[0] == "anh_xa"


def caught(catalogue: Catalogue, text: str) -> bool:
    locality, findings = read(catalogue, text)
    if findings or locality is None:
        return True
    programme = localize(locality)
    kinds = document_kinds(locality)
    return bool(programme.findings or documents_of(locality, programme, kinds)[1])


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_a_misspelt_name_or_key_is_always_noticed(folder: Path) -> None:
    catalogue = shipped_city()
    text = (folder / "ho-so.yaml").read_text(encoding="utf-8")
    node, _ = read_yaml(text, "ho-so.yaml")
    assert node is not None
    assert not caught(catalogue, text)
    silent = []
    for start, end, path in some(named(node), 6, itemgetter(2)):
        quote = text[end - 1] in "\"'"
        at = end - 1 if quote else end
        if not caught(catalogue, text[:at] + "zq" + text[at:]):
            silent.append((text[start:end], path))
    assert silent == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_slip_in_one_id_is_noticed(data: st.DataObject) -> None:
    catalogue = shipped_city()
    folder = data.draw(st.sampled_from(EXAMPLES))
    text = (folder / "ho-so.yaml").read_text(encoding="utf-8")
    node, _ = read_yaml(text, "ho-so.yaml")
    assert node is not None
    start, end, _ = data.draw(st.sampled_from(named(node)))
    at = data.draw(st.integers(start, end - 1).filter(lambda i: text[i].isalpha()))
    wrong = data.draw(st.sampled_from("qwz").filter(lambda c: c != text[at]))
    assert caught(catalogue, text[:at] + wrong + text[at + 1 :])


def test_a_unit_is_found_by_id_name_and_kind() -> None:
    catalogue = small_city()
    for name in (
        "dong-xuan",
        "Đông Xuân",
        "xã Đông Xuân",
        "XÃ ĐÔNG XUÂN",
        "dong xuan",
        "xa dong xuan",
    ):
        assert find_unit(catalogue, name).ma == "dong-xuan"
    assert find_unit(catalogue, "Sơn Hà").loai == "thanh_pho"
