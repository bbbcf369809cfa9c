"""Edits of a paper come home to the unit's file: made again, the paper is the edited one."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from danvan_cli.cli.pull import show
from danvan_cli.importing.pull import Pulled, TwiceRead, compared_lines, pull
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.reading.lines import word_lines
from danvan_cli.render.documents import documents_of
from danvan_cli.render.ink import held
from tests.cities import EXAMPLES, locality_of, shipped_city, small_city
from tests.hands import DEEDS, Deed, Edit, by_hand, edited_at
from tests.render.word_files import TEMPLATES

PROFILE = """# Hồ sơ của xã Đông Xuân.
don_vi: dong-xuan
danh_muc: "2027"   # năm
nguoi_ky: Trần Văn An
sua_doi:
  - ma: doi-thoai
    ly_do: Xã đối thoại sớm.   # đã họp
    thoi_gian: Quý II/2027
bo_sung:
  - ma: ve-sinh
    nhom: dan-chu
    ly_do: Việc của xã.
    noi_dung: Vận động Nhân dân giữ gìn vệ sinh đường làng, ngõ xóm
    chu_tri: phong-van-hoa-xa-hoi
    thoi_gian: Thường xuyên
"""


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The .docx with each first of two texts become the second, in its document part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode()
                for before, after in changes:
                    printed = before if before in text else held(before)
                    assert printed in text
                    text = text.replace(printed, after, 1)
                content = text.encode()
            new.writestr(name, content)
    return out.getvalue()


def paper_of(locality: Locality, kind: str) -> bytes:
    documents, _ = documents_of(locality, localize(locality), [kind])
    return documents[0].rendered(TEMPLATES)


def pulled(data: bytes, locality: Locality, text: str, kind: str) -> Pulled:
    return pull(TwiceRead.of_word(data, "x.docx"), locality, text, kind, TEMPLATES)


@pytest.fixture
def own(tmp_path: Path) -> Locality:
    locality, findings = locality_of(small_city(), PROFILE, tmp_path)
    assert findings == ()
    assert locality is not None
    return locality


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            ("Quý II/2027", "Trước ngày 30/6/2027"),
            [
                "  - ma: quy-che-dan-chu",
                "    ly_do: (cần ghi lý do)",
                "    thoi_gian: Trước ngày 30/6/2027",
            ],
        ),
        (
            ("Vận động Nhân dân giữ gìn", "Vận động Nhân dân cùng giữ gìn"),
            ["    noi_dung: Vận động Nhân dân cùng giữ gìn vệ sinh đường làng, ngõ xóm"],
        ),
        (("Trần Văn An", "Lê Thị Bình"), ["nguoi_ky: Lê Thị Bình"]),
        (
            ("tại các thôn", "tại từng thôn"),
            ["    noi_dung:", "      thay:", "        tại các thôn: tại từng thôn"],
        ),
        (
            ("Theo dõi, đôn đốc", "Đôn đốc, theo dõi"),
            [
                "van_ban:",
                "  chuong-trinh:",
                "    thay:",
                "      theo-doi:",
                "        chu:",
                "          thay:",
                "            Theo dõi, đôn đốc: Đôn đốc, theo dõi",
            ],
        ),
    ],
    ids=["deadline", "own task", "signer", "city task", "block"],
)
def test_an_edit_becomes_the_change_it_is(
    change: tuple[str, str], lines: list[str], own: Locality
) -> None:
    made = pulled(edited(paper_of(own, "chuong-trinh"), change), own, PROFILE, "chuong-trinh")
    assert (made.missing, made.extra, made.findings) == ((), (), ())
    before, after = PROFILE.splitlines(), made.text.splitlines()
    assert [line for line in after if line not in before] == lines
    assert 'danh_muc: "2027"   # năm' in after
    assert "    ly_do: Xã đối thoại sớm.   # đã họp" in after


def test_an_unedited_paper_changes_nothing(own: Locality) -> None:
    for kind in ("chuong-trinh", "danh-muc"):
        made = pulled(paper_of(own, kind), own, PROFILE, kind)
        assert made == Pulled((), PROFILE)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_the_papers_of_the_examples_change_nothing(folder: Path) -> None:
    locality, _ = locality_of(shipped_city(), folder / "ho-so.yaml")
    assert locality is not None
    if locality.is_city:
        return
    text = (folder / "ho-so.yaml").read_text(encoding="utf-8")
    for kind in (k for k in map(str, locality.profile.loai_van_ban) if k != "quyet-dinh"):
        assert pulled(paper_of(locality, kind), locality, text, kind) == Pulled((), text)


def test_a_row_taken_out_becomes_a_removal_that_awaits_its_reason(own: Locality) -> None:
    data = paper_of(own, "danh-muc")
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    row = next(
        r for r in re.findall(r"<w:tr[ >].*?</w:tr>", xml, re.DOTALL) if "nông thôn mới" in r
    )
    made = pulled(edited(data, (row, "")), own, PROFILE, "danh-muc")
    assert "  - ma: nong-thon-moi\n    ly_do: (cần ghi lý do)\n" in made.text
    assert (made.missing, made.extra) == ((), ())


LATER = {
    "number": ("bo_sung:\n", "van_ban:\n  KIND: {so_hieu: 57, ngay: 06/02/2027}\nbo_sung:\n"),
    "signer": ("Trần Văn An", "{ho_ten: Lê Thị Bình, chuc_vu: pho_chu_tich}"),
    "blank": ("nguoi_ky: Trần Văn An", "nguoi_ky: {ho_ten: de_trong, chuc_vu: pho_chu_tich}"),
    "removed": ("bo_sung:\n", "loai_bo:\n  - {ma: nong-thon-moi, ly_do: Đã đạt.}\nbo_sung:\n"),
    "deadline": ("thoi_gian: Quý II/2027", "thoi_gian: Tháng 8/2027"),
    "own task gone": (PROFILE[PROFILE.index("bo_sung:") :], ""),
    "theme": ("nguoi_ky:", "chu_de: Năm dân vận khéo\nnguoi_ky:"),
    "task": (
        "bo_sung:\n",
        "bo_sung:\n  - {ma: den-on, nhom: dan-chu, ly_do: Việc xã., noi_dung: Thăm hỏi gia đình"
        " có công, thoi_gian: Quý III/2027, chu_tri: phong-van-hoa-xa-hoi}\n",
    ),
}


def later_file(names: Iterable[str], kind: str) -> str:
    """The unit's file with what its owner wrote into it after the paper was made."""
    text = PROFILE
    for name in names:
        before, after = LATER[name]
        text = text.replace(before, after.replace("KIND", kind), 1)
    return text


