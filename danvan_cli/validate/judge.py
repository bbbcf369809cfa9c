"""A catalogue, a unit's file, a document judged by every family of rules, less what is excused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.choosing import Where
from danvan_cli.load.folders import form_file, layers_of, shown_path
from danvan_cli.load.numbering import with_ids
from danvan_cli.load.profile import find_unit, unit_of
from danvan_cli.load.source import read_bytes
from danvan_cli.load.units import list_faults
from danvan_cli.localize.locality import Locality
from danvan_cli.models.profile import Profile
from danvan_cli.nodes import SourceText
from danvan_cli.problems import number_for_id
from danvan_cli.reading.reader import read_document
from danvan_cli.render.numbers import issued_on
from danvan_cli.validate import walk
from danvan_cli.validate.checks.catalogue.alike import Editions
from danvan_cli.validate.checks.documents.own import of_nobody, setting_of, which_place
from danvan_cli.validate.checks.documents.papers import Paper, paper_of
from danvan_cli.validate.checks.documents.templates import is_template
from danvan_cli.validate.checks.form.form import not_judged
from danvan_cli.validate.collect import (
    catalogue_files,
    catalogue_passages,
    catalogue_works,
    document_passages,
    profile_passages,
    profile_works,
    register_passages,
)
from danvan_cli.validate.inputs import Options, files_of
from danvan_cli.validate.localised import catalogue_findings, local_findings
from danvan_cli.validate.opened import OpenCatalogues, called
from danvan_cli.validate.outcome import Excused
from danvan_cli.validate.rules import Subject, rule_of
from danvan_cli.validate.setting import Setting
from danvan_cli.validate.suppress import Allowance, allow, allowances, sift


@dataclass
class Judged:
    """Findings, what they were found in, and by what it was judged."""

    findings: list[Finding] = field(default_factory=list)
    excused: list[Excused] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    unformed: list[tuple[str, str]] = field(default_factory=list)
    by_country: list[tuple[str, str]] = field(default_factory=list)
    catalogues: list[str] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    def add(self, other: Judged) -> None:
        """Take in what another part of the run found."""
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))

    def judged_by(self, catalogue: Catalogue, shown: str, which: str = "") -> None:
        """Say by which catalogue, and why by the country's alone; `which` province may be asked."""
        self.catalogues.append(called(catalogue))
        if catalogue.is_country_only:
            why = f"{catalogue.province} chưa có danh mục; bắt đầu: {catalogue.how_to_start}"
            self.by_country.append((shown, which or why))


def judged_catalogue(folder: Path, catalogues: OpenCatalogues, options: Options) -> Judged:
    """Everything said of the catalogue in the folder of a year, and of its units at large."""
    catalogue, faults = catalogues.at(folder)
    result = Judged(findings=list(faults), files=files_of(folder))
    if catalogue is None:
        return result
    result.judged_by(catalogue, "")
    setting = Setting(catalogue, "danh_muc", catalogue.year, today=options.today)
    findings = walk.of_thing(Subject.CATALOGUE, catalogue, setting)
    files = tuple(catalogue_files(catalogue))
    for passages in files:
        findings += walk.of_each(passages, setting)
    for passage in register_passages(catalogue):
        findings += walk.of_thing(Subject.TEXT, passage, setting)
    everything = [passage for passages in files for passage in passages]
    findings += walk.of_thing(Subject.TEXTS, everything, setting)
    findings += walk.of_works(catalogue_works(catalogue), setting)
    findings += catalogue_findings(catalogue)
    base = catalogues.base(options.base, catalogue) if options.base is not None else None
    if base is not None:
        findings += walk.of_thing(Subject.EDITIONS, Editions(base, catalogue), setting)
    for path in result.files:
        findings += _raw_findings(path, setting)
    _country_files(folder, catalogue, catalogues, result)
    findings = _ranked(walk.said_once(findings), after=_form(faults))
    read = [with_ids(suppression, catalogue) for suppression in catalogue.suppressions]
    findings += [number_for_id(one.number, one.ma) for _, numbered in read for one in numbered]
    sifted = sift(
        findings, [suppression for suppression, _ in read], options.today, options.looks_for
    )
    result.findings += [*sifted.kept, *sifted.faults]
    result.excused += sifted.excused
    return result


def _country_files(
    folder: Path, catalogue: Catalogue, catalogues: OpenCatalogues, result: Judged
) -> None:
    """What stands in the country's folder and in no catalogue: figures of form, lists of units."""
    for layer in layers_of(folder):
        if form_file(folder).parent == layer:
            result.files.append(form_file(folder))
            result.findings += catalogues.form(folder)[1]
        result.findings += list_faults(layer, tuple(catalogue.kinds))


