"""The cache makes runs quick and nothing else: it may be gone, broken, foreign or shared."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from random import Random

import pytest

from danvan_cli import cache
from danvan_cli.findings import Place
from danvan_cli.load import choosing
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.choosing import ready_catalogue, ready_profile
from danvan_cli.load.folders import layers_of, shown_path
from danvan_cli.load.opener import load_catalogue
from danvan_cli.models.base import Item
from danvan_cli.nodes import Text
from tests.cities import SMALL

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cache that is used."""
    monkeypatch.delenv("DANVAN_NO_CACHE")
    monkeypatch.setenv("DANVAN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the small city, to be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "thanh-pho"))


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def flat(value: object) -> Iterator[object]:
    """Every value of a catalogue in order, with the place it comes from."""
    if isinstance(value, Text):
        yield str(value), value.place, value.start, value.end, value.place_at(len(value) - 1)
    elif isinstance(value, Item):
        yield type(value), value.place, sorted(value.model_fields_set)
        for name in type(value).model_fields:
            yield from flat(getattr(value, name))
    elif is_dataclass(value):
        for field in fields(value):
            yield from flat(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from flat(key)
            yield from flat(one)
    elif isinstance(value, tuple):
        yield len(value)
        for one in value:
            yield from flat(one)
    else:
        yield value


def same(one: Catalogue | None, other: Catalogue | None) -> bool:
    """Whether they hold the same values, each from the same place."""
    return one is not None and other is not None and list(flat(one)) == list(flat(other))


def test_an_entry_comes_back_as_it_was_kept(folder: Path) -> None:
    key = cache.key_of(b"a", b"b")
    assert cache.read("x", key) is None
    cache.keep("x", key, b"value")
    assert cache.read("x", key) == b"value"
    assert cache.read("y", key) is None
    assert [p.name for p in entries(folder)] == [f"x-{key}"]


def test_a_key_tells_every_part_from_every_other() -> None:
    parts = [(b"",), (b"", b""), (b"ab",), (b"a", b"b"), (b"b", b"a"), (b"a", b"", b"b")]
    assert len({cache.key_of(*p) for p in parts}) == len(parts)


@pytest.mark.usefixtures("folder")
def test_a_ready_catalogue_is_the_one_that_was_loaded(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, _ = load_catalogue(city)
    first, _ = ready_catalogue(city)
    monkeypatch.setattr(choosing, "_opener", pytest.fail)
    again, findings = ready_catalogue(city)
    assert findings == ()
    assert same(first, loaded)
    assert same(again, loaded)
    assert again is not None
    assert str(again.edition.nam.place).endswith("danh_muc.yaml:3:8")


@pytest.mark.usefixtures("folder")
def test_any_change_of_a_file_is_seen(city: Path) -> None:
    before, _ = ready_catalogue(city)
    for path in sorted(city.rglob("*.yaml")):
        text = path.read_bytes()
        path.write_bytes(text + b"# x\n")
        after, _ = ready_catalogue(city)
        loaded, _ = load_catalogue(city)
        assert same(after, loaded), path
        path.write_bytes(text)
    assert same(ready_catalogue(city)[0], before)
    gone = next(city.rglob("van_ban/*.yaml"))
    gone.unlink()
    assert same(ready_catalogue(city)[0], load_catalogue(city)[0])
    gone.with_name("moi.yml").write_text("van_ban: []\n", "utf-8")
    assert ready_catalogue(city)[1] == load_catalogue(city)[1]


def test_faults_are_found_again_each_time(folder: Path, city: Path) -> None:
    path = city / "don_vi.yaml"
    path.write_text(path.read_text("utf-8") + "la: 1\n", "utf-8")
    for _ in range(2):
        assert [f.code for f in ready_catalogue(city)[1]] == ["DV103"]
    assert not folder.exists()


def test_a_unit_file_is_kept_with_its_places(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "ho-so.yaml"
    path.write_text("don_vi: dong-xuan\nnguoi_ky: de_trong\n", "utf-8")
    places = []
    for _ in range(2):
        profile, findings = ready_profile(path, "ho-so.yaml")
        assert profile is not None
        assert findings == ()
        assert profile.don_vi is not None
        places.append((profile.don_vi.place, profile.place_of("nguoi_ky"), profile.has("chu_de")))
    assert places == [(Place("ho-so.yaml", 1, 9), Place("ho-so.yaml", 2, 11), False)] * 2
    assert len(entries(folder)) == 1


def becomes_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def folder_becomes_file(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.touch()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda p: p.write_bytes(b""),
    "cut": lambda p: p.write_bytes(p.read_bytes()[:-10]),
    "a byte changed": lambda p: p.write_bytes(p.read_bytes()[:-10] + b"x" + p.read_bytes()[-9:]),
    "another's": lambda p: p.write_bytes(b"danvan 1\n" + b"x" * 100),
    "gone": Path.unlink,
    "a folder": becomes_folder,
    "the folder is gone": lambda p: shutil.rmtree(p.parent),
    "the folder is a file": folder_becomes_file,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_no_cache(damage: str, folder: Path, city: Path) -> None:
    loaded, _ = load_catalogue(city)
    ready_catalogue(city)
    DAMAGES[damage](entries(folder)[0])
    assert same(ready_catalogue(city)[0], loaded)
    assert same(ready_catalogue(city)[0], loaded)


@pytest.mark.parametrize("seed", range(60))
def test_bytes_that_are_no_value_are_none_whatever_they_are(seed: int, folder: Path) -> None:
    """Whole and marked as an entry is, so that nothing but the reading of values tells."""
    chance = Random(seed)
    data = bytearray(pickle.dumps(load_catalogue(SMALL)[0], 5))
    for _ in range(3):
        data[chance.randrange(len(data))] = chance.choice(
            b"abcdefghijklmnopqrstuvwxyz().\x80\x8c\xff"
        )
    cut = len(data) if seed % 3 else chance.randrange(len(data))
    cache.keep("danh-muc", "khoa", bytes(data[:cut]))
    assert folder.is_dir()
    made = cache.read_value("danh-muc", "khoa", Catalogue, choosing._may_be_made)
    assert made is None or isinstance(made, Catalogue)


@POSIX
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720])
def test_what_others_may_write_is_neither_read_nor_written(
    mode: int, folder: Path, city: Path
) -> None:
    ready_catalogue(city)
    entry = entries(folder)[0]
    folder.chmod(mode)
    assert cache.read("danh-muc", entry.name.removeprefix("danh-muc-")) is None
    cache.keep("x", "y", b"value")
    assert entries(folder) == [entry]
    folder.chmod(0o700)
    entry.chmod(0o666)
    assert cache.read("danh-muc", entry.name.removeprefix("danh-muc-")) is None


@POSIX
def test_what_another_user_owns_is_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.keep("x", "y", b"value")
    assert cache.read("x", "y") == b"value"
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert cache.read("x", "y") is None


@POSIX
def test_nobody_else_may_look_into_the_folder(folder: Path) -> None:
    cache.keep("x", "y", b"value")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


class Harm:
    """Writes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("made", ["command", "touch", "getattr"])
def test_an_entry_runs_no_code(made: str, city: Path, tmp_path: Path) -> None:
    target = tmp_path / "harm"
    bad = {
        "command": b"cos\nsystem\n(S'touch %s'\ntR." % bytes(target),
        "touch": pickle.dumps(Harm(target)),
        "getattr": b"cdanvan_cli.models.base\nre.compile\n(S'x'\ntR.",
    }[made]
    parts = (str(city / "2027").encode(), shown_path(city / "2027").encode())
    key = cache.key_of(*parts, *choosing._files(layers_of(city / "2027")))
    cache.keep("danh-muc", key, bad)
    assert cache.read("danh-muc", key) == bad
    assert same(ready_catalogue(city)[0], load_catalogue(city)[0])
    assert not target.exists()
    if made == "touch":
        pickle.loads(bad)
        assert target.exists()


def test_the_oldest_go_when_there_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MAX_TOTAL", 4_000)
    for number in range(6):
        cache.keep("x", str(number), b"v" * 900)
        os.utime(folder / f"x-{number}", (number, number))
    assert [p.name for p in entries(folder)] == ["x-2", "x-3", "x-4", "x-5"]
    cache.keep("x", "large", b"v" * 1_001)
    assert cache.read("x", "large") is None


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_no_fault(folder: Path, city: Path) -> None:
    folder.mkdir(mode=0o500)
    assert same(ready_catalogue(city)[0], load_catalogue(city)[0])


def keep_and_read(folder: str, number: int) -> None:
    os.environ.pop("DANVAN_NO_CACHE", None)
    os.environ["DANVAN_CACHE_DIR"] = folder
    for turn in range(20):
        cache.keep("x", "key", bytes([number]) * 5000)
        found = cache.read("x", "key")
        assert found is None or len(set(found)) == 1, turn


def test_runs_at_the_same_time_do_not_disturb_each_other(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=keep_and_read, args=(str(folder), n)) for n in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0, 0]
    found = cache.read("x", "key")
    assert found is not None
    assert len(found) == 5000
    assert [p.name for p in entries(folder)] == ["x-key"]


@pytest.mark.parametrize(
    ("platform", "given", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x/y"}, "/x/y/danvan"),
        ("linux", {"XDG_CACHE_HOME": "y"}, "/home/a/.cache/danvan"),
        ("linux", {}, "/home/a/.cache/danvan"),
        ("darwin", {}, "/home/a/Library/Caches/danvan"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/danvan/Cache"),
        ("win32", {}, None),
        ("linux", {"DANVAN_CACHE_DIR": "/z"}, "/z"),
        ("linux", {"DANVAN_CACHE_DIR": "/z", "DANVAN_NO_CACHE": "1"}, None),
    ],
)
def test_where_the_cache_is(
    platform: str, given: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "DANVAN_CACHE_DIR", "DANVAN_NO_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/a"))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert cache.place() == (Path(expected) if expected else None)