@pytest.mark.parametrize("kind", ["danh-muc", "chuong-trinh", "quyet-dinh"])
@pytest.mark.parametrize("name", LATER)
def test_what_the_file_learned_since_is_no_edit_of_the_paper(
    name: str, kind: str, own: Locality, tmp_path: Path
) -> None:
    text = later_file([name], kind)
    now, findings = locality_of(small_city(), text, tmp_path)
    assert findings == ()
    assert now is not None
    assert pulled(paper_of(own, kind), now, text, kind) == Pulled((), text)


def test_what_both_changed_comes_home_and_is_told(
    own: Locality, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PROFILE.replace("Trần Văn An", "Lê Thị Bình")
    now, _ = locality_of(small_city(), text, tmp_path)
    assert now is not None
    data = edited(paper_of(own, "chuong-trinh"), ("Trần Văn An", "Vũ Văn Cường"))
    show(pulled(data, now, text, "chuong-trinh"))
    printed = capsys.readouterr()
    assert printed.out == "nguoi_ky: Vũ Văn Cường\n"
    assert printed.err == (
        "Cả văn bản và hồ sơ cùng đổi một chỗ, xem lại trước khi ghi:"
        " hồ sơ nay cho “Lê Thị Bình”.\n"
    )


def test_a_text_without_number_date_and_signer_takes_none_away(tmp_path: Path) -> None:
    text = later_file(["number", "signer"], "chuong-trinh")
    now, _ = locality_of(small_city(), text, tmp_path)
    assert now is not None
    older = later_file(["blank"], "chuong-trinh")
    blank, _ = locality_of(small_city(), older, tmp_path)
    assert blank is not None
    data = edited(paper_of(blank, "chuong-trinh"), ("Quý II/2027", "Tháng 8/2027"))
    paper = replace(TwiceRead.of_word(data, "x.docx"), word=b"")
    made = pull(paper, now, text, "chuong-trinh", TEMPLATES)
    assert [change.path for change in made.changes] == [("sua_doi", "quy-che-dan-chu", "thoi_gian")]
    assert (made.missing, made.extra, made.moved) == ((), (), ())


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    kind=st.sampled_from(["danh-muc", "chuong-trinh", "quyet-dinh"]),
    later=st.sets(st.sampled_from(sorted(LATER)), min_size=1, max_size=3),
    places=st.lists(st.integers(0, 200), min_size=1, max_size=3),
)
def test_only_what_the_hand_did_comes_home_whatever_the_file_learned_since(
    kind: str, later: set[str], places: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    before, _ = locality_of(small_city(), PROFILE, tmp_path_factory.mktemp("hs"))
    text = later_file(sorted(later), kind)
    now, _ = locality_of(small_city(), text, tmp_path_factory.mktemp("nay"))
    assert before is not None
    assert now is not None
    data = paper_of(before, kind)
    deeds: list[tuple[Deed, int, int]] = [("đổi chữ", place, 0) for place in places]
    edited_ = edited_at(data, deeds)
    made, here = pulled(edited_, before, PROFILE, kind), pulled(edited_, now, text, kind)
    if not here.both:
        assert here.changes == made.changes
        assert Counter(here.missing) == Counter(made.missing)


WORDS = ["tích cực", "kịp thời", "đúng quy định", "hằng quý", "sâu rộng"]
PLACES = ["công tác dân vận", "các thôn", "Quy chế", "nông thôn mới", "đôn đốc", "chủ đề"]


@settings(max_examples=15)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(WORDS)),
        min_size=1,
        max_size=4,
        unique_by=lambda e: e[0],
    )
)
def test_words_put_in_anywhere_come_home_or_are_listed(
    edits: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    locality, _ = locality_of(small_city(), PROFILE, tmp_path_factory.mktemp("hs"))
    assert locality is not None
    changes = [(place, f"{place} {word}") for place, word in edits]
    data = edited(paper_of(locality, "chuong-trinh"), *changes)
    made = pulled(data, locality, PROFILE, "chuong-trinh")
    folder = tmp_path_factory.mktemp("lai")
    again, findings = locality_of(small_city(), made.text, folder)
    assert findings == ()
    assert again is not None
    here = word_lines(paper_of(again, "chuong-trinh"))
    lost = [line for line in word_lines(data) if line not in here]
    assert len(lost) == len(made.missing)
    assert not lost


def test_a_row_put_in_before_one_of_the_unit_s_own_comes_home(own: Locality) -> None:
    place = Edit("thêm", "Tổ chức đối thoại với Nhân dân", "Họp dân quý một lần", row=True)
    made = pulled(by_hand(paper_of(own, "danh-muc"), place), own, PROFILE, "danh-muc")
    assert (made.missing, made.extra, made.moved, made.findings) == ((), (), (), ())
    assert made.text.index("- ma: hop-dan-quy-mot-lan\n") < made.text.index("- ma: ve-sinh\n")


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@example(kind="danh-muc", deeds=[("đổi chữ", 20, 40), ("đổi chữ", 20, 40), ("đổi chữ", 79, 56)])
@given(
    kind=st.sampled_from(["danh-muc", "chuong-trinh", "quyet-dinh"]),
    deeds=st.lists(
        st.tuples(DEEDS, st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=4
    ),
)
def test_what_a_hand_does_comes_home_or_is_listed(
    kind: str, deeds: list[tuple[Deed, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Reworded, deleted, inserted and moved: rows, cells, blocks, frame; nothing is silent."""
    locality, _ = locality_of(small_city(), PROFILE, tmp_path_factory.mktemp("hs"))
    assert locality is not None
    data = paper_of(locality, kind)
    edited_ = edited_at(data, deeds)
    made = pulled(edited_, locality, PROFILE, kind)
    again, findings = locality_of(small_city(), made.text, tmp_path_factory.mktemp("lai"))
    assert findings == ()
    assert again is not None
    wanted, given_ = _said(edited_), _said(paper_of(again, kind))
    assert Counter(wanted) - Counter(given_) == Counter(made.missing)
    assert Counter(given_) - Counter(wanted) == Counter(made.extra)
    kept = [line for line in wanted if line in given_]
    if not made.moved and not made.missing and not made.extra:
        assert kept == [line for line in given_ if line in wanted]


def _said(data: bytes) -> list[str]:
    """The lines of a paper as a pull compares them; numbers are danvan's own."""
    return list(compared_lines(word_lines(data)))
