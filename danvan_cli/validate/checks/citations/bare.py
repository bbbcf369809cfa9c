"""DV518: the word "số" left out between the type of a document and its number."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.text import comparable, nfc
from danvan_cli.validate.checks.citations.cited import Cited
from danvan_cli.validate.setting import Setting


def number_without_so(cited: Cited, _: Setting) -> Iterator[Finding]:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6: type, "số", number and symbol."""
    citation = cited.citation
    place = citation.places.so
    if citation.so is None or not citation.ky_hieu or citation.loai is None:
        return
    head = cited.passage.text[citation.start : place.start]
    if comparable(nfc(head.strip())) != comparable(citation.loai) or not head.endswith(
        (" ", "\u00a0")
    ):
        return
    written = cited.passage.text[citation.start : place.end]
    right = f"{head.rstrip()} số {cited.passage.text[place.start : place.end]}"
    message = f"'{' '.join(written.split())}' thiếu chữ 'số'. Viết '{' '.join(right.split())}'."
    yield cited.passage.finding("DV518", citation.start, place.end, message, right)
