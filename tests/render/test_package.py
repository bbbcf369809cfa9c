"""Packages: the same bytes each time, a fingerprint, and checks that find planted faults."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from danvan_cli.render.template import load_template, render
from danvan_cli.word.pack import is_untouched
from danvan_cli.word.package import read_package, write_package
from tests.package_faults import package_faults
from tests.render.word_files import MAIN, Make, content, parts_of, whole, zipped

DOCUMENT = "word/document.xml"


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render(load_template(MAIN), whole())


def test_no_fault_is_found_in_our_template() -> None:
    assert package_faults(parts_of(MAIN.read_bytes())) == ()


PLANTED = [
    (DOCUMENT, b"</w:body>", b"", "không phải XML hợp lệ"),
    (DOCUMENT, b"</w:p></w:tc>", b"</w:p><w:tbl/></w:tc>", "ô bảng không kết thúc bằng một đoạn"),
    (DOCUMENT, b"</w:tc><w:tc>", b"</w:tc><w:tc></w:tc><w:tc>", "ô bảng không kết thúc bằng"),
    (DOCUMENT, b"<w:gridCol ", b'<w:gridCol w:w="9"/><w:gridCol ', "hàng bảng có 3 cột, bảng có 4"),
    (DOCUMENT, b'<w:pStyle w:val="CanCu"/>', b'<w:pStyle w:val="La"/>', "kiểu đoạn 'La' không có"),
    (
        DOCUMENT,
        b'<w:rStyle w:val="DieuNhan"/>',
        b'<w:rStyle w:val="La"/>',
        "kiểu chữ 'La' không có",
    ),
    (DOCUMENT, b"<w:tblPr>", b'<w:tblPr><w:tblStyle w:val="La"/>', "kiểu bảng 'La' không có"),
    (DOCUMENT, b"</w:p>", b"</w:p>lac", "chữ nằm ngoài đoạn văn: “lac”"),
    (DOCUMENT, b'<w:footnoteReference w:id="1"', b'<w:footnoteReference w:id="7"', "chú thích 7"),
    ("word/_rels/document.xml.rels", b"styles.xml", b"kieu.xml", "trỏ tới word/kieu.xml"),
    ("[Content_Types].xml", b"/word/styles.xml", b"/word/kieu.xml", "kê phần word/kieu.xml"),
    (
        "[Content_Types].xml",
        b"/word/styles.xml",
        b"/word/kieu.xml",
        "phần word/styles.xml không có",
    ),
]


@pytest.mark.parametrize(("part", "old", "new", "fault"), PLANTED, ids=[p[3] for p in PLANTED])
def test_a_planted_fault_is_found(
    paper: bytes, part: str, old: bytes, new: bytes, fault: str
) -> None:
    parts = parts_of(paper)
    assert package_faults(parts) == ()
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    assert any(fault in found for found in package_faults(parts))


@pytest.mark.parametrize("lost", ["word/styles.xml", "word/footnotes.xml", "[Content_Types].xml"])
def test_a_lost_part_is_found(paper: bytes, lost: str) -> None:
    parts = parts_of(paper)
    del parts[lost]
    assert package_faults(parts)


def test_a_rendered_file_is_untouched_until_a_part_changes(paper: bytes) -> None:
    assert is_untouched(paper)
    parts = parts_of(paper)
    for name in parts:
        edited = dict(parts) | {name: parts[name].replace(b"0", b"1", 1) + b" "}
        assert not is_untouched(zipped(edited)) or name == "docProps/custom.xml"
    assert not is_untouched(zipped(parts | {"word/them.xml": b"<a/>"}))
    assert not is_untouched(zipped({n: d for n, d in parts.items() if n != "word/styles.xml"}))


def test_packing_anew_is_no_edit(paper: bytes) -> None:
    assert is_untouched(zipped(parts_of(paper)))


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF", b"Ke hoach"])
def test_what_is_no_document_of_ours_is_not_untouched(data: bytes) -> None:
    assert not is_untouched(data)


def test_a_template_is_not_taken_for_a_document_of_ours() -> None:
    assert not is_untouched(MAIN.read_bytes())


def test_the_package_bears_no_clock_and_no_machine(paper: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
    assert len({entry.filename for entry in entries}) == len(entries)
    assert write_package(read_package(paper)) == paper


def test_a_name_that_is_not_ascii_stands_in_the_package() -> None:
    parts = {"word/ảnh.xml": b"<a/>", "[Content_Types].xml": b"<b/>"}
    assert read_package(write_package(parts)) == parts


def test_the_properties_say_what_the_document_is_and_when_it_was_made() -> None:
    template, said = load_template(MAIN), whole()
    about = {"don_vi": "dong-xuan", "danh_muc": "son-ha/2030 & thêm"}
    parts = parts_of(render(template, said, made_on=dt.date(2030, 2, 5), about=about))
    core = parts["docProps/core.xml"].decode()
    assert "<dc:title>KẾ HOẠCH Công tác dân vận trên địa bàn xã</dc:title>" in core
    assert "<dc:creator>ỦY BAN NHÂN DÂN XÃ ĐÔNG XUÂN</dc:creator>" in core
    assert core.count(">2030-02-05T00:00:00Z<") == 2
    custom = parts["docProps/custom.xml"].decode()
    assert 'pid="3" name="don_vi"><vt:lpwstr>dong-xuan</vt:lpwstr>' in custom
    assert "son-ha/2030 &amp; thêm" in custom
    undated = parts_of(render(template, said))["docProps/core.xml"].decode()
    assert "dcterms:created" not in undated


def test_what_the_template_says_of_its_author_does_not_go_on(make: Make) -> None:
    rels = parts_of(MAIN.read_bytes())["_rels/.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/'
        b'relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
    )
    parts = {"docProps/thumbnail.jpeg": b"anh", "_rels/.rels": rels}
    assert set(parts_of(render(make("a", parts=parts), content()))) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/footnotes.xml",
        DOCUMENT,
    }
