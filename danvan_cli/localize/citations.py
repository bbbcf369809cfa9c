"""Citations out of the register: what `{van_ban.<ma>}` and its shorter forms print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.outline import CitationForm
from danvan_cli.models.registers import LegalDocument
from danvan_cli.prose import Origin, Prose, filled, placeholders, prose

ISSUING = "ban-hanh"
"""Stands for the document that issues the year's catalogue, whichever it is."""
_FIELDS = ("loai", "so_hieu", "ngay", "co_quan", "ten")


@lru_cache(maxsize=64)
def citations(catalogue: Catalogue) -> dict[str, Prose]:
    """The value of every placeholder of a citation; none for what the register does not know."""
    made = cited_by(catalogue, catalogue.legal, Origin.CATALOGUE)
    for name in catalogue.wording.vien_dan:
        issuing = made.get(f"{name}.{catalogue.edition.van_ban}")
        if issuing is not None:
            made[f"{name}.{ISSUING}"] = issuing
    return made


def cited_by(
    catalogue: Catalogue, documents: Iterable[LegalDocument], origin: Origin
) -> dict[str, Prose]:
    """The value of every placeholder that cites one of `documents`, in the catalogue's forms."""
    return {
        f"{name}.{document.ma}": cited
        for name, form in catalogue.wording.vien_dan.items()
        for document in documents
        if (cited := _cited(document, form, origin)) is not None
    }


def citation_names(catalogue: Catalogue) -> Iterator[str]:
    """Every placeholder of a citation that a text may hold."""
    for name in catalogue.wording.vien_dan:
        yield f"{name}.{ISSUING}"
        for document in catalogue.legal:
            yield f"{name}.{document.ma}"


def _cited(document: LegalDocument, form: CitationForm, origin: Origin) -> Prose | None:
    words = next((w for loai, w in form.rieng.items() if loai == document.loai), form.cau)
    values = {name: getattr(document, name) for name in _FIELDS}
    if any(values.get(name) is None for name, _ in placeholders(words)):
        return None
    given = {name: prose(value, origin) for name, value in values.items() if value}
    return filled(words, given, Origin.CATALOGUE)
