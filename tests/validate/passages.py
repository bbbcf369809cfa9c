"""What tests of rules on passages share: the small catalogue, passages made from lines."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from danvan_cli.findings import Finding, Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.passage import Passage, Role
from danvan_cli.validate.checks.deadlines.times import Years
from danvan_cli.validate.rules import Subject
from danvan_cli.validate.setting import Setting
from danvan_cli.validate.walk import of_passage, of_thing

HERE = Path(__file__).parent
SMALL = HERE.parent / "data" / "thanh-pho-nho"


def small_catalogue() -> Catalogue:
    catalogue, findings = load_catalogue(SMALL)
    assert catalogue is not None
    assert findings == ()
    return catalogue


CATALOGUE = small_catalogue()


def passage(text: str, role: Role = "chu", subject: str = "thu") -> Passage:
    return Passage(text, role, subject, lambda at: Place("thu.txt", 1, at + 1), fixable=True)


def said_of(one: Passage, where: Setting, codes: str, years: Years | None = None) -> list[Finding]:
    """What the rules whose codes begin with `codes` say of a passage by itself."""
    return [f for f in of_passage(one, where, years) if f.code.startswith(codes)]


def said_among(passages: Sequence[Passage], where: Setting, codes: str) -> list[Finding]:
    """What they say of passages among each other."""
    return [f for f in of_thing(Subject.TEXTS, passages, where) if f.code.startswith(codes)]


def setting(case: dict[str, str]) -> Setting:
    unit = next((u for u in CATALOGUE.units if u.ma == case.get("unit")), None)
    issued = date.fromisoformat(case["issued"]) if "issued" in case else None
    return Setting(CATALOGUE, case.get("kind", "van_ban"), CATALOGUE.year, issued, unit)  # type: ignore[arg-type]


def told(findings: list[Finding]) -> list[list[str]]:
    """Each finding as the case files write it: code, what is at fault, message, fix if any."""
    ordered = sorted(findings, key=lambda f: (f.place, f.code))
    return [
        [f.code, f.value, f.message, *([f.fix.new] if f.fix is not None else [])] for f in ordered
    ]
