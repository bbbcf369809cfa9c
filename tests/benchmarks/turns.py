"""Things timed in turns, so that a slow minute of the machine is everybody's."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

Call = Callable[[], object]
Times = Mapping[str, list[float]]


def in_turns(calls: Mapping[str, Call], rounds: int) -> Times:
    """Processor seconds of each call in each round; a first round is not counted."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for name, call in calls.items():
            start = time.process_time()
            call()
            if number:
                times[name].append(time.process_time() - start)
    return times


def processes_in_turns(
    commands: Mapping[str, list[str]], rounds: int, folder: Path, environment: Mapping[str, str]
) -> Times:
    """Processor seconds of each command as a whole process, in each round but the first."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            before = _spent()
            done = subprocess.run(
                command, cwd=folder, env=dict(environment), capture_output=True, check=False
            )
            if done.returncode not in (0, 1):
                raise SystemExit(f"{name}: {done.stderr.decode()}")
            if number:
                times[name].append(_spent() - before)
    return times


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(times: Times, base: str) -> str:
    """A line each: the median in milliseconds, and the median of the ratios within a round."""
    width = max(map(len, times))
    lines = [f"{'':{width}}  {'ms':>9}  {'lần':>7}"]
    for name, own in times.items():
        ratio = median(one / other for one, other in zip(own, times[base], strict=True))
        lines.append(f"{name:{width}}  {1000 * median(own):9.2f}  {ratio:7.2f}")
    return "\n".join(lines) + "\n"


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def clean_environment(**more: str) -> dict[str, str]:
    """What a user's process has: byte code is written, no setting of danvan's is made."""
    left = ("DANVAN_", "PYTHON")
    return {k: v for k, v in os.environ.items() if not k.startswith(left)} | more
