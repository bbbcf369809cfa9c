"""Where each city task went, and which task a number or an id means; rows of papers know theirs."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from danvan_cli.comparing.table import whereabouts_rows
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import FIELDS, LocalTask, unit_numbers
from danvan_cli.localize.trail import value_text
from danvan_cli.localize.whereabouts import Outcome, tasks_meant, whereabouts
from danvan_cli.nodes import Extract
from danvan_cli.prose import Prose
from danvan_cli.render.content import Row
from danvan_cli.render.documents import documents_of
from tests.cities import ROOT, locality_of, shipped_city, small_city
from tests.localize.test_properties import profiles, read
from tests.localize.test_trail import SUBJECTS

CELLS = ("noi_dung", "thoi_gian", "chu_tri", "phoi_hop")


def locality_named(name: str) -> Locality:
    catalogue = shipped_city()
    if name.startswith("mac-dinh/"):
        unit = next(u for u in catalogue.units if u.ma == name.partition("/")[2])
        return Locality.of(catalogue, unit)
    locality, _ = locality_of(catalogue, ROOT / "examples" / name / "ho-so.yaml")
    assert locality is not None
    return locality


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles())
def test_every_city_task_and_every_own_task_is_told_once(text: str) -> None:
    catalogue = small_city()
    locality, _ = read(catalogue, text)
    assert locality is not None
    programme = localize(locality)
    found = whereabouts(locality, programme)
    assert [one.ma for one in found if one.ma] == [str(ma) for ma in catalogue.tasks]
    own = Counter(one.task.ma for one in found if one.outcome is Outcome.OWN and one.task)
    assert own == Counter(task.ma for task in programme.tasks if not task.nguon)
    for one in found:
        assert (one.task is None) == (one.outcome is Outcome.LEFT_OUT)
        assert one.outcome in (Outcome.KEPT, Outcome.OWN) or one.doi or one.ly_do
        assert one.outcome is not Outcome.ADAPTED or one.doi


@pytest.mark.parametrize("name", SUBJECTS[:6])
def test_what_is_kept_says_what_the_city_says_but_for_names(name: str) -> None:
    locality = locality_named(name)
    city = localize(Locality.of(locality.catalogue, locality.catalogue.city))

    def bare(task: LocalTask) -> list[str]:
        values = [value_text(task.value(field)) for field in FIELDS]
        return [re.sub(r"thành phố|phường|xã|đặc khu|thôn|, |tổ dân phố", "", v) for v in values]

    for one in whereabouts(locality, localize(locality)):
        if one.outcome is Outcome.KEPT:
            there = city.task(one.ma)
            assert there is not None
            assert one.task is not None
            assert bare(there) == bare(one.task)


def test_what_the_catalogue_gives_a_unit_otherwise_is_told() -> None:
    locality = locality_named("mac-dinh/le-chan")
    found = {one.tt: one for one in whereabouts(locality, localize(locality))}
    lead = next(change for change in found["2.6"].doi if change.truong == "chu_tri")
    assert (lead.cu, lead.moi) == ("Sở Nội vụ", "Phòng Văn hóa - Xã hội")
    assert {change.truong for change in found["2.8"].doi} >= {"noi_dung", "chu_tri", "phoi_hop"}
    words = locality.catalogue.wording.bang["doi_chieu"]
    notes = {row.tt: row.ghi_chu for row in whereabouts_rows(found.values(), words, "phường")}
    assert notes["4.1"] == (
        "Đổi cơ quan chủ trì: Sở Nội vụ → Phòng Văn hóa - Xã hội; Đổi cơ quan phối hợp:"
        " các sở, ngành và Ủy ban nhân dân cấp xã → các cơ quan, đơn vị"
    )
    assert notes["2.2"] == notes["2.7"] == "Không có"
    assert notes["2.8"].startswith("Sửa câu chữ; Đổi cơ quan chủ trì: Sở Nội vụ → ")


@pytest.mark.parametrize("name", SUBJECTS[:6])
def test_a_task_is_found_by_its_id_and_by_both_its_numbers(name: str) -> None:
    locality = locality_named(name)
    programme = localize(locality)
    found = whereabouts(locality, programme)
    for ma, number in unit_numbers(programme).items():
        by_id, by_number = tasks_meant(found, ma), tasks_meant(found, number)
        assert by_id[0].task is not None
        assert by_id[0].task.ma == ma
        assert by_number[0].task is not None
        assert by_number[0].task.ma == ma
    for one in found:
        if one.tt:
            assert one in tasks_meant(found, one.tt) or one.task in [
                m.task for m in tasks_meant(found, one.tt)
            ]
    assert tasks_meant(found, "không có") == ()


def extracts(words: Prose) -> list[Extract | None]:
    return [piece.extract for piece in words.pieces if piece.extract is not None]


def rows(locality: Locality) -> list[Row]:
    kinds = [k for k in locality.catalogue.document_kinds if k == "danh-muc"]
    documents, _ = documents_of(locality, localize(locality), kinds)
    blocks = [b for d in documents for b in d.content.noi_dung if b.bang is not None]
    return [row for block in blocks if block.bang is not None for row in block.bang.rows()]


@pytest.mark.parametrize("name", [s for s in SUBJECTS if s != "ha-bac"])
def test_the_words_of_a_row_stand_where_those_of_its_task_do(name: str) -> None:
    locality = locality_named(name)
    programme = localize(locality)
    printed = rows(locality)
    assert printed
    for row in printed:
        task = programme.task(row.ma)
        assert task is not None
        for field in ("noi_dung", "thoi_gian"):
            assert extracts(row.cell(field).chu) == extracts(getattr(task, field))
        for field in ("chu_tri", "phoi_hop"):
            named = {a.called for a in getattr(task, field)}
            own = [p for p in row.cell(field).chu.pieces if p.via is not None]
            assert {piece.via for piece in own} == named
            assert all(piece.extract is not None for piece in own)
