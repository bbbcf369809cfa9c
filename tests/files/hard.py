"""Real kills, full disks, races and another program's saves, met by the writer and by commands.

By hand, on Linux: `python -m tests.files.hard --kills 1000 --races 10000 --seed 1`. Each run is a
process forked from this one, which has everything loaded. What is held at every single step of
the writer, one after another, is in test_faults.py; here the system decides, and real commands
(commands.py) are met at every change they make on the disk.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

from danvan_cli.files import Judge, kept, replaced, write_all
from tests.files.commands import CASES, Case, danvan
from tests.files.test_faults import stepped

OURS, EDIT = b"made by danvan", b"edited by hand"
NAMES = ("ours", "edited", "absent")
SAVED = b"saved meanwhile " * 40
_SIZE = 500
JUDGE: Judge = replaced(lambda data: data.startswith((OURS, b"new")))
RACED = ("--fix", "render --force", "render --giu-sua", "pull", "new year", "schema", "import")
"""Commands whose second run reads what the first one made as it was before."""
Files = dict[str, bytes]
Hook = Callable[[int, str], None]


def main() -> None:
    """Do them all and print how they came out; a loss or damage stops at once."""
    parser = argparse.ArgumentParser(prog="python -m tests.files.hard")
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--races", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=CASES, action="append")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["DANVAN_CACHE_DIR"] = f"{temporary}/cache"
        top = Path(temporary)
        for name in asked.only or CASES:
            _tell(name, _met(top, name, asked.kills // (2 * len(CASES)) + 1, chance))
        if asked.only:
            return
        usual = _usual(top / "0")
        kills = (_killed(top / f"k{n}", chance, usual) for n in range(asked.kills // 2))
        _tell("tệp, giết", Counter(kills))
        _tell("lệnh, đua", Counter(_raced_commands(top, chance, asked.races // 50)))
        races = (_raced(top / f"r{n}", chance, usual) for n in range(asked.races))
        _tell("tệp, đua", Counter(races))


def _tell(what: str, seen: Counter[str]) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {what}: {dict(sorted(seen.items()))}\n")
    sys.stdout.flush()


def _apart(call: Callable[[], object]) -> int:
    """The process that does `call` with a group of its own; its exit code is what `call` gives."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        os.setpgid(0, 0)
        made = call()
        code = made if isinstance(made, int) else 0
    except BaseException as error:  # the process ends here whatever it is
        sys.stderr.write(f"{error!r}\n")
    os._exit(code)


def _code(process: int) -> int:
    """The exit code of `process`; nothing it started goes on after it."""
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    until = time.monotonic() + 30
    while True:
        try:
            os.killpg(process, 0)
        except ProcessLookupError:
            return code
        assert time.monotonic() < until, "a process goes on after its command"
        time.sleep(0.01)


# The commands, met at every change on the disk.


class _Command:
    """A case made ready: what is there before, and after a run that nothing meets."""

    def __init__(self, top: Path, name: str) -> None:
        self.case: Case = CASES[name]
        self.top = top / name.replace(" ", "_")
        self.number = 0
        first = self._folder()
        self.case.arrange(first)
        self.old = _contents(first)
        counted = self.top / "steps"
        counted.mkdir()
        warm = self.start()
        _code(_apart(lambda: self.run(warm)))  # what is kept in the cache is there now
        code = _code(_apart(lambda: self.run(first, lambda n, _: _note(counted, n))))
        assert code in (0, 1), (name, code)
        self.done = _contents(first)
        assert self.done != self.old, name
        self.total = max(int(path.read_text("ascii")) for path in counted.iterdir())
        self.usual = self._usual()
        self.kept = {data for data in self.old.values() if data in self.done.values()}

    def _folder(self) -> Path:
        self.number += 1
        folder = self.top / str(self.number)
        folder.mkdir(parents=True)
        return folder

    def _usual(self) -> float:
        """The seconds from its first change to its last."""
        at: list[float] = []
        folder, took = self.start(), self.top / "took"

        def timed() -> None:
            self.run(folder, lambda _, __: at.append(time.perf_counter()))
            took.write_text(str(at[-1] - at[0] if at else 0.05), "ascii")

        _code(_apart(timed))
        return float(took.read_text("ascii"))

    def start(self) -> Path:
        """A new folder with all that is there before."""
        folder = self._folder()
        _fill(folder, self.old)
        return folder

    def run(self, folder: Path, hook: Hook | None = None) -> int:
        """The exit code of the command in `folder`, `hook` called before each change."""
        with chdir(folder):
            if hook is None:
                return danvan(*self.case.line, city=self.case.city)
            with stepped(hook):
                return danvan(*self.case.line, city=self.case.city)

    def state(self, folder: Path) -> str:
        """How far it has come, once the next run has ended what was begun."""
        _end_what_was_begun(folder)
        found = _contents(folder)
        if found == self.done:
            return "xong"
        if found == self.old:
            return "như cũ"
        assert self.case.parts, ("a mixture", sorted(_unlike(found, self.old, self.done)))
        for part in {Path(name).parent for name in (*found, *self.done)}:
            assert _part(found, part) in (_part(self.old, part), _part(self.done, part)), part
        return "từng phần"

    def ends(self, folder: Path) -> None:
        """Run once more it is as if nothing had happened."""
        code = _code(_apart(lambda: self.run(folder)))
        assert code in (0, 1), code
        assert _contents(folder) == self.done, "another end"

    def sound(self, folder: Path) -> None:
        """Nothing in `folder` is damaged, and no edit lost."""
        found = _contents(folder, leftovers=True)
        known = {*self.old.values(), *self.done.values(), SAVED}
        names = [n for n, data in found.items() if data not in known and "/.danvan-" not in f"/{n}"]
        assert not names, ("damaged", names)
        assert self.kept <= {*found.values()}, "an edit is lost"


