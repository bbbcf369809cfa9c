"""From a printed word back to the line that holds it: the trail of every field of every task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from danvan_cli.findings import Place
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import FIELDS, SEATS, LocalTask, Programme
from danvan_cli.localize.trail import Step, StepKind, Value
from danvan_cli.models.catalogue import Task
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Extract
from danvan_cli.prose import NOTHING, Origin, Piece, Prose
from danvan_cli.text import nfc, squeeze
from tests.cities import EXAMPLES, ROOT, shipped_city, small_city, sound
from tests.localize.test_properties import profiles, read

DEFAULTS = [str(u.ma) for u in shipped_city().units][:: len(shipped_city().units) // 19][:20]


@cache
def programme_and_unit(name: str) -> tuple[Programme, Locality]:
    """The programme of an example (its folder's name) or of a unit without a file."""
    catalogue = shipped_city()
    example = ROOT / "examples" / name / "ho-so.yaml"
    if name.startswith("mac-dinh/"):
        unit = next(u for u in catalogue.units if u.ma == name.partition("/")[2])
        made = Locality.of(catalogue, unit)
        return localize(made), made
    locality = sound(catalogue, example)
    return localize(locality), locality


def programme_of(name: str) -> Programme:
    return programme_and_unit(name)[0]


SUBJECTS = [folder.name for folder in EXAMPLES] + [f"mac-dinh/{ma}" for ma in DEFAULTS]


def replayed(steps: Iterable[Step], ma: str, name: str) -> Value | None:
    """What the steps make of the field `name` of `ma`; None where none of them is about it.

    Raises:
        ValueError: a step does not find what it says it changed.
    """
    states: dict[str, Value] = {}
    for step in steps:
        if step.truong == name:
            states[step.ma] = _after(step, states.get(step.ma))
    return states.get(ma)


def _after(step: Step, state: Value | None) -> Value:
    if step.muc is None and isinstance(step.cu, Prose) and isinstance(step.moi, Prose):
        return _respelt(step, state if isinstance(state, Prose) else NOTHING)
    members = list(state) if isinstance(state, tuple) else []
    if step.muc is not None:
        members[step.muc] = _respelt(step, members[step.muc])
        return tuple(members)
    assert isinstance(step.cu, tuple)
    assert isinstance(step.moi, tuple)
    end = step.at + len(step.cu)
    if [str(m) for m in members[step.at : end]] != [str(m) for m in step.cu]:
        raise ValueError(step)
    members[step.at : end] = step.moi
    return tuple(members)


def _respelt(step: Step, words: Prose) -> Prose:
    end = step.at + len(str(step.cu))
    if str(words)[step.at : end] != str(step.cu):
        raise ValueError(step)
    assert isinstance(step.moi, Prose)
    return words.replaced(step.at, end, step.moi)


def pieces_of(value: Value) -> tuple[Piece, ...]:
    parts = (value,) if isinstance(value, Prose) else value
    return tuple(piece for part in parts for piece in part.pieces)


def letters(value: Value) -> list[tuple[str, Origin | None, Place | None, int]]:
    """Each character with whose it is, its scalar and where in it; members end in a line feed."""
    made: list[tuple[str, Origin | None, Place | None, int]] = []
    for part in (value,) if isinstance(value, Prose) else value:
        for piece in part.pieces:
            place = piece.extract.text.place if piece.extract is not None else None
            start = piece.extract.start if piece.extract is not None else 0
            made += [(c, piece.origin, place, start + i) for i, c in enumerate(piece.text)]
        made.append(("\n", None, None, 0))
    return made


def same(again: Value | None, field: str, value: Value) -> bool:
    """Whether the steps gave the value, each letter of the same place; a seat has no places."""
    if again is None:
        return not value
    return text(again) == text(value) if field in SEATS else letters(again) == letters(value)


def fields(programme: Programme) -> Iterator[tuple[LocalTask, str, Value]]:
    for task in programme.tasks:
        for name in (*FIELDS, *SEATS):
            yield task, name, task.value(name)


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def written(extract: Extract, name: str) -> str:
    """What the file says where the words stand, line breaks and escapes aside."""
    path = ROOT / extract.place.path
    if not path.exists():
        path = ROOT / "examples" / name / "ho-so.yaml"
    span = extract.span
    assert span is not None
    raw = text_of(path)[slice(*span)]
    return squeeze(nfc(raw).replace('\\"', '"').replace("''", "'"))


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_steps_of_a_field_done_again_give_its_value(name: str) -> None:
    for task, field, value in fields(programme_of(name)):
        assert same(replayed(task.buoc, task.ma, field), field, value), (task.ma, field)
    for group in programme_of(name).groups:
        assert str(replayed(group.buoc, group.ma, "ten")) == str(group.ten)
        assert str(replayed(group.buoc, group.ma, "tt")) == group.tt


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_word_ends_at_a_line_that_holds_it_or_at_a_step_that_explains_it(name: str) -> None:
    for task, field, value in fields(programme_of(name)):
        made_by = [s for s in task.buoc if s.truong == field]
        for piece in pieces_of(value):
            if piece.extract is not None:
                held = written(piece.extract, name).casefold()
                assert held == squeeze(piece.text).casefold(), (task.ma, field)
            else:
                explained = [
                    step
                    for step in made_by
                    if step.ly_do or step.place.path
                    if any(piece.text in p.text for p in pieces_of(step.moi))
                ]
                assert explained, (task.ma, field, piece)


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_step_says_why_or_stands_at_a_line(name: str) -> None:
    for task in programme_of(name).tasks:
        for step in task.buoc:
            assert step.ly_do or step.place.path, (task.ma, step)
            assert step.truong in (*FIELDS, *SEATS, "ma")


@pytest.mark.parametrize("name", SUBJECTS)
def test_an_agency_knows_its_assignment_and_its_line_of_the_register(name: str) -> None:
    catalogue = shipped_city()
    own = {str(a.ma): a.ten for a in catalogue.agencies}
    for task in programme_of(name).tasks:
        for agency in (*task.chu_tri, *task.phoi_hop):
            assert agency.called is not None
            assert agency.called.place.path
            first = agency.ten.pieces[0].extract
            assert first is not None
            if first.place.path.endswith("co_quan.yaml"):
                name_ = own[agency.ma]
                assert first.place == name_.written.place_at(0)
            assert all(piece.via == agency.called for piece in agency.ten.pieces)


def speaking(task: Task, unit: Unit) -> str | None:
    """The text of the variant that speaks for the unit, if one has words of its own."""
    locality = Locality.of(shipped_city(), unit)
    variant = next((v for v in task.bien_the if locality.holds(v.khi)), None)
    return variant.noi_dung if variant is not None else None


def test_words_of_a_variant_stand_at_the_line_of_the_variant() -> None:
    catalogue = shipped_city()
    unit = catalogue.units[0]
    met = 0
    for task in localize(Locality.of(catalogue, unit)).tasks:
        words = speaking(catalogue.tasks[task.ma], unit)
        if words is not None:
            met += 1
            steps = [s for s in task.buoc if s.truong == "noi_dung"]
            assert [s.buoc for s in steps][:2] == [StepKind.SELECT, StepKind.VARIANT]
            own = next(p for p in task.noi_dung.pieces if p.origin is Origin.CATALOGUE)
            assert own.extract is not None
            assert own.extract.text is words
    assert met


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles())
def test_the_steps_give_the_value_whatever_a_file_changes(text: str) -> None:
    locality, _ = read(small_city(), text)
    assert locality is not None
    for task, field, value in fields(localize(locality)):
        assert same(replayed(task.buoc, task.ma, field), field, value)


