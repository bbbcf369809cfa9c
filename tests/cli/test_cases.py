"""The command line from outside: each file of `cases` is a session, written as in transcript.py.

It goes in a folder with the small city and the files the session brings.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
import yaml

from danvan_cli.cli.app import run
from tests.cities import SMALL
from tests.cli.transcript import Session, changed, step
from tests.conftest import Golden
from tests.places import words_at

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
CITY = "thanh-pho-nho"
_SHARED = re.compile(rf"({CITY}/[\w/]+\.yaml):(\d+):(\d+)")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the small city, where the commands run."""
    shutil.copytree(SMALL, tmp_path / CITY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_CATALOG", CITY)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def gone(
    session: Session,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """How the session goes in `folder`."""
    for name, data in session.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    before = files_in(folder)
    went = []
    for command in session.commands:
        text = (folder / command.reads).read_bytes().decode() if command.reads else ""
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = run(list(command.arguments))
        out, err = capsys.readouterr()
        given = session.files.keys()
        went.append(step(command, clean(out, folder, given), clean(err, folder, given), code))
    return "".join(went) + changed(before, files_in(folder))


def clean(text: str, folder: Path, given: Collection[str] = ()) -> str:
    """`text` without the name of the folder; places in the small city's files by their words."""
    assert "Traceback" not in text
    assert "Lỗi chương trình" not in text

    def words(place: re.Match[str]) -> str:
        path, line, column = place[1], int(place[2]), int(place[3])
        if path in given:
            return place[0]
        return f"{path} {words_at((SMALL.parent / path).read_text('utf-8'), line, column)}"

    return _SHARED.sub(words, text.replace(str(folder), "<thư mục>"))


@pytest.mark.parametrize("case", CASES, ids=lambda p: str(p.stem))
def test_a_session_goes_as_written(
    case: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Golden,
) -> None:
    session = Session.read(case)
    golden(case, session.written(gone(session, folder, capsys, monkeypatch)))


@pytest.mark.parametrize("case", [c for c in CASES if "_loi_" in c.name], ids=lambda p: str(p.stem))
def test_a_faulty_file_leaves_nothing_written(case: Path) -> None:
    went = Session.read(case).went.splitlines()
    assert not any(line.startswith(("+", "~", "-")) for line in went)
    assert any(line in ("[1]", "[3]") for line in went)


def test_yaml_says_what_json_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = Session.read(CASES[0].with_name("localize_json.txt")).files["ho-so.yaml"]
    (folder / "ho-so.yaml").write_bytes(file)
    assert run(["localize", "ho-so.yaml", "--format", "json"]) == 0
    in_json = json.loads(capsys.readouterr().out)
    assert run(["localize", "ho-so.yaml", "--format", "yaml"]) == 0
    in_yaml = capsys.readouterr().out
    assert yaml.safe_load(in_yaml) == in_json
    assert "Phòng Văn hóa - Xã hội" in in_yaml
