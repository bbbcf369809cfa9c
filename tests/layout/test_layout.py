"""How a Word file looks as it takes effect: styles over styles, themes, tables, lists, switches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.reading.document import Grid
from danvan_cli.reading.word_file import read_word
from danvan_cli.word.kept import ElementBytes
from danvan_cli.word.layout.reader import read_layout
from danvan_cli.word.layout.values import Layout, Paragraph
from danvan_cli.word.metrics import line_widths, text_width
from tests.cases import Case, cases_in
from tests.papers import PARTS, paper_of

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {"styles": "styles", "theme": "a:theme", "numbering": "numbering", "settings": "settings"}
CASES = cases_in(Path(__file__).with_name("looks.yaml"))


def layout_of(body: str, **others: str) -> Layout:
    """The layout of a body of XML, `w:` left out of its tags, with other parts given likewise."""
    rels = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in others
    )
    parts = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{rels}</Relationships>'.encode()
    }
    for kind, inner in others.items():
        root = f"w:{_PARTS[kind]}" if kind != "theme" else "a:theme"
        space = _NS if kind != "theme" else f'xmlns:a="{_A}"'
        parts[f"word/{kind}.xml"] = f"<{root} {space}>{inner}</{root}>".encode()
    root_element = etree.fromstring(f"<w:body {_NS}>{body}</w:body>".encode())
    return read_layout(parts, "word/document.xml", root_element, lambda _: 0, ElementBytes())


def seen(paragraph: Paragraph) -> Iterator[str]:
    """What a case may ask of a paragraph, one word each."""
    shape = paragraph.shape
    yield f"canh={shape.align}"
    yield f"truoc={shape.before:g}"
    yield f"sau={shape.after:g}"
    yield f"thut={shape.first:g}"
    yield f"trai={shape.left:g}"
    if shape.line is not None:
        yield f"dong={shape.line:g}"
    yield f"so={shape.numbering}"
    for drawn in paragraph.drawn:
        yield f"ke={drawn.length:g}"
    for run in paragraph.runs:
        letters = run.letters
        yield f"phong={letters.font}"
        yield f"co={letters.size:g}"
        yield "dam" if letters.bold else "nhat"
        yield "nghieng" if letters.italic else "dung"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_takes_effect(case: Case) -> None:
    others = {kind: case[kind] for kind in _PARTS if kind in case.data}
    layout = layout_of(case["body"], **others)
    paragraph = next(p for p in layout.paragraphs if p.text.strip() or p.drawn)
    assert set(case["thay"].split(", ")) <= set(seen(paragraph))


def test_a_paragraph_knows_the_passage_its_words_are_in() -> None:
    file = read_word(paper_of("lời văn: thêm 2"), "a.docx")
    assert file.layout is not None
    texts: dict[int, str] = {}
    for block in file.blocks:
        cells = (
            [c.passage for row in block.rows for c in row] if isinstance(block, Grid) else [block]
        )
        texts |= {p.locate(0).line: p.text for p in cells if p}
    for paragraph in file.layout.paragraphs:
        if paragraph.text.strip():
            assert paragraph.text.strip() in texts[paragraph.order]


def test_every_letter_of_a_paper_is_in_its_layout() -> None:
    file = read_word(paper_of(""), "a.docx")
    assert file.layout is not None
    words = "\n".join(p.text for p in file.layout.paragraphs)
    assert all(look.text in words for look in PARTS.values() if look.shown)


_SWITCHES = st.lists(st.sampled_from(["<w:b/>", '<w:b w:val="0"/>', ""]), min_size=3, max_size=3)


@settings(deadline=None)
@given(_SWITCHES, st.booleans())
def test_a_switch_set_by_two_kinds_of_style_is_off_and_a_direct_one_wins(
    given_by: list[str], direct: bool
) -> None:
    paragraph, character, own = given_by
    styles = (
        f'<w:style w:type="paragraph" w:styleId="P"><w:rPr>{paragraph}</w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="C"><w:rPr>{character}</w:rPr></w:style>'
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr><w:r><w:rPr><w:rStyle w:val="C"/>'
        f"{own if direct else ''}</w:rPr><w:t>chữ</w:t></w:r></w:p>"
    )
    bold = layout_of(body, styles=styles).paragraphs[0].runs[0].letters.bold
    if direct and own:
        assert bold == (own == "<w:b/>")
    else:
        assert bold == ((paragraph == "<w:b/>") != (character == "<w:b/>"))


@settings(deadline=None)
@given(st.text("ăâđêôơưàảãáạ hoặc NHÂN DÂN 123,.-", max_size=80), st.floats(10, 500))
def test_wrapping_loses_no_width(text: str, room: float) -> None:
    lines = line_widths(text, 14, room)
    gaps = text_width(" ", 14) * (len(lines) - 1)
    assert abs(sum(lines) + gaps - text_width(" ".join(text.split()), 14)) < 0.01
    for width, word in zip(lines, text.split(), strict=False):
        assert (
            width
            <= max(room, *(text_width(w, 14) for w in text.split()), text_width(word, 14)) + 0.01
        )


def test_marks_above_and_below_take_no_room() -> None:
    assert text_width("ấ", 14) == text_width("a", 14)
    assert text_width("ượ", 14) == text_width("ươ", 14)
    assert text_width("Đ", 14, bold=True) > text_width("đ", 14, bold=True)


def test_markup_that_goes_wrong_is_read_to_its_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/>'
        '<w:rPr><w:sz w:val="x"/></w:rPr></w:style>'
        for a, b in (("A", "B"), ("B", "A"))
    )
    body = '<w:p><w:pPr><w:pStyle w:val="A"/><w:spacing w:before="nan"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    paragraph = layout_of(body, styles=styles).paragraphs[0]
    assert (paragraph.runs[0].letters.size, paragraph.shape.before) == (10, 0)
