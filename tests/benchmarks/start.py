"""Whole processes beside a Typer command that does nothing, on an install as users have it."""

from __future__ import annotations

import compileall
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from tests.benchmarks.turns import clean_environment, processes_in_turns, say, table
from tests.cities import ROOT

ROUNDS = 15
NOTHING = '''
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    """Nothing."""
'''
UNIT = "nghi-duong"
LINES = {
    "--help": ["--help"],
    "--version": ["--version"],
    "rule": ["rule"],
    "localize, có đệm": ["localize", UNIT],
    "render, có đệm": ["render", UNIT, "-o", "ra"],
}


def main() -> None:
    """Install, run in turns, print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        installed = folder / "goi"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--target", str(installed), str(ROOT)], check=True)
        (installed / "khong_gi.py").write_text(NOTHING, "utf-8")
        compileall.compile_dir(installed, quiet=1)
        path = f"{installed}:{sysconfig.get_paths()['purelib']}"
        environment = clean_environment(
            PYTHONPATH=path, DANVAN_CACHE_DIR=str(folder / "dem"), COLUMNS="100"
        )
        danvan = [sys.executable, "-c", "from danvan_cli.__main__ import main; main()"]
        commands = {
            "lệnh Typer không làm gì": [sys.executable, "-c", "from khong_gi import app; app()"],
            **{f"danvan {name}": [*danvan, *line] for name, line in LINES.items()},
            "danvan gợi ý (phím Tab)": _completion(danvan),
            "danvan localize, không đệm": ["env", "DANVAN_NO_CACHE=1", *danvan, "localize", UNIT],
            "danvan render, không đệm": [
                *("env", "DANVAN_NO_CACHE=1", *danvan, "render", UNIT, "-o", "ra"),
            ],
        }
        times = processes_in_turns(commands, ROUNDS, folder, environment)
        say(table(times, "lệnh Typer không làm gì"))


def _completion(danvan: list[str]) -> list[str]:
    asked = {"_DANVAN_COMPLETE": "complete_bash", "COMP_WORDS": "danvan re", "COMP_CWORD": "1"}
    program = "import sys; sys.argv[0] = 'danvan'; " + danvan[-1]
    return ["env", *(f"{k}={v}" for k, v in asked.items()), *danvan[:-1], program]


if __name__ == "__main__":
    main()
