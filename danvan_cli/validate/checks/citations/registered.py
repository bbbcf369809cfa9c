"""The register of legal documents judged as a citation is: form, kind, dates, issuer."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.grammar.citation.reader import find_citations
from danvan_cli.grammar.citation.symbols import KINDS
from danvan_cli.grammar.citation.values import Citation, CitationFault
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.registers import LegalDocument
from danvan_cli.nodes import Text
from danvan_cli.problems import wrong_value
from danvan_cli.text import nearest
from danvan_cli.validate.checks.citations.form import fault_text
from danvan_cli.validate.setting import Setting

_ANY_KIND = "Văn bản"


def register_entries(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV501 to DV505, DV507, DV510 and DV513 on the entries of the register, read as citations.

    DV105 on a kind of document that is none.
    """
    for document in catalogue.legal:
        kind = KINDS.get(document.loai.lower())
        if kind is None:
            kind = nearest(document.loai, KINDS.values(), cutoff=0.6)
            yield _unknown_kind(document, kind)
        if document.so_hieu is not None:
            yield from _faults(document, kind or _ANY_KIND)


def _unknown_kind(document: LegalDocument, near: str | None) -> Finding:
    hint = f"Có phải '{near}'?" if near else "Ghi như Luật, Nghị định, Chỉ thị, Quyết định."
    message = f"Không có loại văn bản '{document.loai}'. {hint}"
    subject = f"{document.ma}.loai"
    return wrong_value(document.loai.place, subject, message, document.loai)


def _faults(document: LegalDocument, kind: str) -> Iterator[Finding]:
    words = f"{kind} số {document.so_hieu}"
    day = f" ngày {document.ngay}" if document.ngay else ""
    issuer = f" của {document.co_quan}" if document.co_quan else ""
    for citation in find_citations(words + day + issuer)[:1]:
        for fault in citation.loi:
            name, value = _field(document, citation, fault)
            subject = f"{document.ma}.{name}"
            yield Finding(
                value.place, fault.code, fault_text(fault), subject=subject, value=str(value)
            )


def _field(document: LegalDocument, citation: Citation, fault: CitationFault) -> tuple[str, Text]:
    """The field of an entry that a fault lies in, and what it holds."""
    places = citation.places
    if document.ngay is not None and places.ngay.start <= fault.start < places.ngay.end:
        return "ngay", document.ngay
    if document.co_quan is not None and fault.start >= places.co_quan.start > 0:
        return "co_quan", document.co_quan
    if fault.start < places.so.start or document.so_hieu is None:
        return "loai", document.loai
    return "so_hieu", document.so_hieu
