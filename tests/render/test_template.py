"""Templates filled: what stands in the document, what is refused, and what is said then."""

from __future__ import annotations

import pickle
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from danvan_cli.errors import TemplateError
from danvan_cli.prose import Prose
from danvan_cli.render.compiler.prepare import prepare
from danvan_cli.render.content import BLOCK_STYLES, Content, ListLine, PrintedSignature
from danvan_cli.render.names import names, paths
from danvan_cli.render.template import Template, load_template, render
from danvan_cli.text import breakable
from danvan_cli.word.metrics import text_width
from danvan_cli.word.pack import is_untouched
from tests.package_faults import package_faults
from tests.render.word_files import (
    MAIN,
    NAMESPACES,
    OFFICE,
    RELS,
    Make,
    W,
    body_of,
    content,
    paragraphs,
    parts_of,
    row,
    small_parts,
    table_of,
    text_of,
    texts_of,
    whole,
    words,
    zipped,
)

HERE = Path(__file__).parent
ESCAPES = (HERE / "escapes.txt").read_text(encoding="utf-8").splitlines()
BAD_TAGS = yaml.safe_load((HERE / "bad_tags.yaml").read_text(encoding="utf-8"))


def shipped() -> Template:
    return load_template(MAIN)


def said_in(value: Any) -> list[str]:
    """Every text of a content, as it is to be read in the document."""
    if isinstance(value, Prose):
        return str(value).split("\n")
    if isinstance(value, tuple):
        return [text for member in value for text in said_in(member)]
    if is_dataclass(value) and not isinstance(value, type):
        return [
            t for f in fields(value) if f.name != "place" for t in said_in(getattr(value, f.name))
        ]
    return []


def test_every_word_of_the_content_stands_in_the_document() -> None:
    data = render(shipped(), whole())
    shown = "\n".join(texts_of(data)) + "\n".join(t for note in notes_in(data) for t in note)
    assert [text for text in said_in(whole()) if text not in shown] == []


def test_a_made_document_is_sound_and_the_same_each_time() -> None:
    first = render(shipped(), whole())
    assert package_faults(parts_of(first)) == ()
    assert render(Template(Path("khac.docx"), shipped().prepared), whole()) == first
    assert is_untouched(first)


def test_a_template_kept_between_runs_makes_the_same_document() -> None:
    kept = pickle.loads(pickle.dumps(shipped().prepared))
    assert render(Template(MAIN, kept), whole()) == render(shipped(), whole())


PARTS = [f.name for f in fields(Content)]


@pytest.mark.parametrize("absent", PARTS)
def test_what_is_absent_leaves_no_trace_and_a_sound_file(absent: str) -> None:
    empty = getattr(Content(), absent)
    data = render(shipped(), replace(whole(), **{absent: empty}))
    assert package_faults(parts_of(data)) == ()
    full = texts_of(render(shipped(), whole()))
    assert len(texts_of(data)) < len(full) or absent in ("so_ky_hieu", "dia_danh_ngay")
    for paragraph in body_of(data).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else ""
        alone = paragraph.getparent().tag == f"{W}tc"  # type: ignore[union-attr]
        drawn = name in ("SauBang", "DuongKeNgan", "DuongKeDai")
        assert text_of(paragraph).strip() or alone or drawn


def test_a_document_without_signature_has_no_table_for_it() -> None:
    unsigned = replace(
        whole(), ky=PrintedSignature(), ky_cung=PrintedSignature(), noi_nhan=Content().noi_nhan
    )
    tables = len(list(body_of(render(shipped(), whole())).iter(f"{W}tbl")))
    assert len(list(body_of(render(shipped(), unsigned)).iter(f"{W}tbl"))) == tables - 1


def test_the_template_decides_its_looks_in_named_styles_of_one_font() -> None:
    parts = parts_of(MAIN.read_bytes())
    styles = parts["word/styles.xml"]
    assert re.findall(rb'w:rFonts w:ascii="([^"]+)"', styles) == [b"Times New Roman"]
    assert b"w:docDefaults" in styles[: styles.index(b"Times New Roman")]
    assert not any("theme" in part or "media" in part for part in parts)
    assert b"rFonts" not in parts["word/document.xml"]
    assert b"rsid" not in b"".join(parts.values())
    for name in re.findall(r'<w:name w:val="([^"]+)"', styles.decode()):
        assert "," not in name


