"""A rule as a value: what it looks at, its function, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from danvan_cli.findings import Severity

SEVERITY_NAMES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "lưu ý"}
"""What people call each severity."""
_PAGES = Path(__file__).parent / "pages"


class Subject(StrEnum):
    """What a rule looks at, as people call it; beside it the value its function takes."""

    FORM = "dạng của tệp"  # said by `load` as it reads
    EDIT = "sửa đổi của đơn vị"  # said by `localize` and `render` as they work
    SUPPRESSION = "mục bỏ qua"  # said by `validate.suppress`
    SOURCE = "chữ của tệp YAML"  # nodes.SourceText
    CATALOGUE = "danh mục"  # load.catalogue.Catalogue
    EDITIONS = "hai bản của danh mục"  # checks.catalogue.editions.Editions
    PROFILE = "hồ sơ đơn vị"  # models.profile.Profile
    CHANGES = "phân công của đơn vị"  # localize.locality.Locality
    TEMPLATE = "mẫu Word"  # pathlib.Path
    DOCUMENT = "văn bản"  # reading.document.Document
    TOGETHER = "các văn bản của một đơn vị"  # checks.documents.papers.Paper of each
    LAYOUT = "thể thức"  # word.layout, with the figures it is held to
    TEXTS = "các đoạn của một tệp"  # a sequence of passages
    TEXT = "đoạn chữ"  # passage.Passage, its words alone: catalogue and kind in the setting
    PROSE = "lời văn"  # passage.Passage that is no cell of agencies and no deadline
    DEADLINE = "ô thời hạn"  # checks.deadlines.times.DeadlineCell, whoever's it is
    TIME = "mốc thời hạn"  # checks.deadlines.times.Time, whoever's it is
    AGENCIES = "ô cơ quan"  # checks.agencies.named.CellAgencies
    AGENCY = "cơ quan trong ô"  # checks.agencies.named.Named
    WORK = "nhiệm vụ"  # validate.work.Work
    CITATION = "viện dẫn"  # checks.citations.cited.Cited, whoever's it is


@dataclass(frozen=True)
class Rule:
    """A rule: a code that never means another rule, and all there is to know of it.

    `looks_at` gives for each subject the function that looks at it, as `module:name` below
    `validate.checks`; None where the stage that works with the subject says it. A function yields
    findings, and one may speak for several rules. `unless` are codes that, found on the same
    thing, leave nothing to say; `yields_to` codes that say it better of the same words. `once`
    means that a second finding at the same place says the same. `may_follow` marks what a fault
    of form elsewhere may be the cause of, `fatal` what makes the exit code 3, `in_catalogue` how
    much it weighs in the catalogue itself. A finding of a rule marked `signer` is printed even where
    it is suppressed: whoever signs must know of it.
    """

    code: str
    name: str
    severity: Severity
    title: str
    looks_at: Mapping[Subject, str | None] = field(default_factory=dict)
    unless: frozenset[str] = frozenset()
    yields_to: frozenset[str] = frozenset()
    once: bool = False
    may_follow: bool = False
    fatal: bool = False
    in_catalogue: Severity | None = None
    signer: bool = False

    @property
    def of_form(self) -> bool:
        """Whether it is of the form of a file: such a finding cannot be passed over."""
        return Subject.FORM in self.looks_at

    @property
    def page(self) -> str:
        """The rule's page: what, why, wrong, right, how to mend, source (Markdown, Vietnamese)."""
        return (_PAGES / f"{self.code}.md").read_text(encoding="utf-8")
