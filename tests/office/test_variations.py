"""Whatever a unit writes in its file, its papers are sound Word files in the form of the decree."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from danvan_cli.errors import TemplateError
from danvan_cli.load.fields import read_model
from danvan_cli.load.folders import form_file
from danvan_cli.load.source import read_yaml
from danvan_cli.models.form import FormFile
from danvan_cli.reading.lines import word_lines
from danvan_cli.reading.word_file import read_word
from danvan_cli.render.compiler.prepare import prepare
from danvan_cli.validate.checks.form.form import form_faults, not_judged
from tests.cities import shipped_city
from tests.office.changed import CHANGES, REFUSED, changed
from tests.office.variations import drafts, places
from tests.package_faults import package_faults
from tests.render.word_files import MAIN, TEMPLATES, parts_of


@cache
def figures() -> FormFile:
    path = form_file(shipped_city().folder)
    node, _ = read_yaml(path.read_text("utf-8"), "")
    model, faults = read_model(FormFile, node, "")
    assert model is not None
    assert faults == ()
    return model


def faults_of(data: bytes) -> list[str]:
    layout = read_word(data, "a.docx").layout
    assert layout is not None
    assert not_judged(layout) == ""
    return [f"{f.code} {f.what} {f.found}, {f.asked}" for f in form_faults(layout, figures())]


def test_there_are_forty_five_variations_at_least() -> None:
    assert len(places()) >= 45


@pytest.mark.parametrize("name", places())
def test_the_papers_of_a_variation_are_sound_and_in_form(name: str) -> None:
    unit, said = places()[name]
    for draft in drafts(unit, said):
        data = draft.rendered(TEMPLATES)
        assert package_faults(parts_of(data)) == ()
        assert faults_of(data) == []


# A paper in another font than the decree's is told of that, and of nothing else.
ALLOWED = {"phông khác": {"DV803"}}
LEFT_OUT = {"bỏ cột, có ghi"}


@pytest.mark.parametrize("name", CHANGES)
def test_a_template_changed_in_word_makes_right_papers(name: str, tmp_path: Path) -> None:
    path = tmp_path / MAIN.name
    path.write_bytes(changed(name))
    _, faults = prepare(path.read_bytes())
    assert faults == ()
    unit, _ = places()["đặc khu"]
    usual = {draft.kind: draft.rendered(TEMPLATES) for draft in drafts(unit, {})}
    for draft in drafts(unit, {}):
        data = draft.rendered(tmp_path)
        assert package_faults(parts_of(data)) == ()
        found = {fault.split()[0] for fault in faults_of(data)}
        assert found <= ALLOWED.get(name, set()), faults_of(data)
        assert data != usual[draft.kind]
        said = [line for line in word_lines(usual[draft.kind]) if line != "Nơi nhận:"]
        if name not in LEFT_OUT:
            assert set(said) <= set(word_lines(data))


@pytest.mark.parametrize("name", REFUSED)
def test_a_template_that_would_lose_words_is_refused_with_the_cause(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / MAIN.name).write_bytes(changed(name))
    unit, _ = places()["đặc khu"]
    refused = []
    for draft in drafts(unit, {}):
        try:
            draft.rendered(tmp_path)
        except TemplateError as error:
            refused.append(str(error))
    assert refused
    assert all(REFUSED[name][1] in said for said in refused)
