"""What `--fix` writes beside whole texts, so that a later change of the city's words is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from danvan_cli.load.bounded import as_if, file_bytes, real
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.starting.marking import marked_catalogue, marked_profile
from danvan_cli.validate.fix import Fixed
from danvan_cli.validate.inputs import sorted_inputs
from danvan_cli.validate.options import Options
from danvan_cli.validate.shelf import OpenCatalogues


def with_drift_marks(
    made: Fixed, paths: Iterable[Path], options: Options, may: Callable[[Path], bool]
) -> tuple[Fixed, int]:
    """`made` with the marks that sound files of `paths` lack, and how many; nothing is written."""
    inputs = sorted_inputs(paths)
    shelf = OpenCatalogues(options.catalogue_root, options.year, given=options.given)
    shelf.stand_on(inputs.catalogues)
    files, read, count = dict(made.files), dict(made.read), 0
    with as_if(files):
        found: list[tuple[Path, bytes, int]] = []
        for folder in inputs.catalogues:
            catalogue, faults = shelf.at(folder)
            if catalogue is not None and not faults:
                found += [(p, *one) for p, one in marked_catalogue(catalogue).items()]
        for path in inputs.profiles:
            profile, faults = load_profile(path, shown_path(path))
            catalogue = shelf.for_profile(profile, path)[0] if profile and not faults else None
            if catalogue is not None:
                found.append((path, *marked_profile(path, file_bytes(path), catalogue)))
    for path, data, marks in found:
        if marks and may(path):
            key = real(path)
            read.setdefault(key, file_bytes(path))
            files[key] = data
            count += marks
    return replace(made, files=files, read=read), count
