"""Citations: what is read, what is at fault, what is left alone."""

import json
import unicodedata
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.grammar.citation.reader import (
    Citation,
    canonical_citation,
    find_citations,
    read_citation,
)
from tests.cases import each

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("citations.jsonl").read_text("utf-8").splitlines()
]
FIELDS = ("loai", "ten", "so", "nam", "ky_hieu", "kieu", "co_quan")


def read(text: str) -> Citation:
    citation = read_citation(text)
    assert citation is not None
    return citation


def texts(paragraph: str) -> list[str]:
    return [citation.text for citation in find_citations(paragraph)]


def codes(text: str) -> list[str]:
    return [fault.code for citation in find_citations(text) for fault in citation.loi]


@each("case", CASES, itemgetter("text"))
def test_a_labelled_phrase_is_read_to_its_parts_and_faults(case):
    citation = read(case["text"])
    assert {field: getattr(citation, field) for field in FIELDS} == {
        field: case.get(field) for field in FIELDS
    }
    assert (citation.ngay.isoformat() if citation.ngay else None) == case.get("ngay")
    for name in ("loi", "luu_y"):
        faults = getattr(citation, name)
        assert [[f.code, f.found, f.suggestion] for f in faults] == case[name]


@each("case", CASES, itemgetter("text"))
def test_decomposed_text_reads_as_composed_with_spans_of_its_own(case):
    text = unicodedata.normalize("NFD", case["text"])
    citation = read(text)
    assert text[citation.start : citation.end] == citation.text
    assert citation.so == case.get("so")
    assert citation.ky_hieu == case.get("ky_hieu")
    for fault in (*citation.loi, *citation.luu_y):
        assert text[fault.start : fault.end] == fault.found
    assert [f.code for f in citation.loi] == [code for code, _, _ in case["loi"]]


@each("case", CASES, itemgetter("text"))
def test_what_is_printed_reads_back_and_prints_the_same(case):
    printed = canonical_citation(read(case["text"]))
    assert canonical_citation(read(printed)) == printed


@each("case", [c for c in CASES if c["loi"] or c["luu_y"]], itemgetter("text"))
def test_every_suggestion_put_in_place_leaves_no_such_fault(case):
    citation = read(case["text"])
    for fault in (*citation.loi, *citation.luu_y):
        if fault.suggestion is None:
            continue
        mended = case["text"][: fault.start] + fault.suggestion + case["text"][fault.end :]
        left = read(mended)
        spots = {(f.code, f.found) for f in (*left.loi, *left.luu_y)}
        assert (fault.code, fault.found) not in spots


def test_a_list_gives_each_citation_with_its_own_date_and_issuer():
    found = find_citations(
        "nghiêm Quyết định số 217-QĐ/TW và Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị "
        "về Quy chế giám sát và phản biện xã hội; Chỉ thị số 07-CT/TU ngày 08/9/2021, "
        "Quyết định số 446-QĐ/TU ngày 26/11/2021 của Ban Thường vụ Thành ủy."
    )
    assert [(c.so, c.ngay, c.co_quan) for c in found] == [
        ("217", None, None),
        ("218", date(2013, 12, 12), "Bộ Chính trị"),
        ("07", date(2021, 9, 8), None),
        ("446", date(2021, 11, 26), "Ban Thường vụ Thành ủy"),
    ]
    assert found[1].ten == "về Quy chế giám sát và phản biện xã hội"


