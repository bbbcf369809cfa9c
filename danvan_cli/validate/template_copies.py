"""Copies of templates with what is wrong with them as Word comments, each on its paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.models.outline import Outline
from danvan_cli.render.compiler.sheet import Sheet
from danvan_cli.render.template import read_template
from danvan_cli.validate.checks.documents.templates import template_faults, told
from danvan_cli.word.comments import with_comments
from danvan_cli.word.names import W
from danvan_cli.word.package import PackageError, main_part, parse_xml, read_package

ENDING = ".ghi-chu"


@dataclass(frozen=True)
class TemplateCopy:
    """A copy to be written beside its template, and how many comments it has."""

    path: Path
    data: bytes
    comments: int


def template_copy(path: Path, outlines: Iterable[Outline]) -> TemplateCopy | None:
    """The template at `path` with its faults as comments; None where it has none, or is no Word file.

    A fault of no place, or of a header, is told at the first paragraph.

    Raises:
        TemplateError: the file cannot be read.
    """
    faults = template_faults(path, outlines)
    data = read_template(path)
    try:
        places = _places(data)
        said: dict[int, list[str]] = defaultdict(list)
        for fault in faults:
            where = "" if fault.where in places or not fault.where else f" ({fault.where})"
            said[places.get(fault.where, 0)].append(f"{told(fault)}{where}")
        if not said:
            return None
        copy = path.with_name(f"{path.stem}{ENDING}.docx")
        return TemplateCopy(copy, with_comments(data, said), len(faults))
    except PackageError:
        return None


def _places(data: bytes) -> dict[str, int]:
    """The index of each paragraph of the body by the words that faults tell its place in."""
    parts = read_package(data)
    main = main_part(parts)
    sheet = Sheet(parse_xml(main, parts[main]))
    sheet.find_places()
    made: dict[str, int] = {}
    for index, paragraph in enumerate(sheet.root.iter(f"{W}p")):
        made.setdefault(sheet.places[paragraph], index)
    return made
