"""A paper edited by hand is made new: danvan's changes come in, the person's stay."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.localize.pipeline import localize
from danvan_cli.reading.lines import word_lines
from danvan_cli.render.documents import documents_of
from danvan_cli.text import breakable
from danvan_cli.word.names import W, text_of
from danvan_cli.word.pack import MADE, is_untouched
from danvan_cli.word.package import own_properties, read_package
from danvan_cli.word.renewal.renew import CommentWords, Renewed, renewed
from danvan_cli.word.revisions import comments_in
from tests.cities import small_city, sound
from tests.hands import Edit, body_of, by_hand, lines, paragraph, row_of, with_body
from tests.render.word_files import TEMPLATES

WORDS = CommentWords("Mới: {}", "Không còn.", "Đã xóa: {}")
START = 'don_vi: dong-xuan\ndanh_muc: "2027"\nnguoi_ky: de_trong\n'
SIGNED = START.replace("de_trong", "Trần Văn An")


read = cache(body_of)
_MADE: dict[str, dict[str, bytes]] = {}


def papers(text: str, folder: Path) -> dict[str, bytes]:
    """The papers of the unit's file `text`, by kind."""
    if text not in _MADE:
        _MADE[text] = _papers(text, folder)
    return _MADE[text]


def _papers(text: str, folder: Path) -> dict[str, bytes]:
    locality = sound(small_city(), text, folder)
    kinds = ["quyet-dinh", "danh-muc", "chuong-trinh"]
    documents, findings = documents_of(locality, localize(locality), kinds)
    assert findings == ()
    return {d.kind: d.rendered(TEMPLATES) for d in documents}


def made(edited: bytes, new: bytes) -> Renewed:
    found = renewed(edited, new, WORDS)
    assert found is not None
    return found


def test_number_date_and_signer_come_into_an_edited_paper(tmp_path: Path) -> None:
    old = papers(START, tmp_path)["quyet-dinh"]
    text = SIGNED + "van_ban:\n  quyet-dinh: {so_hieu: 15, ngay: 20/01/2027}\n"
    new = papers(text, tmp_path)["quyet-dinh"]
    edited = by_hand(old, Edit("đổi chữ", "có hiệu lực", "Các cơ quan tự theo dõi."))
    came = made(edited, new)
    assert lines(came.data) == lines(
        by_hand(new, Edit("đổi chữ", "có hiệu lực", "Các cơ quan tự theo dõi."))
    )
    assert "Số: 15/QĐ-UBND" in lines(came.data)
    assert "Trần Văn An" in lines(came.data)
    assert came.conflicts == ()


def test_both_changed_the_person_s_words_stay_and_danvan_s_stand_beside(tmp_path: Path) -> None:
    old = papers(START, tmp_path)["chuong-trinh"]
    change = (
        "sua_doi:\n  - {ma: quy-che-dan-chu, ly_do: Sớm hơn., thoi_gian: Trước ngày 30/6/2027}\n"
    )
    new = papers(START + change, tmp_path)["chuong-trinh"]
    (was,) = set(lines(old)) - set(lines(new))
    (now,) = set(lines(new)) - set(lines(old))
    edited = by_hand(old, Edit("đổi chữ", was, "nếu kịp"))
    came = made(edited, new)
    assert lines(came.data) == lines(edited)
    assert came.conflicts == (f"Mới: {now}",)
    assert comments_in(came.data) == (f"danvan: Mới: {now}",)
    noted = paragraph(body_of(came.data), f"{was} nếu kịp")
    assert noted.find(f".//{W}commentReference") is not None


def test_made_new_again_nothing_more_is_said(tmp_path: Path) -> None:
    old, new = (papers(t, tmp_path)["quyet-dinh"] for t in (START, SIGNED))
    once = made(by_hand(old, Edit("đổi chữ", "có hiệu lực", "Thêm.")), new)
    again = made(once.data, new)
    assert lines(again.data) == lines(once.data)
    assert (again.renewed, again.conflicts) == ((), ())


def test_a_name_typed_by_hand_stays_beside_another(tmp_path: Path) -> None:
    old, new = (papers(t, tmp_path)["quyet-dinh"] for t in (START, SIGNED))
    came = made(by_hand(old, Edit("thêm", "CHỦ TỊCH", "Lê Thị Bình")), new)
    assert "Lê Thị Bình" in lines(came.data)
    assert "Trần Văn An" not in lines(came.data)
    assert came.conflicts == ("Mới: Trần Văn An",)


def test_a_name_typed_by_hand_that_is_danvan_s_too_stands_once(tmp_path: Path) -> None:
    old, new = (papers(t, tmp_path)["quyet-dinh"] for t in (START, SIGNED))
    came = made(by_hand(old, Edit("thêm", "CHỦ TỊCH", "Trần Văn An")), new)
    assert lines(came.data).count("Trần Văn An") == 1
    assert came.conflicts == ()


