"""The invented city, the real one, and units of both made ready for a test."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from danvan_cli.findings import Finding, in_order
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue, load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.localize.locality import Locality
from tests.places import by_words

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "data" / "thanh-pho-nho"
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/ho-so.yaml"))


def catalogue_at(folder: Path, year: str | None = None) -> Catalogue:
    """The catalogue in `folder`, which must be sound; it is read once."""
    return _catalogue(folder.resolve(), year)


@cache
def _catalogue(folder: Path, year: str | None) -> Catalogue:
    catalogue, findings = load_catalogue(folder, year)
    assert findings == ()
    assert catalogue is not None
    return catalogue


def small_city() -> Catalogue:
    return catalogue_at(SMALL)


def shipped_city() -> Catalogue:
    return catalogue_at(ROOT / "catalog")


def locality_of(
    catalogue: Catalogue, profile: Path | str, folder: Path | None = None
) -> tuple[Locality | None, tuple[Finding, ...]]:
    """The unit whose file is `profile` (a path, or the text to be written in `folder`)."""
    if isinstance(profile, str):
        assert folder is not None
        path = folder / "ho-so.yaml"
        path.write_text(profile, encoding="utf-8")
        profile = path
    read, findings = load_profile(profile, "ho-so.yaml")
    if read is None:
        return None, findings
    unit, more = unit_of(catalogue, read, "ho-so.yaml")
    if unit is None:
        return None, findings + more
    return Locality.of(catalogue, unit, read), findings + more


def sound(catalogue: Catalogue, profile: Path | str, folder: Path | None = None) -> Locality:
    """As `locality_of`, of a file in which nothing may be at fault."""
    locality, findings = locality_of(catalogue, profile, folder)
    assert findings == ()
    assert locality is not None
    return locality


def said(findings: tuple[Finding, ...]) -> str:
    """The findings as lines `line:column CODE message`; those on a shared file by its words."""
    return "".join(f"{_line(finding)}\n" for finding in in_order(findings))


def _line(finding: Finding) -> str:
    path = Path(finding.place.path)
    if path.is_file():
        return f"{path.name} {by_words(finding, path)}"
    return f"{finding.place.line}:{finding.place.column} {finding.code} {finding.message}"
