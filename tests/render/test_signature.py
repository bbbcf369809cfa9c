"""Every form of signature the country's wording has, and that of a joint document, prints as it should."""

from __future__ import annotations

import pytest

from danvan_cli.importing.head import signature_of
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.reading.reader import document_in
from danvan_cli.render.documents import documents_of
from danvan_cli.text import slug
from tests.cities import shipped_city
from tests.render.word_files import TEMPLATES

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


@pytest.mark.parametrize("post", [*FORMS, "Phó Chủ tịch", "phó chủ tịch", "Chánh Văn phòng"])
def test_a_form_prints_its_lines(post: str) -> None:
    catalogue = shipped_city()
    signer = {"nguoi_ky": {"ho_ten": "Trần Văn An", "chuc_vu": post}}
    unit = find_unit(catalogue, "an-lao")
    locality = Locality.of(catalogue, unit, Profile.model_validate(signer))
    documents, _ = documents_of(locality, localize(locality), ["chuong-trinh"])
    printed = documents[0].content.ky
    assert " / ".join(map(str, printed.quyen_han)) == FORMS[slug(post).replace("-", "_")]
    assert str(printed.ho_ten) == "Trần Văn An"


JOINT = {
    "co_quan": ["ỦY BAN NHÂN DÂN - ỦY BAN MTTQ VIỆT NAM", "XÃ AN LÃO"],
    "ky_hieu": "CTr-UBND-MTTQ",
    "nguoi_ky": {"ho_ten": "Nguyễn Thị Bình", "quyen_han": ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]},
}


def test_a_joint_document_names_both_offices_and_both_sign_it() -> None:
    catalogue = shipped_city()
    unit = find_unit(catalogue, "an-lao")
    own = {"nguoi_ky": "Trần Văn An", "van_ban": {"chuong-trinh": {"lien_tich": JOINT}}}
    locality = Locality.of(catalogue, unit, Profile.model_validate(own))
    documents, findings = documents_of(locality, localize(locality), ["chuong-trinh", "danh-muc"])
    assert findings == ()
    joint, other = (d.content for d in documents)
    assert list(map(str, joint.co_quan)) == JOINT["co_quan"]
    assert str(joint.so_ky_hieu).endswith("/CTr-UBND-MTTQ")
    assert (str(joint.ky.ho_ten), str(joint.ky_cung.ho_ten)) == ("Trần Văn An", "Nguyễn Thị Bình")
    assert list(map(str, joint.ky_cung.quyen_han)) == ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]
    assert not other.ky_cung.quyen_han
    paper = document_in(documents[0].rendered(TEMPLATES), "a.docx")
    assert paper.recipients
    signed = signature_of(paper, catalogue.wording)
    assert signed is not None
    assert signed.ho_ten == "Trần Văn An"
