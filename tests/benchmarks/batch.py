"""The documents of every unit: made and written by one process and by all, then judged."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from danvan_cli.parallel import cores
from tests.benchmarks.turns import clean_environment, say
from tests.cities import ROOT


def main() -> None:
    """Run each command on a fresh folder and print its seconds on the clock."""
    danvan = [sys.executable, "-m", "danvan_cli"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environment = clean_environment(
            PYTHONPATH=str(ROOT), DANVAN_CACHE_DIR=str(folder / "dem"), TMPDIR=str(folder)
        )

        def run(*line: str) -> None:
            start = time.perf_counter()
            done = subprocess.run(
                [*danvan, *line], cwd=folder, env=environment, capture_output=True, check=False
            )
            seconds = time.perf_counter() - start
            last = (done.stdout.decode().splitlines() or [""])[-1]
            say(f"danvan {' '.join(line):<44} {seconds:7.2f} s  [{done.returncode}] {last}")

        run("--version")
        run("localize", "an-lao")
        for jobs in ("1", str(cores())):
            for _ in range(2):
                shutil.rmtree(folder / "ra", ignore_errors=True)
                run("render", "--tat-ca", "-o", "ra", "-j", jobs)
        run("render", "--tat-ca", "-o", "ra")
        for jobs in ("1", str(cores())):
            run("validate", "ra", "-j", jobs)


if __name__ == "__main__":
    main()