def test_the_template_reads_as_a_paper_with_hardly_a_control_tag() -> None:
    shown = texts_of(MAIN.read_bytes())
    control = [text for text in shown if "{%" in text]
    assert len(control) * 10 <= len(shown)
    order = ["co_quan", "ten_loai", "can_cu", "noi_dung", "noi_nhan.dong", "ky.ho_ten"]
    assert [shown.index(f"{{{{ {name} }}}}") for name in order] == sorted(
        shown.index(f"{{{{ {name} }}}}") for name in order
    )
    assert len([text for text in shown if "quoc_hieu" in text]) == 1


def changed(tmp_path: Path, part: str, *changes: tuple[str, str]) -> Template:
    """The shipped template with texts of one part changed, as its author would in Word."""
    parts = parts_of(MAIN.read_bytes())
    text = parts[part].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "van-ban.docx"
    path.write_bytes(zipped(parts | {part: text.encode()}))
    return load_template(path)


def test_the_font_of_normal_is_the_font_of_the_paper(tmp_path: Path) -> None:
    styles = parts_of(MAIN.read_bytes())["word/styles.xml"].decode()
    assert "rFonts" not in styles[styles.index("</w:docDefaults>") :]
    roots = re.findall(r'<w:style w:type="paragraph"(?:(?!</w:style>).)*</w:style>', styles)
    assert all('w:val="Normal"/>' in r or "basedOn" in r for r in roots)
    normal = '<w:name w:val="Normal"/><w:uiPriority w:val="0"/><w:qFormat/>'
    font = f'{normal}<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/></w:rPr>'
    made = render(changed(tmp_path, "word/styles.xml", (normal, font)), whole())
    assert b"Arial" in parts_of(made)["word/styles.xml"]


