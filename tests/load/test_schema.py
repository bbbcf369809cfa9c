"""JSON Schemas of the YAML files against the files that come with danvan."""

import json
from pathlib import Path

import jsonschema
import pytest

from danvan_cli.load.catalogue import load_catalogue
from danvan_cli.load.schema import KINDS, schema_of
from danvan_cli.load.source import read_yaml

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "catalog" / "hai-phong"
FILES = {
    "ho-so": sorted(ROOT.glob("examples/*/ho-so.yaml")),
    "danh-muc": [CITY / "2026" / "danh_muc.yaml"],
    "van-ban": sorted((CITY / "2026" / "van_ban").glob("*.yaml")),
    "ngon-tu": [CITY / "2026" / "ngon_tu.yaml"],
    "co-quan": [CITY / "co_quan.yaml"],
    "don-vi": [CITY / "don_vi.yaml"],
    "phap-ly": [CITY / "phap_ly.yaml"],
    "ngay-nghi": [CITY / "ngay_nghi.yaml"],
}
CATALOGUE, _ = load_catalogue(CITY)
assert CATALOGUE is not None
SCHEMAS = {kind.name: schema_of(kind, CATALOGUE) for kind in KINDS}


def as_json(path):
    node, findings = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert not findings
    return json.loads(json.dumps(node, ensure_ascii=False))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(("name", "path"), [(n, p) for n in FILES for p in FILES[n]], ids=str)
def test_the_files_that_come_with_danvan_fit(name, path):
    jsonschema.Draft202012Validator(SCHEMAS[name]).validate(as_json(path))


@pytest.mark.parametrize(
    "wrong",
    [
        {"don_vi": "an-lao", "nguoi_kyy": "A"},
        {"don_vi": "an-lao", "loai_bo": [{"ma": "khong-co-viec-nay", "ly_do": "x"}]},
        {"don_vi": "an-lao", "dac_diem": {"them": "khong_co"}},
        {
            "don_vi": "an-lao",
            "hop_nhat": [{"ma": "a", "tu": ["quy-hoach-thanh-pho"], "ly_do": "x"}],
        },
        {"don_vi": "an-lao", "van_ban": {"chuong-trinh": {"hinh_thuc": "bangg"}}},
    ],
)
def test_a_wrong_unit_file_does_not_fit(wrong):
    assert list(jsonschema.Draft202012Validator(SCHEMAS["ho-so"]).iter_errors(wrong))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_has_a_vietnamese_title(name):
    def fields(schema):
        for part in (schema, *schema.get("$defs", {}).values()):
            yield from part.get("properties", {}).items()

    assert [key for key, field in fields(SCHEMAS[name]) if not field.get("title")] == []


def test_ids_of_the_catalogue_are_offered():
    text = json.dumps(SCHEMAS["ho-so"], ensure_ascii=False)
    for name in ("an-lao", "quy-hoach-thanh-pho", "phong-van-hoa-xa-hoi", "khu_cong_nghiep"):
        assert f'"{name}"' in text
