"""One report in every form, word for word, and what readers of the forms rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import jsonschema
import pytest

from danvan_cli.comparing.changes import Difference, DifferenceKind
from danvan_cli.findings import Edit, Finding, Place, Severity
from danvan_cli.validate.baseline import fingerprints
from danvan_cli.validate.impact import Impact, Touched, WordsChange
from danvan_cli.validate.outcome import Excused, Removable, Report
from danvan_cli.validate.report import FORMATS
from danvan_cli.validate.report.programs import as_github, as_json, as_junit
from danvan_cli.validate.report.sarif import as_sarif, uri
from danvan_cli.validate.report.text import PLAIN, TextStyle, as_text
from danvan_cli.validate.rules import RULES
from tests.conftest import Golden

HERE = Path(__file__).parent
SOURCE = """don_vi: dong-xuan
chu_de: "Gần dân , sát việc"
thoi_gian: Trước ngày 31/02/2027
"""
SPACE = Place("xã/ho-so.yaml", 2, 17)
DAY = Finding(
    Place("xã/ho-so.yaml", 3, 23),
    "DV302",
    "Không có ngày '31/02/2027' trong lịch. Tháng 2/2027 chỉ có 28 ngày. Sửa lại ngày.",
    subject="doi-thoai.thoi_gian",
    value="31/02/2027",
)
COMMA = Finding(
    SPACE,
    "DV703",
    "Thừa dấu cách trước ','. Viết liền.",
    subject="chu_de",
    value=" ,",
    fix=Edit(SPACE, " ,", ","),
)
WORD = Finding(
    Place("Kế hoạch 2027.docx", 12, 5, "bảng 1, hàng “1.3”"),
    "DV406",
    "'A & B <C>' (100%), 'D': một cơ quan.\nDùng một cách viết: 'D'.",
    subject="bảng 1, hàng 1.3",
    value="A & B <C>",
)
MISSING = Finding(Place("không có.yaml"), "DV101", "Không có tệp này.", subject="tep")
DAY_OFF = Finding(
    Place("xã/ho-so.yaml", 3, 12),
    "DV305",
    "'31/3' rơi vào Chủ nhật.",
    subject="x.thoi_gian",
    value="a",
)
IMPACT = Impact(
    nam="2027",
    so_don_vi=3,
    loai={"xã": ("xã Đông Xuân", "xã Tây Mỗ"), "phường": ("phường Bến Thủy",)},
    doi=(
        Touched(
            Difference(DifferenceKind.CHANGED, "doi-thoai", "thoi_gian", "Quý I", "Quý II"),
            ("xã Đông Xuân", "xã Tây Mỗ"),
        ),
        Touched(WordsChange("ke-hoach", "muc-dich", "", "Nhằm & <mới>"), ("xã Đông Xuân",)),
    ),
)
REPORT = Report(
    findings=(WORD, MISSING, COMMA, DAY),
    excused=(Excused(DAY_OFF, "Thành phố đã đồng ý", Place("xã/ho-so.yaml", 9, 5)),),
    known=(replace(DAY, value="30/02/2027"),),
    removable=(Removable("DV703", "xã/ho-so.yaml", "chu_de", 2),),
    files=("xã/ho-so.yaml", "sạch.yaml", "Kế hoạch 2027.docx"),
    skipped=("ci.yaml",),
    sources={"xã/ho-so.yaml": SOURCE},
    impact=(IMPACT,),
    fail_on=Severity.WARNING,
)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"sarif"}))
def test_a_report_in_every_form(name: str, golden: Golden) -> None:
    golden(HERE / f"report.{name}", FORMATS[name](REPORT, PLAIN))


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"sarif"}))
def test_a_report_without_findings_in_every_form(name: str, golden: Golden) -> None:
    golden(HERE / f"empty.{name}", FORMATS[name](Report(files=("sạch.yaml",)), PLAIN))


def test_source_lines_with_carets(golden: Golden) -> None:
    golden(HERE / "snippets.text", as_text(REPORT, TextStyle(snippets=True)))


def test_a_long_line_is_cut_around_the_words_at_fault() -> None:
    line = "x" * 150 + "SAI" + "y" * 150
    finding = Finding(Place("a.yaml", 1, 151), "DV708", "Sai.", value="SAI")
    report = Report(findings=(finding,), sources={"a.yaml": line})
    _, shown, carets, *_ = as_text(report, TextStyle(snippets=True, width=80)).split("\n")
    assert len(shown) == 80
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "SAI"


def test_carets_stand_below_decomposed_letters() -> None:
    line = "chu\u031b\u0303 Sai"
    finding = Finding(Place("a.yaml", 1, line.index("Sai") + 1), "DV708", "Sai.", value="Sai")
    report = Report(findings=(finding,), sources={"a.yaml": line})
    _, _, carets, *_ = as_text(report, TextStyle(snippets=True)).split("\n")
    assert carets == "  |     ^^^"


def test_colour_marks_the_weight() -> None:
    first = as_text(REPORT, TextStyle(colour=True)).split("\n")[0]
    assert first.startswith(
        "\x1b[1mKế hoạch 2027.docx (bảng 1, hàng “1.3”)\x1b[0m \x1b[33mDV406\x1b[0m "
    )
    assert "\x1b" not in as_text(REPORT)


def test_json_has_a_version_and_keeps_every_value() -> None:
    data = json.loads(as_json(REPORT))
    assert data["version"] == 1
    assert [f["code"] for f in data["findings"]] == ["DV406", "DV101", "DV703", "DV302"]
    assert data["findings"][2]["fix"] == {
        "path": "xã/ho-so.yaml",
        "line": 2,
        "column": 17,
        "old": " ,",
        "new": ",",
    }
    assert data["suppressed"][0]["reason"] == "Thành phố đã đồng ý"


def test_a_workflow_command_stays_on_one_line_and_escapes_its_fields() -> None:
    finding = Finding(Place("a,b:c%.yaml", 1, 2), "DV101", "100%\r\nxong")
    line = as_github(Report(findings=(finding,)))
    assert line == "::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=DV101::100%25%0D%0Axong\n"


def test_junit_counts_what_it_holds() -> None:
    root = Xml.fromstring(as_junit(REPORT))
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("5", "3", "1")
    assert len(root.findall(".//testcase")) == 5
    assert len(root.findall(".//failure")) == 3


def test_junit_holds_no_character_that_xml_cannot() -> None:
    finding = Finding(Place("a\x00.txt", 1, 1), "DV703", "\x0b\ud800 <&>")
    Xml.fromstring(as_junit(Report(findings=(finding,))).encode())


def test_fingerprints_tell_equal_findings_apart_and_do_not_know_lines() -> None:
    moved = replace(DAY, place=Place("xã/ho-so.yaml", 99, 1), message="Khác.")
    marks = fingerprints([DAY, moved, COMMA])
    assert len(set(marks)) == 3
    assert fingerprints([moved]) == fingerprints([DAY])


def log(report: Report) -> dict[str, object]:
    made: dict[str, object] = json.loads(as_sarif(report))
    return made


@pytest.mark.parametrize("report", [REPORT, Report()], ids=["full", "empty"])
def test_sarif_is_what_the_standard_lets_us_say(report: Report) -> None:
    schema = json.loads((HERE / "sarif-used.schema.json").read_text("utf-8"))
    jsonschema.validate(log(report), schema, jsonschema.Draft202012Validator)


def test_sarif_results_word_for_word(golden: Golden) -> None:
    made = log(REPORT)["runs"][0]  # type: ignore[index]
    # How many rules there are, and the order of each, are asked below.
    made["tool"]["driver"] |= {"rules": "-", "version": "-"}
    for result in made["results"]:
        del result["ruleIndex"]
    golden(HERE / "report.sarif", json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def test_sarif_lists_every_rule_with_its_page_and_weight() -> None:
    rules = log(Report())["runs"][0]["tool"]["driver"]["rules"]  # type: ignore[index]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for made, rule in zip(rules, RULES, strict=True):
        assert made["help"]["markdown"] == rule.page
        assert "```" not in made["help"]["text"]
        assert made["fullDescription"]["text"].strip()
        assert made["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_results_point_at_their_rule_and_say_their_level() -> None:
    run = log(REPORT)["runs"][0]  # type: ignore[index]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("a b/c%.yaml", "a%20b/c%25.yaml"),
        ("hồ-sơ.yaml", "h%E1%BB%93-s%C6%A1.yaml"),
        ("../x.yaml", "../x.yaml"),
        ("/tmp/x y.yaml", "file:///tmp/x%20y.yaml"),
        ("C:/x.yaml", "file:///C:/x.yaml"),
    ],
)
def test_paths_become_uris(path: str, made: str) -> None:
    assert uri(path) == made
