"""What a Word file would do by itself is found, however it is written; what is quiet passes."""

from __future__ import annotations

import pytest

from danvan_cli.word.active import active_content
from danvan_cli.word.package import read_package
from tests.cities import ROOT
from tests.render.word_files import OFFICE, RELS, small_parts

BEGIN, END = (f'<w:p><w:r><w:fldChar w:fldCharType="{k}"/></w:r></w:p>' for k in ("begin", "end"))


def field(*pieces: str, result: str = "1") -> str:
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{p}</w:instrText></w:r>' for p in pieces
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return f"<w:p>{begin}{runs}{middle}<w:r><w:t>{result}</w:t></w:r>{end}</w:p>"


def simple(instruction: str) -> str:
    return f'<w:p><w:fldSimple w:instr="{instruction}"/></w:p>'


def said(body: str, **more: bytes) -> list[str]:
    return [found for found, _ in active_content(small_parts(body) | more)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), "DDEAUTO"),
        (field("DD", "EAU", 'TO cmd "/k"'), "DDEAUTO"),
        (field(" dde excel a.xls"), "DDE"),
        (simple(" INCLUDETEXT C:/a.docx "), "INCLUDETEXT"),
        (simple("INCLUDEPICTURE http://a/b.png"), "INCLUDEPICTURE"),
        (field("LINK Excel.Sheet.8 a.xls"), "LINK"),
        (simple("MACROBUTTON a b"), "MACROBUTTON"),
        (simple("DATABASE a"), "DATABASE"),
        (simple("HYPERLINK &quot;file:///c:/a.exe&quot;"), "HYPERLINK"),
        (field("QUOTE ", "").replace("<w:t>1", "<w:t>2") + simple("rd a.docx"), "RD"),
        ("<w:p><w:r><w:instrText>DDE a b</w:instrText></w:r></w:p>", "DDE"),
        (BEGIN + field("QUOTE 68 68 69") + END, "{}"),
    ],
)
def test_a_field_that_reaches_out_is_named(body: str, kind: str) -> None:
    assert said(body) == [f"có trường '{kind}' tự lấy dữ liệu từ ngoài văn bản"]


@pytest.mark.parametrize(
    "body",
    [
        field(" PAGE  \\* MERGEFORMAT "),
        field("PA", "GE"),
        field("IF ", " 1 = 1 ", " a b"),
        simple("NUMPAGES"),
        simple("= 1 + 2"),
        simple("=SUM(ABOVE)"),
        simple("TOC \\o &quot;1-3&quot;"),
        simple("HYPERLINK &quot;https://haiphong.gov.vn&quot;"),
        BEGIN + "<w:p><w:r><w:instrText>IF </w:instrText></w:r></w:p>" + field("PAGE") + END,
        simple("HYPERLINK \\l &quot;#a&quot;"),
        simple(""),
        "<w:p><w:r><w:t>DDEAUTO cmd</w:t></w:r></w:p>",
    ],
)
def test_a_field_that_shows_the_document_itself_passes(body: str) -> None:
    assert said(body) == []


@pytest.mark.parametrize(
    ("body", "parts", "found"),
    [
        ('<w:altChunk r:id="rId1"/>', {}, "có tệp khác nhúng vào"),
        ("<w:p><w:r><w:object/></w:r></w:p>", {}, "có tệp khác nhúng vào"),
        (
            "<w:p/>",
            {"word/vbaProject.bin": b"a"},
            "chứa macro hoặc tệp nhúng (word/vbaProject.bin)",
        ),
        (
            "<w:p/>",
            {
                "word/_rels/settings.xml.rels": (
                    f'<Relationships xmlns="{RELS}"><Relationship Id="a" TargetMode="External"'
                    f' Type="{OFFICE}/attachedTemplate" Target="http://a/b.dotm"/></Relationships>'
                ).encode()
            },
            "liên kết tới tệp bên ngoài: http://a/b.dotm",
        ),
    ],
)
def test_programs_files_and_links_are_named(body: str, parts: dict[str, bytes], found: str) -> None:
    assert said(body, **parts) == [found]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.docx")), ids=lambda p: p.stem)
def test_the_templates_that_come_with_danvan_are_quiet(path) -> None:
    assert list(active_content(read_package(path.read_bytes()))) == []
