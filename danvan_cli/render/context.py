"""A programme and an outline to the content of a document."""

from __future__ import annotations

from collections.abc import Mapping

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.placeholders import unfilled
from danvan_cli.localize.programme import Programme
from danvan_cli.models.outline import Annex, AnnexRow, Outline
from danvan_cli.models.profile import DocumentChange, Signer
from danvan_cli.nodes import Text
from danvan_cli.problems import unknown_post
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, filled, prose
from danvan_cli.render.assignment import Assignment, doers, of_lines
from danvan_cli.render.blocks import BlockPrinter
from danvan_cli.render.by_agency import assigned_rows
from danvan_cli.render.content import (
    Content,
    ListLine,
    PrintedAnnex,
    PrintedSignature,
    Recipients,
    Row,
    RowFields,
    RowGroup,
    Table,
)
from danvan_cli.render.numbers import number_values
from danvan_cli.render.sections import Editor, FilledBlock
from danvan_cli.text import roman

LEFT_BLANK = Text("de_trong")


def content_of(
    locality: Locality, programme: Programme, outline: Outline, change: DocumentChange | None
) -> tuple[Content, tuple[Finding, ...]]:
    """The document `outline` of the unit, as `change` of its file has it, and what was found."""
    change = change or DocumentChange()
    problems: list[Finding] = []
    values: dict[str, Prose] = {**locality.values, **number_values(locality)}
    editor = Editor(locality, values, change, outline, problems)
    editor.check()
    body = editor.sections(outline.khoi)
    printer = BlockPrinter(locality, programme, outline, change.hinh_thuc, body, problems)
    signed = outline.ky == "tap_the"
    joint = change.lien_tich
    wording = locality.catalogue.wording

    def framed(text: str | None) -> Prose:
        return filled(text, values, Origin.CATALOGUE) if text else NOTHING

    def printed(name: str) -> Prose:
        return values[f"{name}.{outline.loai}"] if outline.ky_hieu else NOTHING

    made = Content(
        co_quan=tuple(prose(line, Origin.UNIT) for line in joint.co_quan)
        if joint is not None
        else tuple(framed(line) for line in wording.co_quan_ban_hanh),
        quoc_hieu=framed(wording.quoc_hieu),
        tieu_ngu=framed(wording.tieu_ngu),
        so_ky_hieu=printed("dong_so"),
        dia_danh_ngay=printed("dong_ngay"),
        ten_loai=prose(change.ten_loai, Origin.UNIT)
        if change.ten_loai
        else framed(outline.ten_loai),
        trich_yeu=tuple(
            ListLine(s.ma, line)
            for s in editor.sections(outline.trich_yeu)
            for line in s.text.lines()
        ),
        kem_theo=tuple(line for text in outline.kem_theo for line in framed(text).lines()),
        tham_quyen=framed(outline.tham_quyen),
        can_cu=_listed(editor.sections(outline.can_cu)),
        lenh=framed(outline.lenh),
        noi_dung=tuple(printer.blocks()),
        noi_nhan=_recipients(locality, editor.sections(outline.noi_nhan))
        if signed
        else Recipients(),
        ky=_signature(locality, change.nguoi_ky, problems) if signed else PrintedSignature(),
        ky_cung=_signature(locality, joint.nguoi_ky, problems)
        if signed and joint is not None
        else PrintedSignature(),
        phu_luc=_annexes(locality, programme, outline, body, values, problems),
    )
    editor.check_added()
    problems.extend(unfilled(made.proses(), locality))
    return made, tuple(problems)


def _recipients(locality: Locality, sections: tuple[FilledBlock, ...]) -> Recipients:
    dash = by_rule("- ", reasons.BULLET)
    lines = tuple(ListLine(line.ma, dash + line.chu) for line in _listed(sections))
    return Recipients(prose(locality.catalogue.wording.nhan_noi_nhan, Origin.CATALOGUE), lines)


