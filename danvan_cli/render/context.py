"""A programme and an outline to the content of a document."""

from __future__ import annotations

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.placeholders import unfilled
from danvan_cli.localize.programme import Programme
from danvan_cli.models.outline import Outline
from danvan_cli.models.profile import DocumentChange, Signer
from danvan_cli.nodes import Text
from danvan_cli.problems import unknown_post
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, filled, prose
from danvan_cli.render.annexes import annexes, opened
from danvan_cli.render.blocks import BlockPrinter
from danvan_cli.render.content import (
    Content,
    ListLine,
    PrintedSignature,
    Recipients,
)
from danvan_cli.render.sections import FilledBlock

LEFT_BLANK = Text("de_trong")


def content_of(
    locality: Locality, programme: Programme, outline: Outline, change: DocumentChange | None
) -> tuple[Content, tuple[Finding, ...]]:
    """The document `outline` of the unit, as `change` of its file has it, and what was found."""
    change = change or DocumentChange()
    problems: list[Finding] = []
    editor, headed = opened(locality, outline, change, problems)
    values = editor.values
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
        phu_luc=tuple(annexes(headed, programme, editor, body)),
    )
    editor.check_printed(made.printed())
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
