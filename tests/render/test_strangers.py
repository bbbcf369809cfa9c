"""Templates from strangers: bounded by the work they do, refused where they act by themselves."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from danvan_cli.errors import TemplateError
from danvan_cli.render.template import load_template, render
from tests.render.word_files import (
    NAMESPACES,
    OFFICE,
    RELS,
    Make,
    content,
    paragraphs,
    small_parts,
    zipped,
)
from tests.validate.cities import run

FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
    '<w:r><w:instrText>AUTO cmd "/k"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def test_a_field_that_reaches_out_is_refused_by_render_and_by_validate(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(zipped(small_parts(paragraphs("{{ ten_loai }}") + FIELD)))
    said = "có trường 'DDEAUTO' tự lấy dữ liệu từ ngoài văn bản"
    with pytest.raises(TemplateError) as error:
        load_template(path)
    assert said in str(error.value)
    messages = [f.message for f in run(path).findings]
    assert any(said[1:] in message for message in messages)


MANY = [f"Căn cứ số {number}" for number in range(300)]
WORK = {
    "loops over one list in each other": "{% for a in can_cu %}{% for b in can_cu %}{{ a }}{% endfor %}{% endfor %}",
    "loops that print nothing": "{% for a in can_cu %}" * 3 + "{% endfor %}" * 3,
    "a loop that shadows its own name": "{% for can_cu in can_cu %}" * 8 + "{% endfor %}" * 8,
    "joined by a long text": "{{ can_cu|join('" + "x" * 900 + "')|join('" + "y" * 900 + "') }}",
    "joined by a list": "{{ can_cu|join(can_cu) }}",
    "joined by what is joined": "{{ can_cu|join(can_cu|join(can_cu|join('x'))) }}",
}


REMARK = "{# không in: can_cu, noi_dung #}"


@pytest.mark.parametrize("tags", WORK.values(), ids=WORK)
def test_a_template_does_little_work_or_none(make: Make, tags: str) -> None:
    with suppress(TemplateError):
        made = render(make(REMARK + tags), content(can_cu=MANY))
        assert len(made) < 2_000_000


LONG = "can_cu|join('" + "x" * 900 + "')"
ENDLESS = {
    "loops over words as they stand": "{% for a in can_cu %}{% for b in can_cu %}"
    + "y" * 2_000
    + "{% endfor %}{% endfor %}",
    "a long text compared again and again": "{% for a in can_cu %}{% for b in can_cu %}"
    + f"{{% if {LONG}|upper == 'x' %}}{{% endif %}}{{% endfor %}}{{% endfor %}}",
    "a loop with a long condition": f"{{% for a in can_cu if {LONG} %}}x{{% endfor %}}",
    "lists compared in a loop": "{% for a in can_cu %}{% for b in can_cu %}"
    + "{% if can_cu == can_cu %}{% endif %}{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("tags", ENDLESS.values(), ids=ENDLESS)
def test_a_template_is_bounded_by_its_work_whatever_it_is(make: Make, tags: str) -> None:
    with pytest.raises(TemplateError, match="của các vòng lặp làm văn bản quá dài"):
        render(make(REMARK + tags), content(can_cu=MANY))


LANGUAGE = (
    "{% include 'a' %}",
    "{% extends 'a' %}",
    "{% import 'os' as o %}",
    "{% macro a() %}{{ a() }}{% endmacro %}",
    "{% for a in can_cu recursive %}{{ loop(can_cu) }}{% endfor %}",
    "{% set x = can_cu ~ can_cu %}",
    "{{ 'a' * 999999999 }}",
    "{{ 9**9**9 }}",
    "{% for a in range(999999999) %}{% endfor %}",
    "{{ '%999999999d'|format(1) }}",
    "{{ 'a'|center(999999999) }}",
    "{{ ten_loai.__class__.__mro__ }}",
    "{{ " + "(" * 400 + "ten_loai" + ")" * 400 + " }}",
)


@pytest.mark.parametrize("tags", LANGUAGE)
def test_what_could_grow_or_call_is_no_part_of_the_language(make: Make, tags: str) -> None:
    with pytest.raises(TemplateError):
        render(make(REMARK + tags), content(can_cu=MANY))


def test_more_work_than_any_paper_takes_is_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = make(REMARK + WORK["loops over one list in each other"])
    monkeypatch.setattr("danvan_cli.render.compiler.expressions._MAX_STEPS", 10_000)
    with pytest.raises(TemplateError, match="của các vòng lặp làm văn bản quá dài"):
        render(template, content(can_cu=MANY))


def test_a_text_joined_too_long_is_refused(make: Make) -> None:
    template = make(REMARK + "{{ can_cu|join('" + "x" * 900 + "') }}")
    with pytest.raises(TemplateError, match="ghép lại quá dài"):
        render(template, content(can_cu=MANY * 5))


NOTE = '<w:footnote w:id="{}"><w:p/></w:footnote>'
RELATED = (
    f'<Relationships xmlns="{RELS}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
).encode()


@pytest.mark.parametrize("number", ["abc", "9" * 5_000, "", "-7"])
def test_a_footnote_with_an_odd_number_breaks_nothing(make: Make, number: str) -> None:
    notes = f"<w:footnotes {NAMESPACES}>{NOTE.format(number)}</w:footnotes>".encode()
    parts = {"word/footnotes.xml": notes, "word/_rels/document.xml.rels": RELATED}
    template = make(REMARK + "{{ ten_loai }}", parts=parts)
    assert render(template, content(ten_loai="A"))


def test_footnotes_that_are_named_and_are_not_there_break_nothing(make: Make) -> None:
    template = make(REMARK + "a", parts={"word/_rels/document.xml.rels": RELATED})
    assert render(template, content())