def _met(top: Path, name: str, moments: int, chance: random.Random) -> Counter[str]:
    command = _Command(top, name)
    seen: Counter[str] = Counter(bước=command.total)
    for step in range(1, command.total + 1):
        seen[f"giết: {_died(command, _at(step, _die))}"] += 1
        seen[f"đĩa đầy: {_filled(command, step, stays=True)}"] += 1
        seen[f"đĩa lỗi một lần: {_filled(command, step, stays=False)}"] += 1
        later = step + chance.randint(1, 12)
        seen[f"giết khi lùi: {_died(command, _failing(step, later))}"] += 1
        seen[f"lưu xen: {_saved(command, step, chance)}"] += 1
    for _ in range(moments):
        seen[f"giết bất kỳ: {_died_sometime(command, chance)}"] += 1
    return seen


def _died(command: _Command, hook: Hook) -> str:
    folder = command.start()
    _code(_apart(lambda: command.run(folder, hook)))
    command.sound(folder)
    state = command.state(folder)
    if state == "như cũ":
        command.ends(folder)
    return state


def _died_sometime(command: _Command, chance: random.Random) -> str:
    seconds = chance.random() * command.usual
    return _died(command, _at(1, lambda: _die_in(seconds)))


def _filled(command: _Command, step: int, *, stays: bool) -> str:
    """The disk is full from `step` on, or that one change fails."""
    folder = command.start()

    def hook(number: int, name: str) -> None:
        if (
            (number >= step and name in ("open", "write", "mkdir", "fsync"))
            if stays
            else number == step
        ):
            raise OSError(errno.ENOSPC if stays else errno.EIO, "fails")

    code = _code(_apart(lambda: command.run(folder, hook)))
    assert code in (0, 1, 3), code
    command.sound(folder)
    left = [name for name in _contents(folder, leftovers=True) if "/.danvan-" in f"/{name}"]
    state = command.state(folder)
    assert code != 3 or state != "xong", "done, and an error told"
    return f"{state}{', còn tệp tạm' if left else ''}"


def _saved(command: _Command, step: int, chance: random.Random) -> str:
    """Another program saves one of the files that the command changes, just before `step`."""
    folder = command.start()
    before = command.old.values()
    changed = sorted(
        n for n, data in command.done.items() if data != command.old.get(n) and data not in before
    )
    victim = folder / chance.choice(changed)
    saving = os.replace

    def save() -> None:
        if victim.parent.is_dir():
            part = folder / "~word.tmp"
            part.write_bytes(SAVED)
            saving(part, victim)

    code = _code(_apart(lambda: command.run(folder, _at(step, save))))
    assert code in (0, 1, 3), code
    _end_what_was_begun(folder)
    found = _contents(folder)
    there, name = SAVED in found.values(), victim.relative_to(folder).as_posix()
    assert there or name not in command.old, "a save is lost"
    known = {*command.old.values(), *command.done.values(), SAVED}
    assert {*found.values()} <= known, "damaged"
    lost = (
        command.kept - {*found.values()} - {command.old.get(victim.relative_to(folder).as_posix())}
    )
    assert not lost, "an edit is lost"
    return "giữ" if there else "chưa có chỗ lưu"


def _raced_commands(top: Path, chance: random.Random, races: int) -> Iterator[str]:
    commands = {name: _Command(top / "d", name) for name in RACED}
    for _ in range(races):
        name = chance.choice(RACED)
        command = commands[name]
        folder = command.start()
        count = chance.randint(2, 4)
        delays = [chance.random() * 0.03 for _ in range(count)]

        def run(delay: float, command: _Command = command, folder: Path = folder) -> int:
            time.sleep(delay)
            return command.run(folder)

        made = [_apart(lambda delay=delay: run(delay)) for delay in delays]  # type: ignore[misc]
        codes = [_code(process) for process in made]
        assert {*codes} <= {0, 1, 2, 3}, codes
        assert {0, 1} & {*codes}, (name, codes)
        left = [n for n in _contents(folder, leftovers=True) if "/.danvan-" in f"/{n}"]
        assert not left, left
        command.sound(folder)
        assert _contents(folder) == command.done, (name, codes, "another end")
        yield name