def test_tables_follow_the_margins(tmp_path: Path) -> None:
    template = changed(tmp_path, "word/document.xml", ('w:left="1701"', 'w:left="1134"'))
    body = body_of(render(template, whole()))
    for table in body.iter(f"{W}tbl"):
        grid = [int(c.get(f"{W}w", "0")) for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert abs(sum(grid) - (9921 if sum(grid) < 12000 else 14853)) < 8
        for line in table.iterchildren(f"{W}tr"):
            cells = [int(c.get(f"{W}w", "0")) for c in line.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
            assert sum(cells) == sum(grid)


def properties_of(first_words: str) -> set[str]:
    """The names of the paragraph properties of the first paragraph that starts so."""
    for paragraph in body_of(render(shipped(), whole())).iter(f"{W}p"):
        if text_of(paragraph).startswith(first_words):
            return {str(e.tag).removeprefix(W) for e in paragraph.iterfind(f"{W}pPr/*")}
    raise AssertionError(first_words)


@pytest.mark.parametrize("kept", ["Đoạn cuối./.", "- Các cơ quan:", "Cha"])
def test_what_must_not_part_from_the_next_is_kept_with_it(kept: str) -> None:
    assert "keepNext" in properties_of(kept)


@pytest.mark.parametrize("free", ["Một đoạn văn.", "1. Một việc.", "- Thời gian:", "Con có"])
def test_an_ordinary_paragraph_is_free_to_part_from_the_next(free: str) -> None:
    assert "keepNext" not in properties_of(free)


def test_header_rows_repeat_and_no_short_row_splits() -> None:
    for table in body_of(render(shipped(), whole())).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        if table.find(f"{W}tblPr/{W}tblStyle") is None:
            continue
        heads = [r.find(f"{W}trPr/{W}tblHeader") is not None for r in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in rows)


def test_only_a_row_that_would_leave_a_gap_at_the_foot_of_a_page_may_split() -> None:
    long = " ".join(["việc"] * 60)
    body = body_of(render(shipped(), content(noi_dung=(table_of(row("1"), row("2", long)),))))
    rows = {t: r for r in body.iter(f"{W}tr") for t in map(text_of, r.iter(f"{W}p"))}
    assert rows["1"].find(f"{W}trPr/{W}cantSplit") is not None
    assert rows["2"].find(f"{W}trPr/{W}cantSplit") is None


def test_each_annex_is_a_section_of_its_own_numbered_from_one() -> None:
    body = body_of(render(shipped(), whole()))
    sections = list(body.iter(f"{W}sectPr"))
    shapes = [s.find(f"{W}pgSz").get(f"{W}orient") for s in sections]  # type: ignore[union-attr]
    assert shapes == [None, "landscape", "landscape"]
    starts = [e.get(f"{W}start") for e in body.iter(f"{W}pgNumType")]
    assert starts == ["1", "1"]
    assert (
        len(list(body_of(render(shipped(), replace(whole(), phu_luc=()))).iter(f"{W}sectPr"))) == 1
    )


def test_a_table_has_the_columns_that_have_a_name_and_no_other() -> None:
    tables = list(body_of(render(shipped(), whole())).iter(f"{W}tbl"))
    widths = [len(t.findall(f"{W}tblGrid/{W}gridCol")) for t in tables]
    assert widths == [3, 5, 2, 3, 3]


def test_a_row_and_a_block_bear_the_hidden_mark_of_what_they_print() -> None:
    body = body_of(render(shipped(), whole()))
    starts = {e.get(f"{W}name", ""): e for e in body.iter(f"{W}bookmarkStart")}
    shown = {name: text_of(e.getparent()) for name, e in starts.items()}  # type: ignore[arg-type]
    assert shown["_dv_viec_a_thoi_gian"] == "- Thời gian: Năm nay."
    assert shown["_dv_viec_1"] == "1"
    assert all(len(name) <= 40 for name in starts)
    ends = [e.get(f"{W}id", "") for e in body.iter(f"{W}bookmarkEnd")]
    assert sorted(ends) == sorted(e.get(f"{W}id", "") for e in starts.values())


LONG_NAMES = ["XÃ AN", "PHƯỜNG NGUYỄN BỈNH KHIÊM", "ĐẶC KHU BẠCH LONG VĨ"]


@pytest.mark.parametrize("name", LONG_NAMES)
def test_the_line_under_a_name_is_a_third_to_a_half_of_it(name: str) -> None:
    body = body_of(render(shipped(), replace(whole(), co_quan=(words("UBND"), words(name)))))
    line = next(p for p in body.iter(f"{W}p") if _style(p) == "DuongKeNgan")
    indent = line.find(f"{W}pPr/{W}ind")
    assert indent is not None
    long = 3780 - 2 * int(indent.get(f"{W}left", "0"))
    wide = min(text_width(name, 13, bold=True) * 20, 3780)
    assert wide / 3 <= long <= wide / 2


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def test_a_name_made_and_not_printed_is_an_error_that_names_it(tmp_path: Path) -> None:
    for tag, name, meaning in [
        ("{{ noi_dung }}", "noi_dung", "toàn bộ nội dung: đề mục, đoạn, danh sách, bảng nhiệm vụ"),
        ("{{ can_cu }}", "can_cu", "các căn cứ, mỗi căn cứ một đoạn"),
        ("{{ so_ky_hieu }}", "so_ky_hieu", "số, ký hiệu"),
        ("{{ ky.ho_ten }}", "ky.ho_ten", "họ tên người ký, trống khi chưa biết"),
        ("{{ nhiem_vu.noi_dung }}", "nhiem_vu.noi_dung", "lời của nhiệm vụ"),
        ("{{ phu_luc.ten }}", "phu_luc.ten", "số của phụ lục"),
    ]:
        template = changed(tmp_path, "word/document.xml", (f"<w:r><w:t>{tag}</w:t></w:r>", ""))
        with pytest.raises(TemplateError) as error:
            render(template, whole())
        assert str(error.value) == (
            f"{template.path}: mẫu không in {{{{ {name} }}}} ({meaning}). Thêm thẻ ấy; nếu cố ý không "
            f"in thì ghi {{# không in: {name} #}} vào mẫu."
        )
        left_out = changed(
            tmp_path,
            "word/document.xml",
            (f"<w:t>{tag}</w:t>", f"<w:t>{{# không in: {name} #}}</w:t>"),
        )
        assert render(left_out, whole())


def test_an_author_may_drop_move_and_add_columns(tmp_path: Path) -> None:
    cell = re.compile(r"<w:tc>(?:(?!</w:tc>).)*{{ (?:cot|nhiem_vu)\.phoi_hop }}.*?</w:tc>")
    xml = parts_of(MAIN.read_bytes())["word/document.xml"].decode()
    found = cell.findall(xml)
    assert len(found) == 2
    wide = re.findall(r'w:tcW w:w="(\d+)"', found[0])
    column = f'<w:gridCol w:w="{wide[0]}"/>'
    span = ('<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="3"/>')
    changes = [(column, ""), (found[0], ""), (found[1], ""), span]
    with pytest.raises(TemplateError, match=r"không in \{\{ nhiem_vu\.phoi_hop \}\}"):
        render(changed(tmp_path, "word/document.xml", *changes), whole())
    head = ("<w:t>{{ cot.tt }}</w:t>", "<w:t>Mã{# không in: nhiem_vu.phoi_hop #}</w:t>")
    typed = [*changes, head]
    body = body_of(render(changed(tmp_path, "word/document.xml", *typed), whole()))
    table = next(t for t in body.iter(f"{W}tbl") if "Nhiệm vụ" in "".join(map(str, t.itertext())))
    first = table.find(f"{W}tr")
    assert first is not None
    assert [text_of(p) for p in first.iter(f"{W}p")][:2] == ["Mã", "Nhiệm vụ"]
    assert len(first.findall(f"{W}tc")) == 4


VALUES = [
    "A & B",
    "nguồn < 5 tỷ",
    "a <b> c",
    "a </w:t> b",
    "\"kép\" 'đơn' “cong” ‘cong’",
    "{_{ x }_} {_% x %_}",
    "{{ ten_loai }}",
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
    assert texts_of(render(make("trước {{ ten_loai }} sau"), content(ten_loai=value))) == [
        f"trước {breakable(value)} sau"
    ]


def test_windows_line_ends_are_one_break_each(make: Make) -> None:
    said = content(ten_loai="a\r\nb\rc")
    assert texts_of(render(make("{{ ten_loai }}"), said)) == ["a\nb\nc"]


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\ue000").filter(
        lambda c: c >= " " or c in "\t\n"
    )
).filter(lambda text: not set(text) & {"\ufffe", "\uffff"})


@given(XML_TEXT.filter(str.strip), XML_TEXT.filter(str.strip))
def test_any_legal_text_stands_unchanged(word: str, line: str) -> None:
    said = replace(whole(), tham_quyen=words(word), can_cu=(ListLine("a", words(line)),))
    data = render(shipped(), said)
    shown = texts_of(data)
    before = shown.index("QUYẾT ĐỊNH:")
    assert shown[before - 2 : before] == [breakable(word), breakable(line)]
    assert package_faults(parts_of(data)) == ()


REFUSED: list[tuple[str, str]] = [
    ("a\x0bb", "giá trị “a b” chứa ký tự điều khiển U+000B."),
    ("\x00", "chứa ký tự điều khiển U+0000"),
    ("\ufffe", "chứa ký tự điều khiển U+FFFE"),
    ("\ud800", "chứa ký tự điều khiển U+D800"),
]


@pytest.mark.parametrize(("value", "message"), REFUSED)
def test_a_value_that_cannot_be_printed_is_refused(make: Make, value: str, message: str) -> None:
    with pytest.raises(TemplateError) as error:
        render(make("Chủ trì: {{ ten_loai }}"), content(ten_loai=value))
    assert message in str(error.value)
    assert str(error.value).startswith(str(error.value.path))


SPLIT = [
    '<w:r><w:t>{</w:t></w:r><w:r w:rsidR="00AB"><w:t>{ ten_loai }</w:t></w:r><w:r><w:t>}</w:t></w:r>',
    "<w:r><w:t>{{ ten_</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr>"
    "<w:t>loai</w:t></w:r><w:proofErr w:type='spellEnd'/><w:r><w:t xml:space='preserve'> }}</w:t></w:r>",
    "<w:r><w:t>{{ ky[“ho_ten”] }}</w:t></w:r>",
    "<w:r><w:t>{% if ten_loai is defined %}</w:t></w:r><w:r><w:t>{{ten_loai}}</w:t></w:r>"
    "<w:r><w:t>{% endif %}</w:t></w:r>",
    "<w:r><w:t>{% for d in co_quan %}{{ d|upper }}{% endfor %}</w:t></w:r>",
    "<w:r><w:t>{{ co_quan|join(“; ”) }}</w:t></w:r>",
    "<w:r><w:t>{{\u00a0ten_loai\u00a0}}</w:t></w:r>",
    "<w:r><w:t>{{ trich_yeu[0] }}</w:t></w:r>",
    "<w:r><w:t>{{ ky.ho_ten if ky.ho_ten else ten_loai }}</w:t></w:r>",
    "<w:r><w:t>{% if trich_yeu|length == 1 and not can_cu %}{{ ten_loai }}{% else %}x{% endif %}</w:t></w:r>",
]


@pytest.mark.parametrize("runs", SPLIT)
def test_tags_survive_what_word_does_to_them(make: Make, runs: str) -> None:
    names_said = "{# không in: ten_loai, ky, co_quan, trich_yeu #}"
    said = content(
        ten_loai="SỞ Y TẾ",
        ky=PrintedSignature((), words("SỞ Y TẾ")),
        co_quan=["Sở Y tế"],
        trich_yeu=["SỞ Y TẾ"],
    )
    xml = f"<w:p>{runs}<w:r><w:t>{names_said}</w:t></w:r></w:p>"
    shown = texts_of(render(make(xml=xml), said))
    assert [text.upper() for text in shown] == ["SỞ Y TẾ"]


@pytest.mark.parametrize("tag", ESCAPES)
def test_no_template_reaches_python(make: Make, tag: str) -> None:
    for name in ("ten", "ds"):
        tag = re.sub(rf"\b{name}\b", {"ten": "ten_loai", "ds": "can_cu"}[name], tag)
    with pytest.raises(TemplateError):
        render(make(f"Chủ trì: {tag}"), content(ten_loai="x", can_cu=["a"] * 100))


@pytest.mark.parametrize(("lines", "message"), BAD_TAGS)
def test_a_tag_that_cannot_be_read_is_told_with_its_place(
    make: Make, lines: list[str], message: str
) -> None:
    with pytest.raises(TemplateError) as error:
        make(*lines)
    assert str(error.value).replace(str(error.value.path), "mau.docx") == f"mau.docx: {message}"


BY = 'w:id="1" w:author="Bà An"'
TRACKED = {
    "chữ thêm": f"<w:ins {BY}><w:r><w:t>mới</w:t></w:r></w:ins>",
    "chữ xóa": f"<w:del {BY}><w:r><w:delText>cũ</w:delText></w:r></w:del>",
    "chữ chuyển đi": f"<w:moveFrom {BY}><w:r><w:t>cũ</w:t></w:r></w:moveFrom>",
    "chữ chuyển đến": f"<w:moveTo {BY}><w:r><w:t>mới</w:t></w:r></w:moveTo>",
    "định dạng chữ đổi": f"<w:r><w:rPr><w:rPrChange {BY}/></w:rPr><w:t>a</w:t></w:r>",
    "định dạng đoạn đổi": f"<w:pPr><w:pPrChange {BY}/></w:pPr>",
}


@pytest.mark.parametrize("what", TRACKED)
def test_a_tracked_change_left_in_is_told_with_who_made_it(make: Make, what: str) -> None:
    make(xml="<w:p><w:r><w:t>Một dòng</w:t></w:r></w:p>")
    with pytest.raises(TemplateError) as error:
        make(xml=f"<w:p>{TRACKED[what]}<w:r><w:t>Một dòng</w:t></w:r></w:p>")
    near = {"chữ thêm": "mớiMột dòng", "chữ chuyển đi": "cũMột dòng"}.get(what, "Một dòng")
    near = {"chữ chuyển đến": "mớiMột dòng", "định dạng chữ đổi": "aMột dòng"}.get(what, near)
    assert str(error.value) == (
        f"{error.value.path}: còn sửa đổi được theo dõi (Track Changes) của “Bà An”: {what} "
        f"(đoạn 1, gần chữ “{near}”). Trong Word chọn Review, Accept All Changes rồi lưu lại."
    )


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
    made = render(make("{#p ghi chú #}", "a{# của {{ ten_loai }} #}"), content())
    assert texts_of(made) == ["a"]
    assert texts_of(render(make("{a} } 100% {"), content())) == ["{a} } 100% {"]


def test_a_template_may_loop_and_ask_on_its_own(make: Make) -> None:
    template = make(
        "{%p for c in can_cu if c %}",
        "{{ loop.index }}/{{ loop.length }} {{ c }}{% if not loop.last %} tiếp{% endif %}",
        "{%p else %}",
        "không có căn cứ",
        "{%p endfor %}",
        "{%p if ky.ho_ten %}",
        "Ký: {{ ky.ho_ten }}",
        "{%p elif lenh %}",
        "Lệnh: {{ lenh }}",
        "{%p else %}",
        "Chưa ký",
        "{%p endif %}",
    )
    assert texts_of(render(template, content(can_cu=["A", "B"]))) == [
        "1/2 A tiếp",
        "2/2 B",
        "Chưa ký",
    ]
    assert texts_of(render(template, content(lenh="X"))) == ["không có căn cứ", "Lệnh: X"]


def test_a_template_may_make_rows_of_its_own(make: Make) -> None:
    def line(*cells: str) -> str:
        return (
            "<w:tr>"
            + "".join(
                f"<w:tc><w:tcPr><w:tcW w:w='3000' w:type='dxa'/></w:tcPr>{paragraphs(c)}</w:tc>"
                for c in cells
            )
            + "</w:tr>"
        )

    rows = line("{%tr for nv in nhiem_vu %}", "") + line("{{ nv.tt }}", "{{ nv.noi_dung }}")
    grid = "<w:gridCol w:w='3000'/>" * 2
    xml = (
        f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}{line('{%tr endfor %}', '')}</w:tbl>"
    )
    remark = "{# không in: noi_dung, nhom, nhiem_vu #}"
    said = content(noi_dung=[table_of(row("1", "A"), row("2", "B"))])
    data = render(make(xml=xml + paragraphs(remark + "x")), said)
    assert texts_of(data) == ["1", "A", "2", "B", "x"]
    assert package_faults(parts_of(data)) == ()


