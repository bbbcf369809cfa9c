"""From an outline and a unit's file to the words of a document.

Of a case `yaml` holds the outline (`van_ban`), the unit's file (`ho_so`) and the unit (`don_vi`, a
xã if not said); `words` are those the template is given, `findings` what is said.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from danvan_cli.render.content import ROW_FIELDS, Content, Table
from danvan_cli.render.documents import change_for, content_of, documents_of
from danvan_cli.render.numbers import number_values
from tests.cases import Case, cases_in
from tests.cities import said, small_city
from tests.conftest import Expect

CASES = cases_in(*sorted((Path(__file__).parent / "khung").glob("*.yaml")))
NAME = "van-ban.yaml"
USUAL = """
ma: ke-hoach
loai: ke-hoach
ten: Kế hoạch
mau: van-ban.docx
ky_hieu: KH-UBND
ten_loai: KẾ HOẠCH
trich_yeu: [{ma: trich-yeu, doan: Về việc}]
ky: khong
"""


def node_of(text: str, name: str) -> Node:
    node, findings = read_yaml(text, name)
    assert findings == ()
    assert isinstance(node, Node)
    return node


def lines(content: Content) -> Iterator[str]:
    """`content` as readable lines, what is empty left out, the frame of every document aside."""
    for name in ("ten_loai", "so_ky_hieu", "dia_danh_ngay", "tham_quyen", "lenh"):
        if text := getattr(content, name):
            yield f"{name}: {text}"
    for name in ("kem_theo", "can_cu"):
        yield from (f"{name}: {getattr(line, 'chu', line)}" for line in getattr(content, name))
    for block in content.noi_dung:
        lead = f"{block.so} " if block.so else ""
        tasks = f" ← {', '.join(block.nhiem_vu)} {block.truong}".rstrip() if block.nhiem_vu else ""
        yield f"{block.loai}{block.cap or ''}: {lead}{block.chu}".rstrip() + f" ({block.ma}){tasks}"
        if block.bang is not None:
            yield from table(block.bang)
    for annex in content.phu_luc:
        yield f"phu_luc: {annex.ten} | {annex.tieu_de} | {annex.kem_theo}"
        yield from table(annex.bang)
    if content.ky.quyen_han:
        yield f"ky: {' / '.join(map(str, content.ky.quyen_han))} | {content.ky.ho_ten}".rstrip()
        yield f"noi_nhan: {content.noi_nhan.nhan}"
        yield from (f"  {line.chu}" for line in content.noi_nhan.dong)


def table(made: Table) -> Iterator[str]:
    """The columns that have a name, then the rows under their groups."""
    columns = [name for name in ROW_FIELDS if getattr(made.cot, name)]
    yield "  = " + " | ".join(str(getattr(made.cot, name)) for name in columns)
    for group in made.nhom:
        if group.ten:
            yield f"  # {group.tt} {group.ten}"
        for row in group.hang:
            cells = [" / ".join(map(str, getattr(row, name).lines())) for name in columns]
            notes = "".join(f" [^{' / '.join(map(str, row.chu_thich))}]" if row.chu_thich else "")
            yield f"  - {' | '.join(cells)}{notes} ({row.ma})"


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
    made, problems = content_of(
        locality, programme, outline, change_for(locality, "ke-hoach"), number_values(locality)
    )
    assert made.shares().total() > 0
    shown = [*lines(made)]
    _, found = documents_of(locality, programme, ["ke-hoach"])
    assert set(problems) <= set(found)
    findings = programme.findings + found
    return "".join(f"{line}\n" for line in shown), said(findings)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_outline_becomes_the_words_of_a_document(case: Case, expect: Expect) -> None:
    words, findings = made_of(case)
    expect(case, "words", words)
    expect(case, "findings", findings)