CHANGES = """\
don_vi: nghi-duong
sua_doi:
  - ma: quy-hoach-thanh-pho
    ly_do: Theo phân công của xã.
    noi_dung: {thay: {Thực hiện công tác: "Cùng {don_vi} làm công tác"}}
    chu_tri: {them: cong-an, bot: phong-kinh-te}
    phoi_hop: [van-phong-hdnd-ubnd]
    thoi_gian: Quý II/2026
hop_nhat:
  - ma: chung
    tu: [ke-hoach-theo-chu-de-nam, tuyen-truyen-quan-triet]
    ly_do: Cùng một việc.
thu_tu: [doi-thoai-voi-nhan-dan, chuong-trinh-tong-the-cchc]
"""


def test_each_kind_of_change_is_told_by_its_own_line(tmp_path: Path) -> None:
    locality = sound(shipped_city(), written_file(tmp_path, CHANGES))
    programme = localize(locality)
    told = [
        (s.buoc.value, s.truong, text(s.cu), text(s.moi), s.ly_do, line_of(s.place, CHANGES))
        for ma in ("quy-hoach-thanh-pho", "chung", "doi-thoai-voi-nhan-dan")
        for s in getattr(programme.task(ma), "buoc", ())
        if s.buoc in (StepKind.REPLACE, StepKind.MERGE, StepKind.ORDER)
    ]
    why = "Theo phân công của xã."
    assert told[:5] == [
        (
            "sua_doi",
            "noi_dung",
            "Thực hiện công tác",
            "Cùng {don_vi} làm công tác",
            why,
            'Cùng {don_vi} làm công tác"}}',
        ),
        ("sua_doi", "thoi_gian", "Thường xuyên", "Quý II/2026", why, "Quý II/2026"),
        ("sua_doi", "chu_tri", "Phòng Kinh tế", "", why, "phong-kinh-te}"),
        ("sua_doi", "chu_tri", "", "cong-an", why, "cong-an, bot: phong-kinh-te}"),
        (
            "sua_doi",
            "phoi_hop",
            "các cơ quan, đơn vị có liên quan",
            "van-phong-hdnd-ubnd",
            why,
            "van-phong-hdnd-ubnd]",
        ),
    ]
    assert [t[1] for t in told[5:-1]] == [
        "noi_dung",
        "thoi_gian",
        "tt",
        "nhom",
        "chu_tri",
        "phoi_hop",
    ]
    assert told[6][2:] == (
        "",
        "Hoàn thành trước ngày 15/02/2026",
        "Thời hạn sớm nhất, của 'ke-hoach-theo-chu-de-nam': đến 14/02/2026.",
        "chung",
    )
    assert told[-1] == (
        "thu_tu",
        "tt",
        "4.3",
        "4.1",
        "Đánh số theo thứ tự trong chương trình.",
        "doi-thoai-voi-nhan-dan, chuong-trinh-tong-the-cchc]",
    )


def written_file(folder: Path, content: str) -> Path:
    path = folder / "ho-so.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def text(value: Value) -> str:
    return str(value) if isinstance(value, Prose) else "; ".join(str(member) for member in value)


def line_of(place: Place, content: str) -> str:
    """The rest of the line from the place on."""
    return content.split("\n")[place.line - 1][place.column - 1 :]


def test_words_know_the_layer_they_come_from() -> None:
    pieces = [p for _, _, value in fields(programme_of("nghi-duong")) for p in pieces_of(value)]
    layers = {(p.place.path.partition("/")[2], p.layer) for p in pieces if p.extract is not None}
    assert ("hai-phong/2026/danh_muc.yaml", "nam") in layers
    assert ("quoc-gia/co_quan.yaml", "quoc_gia") in layers
    assert ("", "don_vi") in layers
    assert {layer for _, layer in layers} <= {"nam", "tinh", "quoc_gia", "don_vi"}