def _at(step: int, act: Callable[[], None]) -> Hook:
    return lambda number, _: act() if number == step else None


def _failing(step: int, later: int) -> Hook:
    """The change `step` fails, and the process is killed at a `later` one."""

    def hook(number: int, _: str) -> None:
        if number == later:
            _die()
        if number == step:
            raise OSError(errno.EIO, "fails")

    return hook


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_in(seconds: float) -> None:
    """The end of this process in a while, wherever it is then."""
    signal.setitimer(signal.ITIMER_REAL, seconds + 1e-6)


def _note(folder: Path, number: int) -> None:
    """How many changes this process has made so far; a command may have several."""
    (folder / str(os.getpid())).write_text(str(number), "ascii")


def _end_what_was_begun(folder: Path) -> None:
    for inner in sorted({folder, *(p for p in folder.rglob("*") if p.is_dir())}):
        if inner.is_dir() and not inner.name.startswith(".danvan-"):
            write_all([(inner / "zz", b"1")], kept)
            (inner / "zz").unlink()


def _contents(folder: Path, *, leftovers: bool = False) -> Files:
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return {n: data for n, data in found.items() if leftovers or "/.danvan-" not in f"/{n}"}


def _fill(folder: Path, files: Files) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _part(files: Files, part: Path) -> Files:
    return {name: data for name, data in files.items() if Path(name).parent == part}


def _unlike(found: Files, *wanted: Files) -> Iterator[str]:
    for name in {*found, *(name for one in wanted for name in one)}:
        how = [found.get(name) == one.get(name) for one in wanted]
        if not all(how):
            yield f"{name}: {how}"


# The writer alone: kills at any moment, races of two to four runs and another program.


def _there(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _new(run: int) -> dict[str, bytes]:
    return dict.fromkeys(NAMES, b"new %d " % run * _SIZE)


def _start(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "ours").write_bytes(OURS * _SIZE)
    (folder / "edited").write_bytes(EDIT * _SIZE)


def _put(folder: Path, run: int) -> None:
    write_all([(folder / name, data) for name, data in _new(run).items()], JUDGE)


def _usual(folder: Path) -> float:
    """How many seconds a run takes in a process of its own."""
    made = []
    for number in range(9):
        trial, took = folder / str(number), folder / f"{number}.txt"
        _start(trial)

        def timed(trial: Path = trial, took: Path = took) -> None:
            start = time.perf_counter()
            _put(trial, 1)
            took.write_text(str(time.perf_counter() - start), "ascii")

        _code(_apart(timed))
        made.append(float(took.read_text("ascii")))
    return sorted(made)[4]


def _killed(folder: Path, chance: random.Random, usual: float) -> str:
    """A run killed at some moment; how far it had come. The next run ends as if it had not been."""
    _start(folder)
    seconds = chance.random() * usual

    def put() -> None:
        _die_in(seconds)
        _put(folder, 1)

    _code(_apart(put))
    found, new = _there(folder), _new(1)
    whole = {"ours": (OURS * _SIZE, new["ours"]), "edited": (EDIT * _SIZE, new["edited"])}
    assert all(found[name] in whole[name] for name in whole), "a file is damaged"
    assert found.get("absent") in (None, new["absent"]), "a file is damaged"
    assert EDIT * _SIZE in found.values(), "an edit is lost"
    written = sum(found.get(name) == new[name] for name in NAMES)
    left = sum(name.startswith(".danvan-") for name in found)
    _put(folder, 1)
    assert _there(folder) == {**new, "edited.ban-sua-1": EDIT * _SIZE}, "something is left over"
    return f"{written}/3 tệp đã thay, {'còn' if left else 'không'} tệp tạm"


def _raced(folder: Path, chance: random.Random, usual: float) -> str:
    """Two to four runs at once, and another program that saves one of the files meanwhile."""
    _start(folder)
    count = chance.randint(2, 4)
    name, saved = chance.choice(NAMES), SAVED
    delays = [chance.random() * usual for _ in range(count + 1)]

    def save() -> None:
        time.sleep(delays[count])
        other = folder / "~word.tmp"
        other.write_bytes(saved)
        other.replace(folder / name)

    def run(number: int) -> None:
        time.sleep(delays[number])
        _put(folder, number)

    processes = [_apart(lambda number=number: run(number)) for number in range(count)]  # type: ignore[misc]
    processes.append(_apart(save))
    codes = [_code(process) for process in processes]
    assert codes == [0] * (count + 1), codes
    found = _there(folder)
    assert saved in found.values(), "a save is lost"
    assert EDIT * _SIZE in found.values() or name == "edited", "an edit is lost"
    assert not [n for n in found if n.startswith(".danvan-")], "something is left over"
    known = {data for run in range(count) for data in _new(run).values()}
    known |= {saved, EDIT * _SIZE, OURS * _SIZE}
    assert set(found.values()) <= known, "a file is damaged"
    return f"{count} lượt cùng lúc"


if __name__ == "__main__":
    main()
