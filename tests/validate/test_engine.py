"""What a run judges, against what, in which order, and how it ends."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from danvan_cli.errors import ExitCode, ReadError, UsageError
from danvan_cli.findings import Severity
from danvan_cli.validate.inputs import sorted_inputs
from tests.validate.cities import DAY_OFF, SMALL, UNIT, city_in, codes, run, told, written

DOCUMENT = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG XUÂN

KẾ HOẠCH
Công tác dân vận năm 2027

Tổ chức đối thoại trước ngày 31/02/2027./.
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_small_city_has_no_findings() -> None:
    report = run(SMALL)
    assert report.findings == ()
    assert len(report.files) == 9
    assert report.exit_code() is ExitCode.CLEAN


def test_an_empty_unit_file_with_a_signer_has_no_findings(tmp_path: Path) -> None:
    assert run(written(tmp_path / "ho-so.yaml", UNIT)).findings == ()


@pytest.mark.parametrize(
    "name",
    ["co_quan.yaml", "phap_ly.yaml", "2027/danh_muc.yaml", "2027/van_ban/quyet_dinh.yaml", "2027"],
)
def test_a_part_of_a_catalogue_stands_for_the_whole(name: str) -> None:
    assert run(SMALL / name).files == run(SMALL).files


def test_a_folder_is_walked_for_every_kind_of_file(tmp_path: Path) -> None:
    city_in(tmp_path)
    for name in ("xa/ho-so.yaml", "xa/ho-so-2.yml", ".an/ho-so.yaml", "xa/~$ke-hoach.docx"):
        written(tmp_path / name, UNIT)
    written(tmp_path / "xa/ke-hoach.txt", DOCUMENT)
    written(tmp_path / "ci.yaml", "jobs:\n  build: {}\n")
    made = sorted_inputs([tmp_path])
    assert [p.name for p in made.catalogues] == ["2027"]
    assert [p.name for p in made.profiles] == ["ho-so-2.yml", "ho-so.yaml"]
    assert [p.name for p in made.documents] == ["ke-hoach.txt"]
    assert [p.name for p in made.skipped] == ["ci.yaml"]


def test_a_file_given_twice_is_judged_once(tmp_path: Path) -> None:
    path = written(tmp_path / "xa/ho-so.yaml", UNIT + DAY_OFF)
    assert codes(run(path, path.parent, tmp_path)) == ["DV305"]


@pytest.mark.parametrize("text", ["don_vii: dong-xuan\n", "nguoi ky: de_trong\n", "\n"])
def test_a_file_given_by_name_is_judged_where_it_may_be_a_units(text: str, tmp_path: Path) -> None:
    assert codes(run(written(tmp_path / "xa.yaml", text)))


@pytest.mark.parametrize("text", ["version: 3\nservices: {}\n", "- hosts: all\n", "on: push\n"])
def test_a_file_of_another_program_is_no_units_file(text: str, tmp_path: Path) -> None:
    path = written(tmp_path / "docker-compose.yml", text)
    with pytest.raises(UsageError) as error:
        run(path)
    assert str(error.value).startswith(
        f"Không có gì để kiểm tra ở '{path}': tệp YAML ở đây không phải của danvan. "
    )
    report = run(path, foreign=True)
    assert (report.findings, report.files, len(report.skipped)) == ((), (), 1)
    report = run(path, written(tmp_path / "ho-so.yaml", UNIT))
    assert (report.findings, len(report.files), len(report.skipped)) == ((), 1, 1)


def test_a_path_that_is_not_there_does_not_stop_the_others(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF)
    report = run("khong-co.yaml", path)
    assert told(report.findings)[1] == (
        "khong-co.yaml DV101 Không có tệp hoặc thư mục này. Kiểm tra đường dẫn."
    )
    assert codes(report) == ["DV305", "DV101"]
    assert report.exit_code() is ExitCode.FAILED


def test_nothing_to_judge_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    with pytest.raises(UsageError) as error:
        run("trong")
    assert str(error.value) == (
        "Không có gì để kiểm tra ở 'trong'. "
        "Chỉ đến danh mục, hồ sơ đơn vị (.yaml) hoặc văn bản (.docx, .txt)."
    )


def test_without_a_catalogue_nothing_runs(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        run(written(tmp_path / "ho-so.yaml", UNIT), root=tmp_path / "khong-co")


def test_a_broken_catalogue_is_said_though_only_a_unit_is_asked_about(tmp_path: Path) -> None:
    city = city_in(tmp_path)
    written(city / "co_quan.yaml", "co_quan: [\n")
    report = run(written(tmp_path / "ho-so.yaml", UNIT), root=city)
    assert codes(report) == ["DV101"]
    assert report.findings[0].place.path == "thanh-pho/co_quan.yaml"


def test_findings_stand_in_the_order_of_the_lines_and_know_their_rank(tmp_path: Path) -> None:
    city = city_in(tmp_path)
    path = city / "2027" / "danh_muc.yaml"
    written(path, path.read_text("utf-8").replace("- ma: doi-thoai", "- maa: doi-thoai"))
    report = run(written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF), root=city)
    ranked = [(f.code, f.rank) for f in report.findings]
    assert ranked == [("DV201", 1), ("DV305", 0), ("DV103", 0)]


def test_the_order_of_paths_does_not_change_the_report(tmp_path: Path) -> None:
    paths = [
        written(tmp_path / f"{name}.yaml", UNIT + DAY_OFF + f"chu_de: {name} ,\n") for name in "abc"
    ]
    assert run(*paths).findings == run(*reversed(paths)).findings


def test_a_document_is_judged_by_its_own_unit_and_date(tmp_path: Path) -> None:
    report = run(written(tmp_path / "ke-hoach.txt", DOCUMENT))
    assert "DV302" in codes(report)
    assert report.sources["ke-hoach.txt"] == DOCUMENT


def test_the_day_given_is_that_of_a_document_without_one(tmp_path: Path) -> None:
    text = DOCUMENT.replace("31/02/2027", "26/02/2027 theo Kế hoạch số 05/KH-UBND ngày 10/3/2027")
    path = written(tmp_path / "ke-hoach.txt", text)
    assert "DV506" not in codes(run(path))
    assert "DV506" in codes(run(path, issued=date(2027, 2, 15)))


def test_the_unit_given_is_that_of_a_document(tmp_path: Path) -> None:
    path = written(tmp_path / "ke-hoach.txt", DOCUMENT.replace("31/02", "26/02"))
    assert "DV608" not in codes(run(path))
    assert "DV608" in codes(run(path, unit="tay-mo"))
    with pytest.raises(UsageError):
        run(path, unit="khong-co")


def test_a_template_is_not_read_as_a_document(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ ten_loaii }}")
    document.save(str(tmp_path / "mau.docx"))
    assert [f"{f.code} {f.message}" for f in run("mau.docx").findings] == [
        "DV609 Không văn bản nào có “ten_loaii” ở {{ ten_loaii }}. Có phải “ten_loai”?"
    ]


def test_an_unregistered_citation_is_an_error_in_the_catalogue_and_nothing_elsewhere(
    tmp_path: Path,
) -> None:
    cited = "Quyết định số 9999/QĐ-TTg ngày 01/02/2025 của Thủ tướng Chính phủ"
    city = city_in(tmp_path, ngon_tu=f"  moi: {cited}\n")
    report = run(city, root=city)
    assert [(f.code, report.severity(f)) for f in report.findings] == [("DV512", Severity.ERROR)]
    own = UNIT + f"chu_de: Thực hiện {cited}\n"
    assert codes(run(written(tmp_path / "ho-so.yaml", own))) == []


@pytest.mark.parametrize(
    ("select", "ignore", "found"),
    [
        ((), (), ["DV203", "DV305"]),
        (("DV3",), (), ["DV305"]),
        (("DV203",), (), ["DV203"]),
        ((), ("DV2",), ["DV305"]),
        (("DV",), ("DV203", "DV305"), []),
    ],
)
def test_rules_are_chosen_by_code_or_beginning(
    tmp_path: Path, select: tuple[str, ...], ignore: tuple[str, ...], found: list[str]
) -> None:
    path = written(tmp_path / "ho-so.yaml", "don_vi: dong-xuan\n" + DAY_OFF)
    assert codes(run(path, select=select, ignore=ignore)) == found


def test_what_cannot_be_read_is_said_whatever_is_chosen(tmp_path: Path) -> None:
    report = run(written(tmp_path / "ho-so.yaml", "a: [\n"), select=("DV305",))
    assert codes(report) == ["DV101"]


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        (Severity.NOTE, ExitCode.FINDINGS),
        (Severity.WARNING, ExitCode.CLEAN),
        (Severity.ERROR, ExitCode.CLEAN),
    ],
)
def test_the_lightest_finding_that_fails_can_be_set(
    tmp_path: Path, fail_on: Severity, code: ExitCode
) -> None:
    report = run(written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF), fail_on=fail_on)
    assert codes(report) == ["DV305"]
    assert report.exit_code() is code


def test_a_year_that_is_not_there_is_said_at_its_place(tmp_path: Path) -> None:
    report = run(written(tmp_path / "ho-so.yaml", UNIT + "danh_muc: '2031'\n"))
    assert told(report.findings) == [
        "ho-so.yaml:3:11 DV105 Không có danh mục năm 2031. Các năm có: 2027."
    ]


def test_decomposed_letters_of_a_yaml_file_are_seen(tmp_path: Path) -> None:
    report = run(written(tmp_path / "ho-so.yaml", UNIT + "chu_de: Gâ\u0300n dân\n"))
    assert codes(report) == ["DV704"]


def test_a_piece_of_a_sentence_may_end_in_mid_quotation(tmp_path: Path) -> None:
    text = (
        UNIT
        + """sua_doi:
  - ma: ke-hoach-nam
    ly_do: Theo chủ đề của xã
    noi_dung: {thay: {"sát việc”": "sát việc” và chủ đề năm của xã"}}
"""
    )
    assert run(written(tmp_path / "ho-so.yaml", text)).findings == ()
