"""Every unit of the city: what `danvan init` makes of its answers, and what its papers say of it."""

from __future__ import annotations

import re
from functools import cache
from itertools import cycle
from operator import attrgetter
from pathlib import Path

import pytest

from danvan_cli.cli.init import _ask_facts, profile_text
from danvan_cli.localize.locality import Locality, asked_facts
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.registers import Unit
from danvan_cli.render.documents import LEFT_BLANK, document_kinds, documents_of
from danvan_cli.validate.localised import local_findings
from tests.cases import some
from tests.cities import locality_of, shipped_city

UNITS = {str(unit.ma): unit for unit in shipped_city().units}
ANSWERS = (("c",), ("k",), ("",), ("c", "k", ""), ("", "có", "không"))
"""What is typed at one question after another, over and over."""


@pytest.mark.parametrize("first", range(len(ANSWERS)))
def test_every_answer_makes_a_file_that_gives_clean_papers(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each unit answers in one way, and its neighbour in the list in another."""
    catalogue, step = shipped_city(), len(ANSWERS)
    units = some(list(UNITS.values()), 4, attrgetter("loai", "dac_diem"))
    for unit in (*units[first::step], *units[(first + 1) % step :: step]):
        typed = cycle(ANSWERS[first])
        monkeypatch.setattr("typer.prompt", lambda *_, said=typed, **__: next(said))
        has, has_not = _ask_facts(catalogue, unit)
        text = profile_text(catalogue, unit, "ho-so.yaml", LEFT_BLANK, None, has, has_not)
        locality, findings = locality_of(catalogue, text, tmp_path)
        assert locality is not None
        assert findings == ()
        programme = localize(locality)
        _, found = documents_of(locality, programme, document_kinds(locality))
        assert (unit.ma, programme.findings, found) == (unit.ma, (), ())
        assert not local_findings(locality)
        asked = asked_facts(catalogue, unit.loai)
        assert locality.unknown == {f for f in asked if f not in locality.facts} - {*has_not}
        left_open = {fact for gone in programme.dropped for fact in gone.chua_biet}
        assert left_open <= locality.unknown


@cache
def papers(ma: str) -> dict[str, str]:
    """The default papers of a unit as text, by kind."""
    locality = Locality.of(shipped_city(), UNITS[ma])
    documents, findings = documents_of(locality, localize(locality), document_kinds(locality))
    assert findings == ()
    return {d.kind: "\n".join(str(p) for p in d.content.proses()) for d in documents}


WORDS_OF_OTHERS = {
    "xa": r"(?<!cấp )\bphường\b|đặc khu|tổ dân phố|Kinh tế, Hạ tầng và Đô thị",
    "phuong": r"(?<!cấp )(?<!phường, )\bxã\b(?! hội)|đặc khu|\bthôn\b|nông thôn mới",
    "dac_khu": r"(?<!cấp )\bxã\b(?! hội)|\bphường\b|Ban Xây dựng Đảng|Hạ tầng và Đô thị",
}


@pytest.mark.parametrize("ma", UNITS)
def test_no_paper_speaks_of_units_of_another_kind_or_of_districts(ma: str) -> None:
    unit: Unit = UNITS[ma]
    for kind, text in papers(ma).items():
        plain = text.replace(str(unit.ten), "")
        others = re.compile(WORDS_OF_OTHERS[str(unit.loai)], re.IGNORECASE)
        found = [line for line in plain.split("\n") if others.search(line)]
        assert (kind, found) == (kind, [])
        assert not re.search(r"\b(quận|huyện|thị trấn)\b", plain, re.IGNORECASE)
        assert "{" not in text


def test_a_unit_without_a_people_s_council_names_none() -> None:
    text = "\n".join(papers("bach-long-vi").values())
    assert "HĐND đặc khu" not in text
    assert "Văn phòng Hội đồng nhân dân" not in text
    assert "Văn phòng Ủy ban nhân dân đặc khu" in text
    assert "đại biểu Hội đồng nhân dân các cấp." not in text
    assert "tổ dân phố" not in text
    assert "TT. HĐND đặc khu" in "\n".join(papers("cat-hai").values())


@pytest.mark.parametrize("ma", ["le-chan", "an-lao", "cat-hai", "bach-long-vi"])
def test_every_task_of_a_default_programme_is_led_first_by_one_with_a_name(ma: str) -> None:
    programme = localize(Locality.of(shipped_city(), UNITS[ma]))
    for task in programme.tasks:
        if not programme.points(task.ma):
            assert task.chu_tri[:1], task.ma
            assert not task.chu_tri[0].tap_the, task.ma
            assert task.phoi_hop, task.ma


def test_the_annex_of_the_year_s_plan_names_each_task_by_its_number_there() -> None:
    locality = Locality.of(shipped_city(), UNITS["an-lao"])
    programme = localize(locality)
    (plan,), _ = documents_of(locality, programme, ["ke-hoach-nam"])
    printed = {
        ma: str(block.so).rstrip(".")
        for block in plan.content.noi_dung
        if block.loai == "viec"
        for ma in block.nhiem_vu
    }
    rows = {row.ma: row for row in plan.content.phu_luc[0].hang}
    # What reports ask for is numbered where the plan says it.
    assert printed.items() <= {ma: str(row.tt) for ma, row in rows.items()}.items()
    assert all(len(str(rows[ma].noi_dung).split()) < 25 for ma in printed)
    assert str(rows["chinh-quyen-than-thien"].thang) == "2 - 3"
