"""Random inputs for as long as one likes: `python -m tests.fuzz --n 100000 --seed 1`.

Each kind of input in turn; a fault is written down once, with its input, in the folder `--into`.
No internal error may come, and nothing may take more than the bounds of meeting.py.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import typer.main

from danvan_cli.cli import app
from danvan_cli.load import choosing
from danvan_cli.validate import opened
from tests.cities import SMALL
from tests.fuzz.commands import TARGETS
from tests.fuzz.meeting import Fault, met
from tests.fuzz.targets import Bench


def faults_of(
    kinds: list[str],
    count: int,
    seed: int,
    folder: Path,
    until: float = float("inf"),
    tell: Callable[[Fault, int], None] = lambda _, __: None,
) -> tuple[list[Fault], Counter[str], dict[str, float]]:
    """The faults in `count` inputs, how many of each kind were met, and the longest seconds."""
    bench = Bench(folder)
    faults: list[Fault] = []
    done: Counter[str] = Counter()
    longest: dict[str, float] = dict.fromkeys(kinds, 0.0)
    for number in range(count):
        if time.monotonic() > until:
            break
        kind = kinds[number % len(kinds)]
        random = Random(f"{seed}/{number}")
        name, data = TARGETS[kind].make(random, bench)
        work = folder / "viec"
        work.mkdir(exist_ok=True)
        fault, took = met(kind, name, data, work, bench)
        done[kind] += 1
        longest[kind] = max(longest[kind], took)
        if fault is not None:
            faults.append(fault)
            tell(fault, number)
        if number % 1_000 == 999:
            print(f"{number + 1} met", flush=True)
        if number % 50 == 0:
            shutil.rmtree(work, ignore_errors=True)
    return faults, done, longest


def _warm() -> None:
    """What is the same for every input is made once: the command line, the small city."""

    def kept(load: Any) -> Any:
        again = cache(load)
        return lambda folder, *year: (
            again(folder, *year) if Path(folder).is_relative_to(SMALL) else load(folder, *year)
        )

    for module, name in ((typer.main, "get_command"), (app, "loaded")):
        setattr(module, name, cache(getattr(module, name)))
    for module, name in ((choosing, "ready_catalogue"), (opened, "load_catalogue")):
        setattr(module, name, kept(getattr(module, name)))


def _told(into: Path, seed: int) -> Callable[[Fault, int], None]:
    """Writes each fault down as it comes, the input of each cause once."""
    seen: set[str] = set()

    def tell(fault: Fault, number: int) -> None:
        print(f"{number} {fault.kind} {fault.name}: {fault.mark}", flush=True)
        if fault.mark in seen:
            return
        seen.add(fault.mark)
        into.mkdir(parents=True, exist_ok=True)
        stem = into / f"{seed}-{len(seen):03d}-{fault.kind}".replace(" ", "-")
        stem.with_suffix(f".{fault.name.replace('/', '+')}").write_bytes(fault.data)
        stem.with_suffix(".txt").write_text(f"{fault.name}\n{fault.what}", "utf-8")

    return tell


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=sorted(TARGETS), action="append")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--into", type=Path, default=Path("fuzz-loi"))
    asked = parser.parse_args()
    _warm()
    until = time.monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        faults, done, longest = faults_of(
            *(asked.kind or sorted(TARGETS), asked.n, asked.seed, Path(folder), until),
            tell=_told(asked.into, asked.seed),
        )
    for kind in done:
        bad = sum(fault.kind == kind for fault in faults)
        print(f"{kind:12} {done[kind]:7} inputs, {bad:4} faults, longest {longest[kind]:.2f} s")
    print(
        f"{sum(done.values())} inputs, {len(faults)} faults of {len({f.mark for f in faults})} causes"
    )


if __name__ == "__main__":
    main()
