"""The bare lines of a file, read without any idea of what they are.

A second, simpler reading than that of `word_file` and `plain_text`, so that what those lose can
be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from danvan_cli.text import breakable, nfc
from danvan_cli.word.names import FALLBACK, W
from danvan_cli.word.package import main_part, parse_xml, read_package

_TEXT_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_MARK = re.compile(r"\[footnoteRef:\d+\]")
_MARKS = re.compile(r"\[footnoteRef:\d+\]|\[bookmark:[^\]\n]*\]|\[\d+:")


def bare_lines(path: Path) -> tuple[str, ...]:
    """Every paragraph of a .docx, or line of a text, that holds a character; NFC.

    Raises:
        OSError, PackageError: the file cannot be read.
    """
    data = path.read_bytes()
    return word_lines(data) if path.suffix.lower() == ".docx" else _normal(_of_text(data))


def word_lines(data: bytes) -> tuple[str, ...]:
    """Every paragraph of the .docx in `data` that holds a character; NFC.

    Raises:
        PackageError: it is no readable .docx.
    """
    return _normal(_of_word(data))


def _normal(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(breakable(nfc(line)) for line in lines if line.strip())


def note_marks(path: Path) -> dict[str, str]:
    """The words before the mark of each footnote, by the note's name ("chú thích 1").

    Raises:
        OSError, PackageError: the file cannot be read.
    """
    data = path.read_bytes()
    if path.suffix.lower() == ".docx":
        parts = read_package(data)
        root = parse_xml("word/document.xml", parts[main_part(parts)])
        marks = root.iter(f"{W}footnoteReference")
        before = ["".join(_before(mark)) for mark in marks]
    else:
        text = breakable(data.decode("utf-8-sig", "replace"))
        before = [
            _MARKS.sub("", text[text.rfind("\n", 0, m.start()) + 1 : m.start()])
            for m in _MARK.finditer(text)
        ]
    return {f"chú thích {n}": words.strip() for n, words in enumerate(before, start=1)}


def _before(mark: etree._Element) -> Iterator[str]:
    """The texts of the mark's paragraph up to the mark."""
    paragraph = next(mark.iterancestors(f"{W}p"))
    for element in paragraph.iter(f"{W}t", f"{W}footnoteReference"):
        if element is mark:
            return
        yield breakable(element.text or "")


def _of_text(data: bytes) -> Iterator[str]:
    for line in data.decode("utf-8-sig", "replace").splitlines():
        yield from _MARKS.sub("\t", line).split("\t")


def _of_word(data: bytes) -> Iterator[str]:
    for name, content in read_package(data).items():
        if _TEXT_PARTS.fullmatch(name):
            margin = name.startswith(("word/header", "word/footer"))
            boxed: set[tuple[etree._Element, str]] = set()
            for paragraph in parse_xml(name, content).iter(f"{W}p"):
                text = "".join(_texts(paragraph))
                if _is_said_again(paragraph, text, boxed):
                    continue
                # A page number is no words.
                if not margin or any(char.isalpha() for char in text):
                    yield from text.split("\n")


def _is_said_again(
    paragraph: etree._Element, text: str, boxed: set[tuple[etree._Element, str]]
) -> bool:
    """Whether a text box beside another on the same paragraph says the same: one is for print."""
    box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
    anchor = None if box is None else next(box.iterancestors(f"{W}p"), None)
    if anchor is None:
        return False
    again = (anchor, text) in boxed
    boxed.add((anchor, text))
    return again


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """The texts of a paragraph itself, without those of paragraphs inside it or gone ones."""
    for text in paragraph.iter(f"{W}t", f"{W}br", f"{W}cr"):
        above = list(text.iterancestors())
        inside = above[: above.index(paragraph)]
        if not any(a.tag in (f"{W}p", f"{W}del", f"{W}moveFrom", FALLBACK) for a in inside):
            yield "\n" if text.tag != f"{W}t" else text.text or ""
