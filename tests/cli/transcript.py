r"""A session at the command line, as it is written down and as it goes.

    $ danvan render ho-so.yaml -o ra     a command; `< name` gives it a file to read
      ra/dong-xuan.docx                  what it prints
    ! Trước khi ký, soát lại: ...        what it prints as error
    [1]                                  its exit code, if that is not 0
    + ra/dong-xuan.docx                  in the end: files made, `~` changed, `-` gone

    -- ho-so.yaml --                     the files it starts with, their text below
    -- mau.txt (utf-16) --               in another encoding
    -- vao.txt (escaped) --              with \n, \r, \x00 written out

Lines that begin with # say what the session is about.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FILE = re.compile(r"^-- (\S+)(?: \(([\w-]+)\))? --\n", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A command line: its arguments, and the file it reads from standard input."""

    line: str
    arguments: tuple[str, ...]
    reads: str = ""

    @classmethod
    def of(cls, line: str) -> Command:
        words = shlex.split(line)
        assert words[0] == "danvan", line
        if "<" in words:
            at = words.index("<")
            return cls(line, tuple(words[1:at]), words[at + 1])
        return cls(line, tuple(words[1:]))


@dataclass(frozen=True)
class Session:
    """A session read from its file: comments, commands, files, and how it went."""

    about: str
    commands: tuple[Command, ...]
    went: str
    files: dict[str, bytes]
    archive: str

    @classmethod
    def read(cls, path: Path) -> Session:
        text = path.read_bytes().decode()
        first = _FILE.search(text)
        went, archive = (text[: first.start()], text[first.start() :]) if first else (text, "")
        lines = went.rstrip("\n").splitlines(keepends=True)
        about = "".join(line for line in lines if line.startswith("#"))
        said = "".join(line for line in lines if not line.startswith("#"))
        said += "" if said.endswith("\n") else "\n"
        commands = tuple(Command.of(line[2:].strip()) for line in lines if line.startswith("$ "))
        return cls(about, commands, said, dict(_files(archive)), archive)

    def written(self, went: str) -> str:
        """The text of the session if it had gone as `went`."""
        return self.about + went + ("\n" + self.archive if self.archive else "")


def _files(archive: str) -> Iterator[tuple[str, bytes]]:
    parts = _FILE.split(archive)[1:]
    for name, kind, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield name, _encoded(text, kind or "utf-8")


def _encoded(text: str, kind: str) -> bytes:
    if kind != "escaped":
        return text.encode(kind)
    written = text.removesuffix("\n").encode("latin-1", "backslashreplace")
    return written.decode("unicode_escape").encode()


def step(command: Command, out: str, err: str, code: int) -> str:
    """How one command went."""
    lines = [f"$ {command.line}"]
    lines += [f"  {line}" if line else "" for line in out.removesuffix("\n").split("\n") if out]
    lines += [f"! {line}" if line else "!" for line in err.removesuffix("\n").split("\n") if err]
    lines += [f"[{code}]"] if code else []
    return "".join(f"{line}\n" for line in lines)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """What became of the files."""
    lines = []
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            lines.append(f"+ {name}\n")
        elif name not in after:
            lines.append(f"- {name}\n")
        elif before[name] != after[name]:
            lines.append(f"~ {name}\n")
    return "".join(lines)
