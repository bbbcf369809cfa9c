"""`danvan validate` and `danvan rule` as users meet them: what is printed, what is written, the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.validate.rules import RULES, rule_of
from tests.validate.cities import DAY_OFF, SMALL, UNIT, city_in, written

BY = f" theo danh mục {(SMALL / '2027').as_posix()}"
SPACED = UNIT + 'chu_de: "Gần dân , sát việc"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)


@pytest.fixture
def danvan(capsys):
    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["--catalog", str(SMALL), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_without_paths_the_catalogue_in_use_and_the_unit_files_here_are_judged(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT + DAY_OFF)
    written(Path("khac/ho-so.yaml"), UNIT + DAY_OFF)
    written(Path("ci.yml"), "jobs: {}\n")
    code, out, err = danvan("validate")
    assert (code, err) == (1, "")
    assert out == (
        "ho-so.yaml:4:68 DV305 '02/5/2027' rơi vào kỳ nghỉ Ngày Chiến thắng 30/4 và Ngày Quốc tế "
        "lao động 01/5; ngày làm việc cuối cùng trước đó là thứ Năm, 29/4/2027. "
        "Cân nhắc ghi ngày này.\n"
        "\n"
        f"1 lưu ý ở 1 tệp; đã kiểm tra 10 tệp{BY}.\n"
    )


def test_clean_files_end_with_zero(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT)
    assert danvan("validate", "ho-so.yaml") == (
        0,
        f"Không có phát hiện nào; đã kiểm tra 1 tệp{BY}.\n",
        "",
    )


def test_the_level_that_fails_is_said_in_words(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT + DAY_OFF)
    assert danvan("validate", "ho-so.yaml", "--fail-on", "canh-bao")[0] == 0
    assert danvan("validate", "ho-so.yaml", "--fail-on", "luu_y")[0] == 1


def test_unreadable_wins_over_findings(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT + DAY_OFF)
    code, out, _ = danvan("validate", "ho-so.yaml", "khong-co.docx", "--fail-on", "loi")
    assert code == 3
    assert "khong-co.docx DV101 " in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "jsom"], "--format không nhận 'jsom'. Có phải 'json'? Nhận: text, json, github, gitlab, sarif, junit."),
        (["--fail-on", "nang"], "--fail-on không nhận 'nang'. Nhận: loi, canh-bao, luu-y."),
        (["--select", "DV999"], "--select không nhận 'DV999'. Xem các quy tắc bằng 'danvan rule'."),
        (["--ignore", "XY"], "--ignore không nhận 'XY'. Xem các quy tắc bằng 'danvan rule'."),
        (["--ngay", "31/02/2027"], "--ngay không nhận '31/02/2027'. Ghi như 05/02/2026."),
    ],
)  # fmt: skip
def test_wrong_options_are_wrong_usage(danvan, arguments: list[str], said: str) -> None:
    written(Path("ho-so.yaml"), UNIT)
    assert danvan("validate", "ho-so.yaml", *arguments) == (2, "", f"Lỗi: {said}\n")


def test_codes_may_be_parted_by_commas_and_given_again(danvan) -> None:
    written(Path("ho-so.yaml"), "don_vi: dong-xuan\n" + DAY_OFF)
    code, out, _ = danvan("validate", "ho-so.yaml", "--ignore", "dv2, DV4", "--ignore", "DV305")
    assert (code, out) == (0, f"Không có phát hiện nào; đã kiểm tra 1 tệp{BY}.\n")


def test_fix_writes_and_says_how_much(danvan) -> None:
    path = written(Path("ho-so.yaml"), SPACED)
    code, out, err = danvan("validate", "ho-so.yaml", "--fix")
    assert (code, err) == (0, "Đã sửa 1 chỗ trong 1 tệp.\n")
    assert out == f"Không có phát hiện nào; đã kiểm tra 1 tệp{BY}.\n"
    assert path.read_text("utf-8") == SPACED.replace("dân ,", "dân,")


def test_diff_prints_what_fix_would_write_and_writes_nothing(danvan) -> None:
    path = written(Path("ho-so.yaml"), SPACED)
    code, out, err = danvan("validate", "ho-so.yaml", "--diff")
    assert (code, err) == (1, "Sẽ sửa 1 chỗ trong 1 tệp.\n")
    assert '-chu_de: "Gần dân , sát việc"\n+chu_de: "Gần dân, sát việc"\n' in out
    assert path.read_text("utf-8") == SPACED


def test_diff_of_what_cannot_be_read_says_why(danvan) -> None:
    written(Path("ho-so.yaml"), "don_vi: [an-lao\n")
    code, out, err = danvan("validate", "ho-so.yaml", "--diff")
    assert (code, out) == (3, "")
    assert "Sẽ sửa 0 chỗ trong 0 tệp.\nho-so.yaml:1:9 DV101 Cú pháp YAML sai: " in err


def test_fix_without_paths_leaves_a_catalogue_elsewhere_alone(tmp_path: Path, capsys) -> None:
    city = city_in(tmp_path / "xa", ngon_tu='  moi: "Gần dân , sát việc"\n')
    before = (city / "2027" / "ngon_tu.yaml").read_bytes()
    work = tmp_path / "day"
    work.mkdir()
    import os

    os.chdir(work)
    assert run(["--catalog", str(city), "validate", "--fix"]) == 1
    assert (city / "2027" / "ngon_tu.yaml").read_bytes() == before
    assert run(["--catalog", str(city), "validate", str(city), "--fix"]) == 0
    assert "Đã sửa 1 chỗ" in capsys.readouterr().err


def test_a_baseline_is_written_and_then_hides_what_it_knows(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT + DAY_OFF)
    code, out, err = danvan("validate", "ho-so.yaml", "--ghi-baseline", "b.json")
    assert (code, out, err) == (0, "", "Đã ghi 1 phát hiện vào 'b.json'.\n")
    code, out, _ = danvan("validate", "ho-so.yaml", "--baseline", "b.json")
    assert (code, out) == (
        0,
        f"Không có phát hiện nào; đã kiểm tra 1 tệp{BY}.\n1 phát hiện đã có trong tệp mốc.\n",
    )
    written(Path("ho-so.yaml"), UNIT)
    assert danvan("validate", "ho-so.yaml", "--baseline", "b.json")[1].endswith(
        "1 mục của tệp mốc đã được sửa (DV305 ở ho-so.yaml). Ghi lại bằng --ghi-baseline.\n"
    )


def test_a_baseline_that_cannot_be_written_is_said(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT)
    code, _, err = danvan("validate", "ho-so.yaml", "--ghi-baseline", "ho-so.yaml/b.json")
    assert (code, err) == (
        3,
        "Lỗi: ho-so.yaml: đã có một tệp trùng tên thư mục này. Chọn thư mục khác bằng -o.\n",
    )


def test_a_baseline_never_replaces_a_file_of_another_kind(danvan) -> None:
    written(Path("ho-so.yaml"), UNIT)
    code, _, err = danvan("validate", "ho-so.yaml", "--ghi-baseline", "ho-so.yaml")
    assert (code, err) == (
        3,
        "Lỗi: ho-so.yaml: tệp đã có và không phải tệp mốc của danvan, giữ nguyên. "
        "Chọn tên khác, hoặc dời tệp ấy.\n",
    )
    assert Path("ho-so.yaml").read_text("utf-8") == UNIT


def test_an_edit_of_the_catalogue_names_the_units_it_touches(danvan, tmp_path: Path) -> None:
    city = city_in(tmp_path)
    path = city / "2027" / "danh_muc.yaml"
    text = path.read_text("utf-8")
    written(path, text.replace("noi_dung: Tổ chức đối thoại", "noi_dung: Tăng cường đối thoại"))
    code, out, _ = danvan("validate", str(city), "--so-voi", str(SMALL))
    assert code == 0
    assert out == (
        f"Không có phát hiện nào; đã kiểm tra 9 tệp theo danh mục {city.name}/2027.\n"
        "Danh mục 2027: sửa danh mục làm đổi văn bản của 5 đơn vị:\n"
        "- 'doi-thoai' đổi nội dung “Tổ chức đối thoại với …” thành "
        "“Tăng cường đối thoại với …”: mọi đơn vị (5)\n"
    )
    own = UNIT + "sua_doi:\n  - {ma: doi-thoai, ly_do: Câu của xã, noi_dung: Họp dân}\n"
    written(Path("ho-so.yaml"), own)
    _, out, err = danvan(
        "validate", str(city), "ho-so.yaml", "--so-voi", str(SMALL), "--format", "github"
    )
    assert out == ""
    assert "xã Đông Xuân" not in err
    assert ": mọi phường (2), thành phố Sơn Hà, xã Tây Mỗ\n" in err


def test_an_edit_that_touches_no_unit_says_so(danvan, tmp_path: Path) -> None:
    city = city_in(tmp_path)
    _, out, _ = danvan("validate", str(city), "--so-voi", str(SMALL))
    assert out.endswith("Danh mục 2027: sửa danh mục không làm đổi văn bản của đơn vị nào.\n")


def test_tasks_that_come_and_go_are_told_apart(danvan, tmp_path: Path) -> None:
    city = city_in(tmp_path)
    path = city / "2027" / "danh_muc.yaml"
    text = path.read_text("utf-8").replace("ma: doi-thoai", "ma: tiep-dan")
    written(path, text.replace("Tổ chức đối thoại với", "Tiếp công dân, lắng nghe"))
    code, out, _ = danvan("validate", str(city), "--so-voi", str(SMALL), "--select", "DV115")
    assert code == 1
    assert "- thêm nhiệm vụ 'tiep-dan' “Tiếp công dân, lắng nghe" in out
    assert "- bớt nhiệm vụ 'doi-thoai' “Tổ chức đối thoại với Nhân dân" in out


def test_colour_and_source_lines_can_be_asked_for(danvan) -> None:
    written(Path("ho-so.yaml"), SPACED)
    _, out, _ = danvan("validate", "ho-so.yaml", "--color")
    assert out.startswith("\x1b[1mho-so.yaml:3:17\x1b[0m \x1b[36mDV703\x1b[0m ")
    assert '  | chu_de: "Gần dân , sát việc"\n' in out
    assert "\x1b" not in danvan("validate", "ho-so.yaml")[1]


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_forms_that_hold_everything_are_whole_on_stdout(danvan, name: str) -> None:
    written(Path("ho-so.yaml"), SPACED)
    code, out, err = danvan("validate", "ho-so.yaml", "--format", name)
    assert (code, err) == (1, "")
    assert json.dumps(BY.removeprefix(" theo danh mục ")) in out
    json.loads(out)


def test_what_github_shows_leaves_the_summary_to_stderr(danvan) -> None:
    written(Path("ho-so.yaml"), SPACED)
    code, out, err = danvan("validate", "ho-so.yaml", "--format", "github")
    assert (code, err) == (1, f"Đã kiểm tra 1 tệp{BY}.\n")
    assert out.startswith("::notice file=ho-so.yaml,line=3,col=17,title=DV703::")


def test_another_city_and_year_need_no_code(tmp_path: Path, capsys) -> None:
    root = tmp_path / "noi-khac"
    shutil.copytree(SMALL, root / "thanh-pho-khac")
    assert run(["--catalog", str(root), "--nam", "2027", "validate", str(root)]) == 0
    assert capsys.readouterr().out == (
        "Không có phát hiện nào; đã kiểm tra 9 tệp theo danh mục noi-khac/thanh-pho-khac/2027.\n"
    )


def test_rules_are_listed_with_their_weight(danvan) -> None:
    code, out, _ = danvan("rule")
    assert code == 0
    assert len(out.splitlines()) == len(RULES)
    assert "DV305  lưu ý     Thời hạn rơi vào ngày nghỉ\n" in out


@pytest.mark.parametrize("name", ["DV305", "dv305", "ngay-nghi"])
def test_a_rule_is_found_by_code_or_name(danvan, name: str) -> None:
    assert danvan("rule", name) == (0, rule_of("DV305").page, "")


def test_a_rule_as_json_has_its_page(danvan) -> None:
    made = json.loads(danvan("rule", "DV305", "--format", "json")[1])
    assert made["page"] == rule_of("DV305").page
    assert (made["code"], made["name"], made["severity"]) == ("DV305", "ngay-nghi", "luu_y")
    assert len(json.loads(danvan("rule", "--format", "json")[1])) == len(RULES)


def test_a_rule_that_is_not_is_told_with_the_nearest(danvan) -> None:
    assert danvan("rule", "DV3055") == (
        2,
        "",
        "Lỗi: Không có quy tắc 'DV3055'. Có phải 'DV305'? Xem các quy tắc bằng 'danvan rule'.\n",
    )


def test_an_edit_that_cannot_be_made_is_left_to_the_user(danvan) -> None:
    # The marks of emphasis are no part of the text, so the words cannot be found in the file.
    written(Path("k.txt"), "KẾ HOẠCH\nCông tác dân vận\n\nBáo cáo ngày 5*/*06/2027 của xã./.\n")
    _, _, err = danvan("validate", "k.txt", "--fix")
    assert err == (
        "Đã sửa 0 chỗ trong 0 tệp.\n"
        "k.txt:4:14: không sửa được '5/06/2027' thành '05/6/2027'; hãy sửa bằng tay.\n"
    )


def test_schemas_that_cannot_be_written_are_said(danvan) -> None:
    written(Path("tep"), "")
    assert danvan("schema", "-o", "tep/x") == (
        3,
        "",
        "Lỗi: tep/x: một phần của đường dẫn là tệp, không phải thư mục. "
        "Chọn thư mục khác bằng -o.\n",
    )


def test_a_schema_replaces_its_like_and_nothing_else(danvan) -> None:
    assert danvan("schema", "-o", "s")[0] == 0
    assert danvan("schema", "-o", "s")[0] == 0
    before = Path("s/danh-muc.json").read_bytes()
    written(Path("s/ho-so.json"), '{"$schema": "của tôi"}')
    Path("s/danh-muc.json").write_bytes(before + b"\n")
    code, _, err = danvan("schema", "-o", "s")
    assert (code, err.startswith("Lỗi: s/ho-so.json: tệp đã có và không phải JSON Schema")) == (
        3,
        True,
    )
    assert Path("s/ho-so.json").read_text("utf-8") == '{"$schema": "của tôi"}'
    assert Path("s/danh-muc.json").read_bytes() == before + b"\n"
