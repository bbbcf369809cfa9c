"""Copies of Word files with their layout set right: the file itself and its text stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.load.folders import shown_path
from danvan_cli.reading.reader import read_document
from danvan_cli.validate.checks.documents.templates import is_template
from danvan_cli.validate.checks.form.mend import mended
from danvan_cli.validate.inputs import sorted_inputs
from danvan_cli.validate.options import Options
from danvan_cli.validate.rules import RULES
from danvan_cli.validate.shelf import OpenCatalogues
from danvan_cli.word.package import PackageError

_ENDING = ".the-thuc"
FORM_FAMILY = tuple(rule.code for rule in RULES if rule.code.startswith("DV8"))


@dataclass(frozen=True)
class FormCopy:
    """A copy to be written beside its file, and how many settings of layout differ in it."""

    path: Path
    data: bytes
    settings: int


def form_copies(paths: Iterable[Path], options: Options) -> tuple[FormCopy, ...]:
    """A copy of every Word file of `paths` whose layout can be set right, in a fixed order."""
    if not any(options.wants(code) for code in FORM_FAMILY):
        return ()
    shelf = OpenCatalogues(options.catalogue_root, options.year)
    form = shelf.form(options.catalogue_root)[0]
    made = []
    for path in sorted_inputs(paths).documents:
        if form is None or path.suffix.lower() != ".docx" or path.stem.endswith(_ENDING):
            continue
        document, _ = read_document(path, shown_path(path))
        if document is None or is_template(document):
            continue
        try:
            data, settings = mended(path.read_bytes(), form)
        except PackageError:
            continue
        if settings:
            made.append(FormCopy(path.with_name(f"{path.stem}{_ENDING}.docx"), data, settings))
    return tuple(made)
