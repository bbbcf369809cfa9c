"""What an edit of a catalogue does: agrees with making every paper of every unit twice."""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.comparing.changes import DifferenceKind, changes
from danvan_cli.findings import Finding, Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.validate.impact import Impact, Unknown, full_name, impact
from danvan_cli.validate.report.impact import impact_lines
from tests.cities import SMALL

TASKS, AGENCIES, UNITS, WORDS = (
    "2027/danh_muc.yaml",
    "co_quan.yaml",
    "don_vi.yaml",
    "2027/ngon_tu.yaml",
)
EDITS = (
    (TASKS, "Tổ chức đối thoại với", "Tăng cường đối thoại với"),
    (TASKS, "ma: doi-thoai", "ma: tiep-dan"),
    (TASKS, "thoi_gian: Thường xuyên", "thoi_gian: Hằng tháng"),
    (TASKS, "chu_de: Gần dân, sát việc", "chu_de: Trọng dân"),
    (TASKS, "phoi_hop: cac-so-nganh", "phoi_hop: so-noi-vu"),
    (AGENCIES, "ten: Phòng Văn hóa - Xã hội", "ten: Phòng Nội vụ"),
    (AGENCIES, "Công an {loai}", "Công an của {loai}"),
    (UNITS, "ten: Đông Xuân", "ten: Đông Hạ"),
    (WORDS, "Nơi nhận:", "Gửi:"),
    (WORDS, "chu_tich: [TM. ", "chu_tich: [Thay mặt "),
    ("2027/van_ban/quyet_dinh.yaml", "Theo đề nghị của", "Xét đề nghị của"),
    ("2027/danh_muc.yaml", "# ", "# Chỉ đổi chú thích. "),
)


@cache
def city(edits: frozenset[int]) -> Catalogue | None:
    """The small city with some of `EDITS`; None where it cannot be read so."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "thanh-pho"
        shutil.copytree(SMALL, made)
        for index in sorted(edits):
            name, old, new = EDITS[index]
            path = made / name
            if path.is_file():
                path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
        return load_catalogue(made)[0]


def printed(catalogue: Catalogue, ma: str) -> list[str]:
    """All that the papers of a unit say, and its programme's ids and numbers."""
    unit = next(u for u in (catalogue.city, *catalogue.units) if u.ma == ma)
    locality = Locality.of(catalogue, unit)
    programme = localize(locality)
    documents, findings = documents_of(locality, programme, document_kinds(locality))
    assert programme.findings + findings == ()
    said = [str(words) for d in documents for words in d.content.proses()]
    said += [str(task.value(name)) for task in programme.tasks for name in ("tt", "nhom")]
    said += [task.ma for task in programme.tasks]
    said += [str(words) for task in programme.tasks for words in task.chi_tiet]
    return said + [str(words) for task in programme.tasks for words in task.chu_thich]


SOME = st.frozensets(st.integers(0, len(EDITS) - 1), max_size=3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOME, SOME)
def test_the_units_touched_are_those_whose_papers_differ(
    before: frozenset[int], after: frozenset[int]
) -> None:
    old, new = city(before), city(after)
    assert old is not None
    assert new is not None
    found = impact(old, new)
    assert found.khong_xac_dinh == ()
    known = {str(u.ma) for u in (old.city, *old.units)}
    differ = {
        full_name(unit, new)
        for unit in (new.city, *new.units)
        if unit.ma in known and printed(old, str(unit.ma)) != printed(new, str(unit.ma))
    }
    assert set(found.touched) == differ


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOME, SOME)
def test_no_change_is_told_where_nothing_differs_and_both_ways_mirror(
    before: frozenset[int], after: frozenset[int]
) -> None:
    old, new = city(before), city(after)
    assert old is not None
    assert new is not None
    unit = new.units[0]
    one, two = (localize(Locality.of(c, unit)) for c in (old, new))
    assert changes(one, one, new.wording) == ()
    there = {(c.kind, c.ma, c.truong, c.cu, c.moi) for c in changes(one, two, new.wording)}
    opposite = {
        DifferenceKind.ADDED: DifferenceKind.GONE,
        DifferenceKind.GONE: DifferenceKind.ADDED,
    }
    back = {
        (opposite.get(c.kind, c.kind), c.ma, c.truong, c.moi, c.cu)
        for c in changes(two, one, new.wording)
    }
    assert there == back


def lines(*edits: int) -> list[str]:
    old, new = city(frozenset()), city(frozenset(edits))
    assert old is not None
    assert new is not None
    return list(impact_lines([impact(old, new)]))


def test_the_same_change_is_told_once_with_its_units() -> None:
    assert lines(0) == [
        "Danh mục 2027: sửa danh mục làm đổi văn bản của 5 đơn vị:",
        "- 'doi-thoai' đổi nội dung “Tổ chức đối thoại với …” thành “Tăng cường đối thoại với …”: mọi đơn vị (5)",
    ]


