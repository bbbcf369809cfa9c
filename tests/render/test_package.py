"""Packages: the same bytes each time, a fingerprint, and checks that find planted faults."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from danvan_cli.errors import TemplateError
from danvan_cli.render.template import load_template, render
from danvan_cli.word.checks import package_faults
from danvan_cli.word.package import is_untouched, read_package, write_package
from tests.render.word_files import (
    NAMES,
    TEMPLATES,
    Make,
    context_of,
    parts_of,
    zipped,
)

DOCUMENT = "word/document.xml"


@pytest.fixture(scope="module")
def decision() -> bytes:
    return render(load_template(TEMPLATES / "quyet-dinh.docx"), context_of("quyet-dinh"))


@pytest.mark.parametrize("name", NAMES)
def test_no_fault_is_found_in_our_templates(name: str) -> None:
    assert package_faults(parts_of((TEMPLATES / f"{name}.docx").read_bytes())) == ()


PLANTED = [
    (DOCUMENT, b"</w:body>", b"", "không phải XML hợp lệ"),
    (DOCUMENT, b"</w:p></w:tc>", b"</w:p><w:tbl/></w:tc>", "ô bảng không kết thúc bằng một đoạn"),
    (DOCUMENT, b"</w:tc><w:tc>", b"</w:tc><w:tc></w:tc><w:tc>", "ô bảng không kết thúc bằng"),
    (DOCUMENT, b"<w:gridCol ", b'<w:gridCol w:w="9"/><w:gridCol ', "hàng bảng có 2 cột, bảng có 3"),
    (DOCUMENT, b'<w:pStyle w:val="CanCu"/>', b'<w:pStyle w:val="La"/>', "kiểu đoạn 'La' không có"),
    (DOCUMENT, b'<w:rStyle w:val="Strong"/>', b'<w:rStyle w:val="La"/>', "kiểu chữ 'La' không có"),
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
    (
        "[Content_Types].xml",
        b'Extension="png"',
        b'Extension="gif"',
        "phần word/media/ke.png không có",
    ),
]


@pytest.mark.parametrize(("part", "old", "new", "fault"), PLANTED, ids=[p[3] for p in PLANTED])
def test_a_planted_fault_is_found(
    decision: bytes, part: str, old: bytes, new: bytes, fault: str
) -> None:
    parts = parts_of(decision)
    assert package_faults(parts) == ()
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    assert any(fault in found for found in package_faults(parts))


@pytest.mark.parametrize("lost", ["word/styles.xml", "word/footnotes.xml", "[Content_Types].xml"])
def test_a_lost_part_is_found(decision: bytes, lost: str) -> None:
    parts = parts_of(decision)
    del parts[lost]
    assert package_faults(parts)


def test_a_template_that_would_damage_a_document_is_refused_with_the_fault(make: Make) -> None:
    xml = '<w:p><w:pPr><w:pStyle w:val="La"/></w:pPr></w:p>'
    with pytest.raises(TemplateError, match=r"sẽ hỏng khi mở bằng Word: .*kiểu đoạn 'La'"):
        render(make(xml=xml), {})


def test_a_rendered_file_is_untouched_until_a_part_changes(decision: bytes) -> None:
    assert is_untouched(decision)
    parts = parts_of(decision)
    for name in parts:
        edited = dict(parts) | {name: parts[name].replace(b"0", b"1", 1) + b" "}
        assert not is_untouched(zipped(edited)) or name == "docProps/custom.xml"
    assert not is_untouched(zipped(parts | {"word/them.xml": b"<a/>"}))
    assert not is_untouched(zipped({n: d for n, d in parts.items() if n != "word/styles.xml"}))


def test_packing_anew_is_no_edit(decision: bytes) -> None:
    assert is_untouched(zipped(parts_of(decision)))


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF", b"Ke hoach"])
def test_what_is_no_document_of_ours_is_not_untouched(data: bytes) -> None:
    assert not is_untouched(data)


def test_a_template_is_not_taken_for_a_document_of_ours() -> None:
    assert not is_untouched((TEMPLATES / "quyet-dinh.docx").read_bytes())


def test_the_package_bears_no_clock_and_no_machine(decision: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(decision)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
    assert write_package(read_package(decision)) == decision


def test_the_properties_say_what_the_document_is_and_when_it_was_made() -> None:
    template, context = load_template(TEMPLATES / "quyet-dinh.docx"), context_of("quyet-dinh")
    core = parts_of(render(template, context, made_on=dt.date(2030, 2, 5)))["docProps/core.xml"]
    text = core.decode()
    assert "<dc:title>QUYẾT ĐỊNH Ban hành Danh mục nhiệm vụ" in text
    assert "<dc:creator>ỦY BAN NHÂN DÂN XÃ NGHI DƯƠNG</dc:creator>" in text
    assert text.count(">2030-02-05T00:00:00Z<") == 2
    assert (
        "dcterms:created" not in parts_of(render(template, context))["docProps/core.xml"].decode()
    )


def test_what_the_template_says_of_its_author_does_not_go_on(make: Make) -> None:
    rels = parts_of((TEMPLATES / "quyet-dinh.docx").read_bytes())["_rels/.rels"]
    named = rels.replace(b"docProps/core.xml", b"docProps/thumbnail.jpeg")
    parts = {"docProps/thumbnail.jpeg": b"anh", "_rels/.rels": named}
    assert set(parts_of(render(make("a", parts=parts), {}))) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        DOCUMENT,
    }