def test_a_paragraph_of_a_list_is_printed_once_for_each(make: Make) -> None:
    template = make("– {{ can_cu }} (căn cứ)", "{{ lenh }}", "hết {{ lenh }}")
    shown = texts_of(render(template, content(can_cu=["A", "B"])))
    assert shown == ["– A (căn cứ)", "– B (căn cứ)", "hết "]


def test_marks_that_are_not_ours_are_no_marks(make: Make) -> None:
    data = render(make(xml="<w:p><?dv 7?><!-- x --><w:r><w:t>a</w:t></w:r></w:p>"), content())
    assert texts_of(data) == ["a"]


def test_comments_of_the_author_do_not_go_on(make: Make) -> None:
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    xml = f'<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>a</w:t></w:r><w:commentRangeEnd w:id="0"/>{comment}</w:p>'
    parts = with_part("comments", "comments.xml", f"<w:comments {NAMESPACES}/>")
    made = parts_of(render(make(xml=xml, parts=parts), content()))
    assert "word/comments.xml" not in made
    assert b"comment" not in made["word/document.xml"]


def test_headers_are_filled_like_the_body(make: Make) -> None:
    header = f"<w:hdr {NAMESPACES}>{paragraphs('Trang của {{ ten_loai }}')}</w:hdr>"
    parts = with_part("header", "header1.xml", header)
    data = render(make("x", parts=parts), content(ten_loai="A & B"))
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