def test_a_number_in_a_list_takes_the_kind_of_the_one_before():
    found = find_citations("các Nghị quyết số 57-NQ/TW, số 59-NQ/TW và 66-NQ/TW của Bộ Chính trị")
    assert [(c.loai, c.so) for c in found] == [("Nghị quyết", n) for n in ("57", "59", "66")]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("các quy định: Luật Khiếu nại, Luật Tố cáo, Luật tiếp công dân, các Nghị định", ["Luật Khiếu nại", "Luật Tố cáo", "Luật tiếp công dân"]),
        ("thi hành Luật Thực hiện dân chủ ở cơ sở trên địa bàn xã", ["Luật Thực hiện dân chủ ở cơ sở"]),
        ("theo Luật Cán bộ, công chức và các văn bản hướng dẫn", ["Luật Cán bộ, công chức"]),
        ("Bộ luật Dân sự 2015 quy định về tài sản", ["Bộ luật Dân sự 2015"]),
        ("Luật Dân số và Luật Hôn nhân và gia đình năm 2014 được sửa đổi", ["Luật Dân số", "Luật Hôn nhân và gia đình năm 2014"]),
        ("Luật Trách nhiệm bồi thường của Nhà nước; Luật Hộ tịch.", ["Luật Trách nhiệm bồi thường của Nhà nước", "Luật Hộ tịch"]),
    ],
)  # fmt: skip
def test_laws_by_name_end_where_their_names_end(paragraph, expected):
    assert texts(paragraph) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kế hoạch của UBND thành phố về công tác dân vận năm 2026",
        "Quyết định của Ban Thường vụ Thành ủy về Quy chế đối thoại",
        "Luật này có hiệu lực thi hành từ ngày 01/7/2023",
        "Luật sư Nguyễn Văn A, Trường Đại học Luật Hà Nội",
        "theo Mẫu số 01/TNDN ban hành kèm theo, Mẫu số 02-VT",
        "nhà số 12/5-A đường Lê Lợi, tuyến số 1 Bến Thành - Suối Tiên",
        "giai đoạn 2026 - 2030, 24/7, tỷ lệ 3/4",
        "các Nghị quyết, quyết định, chỉ thị của Trung ương",
    ],
)
def test_what_has_no_number_is_no_citation(text):
    assert texts(text) == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("điểm a khoản 1 Điều 7 ", ("điểm a khoản 1 Điều 7",)),
        ("theo khoản 2, 3 Điều 5 và Điều 7 của ", ("khoản 2, 3 Điều 5", "Điều 7")),
        ("quy định chi tiết ", ()),
    ],
)
def test_articles_right_before_a_citation_are_read(before, expected):
    assert read(before + "Nghị định số 59/2023/NĐ-CP").dieu == expected


@pytest.mark.parametrize(
    ("after", "title"),
    [
        (" “Về tiếp tục tăng cường công tác dân vận”;", "Về tiếp tục tăng cường công tác dân vận"),
        (" về tăng cường kỷ luật, kỷ cương;", "về tăng cường kỷ luật, kỷ cương"),
        (" về bầu cử và Nghị quyết số 05-NQ/ĐU", None),
        (", gắn với nhiệm vụ của xã", None),
    ],
)
def test_a_title_is_taken_where_it_is_delimited(after, title):
    assert read("Chỉ thị số 33/CT-TTg của Thủ tướng Chính phủ" + after).ten == title


def test_a_line_break_or_a_footnote_mark_does_not_part_a_citation():
    found = find_citations("Chỉ thị số 14/CT-TTg ngày\n\n18/5/2012 của Thủ tướng\nChính phủ về")
    assert found[0].ngay == date(2012, 5, 18)
    assert found[0].co_quan == "Thủ tướng Chính phủ"
    assert found[0].loi == found[0].luu_y == ()
    assert read("Nghị định số 20/2007/NĐ-CP[1] ngày 07/2/2007").ngay == date(2007, 2, 7)


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số           /QĐ-UBND ngày       tháng      năm 2026",
        "Công văn số 737/MTTW-BTT, Kế hoạch số 06/KH-MTTW-BTT",
        "Quy định số 368-QĐ/TW ngày 08/9/2025 của Bộ Chính\ntrị",
        "Thông báo số 20/TB-VPCP ngày 12/1/2026 của Thủ tướng Chính phủ",
        "Thông tư số 12/2023/TT-BKHĐT của Bộ Tài chính",
        "Quyết định số 17/QĐ-XPVPHC, Công văn số 12/TTr-NV2 của Thanh tra tỉnh",
        "Nghị quyết số 57-NQ/TW – UBND xã tổ chức thực hiện",
        "Nghị quyết số 12-NQ/TU của Ban Chấp hành Đảng bộ thành phố",
        "Quyết định số 36/2018/QĐ-UBND của Chủ tịch Ủy ban nhân dân thành phố",
        "Luật Tổ chức Quốc hội số 57/2014/QH13, Luật số 31/2024/QH15",
        "Nghị quyết số 1/2016/QH14, Nghị quyết số 100/2016/QH13, Nghị quyết số 1/2026/QH16",
        "Thông tri số 23-TT/TU; Quy định số 144-QĐ/TW; Quyết định số 144-QĐ/TW",
        "số 10-CTr/BDVTU-UBND ngày 01/02/2026 của Ban Dân vận Thành ủy và Ủy ban nhân dân thành phố",
    ],
)
def test_practice_that_is_right_or_doubtful_raises_nothing(text):
    assert codes(text) == []


