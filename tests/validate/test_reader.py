"""Finished documents become values: tables, tasks, footnotes, frame; what cannot be read is said."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from danvan_cli.reading.document import Document
from danvan_cli.reading.reader import read_document
from danvan_cli.reading.word_numbers import Listed, Lists, WordNumbers

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = "\tTT\n\tNhiệm vụ\n\tCơ quan chủ trì\n\tCơ quan phối hợp\n\tThời gian thực hiện\n"


def plain(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "van-ban.txt"
    path.write_text(text, encoding="utf-8", newline="")
    document, findings = read_document(path, "van-ban.txt")
    assert findings == ()
    assert document is not None
    return document


def texts(passages: tuple[object, ...]) -> list[str]:
    return [passage.text for passage in passages]  # type: ignore[attr-defined]


def package(body: str, footnotes: str = "") -> bytes:
    """A .docx with this body; markup inside is WordprocessingML with prefix w."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{kinds}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{kinds}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{footnotes}</w:footnotes>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def word(tmp_path: Path, body: str, footnotes: str = "") -> Document:
    path = tmp_path / "van-ban.docx"
    path.write_bytes(package(body, footnotes))
    document, findings = read_document(path, "van-ban.docx")
    assert findings == ()
    assert document is not None
    return document


def test_a_table_with_a_cell_on_each_line_gives_its_tasks(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        HEAD + "\n\t1\n\tNHÓM MỘT\n\n\t1.1\n\tViệc một\n\n\tSở Nội vụ\n\t\n\tQuý I/2027\n\n"
        "\t1.2\n\tViệc hai\n\t\n\t\n\t\n\n\ta\n\tĐiểm a\n\tCông an xã\n\tSở Nội vụ\n\tNăm 2027\n",
    )
    assert [(row.number, row.group) for row in document.rows] == [
        ("1", True),
        ("1.1", False),
        ("1.2", False),
        ("1.2.a", False),
    ]
    first = document.rows[1]
    assert texts(first.chu_tri) == ["Sở Nội vụ"]
    assert first.phoi_hop == ()
    assert texts(first.thoi_gian) == ["Quý I/2027"]
    assert str(first.thoi_gian[0].locate(0)) == "van-ban.txt:15:2"
    assert document.rows[2].chu_tri == ()
    assert [number.number for number in document.runs[0]] == ["1", "1.1", "1.2", "a"]


def test_a_table_with_a_row_on_each_line_gives_the_same(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"
        "1\tNHÓM MỘT\n1.1\tViệc một\tSở Nội vụ\t\tQuý I/2027\nHết bảng thì đến đoạn này.\n",
    )
    assert [row.number for row in document.rows] == ["1", "1.1"]
    assert texts(document.rows[1].chu_tri) == ["Sở Nội vụ"]
    assert document.rows[1].phoi_hop == ()


def test_text_after_a_table_is_no_part_of_it(tmp_path: Path) -> None:
    document = plain(
        tmp_path, HEAD + "\n\t1\n\tViệc\n\tA\n\tB\n\tC\n\nNơi nhận:\n- Lưu: VT, VHXH.\n"
    )
    assert texts(document.rows[0].thoi_gian) == ["C"]
    assert texts(document.recipients) == ["- Lưu: VT, VHXH."]


def test_footnotes_bookmarks_and_emphasis_leave_the_text_but_not_its_places(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        "Văn bản về [bookmark: _GoBack]*dân chủ*[footnoteRef:1] ở cơ sở [1:  - Quyết định một.\n - Luật hai.] và xã.\n",
    )
    assert texts(document.passages) == [
        "Văn bản về dân chủ ở cơ sở và xã.",
        "- Quyết định một.",
        "- Luật hai.",
    ]
    text = document.passages[0]
    assert str(text.locate(text.text.index("và"))) == "van-ban.txt:2:15"
    assert document.passages[2].subject == "chú thích 1"
    assert str(document.passages[2].locate(0)) == "van-ban.txt:2:2"


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Thực hiện nghiêm túc nhiệm vụ trong các cơ quan, đơn\n\nvị, địa phương.", 1),
        ("Thực hiện Chỉ thị của Thủ tướng Chính phủ số 14/CT-TTg ngày\n\n18/5/2012.", 1),
        ("Thực hiện nghiêm túc nhiệm vụ được giao năm 2027.\n\nvà các việc khác", 2),
        ("NHIỆM VỤ TRỌNG TÂM CỦA CÁC CƠ QUAN, ĐƠN VỊ TRÊN ĐỊA BÀN\n\na) Tuyên truyền", 2),
        ("Ngắn\n\nthôi", 2),
    ],
)
def test_a_paragraph_broken_by_a_page_is_one(tmp_path: Path, text: str, passages: int) -> None:
    assert len(plain(tmp_path, text).passages) == passages