def test_a_note_of_a_task_becomes_a_footnote() -> None:
    data = render(shipped(), whole())
    assert notes_in(data) == [[" Lời chú & thêm.", "Đoạn hai."]]
    reference = next(body_of(data).iter(f"{W}footnoteReference"))
    run = reference.getparent()
    assert run is not None
    style = run.find(f"{W}rPr/{W}rStyle")
    assert style is not None
    assert style.get(f"{W}val") == "FootnoteReference"
    assert b'<w:pStyle w:val="FootnoteText"/>' in parts_of(data)["word/footnotes.xml"]


def test_notes_are_numbered_in_the_order_they_are_met() -> None:
    rows = [row(str(n), chu_thich=(words(f"Lời {n}"),)) for n in range(1, 4)]
    data = render(shipped(), replace(whole(), noi_dung=(table_of(*rows),), phu_luc=()))
    assert notes_in(data) == [[" Lời 1"], [" Lời 2"], [" Lời 3"]]
    references = [e.get(f"{W}id") for e in body_of(data).iter(f"{W}footnoteReference")]
    assert references == ["1", "2", "3"]


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
    assert texts_of(render(make("{{ ten_loai }}", parts=parts), content(ten_loai="a"))) == ["a"]


def test_the_names_are_the_fields_with_meaning_and_example() -> None:
    known = {name.path: name for name in names()}
    assert known["ky.ho_ten"].meaning == "họ tên người ký, trống khi chưa biết"
    assert known["cot.chu_tri"].meaning == "tên cột: cơ quan chủ trì"
    assert known["can_cu"].is_list
    assert {"nhiem_vu.noi_dung", "phu_luc.hang.chu_tri", "nhom.ten", "noi_dung.chu"} <= set(known)
    assert all(
        (name.meaning and name.example) or name.path == "noi_dung" for name in known.values()
    )
    assert not {path for path in paths() if path.endswith((".ma", ".place"))}


