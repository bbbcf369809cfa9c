"""A unit's paper read back: nothing changed gives nothing, each change is written, nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from danvan_cli.findings import Finding
from danvan_cli.importing.ledger import unread
from danvan_cli.importing.unit import UnitImport, import_unit
from danvan_cli.importing.words import free_id
from danvan_cli.importing.written import unit_text
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.profile import find_unit
from danvan_cli.load.source import yaml_text
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.reading.lines import bare_lines
from danvan_cli.reading.reader import read_document
from danvan_cli.render.documents import document_kinds, documents_of
from tests.cities import EXAMPLES, locality_of, shipped_city, small_city
from tests.hands import DEEDS, Deed, edited_at
from tests.render.word_files import TEMPLATES

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
OWN = ("don_vi", "danh_muc", "nguoi_ky", "loai_van_ban")
LISTS = ("danh-muc", "chuong-trinh", "ke-hoach-nghi-quyet")


def imported(path: Path, catalogue: Catalogue, unit: str) -> UnitImport:
    document, findings = read_document(path, path.name)
    assert findings == ()
    assert document is not None
    return import_unit(document, bare_lines(path), catalogue, find_unit(catalogue, unit))


def written(locality: Locality, folder: Path) -> dict[str, Path]:
    """The documents of the unit that list tasks or standing words, by kind."""
    documents, _ = documents_of(locality, localize(locality), document_kinds(locality))
    made = {}
    for document in documents:
        if document.kind in LISTS:
            made[document.kind] = folder / document.name
            made[document.kind].write_bytes(document.rendered(TEMPLATES))
    return made


@pytest.mark.parametrize("name", ["an-lao", "le-chan", "cat-hai", "nghi-duong", "ha-bac"])
def test_a_paper_as_danvan_makes_it_changes_nothing(name: str, tmp_path: Path) -> None:
    catalogue = shipped_city()
    locality = Locality.of(catalogue, find_unit(catalogue, name))
    for kind, path in written(locality, tmp_path).items():
        made = imported(path, catalogue, name)
        papers = ["quyet_dinh_rieng", "ke_hoach_rieng"]
        cites = {"dac_diem": {"co": papers}} if kind == "chuong-trinh" else {}
        assert {k: v for k, v in made.profile.items() if k not in OWN} == cites
        assert made.left_over == ()


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_the_papers_of_an_example_come_back_from_what_they_gave(
    folder: Path, tmp_path: Path
) -> None:
    catalogue = shipped_city()
    locality, _ = locality_of(catalogue, folder / "ho-so.yaml")
    assert locality is not None
    for kind, path in written(locality, tmp_path).items():
        if locality.is_city:
            continue
        made = imported(path, catalogue, str(locality.unit.ma))
        assert made.left_over == ()
        again = Locality.of(catalogue, locality.unit, Profile.model_validate(made.profile))
        (tmp_path / "lai").mkdir(exist_ok=True)
        assert bare_lines(written(again, tmp_path / "lai")[kind]) == bare_lines(path)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["ten"]))
def test_what_a_paper_changes_is_written(case: dict[str, Any], tmp_path: Path) -> None:
    catalogue = small_city()
    locality = Locality.of(catalogue, find_unit(catalogue, "dong-xuan"))
    text = "\n".join(bare_lines(written(locality, tmp_path)["chuong-trinh"])) + "\n"
    for old, new in case["thay"].items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "van-ban.txt"
    path.write_text(text, encoding="utf-8")
    made = imported(path, catalogue, "dong-xuan")
    profile = {k: v for k, v in made.profile.items() if k not in OWN}
    assert yaml.safe_load(yaml_text(profile)) == case["ho_so"]
    assert [left.text for left in made.left_over] == case.get("con_lai", [])


def test_lines_that_name_the_offices_otherwise_are_the_outlines_own(tmp_path: Path) -> None:
    catalogue = shipped_city()
    grouped = Profile.model_validate(
        {"van_ban": {"chuong-trinh": {"mau_chu": "chuong-trinh-cong-tac"}}}
    )
    locality = Locality.of(catalogue, find_unit(catalogue, "ha-bac"), grouped)
    text = "\n".join(bare_lines(written(locality, tmp_path)["chuong-trinh"]))
    offices = "Phòng Văn hóa - Xã hội; Ban Chỉ huy Quân sự xã; Công an xã"
    assert offices in text
    path = tmp_path / "van-ban.txt"
    path.write_text(text.replace(offices, offices.replace(";", ",")), encoding="utf-8")
    again = Profile.model_validate(imported(path, catalogue, "ha-bac").profile)
    locality = Locality.of(catalogue, locality.unit, again)
    _, findings = documents_of(locality, localize(locality), ["chuong-trinh"])
    assert findings == ()


def faults_of(path: Path, catalogue: Catalogue, unit: str, folder: Path) -> tuple[Finding, ...]:
    """What is at fault in the file that an import of the paper at `path` writes."""
    made = imported(path, catalogue, unit)
    again, findings = locality_of(catalogue, unit_text(made, catalogue, path.name), folder)
    assert again is not None
    programme = localize(again)
    drafts, problems = documents_of(again, programme, document_kinds(again))
    for draft in drafts:
        draft.rendered(TEMPLATES)
    return (*findings, *programme.findings, *problems)


def every_paper(locality: Locality, folder: Path) -> list[Path]:
    drafts, _ = documents_of(locality, localize(locality), document_kinds(locality))
    for draft in drafts:
        (folder / draft.name).write_bytes(draft.rendered(TEMPLATES))
    return [folder / draft.name for draft in drafts]


@pytest.mark.parametrize("name", ["an-lao", "le-chan", "cat-hai", "bach-long-vi"])
def test_a_file_made_of_a_default_paper_renders(name: str, tmp_path: Path) -> None:
    catalogue = shipped_city()
    for path in every_paper(Locality.of(catalogue, find_unit(catalogue, name)), tmp_path):
        assert faults_of(path, catalogue, name, tmp_path) == ()


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_a_file_made_of_a_paper_of_an_example_renders(folder: Path, tmp_path: Path) -> None:
    catalogue = shipped_city()
    locality, _ = locality_of(catalogue, folder / "ho-so.yaml")
    assert locality is not None
    for path in every_paper(locality, tmp_path) if not locality.is_city else ():
        assert faults_of(path, catalogue, str(locality.unit.ma), tmp_path) == ()


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    unit=st.sampled_from(["dong-xuan", "ben-thuy", "le-chan", "an-lao"]),
    paper=st.integers(0, 9),
    deeds=st.lists(
        st.tuples(DEEDS, st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=5
    ),
)
def test_a_file_made_of_a_paper_edited_by_hand_renders(
    unit: str,
    paper: int,
    deeds: list[tuple[Deed, int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("hs")
    catalogue = shipped_city() if unit in ("le-chan", "an-lao") else small_city()
    papers = every_paper(Locality.of(catalogue, find_unit(catalogue, unit)), folder)
    path = papers[paper % len(papers)]
    path.write_bytes(edited_at(path.read_bytes(), deeds))
    assert faults_of(path, catalogue, unit, folder) == ()


words = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ", min_size=3, max_size=30).map(
    lambda text: " ".join(text.split())
)


@given(
    cells=st.lists(st.lists(words.filter(bool), min_size=5, max_size=5), min_size=1, max_size=6),
    lost=st.data(),
)
def test_a_passage_that_the_reader_loses_is_told(
    cells: list[list[str]], lost: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = "\n".join(
        "\n".join(f"\t{text}" for text in (str(number), *row[1:]))
        for number, row in enumerate(cells, 1)
    )
    head = "\tTT\n\tNhiệm vụ\n\tCơ quan chủ trì\n\tCơ quan phối hợp\n\tThời gian\n"
    path = tmp_path_factory.mktemp("mat") / "van-ban.txt"
    path.write_text(f"{head}\n{rows}\n", encoding="utf-8")
    document, _ = read_document(path, "van-ban.txt")
    assert document is not None
    assert unread(bare_lines(path), document.passages) == ()
    gone = lost.draw(st.sampled_from(document.passages))
    kept = [p for p in document.passages if p is not gone]
    told = unread(bare_lines(path), kept)
    held = "".join("".join(p.text.split()) for p in kept)
    assert told or "".join(gone.text.split()) in held


@given(
    st.text(max_size=12) | st.sampled_from(["...", "日本", "😀", "Việc của xã", "Việc"]),
    st.sets(st.sampled_from(["khoi", "khoi-2", "viec", "viec-cua", "viec-cua-xa"])),
)
def test_any_text_gets_an_id_that_a_file_may_hold(text: str, taken: set[str]) -> None:
    made = free_id(text, taken, words=2, otherwise="khoi")
    assert made not in taken
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
