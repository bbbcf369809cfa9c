"""A baseline hides what was known, survives moved lines, and only ever shrinks."""

from pathlib import Path

import pytest

from danvan_cli.errors import ExitCode, ReadError
from danvan_cli.validate import baseline
from tests.validate.cities import DAY_OFF, UNIT, codes, run, written

TWO = DAY_OFF + "  - {ma: quan-triet, ly_do: Theo lịch của xã, thoi_gian: Trước ngày 02/5/2027}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def base_of(path: Path) -> Path:
    return written(path.parent / "baseline.json", baseline.written(run(path).findings))


def test_what_is_known_is_not_reported_again(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF)
    report = baseline.less(run(path), baseline.read(base_of(path)))
    assert report.findings == ()
    assert [f.code for f in report.known] == ["DV305"]
    assert report.exit_code() is ExitCode.CLEAN


def test_moved_lines_and_reworded_neighbours_change_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF)
    known = baseline.read(base_of(path))
    written(path, "# thêm\n\n" + UNIT + "khu_dan_cu: thôn\n" + DAY_OFF.replace("lịch", "sổ"))
    assert baseline.less(run(path), known).findings == ()


def test_a_new_finding_of_the_same_rule_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF)
    known = baseline.read(base_of(path))
    written(path, UNIT + TWO)
    assert [f.subject for f in baseline.less(run(path), known).findings] == ["quan-triet.thoi_gian"]


def test_one_more_of_the_very_same_is_reported(tmp_path: Path) -> None:
    text = (
        UNIT
        + "bo_sung:\n"
        + "  - {ma: %s, nhom: dan-chu, ly_do: Việc riêng, noi_dung: Việc của xã, chu_tri: ubnd, chi_tiet: [%s]}\n"
    )
    doubled = "Tổ chức họp , trao đổi"
    path = written(tmp_path / "ho-so.yaml", text % ("rieng", f'"{doubled}"'))
    known = baseline.read(base_of(path))
    written(path, text % ("rieng", f'"{doubled}", "{doubled} thêm"'))
    assert len(baseline.less(run(path), known).findings) == 1


def test_what_was_mended_is_told_as_removable(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + TWO)
    known = baseline.read(base_of(path))
    written(path, UNIT + DAY_OFF)
    report = baseline.less(run(path), known)
    assert report.findings == ()
    assert [(e.code, e.path, e.subject, e.count) for e in report.removable] == [
        ("DV305", "ho-so.yaml", "quan-triet.thoi_gian", 1)
    ]


def test_a_file_that_was_not_judged_keeps_its_entries(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF)
    known = baseline.read(base_of(path))
    other = written(tmp_path / "khac.yaml", UNIT)
    assert baseline.less(run(other), known).removable == ()


def test_what_cannot_be_read_is_never_known(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", "a: [\n")
    base = base_of(path)
    assert '"findings": []' in base.read_text("utf-8")
    assert codes(baseline.less(run(path), baseline.read(base))) == ["DV101"]


def test_a_baseline_is_sorted_and_ends_with_a_line(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + DAY_OFF)
    assert base_of(path).read_text("utf-8") == (
        "{\n"
        '  "version": 1,\n'
        '  "findings": [\n'
        "    {\n"
        '      "code": "DV305",\n'
        '      "path": "ho-so.yaml",\n'
        '      "subject": "doi-thoai.thoi_gian",\n'
        f'      "value": "{baseline.value_mark("02/5/2027")}",\n'
        '      "count": 1\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "baseline.json: không mở được tệp mốc."),
        ("{", "baseline.json: tệp mốc không phải JSON."),
        ("[]", "baseline.json: không phải tệp mốc của danvan."),
        ('{"version": 2}', "baseline.json: không phải tệp mốc của danvan."),
        ('{"version": 1}', "baseline.json: tệp mốc thiếu hoặc sai mục."),
        (
            '{"version": 1, "findings": [{"code": 1}]}',
            "baseline.json: tệp mốc thiếu hoặc sai mục.",
        ),
        *(
            (
                '{"version": 1, "findings": [{"code": "DV305", "path": "a.yaml", "subject": '
                f'{subject}, "value": "0", "count": {count}}}]}}',
                "baseline.json: tệp mốc thiếu hoặc sai mục.",
            )
            for subject, count in (("1", "1"), ('"a"', "1e400"), ('"a"', "true"), ('"a"', "-1"))
        ),
        ('{"version": 1, "findings": 3}', "baseline.json: tệp mốc thiếu hoặc sai mục."),
        ("[" * 100_000, "baseline.json: tệp mốc không phải JSON."),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "baseline.json"
    if text is not None:
        written(path, text)
    with pytest.raises(ReadError) as error:
        baseline.read(Path("baseline.json"))
    assert str(error.value) == f"{said} Ghi lại bằng 'danvan validate --ghi-baseline'."
