"""`danvan render --giu-sua`: papers edited by hand, made new round what the person wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli.console import note, out
from danvan_cli.cli.papers import code_of, say
from danvan_cli.errors import ExitCode
from danvan_cli.files import Verdict, Written, write_all
from danvan_cli.load.folders import shown_path
from danvan_cli.text import shortened

if TYPE_CHECKING:
    from danvan_cli.word.renewal.renew import Renewed


@dataclass
class _Files:
    """The files to be written, and what came of those a person had edited."""

    new: Mapping[Path, bytes]
    read: dict[Path, bytes] = field(default_factory=dict)
    made: dict[Path, Renewed] = field(default_factory=dict)
    unknown: dict[Path, str] = field(default_factory=dict)

    def bytes_for(self, path: Path) -> bytes:
        """What is to stand at `path`: the new paper, or the edited one made new."""
        from danvan_cli.word.pack import is_untouched  # reads Word files
        from danvan_cli.word.package import PackageError
        from danvan_cli.word.renewal.renew import Words, renewed

        if not path.is_file():
            return self.new[path]
        present = self.read[path] = path.read_bytes()
        if is_untouched(present):
            return self.new[path]
        words = Words(
            changed="Bản mới của danvan: {}",
            left_out="Bản mới của danvan không có đoạn này.",
            deleted="Sau đoạn này, bản mới của danvan có: {}",
        )
        try:
            made = renewed(present, self.new[path], words)
        except PackageError as error:
            self.unknown[path] = error.found
            return self.new[path]
        if made is None:
            self.unknown[path] = "tệp không cho biết danvan đã viết gì"
            return self.new[path]
        if not made.renewed and not made.conflicts:
            return present
        self.made[path] = made
        return made.data

    def judge(self, path: Path, present: bytes) -> Verdict:
        """Put aside what a person edited; leave what nobody can tell apart, or was just saved."""
        if path in self.unknown or self.read.get(path) != present:
            return Verdict.KEPT
        return Verdict.SET_ASIDE if path in self.made else Verdict.REPLACED


def renew(files: Iterable[tuple[Path, bytes]]) -> ExitCode:
    """Write `files`; those a person edited keep her changes, and the old ones are put aside."""
    work = _Files(dict(files))
    written = write_all([(path, work.bytes_for(path)) for path in work.new], work.judge)
    for item in written:
        _say(item, work)
    conflicts = any(made.conflicts for made in work.made.values())
    code = code_of(written)
    return ExitCode.FINDINGS if conflicts and code is ExitCode.CLEAN else code


def _say(item: Written, work: _Files) -> None:
    made = work.made.get(item.path)
    if item.path in work.unknown and item.verdict is Verdict.KEPT:
        note(
            f"{shown_path(item.path)}: {work.unknown[item.path]}, giữ nguyên."
            " Thêm --force thay cho --giu-sua để làm lại; tệp cũ được cất riêng."
        )
        return
    if made is None or item.verdict is not Verdict.SET_ASIDE:
        say(item)
        return
    aside = shown_path(item.aside) if item.aside else ""
    out(
        f"{shown_path(item.path)} (làm mới {len(made.renewed)} chỗ, giữ {len(made.kept)} chỗ sửa"
        f" tay; bản cũ cất ở {aside})"
    )
    for text in made.conflicts:
        note(f"Cả hai cùng đổi, giữ chữ đã sửa tay, bên cạnh có chú thích. {shortened(text)}")
