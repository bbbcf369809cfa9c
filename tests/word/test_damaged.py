"""Word files that are damaged or made to harm: each thing once found by tests/fuzz stays here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from danvan_cli.reading.reader import read_document
from danvan_cli.word.package import PackageError, read_package
from tests.render.word_files import paragraphs, small_parts, zipped

CELL = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'


@pytest.mark.parametrize("span", ["9" * 5_000, "0", "-1", "abc", "٣", "", "99999"])
def test_a_cell_may_claim_any_number_of_columns(tmp_path: Path, span: str) -> None:
    cells = CELL.format(span, "A") + CELL.format("1", "B")
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(small_parts(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))
    document, findings = read_document(path, "a.docx")
    assert findings == ()
    assert document is not None
    assert [passage.text for passage in document.passages] == ["A", "B"]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2], ids=str
)
def test_a_damaged_member_is_a_fault_of_the_file(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in small_parts(paragraphs("Một hai ba " * 50)).items():
            archive.writestr(name, data)
    whole = made.getvalue()
    at = whole.index(b"word/document.xml") + len(b"word/document.xml") + 30
    with pytest.raises(PackageError, match="tệp hỏng"):
        read_package(whole[:at] + b"\xff" * 20 + whole[at + 20 :])
