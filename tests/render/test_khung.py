"""From an outline and a unit's file to the words of a document.

Of a case `yaml` holds the outline (`van_ban`), the unit's file (`ho_so`) and the unit (`don_vi`, a
xã if not said); `words` are those the template is given, `findings` what is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from danvan_cli.load.fields import read_model
from danvan_cli.load.profile import find_unit
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.outline import Outline
from danvan_cli.models.profile import Profile
from danvan_cli.nodes import Mapping as Node
from danvan_cli.nodes import Text
from danvan_cli.render.context import content_of
from danvan_cli.render.documents import change_for, documents_of
from danvan_cli.render.view import annex_values, document_values
from tests.cases import Case, cases_in
from tests.cities import said, small_city
from tests.conftest import Expect

CASES = cases_in(*sorted((Path(__file__).parent / "khung").glob("*.yaml")))
NAME = "van-ban.yaml"
USUAL = """
ma: ke-hoach
loai: ke-hoach
ten: Kế hoạch
mau: ke-hoach.docx
ky_hieu: KH-UBND
ten_loai: KẾ HOẠCH
trich_yeu: [{ma: trich-yeu, doan: Về việc}]
ky: khong
"""
FRAME = ("co_quan", "quoc_hieu", "tieu_ngu", "trich_yeu")


def node_of(text: str, name: str) -> Node:
    node, findings = read_yaml(text, name)
    assert findings == ()
    assert isinstance(node, Node)
    return node


def lines(words: object, indent: str = "") -> Iterator[str]:
    """`words` as readable lines."""
    if isinstance(words, Mapping):
        for name, value in words.items():
            if isinstance(value, str):
                yield f"{indent}{name}: {value}".rstrip().replace("\n", " ⏎ ")
            else:
                yield f"{indent}{name}:"
                yield from lines(value, f"{indent}  ")
    elif isinstance(words, list):
        for value in words:
            if isinstance(value, Mapping):
                yield from lines(value, indent)
            elif isinstance(value, list) and all(isinstance(v, list) for v in value):
                yield f"{indent}| " + " | ".join(" / ".join(v) for v in value)
            elif isinstance(value, list):
                yield f"{indent}| " + " | ".join(value)
            else:
                yield f"{indent}. {value}"


def made_of(case: Case) -> tuple[str, str]:
    """The words of the document, and what is said of it."""
    root = node_of(case["yaml"], NAME)
    given = root[Text("van_ban")]
    assert isinstance(given, Node)
    for key, value in node_of(USUAL, "").items():
        given.setdefault(key, value)
    outline, findings = read_model(Outline, given, NAME)
    file = root.get(Text("ho_so"))
    profile, more = read_model(Profile, file, NAME) if file else (Profile(), ())
    findings += more
    if outline is None or profile is None or findings:
        return "", said(findings)
    catalogue = replace(small_city(), outlines=(outline,))
    unit = find_unit(catalogue, str(root.get(Text("don_vi"), "dong-xuan")))
    locality = Locality.of(catalogue, unit, profile)
    programme = localize(locality)
    made, problems = content_of(locality, programme, outline, change_for(locality, "ke-hoach"))
    assert made.shares().total() > 0
    words = {k: v for k, v in document_values(made).items() if k not in FRAME}
    annexes = {"phu_luc": annex_values(made)["phu_luc"]} if made.phu_luc else {}
    shown = [*lines(words), *lines(annexes)]
    _, found = documents_of(locality, programme, ["ke-hoach"])
    assert set(problems) <= set(found)
    findings = programme.findings + found
    return "".join(f"{line}\n" for line in shown), said(findings)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_outline_becomes_the_words_of_a_document(case: Case, expect: Expect) -> None:
    words, findings = made_of(case)
    expect(case, "words", words)
    expect(case, "findings", findings)
