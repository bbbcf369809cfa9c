"""Why a file could not be written, in words."""

from __future__ import annotations

import errno
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


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system refuses in this block becomes an error about `path`.

    Raises:
        WriteError: it did.
    """
    try:
        yield
    except OSError as error:
        raise WriteError(path, *_WHY.get(error.errno or 0, _OTHER)) from error
