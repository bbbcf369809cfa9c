"""A year made of another by the command: what is drawn into the old one decides what goes where."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.cli.app import run
from danvan_cli.load.source import read_yaml
from danvan_cli.nodes import child, mappings
from danvan_cli.starting.year import new_year
from tests.starting.places import CATALOGUE, danvan
from tests.starting.test_year import years

YEAR = CATALOGUE / "hai-phong" / "2026"
TASKS = "danh_muc.yaml"

TEXT = (YEAR / TASKS).read_text("utf-8")
IDS = re.findall(r"(?m)^      - ma: (\S+)$", TEXT)


def ids_of(text: str) -> list[str]:
    root, faults = read_yaml(text, TASKS)
    assert faults == ()
    tasks = [
        t for group in mappings(child(root, "nhom")) for t in mappings(child(group, "nhiem_vu"))
    ]
    return [str(child(t, "ma")) for t in tasks]


@settings(max_examples=15, deadline=None)
@given(
    only=st.sets(st.sampled_from(IDS), max_size=5),
    dated=st.sets(st.sampled_from(IDS), max_size=5),
    looked=st.sets(st.sampled_from(IDS), max_size=3),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_a_new_year_has_every_task_but_those_of_the_old_one_and_marks_what_has_a_day(
    only: set[str], dated: set[str], looked: set[str], ends: str
) -> None:
    text, speaking = TEXT, set()
    for ma in IDS:
        more = ""
        if ma in only:
            more += '        chi_nam: "2026"\n'
        if ma in looked:
            more += "        xem_lai: Việc của năm trước.\n"
        if ma in dated:
            more += "        chi_tiet: Làm xong trong năm 2026\n"
        line = f"      - ma: {ma}\n"
        # A key that the task has already is left as it is.
        body = text.partition(line)[2].partition("      - ma: ")[0]
        for key in re.findall(r"(?m)^        (\w+):", body):
            more = re.sub(rf"        {key}: .*\n", "", more)
        text = text.replace(line, line + more)
        if "chi_tiet" in more:
            speaking.add(ma)
    with TemporaryDirectory() as folder:
        year = Path(folder)
        (year / TASKS).write_bytes(text.replace("\n", ends).encode())
        made = new_year(year, "2026", "2027")
        again = new_year(year, "2026", "2027")
    assert again.files == made.files
    new = made.files[TASKS]
    before, gone = ids_of(text), set(made.left)
    assert gone >= only
    assert ids_of(new) == [ma for ma in before if ma not in gone]
    assert 'nam: "2027"' in new
    assert "Việc của năm trước." not in new
    told = {*made.deadlines, *made.mentions}
    root, _ = read_yaml(new, TASKS)
    marked = {
        str(child(task, "ma"))
        for group in mappings(child(root, "nhom"))
        for task in mappings(child(group, "nhiem_vu"))
        if child(task, "xem_lai") is not None
    }
    assert marked <= told
    assert speaking - gone <= set(made.mentions) & marked


def test_a_change_of_the_citys_own_words_still_hits_where_they_did_not_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, old, _ = years()
    last = str(old.tasks["chuyen-doi-so"].noi_dung).rstrip(".").rpartition(" ")[2]
    profile = tmp_path / "ho-so.yaml"
    profile.write_text(
        'don_vi: an-lao\ndanh_muc: "2026"\nnguoi_ky: de_trong\nsua_doi:\n'
        f'  - {{ma: chuyen-doi-so, goc: cau, ly_do: Theo thành phố., noi_dung: {{bot: " {last}"}}}}\n',
        "utf-8",
    )
    assert danvan("--catalog", root, "upgrade", profile, "--nam", 2027, "--dry-run") == 0
    assert "1 còn trúng.\n" in capsys.readouterr().out


def test_a_new_year_where_no_catalogue_is_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    assert run(["new", "year", "2027"]) == 2
    assert capsys.readouterr().err == (
        "Lỗi: Chưa có danh mục năm trước để chép: ở đây không có thư mục 'catalog'. Chạy trong"
        " thư mục chứa catalog, hoặc thêm --catalog: danvan --catalog THƯ_MỤC new year NĂM.\n"
    )