def _signature(
    locality: Locality, own_signer: Signer | None, problems: list[Finding]
) -> PrintedSignature:
    wording = locality.catalogue.wording
    signer = own_signer or locality.profile.nguoi_ky or Signer.model_construct(ho_ten=LEFT_BLANK)
    posts = {str(name): lines for name, lines in wording.chuc_vu.items()}
    wanted = signer.chuc_vu or next(iter(posts))
    if signer.chuc_vu is not None and wanted not in posts:
        problems.append(unknown_post(signer.chuc_vu, signer.chuc_vu.place, posts))
    name = NOTHING if signer.ho_ten == LEFT_BLANK else prose(signer.ho_ten, Origin.UNIT)
    lines = tuple(prose(line, Origin.CATALOGUE) for line in posts.get(wanted, ()))
    own = tuple(prose(line, Origin.UNIT) for line in signer.quyen_han)
    return PrintedSignature(own or lines, name)


def _listed(sections: tuple[FilledBlock, ...]) -> tuple[ListLine, ...]:
    """`sections` as a list of a document: `;` after each, `.` after the last."""
    made = []
    for index, section in enumerate(sections, start=1):
        bare = section.text.cut(0, len(str(section.text).rstrip(" .;,")))
        mark = by_rule("." if index == len(sections) else ";", reasons.LINE_END)
        made.append(ListLine(section.ma, bare + mark))
    return tuple(made)


def _annexes(
    locality: Locality,
    programme: Programme,
    outline: Outline,
    body: tuple[FilledBlock, ...],
    values: Mapping[str, Prose],
    problems: list[Finding],
) -> tuple[PrintedAnnex, ...]:
    sections = {s.ma: s for top in body for s in top.walk()}
    several = len(outline.phu_luc) > 1
    return tuple(
        _annex(annex, roman(index) if several else "", rows, locality, values)
        for index, annex in enumerate(outline.phu_luc, start=1)
        if (rows := _annex_rows(annex, programme, sections, locality, problems))
    )


def _annex_rows(
    annex: Annex,
    programme: Programme,
    sections: Mapping[str, FilledBlock],
    locality: Locality,
    problems: list[Finding],
) -> tuple[Row, ...]:
    if annex.xep is not None:
        return assigned_rows(programme, locality.catalogue)
    printed = [row for row in annex.hang if row.khoi in sections]
    return tuple(
        _row(annex.ma, row, at, sections, locality, problems)
        for at, row in enumerate(printed, start=1)
    )


def _annex(
    annex: Annex,
    number: str,
    rows: tuple[Row, ...],
    locality: Locality,
    values: Mapping[str, Prose],
) -> PrintedAnnex:
    name = filled(
        locality.catalogue.wording.phu_luc,
        {"tt": by_rule(number, reasons.NUMBERED)},
        Origin.CATALOGUE,
    )
    columns = RowFields(**{c.lay: prose(c.ten, Origin.CATALOGUE) for c in annex.cot})
    return PrintedAnnex(
        ma=str(annex.ma),
        ten=name.cut(0, len(str(name).rstrip())),
        tieu_de=filled(annex.tieu_de, values, Origin.CATALOGUE),
        kem_theo=filled(annex.kem_theo, values, Origin.CATALOGUE),
        bang=Table(columns, (RowGroup(str(annex.ma), hang=rows),)),
    )


def _row(
    subject: str,
    row: AnnexRow,
    number: int,
    sections: Mapping[str, FilledBlock],
    locality: Locality,
    problems: list[Finding],
) -> Row:
    said = Assignment()
    of_blocks = [
        (sections[ma].lines, sections[ma].origin) for ma in row.dong_khoi if ma in sections
    ]
    given = [
        (lines, o) for lines, o in [*of_blocks, (row.dong, Origin.CATALOGUE)] if lines is not None
    ]
    for lines, origin in given:
        more = of_lines(lines, origin, locality, subject, problems)
        said = Assignment(**{n: v or getattr(said, n) for n, v in vars(more).items()})
    section = sections[row.khoi]
    words = {**vars(said), "thuc_hien": doers(given, locality, subject, problems)}
    # A cell is no sentence: the full stop of a line stays with the line.
    words = {name: text.cut(0, len(str(text).rstrip("."))) for name, text in words.items()}
    return Row(
        ma=section.ma,
        tt=by_rule(str(number), reasons.NUMBERED),
        noi_dung=section.text,
        place=section.text.place,
        **words,
    )
