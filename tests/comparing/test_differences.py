"""Two sides compared: held against the brute way, word papers and exports beside programmes."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.comparing.changes import LINE, Difference, DifferenceKind, changes, marked
from danvan_cli.comparing.differences import differences
from danvan_cli.comparing.listing import Listing, ids_in, listing_of, of_export, of_programme
from danvan_cli.comparing.table import ComparedRow, compared_rows, comparison
from danvan_cli.localize.export import exported
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.reading.reader import document_in
from danvan_cli.render.documents import documents_of
from danvan_cli.text import breakable
from danvan_cli.word.names import W
from tests.cities import small_city, sound
from tests.hands import Edit, by_hand, lines, with_body
from tests.render.word_files import TEMPLATES

START = 'don_vi: dong-xuan\ndanh_muc: "2027"\nnguoi_ky: de_trong\n'
CHANGES = {
    "bo": "loai_bo:\n  - {ma: nong-thon-moi, ly_do: Đã xong.}\n",
    "han": "sua_doi:\n  - {ma: quy-che-dan-chu, ly_do: Sớm., thoi_gian: Trước ngày 30/6/2027}\n",
    "chu": (
        "sua_doi:\n  - {ma: doi-thoai, ly_do: Khác., noi_dung: Tổ chức gặp gỡ, đối thoại với Nhân"
        " dân tại mọi thôn, chu_tri: cong-an}\n"
    )
    .replace("noi_dung: Tổ chức gặp gỡ, đối", 'noi_dung: "Tổ chức gặp gỡ, đối')
    .replace("mọi thôn,", 'mọi thôn",'),
    "them": (
        "bo_sung:\n  - {ma: ve-sinh, nhom: tuyen-truyen, sau: quan-triet, ly_do: Việc của xã.,"
        " noi_dung: Vận động Nhân dân giữ gìn vệ sinh đường làng, chu_tri:"
        " phong-van-hoa-xa-hoi, thoi_gian: Năm 2027}\n"
    ),
    "thu tu": "thu_tu: [doi-thoai, quy-che-dan-chu]\n",
}
_SEEN: dict[frozenset[str], Locality] = {}
CHOICES = st.frozensets(st.sampled_from(sorted(CHANGES))).filter(
    lambda made: not {"han", "chu"} <= made
)


def unit(chosen: frozenset[str], folder: Path) -> Locality:
    if chosen not in _SEEN:
        text = START + "".join(CHANGES[name] for name in sorted(chosen))
        _SEEN[chosen] = sound(small_city(), text, folder)
    return _SEEN[chosen]


def programme_of(locality: Locality) -> Listing:
    return of_programme(localize(locality), locality.catalogue.wording)


def paper(locality: Locality, kind: str = "danh-muc") -> bytes:
    documents, _ = documents_of(locality, localize(locality), [kind])
    return documents[0].rendered(TEMPLATES)


def paper_listing(data: bytes, locality: Locality) -> Listing:
    document = document_in(data, "x.docx")
    return listing_of(document, ids_in(data, document, [t.ma for t in localize(locality).tasks]))


def without_marks(data: bytes) -> bytes:
    def bare(root: etree._Element) -> None:
        for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)

    return with_body(data, bare)


def brute(one: Listing, other: Listing, names: tuple[str, ...]) -> set[Difference]:
    """Every task of one looked up by id in the other, field by field."""
    before, after = ({t.ma: t for t in side.tasks} for side in (one, other))
    made = set()
    for ma in before.keys() | after.keys():
        if ma not in after:
            made.add(Difference(DifferenceKind.GONE, ma, cu=before[ma].fields["noi_dung"]))
        elif ma not in before:
            made.add(Difference(DifferenceKind.ADDED, ma, moi=after[ma].fields["noi_dung"]))
        else:
            was, now = before[ma], after[ma]
            for name in names:
                if was.fields.get(name) != now.fields.get(name):
                    values = was.fields.get(name, ""), now.fields.get(name, "")
                    made.add(Difference(DifferenceKind.CHANGED, ma, name, *values))
            if was.so != now.so:
                made.add(Difference(DifferenceKind.RENUMBERED, ma, "tt", was.so, now.so))
    return made


PRINTED = ("noi_dung", "chu_tri", "phoi_hop", "thoi_gian")


def of_tasks(found: tuple[Difference, ...]) -> set[Difference]:
    return {d for d in found if d.truong not in (LINE, "ten") and d.ma}


@settings(max_examples=40, deadline=None)
@given(one=CHOICES, other=CHOICES)
def test_papers_exports_and_programmes_agree_with_the_brute_way(
    one: frozenset[str], other: frozenset[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hs")
    before, after = unit(one, folder), unit(other, folder)
    programmes = programme_of(before), programme_of(after)
    wanted = brute(*programmes, PRINTED)
    papers = [paper_listing(paper(side), side) for side in (before, after)]
    assert of_tasks(differences(papers[0], papers[1])) == wanted
    text = json.dumps(exported(after, localize(after)), ensure_ascii=False)
    export = of_export(json.loads(text), after.catalogue.wording)
    assert of_tasks(differences(papers[0], export)) == wanted
    assert differences(programmes[1], export) == ()
    ours = {
        (d.kind, d.ma, d.truong)
        for d in changes(localize(before), localize(after), after.catalogue.wording)
    }
    assert ours == {(d.kind, d.ma, d.truong) for d in differences(*programmes)}


@settings(max_examples=25, deadline=None)
@given(one=CHOICES, other=CHOICES)
def test_tasks_of_papers_without_marks_are_known_by_their_words(
    one: frozenset[str], other: frozenset[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hs")
    before, after = unit(one, folder), unit(other, folder)
    marked_ = [paper_listing(paper(side), side) for side in (before, after)]
    bare = [paper_listing(without_marks(paper(side)), side) for side in (before, after)]
    assert all(task.ma == "" for task in bare[0].tasks)
    known, found = (
        {(d.kind, d.truong, d.cu, d.moi) for d in differences(*sides)} for sides in (marked_, bare)
    )
    assert found == known


def test_a_paper_and_its_unit_are_the_same(tmp_path: Path) -> None:
    locality = unit(frozenset(), tmp_path)
    for kind in ("quyet-dinh", "danh-muc", "chuong-trinh"):
        listing = paper_listing(paper(locality, kind), locality)
        assert differences(listing, listing) == ()
        assert listing.tasks or kind == "quyet-dinh"


def test_other_lines_of_a_paper_are_compared_too(tmp_path: Path) -> None:
    locality = unit(frozenset(), tmp_path)
    data = paper(locality, "quyet-dinh")
    edited = by_hand(
        data,
        Edit("đổi chữ", "có hiệu lực", "Thêm câu."),
        Edit("thêm", "CHỦ TỊCH", "Trần Văn An"),
        Edit("xóa", "Căn cứ Quyết định"),
    )
    gone = next(line for line in lines(data) if line.startswith("Căn cứ Quyết định"))
    was = next(line for line in lines(data) if "có hiệu lực" in line)
    before, after = (paper_listing(d, locality) for d in (data, edited))
    assert differences(before, after) == (
        Difference(DifferenceKind.CHANGED, "", LINE, was, f"{was} Thêm câu."),
        Difference(DifferenceKind.ADDED, "", LINE, moi="Trần Văn An"),
        Difference(DifferenceKind.GONE, "", LINE, cu=gone),
    )


def test_words_are_marked_on_their_own_side() -> None:
    gone, came = ("[-", "-]"), ("{+", "+}")

    def both(truong: str, cu: str, moi: str) -> tuple[str, str]:
        return marked(Difference(DifferenceKind.CHANGED, "ma", truong, cu, moi), gone, came)

    assert both("noi_dung", "a b c", "a x c d") == ("a [-b-] c", "a {+x+} c {+d+}")
    assert both("noi_dung", "a", "a") == ("a", "a")
    assert both("noi_dung", "", "a b") == ("", "{+a b+}")
    assert both("phoi_hop", "a b; c", "a d; c") == ("[-a b-]; c", "{+a d+}; c")


def test_the_table_has_a_row_for_each_task_that_differs(tmp_path: Path) -> None:
    before = programme_of(unit(frozenset(), tmp_path))
    after = programme_of(unit(frozenset({"han", "bo"}), tmp_path))
    words = small_city().wording.bang["so_sanh"]
    rows = list(compared_rows(differences(before, after), before, after, words))
    (late,) = [
        row for row in rows if "Thời gian thực hiện" in row.ghi_chu or "thời gian" in row.ghi_chu
    ]
    assert late.moi.startswith(late.cu.split("\n")[0])
    (gone,) = [row for row in rows if row.ghi_chu == "Bỏ"]
    assert gone.moi == ""
    data = comparison(rows, words, {"cu": "bản một", "moi": "bản hai"}, TEMPLATES)
    said = [breakable(line) for line in lines(data)]
    assert said[:3] == ["Phụ lục", "BẢNG SO SÁNH", "bản một và bản hai"]
    assert "Theo bản một" in said
    body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert '<w:rStyle w:val="ChuThem"/>' in body
    assert '<w:rStyle w:val="ChuBo"/>' in body
    assert "\ue000" not in body


def test_words_a_table_marks_stand_with_those_it_does_not(tmp_path: Path) -> None:
    del tmp_path
    words = small_city().wording.bang["so_sanh"]
    rows = [ComparedRow("1", "a & b", "a < \ue000t\ue001mới\ue000h\ue001 hết", "Sửa")]
    said = lines(comparison(rows, words, {"cu": "A", "moi": "B"}, TEMPLATES))
    assert "a & b" in said
    assert "a < mới hết" in said
