"""What may become of a file that is there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from danvan_cli.errors import WriteError
from danvan_cli.files.writer import Judge, Verdict


def kept(_: Path, __: bytes) -> Verdict:
    """It stays as it is."""
    return Verdict.KEPT


def replaced(untouched: Callable[[bytes], bool]) -> Judge:
    """It is replaced; first it is set aside where it is not `untouched` since danvan made it."""
    return lambda _, present: Verdict.REPLACED if untouched(present) else Verdict.SET_ASIDE


def set_aside(_: Path, __: bytes) -> Verdict:
    """It is replaced, and set aside first."""
    return Verdict.SET_ASIDE


def as_read(read: Mapping[Path, bytes]) -> Judge:
    """It is replaced where it is as it was read, and is known by no other name.

    Two names of one file (hard links) would be two files afterwards, one of them the old one.
    """

    def judge(path: Path, present: bytes) -> Verdict:
        if read.get(path) == present:
            if path.stat().st_nlink > 1:
                raise WriteError(
                    path,
                    "tệp này còn một tên khác (liên kết cứng), tên kia sẽ giữ bản cũ; chưa ghi gì.",
                    "Chép ra thành tệp riêng rồi chạy lại.",
                )
            return Verdict.REPLACED
        raise WriteError(path, "tệp vừa được lưu từ chương trình khác, chưa ghi gì.", "Chạy lại.")

    return judge


def only_own(own: Callable[[bytes], bool], what: str) -> Judge:
    """It is replaced where it is a file of this kind (`what` for people), else nothing is written."""

    def judge(path: Path, present: bytes) -> Verdict:
        if own(present):
            return Verdict.REPLACED
        raise WriteError(
            path, f"tệp đã có và không phải {what}, giữ nguyên.", "Chọn tên khác, hoặc dời tệp ấy."
        )

    return judge
