"""README.md: every block of it is run, or held against the files it speaks of."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from danvan_cli.text import breakable

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(
    r"(?:^<!-- (?P<mark>[^>]+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)
WRITTEN, ADDED = "tệp: ", "thêm vào: "
GATE = ROOT / ".ci" / "run"


@dataclass(frozen=True)
class Block:
    """A fenced block, the comment before it, and the line it starts on."""

    mark: str
    kind: str
    body: str
    line: int


BLOCKS = [
    Block(m["mark"] or "", m["kind"], m["body"], README[: m.start("body")].count("\n"))
    for m in FENCE.finditer(README)
]


def of_kind(kind: str) -> list[Block]:
    return [block for block in BLOCKS if block.kind == kind]


def said_by(arguments: list[str], folder: Path) -> tuple[str, int]:
    """What danvan prints and its exit code, run in `folder` as a reader would."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DANVAN_")}
    environment |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100"}
    environment |= {"DANVAN_NO_CACHE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "danvan_cli", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout, done.returncode


def steps(block: Block) -> list[tuple[str, str]]:
    """The commands of a console block, each with the lines expected after it."""
    parts = re.split(r"^\$ (.*)\n", block.body, flags=re.M)
    assert not parts[0], f"README.md:{block.line}: a console block begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a Word file as they read, whatever its lines are not broken at."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ("".join(t.text or "" for t in p.iter(f"{w}t")) for p in body.iter(f"{w}p"))
    return [breakable(line) for line in lines]


def test_every_block_is_of_a_kind_some_test_here_reads() -> None:
    assert {block.kind for block in BLOCKS} == {"bash", "console", "text", "yaml"}


def test_console_blocks_print_what_the_readme_says(tmp_path: Path) -> None:
    for block in BLOCKS:
        if block.kind == "yaml" and block.mark.startswith(WRITTEN):
            path = tmp_path / block.mark.removeprefix(WRITTEN)
            path.write_text(block.body, encoding="utf-8", newline="\n")
        elif block.kind == "yaml" and block.mark.startswith(ADDED):
            path = tmp_path / block.mark.removeprefix(ADDED)
            path.write_text(path.read_text(encoding="utf-8") + block.body, encoding="utf-8")
        elif block.kind == "console":
            code = 0
            for command, expected in steps(block):
                if command == "echo $?":
                    printed, code = f"{code}\n", 0
                else:
                    assert code == 0, f"README.md:{block.line}: {code} before '{command}'"
                    program, *arguments = shlex.split(command)
                    assert program == "danvan"
                    printed, code = said_by(arguments, tmp_path)
                assert printed == expected, f"README.md:{block.line}: {command}"
            assert code == 0


def test_documents_the_readme_makes_are_on_disk(tmp_path: Path) -> None:
    printed, code = said_by(["render", "an-lao"], tmp_path)
    assert code == 0
    made = [name for name in printed.splitlines() if name.endswith(".docx")]
    assert len(made) == 5
    assert all(zipfile.is_zipfile(tmp_path / name) for name in made)


def test_yaml_of_the_catalogue_is_as_the_catalogue_has_it() -> None:
    (shown,) = [block.body for block in of_kind("yaml") if not block.mark]
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "catalog").rglob("danh_muc.yaml")]
    indented = (textwrap.indent(shown, " " * depth) for depth in range(0, 16, 2))
    assert any(text in whole for text in indented for whole in texts)


def test_paragraph_of_the_readme_is_what_the_example_prints(tmp_path: Path) -> None:
    quoted = re.findall(r"^> (.*)$", README, re.M)
    lines = [line.removesuffix("<br>").replace("\\", "") for line in quoted]
    _, code = said_by(["render", str(ROOT / "examples" / "phu-lien"), "-o", "."], tmp_path)
    assert code == 0
    (made,) = tmp_path.glob("*chuong-trinh*.docx")
    printed = paragraphs(made)
    start = printed.index(lines[0])
    assert printed[start : start + len(lines)] == lines


def test_commands_of_the_table_are_the_commands_there_are(tmp_path: Path) -> None:
    listed = set(re.findall(r"^\| `danvan (\w+)", README, re.M))
    help_page, code = said_by(["--help"], tmp_path)
    assert code == 0
    assert listed == set(re.findall(r"^│ ([a-z]+) {2,}", help_page, re.M))


def test_places_named_in_the_readme_exist() -> None:
    (tree,) = of_kind("text")
    named = [line.split()[0] for line in tree.body.splitlines()]
    linked = re.findall(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"", README)
    backticked = re.findall(r"`((?:catalog|templates|examples|danvan_cli|tests)/[^`*]*)`", README)
    for name in [*named, *(a or b for a, b in linked), *backticked]:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("mark", ["main", "test"])
def test_set_up_is_one_command_and_the_gate_runs_that_one(mark: str) -> None:
    (block,) = [b for b in of_kind("bash") if b.mark == mark]
    assert len(block.body.splitlines()) == 1
    bash = shutil.which("bash")
    if bash is None or os.name == "nt":
        pytest.skip("no bash here")
    shown = subprocess.run(
        [bash, str(GATE), "--show", mark], capture_output=True, encoding="utf-8", check=True
    )
    assert shown.stdout == block.body


def test_gate_names_no_test_command_of_its_own() -> None:
    assert "pytest" not in GATE.read_text(encoding="utf-8")


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 160
