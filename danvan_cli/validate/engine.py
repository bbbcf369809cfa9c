"""The paths of a command to one `Report`: load, judge by every family, excuse, put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.findings import Finding, in_order
from danvan_cli.load.bounded import real
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.choosing import home_of
from danvan_cli.load.folders import shown_path
from danvan_cli.load.source import read_bytes
from danvan_cli.models.profile import Profile
from danvan_cli.parallel import spread
from danvan_cli.validate import walk
from danvan_cli.validate.impact import Impact, impact, profiles_of
from danvan_cli.validate.inputs import Inputs, Options, sorted_inputs
from danvan_cli.validate.judge import Documents, Judged, judged_catalogue, judged_profile
from danvan_cli.validate.opened import OpenCatalogues
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.rules import Subject


def validate_paths(
    paths: Iterable[Path],
    options: Options,
    known: Iterable[Catalogue] = (),
    profiles: Mapping[Path, Profile] | None = None,
) -> Report:
    """Every finding in the catalogues, unit files and documents that `paths` mean.

    `known` are sound catalogues that are open already, `profiles` sound units' files.

    Raises:
        ReadError: the catalogue in use is not there.
        UsageError: nothing to judge there, or an unknown unit or year in `options`.
    """
    paths = tuple(paths)
    inputs = sorted_inputs(paths)
    if not inputs and not (inputs.skipped and options.foreign):
        names = ", ".join(f"'{path}'" for path in paths)
        why = ": tệp YAML ở đây không phải của danvan" if inputs.skipped else ""
        raise UsageError(
            f"Không có gì để kiểm tra ở {names}{why}.",
            "Chỉ đến danh mục, hồ sơ đơn vị (.yaml) hoặc văn bản (.docx, .txt).",
        )
    catalogues = OpenCatalogues(options.catalogue_root, options.year, given=options.given)
    catalogues.stand_on(inputs.catalogues)
    for catalogue in known:
        catalogues.keep(catalogue)
    catalogues.profiles |= {real(path): (profile, ()) for path, profile in (profiles or {}).items()}
    found = Judged(findings=list(inputs.faults))
    for folder in inputs.catalogues:
        found.add(judged_catalogue(folder, catalogues, options))
    for path in inputs.profiles:
        found.add(judged_profile(path, catalogues, options))
    judge = Documents(catalogues, options)
    for one, opened in spread(judge, inputs.documents, options.jobs, _in_one_folder):
        found.add(one)
        for where in opened:
            catalogues.at(where)
    found.findings += walk.of_thing(Subject.TOGETHER, found.papers)
    report = _report(found, inputs, catalogues, options)
    if options.base is None:
        return report
    return replace(report, impact=_impact(inputs, catalogues, options.base))


def _in_one_folder(path: Path, other: Path) -> bool:
    """Whether two documents stand beside each other: each is read to judge the other."""
    return path.parent == other.parent


def _impact(inputs: Inputs, catalogues: OpenCatalogues, base: Path) -> tuple[Impact, ...]:
    impacts: list[Impact] = []
    for folder in inputs.catalogues:
        new = catalogues.at(folder)[0]
        old = catalogues.base(base, new) if new is not None else None
        if new is None or old is None:
            continue
        paths = [path for path in inputs.profiles if _is_of(path, new, catalogues)]
        own = profiles_of(paths, new)
        impacts.append(impact(old, new, own, (*catalogues.base_faults, *catalogues.faults(new))))
    return tuple(impacts)


def _is_of(path: Path, catalogue: Catalogue, catalogues: OpenCatalogues) -> bool:
    """Whether a unit's file is of the city of `catalogue`, the only one judged or one of several."""
    if len(catalogues.judged) == 1:
        return True
    profile, _ = catalogues.profile(path)
    its_own = catalogues.for_profile(profile, path)[0] if profile is not None else None
    return its_own is not None and home_of(its_own) == home_of(catalogue)


def _report(found: Judged, inputs: Inputs, catalogues: OpenCatalogues, options: Options) -> Report:
    # Without its catalogue nothing else can be judged, so what is wrong with it is always said.
    broken = [f for faults in catalogues.faults_of_broken() for f in faults]
    wanted = [f for f in (*found.findings, *broken) if options.wants(f.code)]
    excused = {e.finding: e for e in found.excused if options.wants(e.finding.code)}
    in_catalogue = {shown_path(path): path for path in catalogues.files()}
    paths = {shown_path(path): path for path in found.files} | in_catalogue
    return Report(
        findings=in_order(_first_ranks(walk.said_once(wanted))),
        excused=tuple(sorted(excused.values())),
        files=tuple(dict.fromkeys(shown_path(path) for path in found.files)),
        skipped=tuple(shown_path(path) for path in inputs.skipped),
        aside=tuple(shown_path(path) for path in inputs.aside),
        unformed=tuple(found.unformed) if options.wants("DV801") else (),
        catalogues=tuple(dict.fromkeys(found.catalogues)),
        by_country=tuple(found.by_country),
        catalogue_files=frozenset(in_catalogue),
        sources=_sources({f.place.path for f in wanted}, paths),
        fail_on=options.fail_on,
    )


def _sources(shown: set[str], paths: dict[str, Path]) -> dict[str, str]:
    texts = {}
    for name in sorted(shown & set(paths)):
        if paths[name].suffix.lower() != ".docx" and paths[name].is_file():
            text, _ = read_bytes(paths[name], name)
            if text is not None:
                texts[name] = text
    return texts


def _first_ranks(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, as a root cause where one stage saw it as such."""
    seen: dict[Finding, Finding] = {}
    for finding in findings:
        key = replace(finding, rank=0)
        if key not in seen or finding.rank < seen[key].rank:
            seen[key] = finding
    yield from seen.values()
