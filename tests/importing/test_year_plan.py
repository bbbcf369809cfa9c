"""The plan of the year read back: groups under their names as headings, the task it is itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import documents_of
from tests.cities import shipped_city
from tests.importing.test_unit import OWN, imported
from tests.render.word_files import TEMPLATES


@pytest.mark.parametrize("name", ["an-lao", "le-chan", "cat-hai"])
def test_the_plan_of_a_unit_without_a_file_changes_nothing(name: str, tmp_path: Path) -> None:
    catalogue = shipped_city()
    locality = Locality.of(catalogue, find_unit(catalogue, name))
    documents, _ = documents_of(locality, localize(locality), ["ke-hoach-nam"])
    path = tmp_path / documents[0].name
    path.write_bytes(documents[0].rendered(TEMPLATES))
    made = imported(path, catalogue, name)
    cites = {"dac_diem": {"co": ["quyet_dinh_rieng"]}}
    assert {k: v for k, v in made.profile.items() if k not in OWN} == cites
    assert made.left_over == ()
