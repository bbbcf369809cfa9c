"""Word templates among the files judged: what is wrong with them, all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from danvan_cli.errors import TemplateError
from danvan_cli.findings import Finding, Place
from danvan_cli.models.outline import Outline
from danvan_cli.reading.document import Document
from danvan_cli.render.names import TemplateFault, missing_fault, names_of, unprinted
from danvan_cli.render.prepared import made_ready
from danvan_cli.render.template import read_template

UNKNOWN_NAME, UNREADABLE = "DV609", "DV610"
_TAG = re.compile(r"\{\{|\{%|\}\}|%\}")


def is_template(document: Document) -> bool:
    """Whether a Word file is a template: some of its text is a tag."""
    texts = (passage.text for passage in document.passages)
    return any(_TAG.search(text) for text in texts if "{" in text or "}" in text)


def check_template(path: Path, shown: str, outlines: Iterable[Outline]) -> Iterator[Finding]:
    """DV609 on each name no document has, DV610 on everything else that is wrong."""
    for fault in template_faults(path, outlines):
        code = UNKNOWN_NAME if fault.name else UNREADABLE
        place = Place(shown, 0, 0, fault.where)
        yield Finding(place, code, told(fault), subject="mau", value=fault.name or "")


def told(fault: TemplateFault) -> str:
    """What is said of `fault`, and what to do."""
    found = fault.found[0].upper() + fault.found[1:]
    return f"{found}. {fault.remedy or 'Mở mẫu trong Word và sửa chỗ này.'}"


def template_faults(path: Path, outlines: Iterable[Outline]) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with the template at `path`.

    One that an outline names has to print all that documents of that outline say.
    """
    try:
        prepared, faults = made_ready(read_template(path))
        made = [name for o in outlines if o.mau == path.name for name in names_of(o)]
        if prepared is not None:
            left = unprinted(made, prepared.printed)
            faults = (*faults, *(missing_fault(name) for name in left))
    except TemplateError as error:
        faults = (TemplateFault(error.found.rstrip("."), error.remedy),)
    return faults
