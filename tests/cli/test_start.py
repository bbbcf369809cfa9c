"""What a command brings into the process: names and help without the commands, no library for nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from danvan_cli.cli import app as command_line
from danvan_cli.cli.app import COMMANDS, loaded
from tests.cities import ROOT, SMALL

SEEN = "import sys; from danvan_cli.cli.app import run; code = run(sys.argv[1:]);"
SEEN += " sys.stderr.write('\\n' + ' '.join(sorted(sys.modules))); sys.exit(code)"

NET = ["http", "ssl", "urllib.request", "xml.sax", "email.mime", "asyncio"]
WORD = ["docx", "docxtpl", "lxml", "jinja2"]
PAGES = ["rich", "markdown_it", "pygments"]
GUESSES = ["rapidfuzz"]
YAML = ["yaml", "danvan_cli.load.source"]
WORK = ["danvan_cli.models", "danvan_cli.localize", "danvan_cli.render", "danvan_cli.grammar"]
JUDGING = ["danvan_cli.validate.engine", "danvan_cli.validate.checks", "danvan_cli.reading"]
SLOW_WHEN_READY = ["yaml", "danvan_cli.load.source", "danvan_cli.load.fields"]
NOT_FOR: dict[str, list[str]] = {
    "--version": [*NET, *WORD, *PAGES, *GUESSES, *YAML, *WORK, *JUDGING, "pydantic"],
    "--help": [*NET, *WORD, *GUESSES, *YAML, *WORK, *JUDGING, "pydantic"],
    "rule": [*NET, *WORD, *PAGES, *GUESSES, *YAML, *WORK, *JUDGING],
    "rule DV305": [*NET, *WORD, *PAGES, *GUESSES, *YAML, *WORK, *JUDGING],
    "parse deadline x": [*NET, *WORD, *PAGES, *GUESSES, *YAML, *JUDGING, "danvan_cli.models"],
    "localize dong-xuan --format json": [*NET, *WORD, *PAGES, *GUESSES, *JUDGING],
    "diff dong-xuan tay-mo": [*NET, *WORD, *PAGES, *GUESSES, *JUDGING],
    "explain dong-xuan 1.1": [*NET, *WORD, *PAGES, *GUESSES, *JUDGING],
    "init dong-xuan -o ho-so.yaml": [*NET, *PAGES, *GUESSES, *JUDGING],
    "render dong-xuan -o ra": [*NET, *PAGES, *GUESSES, *JUDGING],
    "templates": [*NET, *WORD, *PAGES, *GUESSES, *JUDGING],
    "schema ho-so": [*NET, *WORD, *PAGES, *GUESSES, *JUDGING],
    "import khong-co.docx": [*NET, *PAGES],
    "pull khong-co.docx khong-co.yaml": [*NET, *PAGES],
    "new city x": [*NET, *WORD, *PAGES, *JUDGING],
    "upgrade khong-co.yaml --nam 2028": [*NET, *WORD, *PAGES, *JUDGING],
    "impact khong-co khong-co": [*NET, *PAGES],
    "validate": [*NET, *PAGES],
}


def run_apart(folder: Path, arguments: list[str], **more: str) -> tuple[int, str, set[str]]:
    """Run danvan in a process of its own; its exit code, what it printed, the modules it loaded."""
    more = more or {"DANVAN_NO_CACHE": "1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", SEEN, *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "DANVAN_CATALOG": str(SMALL), **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, set(done.stderr.rpartition("\n")[2].split())


@pytest.mark.parametrize("line", NOT_FOR)
def test_a_command_imports_only_what_it_needs(line: str, tmp_path: Path) -> None:
    _, _, modules = run_apart(tmp_path, line.split())
    assert "danvan_cli.cli.app" in modules
    assert not modules & set(NOT_FOR[line])


@pytest.mark.parametrize("line", ["localize dong-xuan", "localize ho-so.yaml"])
def test_nothing_is_read_again_that_an_earlier_run_read(line: str, tmp_path: Path) -> None:
    (tmp_path / "ho-so.yaml").write_text("don_vi: dong-xuan\nnguoi_ky: de_trong\n", "utf-8")
    cache = str(tmp_path / "cache")
    said = [run_apart(tmp_path, line.split(), DANVAN_CACHE_DIR=cache) for _ in range(2)]
    assert said[0][:2] == said[1][:2]
    assert set(SLOW_WHEN_READY) <= said[0][2]
    assert not said[1][2] & {*SLOW_WHEN_READY, *NET, *WORD, *PAGES, *GUESSES, *JUDGING}


def test_a_template_is_not_prepared_again(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    lines = (["render", "dong-xuan", "-o", folder] for folder in ("mot", "hai"))
    first, second = (run_apart(tmp_path, line, DANVAN_CACHE_DIR=cache) for line in lines)
    assert (first[0], second[0]) == (0, 0)
    assert {"lxml", "jinja2", "yaml"} <= first[2]
    assert not second[2] & {*SLOW_WHEN_READY, *NET, *WORD, *PAGES, *GUESSES, *JUDGING}
    made = [{p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("mot", "hai")]
    assert made[0] == made[1]


def test_every_command_has_its_line_above() -> None:
    assert {line.split()[0] for line in NOT_FOR if not line.startswith("-")} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_its_own_help_begins_with(name: str) -> None:
    assert (loaded(name).help or "").splitlines()[0] == COMMANDS[name]


def test_completion_knows_commands_and_their_options(tmp_path: Path) -> None:
    asked = {"_DANVAN_COMPLETE": "complete_bash", "COMP_WORDS": "danvan re", "COMP_CWORD": "1"}
    script = "from danvan_cli.__main__ import main; import sys; sys.argv = ['danvan']; main()"
    said = []
    for words in ("danvan re", "danvan render --tat"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), **asked, "COMP_WORDS": words}
        env["COMP_CWORD"] = str(len(words.split()) - 1)
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        said.append(done.stdout.decode().split())
    assert said == [["render"], ["--tat-ca"]]


def test_the_library_sees_every_command() -> None:
    assert list(typer.main.get_group(command_line.app).commands) == list(COMMANDS)
