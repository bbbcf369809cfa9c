"""The paths of a command sorted into catalogues, unit files and finished documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from danvan_cli.findings import Finding, Place, Severity
from danvan_cli.load.bounded import UnfitError, file_bytes, files_below, real
from danvan_cli.load.folders import (
    COUNTRY,
    OUTLINES,
    REGISTERS,
    TASKS,
    YAML,
    layer_files,
    layers_of,
    shown_path,
    years_of,
)
from danvan_cli.load.profile import PROFILE_NAMES
from danvan_cli.models.profile import Profile
from danvan_cli.text import nearest
from danvan_cli.validate.rules import PAPERS, Subject, rule_of


@dataclass(frozen=True)
class Options:
    """What a run is asked for.

    `select` and `ignore` are codes or their beginnings. `issued` is the date of documents that
    have none, `unit` the unit whose documents they are. `base` is an older catalogue to compare
    with; `today` the day that suppressions are measured on. A catalogue that is not `given` gives
    way to one among the paths and to the one that a file stands in. `foreign` says that paths may well be all of other programs.
    """

    catalogue_root: Path
    today: date
    year: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.NOTE
    issued: date | None = None
    unit: str | None = None
    base: Path | None = None
    jobs: int = 1
    given: bool = True
    foreign: bool = False

    def looks_for(self, code: str) -> bool:
        """Whether this run could have found `code`: of two editions only where there are two."""
        compares = tuple(rule_of(code).looks_at) == (Subject.EDITIONS,)
        return self.wants(code) and (self.base is not None or not compares)

    def wants(self, code: str) -> bool:
        """Whether findings of `code` are asked for; what cannot be read is always said."""
        if rule_of(code).fatal:
            return True
        return (not self.select or code.startswith(self.select)) and not code.startswith(
            self.ignore
        )


_KEY = re.compile(rb"^\xef?\xbb?\xbf?([a-z_]+)[ ]*:", re.MULTILINE)
_HEAD = re.compile(rb"^(?:\xef\xbb\xbf)?(?:([\w.-]+)[ ]*:|- )", re.MULTILINE)
_COPY = re.compile(r"\.ban-sua-\d+(?=\.[a-z]+$)")
_PROFILE_KEYS = frozenset(name.encode() for name in Profile.model_fields)


@dataclass
class Inputs:
    """What there is to judge; `catalogues` are years' folders, `faults` paths that are no use.

    `aside` are the copies of papers of a folder that danvan put aside (`x.ban-sua-1.docx` beside
    `x.docx`): they are judged where they are named.
    """

    catalogues: list[Path] = field(default_factory=list)
    profiles: list[Path] = field(default_factory=list)
    documents: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.catalogues or self.profiles or self.documents or self.faults)


def sorted_inputs(paths: Iterable[Path]) -> Inputs:
    """Every file that `paths` mean, once each, in a fixed order.

    A file of a catalogue stands for its whole catalogue. Of a folder, hidden folders and Word's own
    lock files are left out. YAML files of other programs are named in `skipped`, so that nothing is
    passed over unsaid.
    """
    inputs = Inputs()
    for path in paths:
        if path.is_dir():
            _walk(path, inputs)
        elif path.is_file():
            _one(path, inputs, given=True)
        elif path.exists():
            inputs.faults.append(_fault(path, "Không phải tệp thường. Chép nội dung vào một tệp."))
        else:
            inputs.faults.append(_fault(path, "Không có tệp hoặc thư mục này. Kiểm tra đường dẫn."))
    for kind in (inputs.catalogues, inputs.profiles, inputs.documents, inputs.skipped):
        kind[:] = list({real(path): path for path in sorted(kind)}.values())
    return inputs


def catalogues_of(path: Path) -> list[Path]:
    """The years' folders that the file at `path` is a part of; none where it is no such file."""
    folder = path.parent
    if folder.name == OUTLINES:
        folder = folder.parent
    elif folder.name != COUNTRY and path.name != TASKS and path.name not in REGISTERS:
        return []
    if (folder / TASKS).is_file():
        return [folder]
    cities = folder.parent.iterdir() if folder.name == COUNTRY else (folder,)
    return sorted(year for city in cities for year in years_of(city))


def files_of(year: Path) -> list[Path]:
    """Every file of the catalogue in the folder `year`, those of the layers below with it."""
    return [path for layer in layers_of(year) for path in layer_files(layer)]


def looks_like_profile(path: Path) -> bool:
    """Whether a YAML file has a key of a unit's file at its left edge; True if it cannot be read."""
    try:
        found = set(_KEY.findall(file_bytes(path)))
    except OSError:
        return True
    return bool(found & _PROFILE_KEYS)


def _of_another(path: Path) -> bool:
    """Whether a YAML file that was named is some other program's, and no unit's file gone wrong."""
    if path.name in PROFILE_NAMES or looks_like_profile(path):
        return False
    names = list(Profile.model_fields)
    heads = [head.decode() for head in _HEAD.findall(file_bytes(path))]
    return bool(heads) and not any(nearest(head, names, cutoff=0.75) for head in heads)


def _walk(folder: Path, inputs: Inputs) -> None:
    # A folder inside a catalogue stands for that catalogue, as one of its files does.
    def refused(inner: Path) -> None:
        inputs.faults.append(_fault(inner, "Không mở được thư mục này. Kiểm tra quyền đọc."))

    try:
        for path in files_below(folder, refused):
            original = _COPY.sub("", path.name)
            if original != path.name and path.with_name(original).exists():
                inputs.aside.append(path)
            else:
                _one(path, inputs, given=False)
    except UnfitError as error:
        inputs.faults.append(_fault(folder, f"{_capital(error.found)}. {error.remedy}"))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _one(path: Path, inputs: Inputs, *, given: bool) -> None:
    if path.suffix in YAML:
        years = catalogues_of(path)
        if years:
            inputs.catalogues.extend(years)
        elif looks_like_profile(path) or (given and not _of_another(path)):
            inputs.profiles.append(path)
        else:
            inputs.skipped.append(path)
    elif path.suffix.lower() in PAPERS or given:
        # The reader says of a file of another kind what to do with it.
        inputs.documents.append(path)


def _fault(path: Path, message: str) -> Finding:
    return Finding(Place(shown_path(path)), "DV101", message, subject="tep")
