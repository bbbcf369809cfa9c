"""Units judged by the tasks they touch: the same findings as from the whole catalogue."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.fields import read_model
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.render.documents import documents_of, kinds_of
from danvan_cli.validate.excerpt import excerpt_of, index_of, kind_findings, local_findings

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "data" / "thanh-pho-nho"
SHIPPED = sorted(path.parent for path in (ROOT / "catalog").glob("*/*/danh_muc.yaml"))


def catalogue_at(folder: Path) -> Catalogue:
    catalogue, faults = load_catalogue(folder)
    assert catalogue is not None
    assert faults == ()
    return catalogue


CATALOGUE = catalogue_at(SMALL)
# The same city with a hole in its map: every task of the office finds no one in a commune.
HOLED = replace(
    CATALOGUE,
    maps={k: {a: b for a, b in m.items() if a != "so-noi-vu"} for k, m in CATALOGUE.maps.items()},
)


def whole(locality: Locality) -> set[object]:
    programme = localize(locality)
    _, findings = documents_of(locality, programme, kinds_of(locality))
    return {*programme.findings, *findings}


def profile_of(text: str) -> Profile:
    node, faults = read_yaml(text, "ho-so.yaml")
    assert faults == ()
    profile, faults = read_model(Profile, node, "ho-so.yaml")
    assert profile is not None
    assert faults == ()
    return profile


PARTS = [
    "chu_de: Gần dân hơn",
    "dac_diem: {them: khu_cong_nghiep, bot: nong_thon_moi}",
    "anh_xa: {so-noi-vu: cong-an}",
    "anh_xa: {so-noi-vu: so-van-hoa}",
    "anh_xa: {mttq-thanh-pho: phong-khong-co}",
    "co_quan:\n  - {ma: to-cong-tac, ten: Tổ công tác}",
    "co_quan:\n  - {ma: phong-van-hoa-xa-hoi, ten: Phòng Văn xã, cap: thanh_pho}",
    "nhom:\n  - {ma: dan-chu, anh_xa: {so-noi-vu: so-van-hoa}}",
    "nhom:\n  - {ma: dan-chua, ten: x}",
    "chon:\n  - {ma: doi-thoai, ly_do: Làm thêm}\n  - {ma: doi-thoaii, ly_do: Làm thêm}",
    "loai_bo:\n  - {ma: quan-triet, ly_do: Đã làm}\n  - {ma: quan-triet, ly_do: Đã làm}",
    "loai_bo:\n  - {ma: luat-dan-chu, ly_do: Đã làm}",
    "sua_doi:\n  - {ma: ke-hoach-nam, ly_do: Lịch xã, thoi_gian: Quý I/2027, phoi_hop: {bot: ubnd}}",
    "sua_doi:\n  - {ma: quy-che-dan-chu, ly_do: Lịch xã, noi_dung: {thay: {Quy chế: Bản Quy chế}}}",
    "sua_doi:\n  - {ma: nong-thon-moi, ly_do: Lịch xã, chu_tri: so-noi-vu}",
    "hop_nhat:\n  - {ma: chung, tu: [quan-triet, doi-thoai], ly_do: Một việc, chu_tri: ubnd}",
    "hop_nhat:\n  - {ma: doi-thoai, tu: [quan-triet, ke-hoach-nam], ly_do: Một việc}",
    "bo_sung:\n  - {ma: rieng, nhom: dan-chu, sau: doi-thoai, ly_do: Riêng, noi_dung: Việc riêng}",
    "bo_sung:\n  - {ma: rieng, nhom: dan-chu, sau: doi-thoi, ly_do: Riêng, noi_dung: Việc riêng}",
    "bo_sung:\n  - {ma: quan-triet, nhom: dan-chu, ly_do: Riêng, noi_dung: Việc riêng}",
    "thu_tu: [doi-thoai, khong-co, ke-hoach-nam]",
    "van_ban:\n  chuong-trinh: {ngay: 31/02/2027}",
    "van_ban:\n  chuong-trinh: {bot: [cac-nhiem-vu], thay: {mo-daau: x}}",
    "van_ban:\n  chuong-trinh: {thay: {cac-nhiem-vu: {nhiem_vu: [quan-triet]}}}",
    "van_ban:\n  danh-muc: {thay: {bang-nhiem-vu: {nhiem_vu: [quan-triet]}}}",
    "van_ban:\n  danh-muc: {hinh_thuc: theo_nhom}\n  cong-van: {so_hieu: '1'}",
    "loai_van_ban: [danh-muc, ke-hoach]",
]


@pytest.mark.parametrize("catalogue", [CATALOGUE, HOLED], ids=["sound", "holed"])
@pytest.mark.parametrize("text", PARTS)
@pytest.mark.parametrize("at", [0, 2])
def test_one_change_gives_what_the_whole_gives(catalogue: Catalogue, text: str, at: int) -> None:
    locality = Locality.of(catalogue, catalogue.units[at], profile_of(text))
    assert set(local_findings(locality)) == whole(locality)


def _key(text: str) -> str:
    return text.split(":", 1)[0]


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(st.sampled_from(PARTS), min_size=2, max_size=6, unique_by=_key),
    unit=st.sampled_from([*CATALOGUE.units, CATALOGUE.city]),
    holed=st.booleans(),
)
def test_changes_together_give_what_the_whole_gives(
    parts: list[str], unit: Unit, holed: bool
) -> None:
    locality = Locality.of(HOLED if holed else CATALOGUE, unit, profile_of("\n".join(parts)))
    assert set(local_findings(locality)) == whole(locality)


@pytest.mark.parametrize("folder", [*SHIPPED, SMALL], ids=lambda path: path.name)
def test_a_unit_that_changes_nothing_gives_what_its_kind_gives(folder: Path) -> None:
    catalogue = catalogue_at(folder)
    for kind in catalogue.maps:
        unit = next((u for u in (catalogue.city, *catalogue.units) if u.loai == kind), None)
        if unit is not None:
            found = set(kind_findings(catalogue, kind))
            assert found == set(localize(Locality.of(catalogue, unit)).findings)


def test_an_excerpt_still_knows_every_task() -> None:
    excerpt = excerpt_of(CATALOGUE, {"doi-thoai"})
    assert [task.ma for _, task, _ in excerpt.walk()] == ["doi-thoai"]
    assert excerpt.tasks == CATALOGUE.tasks


def test_points_are_found_by_the_task_that_holds_them() -> None:
    index = index_of(CATALOGUE)
    assert index.heads["ke-hoach-dan-chu"] == "luat-dan-chu"
    assert index.by_fact["nong_thon_moi"] == {"nong-thon-moi"}
