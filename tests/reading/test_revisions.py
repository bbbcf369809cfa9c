"""Tracked changes accepted or rejected; comments kept as notes."""

from __future__ import annotations

import pytest

from danvan_cli.reading.lines import word_lines
from danvan_cli.word.revisions import How, comments_in, revisions_in, settled
from tests.render.word_files import small_parts, zipped

CELL = "<w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
CASES = [
    (
        "<w:p><w:r><w:t>Thực hiện </w:t></w:r><w:ins w:id='1'><w:r><w:t>tốt </w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>nhanh </w:delText></w:r></w:del><w:r><w:t>quy chế</w:t></w:r></w:p>",
        ("Thực hiện tốt quy chế",),
        ("Thực hiện nhanh quy chế",),
    ),
    (
        "<w:p><w:pPr><w:rPr><w:ins w:id='1'/></w:rPr></w:pPr><w:r><w:t>Một, </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>hai</w:t></w:r></w:p>",
        ("Một, ", "hai"),
        ("Một, hai",),
    ),
    (
        f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{CELL.format('cũ')}</w:tr>"
        f"<w:tr><w:trPr><w:ins w:id='2'/></w:trPr>{CELL.format('mới')}</w:tr></w:tbl><w:p/>",
        ("mới",),
        ("cũ",),
    ),
    (
        "<w:p><w:moveFrom w:id='1'><w:r><w:t>đoạn dời</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:r><w:t>giữa</w:t></w:r></w:p><w:p><w:moveTo w:id='2'><w:r><w:t>đoạn dời</w:t></w:r></w:moveTo></w:p>",
        ("giữa", "đoạn dời"),
        ("đoạn dời", "giữa"),
    ),
    ("<w:p><w:r><w:t>Không đổi</w:t></w:r></w:p>", ("Không đổi",), ("Không đổi",)),
]


@pytest.mark.parametrize(("body", "accepted", "rejected"), CASES)
@pytest.mark.parametrize("how", ["accept", "reject"])
def test_every_change_is_settled(
    body: str, accepted: tuple[str, ...], rejected: tuple[str, ...], how: How
) -> None:
    made = settled(zipped(small_parts(body)), how)
    assert word_lines(made) == (accepted if how == "accept" else rejected)
    assert revisions_in(made) == 0


def test_changes_are_counted() -> None:
    assert revisions_in(zipped(small_parts(CASES[0][0]))) == 2
    assert revisions_in(zipped(small_parts(CASES[-1][0]))) == 0


def test_comments_say_who_wrote_them() -> None:
    parts = small_parts("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    rels = parts["word/_rels/document.xml.rels"].decode().replace("/>", ">", 1)
    parts["word/_rels/document.xml.rels"] = (
        f'{rels}<Relationship Id="r9" Type="{kind}" Target="comments.xml"/></Relationships>'
    ).encode()
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{space}"><w:comment w:id="0" w:author="Chủ tịch">'
        "<w:p><w:r><w:t>Xem lại  hạn</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    assert comments_in(zipped(parts)) == ("Chủ tịch: Xem lại hạn",)
    assert word_lines(zipped(parts)) == ("Chữ",)