def judged_profile(path: Path, catalogues: OpenCatalogues, options: Options) -> Judged:
    """Everything said of the unit's file at `path`."""
    shown = shown_path(path)
    profile, faults = catalogues.profile(path)
    result = Judged(findings=list(faults), files=[path])
    if profile is None:
        return result
    catalogue, more = catalogues.for_profile(profile, path)
    result.findings += more
    if catalogue is None:
        return result
    result.judged_by(catalogue, shown)
    unit, unknown = unit_of(catalogue, profile, shown)
    result.findings += unknown
    setting = Setting(catalogue, "ho_so", catalogue.year, unit=unit)
    written = profile
    profile, numbered = with_ids(written, catalogue)
    findings = [
        *(number_for_id(one.number, one.ma, catalogue.noun) for one in numbered),
        *_raw_findings(path, setting),
        *walk.of_thing(Subject.PROFILE, profile, setting),
        *_own_findings(written, profile, setting),
    ]
    causes = (*_form(faults), *_form(catalogues.faults(catalogue)), *unknown)
    findings = _ranked(walk.said_once(findings), after=causes)
    sifted = sift(findings, profile.bo_qua, options.today, options.wants)
    kept, excused = allow(sifted.kept, _allowances(catalogue, catalogues, options))
    result.findings += [*kept, *sifted.faults]
    result.excused += [*sifted.excused, *excused]
    return result


def _raw_findings(path: Path, setting: Setting) -> Iterator[Finding]:
    """What only the file's own characters show: values are composed when they are read."""
    text, _ = read_bytes(path, shown_path(path))
    if text is not None:
        yield from walk.of_thing(Subject.SOURCE, SourceText.of(shown_path(path), text), setting)


def _own_findings(written: Profile, profile: Profile, setting: Setting) -> Iterator[Finding]:
    """What is said of a unit's file as `written`, and with the ids of the tasks it names."""
    if setting.unit is not None:
        locality = Locality.of(setting.catalogue, setting.unit, written)
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
class Documents:
    """Judges a document: what was found, and the catalogues that are open by then."""

    catalogues: OpenCatalogues
    options: Options

    def __call__(self, path: Path) -> tuple[Judged, tuple[Where, ...]]:
        """What is said of the document at `path`, and the catalogues open by then."""
        found = _judged_document(path, self.catalogues, self.options)
        return found, tuple(self.catalogues.loaded)


def _judged_document(path: Path, catalogues: OpenCatalogues, options: Options) -> Judged:
    document, faults = read_document(path, shown_path(path))
    result = Judged(findings=list(faults), files=[path])
    if document is None:
        return result
    shown = shown_path(path)
    catalogue, choices = catalogues.for_document(document, options.unit, path)
    if path.suffix.lower() == ".docx" and is_template(document):
        if catalogue is not None:
            result.judged_by(catalogue, shown)
        outlines = catalogue.outlines if catalogue is not None else ()
        result.findings += walk.of_thing(Subject.TEMPLATE, path, shown, outlines)
        return result
    if catalogue is None:
        result.findings.append(of_nobody(document, shown, choices))
        return result
    result.judged_by(catalogue, shown, which_place(document, choices) if choices else "")
    unit = find_unit(catalogue, options.unit) if options.unit is not None else None
    # What it issues in the same file is of the day on which it is signed.
    issued = document.issued or options.issued
    settings = []
    for text in document.texts:
        setting = setting_of(text, catalogue, issued, unit)
        if document.issued and setting.issued and setting.issued < document.issued:
            setting = replace(setting, issued=None, until=document.issued)  # an older text, amended
        if choices:
            setting = replace(setting, unit=None)
        elif setting.unit is not None:
            own = catalogues.own_file(catalogue, setting.unit, path)
            if own is not None and own.co_quan:
                setting = replace(setting, book=setting.agencies.with_own(own.co_quan))
        settings.append((text, replace(setting, book=setting.agencies)))
    findings = walk.said_once(f for each in settings for f in walk.of_document(*each))
    if document.layout is not None:
        form, faults = catalogues.form(catalogue.folder)
        result.findings += faults
        if form is not None:
            findings += walk.of_thing(Subject.LAYOUT, document.layout, form, shown)
            if why := not_judged(document.layout):
                result.unformed.append((shown, why))
    result.papers += filter(None, (paper_of(*each) for each in settings))
    kept, excused = allow(findings, _allowances(catalogue, catalogues, options))
    result.findings += kept
    result.excused += excused
    return result


def _allowances(
    catalogue: Catalogue, catalogues: OpenCatalogues, options: Options
) -> tuple[Allowance, ...]:
    """The values that the catalogue's suppressions excuse, found in the passages they name."""
    if catalogue not in catalogues.allowed:
        wanted = {str(s.noi) for s in catalogue.suppressions}
        setting = Setting(catalogue, "danh_muc", catalogue.year)
        passages = [
            passage
            for passage in (catalogue_passages(catalogue) if wanted else ())
            if wanted & {passage.subject, *passage.subject.split(".")}
        ]
        sifted = sift(walk.of_file(passages, setting), catalogue.suppressions, options.today)
        catalogues.allowed[catalogue] = allowances(sifted.excused, catalogue.suppressions)
    return catalogues.allowed[catalogue]


def _form(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if rule_of(f.code).of_form)


def _ranked(findings: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """`findings` less what `after` says already of the same thing, those that may follow it marked."""
    after = tuple(after)
    if not after:
        return list(findings)
    reported = {fault.subject for fault in after} - {""}
    entries = {subject.split(".")[0] for subject in reported}
    ranked = []
    for finding in findings:
        follows = rule_of(finding.code).may_follow
        entry = finding.subject.split(".")[0]
        if finding.subject not in reported and not (follows and entry in entries):
            ranked.append(replace(finding, rank=1) if follows else finding)
    return ranked