def test_two_faults_in_one_number_are_mended_by_one_suggestion():
    faults = read("Quyết định số 89/QD-TW").loi
    assert [(f.code, f.suggestion) for f in faults] == [
        ("DV502", "89-QĐ/TW"),
        ("DV513", "89-QĐ/TW"),
    ]


STATE = {"Chỉ thị": "CT", "Kế hoạch": "KH", "Quyết định": "QĐ", "Báo cáo": "BC", "Tờ trình": "TTr"}
PARTY = {"Nghị quyết": "NQ", "Kết luận": "KL", "Quy định": "QĐ", "Thông tri": "TT", "Đề án": "ĐA"}
days = st.dates(min_value=date(1998, 1, 1), max_value=date(2030, 12, 31))
numbers = st.integers(min_value=1, max_value=9999).map(lambda n: f"{n:02d}")


@st.composite
def citations(draw):
    so, day = draw(numbers), draw(st.none() | days)
    if draw(st.booleans()):
        kind = draw(st.sampled_from(sorted(STATE)))
        office, issuer = draw(
            st.sampled_from([("UBND", "Ủy ban nhân dân xã Hà Bắc"), ("STC", "Sở Tài chính")])
        )
        nam = str(day.year) if day and draw(st.booleans()) else None
        ky_hieu, kieu = f"{STATE[kind]}-{office}", "nha_nuoc"
    else:
        kind = draw(st.sampled_from(sorted(PARTY)))
        office, issuer = draw(
            st.sampled_from([("TW", "Bộ Chính trị"), ("TU", "Ban Thường vụ Thành ủy")])
        )
        nam, ky_hieu, kieu = None, f"{PARTY[kind]}/{office}", "dang"
    issuer = issuer if draw(st.booleans()) else None
    return Citation("", 0, 0, kind, None, so, nam, ky_hieu, kieu, day, issuer)  # fmt: skip


@given(citations())
def test_a_well_formed_citation_reads_back_to_its_parts_without_fault(citation):
    printed = canonical_citation(citation)
    found = read(f"Căn cứ {printed};")
    assert found.text == printed
    for field in (*FIELDS, "ngay", "loi", "luu_y"):
        assert getattr(found, field) == getattr(citation, field)
    assert canonical_citation(found) == printed


PIECES = st.sampled_from(
    ["Luật ", "Quyết định ", "số ", "12", "/", "-", "QĐ", "UBND", "TW", "2025", "QH15", ",", " ", "\n", "ngày ", "31/4/2025", "của ", "Chính phủ", "khoản ", "Điều 5", "“", "”", "(", ")", ";", ".", "và ", "x ", "Đất đai", "tháng ", "năm ", "…", "ả", "\u200b", "Ð", "về "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_is_read_and_its_spans_slice_it(text):
    end = 0
    for citation in find_citations(text):
        assert text[citation.start : citation.end] == citation.text != ""
        assert citation.start >= end
        end = citation.end
        for fault in (*citation.loi, *citation.luu_y):
            assert text[fault.start : fault.end] == fault.found
        assert canonical_citation(citation)
    read_citation(text)