def test_tasks_written_one_by_one_give_lead_helper_and_deadline(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        "1. Tổ chức đối thoại.\n- Thời gian thực hiện: Quý III/2027\n- Cơ quan chủ trì: Phòng Kinh tế\n\n"
        "2. Chấm điểm các đơn vị.\n- Thời gian thực hiện:\n+ Tiêu chí trước ngày 15/02/2027\n"
        "+ Kết quả tháng 8/2027\n- Cơ quan thực hiện: Công an xã\n- Cơ quan phối hợp: Sở Nội vụ\n",
    )
    assert [(row.form, row.number) for row in document.rows] == [
        ("tung_viec", "1"),
        ("tung_viec", "2"),
    ]
    second = document.rows[1]
    assert texts(second.thoi_gian) == ["Tiêu chí trước ngày 15/02/2027", "Kết quả tháng 8/2027"]
    assert texts(second.chu_tri) == ["Công an xã"]
    assert texts(second.phoi_hop) == ["Sở Nội vụ"]
    assert second.chu_tri[0].role == "chu_tri"
    assert second.noi_dung[0].role == "noi_dung"
    assert str(second.phoi_hop[0].locate(0)) == "van-ban.txt:10:21"


def test_points_with_one_set_of_lines_are_one_group(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        "1. Tuyên truyền\n\n- Việc một;\n\n- Việc hai.\n\nCơ quan chủ trì tham mưu thực hiện: Công an xã.\n\nThời gian: Thường xuyên.\n",
    )
    (row,) = document.rows
    assert (row.form, row.number, len(row.noi_dung)) == ("theo_nhom", "1", 3)
    assert texts(row.thoi_gian) == ["Thường xuyên."]
    assert [label.field for label in document.labels] == ["chu_tri", "thoi_gian"]


def test_a_sentence_with_a_colon_is_no_label(tmp_path: Path) -> None:
    document = plain(
        tmp_path, "Thực hiện nghiêm các nội dung sau:\n\nPhối hợp thực hiện tốt: một, hai.\n"
    )
    assert document.labels == ()
    assert document.rows == ()


def test_the_frame_tells_unit_symbol_date_title_and_theme(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ ĐÔNG XUÂN\tĐộc lập - Tự do - Hạnh phúc\n\n"
        "Số: 7/CTr-UBND\tĐông Xuân, ngày 05 tháng 02 năm 2027\n\nCHƯƠNG TRÌNH\n"
        "Công tác dân vận theo chủ đề “Gần dân, sát việc”\n\nCăn cứ Luật;\n\nThực hiện tốt./.\n\nNơi nhận:\n- Lưu: VT.\n",
    )
    assert document.kind == "CHƯƠNG TRÌNH"
    assert (document.symbol, document.issued, document.year) == ("CTr-UBND", date(2027, 2, 5), 2027)
    assert document.place_name == "Đông Xuân"
    assert document.themes == ("Gần dân, sát việc",)
    assert document.closing is not None
    assert document.closing.text == "Thực hiện tốt./."


@pytest.mark.parametrize(
    ("line", "issued", "year"),
    [
        ("Đông Xuân, ngày tháng 02 năm 2027", None, 2027),
        ("Đông Xuân, ngày      tháng      năm 2027", None, 2027),
        ("Đông Xuân, ngày 30 tháng 02 năm 2027", None, 2027),
        ("Đông Xuân, ngày 15 tháng 3 năm 2027", date(2027, 3, 15), 2027),
        ("Không có dòng ngày", None, None),
    ],
)
def test_a_blank_date_is_no_date(
    tmp_path: Path, line: str, issued: date | None, year: int | None
) -> None:
    document = plain(tmp_path, f"XÃ ĐÔNG XUÂN\n\n{line}\n\nKẾ HOẠCH\nCông tác dân vận\n")
    assert (document.issued, document.year) == (issued, year)


def test_an_attached_list_takes_its_year_from_the_line_that_attaches_it(tmp_path: Path) -> None:
    document = plain(
        tmp_path,
        "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG XUÂN\n\nDANH MỤC\nNhiệm vụ công tác dân vận\n"
        "(Kèm theo Quyết định số       /QĐ-UBND ngày     tháng     năm 2027\ncủa Ủy ban nhân dân xã)\n",
    )
    assert (document.issuer, document.year, document.issued) == ("XÃ ĐÔNG XUÂN", 2027, None)