def test_the_shipped_template_uses_no_unknown_name_and_has_no_fault() -> None:
    prepared, faults = prepare(MAIN.read_bytes())
    assert faults == ()
    assert prepared is not None
    assert prepared.printed <= paths()


def test_all_faults_of_a_template_are_told_at_once() -> None:
    lines = [
        "{{ ky.hoten }}",
        "{%p endfor %}",
        "a {%p if lenh %}",
        "{%p endif %}",
        "{% if lenh %}{{ can_c",
    ]
    _, faults = prepare(zipped(small_parts(paragraphs(*lines))))
    assert [str(fault) for fault in faults] == [
        "“a” đứng cùng đoạn với thẻ {%p if lenh %} và sẽ mất (đoạn 3, gần chữ “a”).",
        "thẻ “{{ can_c” không đóng trong cùng một đoạn (đoạn 5, gần chữ “{{ can_c”).",
        "không văn bản nào có “ky.hoten” ở {{ ky.hoten }} (đoạn 1, gần chữ “a”).",
        "thẻ {%p endfor %} thừa: không có thẻ {% for %} nào đang mở ở đây (đoạn 2, gần chữ “a”).",
    ]


def test_the_page_of_names_says_what_the_types_say() -> None:
    page = (MAIN.parent / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \|$", page, re.MULTILINE)
    said = [(n.path, n.meaning, n.example.replace("\n", " / ")) for n in names()]
    assert [tuple(cell.strip() for cell in r) for r in rows] == said
    kinds = page[page.index("<!-- kiểu -->") :]
    assert re.findall(r"^\| ([^|-]+) \| ([^|]+) \|$", kinds, re.MULTILINE)[1:] == [
        (kind.style, kind.meaning) for kind in BLOCK_STYLES.values()
    ]
