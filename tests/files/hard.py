"""Real kills at random moments, and runs that race each other and another program's saves.

By hand, on a system with fork: `python -m tests.files.hard [kills] [races] [seed]`. What is held
at every single step, one after another, is in test_faults.py; here the system decides.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from danvan_cli.files import Judge, replaced, write_all

OURS, EDIT = b"made by danvan", b"edited by hand"
NAMES = ("ours", "edited", "absent")
_SIZE = 500
JUDGE: Judge = replaced(lambda data: data.startswith((OURS, b"new")))


def main() -> None:
    """Do them all and print how they came out; a loss or damage stops at once."""
    kills, races, seed = (int(a) for a in (*sys.argv[1:], "1000", "10000", "1")[:3])
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        usual = _usual(Path(temporary) / "0")
        seen = Counter(_killed(Path(temporary) / f"k{n}", chance, usual) for n in range(kills))
        sys.stdout.write(f"{kills} lần giết: {dict(sorted(seen.items()))}\n")
        seen = Counter(_raced(Path(temporary) / f"r{n}", chance, usual) for n in range(races))
        sys.stdout.write(f"{races} lần đua: {dict(sorted(seen.items()))}\n")


def _new(run: int) -> dict[str, bytes]:
    return dict.fromkeys(NAMES, b"new %d " % run * _SIZE)


def _start(folder: Path) -> None:
    folder.mkdir()
    (folder / "ours").write_bytes(OURS * _SIZE)
    (folder / "edited").write_bytes(EDIT * _SIZE)


def _put(folder: Path, run: int) -> None:
    write_all([(folder / name, data) for name, data in _new(run).items()], JUDGE)


def _apart(call: Callable[[], object]) -> int:
    """The process that does `call`; it ends with 1 if that fails."""
    process = os.fork()
    if process:
        return process
    try:
        call()
    except BaseException as error:  # the process ends here whatever it is
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _usual(folder: Path) -> float:
    """How many seconds a run takes from the start of its process."""
    _start(folder)
    start = time.perf_counter()
    os.waitpid(_apart(lambda: _put(folder, 1)), 0)
    return time.perf_counter() - start


def _killed(folder: Path, chance: random.Random, usual: float) -> str:
    """A run killed at some moment; how far it had come. The next run ends as if it had not been."""
    _start(folder)
    process = _apart(lambda: _put(folder, 1))
    time.sleep(chance.random() * 1.5 * usual)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    found, new = _contents(folder), _new(1)
    whole = {"ours": (OURS * _SIZE, new["ours"]), "edited": (EDIT * _SIZE, new["edited"])}
    assert all(found[name] in whole[name] for name in whole), "a file is damaged"
    assert found.get("absent") in (None, new["absent"]), "a file is damaged"
    assert EDIT * _SIZE in found.values(), "an edit is lost"
    written = sum(found.get(name) == new[name] for name in NAMES)
    left = sum(name.startswith(".danvan-") for name in found)
    _put(folder, 1)
    assert _contents(folder) == {**new, "edited.ban-sua-1": EDIT * _SIZE}, "something is left over"
    return f"{written}/3 tệp đã thay, {'còn' if left else 'không'} tệp tạm"


def _raced(folder: Path, chance: random.Random, usual: float) -> str:
    """Two to four runs at once, and another program that saves one of the files meanwhile."""
    _start(folder)
    count = chance.randint(2, 4)
    name, saved = chance.choice(NAMES), b"saved " * _SIZE
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
    codes = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]
    assert codes == [0] * (count + 1), codes
    found = _contents(folder)
    assert saved in found.values(), "a save is lost"
    assert EDIT * _SIZE in found.values() or name == "edited", "an edit is lost"
    assert not [n for n in found if n.startswith(".danvan-")], "something is left over"
    known = {data for run in range(count) for data in _new(run).values()}
    known |= {saved, EDIT * _SIZE, OURS * _SIZE}
    assert set(found.values()) <= known, "a file is damaged"
    return f"{count} lượt cùng lúc"


if __name__ == "__main__":
    main()