def test_words_of_papers_and_names_of_units_are_compared_too() -> None:
    assert lines(9)[0] == "Danh mục 2027: sửa danh mục làm đổi văn bản của 5 đơn vị:"
    assert any(line.startswith("- văn bản 'quyet-dinh', khối 'ky' ") for line in lines(9))
    assert any("xã Đông Hạ" in line for line in lines(7))


def test_an_edit_that_changes_no_paper_says_so() -> None:
    assert lines(11) == ["Danh mục 2027: sửa danh mục không làm đổi văn bản của đơn vị nào."]


def test_units_that_come_and_go_are_told() -> None:
    made = Impact("2027", 2, {"xã": ("xã A", "xã B")}, them=("xã A",), bot=("xã C",))
    assert list(impact_lines([made])) == [
        "Danh mục 2027: thêm đơn vị xã A.",
        "Danh mục 2027: bớt đơn vị xã C.",
    ]


def test_what_cannot_be_told_is_said_once_with_its_cause() -> None:
    fault = Finding(Place("danh_muc.yaml", 19, 18), "DV401", "Cơ quan 'x' không có.")
    units = ("xã A", "xã B", "phường C")
    kinds = {"xã": units[:2], "phường": units[2:]}
    made = Impact("2027", 3, kinds, khong_xac_dinh=tuple(Unknown(u, fault) for u in units))
    assert list(impact_lines([made])) == [
        "Danh mục 2027: không xác định được văn bản của 3 đơn vị đổi gì, vì:",
        "- danh_muc.yaml:19:18 DV401 Cơ quan 'x' không có. (mọi đơn vị (3))",
    ]


FILES = sorted(path for path in SMALL.rglob("*.yaml"))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Path, str]:
    """A file of the small city with one of its lines reworded, said twice or left out."""
    path = draw(st.sampled_from(FILES))
    text = path.read_text("utf-8").splitlines(keepends=True)
    at = draw(st.integers(0, len(text) - 1))
    words = [m.span() for m in re.finditer(r"(?<=\s)[^\W\d_]+(?![\w:-])", text[at])]
    how = draw(st.sampled_from(["word", "word", "word", "gone"]))
    if how == "word" and words:
        start, end = draw(st.sampled_from(words))
        text[at] = text[at][:start] + draw(st.sampled_from(["cây", "Sông"])) + text[at][end:]
    else:
        del text[at]
    return path.relative_to(SMALL), "".join(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited())
def test_any_edit_is_told_for_just_the_units_whose_papers_it_changes(
    edit: tuple[Path, str],
) -> None:
    """Compared with making every paper twice; where faults keep it from being told, they are named."""
    old = city(frozenset())
    assert old is not None
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "thanh-pho"
        shutil.copytree(SMALL, made)
        (made / edit[0]).write_text(edit[1], "utf-8")
        new, faults = load_catalogue(made)
    if new is None or faults:
        assert new is None or impact(old, new, faults=faults).loi == faults
        return
    found = impact(old, new)
    unknown = {one.don_vi for one in found.khong_xac_dinh}
    known = {str(u.ma) for u in (old.city, *old.units)}
    after = {str(u.ma): u for u in (new.city, *new.units)}
    assert set(found.bot) == {
        full_name(u, old) for u in (old.city, *old.units) if u.ma not in after
    }
    for ma in known & set(after):
        name = full_name(after[ma], new)
        whole = _whole(new, ma)
        assert (name in unknown) == (whole is None), name
        if whole is not None:
            assert (name in found.touched) == (whole != _whole(old, ma)), name


def _whole(catalogue: Catalogue, ma: str) -> list[str] | None:
    """As `printed`; None where something is wrong with it."""
    unit = next(u for u in (catalogue.city, *catalogue.units) if u.ma == ma)
    locality = Locality.of(catalogue, unit)
    programme = localize(locality)
    _, findings = documents_of(locality, programme, document_kinds(locality))
    return None if programme.findings + findings else printed(catalogue, ma)


def test_the_words_for_asking_an_office_are_told_for_every_unit(tmp_path: Path) -> None:
    old = city(frozenset())
    assert old is not None
    made = tmp_path / "thanh-pho"
    shutil.copytree(SMALL, made)
    words = made / "2027" / "ngon_tu.yaml"
    text = words.read_text("utf-8")
    assert "đề nghị {co_quan}" in text
    words.write_text(text.replace("đề nghị {co_quan}", "mời {co_quan}"), "utf-8")
    new, faults = load_catalogue(made)
    assert new is not None
    assert faults == ()
    assert set(impact(old, new).touched) == {full_name(u, new) for u in (new.city, *new.units)}
