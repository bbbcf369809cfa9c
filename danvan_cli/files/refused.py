"""Why a file could not be written, in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from danvan_cli.errors import WriteError

_FULL = ("hết chỗ trên đĩa.", "Dọn bớt đĩa rồi chạy lại.")
_NO_RIGHT = (
    "không có quyền ghi, hoặc tệp đang mở trong Word.",
    "Đóng tệp hoặc chọn thư mục khác bằng -o.",
)
_WHY = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: ("ổ đĩa này chỉ đọc.", "Chọn thư mục khác bằng -o."),
    errno.ENAMETOOLONG: ("tên tệp hoặc đường dẫn quá dài.", "Chọn đường dẫn ngắn hơn."),
    errno.ENOTDIR: (
        "một phần của đường dẫn là tệp, không phải thư mục.",
        "Chọn thư mục khác bằng -o.",
    ),
    errno.EEXIST: ("đã có một tệp trùng tên thư mục này.", "Chọn thư mục khác bằng -o."),
    errno.ENOTEMPTY: ("thư mục này vừa được tạo ở nơi khác.", "Chạy lại."),
    errno.EISDIR: ("ở đây đã có một thư mục cùng tên.", "Chọn thư mục khác bằng -o."),
    errno.EBUSY: ("một lệnh danvan khác đang ghi ở đây.", "Đợi lệnh kia xong rồi chạy lại."),
}
_OTHER = ("không ghi được ở đây.", "Kiểm tra đường dẫn, hoặc chọn thư mục khác bằng -o.")


_TOO_LONG = _WHY[errno.ENAMETOOLONG]
_WINDOWS_PATH = 248
"""Windows takes no folder of more characters, where its long paths are not switched on."""
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


def portable(name: str) -> str:
    """`name`, or a name beside it where Windows keeps that one for a device."""
    return f"{name}_" if name.partition(".")[0].casefold() in _RESERVED else name


def refuse_devices(path: Path, *, windows: bool = os.name == "nt") -> None:
    """Refuse to write where Windows would not make a file but speak to a device.

    Raises:
        WriteError: a part of `path` is the name of one.
    """
    for part in path.parts if windows else ():
        if portable(part) != part:
            raise WriteError(path, f"'{part}' là tên Windows dành riêng.", "Chọn tên khác.")


def why(path: Path, error: OSError, *, windows: bool = os.name == "nt") -> tuple[str, str]:
    """What the system found wrong with writing `path`, and what to do."""
    if windows and error.errno in (errno.ENOENT, errno.EINVAL):
        # Said of a path that is too long as of one that is not there.
        return _TOO_LONG if len(str(path.absolute())) >= _WINDOWS_PATH else _OTHER
    return _WHY.get(error.errno or 0, _OTHER)


@contextmanager
def refusals_of(path: Path) -> Iterator[None]:
    """What the system refuses in this block becomes an error about `path`.

    Raises:
        WriteError: it did.
    """
    try:
        yield
    except OSError as error:
        raise WriteError(path, *why(path, error)) from error
