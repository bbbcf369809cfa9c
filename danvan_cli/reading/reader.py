"""Finished documents, .docx or .txt, as `Document` values."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from danvan_cli.findings import Finding, Place
from danvan_cli.load.bounded import UnfitError, file_bytes
from danvan_cli.load.source import decoded
from danvan_cli.passage import Passage
from danvan_cli.reading.document import BodyItem, Document, Grid, GridCell
from danvan_cli.reading.parts import document_of
from danvan_cli.reading.plain_text import read_plain
from danvan_cli.reading.word_file import read_word
from danvan_cli.text import unwieldy
from danvan_cli.word.package import MAX_FILE, PackageError

UNREADABLE = "DV101"
_NO_PICTURES = "Bỏ ảnh trong tệp rồi chạy lại."


def read_document(path: Path, shown: str) -> tuple[Document | None, tuple[Finding, ...]]:
    """The document at `path`, or None with the finding that says why it cannot be read.

    A .txt file is UTF-8 text copied from Word: its places are line and column. In a .docx the
    line of a place is the order of the paragraph, and `Place.where` says which one it is.
    `shown` is the path as messages print it.
    """
    suffix = path.suffix.lower()
    if suffix not in (".docx", ".txt"):
        return None, (_unreadable(shown, *_other_kind(suffix)),)
    try:
        if suffix == ".docx":
            return _word(path, file_bytes(path, MAX_FILE, _NO_PICTURES), shown)
        blocks, findings = _plain(path, shown)
    except UnfitError as error:
        return None, (_unreadable(shown, error.found, error.remedy),)
    except FileNotFoundError:
        return None, (_unreadable(shown, "không có tệp này", "Kiểm tra lại đường dẫn."),)
    except OSError:
        return None, (_unreadable(shown, "không mở được tệp", "Đóng tệp trong Word rồi chạy lại."),)
    return (None, findings) if blocks is None else _made_of(path, blocks, shown)


def _made_of(
    path: Path, blocks: tuple[BodyItem, ...], shown: str
) -> tuple[Document | None, tuple[Finding, ...]]:
    if not blocks:
        return None, (_unreadable(shown, "tệp không có chữ nào", "Kiểm tra lại tệp cần soát."),)
    blocks, too_long = _readable(blocks)
    return document_of(path, blocks), too_long


def document_in(data: bytes, shown: str) -> Document:
    """The document in the bytes of a .docx.

    Raises:
        PackageError: it is no readable .docx.
    """
    file = read_word(data, shown)
    blocks, too_long = _readable(file.blocks)
    if too_long:
        raise PackageError("có đoạn quá dài", too_long[0].message)
    return replace(document_of(Path(shown), blocks), layout=file.layout, about=file.about)


def _readable(blocks: tuple[BodyItem, ...]) -> tuple[tuple[BodyItem, ...], tuple[Finding, ...]]:
    """`blocks` less the passages nobody could read, each of those with its finding."""
    findings: list[Finding] = []

    def kept(passage: Passage | None) -> Passage | None:
        too_long = unwieldy(passage.text) if passage is not None else ""
        if passage is None or not too_long:
            return passage
        message = f"Đoạn này {too_long} nên chưa được soát. Tách thành nhiều đoạn."
        place = passage.locate(0)
        findings.append(Finding(place, UNREADABLE, message, subject=f"doan-{place.line}"))
        return None

    def kept_in(cell: GridCell) -> GridCell:
        passage = kept(cell.passage)
        return cell if passage is cell.passage else cell._replace(passage=passage)

    made: list[BodyItem] = []
    for block in blocks:
        if isinstance(block, Grid):
            made.append(Grid(tuple(tuple(map(kept_in, row)) for row in block.rows)))
        elif (passage := kept(block)) is not None:
            made.append(passage)
    return tuple(made), tuple(findings)


def _other_kind(suffix: str) -> tuple[str, str]:
    if suffix in (".doc", ".odt", ".rtf"):
        return f"chưa đọc được tệp {suffix}", "Mở bằng Word, chọn Lưu thành .docx."
    return (
        f"chỉ soát được văn bản .docx và .txt, không phải '{suffix or 'tệp không có đuôi'}'",
        "Lưu văn bản thành .docx.",
    )


@lru_cache(maxsize=64)
def _word(path: Path, data: bytes, shown: str) -> tuple[Document | None, tuple[Finding, ...]]:
    """The .docx in `data`, read once: it is asked for by itself, and as a neighbour's annex."""
    try:
        file = read_word(data, shown)
    except PackageError as error:
        remedy = error.remedy or "Mở tệp bằng Word, chọn Lưu thành .docx."
        return None, (_unreadable(shown, error.found, remedy),)
    document, findings = _made_of(path, file.blocks, shown)
    return (replace(document, layout=file.layout, about=file.about) if document else None), findings


def _plain(path: Path, shown: str) -> tuple[tuple[BodyItem, ...] | None, tuple[Finding, ...]]:
    text, findings = decoded(file_bytes(path), shown)
    if text is None:
        return None, findings
    if "\0" in text:
        fault = _unreadable(shown, "tệp không phải tệp chữ", "Lưu văn bản thành .docx hoặc .txt.")
        return None, (fault,)
    return read_plain(text, shown), findings


def _unreadable(shown: str, found: str, remedy: str) -> Finding:
    message = f"Không đọc được văn bản: {found}. {remedy}"
    return Finding(Place(shown, 1, 1), UNREADABLE, message, subject="tep")