def test_what_danvan_drops_stays_where_a_person_worked_on_it(tmp_path: Path) -> None:
    old = papers(START, tmp_path)["danh-muc"]
    new = papers(START + "loai_bo:\n  - {ma: quy-che-dan-chu, ly_do: Đã xong.}\n", tmp_path)
    row = next(
        line for line in lines(old) if "Quy chế" in line and line not in lines(new["danh-muc"])
    )
    came = made(by_hand(old, Edit("đổi chữ", row, "ngay")), new["danh-muc"])
    assert f"{row} ngay" in lines(came.data)
    assert came.conflicts == ("Không còn.",)
    assert row not in lines(made(by_hand(old, Edit("đậm", row)), new["danh-muc"]).data)


def test_what_a_person_deleted_stays_away_and_its_change_is_told(tmp_path: Path) -> None:
    old = papers(START, tmp_path)["danh-muc"]
    change = "sua_doi:\n  - {ma: quy-che-dan-chu, ly_do: Sớm., thoi_gian: Trước ngày 30/6/2027}\n"
    new = papers(START + change, tmp_path)["danh-muc"]
    row = next(line for line in lines(old) if "Quy chế" in line)
    came = made(by_hand(old, Edit("xóa", row, row=True)), new)
    assert row not in lines(came.data)
    (told,) = came.conflicts
    assert told.startswith("Đã xóa: ")
    assert "Trước ngày 30/6/2027" in told


def test_looks_pictures_and_tables_by_hand_stay(tmp_path: Path) -> None:
    old = papers(START, tmp_path)["chuong-trinh"]
    change = "sua_doi:\n  - {ma: quy-che-dan-chu, ly_do: Sớm., thoi_gian: Trước ngày 30/6/2027}\n"
    new = papers(START + change, tmp_path)["chuong-trinh"]
    (was,) = set(lines(old)) - set(lines(new))
    (now,) = set(lines(new)) - set(lines(old))

    def change_by_hand(root: etree._Element) -> None:
        place = paragraph(root, was)
        picture = etree.SubElement(etree.SubElement(place, f"{W}r"), f"{W}drawing")
        etree.SubElement(picture, "hinh")
        table = etree.fromstring(
            f'<w:tbl xmlns:w="{W[1:-1]}"><w:tr><w:tc><w:p><w:r><w:t>Bảng tay</w:t></w:r></w:p>'
            "</w:tc></w:tr></w:tbl>"
        )
        place.addnext(table)

    edited = with_body(by_hand(old, Edit("đậm", was)), change_by_hand)
    came = body_of(made(edited, new).data)
    place = paragraph(came, now)
    assert all(
        r.find(f"{W}rPr/{W}b") is not None
        for r in place.iter(f"{W}r")
        if r.find(f"{W}t") is not None
    )
    assert place.find(f".//{W}drawing") is not None
    following = place.getnext()
    assert following is not None
    assert following.tag == f"{W}tbl"


def test_rows_renumbered_by_danvan_keep_the_words_of_a_person(tmp_path: Path) -> None:
    old = papers(START, tmp_path)["danh-muc"]
    new = papers(START + "loai_bo:\n  - {ma: quy-che-dan-chu, ly_do: Đã xong.}\n", tmp_path)
    body = body_of(old)
    gone = row_of(paragraph(body, next(x for x in lines(old) if "Quy chế" in x)))
    following = gone.getnext()
    assert following is not None
    words = breakable(text_of(list(following.iter(f"{W}p"))[1]))
    edited = by_hand(old, Edit("đổi chữ", words, "sớm"))
    came = made(edited, new["danh-muc"])
    assert lines(came.data) == lines(by_hand(new["danh-muc"], Edit("đổi chữ", words, "sớm")))


def test_a_file_that_does_not_say_what_danvan_wrote_is_not_guessed_at(tmp_path: Path) -> None:
    paper = papers(START, tmp_path)["quyet-dinh"]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "docProps/custom.xml":
                new.writestr(name, old.read(name))
    assert renewed(out.getvalue(), paper, WORDS) is None


def test_the_properties_are_those_of_the_new_paper(tmp_path: Path) -> None:
    old, new = (papers(t, tmp_path)["quyet-dinh"] for t in (START, SIGNED))
    came = made(by_hand(old, Edit("đổi chữ", "có hiệu lực", "Thêm.")), new)
    assert own_properties(read_package(came.data)) == own_properties(read_package(new))
    assert all(len(v) <= 250 for n, v in own_properties(read_package(new)).items() if MADE in n)
    assert not is_untouched(came.data)