def test_a_word_table_is_read_by_its_true_grid(tmp_path: Path) -> None:
    span, down, on = '<w:gridSpan w:val="4"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    names = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")
    body = (
        "<w:tbl><w:tr>" + "".join(map(cell, names)) + "</w:tr>"
        f"<w:tr>{cell('1')}{cell('NHÓM MỘT', span)}</w:tr>"
        f"<w:tr>{cell('1.1')}{cell('Việc một')}{cell('Sở Nội vụ', down)}{cell('')}{cell('Quý I')}</w:tr>"
        f"<w:tr>{cell('1.2')}{cell('Việc hai')}{cell('', on)}{cell('Công an xã')}{cell('Quý II')}</w:tr></w:tbl>"
    )
    document = word(tmp_path, body)
    assert [(row.number, row.group) for row in document.rows] == [
        ("1", True),
        ("1.1", False),
        ("1.2", False),
    ]
    last = document.rows[2]
    assert texts(last.chu_tri) == ["Sở Nội vụ"]
    assert last.phoi_hop[0].locate(0).where == "bảng 1, dòng 1.2, cột Cơ quan phối hợp"
    assert sum(p.text == "Sở Nội vụ" for p in document.passages) == 1


def test_word_text_is_what_is_read_once_changes_are_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>thêm</w:t><w:br/><w:t>dòng</w:t><w:noBreakHyphen/><w:tab/><w:t>hai</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p><!-- ghi chú --><w:p/>"
        + paragraph("Đoạn sau")
    )
    document = word(tmp_path, body)
    assert texts(document.passages) == ["Giữ thêm\ndòng-\thai", "Đoạn sau"]
    assert document.passages[1].locate(0).line == 2
    assert document.passages[1].locate(0).where == "đoạn “Đoạn sau”"


def test_word_footnotes_say_their_number(tmp_path: Path) -> None:
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Quyết định một")}</w:footnote>'
    )
    document = word(tmp_path, paragraph("Văn bản"), notes)
    assert document.passages[-1].text == "Quyết định một"
    assert document.passages[-1].locate(0).where == "chú thích 1"


def test_a_text_box_is_read_once_and_beside_the_text(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent>"
    ns = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawn = (
        f"<w:r><mc:AlternateContent {ns}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    inside = f"<w:p>{drawn}<w:r><w:t>Trong ô</w:t></w:r></w:p>"
    body = (
        f"<w:p>{drawn}<w:r><w:t>Ngoài bảng</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    )
    assert texts(word(tmp_path, body).passages) == ["Ngoài bảng", "DỰ THẢO", "Trong ô"]


LISTS = """<w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>"""


def item(text: str, level: int) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("levels", "labels"),
    [
        ((0, 0, 0), ["1.", "2.", "3."]),
        ((0, 1, 1, 0, 1), ["1.", "a)", "b)", "2.", "a)"]),
        ((0, 2, 0), ["1.", "", "2."]),
    ],
)
def test_the_numbers_that_word_prints_are_seen(levels: tuple[int, ...], labels: list[str]) -> None:
    root = etree.fromstring(f'<w:x xmlns:w="{W}">{LISTS}</w:x>')
    numbers = WordNumbers(Lists.of(root, None))
    made = [
        etree.fromstring(item("x", n).replace("<w:p>", f'<w:p xmlns:w="{W}">', 1)) for n in levels
    ]
    assert [numbers.label(Listed.of(one.find(f"{{{W}}}pPr"))) for one in made] == labels


ENTITY = b'<!DOCTYPE w [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("a.txt", b"", "tệp không có chữ nào"),
        ("a.txt", b" \n\t\n", "tệp không có chữ nào"),
        ("a.txt", "Tiếng Việt".encode("utf-16"), "UTF-8"),
        ("a.txt", b"a\0b", "không phải tệp chữ"),
        ("a.docx", b"khong phai zip", "không phải tệp .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0cu", "kiểu cũ"),
        ("a.docx", package("<w:p>"), "không phải XML hợp lệ"),
        ("a.docx", package(""), "tệp không có chữ nào"),
        (
            "a.docx",
            package("").replace(b"<w:document", ENTITY + b"<w:document"),
            "hỏng",
        ),
        ("a.doc", b"x", "chưa đọc được tệp .doc"),
        ("a.pdf", b"%PDF", "chỉ soát được văn bản .docx và .txt"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, part: str
) -> None:
    (tmp_path / name).write_bytes(data)
    document, (finding,) = read_document(tmp_path / name, name)
    assert document is None
    assert finding.code == "DV101"
    assert part in finding.message
    assert finding.message.endswith(".")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    document, (finding,) = read_document(tmp_path / "khong-co.docx", "khong-co.docx")
    assert document is None
    assert "không có tệp này" in finding.message
