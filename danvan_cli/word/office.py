"""Word files to PDF by LibreOffice, where it is there: one process for some hundred files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from danvan_cli.errors import OfficeError

FONT = "Times New Roman"
TWINS = (FONT, "Liberation Serif", "Tinos")
"""Fonts of the same widths with all Vietnamese letters: pages break where they do in Word."""
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path(os.environ.get("PROGRAMFILES", "C:\\Program Files")) / "LibreOffice/program/soffice.com",
)
_START_SECONDS, _SECONDS_EACH = 90, 20
_LOOK_EVERY = 0.2
_AT_ONCE = 200
"""LibreOffice leaves out what is more than 246 files, and says nothing of it."""
_FONTS_SECONDS = 30
_DATE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}")
_MARKS = re.compile(rb"(?<=/ID \[ <)[0-9A-F]{32}(?=>\s*<)|(?<=<)[0-9A-F]{32}(?=> \]\s)|(?<=/DocChecksum /)[0-9A-F]{32}")  # fmt: skip
_NO_DATE = b"19800101000000"

Progress = Callable[[int], None]


def find_office() -> Path:
    """The program of LibreOffice.

    Raises:
        OfficeError: it is not there.
    """
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    for place in _USUAL_PLACES:
        if place.is_file():
            return place
    raise OfficeError(
        "Không thấy LibreOffice nên không làm được PDF.",
        "Cài LibreOffice, hoặc mở tệp Word rồi chọn Lưu thành PDF.",
    )


def check_fonts() -> None:
    """Whether the font of the papers, or one of its widths, is there for LibreOffice.

    Nothing is said where the system has no fontconfig to ask: Windows and macOS have the font.

    Raises:
        OfficeError: neither is there.
    """
    lister = shutil.which("fc-list")
    if lister is None:
        return
    try:
        listed = subprocess.run(
            [lister, ":lang=vi", "family"], capture_output=True, timeout=_FONTS_SECONDS, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return
    families = {
        name.strip() for line in listed.decode("utf-8", "replace").splitlines() for name in line.split(",")
    }  # fmt: skip
    if not families & set(TWINS):
        raise OfficeError(
            f"Máy không có phông {FONT}, cũng không có {' hay '.join(TWINS[1:])} có chữ Việt, "
            "nên PDF sẽ khác bản Word.",
            "Cài phông ấy (trên Debian, Ubuntu: fonts-liberation2) rồi chạy lại.",
        )


def pdfs_of(files: Sequence[bytes], progress: Progress = lambda _: None) -> list[bytes]:
    """The Word files `files` as PDF, in their order; the same bytes for the same files.

    `progress` is told how many are done. The user's own LibreOffice, open or not, is left alone.

    Raises:
        OfficeError: LibreOffice is not there, or the font; it does not end in time, or leaves a
            file out.
    """
    program = find_office()
    check_fonts()
    with tempfile.TemporaryDirectory(prefix="danvan-pdf-", ignore_cleanup_errors=True) as folder:
        return _converted(program, Path(folder), files, progress)


def _converted(
    program: Path, folder: Path, files: Sequence[bytes], progress: Progress
) -> list[bytes]:
    made = folder / "pdf"
    made.mkdir()
    names = [f"{at:04}" for at in range(len(files))]
    for name, data in zip(names, files, strict=True):
        (folder / f"{name}.docx").write_bytes(data)
    for begun in range(0, len(names), _AT_ONCE):
        some = [f"{name}.docx" for name in names[begun : begun + _AT_ONCE]]
        _run(program, folder, some, lambda: progress(sum(1 for _ in made.iterdir())))
    done = [made / f"{name}.pdf" for name in names]
    pdfs = [path.read_bytes() if path.is_file() else b"" for path in done]
    # LibreOffice ends as if all were well where it could not load a file.
    lost = sum(not pdf.startswith(b"%PDF") for pdf in pdfs)
    if lost:
        raise OfficeError(
            f"LibreOffice không làm được PDF của {lost} trong {len(files)} tệp.",
            "Mở thử tệp Word bằng LibreOffice, rồi chạy lại.",
        )
    return [settled(pdf) for pdf in pdfs]


def _run(program: Path, folder: Path, names: list[str], look: Callable[[], None]) -> None:
    """Convert the files `names` in `folder`, looking at what is done from time to time."""
    profile = (folder / "ho-so").as_uri()
    command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", "pdf", *names]
    limit = time.monotonic() + _START_SECONDS + _SECONDS_EACH * len(names)
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise OfficeError(
            f"Không chạy được LibreOffice ({program}).", "Cài lại LibreOffice."
        ) from error
    try:
        while process.poll() is None:
            if time.monotonic() > limit:
                raise OfficeError(
                    "LibreOffice chạy quá lâu nên đã bị dừng.", "Chạy lại; nếu vẫn vậy, chia ít tệp hơn."
                )  # fmt: skip
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_EVERY)
            look()
    finally:
        _end(process)
    if process.returncode:
        raise OfficeError(
            f"LibreOffice dừng giữa chừng (mã {process.returncode}).",
            "Mở thử LibreOffice, rồi chạy lại.",
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End `process` and what it started, where it still runs."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def settled(pdf: bytes) -> bytes:
    """`pdf` without its clock: the day it was made, and the marks that come of it."""
    dated = _DATE.sub(_NO_DATE, pdf)
    mark = hashlib.sha256(_MARKS.sub(b"", dated)).hexdigest()[:32].upper().encode()
    return _MARKS.sub(mark, dated)
