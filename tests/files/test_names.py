"""Names and paths that Windows takes otherwise than other systems."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from danvan_cli.errors import WriteError
from danvan_cli.files import portable
from danvan_cli.files.refused import refuse_devices, why

DEVICES = ["con", "CON", "nul", "aux", "prn", "com1", "lpt9", "Nul.docx", "con.tar.gz"]
PLAIN = ["con-dao", "connul", "com0", "com10", "an-lao", "nul-", ".con", "x.con"]


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_of_windows_is_no_name_for_a_file(name: str) -> None:
    assert portable(name) == f"{name}_"
    with pytest.raises(WriteError, match="là tên Windows dành riêng"):
        refuse_devices(Path("ra") / name / "a.docx", windows=True)
    refuse_devices(Path("ra") / name / "a.docx", windows=False)


@pytest.mark.parametrize("name", PLAIN)
def test_a_name_like_that_of_a_device_is_a_name(name: str) -> None:
    assert portable(name) == name
    refuse_devices(Path("ra") / name, windows=True)


@pytest.mark.parametrize(
    ("path", "code", "windows", "said"),
    [
        ("a" * 250, errno.ENOENT, True, "quá dài"),
        ("a" * 250, errno.ENOENT, False, "không ghi được ở đây"),
        ("a", errno.ENOENT, True, "không ghi được ở đây"),
        ("a" * 300, errno.ENAMETOOLONG, False, "quá dài"),
        ("a", errno.ENOSPC, True, "hết chỗ trên đĩa"),
        ("a", errno.EACCES, True, "đang mở trong Word"),
    ],
)
def test_why_a_path_is_refused(path: str, code: int, windows: bool, said: str) -> None:
    assert said in why(Path(path), OSError(code, ""), windows=windows)[0]
