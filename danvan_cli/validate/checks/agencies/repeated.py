"""DV409: one agency twice in one cell, one receiver twice among those who receive a paper."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.grammar.agency.names import name_key
from danvan_cli.reading.document import Document
from danvan_cli.text import fold
from danvan_cli.validate.checks.agencies.named import CellAgencies
from danvan_cli.validate.setting import Setting

_LONGEST = 90
"""A longer text is a sentence."""
_REMEDY = "Bỏ một lần, hoặc ghi đúng cơ quan khác nếu chép nhầm."


def named_twice(cell: CellAgencies, _: Setting) -> Iterator[Finding]:
    """DV409 on an agency that its cell names before, in the same words and with the same part."""
    seen: set[tuple[str, str, bool]] = set()
    if ":" in cell.passage.text:
        return  # Labels in the cell tell several parts of the agency.
    for one in cell.agencies:
        mention = one.mention
        said = (name_key(mention.text), fold(mention.vai_tro), mention.de_nghi)
        if said in seen and not mention.tap_the and len(mention.text) <= _LONGEST:
            message = f"'{one.shown}' đã ghi trong ô này. {_REMEDY}"
            yield one.passage.finding("DV409", mention.start, mention.end, message)
        seen.add(said)


def received_twice(document: Document, _: Setting) -> Iterator[Finding]:
    """DV409 on a line of "Nơi nhận" that stands there before."""
    seen: set[str] = set()
    for line in document.recipients:
        said = fold(line.text).strip(" -–+;.,")
        if said in seen:
            end = len(line.text.rstrip(" ;.,"))
            message = f"'{line.text[:end].lstrip(' -–+')}' đã ghi ở nơi nhận. {_REMEDY}"
            yield line.finding("DV409", 0, end, message)
        if len(said) > 1:
            seen.add(said)
