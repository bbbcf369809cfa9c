"""What an edit of a catalogue does: agrees with making every paper of every unit twice."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.localize.changes import DifferenceKind, changes
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.validate.impact import Impact, full_name, impact
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
    assert changes(one, one) == ()
    there = {(c.kind, c.ma, c.truong, c.cu, c.moi) for c in changes(one, two)}
    opposite = {
        DifferenceKind.ADDED: DifferenceKind.GONE,
        DifferenceKind.GONE: DifferenceKind.ADDED,
    }
    back = {(opposite.get(c.kind, c.kind), c.ma, c.truong, c.moi, c.cu) for c in changes(two, one)}
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
