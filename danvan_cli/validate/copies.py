"""Copies of Word files that show what is wrong or set it right; the files themselves stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.findings import Edit, Finding
from danvan_cli.load.folders import shown_path
from danvan_cli.models.outline import Outline
from danvan_cli.reading.reader import read_document
from danvan_cli.reading.word_changes import changed
from danvan_cli.render.compiler.sheet import TemplateSheet
from danvan_cli.render.template import read_template
from danvan_cli.validate.checks.documents.templates import is_template, template_faults, told
from danvan_cli.validate.checks.form.mend import mended
from danvan_cli.validate.inputs import Options, sorted_inputs
from danvan_cli.validate.opened import OpenCatalogues
from danvan_cli.validate.rules import RULES
from danvan_cli.word.comments import with_comments
from danvan_cli.word.names import W
from danvan_cli.word.package import PackageError, main_part, parse_xml, read_package

_FORM, _WORDS, _NOTES = ".the-thuc", ".sua-chu", ".ghi-chu"


@dataclass(frozen=True)
class Copy:
    """A copy to be written beside its file, and how many changes or comments it has."""

    path: Path
    data: bytes
    count: int


def is_template_copy(path: Path) -> bool:
    """Whether the file at `path` is named as a copy of a template with comments."""
    return path.stem.endswith(_NOTES)


def form_copies(paths: Iterable[Path], options: Options) -> tuple[Copy, ...]:
    """A copy of every Word file of `paths` whose layout can be set right; its text is untouched."""
    if not any(options.wants(rule.code) for rule in RULES if rule.code.startswith("DV8")):
        return ()
    form = OpenCatalogues(options.catalogue_root, options.year).form(options.catalogue_root)[0]
    copies = []
    for path in sorted_inputs(paths).documents:
        if form is None or path.suffix.lower() != ".docx" or path.stem.endswith(_FORM):
            continue
        document, _ = read_document(path, shown_path(path))
        if document is None or is_template(document):
            continue
        try:
            data, settings = mended(path.read_bytes(), form)
        except PackageError:
            continue
        if settings:
            copies.append(_copy(path, _FORM, data, settings))
    return tuple(copies)


def word_copies(findings: Iterable[Finding]) -> tuple[Copy, ...]:
    """A copy of every Word file of `findings` with the words that can be mended as tracked changes."""
    edits: defaultdict[Path, list[Edit]] = defaultdict(list)
    for finding in findings:
        path = Path(finding.place.path)
        if path.suffix.lower() != ".docx" or path.stem.endswith(_WORDS):
            continue
        if finding.right is not None and finding.value and finding.place.line:
            edits[path].append(Edit(finding.place, finding.value, finding.right))
    copies = []
    for path, asked in sorted(edits.items()):
        try:
            result = changed(path.read_bytes(), asked)
        except (OSError, PackageError):
            continue
        if result.made:
            copies.append(_copy(path, _WORDS, result.data, len(result.made)))
    return tuple(copies)


def template_copy(path: Path, outlines: Iterable[Outline]) -> Copy | None:
    """The template at `path` with its faults as Word comments, each on its paragraph.

    A fault of no place, or of a header, is told at the first paragraph. None where there is no
    fault, or where the file is no Word file.

    Raises:
        TemplateError: the file cannot be read.
    """
    faults = template_faults(path, outlines)
    data = read_template(path)
    try:
        places = _places(data)
        comments: dict[int, list[str]] = defaultdict(list)
        for fault in faults:
            where = "" if fault.where in places or not fault.where else f" ({fault.where})"
            comments[places.get(fault.where, 0)].append(f"{told(fault)}{where}")
        if not comments:
            return None
        return _copy(path, _NOTES, with_comments(data, comments), len(faults))
    except PackageError:
        return None


def _copy(path: Path, ending: str, data: bytes, count: int) -> Copy:
    return Copy(path.with_name(f"{path.stem}{ending}.docx"), data, count)


def _places(data: bytes) -> dict[str, int]:
    """The index of each paragraph of the body by the words that faults tell its place in."""
    parts = read_package(data)
    main = main_part(parts)
    sheet = TemplateSheet(parse_xml(main, parts[main]))
    sheet.find_places()
    indices: dict[str, int] = {}
    for index, paragraph in enumerate(sheet.root.iter(f"{W}p")):
        indices.setdefault(sheet.places[paragraph], index)
    return indices
