"""Every form of signature the country's wording has prints as Nghị định 30/2020/NĐ-CP writes it."""

from __future__ import annotations

import pytest

from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.render.documents import documents_of
from tests.cities import shipped_city

FORMS = {
    "chu_tich": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
    "pho_chu_tich": "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
    "quyen_chu_tich": "TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH",
    "chu_tich_rieng": "CHỦ TỊCH",
    "pho_chu_tich_rieng": "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
    "quyen_chu_tich_rieng": "Q. CHỦ TỊCH",
    "chanh_van_phong": "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG",
    "pho_chanh_van_phong": "TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG",
    "chanh_van_phong_uy_quyen": "TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG",
}


def test_the_wording_has_these_forms() -> None:
    assert set(map(str, shipped_city().wording.chuc_vu)) == set(FORMS)


@pytest.mark.parametrize("post", FORMS)
def test_a_form_prints_its_lines(post: str) -> None:
    catalogue = shipped_city()
    signer = {"nguoi_ky": {"ho_ten": "Trần Văn An", "chuc_vu": post}}
    unit = find_unit(catalogue, "an-lao")
    locality = Locality.of(catalogue, unit, Profile.model_validate(signer))
    documents, _ = documents_of(locality, localize(locality), ["chuong-trinh"])
    printed = documents[0].content.ky
    assert " / ".join(map(str, printed.quyen_han)) == FORMS[post]
    assert str(printed.ho_ten) == "Trần Văn An"
