"""The documents of the examples word for word, and what holds of those of every unit."""

from __future__ import annotations

import json
import re
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.registers import Unit
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.text import breakable, nfc
from tests.cases import some
from tests.cities import EXAMPLES, ROOT, shipped_city, small_city, sound
from tests.conftest import Golden
from tests.localize.test_properties import read
from tests.render.outlines import body_texts, outline, words
from tests.render.word_files import TEMPLATES, texts_of

GOLDEN = ROOT / "tests" / "golden"
KINDS = {"xa": "xã", "phuong": "phường", "dac_khu": "đặc khu"}
SETTLED = {"xa": "thôn", "phuong": "tổ dân phố"}
"""Where people live, by kind; a đặc khu may have both."""
BLANKS = re.compile(r"Số: +/|[Ss]ố +/|ngày +tháng +năm|ngày +(?=tháng)|tháng +(?=năm)")
NAME = re.compile(r"[a-z0-9-]{1,45}\.docx")


def rendered(locality: Locality) -> dict[str, bytes]:
    """Every document of the unit by its file name; nothing may be found in making them."""
    programme = localize(locality)
    documents, findings = documents_of(locality, programme, document_kinds(locality))
    assert programme.findings + findings == ()
    return {d.name: d.rendered(TEMPLATES) for d in documents}


def units(catalogue: Catalogue) -> list[Unit]:
    return [*catalogue.units]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_the_documents_of_an_example_are_those_expected(folder: Path, golden: Golden) -> None:
    locality = sound(shipped_city(), folder / "ho-so.yaml")
    made = rendered(locality)
    expected = {p.name for p in (GOLDEN / folder.name).glob("*.txt")}
    for name, data in made.items():
        golden(GOLDEN / folder.name / f"{name.removesuffix('.docx')}.txt", outline(data))
    assert expected <= {name.replace(".docx", ".txt") for name in made}


def faults(name: str, data: bytes, kind: str) -> list[str]:
    """What a careful reader would strike out of a document of a unit of `kind`."""
    found = [] if NAME.fullmatch(name) and len(name) <= 50 else [f"tên tệp {name}"]
    texts = body_texts(data)
    found += ["đoạn trống" for text, may_be_empty in texts if not text.strip() and not may_be_empty]
    text = "\n".join(text for text, _ in texts) + words(data)
    for sign in ("None", "{", "}", "Undefined", "[]", "()", " ,", " ;", ";;", ";.", ",."):
        found += [f"{sign!r}: {line[:90]}" for line in text.split("\n") if sign in line + "\n"]
    found += re.findall(r".{30}(?<!\.\.)\.;", text)
    for line in text.split("\n"):
        if "  " in BLANKS.sub("x", line).strip():
            found.append(f"hai dấu cách: {line[:90]}")
    for other, word in KINDS.items():
        if other != kind:
            wrong = rf"(trên địa bàn|Ủy ban nhân dân|UBND|Công an|Đảng ủy) {word}(?!,)"
            found += [m.group() for m in re.finditer(wrong, text)]
    for other, word in SETTLED.items():
        if kind in SETTLED and other != kind:
            found += [m.group() for m in re.finditer(rf"(?<!nông )\b{word}\b(?! và tổ)", text)]
    return found


@pytest.mark.parametrize(
    "unit",
    some(units(shipped_city()), 6, attrgetter("loai", "dac_diem")),
    ids=lambda u: str(u.ma),
)
def test_every_unit_without_a_file_has_clean_documents(unit: Unit) -> None:
    locality = Locality.of(shipped_city(), unit)
    programme = localize(locality)
    agencies = [a for t in programme.tasks for a in (*t.chu_tri, *t.phoi_hop)]
    assert all(locality.is_local(a.ma) for a in agencies)
    made = rendered(locality)
    assert len(made) == 5
    assert {n: f for n, data in made.items() if (f := faults(n, data, unit.loai))} == {}
    full = f"{KINDS[unit.loai]} {unit.ten}".lower()
    assert all(full in words(data).lower() for data in made.values())


def test_the_same_unit_gives_the_same_bytes() -> None:
    catalogue = shipped_city()
    for kind in KINDS:
        unit = next(u for u in catalogue.units if u.loai == kind)
        assert rendered(Locality.of(catalogue, unit)) == rendered(Locality.of(catalogue, unit))


@pytest.mark.parametrize("unit", units(small_city()), ids=lambda u: str(u.ma))
def test_another_city_and_year_need_nothing_but_data(unit: Unit) -> None:
    made = rendered(Locality.of(small_city(), unit))
    assert sorted(made) == [
        f"{unit.ma}-{kind}-2027.docx" for kind in ("chuong-trinh", "danh-muc", "quyet-dinh")
    ]
    for name, data in made.items():
        assert faults(name, data, unit.loai) == []
        text = words(data)
        assert "Hải Phòng" not in text
        own = text.replace("2026 - 2030", "").replace("10/12/2026", "")
        assert "2026" not in own
        assert "2027" in text
        assert "Sơn Hà" in text or name.endswith("danh-muc-2027.docx")


def test_the_city_itself_has_its_own_documents() -> None:
    catalogue = small_city()
    made = rendered(Locality.of(catalogue, catalogue.city))
    assert sorted(made) == ["son-ha-danh-muc-2027.docx", "son-ha-quyet-dinh-2027.docx"]


LETTERS = st.characters(
    codec="utf-8", exclude_categories=["C", "Z"], include_characters=" &<>{}%#\"'\\"
)
FREE = st.text(LETTERS, min_size=1, max_size=60).map(lambda t: " ".join(t.split())).filter(bool)


@settings(max_examples=60, deadline=None)
@given(FREE, FREE)
def test_what_a_unit_writes_comes_out_as_it_was_written(text: str, block: str) -> None:
    file = json.dumps(
        {
            "don_vi": "dong-xuan",
            "bo_sung": [{"ma": "rieng", "nhom": "dan-chu", "ly_do": "A", "noi_dung": text}],
            "van_ban": {"chuong-trinh": {"thay": {"ket-thuc": block}}},
        },
        ensure_ascii=False,
    )
    locality, findings = read(small_city(), file)
    assert findings == ()
    assert locality is not None
    made = rendered(locality)
    table = texts_of(made["dong-xuan-danh-muc-2027.docx"])
    listed = texts_of(made["dong-xuan-chuong-trinh-2027.docx"])
    wanted = breakable(nfc(text))
    assert {wanted, wanted.removesuffix(".")} & {*table}  # a cell ends without a full stop
    assert any(line.endswith((wanted, f"{wanted}.")) for line in listed)
    assert breakable(nfc(block)) in listed


def test_a_unit_of_its_own_name_gets_file_names_that_fit(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.yaml"
    name = "Nguyễn Bỉnh Khiêm Trạng Trình Bạch Vân Cư Sĩ Quận Công"
    path.write_text(f"ten: {name}\nloai: phuong\nnguoi_ky: de_trong\n", encoding="utf-8")
    locality = sound(shipped_city(), path)
    assert all(NAME.fullmatch(n) and len(n) <= 50 for n in rendered(locality))
