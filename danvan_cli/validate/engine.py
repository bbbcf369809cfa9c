"""The paths of a command to one `Report`: load, judge by every family, excuse, put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.findings import Finding, Severity, in_order
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.choosing import Where
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.load.profile import find_unit, unit_of
from danvan_cli.load.source import read_bytes
from danvan_cli.localize.locality import Locality
from danvan_cli.models.profile import Profile
from danvan_cli.nodes import SourceText
from danvan_cli.parallel import spread
from danvan_cli.reading.reader import read_document
from danvan_cli.render.numbers import issued_on
from danvan_cli.validate import walk
from danvan_cli.validate.checks.catalogue.editions import Editions
from danvan_cli.validate.checks.documents.own import of_nobody, setting_of, which_place
from danvan_cli.validate.checks.documents.templates import is_template
from danvan_cli.validate.checks.form.form import not_judged
from danvan_cli.validate.collect import (
    catalogue_files,
    catalogue_passages,
    catalogue_works,
    document_passages,
    profile_passages,
    profile_works,
)
from danvan_cli.validate.found import Found
from danvan_cli.validate.impact import Impact, impact, profiles_of
from danvan_cli.validate.inputs import Inputs, files_of, sorted_inputs
from danvan_cli.validate.localised import kind_findings, local_findings
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.rule import Subject
from danvan_cli.validate.rules import chosen, rule_of
from danvan_cli.validate.setting import Setting
from danvan_cli.validate.shelf import Shelf
from danvan_cli.validate.suppress import Allowance, allow, allowances, sift


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
        return (not self.select or chosen(code, self.select)) and not chosen(code, self.ignore)


def validate_paths(
    paths: Iterable[Path], options: Options, known: Iterable[Catalogue] = ()
) -> Report:
    """Every finding in the catalogues, unit files and documents that `paths` mean.

    `known` are sound catalogues that are open already.

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
    shelf = Shelf(options.catalogue_root, options.year, given=options.given)
    shelf.stand_on(inputs.catalogues)
    for catalogue in known:
        shelf.keep(catalogue)
    found = Found(findings=list(inputs.faults))
    for folder in inputs.catalogues:
        found.add(_judged_catalogue(folder, shelf, options))
    for path in inputs.profiles:
        found.add(_judged_profile(path, shelf, options))
    for one, opened in spread(_Documents(shelf, options), inputs.documents, options.jobs):
        found.add(one)
        for where in opened:
            shelf.at(where)
    report = _report(found, inputs, shelf, options)
    if options.base is None:
        return report
    return replace(report, impact=_impact(inputs, shelf, options.base))


def _impact(inputs: Inputs, shelf: Shelf, base: Path) -> tuple[Impact, ...]:
    made: list[Impact] = []
    for folder in inputs.catalogues:
        new = shelf.at(folder)[0]
        old = shelf.base(base, new) if new is not None else None
        if new is None or old is None:
            continue
        own = profiles_of(inputs.profiles, new)
        made.append(impact(old, new, own, (*shelf.base_faults, *shelf.faults(new))))
    return tuple(made)


def _report(found: Found, inputs: Inputs, shelf: Shelf, options: Options) -> Report:
    # Without its catalogue nothing else can be judged, so what is wrong with it is always said.
    broken = [f for faults in shelf.faults_of_broken() for f in faults]
    wanted = [f for f in (*found.findings, *broken) if options.wants(f.code)]
    excused = {e.finding: e for e in found.excused if options.wants(e.finding.code)}
    in_catalogue = {shown_path(path): path for path in shelf.files()}
    paths = {shown_path(path): path for path in found.files} | in_catalogue
    return Report(
        findings=in_order(_first_ranks(wanted)),
        excused=tuple(sorted(excused.values())),
        files=tuple(dict.fromkeys(shown_path(path) for path in found.files)),
        skipped=tuple(shown_path(path) for path in inputs.skipped),
        unformed=tuple(found.unformed) if options.wants("DV801") else (),
        catalogues=tuple(dict.fromkeys(found.catalogues)),
        by_country=tuple(found.by_country),
        catalogue_files=frozenset(in_catalogue),
        sources=_sources({f.place.path for f in wanted}, paths),
        fail_on=options.fail_on,
    )


def _sources(shown: set[str], paths: dict[str, Path]) -> dict[str, str]:
    made = {}
    for name in sorted(shown & set(paths)):
        if paths[name].suffix.lower() != ".docx" and paths[name].is_file():
            text, _ = read_bytes(paths[name], name)
            if text is not None:
                made[name] = text
    return made


