"""Any number of workers gives the same results, in the same order, and the same errors."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from danvan_cli import parallel
from danvan_cli.cli.app import run
from danvan_cli.errors import (
    DanvanError,
    FindingsError,
    ReadError,
    TemplateError,
    UsageError,
    WriteError,
)
from danvan_cli.findings import Finding, Place
from danvan_cli.parallel import FEW, spread
from tests.cities import SMALL

THINGS = range(60)


class OfALibrary(Exception):  # noqa: N818 - not of our own
    """Cannot be made from its arguments alone."""

    def __init__(self, found: str, place: int) -> None:
        super().__init__(f"{found} {place}")


ERRORS = [
    FindingsError((Finding(Place("a", 1, 1), "DV101", "Hỏng."),), unreadable=True),
    UsageError("Sai.", "Sửa."),
    ReadError("a", "hỏng.", "Sửa."),
    TemplateError("a", "hỏng."),
    WriteError("a", "hỏng.", "Sửa."),
    OSError(28, "hết chỗ", "a"),
]


def stopped(first: int, number: int) -> int:
    if number == 40 and os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def doubled(number: int) -> tuple[int, int]:
    return number * 2, os.getpid()


def failing(first: int, number: int) -> int:
    if number >= first:
        raise ERRORS[number % len(ERRORS)]
    return number


def failing_strangely(number: int) -> int:
    if number == 40:
        raise OfALibrary("hỏng ở", number)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, 100])
def test_results_come_in_order_whoever_makes_them(jobs: int) -> None:
    made = list(spread(doubled, THINGS, jobs))
    assert [value for value, _ in made] == [2 * thing for thing in THINGS]
    makers = {maker for _, maker in made}
    assert made[0][1] == os.getpid()
    assert (makers == {os.getpid()}) == (jobs == 1)


def test_a_few_things_are_done_by_this_process() -> None:
    assert {maker for _, maker in spread(doubled, range(2 * FEW - 1), 4)} == {os.getpid()}
    assert list(spread(doubled, [], 4)) == []


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
def test_a_worker_that_the_system_stops_is_told() -> None:
    with pytest.raises(DanvanError, match=r"đã dừng một tiến trình .*Chạy lại với -j 1\."):
        list(spread(partial(stopped, os.getpid()), THINGS, 2))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("first", [0, 1, 40, 41, 42])
def test_the_first_error_comes_where_its_result_would_have(first: int, jobs: int) -> None:
    made = spread(partial(failing, first), THINGS, jobs)
    assert [next(made) for _ in range(first)] == list(range(first))
    expected = ERRORS[first % len(ERRORS)]
    with pytest.raises(type(expected)) as raised:
        next(made)
    assert str(raised.value) == str(expected)


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_an_error_comes_home_as_it_was(error: Exception) -> None:
    carried = parallel._carried(error)
    assert type(carried) is type(error)
    if isinstance(error, DanvanError):
        again = type(error).__reduce__(error)
        made = again[0](*again[1])
        assert (str(made), vars(made)) == (str(error), vars(error))


def test_an_error_that_cannot_travel_is_told() -> None:
    with pytest.raises(RuntimeError, match="OfALibrary: hỏng ở 40"):
        list(spread(failing_strangely, THINGS, 2))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def _many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Even two things are spread, in an empty folder."""
    monkeypatch.setattr(parallel, "FEW", 1)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", str(SMALL))


@pytest.mark.usefixtures("_many")
def test_documents_are_the_same_bytes_whoever_makes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for jobs in ("1", "2", "3"):
        assert run(["render", "--tat-ca", "-o", jobs, "-j", jobs]) == 0
        said.append(capsys.readouterr().out.replace(f"trong {jobs}", "trong x"))
        # The second time each file is there already.
        assert run(["render", "--tat-ca", "-o", jobs, "-j", jobs]) == 0
        capsys.readouterr()
    assert len(set(said)) == 1
    made = [contents(tmp_path / jobs) for jobs in ("1", "2", "3")]
    assert made[0] == made[1] == made[2]
    assert len(made[0]) == 12


@pytest.mark.usefixtures("_many")
def test_reports_are_the_same_whoever_judges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(9):
        text = f"KẾ HOẠCH\nCông tác dân vận\n\nBáo cáo ngày 31/6/2027 , lần {number}.\n"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    (tmp_path / "hong.docx").write_bytes(b"PK")
    said = []
    for jobs in ("1", "2", "3"):
        code = run(["validate", ".", "-j", jobs])
        said.append((code, *capsys.readouterr()))
    assert said[0] == said[1] == said[2]
    assert said[0][0] == 3
    assert said[0][1].count("DV302") == 9


@pytest.mark.usefixtures("_many")
def test_fixes_are_the_same_whoever_judges(tmp_path: Path) -> None:
    made = []
    for jobs in ("1", "2"):
        folder = tmp_path / jobs
        folder.mkdir()
        for number in range(4):
            (folder / f"{number}.txt").write_text("KẾ HOẠCH\n\nGần dân , sát việc.\n", "utf-8")
        run(["validate", jobs, "--fix", "-j", jobs])
        made.append(contents(folder))
    assert made[0] == made[1]
    assert b"\xe2n , s" not in made[0]["0.txt"]


@pytest.mark.usefixtures("_many")
def test_a_template_that_fails_leaves_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mau").mkdir()
    for jobs in ("1", "2"):
        assert run(["render", "--tat-ca", "-o", "ra", "--templates", "mau", "-j", jobs]) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mau"]
    capsys.readouterr()


@pytest.mark.parametrize("jobs", [2, 3])
def test_what_stands_beside_another_is_done_by_the_same_process(jobs: int) -> None:
    """Fours are kept together; the first thing of all is done by this process."""
    made = list(spread(doubled, THINGS, jobs, lambda one, other: one // 4 == other // 4))
    assert [value for value, _ in made] == [2 * thing for thing in THINGS]
    for first in range(4, len(THINGS) - 4, 4):
        assert len({maker for _, maker in made[first : first + 4]}) == 1
