"""Templates filled: what stands in the document, what is refused, and what is said then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.errors import TemplateError
from danvan_cli.render.footnotes import marker
from danvan_cli.render.template import Template, load_template, render
from danvan_cli.render.template_check import template_names, unknown_names
from danvan_cli.word.package import is_untouched
from tests.render.word_files import (
    NAMES,
    NAMESPACES,
    OFFICE,
    RELS,
    TEMPLATES,
    Make,
    W,
    body_of,
    context_of,
    paragraphs,
    parts_of,
    small_parts,
    text_of,
    texts_of,
    zipped,
)

HERE = Path(__file__).parent
ESCAPES = (HERE / "escapes.txt").read_text(encoding="utf-8").splitlines()
BAD_TAGS = yaml.safe_load((HERE / "bad_tags.yaml").read_text(encoding="utf-8"))
OPTIONAL = [
    "co_quan_tren",
    "so_ky_hieu",
    "dia_danh_ngay",
    "kem_theo",
    "can_cu",
    "mo_dau",
    "ky",
    "noi_nhan",
]
every_document = pytest.mark.parametrize("name", NAMES)


def real_template(name: str) -> Template:
    return load_template(TEMPLATES / f"{name}.docx")


def words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if key != "chu_thich":
                yield from words_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from words_in(member)


@every_document
def test_every_word_of_the_context_stands_in_the_document(name: str) -> None:
    context = context_of(name)
    shown = "\n".join(texts_of(render(real_template(name), context)))
    for word in words_in(context):
        assert re.sub("\ue000.\ue001", "", word) in shown


@every_document
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    first = render(real_template(name), context_of(name))
    copy = Template(Path("khac.docx"), real_template(name).compiled)
    assert render(copy, context_of(name)) == first
    assert is_untouched(first)


@every_document
def test_no_document_holds_an_empty_paragraph_where_word_asks_for_none(name: str) -> None:
    for paragraph in body_of(render(real_template(name), context_of(name))).iter(f"{W}p"):
        parent = paragraph.getparent()
        assert parent is not None
        alone_in_cell = parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1
        after_table = (
            paragraph.getprevious() is not None and paragraph.getprevious().tag == f"{W}tbl"  # type: ignore[union-attr]
        )
        assert text_of(paragraph).strip() or alone_in_cell or after_table


@every_document
@pytest.mark.parametrize("absent", OPTIONAL)
def test_what_may_be_absent_leaves_no_trace(name: str, absent: str) -> None:
    context = context_of(name)
    context.pop(absent, None)
    assert "None" not in "".join(texts_of(render(real_template(name), context)))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_decides_its_looks_in_named_styles_of_one_font(name: str) -> None:
    parts = parts_of((TEMPLATES / f"{name}.docx").read_bytes())
    fonts = set(re.findall(rb'w:rFonts w:ascii="([^"]+)"', parts["word/styles.xml"]))
    assert fonts == {b"Times New Roman"}
    assert not any("theme" in part for part in parts)
    assert b"rFonts" not in parts["word/document.xml"]
    assert b"rsid" not in b"".join(parts.values())


def properties_of(name: str, first_words: str) -> set[str]:
    """The names of the paragraph properties of the first paragraph that starts so."""
    for paragraph in body_of(render(real_template(name), context_of(name))).iter(f"{W}p"):
        if text_of(paragraph).startswith(first_words):
            return {str(e.tag).removeprefix(W) for e in paragraph.iterfind(f"{W}pPr/*")}
    raise AssertionError(first_words)


def test_the_last_paragraph_stays_with_the_signature() -> None:
    assert "keepNext" in properties_of("chuong-trinh", "Trên đây là Chương trình")
    assert "keepNext" in properties_of("quyet-dinh", "Điều 3.")


def test_a_paragraph_followed_by_its_lines_stays_with_them() -> None:
    assert "keepNext" in properties_of("chuong-trinh", "2. Triển khai, thực hiện Đề án")
    assert "keepNext" in properties_of("chuong-trinh", "Thời gian thực hiện")


def test_an_ordinary_paragraph_is_free_to_part_from_the_next() -> None:
    assert "keepNext" not in properties_of("chuong-trinh", "Bám sát chủ trương")
    assert "keepNext" not in properties_of("ke-hoach", "1. Một việc không có dòng")


def test_the_header_row_repeats_and_no_row_splits() -> None:
    body = body_of(render(real_template("danh-muc"), context_of("danh-muc")))
    rows = body.findall(f"{W}body/{W}tbl[2]/{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (
        len(rows) - 1
    )
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_each_annex_is_a_section_of_its_own_numbered_from_one() -> None:
    context = context_of("phu-luc")
    body = body_of(render(real_template("phu-luc"), context))
    annexes = context["phu_luc"]
    assert isinstance(annexes, list)
    starts = [e.get(f"{W}start") for e in body.iter(f"{W}pgNumType")]
    assert starts == ["1"] * len(annexes)
    for annex, table in zip(annexes, body.iter(f"{W}tbl"), strict=True):
        assert len(table.findall(f"{W}tblGrid/{W}gridCol")) == len(annex["cot"])


def test_the_number_row_goes_when_there_is_neither_number_nor_date() -> None:
    context = context_of("chuong-trinh")
    with_row = len(list(body_of(render(real_template("chuong-trinh"), context)).iter(f"{W}tr")))
    del context["so_ky_hieu"], context["dia_danh_ngay"]
    without = len(list(body_of(render(real_template("chuong-trinh"), context)).iter(f"{W}tr")))
    assert without == with_row - 1


VALUES = [
    "A & B",
    "nguồn < 5 tỷ",
    "a <b> c",
    "a </w:t> b",
    "\"kép\" 'đơn' “cong” ‘cong’",
    "{_{ x }_} {_% x %_}",
    "{{ ten }}",
    "{% if ten %}",
    "{# ghi chú #}",
    "}} %} #}",
    "&amp; &lt;",
    "  hai  khoảng trắng  ",
    "không\u00a0ngắt",
    "một dòng\nhai dòng",
    "cột\tcột",
    "phân tách dạng NFD: ho\u0300a",
    "\ue000\ue001 không phải chú thích",
    "\U0001f600",
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_stands_as_it_is(make: Make, value: str) -> None:
    assert texts_of(render(make("trước {{ ten }} sau"), {"ten": value})) == [f"trước {value} sau"]


def test_windows_line_ends_are_one_break_each(make: Make) -> None:
    assert texts_of(render(make("{{ ten }}"), {"ten": "a\r\nb\rc"})) == ["a\nb\nc"]


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\ue000").filter(
        lambda c: c >= " " or c in "\t\n"
    )
).filter(lambda text: not set(text) & {"\ufffe", "\uffff"})


@settings(deadline=None)
@given(XML_TEXT, XML_TEXT)
def test_any_legal_text_stands_unchanged(word: str, line: str) -> None:
    context = context_of("quyet-dinh") | {"tham_quyen": word, "can_cu": [line]}
    shown = texts_of(render(real_template("quyet-dinh"), context))
    before = shown.index("QUYẾT ĐỊNH:")
    assert shown[before - 2 : before] == [word, line]


REFUSED: list[tuple[object, str]] = [
    (None, "giá trị trống (None) ở {{ ten }}, gần chữ “Chủ trì:”."),
    (["a"], "giá trị là một danh sách hoặc không phải chữ, không in thẳng được ở {{ ten }}"),
    (True, "giá trị là một danh sách hoặc không phải chữ, không in thẳng được ở {{ ten }}"),
    ({"nhan": "a"}, "giá trị gồm nhiều phần (nhan), phải nói rõ phần nào ở {{ ten }}"),
    ("a\x0bb", "giá trị “a b” chứa ký tự điều khiển U+000B ở {{ ten }}, gần chữ “Chủ trì:”."),
    ("\x00", "chứa ký tự điều khiển U+0000"),
    ("\ufffe", "chứa ký tự điều khiển U+FFFE"),
    ("\ud800", "chứa ký tự điều khiển U+D800"),
]


@pytest.mark.parametrize(("value", "message"), REFUSED)
def test_a_value_that_cannot_be_printed_is_refused(make: Make, value: object, message: str) -> None:
    with pytest.raises(TemplateError) as error:
        render(make("Chủ trì: {{ ten }}"), {"ten": value})
    assert message in str(error.value)
    assert str(error.value).startswith(str(error.value.path))


def test_a_misspelt_name_is_named_with_the_nearest_one(make: Make) -> None:
    template = make("Chủ trì:", "{%p for nv in nhiem_vu %}", "{{ nv.chu_trii }}", "{%p endfor %}")
    with pytest.raises(TemplateError) as error:
        render(template, {"nhiem_vu": [{"chu_tri": "Phòng Kinh tế"}]})
    assert str(error.value) == (
        f"{template.path}: không có biến “chu_trii” ở {{{{ nv.chu_trii }}}}, gần chữ “Chủ trì:”. "
        "Có phải “chu_tri”?"
    )


def test_a_text_is_not_looped_over_letter_by_letter(make: Make) -> None:
    template = make("{%p for d in ds %}", "{{ d }}", "{%p endfor %}")
    with pytest.raises(TemplateError, match="giá trị “Phòng” không phải một danh sách"):
        render(template, {"ds": "Phòng"})


def test_a_name_of_a_method_is_a_name_like_any_other(make: Make) -> None:
    assert texts_of(render(make("{{ x.items }} {{ x.keys }}"), {"x": {"items": "a", "keys": "b"}}))
    with pytest.raises(TemplateError, match="không có biến “values”"):
        render(make("{{ x.values }}"), {"x": {"items": "a"}})


SPLIT = [
    '<w:r><w:t>{</w:t></w:r><w:r w:rsidR="00AB"><w:t>{ ten }</w:t></w:r><w:r><w:t>}</w:t></w:r>',
    "<w:r><w:t>{{ t</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr>"
    "<w:t>en</w:t></w:r><w:proofErr w:type='spellEnd'/><w:r><w:t xml:space='preserve'> }}</w:t></w:r>",
    "<w:r><w:t>{{ x[“ten”] }}</w:t></w:r>",
    "<w:r><w:t>{% if ten is defined %}</w:t></w:r><w:r><w:t>{{ten}}</w:t></w:r>"
    "<w:r><w:t>{% endif %}</w:t></w:r>",
    "<w:r><w:t>{% for d in ds %}{{ d|upper }}{% endfor %}</w:t></w:r>",
    "<w:r><w:t>{{ ds|join(“; ”) }}</w:t></w:r>",
    "<w:r><w:t>{{\u00a0ten\u00a0}}</w:t></w:r>",
]


@pytest.mark.parametrize("runs", SPLIT)
def test_tags_survive_what_word_does_to_them(make: Make, runs: str) -> None:
    context = {"ten": "SỞ Y TẾ", "x": {"ten": "SỞ Y TẾ"}, "ds": ["Sở Y tế"]}
    shown = texts_of(render(make(xml=f"<w:p>{runs}</w:p>"), context))
    assert [text.upper() for text in shown] == ["SỞ Y TẾ"]


@pytest.mark.parametrize("tag", ESCAPES)
def test_no_template_reaches_python(make: Make, tag: str) -> None:
    context = {"ten": "x", "ds": ["a"] * 100}
    with pytest.raises(TemplateError):
        render(make(f"Chủ trì: {tag}"), context)


@pytest.mark.parametrize(("lines", "message"), BAD_TAGS)
def test_a_tag_that_cannot_be_read_is_told_with_its_place(
    make: Make, lines: list[str], message: str
) -> None:
    with pytest.raises(TemplateError) as error:
        make(*lines)
    assert message in str(error.value)


HOSTILE = {
    "open tags without end": "{{p " * 300_000,
    "parentheses": "{{ " + "(" * 900 + "x" + ")" * 90 + " }}",
    "loops in loops": "{% for a in ds %}" + "{% for a in a %}" * 60 + "{% endfor %}" * 61,
    "conditions in conditions": "{% if ds %}" * 3_000 + "{% endif %}" * 3_000,
}


@pytest.mark.parametrize("tags", HOSTILE.values(), ids=HOSTILE)
def test_a_template_made_to_choke_the_engine_is_refused(make: Make, tags: str) -> None:
    with pytest.raises(TemplateError):
        make(tags)


def test_an_ordinary_brace_is_no_tag(make: Make) -> None:
    assert texts_of(render(make("{#p ghi chú #}", "a{# của {{ ten }} #}"), {})) == ["a"]
    assert texts_of(render(make("{a} } 100% {"), {})) == ["{a} } 100% {"]


def test_a_tag_meant_for_a_run_cannot_damage_the_file(make: Make) -> None:
    with pytest.raises(TemplateError, match="chữ nằm ngoài đoạn văn: “x”"):
        render(make("{{p ten }}"), {"ten": "x"})


def test_loops_may_make_columns(make: Make) -> None:
    cell = "<w:tc><w:tcPr><w:tcW w:w='3000' w:type='dxa'/></w:tcPr>{}</w:tc>"
    row = "".join(
        cell.format(paragraphs(words))
        for words in ("{%tc for d in ds %}", "{{ d }}", "{%tc endfor %}")
    )
    grid = "<w:gridCol w:w='3000'/>" * 3
    xml = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"
    body = body_of(render(make(xml=xml), {"ds": list("abcd")}))
    assert [e.get(f"{W}w") for e in body.iter(f"{W}gridCol", f"{W}tcW")] == ["2250"] * 8


def test_headers_are_filled_like_the_body(make: Make) -> None:
    header = f"<w:hdr {NAMESPACES}>{paragraphs('Trang của {{ ten }}')}</w:hdr>"
    parts = with_part("header", "header1.xml", header)
    data = render(make("x", parts=parts), {"ten": "A & B"})
    assert b"A &amp; B" in parts_of(data)["word/header1.xml"]


def with_part(kind: str, file: str, xml: str, *, external: bool = False) -> dict[str, bytes]:
    """Parts that let the body of a small document relate to one more."""
    mode = ' TargetMode="External"' if external else ""
    rel = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{file}"{mode}/>'
    parts = {"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{rel}</Relationships>'}
    if not external:
        types = small_parts("")["[Content_Types].xml"].decode()
        override = f'<Override PartName="/word/{file}" ContentType="application/xml"/></Types>'
        parts |= {f"word/{file}": xml, "[Content_Types].xml": types.replace("</Types>", override)}
    return {name: text.encode() for name, text in parts.items()}


def notes_in(data: bytes) -> list[list[str]]:
    root = etree.fromstring(parts_of(data)["word/footnotes.xml"])
    return [
        [text_of(p) for p in note.iter(f"{W}p")] for note in root if note.get(f"{W}type") is None
    ]


@pytest.mark.parametrize("name", ["nho", "quyet-dinh"])
def test_a_marker_becomes_a_footnote(make: Make, name: str) -> None:
    words = f"Luật{marker(0)} và Nghị định{marker(1)}{marker(0)}."
    notes = [["Lời một & hai.", "Đoạn sau."], ["Dòng\nmới"]]
    if name == "nho":
        data = render(make("{{ ten }}"), {"ten": words, "chu_thich": notes})
    else:
        context = context_of(name) | {"can_cu": [words], "chu_thich": notes}
        data = render(real_template(name), context)
    first, second = [" Lời một & hai.", "Đoạn sau."], [" Dòng\nmới"]
    assert notes_in(data) == [first, second, first]
    assert "Luật và Nghị định." in texts_of(data)
    references = [e.get(f"{W}id") for e in body_of(data).iter(f"{W}footnoteReference")]
    assert references == ["1", "2", "3"]


def test_a_footnote_uses_the_styles_of_the_template() -> None:
    data = render(real_template("quyet-dinh"), context_of("quyet-dinh"))
    reference = next(body_of(data).iter(f"{W}footnoteReference")).getparent()
    assert reference is not None
    style = reference.find(f"{W}rPr/{W}rStyle")
    assert style is not None
    assert style.get(f"{W}val") == "FootnoteReference"
    assert b'<w:pStyle w:val="FootnoteText"/>' in parts_of(data)["word/footnotes.xml"]


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"ten": marker(2), "chu_thich": [["a"]]}, "gọi chú thích thứ 3 nhưng không có"),
        ({"ten": marker(0)}, "gọi chú thích thứ 1 nhưng không có"),
        ({"ten": "a", "chu_thich": ["a"]}, "không phải một danh sách các đoạn"),
        ({"ten": "a", "chu_thich": "a"}, "chu_thich không phải một danh sách"),
        ({"ten": "a", "chu_thich": [["\x01"]]}, "chứa ký tự điều khiển U+0001"),
        ({"ten": "a", "chu_thich": [[None]]}, "giá trị trống (None)"),
    ],
)
def test_a_footnote_that_cannot_be_set_is_refused(
    make: Make, context: dict[str, object], message: str
) -> None:
    with pytest.raises(TemplateError) as error:
        render(make("{{ ten }}"), context)
    assert message in str(error.value)


def document(**added: bytes) -> bytes:
    return zipped(small_parts(paragraphs("x")) | added)


UNREADABLE: list[tuple[bytes, str]] = [
    (b"", "tệp rỗng"),
    (b"Ke hoach", "không phải tệp .docx (không phải tệp nén zip)"),
    (b"PK\x03\x04 hong", "tệp hỏng, không giải nén được"),
    (document()[:-30], "tệp hỏng, không giải nén được"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "là tệp .doc kiểu cũ"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "tệp có mật khẩu"),
    (b"%PDF-1.7", "là tệp PDF"),
    (b"{\\rtf1", "là tệp RTF"),
    (b"0" * 20_000_001, "tệp lớn hơn 20 MB. Bỏ bớt ảnh trong mẫu."),
    (zipped({"a.txt": b"a"}), "không có word/document.xml"),
    (zipped({"xl/workbook.xml": b""}), "bảng tính Excel"),
    (zipped({"mimetype": b"x", "content.xml": b""}), "OpenDocument"),
    (document(**{"../a.xml": b"<a/>"}), "trỏ ra ngoài tệp"),
    (document(**{"word/media/a.bin": b"\0" * 30_000_000}), "giải nén ra quá lớn"),
    (document(**{"word/vbaProject.bin": b"x"}), "chứa macro hoặc tệp nhúng (word/vbaProject.bin)"),
    (document(**{"word/embeddings/a.xlsx": b"x"}), "chứa macro hoặc tệp nhúng"),
    (document(**{"word/document.xml": b"<w:document"}), "không phải XML hợp lệ"),
    (
        document(**{"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "có khai báo DOCTYPE",
    ),
    (document(**{"word/document.xml": b"<document xmlns='strict'/>"}), "Strict Open XML"),
    (
        document(**with_part("attachedTemplate", "file:///C:/m.dotm", "", external=True)),
        "liên kết tới tệp bên ngoài: file:///C:/m.dotm",
    ),
    (
        document(**with_part("hyperlink", "file:///etc/passwd", "", external=True)),
        "liên kết tới tệp bên ngoài",
    ),
]


@pytest.mark.parametrize(("data", "message"), UNREADABLE, ids=[m for _, m in UNREADABLE])
def test_a_file_that_is_no_template_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError) as error:
        load_template(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="không có tệp mẫu này"):
        load_template(tmp_path / "khong-co.docx")
    with pytest.raises(TemplateError, match="không mở được tệp mẫu"):
        load_template(tmp_path)


def test_a_link_to_a_web_page_is_harmless(make: Make) -> None:
    parts = with_part("hyperlink", "https://vanban.chinhphu.vn", "", external=True)
    assert texts_of(render(make("{{ ten }}", parts=parts), {"ten": "a"})) == ["a"]


def test_names_are_those_of_the_context_whatever_the_loops_are_called(make: Make) -> None:
    template = make(
        "{%p for a in bang.nhom %}",
        "{{ a.ten }} {{ loop.index }}",
        "{%p for b in a.nhiem_vu %}",
        "{{ b.chu_tri[0] }} {% if loop.nextitem is defined %}{{ loop.nextitem.tt }}{% endif %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{{ ky['ho_ten'] }}",
    )
    assert [use.path for use in template_names(template)] == [
        "bang.nhom",
        "bang.nhom.nhiem_vu",
        "bang.nhom.nhiem_vu.chu_tri",
        "bang.nhom.nhiem_vu.tt",
        "bang.nhom.ten",
        "ky.ho_ten",
    ]


def test_names_outside_the_contract_are_found_with_the_nearest_known(make: Make) -> None:
    template = make("Chủ trì: {% for nv in nhiem_vu %}{{ nv.chu_trii }}{% endfor %}{{ ky.ho_ten }}")
    found = unknown_names(template, {"nhiem_vu.chu_tri", "ky.ho_ten"})
    assert [(name.path, name.guess) for name in found] == [
        ("nhiem_vu.chu_trii", "nhiem_vu.chu_tri")
    ]
    assert "gần chữ “Chủ trì:”" in found[0].where
    assert unknown_names(template, {"nhiem_vu.chu_trii", "ky.ho_ten"}) == ()


def paths_in(value: object, before: str = "") -> Iterator[str]:
    if before:
        yield before.removeprefix(".")
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from paths_in(member, f"{before}.{key}")
    elif isinstance(value, list):
        for member in value:
            yield from paths_in(member, before)


@every_document
def test_the_templates_use_no_name_twice_spelt(name: str) -> None:
    contract = {path for each in NAMES for path in paths_in(context_of(each))}
    assert unknown_names(real_template(name), contract) == ()
