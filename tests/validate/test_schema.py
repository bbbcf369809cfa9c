"""The schemas editors use: they take every file danvan takes, and know today's ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from danvan_cli.cli.app import run
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.schema import KINDS, schema_of
from danvan_cli.localize.locality import explained_placeholders, known_placeholders
from danvan_cli.models.base import PLACEHOLDERS
from danvan_cli.validate.inputs import files_of
from danvan_cli.validate.rules import RULES
from tests.validate.cities import SMALL

ROOT = Path(__file__).parents[2]
CITIES = [SMALL / "2027", *sorted(p.parent for p in (ROOT / "catalog").glob("*/*/danh_muc.yaml"))]
ENGLISH = re.compile(r"\b(?:the|of|or|and|with|its|which|what|each|every|that|from)\b")


@cache
def catalogue_in(year: Path) -> Catalogue:
    catalogue, faults = load_catalogue(year)
    assert catalogue is not None
    assert faults == ()
    return catalogue


@cache
def checker(kind: str, year: Path = SMALL / "2027") -> jsonschema.Draft202012Validator:
    rules = {rule.code: rule.title for rule in RULES if not rule.of_form}
    return jsonschema.Draft202012Validator(
        schema_of(kind, catalogue_in(year), rules, explained_placeholders(catalogue_in(year)))
    )


def kind_of(path: Path) -> str:
    return "van-ban" if path.parent.name == "van_ban" else path.stem.replace("_", "-")


def said(kind: str, text: str) -> list[str]:
    """Where the schema finds fault with a YAML text, read as an editor reads it."""
    return sorted(error.json_path for error in checker(kind).iter_errors(yaml.safe_load(text)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_of_its_draft(kind: str) -> None:
    for year in CITIES:
        jsonschema.Draft202012Validator.check_schema(checker(kind, year).schema)


@pytest.mark.parametrize(
    ("year", "path"),
    [(year, path) for year in CITIES for path in files_of(year)],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_file_of_a_catalogue_is_taken(year: Path, path: Path) -> None:
    checker(kind_of(path), year).validate(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("ho-so.yaml")), ids=lambda path: path.parent.name
)
def test_every_example_is_taken(path: Path) -> None:
    checker("ho-so", CITIES[-1]).validate(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "don_vi: dong-xuan",
        "don_vi: xã Đông Xuân",
        "ten: 12\nloai: phuong",
        "danh_muc: 2027",
        "nguoi_ky: {ho_ten: Trần Văn An, chuc_vu: pho_chu_tich}",
        "loai_bo: [{ma: doi-thoai, ly_do: no}]",
        "sua_doi: [{ma: doi-thoai, ly_do: x, noi_dung: x, phoi_hop: cong-an}]",
        "sua_doi: [{ma: doi-thoai, ly_do: x, phoi_hop: {them: [Công an xã], bot: ubnd}}]",
        "sua_doi: [{ma: doi-thoai, ly_do: x, phoi_hop: [{co_quan: mttq, de_nghi: phối hợp}, ubnd]}]",
        "dac_diem: {co: khu_cong_nghiep, khong: [nong_thon_moi]}",
        "van_ban: {quyet-dinh: {so_hieu: 12, thay: {hieu-luc: x}, bot: de-nghi}}",
        "thu_tu: [doi-thoai, viec-rieng]",
        "bo_qua: [{ma_luat: DV305, noi: x, ly_do: x}]",
    ],
)
def test_what_danvan_takes_in_a_unit_file_is_taken(text: str) -> None:
    assert said("ho-so", text) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("don_vii: dong-xuan", "$"),
        ("don_vi:", "$.don_vi"),
        ("loai: xã", "$.loai"),
        ("loai_bo: [{ly_do: Không có.}]", "$.loai_bo[0]"),
        ("loai_bo: [{ma: doi-thoaii, ly_do: x}]", "$.loai_bo[0].ma"),
        ("hop_nhat: [{ma: a, tu: [doi-thoai, x], ly_do: x}]", "$.hop_nhat[0].tu[1]"),
        ("hop_nhat: [{ma: a, tu: [doi-thoai], ly_do: x}]", "$.hop_nhat[0].tu"),
        ("bo_sung: [{ma: Đ, nhom: dan-chu, ly_do: x, noi_dung: x}]", "$.bo_sung[0].ma"),
        ("dac_diem: {co: khu_cong}", "$.dac_diem.co"),
        ("van_ban: {cong-van: {so_hieu: 12}}", "$.van_ban"),
    ],
)
def test_what_danvan_refuses_of_form_and_ids_is_refused(text: str, where: str) -> None:
    assert said("ho-so", text) == [where]


def words(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("title", "description") and isinstance(value, str):
                yield value
            else:
                yield from words(value)
    elif isinstance(node, list):
        for value in node:
            yield from words(value)


@pytest.mark.parametrize("kind", KINDS)
def test_titles_and_descriptions_are_vietnamese(kind: str) -> None:
    found = list(words(checker(kind).schema))
    assert found
    assert [text for text in found if ENGLISH.search(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_only_ids_that_are_asked_for_are_listed(kind: str) -> None:
    schema = checker(kind).schema
    assert isinstance(schema, dict)
    body = json.dumps({k: v for k, v in schema.items() if k != "$defs"}) + json.dumps(
        schema["$defs"]
    )
    for name in schema["$defs"]:
        assert f'"#/$defs/{name}"' in body


def test_a_city_with_nothing_of_a_sort_has_a_schema() -> None:
    empty = replace(catalogue_in(SMALL / "2027"), groups=(), facts=(), units=(), outlines=())
    for kind in KINDS:
        jsonschema.Draft202012Validator.check_schema(schema_of(kind, empty, {}, {}))


def test_the_command_prints_one_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--catalog", str(SMALL), "schema", "ho-so"]) == 0
    said_ = capsys.readouterr()
    assert json.loads(said_.out) == checker("ho-so").schema
    assert said_.err == ""


def test_the_command_writes_all_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a" / "b"
    assert run(["--catalog", str(SMALL), "schema", "-o", str(folder)]) == 0
    assert sorted(p.stem for p in folder.iterdir()) == sorted(KINDS)
    assert capsys.readouterr().err == f"Đã ghi 9 tệp vào '{folder}'.\n"


def test_the_command_lists_the_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert capsys.readouterr().out.startswith("ho-so       Hồ sơ đơn vị\ndanh-muc    Danh mục")


def test_an_unknown_kind_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "ho-sơ"]) == 2
    assert capsys.readouterr().err == (
        "Lỗi: Không có loại tệp 'ho-sơ'. Có phải 'ho-so'? Có: ho-so, danh-muc, co-quan, don-vi, "
        "phap-ly, ngay-nghi, ngon-tu, van-ban, the-thuc.\n"
    )


def test_what_a_layer_changes_and_leaves_out_is_offered_by_id() -> None:
    for text, where in (
        ("sua: {co_quan: [{ma: phong-kinh-te, viet_tat: PKT}]}\nbo: {co_quan: so-cong-thuong}", []),
        ("sua: {co_quan: [{viet_tat: PKT}]}", ["$.sua.co_quan[0]"]),
        ("sua: {co_quan: [{ma: phong-kinh-the, viet_tat: PKT}]}", ["$.sua.co_quan[0].ma"]),
        ("sua: {co_quan: [{ma: phong-kinh-te, viet_tak: PKT}]}", ["$.sua.co_quan[0]"]),
        ("bo: {co_quan: [so-cong-thuong, so-la]}", ["$.bo.co_quan"]),
        ("sua: {co_quann: []}", ["$.sua"]),
    ):
        found = checker("co-quan", CITIES[-1]).iter_errors(yaml.safe_load(text))
        assert sorted(error.json_path for error in found) == where


def test_a_text_tells_every_placeholder_and_what_it_prints() -> None:
    schema = checker("danh-muc", CITIES[-1]).schema
    assert isinstance(schema, dict)
    text = schema["$defs"]["Task"]["properties"]["noi_dung"]
    assert text["allOf"] == [{"$ref": "#/$defs/dang_dung.cho_trong"}]
    for name, meaning in PLACEHOLDERS.items():
        assert f"- {{{name}}}: {meaning}\n" in text["markdownDescription"]
    offered = {o["label"]: o for o in schema["$defs"]["dang_dung.cho_trong"]["defaultSnippets"]}
    known = known_placeholders(catalogue_in(CITIES[-1]))
    assert {f"{{{name}}}" for name in known} == set(offered)
    # What is put in is YAML as it stands, and says what it prints.
    office = offered["{co_quan.phong-van-hoa-xa-hoi}"]
    assert office["bodyText"] == '"{co_quan.phong-van-hoa-xa-hoi\\}$0"'
    assert office["description"] == "Phòng Văn hóa - Xã hội"


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_word_on_it(kind: str) -> None:
    schema = checker(kind).schema
    assert isinstance(schema, dict)
    shapes = {kind: schema, **schema["$defs"]}
    assert [
        f"{name}.{key}"
        for name, shape in shapes.items()
        for key, node in shape.get("properties", {}).items()
        if not node.get("title")
    ] == []
