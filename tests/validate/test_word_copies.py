"""Words of a Word file mended as tracked changes in a copy: what Word shows is what was asked."""

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from lxml import etree

from danvan_cli.cli.app import run
from danvan_cli.findings import Edit, Place
from danvan_cli.reading.reader import document_in, read_document
from danvan_cli.reading.word_changes import changed
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from tests.package_faults import package_faults
from tests.render.word_files import parts_of, small_parts, zipped
from tests.validate.passages import SMALL

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(body: str) -> bytes:
    return zipped(small_parts(body))


def run_of(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def after(data: bytes) -> tuple[str, str, str]:
    """The text with all changes accepted, with none, and what is inserted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    whole = "".join(t.text or "" for t in root.iter(f"{W}t"))
    inserted = "".join(t.text or "" for i in root.iter(f"{W}ins") for t in i.iter(f"{W}t"))
    gone = root.iter(f"{W}ins")
    for holder in list(gone):
        parent = holder.getparent()
        assert parent is not None
        parent.remove(holder)
    before = "".join(t.text or "" for t in root.iter(f"{W}t", f"{W}delText"))
    return whole, before, inserted


@pytest.mark.parametrize(
    ("runs", "old", "new"),
    [
        (["Chương trình tổng thế của xã"], "tổng thế", "tổng thể"),
        (["Chương trình tổng ", "thế của xã"], "tổng thế", "tổng thể"),
        (["Chương trình tổ", "ng th", "ế của xã"], "tổng thế", "tổng thể"),
        (["cán bộ công chức"], "cán bộ công chức", "cán bộ, công chức"),
        (["có có hiệu lực"], "có có", "có"),
        (["phối với xã"], "phối với", "phối hợp với"),
        (["xã", " thực hiện"], "xã thực", "phường thực"),
        (["Lưu: VT"], "T", "T."),
    ],
)
def test_a_change_is_struck_and_inserted(runs: list[str], old: str, new: str) -> None:
    text = "".join(runs)
    body = "<w:p>" + "".join(run_of(r, "<w:b/>") for r in runs) + "</w:p>"
    edit = Edit(Place("a.docx", 1, text.rindex(old) + 1), old, new)
    result = changed(document(body), [edit])
    assert result.made == (edit,)
    start = text.rindex(old)
    mended = text[:start] + new + text[start + len(old) :]
    whole, before, inserted = after(result.data)
    assert (whole, before) == (mended, text)
    assert len(inserted) <= len(new)


@pytest.mark.parametrize(
    ("body", "edit"),
    [
        (run_of("Sở Nội vụ"), Edit(Place("a.docx", 1, 1), "Sở Tài chính", "Sở Y tế")),
        (run_of("Sở Nội vụ"), Edit(Place("a.docx", 7, 1), "Sở", "Bộ")),
        ("<w:r><w:t>Sở</w:t><w:tab/><w:t>Nội</w:t></w:r>", Edit(Place("", 1, 1), "Sở", "Bộ")),
    ],
)
def test_what_cannot_be_changed_is_left(body: str, edit: Edit) -> None:
    data = document(f"<w:p>{body}</w:p>")
    result = changed(data, [edit])
    assert (result.made, result.data) == ((), data)


def test_changes_of_one_passage_do_not_meet() -> None:
    data = document(f"<w:p>{run_of('sử lý, bổ xung, sử lý')}</w:p>")
    edits = [
        Edit(Place("", 1, 1), "sử lý", "xử lý"),
        Edit(Place("", 1, 8), "bổ xung", "bổ sung"),
        Edit(Place("", 1, 10), " xung", " sung"),
        Edit(Place("", 1, 17), "sử lý", "xử lý"),
    ]
    result = changed(data, edits)
    assert len(result.made) == 3
    assert after(result.data)[0] == "xử lý, bổ sung, xử lý"


def test_fix_writes_a_copy_that_is_clean_and_leaves_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = document(f"<w:p>{run_of('Chương trình tổng thế, sử lý các kiến nghị của xã.')}</w:p>")
    path = Path("van-ban.docx")
    path.write_bytes(data)
    run(["--catalog", str(SMALL), "validate", "--select", "DV7", "--fix", str(path)])
    assert path.read_bytes() == data
    copy = Path("van-ban.sua-chu.docx")
    assert "Đã sửa 2 chỗ chữ trong bản chép 'van-ban.sua-chu.docx'" in capsys.readouterr().err
    read, _ = read_document(copy, copy.name)
    assert read is not None
    assert read.passages[0].text == "Chương trình tổng thể, xử lý các kiến nghị của xã."
    options = Options(SMALL, date(2027, 3, 1), select=("DV7",))
    assert validate_paths([copy], options).findings == ()
    assert package_faults(parts_of(copy.read_bytes())) == ()


def test_words_of_header_and_footer_are_mended_too() -> None:
    paper = docx.Document()
    paper.add_paragraph("Kế hoạch của xã")
    paper.sections[0].header.paragraphs[0].text = "Chương trình tổng thế"
    paper.sections[0].footer.paragraphs[0].text = "Người lập: đội tượng"
    saved = io.BytesIO()
    paper.save(saved)
    read = document_in(saved.getvalue(), "a.docx")
    edits = [
        Edit(p.locate(p.text.index(old)), old, new)
        for p in read.passages
        for old, new in (("tổng thế", "tổng thể"), ("đội tượng", "đối tượng"))
        if old in p.text
    ]
    result = changed(saved.getvalue(), edits)
    assert set(result.made) == set(edits)
    assert len(edits) == 2
    again = document_in(result.data, "a.docx")
    assert [p.text for p in again.passages] == [
        "Kế hoạch của xã",
        "Chương trình tổng thể",
        "Người lập: đối tượng",
    ]


def test_a_text_box_is_mended_in_the_copy_for_older_word_too() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent><w:p>{run_of('Chương trình tổng thế')}</w:p></w:txbxContent>"
    both = "".join(f"<mc:{name}>{box}</mc:{name}>" for name in ("Choice", "Fallback"))
    body = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}">{both}</mc:AlternateContent></w:r></w:p>'
    )
    data = document(body)
    (passage,) = (p for p in document_in(data, "thu.docx").passages if "tổng thế" in p.text)
    place = passage.locate(passage.text.index("tổng thế"))
    made = changed(data, [Edit(place, "tổng thế", "tổng thể")])
    assert len(made.made) == 1
    whole, before, inserted = after(made.data)
    assert before == "Chương trình tổng thế" * 2
    assert (whole.count("tổng th"), inserted) == (2, "ể" * 2)
