"""Files written whole or not at all; what a person has changed is never lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from danvan_cli.errors import WriteError
from danvan_cli.word.package import is_untouched


class Verdict(StrEnum):
    """What became of a file."""

    NEW = "moi"
    SAME = "khong_doi"
    REPLACED = "ghi_lai"
    KEPT = "giu_nguyen"
    SET_ASIDE = "cat_ban_sua"


@dataclass(frozen=True)
class Written:
    """A file and what became of it; `aside` is where an edited one was put."""

    path: Path
    verdict: Verdict
    aside: Path | None = None


def write_all(
    folder: Path, files: Iterable[tuple[str, bytes]], *, force: bool = False
) -> tuple[Written, ...]:
    """Each of `files` in `folder`, or every one left as it was.

    An existing file of other bytes is kept, unless `force`; then one that a person has changed
    is first put aside under a new name.

    Raises:
        WriteError: the folder or a file cannot be written; nothing has been changed then.
    """
    files = list(files)
    plan = [(folder / name, data, _verdict(folder / name, data, force)) for name, data in files]
    ready: list[tuple[Path, Path, Verdict]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data, verdict in plan:
            if verdict not in (Verdict.SAME, Verdict.KEPT):
                ready.append((_temporary(path, data), path, verdict))
    except OSError as error:
        for temporary, _, _ in ready:
            temporary.unlink(missing_ok=True)
        raise _refused(folder, error) from error
    asides = _put_in_place(ready)
    return tuple(Written(path, verdict, asides.get(path)) for path, _, verdict in plan)


def _put_in_place(ready: list[tuple[Path, Path, Verdict]]) -> dict[Path, Path]:
    """Every temporary file under its own name, or every file as it was.

    Where the copies of edited files are, by file.
    """
    copies: dict[Path, Path] = {}
    placed: list[Path] = []
    path = Path()
    try:
        for temporary, path, verdict in ready:
            if verdict is not Verdict.NEW:
                copies[path] = _copied(path, aside=verdict is Verdict.SET_ASIDE)
            temporary.replace(path)
            placed.append(path)
    except OSError as error:
        for done in placed:
            if done in copies:
                copies.pop(done).replace(done)
            else:
                done.unlink()
        for leftover in (*copies.values(), *(temporary for temporary, _, _ in ready)):
            leftover.unlink(missing_ok=True)
        raise _refused(path, error) from error
    for _, path, verdict in ready:
        if verdict is Verdict.REPLACED:
            copies.pop(path).unlink()
    return copies


def _verdict(path: Path, data: bytes, force: bool) -> Verdict:
    if not path.exists():
        return Verdict.NEW
    try:
        present = path.read_bytes()
    except OSError as error:
        raise _refused(path, error) from error
    if present == data:
        return Verdict.SAME
    if not force:
        return Verdict.KEPT
    return Verdict.REPLACED if is_untouched(present) else Verdict.SET_ASIDE


def _temporary(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        made.chmod(0o644)
    except OSError:
        with suppress(OSError):
            made.unlink()
        raise
    return made


def _copied(path: Path, *, aside: bool) -> Path:
    if not aside:
        return _temporary(path, path.read_bytes())
    number = 1
    while (copy := path.with_name(f"{path.stem}.ban-sua-{number}{path.suffix}")).exists():
        number += 1
    return Path(shutil.copy2(path, copy))


def _refused(path: Path, error: OSError) -> WriteError:
    why = {
        PermissionError: "không có quyền ghi, hoặc tệp đang mở trong Word.",
        NotADirectoryError: "một phần của đường dẫn là tệp, không phải thư mục.",
        FileExistsError: "đã có một tệp trùng tên thư mục này.",
        IsADirectoryError: "ở đây đã có một thư mục cùng tên.",
    }.get(type(error), "không ghi được ở đây.")
    return WriteError(path, why, "Đóng tệp hoặc chọn thư mục khác bằng -o.")