CHANGES = {
    "so": "van_ban:\n  {kind}: {{so_hieu: 15, ngay: 20/01/2027}}\n",
    "bo": "loai_bo:\n  - {{ma: nong-thon-moi, ly_do: Đã xong.}}\n",
    "sua": (
        "sua_doi:\n  - {{ma: quy-che-dan-chu, ly_do: Sớm., thoi_gian: Trước ngày 30/6/2027}}\n"
        "  - {{ma: doi-thoai, ly_do: Khác., noi_dung: Đối thoại với Nhân dân ở mọi thôn}}\n"
    ),
    "them": (
        "bo_sung:\n  - {{ma: ve-sinh, nhom: dan-chu, ly_do: Việc của xã., noi_dung: Vận động"
        " Nhân dân giữ gìn vệ sinh đường làng, chu_tri: phong-van-hoa-xa-hoi, thoi_gian: Năm 2027}}\n"
    ),
    "thu tu": "thu_tu: [doi-thoai, quy-che-dan-chu]\n",
}
DEEDS = st.sampled_from(["đổi chữ", "xóa", "thêm", "chuyển"])


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@example(
    kind="chuong-trinh",
    signed=False,
    changes={"sua", "them", "so", "bo"},
    deeds=[("chuyển", 46, 38), ("thêm", 196, 199), ("đổi chữ", 122, 69)],
)
@given(
    kind=st.sampled_from(["quyet-dinh", "danh-muc", "chuong-trinh"]),
    signed=st.booleans(),
    changes=st.sets(st.sampled_from(sorted(CHANGES))),
    deeds=st.lists(st.tuples(DEEDS, st.integers(0, 200), st.integers(0, 200)), max_size=4),
)
def test_edits_of_a_person_and_of_danvan_that_do_not_meet_are_both_there(
    kind: str,
    signed: bool,
    changes: set[str],
    deeds: list[tuple[str, int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Held against the brute way: the same edits by hand on the paper as danvan makes it now."""
    folder = tmp_path_factory.mktemp("hs")
    start = SIGNED if signed else START
    text = SIGNED + "".join(CHANGES[c].format(kind=kind) for c in sorted(changes))
    old, new = papers(start, folder)[kind], papers(text, folder)[kind]
    edits = _apart(old, new, deeds)
    came = made(by_hand(old, *edits), new)
    wanted = by_hand(new, *edits)
    assert Counter(lines(came.data)) == Counter(lines(wanted))
    if "thu tu" not in changes or not edits:
        assert lines(came.data) == lines(wanted)
    assert came.conflicts == ()
    assert [x for x in word_lines(came.data) if x.strip()]


def _apart(old: bytes, new: bytes, deeds: list[tuple[str, int, int]]) -> list[Edit]:
    """Edits at places of their own that danvan left as they are, with what stands round them."""
    count = Counter(lines(old))
    free = [
        line
        for line in lines(old)
        if count[line] == 1 and _round(old, line) == _round(new, line) and len(line) > 12
    ]
    made: list[Edit] = []
    for deed, a, b in deeds:
        if len(free) < 2:
            break
        at = free.pop(a % len(free))
        row = _in_task_table(old, at)
        to = ""
        if deed == "chuyển":
            targets = [
                x
                for x in free
                if _in_task_table(old, x) == row and _level(old, x) == _level(old, at)
            ]
            if not targets:
                continue
            to = targets[b % len(targets)]
            free.remove(to)
        if deed == "xóa" and not row and _alone(old, at):
            continue
        made.append(Edit(deed, at, f"bằng tay {len(made)}", to, row and deed != "đổi chữ"))  # type: ignore[arg-type]
        near = {*_round(old, at), *(_round(old, to) if to else ())}
        free = [x for x in free if x not in near]
    return made


def _round(data: bytes, line: str) -> tuple[str, ...]:
    """The paragraph or row of `line` and its neighbours, as text."""
    body = read(data)
    found = [p for p in body.iter(f"{W}p") if breakable(text_of(p)).strip() == line]
    if not found:
        return ()
    whole = row_of(found[0]) if _in_task_table(data, line) else found[0]
    near = [whole.getprevious(), whole, whole.getnext()]
    return tuple(
        x
        for one in near
        if one is not None
        for p in one.iter(f"{W}p")
        if (x := breakable(text_of(p)).strip())
    )


def _in_task_table(data: bytes, line: str) -> bool:
    place = paragraph(read(data), line)
    table = next(place.iterancestors(f"{W}tbl"), None)
    return table is not None and table.find(f".//{W}bookmarkStart") is not None


def _level(data: bytes, line: str) -> str:
    place = paragraph(read(data), line)
    parent = row_of(place).getparent() if _in_task_table(data, line) else place.getparent()
    assert parent is not None
    return place.getroottree().getpath(parent)


def _alone(data: bytes, line: str) -> bool:
    parent = paragraph(read(data), line).getparent()
    return parent is not None and parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1
