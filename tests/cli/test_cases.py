"""The command line from outside: each folder of `cases` is a short session.

`lenh.txt` holds the commands, a line each, run in a folder with the files of `tep` and the small
city; `vao.txt` is what they read from standard input. Expected are what they print (`expected.out`,
`expected.err`), their exit codes (`exit`) and the files they leave (`expected.files`).
"""

from __future__ import annotations

import io
import shlex
import shutil
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from tests.cities import SMALL
from tests.conftest import Golden

CASES = sorted(p.parent for p in (Path(__file__).parent / "cases").glob("*/lenh.txt"))
CITY = "thanh-pho-nho"


def session(case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    shutil.copytree(SMALL, folder / CITY)
    if (case / "tep").is_dir():
        shutil.copytree(case / "tep", folder, dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DANVAN_CATALOG", CITY)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    said = case / "vao.txt"
    text = said.read_bytes().decode() if said.exists() else ""
    codes = []
    for line in (case / "lenh.txt").read_text(encoding="utf-8").splitlines():
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        name, *arguments = shlex.split(line)
        assert name == "danvan"
        codes.append(run(arguments))
    return codes


def left(folder: Path, given: set[str]) -> list[str]:
    """The files of `folder`; `+` marks those that were not there before."""
    names = (p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file())
    return [f"{' ' if n in given else '+'} {n}" for n in names if not n.startswith(f"{CITY}/")]


@pytest.mark.parametrize("case", CASES, ids=lambda p: str(p.name))
def test_a_session_says_and_leaves_what_is_expected(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Golden,
) -> None:
    codes = session(case, tmp_path, monkeypatch)
    printed = capsys.readouterr()
    files = case / "tep"
    given = {p.relative_to(files).as_posix() for p in files.rglob("*") if p.is_file()}
    golden(case / "expected.out", clean(printed.out, tmp_path))
    golden(case / "expected.err", clean(printed.err, tmp_path))
    golden(case / "exit", "".join(f"{code}\n" for code in codes))
    golden(case / "expected.files", "".join(f"{line}\n" for line in left(tmp_path, given)))


def clean(text: str, folder: Path) -> str:
    assert "Traceback" not in text
    assert "Lỗi chương trình" not in text
    return text.replace(str(folder), "<thư mục>")


@pytest.mark.parametrize("case", [c for c in CASES if "_loi_" in c.name], ids=lambda p: str(p.name))
def test_a_faulty_file_leaves_nothing_written(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = session(case, tmp_path, monkeypatch)
    assert set(codes) <= {1, 3}
    assert not (tmp_path / "ra").exists()
