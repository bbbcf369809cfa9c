"""A command over several files is done whole or not at all, even where it is killed."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest

from danvan_cli.files import Judge, kept, replaced, waiting, write_all
from danvan_cli.files.waiting import WaitingFile
from tests.files.test_faults import Killed, stepped

OLD, EDIT = b"made by danvan", b"edited by hand"
JUDGE: Judge = replaced(lambda data: data == OLD or data.startswith(b"new"))
NAMES = ("x/a", "x/b", "y/a", "z/edited", "z/absent")
NEW = {name: f"new {name}".encode() for name in NAMES}


@pytest.fixture(params=["exchange", "no exchange"], autouse=True)
def _any_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "no exchange":
        monkeypatch.setattr(waiting, "exchange", lambda *_: False)


def start(top: Path) -> dict[str, bytes]:
    old = {name: OLD for name in NAMES if not name.startswith("z")} | {"z/edited": EDIT}
    for name, data in old.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(data)
    return old


def put(top: Path) -> None:
    write_all([(top / name, data) for name, data in NEW.items()], JUDGE)


def contents(top: Path) -> dict[str, bytes]:
    files = (path for path in top.rglob("*") if path.is_file())
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("touched", ["x", "z"])
def test_a_killed_command_is_finished_by_the_next_that_writes_anywhere_in_it(
    touched: str, tmp_path: Path
) -> None:
    start(tmp_path / "0")
    with stepped(lambda *_: None) as count:
        put(tmp_path / "0")
    outcomes = set()
    for at in range(1, count[0] + 1):
        top = tmp_path / str(at)
        old = start(top)

        def kill(number: int, _: str, at: int = at) -> None:
            if number >= at:
                raise Killed

        with stepped(kill), suppress(Killed):
            put(top)
        write_all([(top / touched / "other", b"other")], kept)
        for folder in "xyz":  # what a run left elsewhere goes with the next one there
            write_all([(top / folder / "more", b"more")], kept)
        found = contents(top)
        for name in (f"{touched}/other", "x/more", "y/more", "z/more"):
            del found[name]
        done = {**NEW, "z/edited.ban-sua-1": EDIT}
        assert found in (old, done), (at, sorted(found))
        outcomes.add(found == done)
    assert outcomes == {True, False}


@pytest.mark.parametrize("name", ["y/a", "z/edited"])
def test_what_is_saved_after_the_kill_is_never_lost(name: str, tmp_path: Path) -> None:
    start(tmp_path / "0")
    with stepped(lambda *_: None) as count:
        put(tmp_path / "0")
    for at in range(1, count[0] + 1):
        top = tmp_path / str(at)
        start(top)

        def kill(number: int, _: str, at: int = at) -> None:
            if number >= at:
                raise Killed

        with stepped(kill), suppress(Killed):
            put(top)
        (top / name).write_bytes(b"saved later")
        for folder in "xyz":
            write_all([(top / folder / "more", b"more")], kept)
        found = contents(top)
        assert b"saved later" in found.values(), at
        assert EDIT in found.values() or name == "z/edited", at
        assert not [left for left in found if "/.danvan-" in left], at


def test_a_note_from_a_stranger_reaches_no_other_folder(tmp_path: Path) -> None:
    own, strange = tmp_path / "own", tmp_path / "strange"
    own.mkdir()
    strange.mkdir()
    (own / "ho-so.yaml").write_bytes(b"mine")
    made = WaitingFile.start(own / "ho-so.yaml", b"evil", None, b"mine", known=False).made
    (strange / made.name).write_bytes(b"evil")
    said = [[str(own), made.name, "ho-so.yaml"], [str(strange), made.name, "../own/ho-so.yaml"]]
    contents = (json.dumps(said).encode(), b"{", b"[" * 100_000, b"[[1, 2, 3]]", b"7")
    for content, kind in product(contents, ("viec", "lui")):
        (strange / f".danvan-{'0' * 16}.{kind}").write_bytes(content)
        write_all([(strange / "a", b"1")], kept)
        (strange / "a").unlink()
        assert (own / "ho-so.yaml").read_bytes() == b"mine"
    assert not list(strange.iterdir())
