"""What is read is bounded before it is read: size, kind, depth and number."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from danvan_cli.load import bounded
from danvan_cli.load.bounded import MAX_LEVELS, UnfitError, file_bytes, files_below
from danvan_cli.text import unwieldy
from danvan_cli.validate.inputs import sorted_inputs
from tests.validate.cities import UNIT, codes, run, written

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and devices")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.yaml"
    with path.open("wb") as file:
        file.truncate(1_500_000_000)
    with pytest.raises(UnfitError) as error:
        file_bytes(path)
    assert (error.value.found, error.value.remedy) == (
        "tệp lớn hơn 8 MB",
        "Chia tệp thành nhiều tệp nhỏ.",
    )


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 100)
    assert len(file_bytes(path, 100)) == 100
    with pytest.raises(UnfitError):
        file_bytes(path, 99)


@POSIX
@pytest.mark.parametrize("name", ["ho-so.yaml", "van-ban.docx", "van-ban.txt"])
def test_a_pipe_holds_no_run_and_hides_nothing(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    written(tmp_path / "khac.yaml", UNIT + "loai_la: a\n")
    report = run(tmp_path)
    assert sorted(codes(report)) == ["DV101", "DV103"]
    (found,) = (f for f in report.findings if f.code == "DV101")
    assert "không phải tệp thường" in found.message.lower()
    assert found.place.path.endswith(name)


@POSIX
def test_a_device_is_no_file(tmp_path: Path) -> None:
    link = tmp_path / "ho-so.yaml"
    link.symlink_to("/dev/zero")
    with pytest.raises(UnfitError):
        file_bytes(link)
    assert codes(run(link)) == ["DV101"]


@POSIX
def test_links_that_lead_to_themselves_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "vong").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a.yaml").symlink_to("a.yaml")
    written(tmp_path / "ho-so.yaml", UNIT)
    report = run(tmp_path)
    assert [f.place.path.rpartition("/")[2] for f in report.findings] == ["a.yaml"]
    assert len(report.files) == 2


def test_folders_too_deep_are_said_and_hide_nothing(tmp_path: Path) -> None:
    written(tmp_path / "ho-so.yaml", UNIT)
    deep = tmp_path
    for _ in range(MAX_LEVELS + 1):
        deep = deep / "a"
    deep.mkdir(parents=True)
    inputs = sorted_inputs([tmp_path])
    assert [path.name for path in inputs.profiles] == ["ho-so.yaml"]
    assert [f.message for f in inputs.faults] == [
        f"Thư mục lồng quá {MAX_LEVELS} cấp. Chỉ đến thư mục cần soát."
    ]


def test_more_files_than_can_be_meant_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MAX_FILES", 3)
    for number in range(4):
        written(tmp_path / f"{number}.txt", "a")
    with pytest.raises(UnfitError, match="hơn 3 tệp"):
        list(files_below(tmp_path))


@POSIX
@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_name_that_is_no_text_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/ho-\xff.yaml"
    Path(os.fsdecode(path)).write_text(UNIT + "la: a\n", encoding="utf-8")
    (found,) = run(tmp_path).findings
    assert found.place.path.endswith("ho-\ufffd.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * 500, ""),
        ("Một câu. " * 2_000, ""),
        ("a" + " " * 200 + "b", ""),
        ("….." * 100, ""),
        ("a" * 501, "có hơn 500 ký tự liền nhau"),
        ("a" + " " * 201, "có hơn 200 dấu cách liền nhau"),
        ("a\n\t" + " " * 200, "có hơn 200 dấu cách liền nhau"),
        ("Một câu. " * 3_000, "dài hơn 20.000 ký tự"),
    ],
    ids=range(8),
)
def test_no_sentence_is_too_long_but_what_nobody_wrote(text: str, said: str) -> None:
    assert unwieldy(text) == said


def test_a_paragraph_too_long_is_said_and_hides_no_other(tmp_path: Path) -> None:
    text = f"{'a ' * 20_000}\n\nHọp ngày 31/02/2027.\n"
    report = run(written(tmp_path / "a.txt", text))
    assert [(f.place.line, f.code) for f in report.findings] == [(1, "DV101"), (3, "DV302")]
    assert report.findings[0].message == (
        "Đoạn này dài hơn 20.000 ký tự nên chưa được soát. Tách thành nhiều đoạn."
    )


def test_a_cell_too_long_is_said_and_the_rest_of_its_row_judged(tmp_path: Path) -> None:
    rows = "\tTT\n\tNhiệm vụ\n\tThời gian\n\t1\n\t{}\n\tNgày 31/02/2027\n"
    report = run(written(tmp_path / "a.txt", "KẾ HOẠCH\n\n" + rows.format("việc" * 200)))
    assert [f.code for f in report.findings if f.code in ("DV101", "DV302")] == ["DV101", "DV302"]


def test_a_value_too_long_is_said_where_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", f"{UNIT}chu_de: {'a' * 501}\nla: b\n")
    assert [(f.place.line, f.code, f.message) for f in run(path).findings][:2] == [
        (3, "DV106", "Giá trị này có hơn 500 ký tự liền nhau. Chia thành nhiều câu, nhiều mục."),
        (4, "DV103", run(path).findings[1].message),
    ]


def test_many_broken_lines_of_a_cell_are_not_copied_for_each_of_them(tmp_path: Path) -> None:
    rows = "\tTT\n\tNhiệm vụ\n\tThời gian\n\t1\n\tviệc\n" + "dòng nữa của ô\n" * 60_000
    report = run(written(tmp_path / "a.txt", "KẾ HOẠCH\n\n" + rows))
    assert "DV101" in codes(report)
