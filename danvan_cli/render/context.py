"""A programme and an outline to the words of a document: what a template is given.

Every word is prose until the end, so that its origin can be counted; `plain` makes it text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from danvan_cli.findings import Finding
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.placeholders import unfilled
from danvan_cli.localize.programme import Programme
from danvan_cli.models.outline import Annex, AnnexRow, Outline
from danvan_cli.models.profile import DocumentChange, Signer
from danvan_cli.nodes import Text
from danvan_cli.prose import NOTHING, Origin, Prose, Words, filled, prose
from danvan_cli.render.assignment import Assignment, doers, of_lines
from danvan_cli.render.blocks import BlockPrinter
from danvan_cli.render.numbers import number_values
from danvan_cli.render.sections import Editor, Section
from danvan_cli.text import roman

LEFT_BLANK = Text("de_trong")


@dataclass(frozen=True)
class Content:
    """The words of one document, with the findings met on the way."""

    outline: Outline
    words: dict[str, Words]
    annexes: dict[str, Words] | None
    findings: tuple[Finding, ...]


def content_of(
    locality: Locality, programme: Programme, outline: Outline, change: DocumentChange | None
) -> Content:
    """The words of the document `outline` for the unit, as `change` of its file has them."""
    change = change or DocumentChange()
    problems: list[Finding] = []
    values: dict[str, Prose] = {**locality.values, **number_values(locality)}
    editor = Editor(locality, values, change, outline, problems)
    editor.check()
    made: dict[str, Words] = _frame(locality, outline, change, values)
    made["trich_yeu"] = [
        line for s in editor.sections(outline.trich_yeu) for line in s.text.lines()
    ]
    basis = editor.sections(outline.can_cu)
    if basis:
        made["can_cu"] = _punctuated([s.text for s in basis])
    body = editor.sections(outline.khoi)
    printer = BlockPrinter(locality, programme, outline, change.hinh_thuc, body, problems)
    blocks = printer.blocks()
    if len(blocks) == 1 and "bang" in blocks[0]:
        # A document that is a table has it by name, so that its template needs no loop.
        made["bang"] = blocks[0]["bang"]
    else:
        made["khoi"] = blocks
    made["chu_thich"] = [list(note) for note in printer.notes]
    if outline.ky == "tap_the":
        made["ky"] = _signature(locality, change)
        recipients = [s.text for s in editor.sections(outline.noi_nhan)]
        made["noi_nhan"] = {
            "nhan": prose(locality.catalogue.wording.nhan_noi_nhan, Origin.CATALOGUE),
            "dong": [prose("- ", Origin.RULE) + line for line in _punctuated(recipients)],
        }
    problems.extend(unfilled(made, locality))
    annexes = _annexes(locality, outline, body, values, problems) if outline.phu_luc else None
    return Content(outline, made, annexes, tuple(problems))


def plain(words: Words) -> object:
    """`words` as the strings, lists and dicts a template is given."""
    if isinstance(words, Prose):
        return str(words)
    if isinstance(words, Mapping):
        return {name: plain(w) for name, w in words.items()}
    return [plain(w) for w in words]


def shares(words: Words) -> Counter[Origin]:
    """How many words of a document come from the catalogue, from a rule, from the unit's file."""
    if isinstance(words, Prose):
        return words.words()
    parts: Iterable[Words] = words.values() if isinstance(words, Mapping) else words
    return sum((shares(w) for w in parts), Counter())


def _frame(
    locality: Locality, outline: Outline, change: DocumentChange, values: Mapping[str, Prose]
) -> dict[str, Words]:
    wording = locality.catalogue.wording

    def framed(text: str) -> Prose:
        return filled(text, values, Origin.CATALOGUE)

    kind = prose(change.ten_loai, Origin.UNIT) if change.ten_loai else framed(outline.ten_loai)
    made: dict[str, Words] = {
        "co_quan": [framed(line) for line in wording.co_quan_ban_hanh],
        "quoc_hieu": framed(wording.quoc_hieu),
        "tieu_ngu": framed(wording.tieu_ngu),
        "ten_loai": kind,
    }
    if outline.ky_hieu:
        made["so_ky_hieu"] = values[f"dong_so.{outline.loai}"]
        made["dia_danh_ngay"] = values[f"dong_ngay.{outline.loai}"]
    if outline.kem_theo:
        made["kem_theo"] = [line for text in outline.kem_theo for line in framed(text).lines()]
    if outline.tham_quyen:
        made["tham_quyen"] = framed(outline.tham_quyen)
    if outline.lenh:
        made["lenh"] = framed(outline.lenh)
    return made


def _signature(locality: Locality, change: DocumentChange) -> dict[str, Words]:
    wording = locality.catalogue.wording
    signer = (
        change.nguoi_ky or locality.profile.nguoi_ky or Signer.model_construct(ho_ten=LEFT_BLANK)
    )
    post = wording.chuc_vu[signer.chuc_vu]
    name = NOTHING if signer.ho_ten == LEFT_BLANK else prose(signer.ho_ten, Origin.UNIT)
    lines = [wording.thay_mat, *post]
    return {"quyen_han": [prose(line, Origin.CATALOGUE) for line in lines], "ho_ten": name}


def _punctuated(lines: list[Prose]) -> list[Prose]:
    """`lines` as a list of a document: `;` after each, `.` after the last."""
    made = []
    for index, line in enumerate(lines):
        bare = line.cut(0, len(str(line).rstrip(" .;,")))
        made.append(bare + prose("." if index == len(lines) - 1 else ";", Origin.RULE))
    return made


def _annexes(
    locality: Locality,
    outline: Outline,
    body: tuple[Section, ...],
    values: Mapping[str, Prose],
    problems: list[Finding],
) -> dict[str, Words]:
    sections = {s.ma: s for top in body for s in top.walk()}
    several = len(outline.phu_luc) > 1
    made: list[Words] = []
    for index, annex in enumerate(outline.phu_luc, start=1):
        number = roman(index) if several else ""
        name = filled(locality.catalogue.wording.phu_luc, {"tt": number}, Origin.CATALOGUE)
        printed = [row for row in annex.hang if row.khoi in sections]
        rows = [
            _row(annex, row, at, sections, locality, problems)
            for at, row in enumerate(printed, start=1)
        ]
        made.append(
            {
                "ten": name.cut(0, len(str(name).rstrip())),
                "tieu_de": filled(annex.tieu_de, values, Origin.CATALOGUE),
                "kem_theo": filled(annex.kem_theo, values, Origin.CATALOGUE),
                "cot": [prose(column.ten, Origin.CATALOGUE) for column in annex.cot],
                "dong": rows,
            }
        )
    return {"phu_luc": made}


def _row(
    annex: Annex,
    row: AnnexRow,
    number: int,
    sections: Mapping[str, Section],
    locality: Locality,
    problems: list[Finding],
) -> Words:
    said = Assignment()
    of_blocks = [
        (sections[ma].lines, sections[ma].origin) for ma in row.dong_khoi if ma in sections
    ]
    given = [
        (lines, o) for lines, o in [*of_blocks, (row.dong, Origin.CATALOGUE)] if lines is not None
    ]
    for lines, origin in given:
        more = of_lines(lines, origin, locality, annex.ma, problems)
        said = Assignment(**{n: v or getattr(said, n) for n, v in vars(more).items()})
    cells = {
        **vars(said),
        "tt": prose(str(number), Origin.RULE),
        "noi_dung": sections[row.khoi].text,
        "thuc_hien": doers(given, locality, annex.ma, problems),
    }
    return [cells[column.lay].lines() for column in annex.cot]