def _first_ranks(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, as a root cause where one stage saw it as such."""
    seen: dict[Finding, Finding] = {}
    for finding in findings:
        key = replace(finding, rank=0)
        if key not in seen or finding.rank < seen[key].rank:
            seen[key] = finding
    yield from seen.values()


def _judged_catalogue(folder: Path, shelf: Shelf, options: Options) -> Found:
    catalogue, faults = shelf.at(folder)
    made = Found(findings=list(faults), files=files_of(folder))
    if catalogue is None:
        return made
    made.judged_by(catalogue, "")
    setting = Setting(catalogue, "danh_muc", catalogue.year)
    findings = walk.of_thing(Subject.CATALOGUE, catalogue, setting)
    files = tuple(catalogue_files(catalogue))
    for passages in files:
        findings += walk.of_each(passages, setting)
    everything = [passage for passages in files for passage in passages]
    findings += walk.of_thing(Subject.TEXTS, everything, setting)
    findings += walk.of_works(catalogue_works(catalogue), setting)
    for kind in catalogue.kinds_in_use:
        findings += kind_findings(catalogue, kind)
    base = shelf.base(options.base, catalogue) if options.base is not None else None
    if base is not None:
        findings += walk.of_thing(Subject.EDITIONS, Editions(base, catalogue), setting)
    for path in made.files:
        findings += _raw_findings(path, setting)
    findings = _ranked(walk.said_once(findings), after=_form(faults))
    sifted = sift(findings, catalogue.suppressions, options.today, options.looks_for)
    made.findings += [*sifted.kept, *sifted.faults]
    made.excused += sifted.excused
    return made


def _judged_profile(path: Path, shelf: Shelf, options: Options) -> Found:
    shown = shown_path(path)
    profile, faults = load_profile(path, shown)
    made = Found(findings=list(faults), files=[path])
    if profile is None:
        return made
    catalogue, more = shelf.for_profile(profile, path)
    made.findings += more
    if catalogue is None:
        return made
    made.judged_by(catalogue, shown)
    unit, unknown = unit_of(catalogue, profile, shown)
    made.findings += unknown
    setting = Setting(catalogue, "ho_so", catalogue.year, unit=unit)
    findings = [
        *_raw_findings(path, setting),
        *walk.of_thing(Subject.PROFILE, profile, setting),
        *_own_findings(profile, setting),
    ]
    causes = (*_form(faults), *_form(shelf.faults(catalogue)), *unknown)
    findings = _ranked(walk.said_once(findings), after=causes)
    sifted = sift(findings, profile.bo_qua, options.today, options.wants)
    kept, excused = allow(sifted.kept, _allowances(catalogue, shelf, options))
    made.findings += [*kept, *sifted.faults]
    made.excused += [*sifted.excused, *excused]
    return made


def _raw_findings(path: Path, setting: Setting) -> Iterator[Finding]:
    """What only the file's own characters show: values are composed when they are read."""
    text, _ = read_bytes(path, shown_path(path))
    if text is not None:
        yield from walk.of_thing(Subject.SOURCE, SourceText.of(shown_path(path), text), setting)


def _own_findings(profile: Profile, setting: Setting) -> Iterator[Finding]:
    if setting.unit is not None:
        locality = Locality.of(setting.catalogue, setting.unit, profile)
        yield from local_findings(locality)
        yield from walk.of_thing(Subject.CHANGES, locality, setting)
        yield from walk.of_works(profile_works(locality), setting)
    passages = profile_passages(profile)
    yield from walk.of_each(passages, setting)
    for kind, change in profile.van_ban.items():
        own = document_passages(kind, change)
        yield from walk.of_each(own, replace(setting, issued=issued_on(change)))
        passages += own
    yield from walk.of_thing(Subject.TEXTS, passages, setting)


@dataclass(frozen=True)
class _Documents:
    """Judges a document: what was found, and the catalogues that are open by then."""

    shelf: Shelf
    options: Options

    def __call__(self, path: Path) -> tuple[Found, tuple[Where, ...]]:
        found = _judged_document(path, self.shelf, self.options)
        return found, tuple(self.shelf.loaded)


def _judged_document(path: Path, shelf: Shelf, options: Options) -> Found:
    document, faults = read_document(path, shown_path(path))
    made = Found(findings=list(faults), files=[path])
    if document is None:
        return made
    shown = shown_path(path)
    catalogue, choices = shelf.for_document(document, options.unit, path)
    if path.suffix.lower() == ".docx" and is_template(document):
        if catalogue is not None:
            made.judged_by(catalogue, shown)
        outlines = catalogue.outlines if catalogue is not None else ()
        made.findings += walk.of_template(path, shown, outlines)
        return made
    if catalogue is None:
        made.findings.append(of_nobody(document, shown, choices))
        return made
    made.judged_by(catalogue, shown, which_place(document, choices) if choices else "")
    unit = find_unit(catalogue, options.unit) if options.unit is not None else None
    # What it issues in the same file is of the day on which it is signed.
    issued = document.issued or options.issued
    settings = [(text, setting_of(text, catalogue, issued, unit)) for text in document.texts]
    if choices:
        settings = [(text, replace(setting, unit=None)) for text, setting in settings]
    findings = walk.said_once(f for each in settings for f in walk.of_document(*each))
    if document.layout is not None:
        form, faults = shelf.form(catalogue.folder)
        made.findings += faults
        if form is not None:
            findings += walk.of_layout(document.layout, form, shown)
            if why := not_judged(document.layout):
                made.unformed.append((shown, why))
    kept, excused = allow(findings, _allowances(catalogue, shelf, options))
    made.findings += kept
    made.excused += excused
    return made


def _allowances(catalogue: Catalogue, shelf: Shelf, options: Options) -> tuple[Allowance, ...]:
    """The values the catalogue stands by, found from the passages its suppressions name."""
    if catalogue not in shelf.allowed:
        wanted = {str(s.noi) for s in catalogue.suppressions}
        setting = Setting(catalogue, "danh_muc", catalogue.year)
        passages = [
            passage
            for passage in (catalogue_passages(catalogue) if wanted else ())
            if wanted & {passage.subject, *passage.subject.split(".")}
        ]
        sifted = sift(walk.of_file(passages, setting), catalogue.suppressions, options.today)
        shelf.allowed[catalogue] = allowances(sifted.excused, catalogue.suppressions)
    return shelf.allowed[catalogue]


def _form(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if rule_of(f.code).of_form)


def _ranked(findings: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """`findings`, those that may only follow from `after` marked so."""
    if not tuple(after):
        return list(findings)
    return [replace(f, rank=1) if rule_of(f.code).may_follow else f for f in findings]
