"""Which documents a unit has, the content of each, and each of them as a finished file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.fill import unfilled
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Programme
from danvan_cli.models.outline import Outline
from danvan_cli.models.profile import DocumentChange, Profile, Signer
from danvan_cli.nodes import Text
from danvan_cli.problems import not_made, unknown_document, unknown_post
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, filled, prose
from danvan_cli.render.annexes import annexes, editor_of
from danvan_cli.render.blocks import BlockPrinter
from danvan_cli.render.content import Content, ListLine, PrintedSignature, Recipients
from danvan_cli.render.numbers import issued_on, number_values, wrong_numbers
from danvan_cli.render.sections import FilledBlock
from danvan_cli.render.template import load_template, render
from danvan_cli.text import slug
from danvan_cli.word.pack import SIGNED_APART, SOURCE

LEFT_BLANK = Text("de_trong")
# Without its validator, which is slow to make.
_NO_CHANGE = DocumentChange.model_construct()


def content_of(
    locality: Locality,
    programme: Programme,
    outline: Outline,
    change: DocumentChange | None,
    numbers: Mapping[str, Prose],
) -> tuple[Content, tuple[Finding, ...]]:
    """The document `outline` of the unit, as `change` of its file has it, and what was found.

    `numbers` are those of the unit's documents (see `number_values`).
    """
    change = change or _NO_CHANGE
    problems: list[Finding] = []
    editor, headed = editor_of(locality, outline, change, numbers, problems)
    values = editor.values
    editor.check()
    body = editor.sections(outline.khoi)
    printer = BlockPrinter(locality, programme, outline, change.hinh_thuc, body, problems)
    blocks = tuple(printer.blocks())
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
        noi_dung=blocks,
        noi_nhan=_recipients(locality, editor.sections(outline.noi_nhan))
        if outline.signed
        else Recipients(),
        ky=_signature(locality, outline, change.nguoi_ky, problems)
        if outline.signed
        else PrintedSignature(),
        ky_cung=_signature(locality, outline, joint.nguoi_ky, problems)
        if outline.signed and joint is not None
        else PrintedSignature(),
        phu_luc=tuple(annexes(headed, programme, editor, blocks)),
    )
    editor.check_printed(made.printed())
    problems.extend(unfilled(made.proses(), locality))
    return made, tuple(problems)


def _recipients(locality: Locality, sections: tuple[FilledBlock, ...]) -> Recipients:
    dash = by_rule("- ", reasons.BULLET)
    lines = tuple(ListLine(line.ma, dash + line.chu) for line in _listed(sections))
    return Recipients(prose(locality.catalogue.wording.nhan_noi_nhan, Origin.CATALOGUE), lines)


def _signature(
    locality: Locality, outline: Outline, own_signer: Signer | None, problems: list[Finding]
) -> PrintedSignature:
    wording = locality.catalogue.wording
    signer = own_signer or locality.profile.nguoi_ky or Signer.model_construct(ho_ten=LEFT_BLANK)
    posts = wording.posts
    wanted = wording.post(signer.chuc_vu or outline.ky or next(iter(posts)))
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


NAME_LENGTH = 50


@dataclass(frozen=True)
class Draft:
    """A document of a unit before it is a file: its name, its template, its content.

    `about` is what the properties of the file say; `enclosed` are the documents that it issues
    and that stand in its file.
    """

    kind: str
    name: str
    template: str
    content: Content
    change: DocumentChange | None
    about: Mapping[str, str] = field(default_factory=dict)
    enclosed: tuple[Draft, ...] = ()

    def texts(self) -> tuple[Draft, ...]:
        """This document, then those in the same file."""
        return (self, *self.enclosed)

    def shares(self) -> Counter[Origin]:
        """How many of its words come from where."""
        return sum((text.content.shares() for text in self.texts()), Counter())

    def rendered(self, templates: Path) -> bytes:
        """The finished .docx, from the template in the folder `templates`.

        Raises:
            TemplateError: the template cannot be read or filled.
        """
        made_on = issued_on(self.change)
        return render(
            load_template(templates / self.template),
            self.content,
            enclosed=tuple(text.content for text in self.enclosed),
            made_on=made_on,
            about=self.about,
        )


def document_kinds(locality: Locality) -> list[str]:
    """The kinds of document the unit makes, in the order they are issued."""
    if locality.profile.loai_van_ban:
        return [str(kind) for kind in locality.profile.loai_van_ban]
    return every_kind(locality)


def every_kind(locality: Locality) -> list[str]:
    """The kinds of document a unit like this may make, whichever its own file chooses."""
    made = dict.fromkeys(
        str(o.loai)
        for o in locality.catalogue.outlines
        if o.mac_nhien is None and locality.holds(o.ap_dung)
    )
    return [kind for kind in locality.catalogue.document_kinds if kind in made]


def documents_of(
    locality: Locality, programme: Programme, kinds: Iterable[str]
) -> tuple[tuple[Draft, ...], tuple[Finding, ...]]:
    """The documents of `kinds` for the unit, with every finding met in making them."""
    made: list[Draft] = []
    kinds = list(kinds)
    kinds = _with_companions(locality, kinds) if _one_file(locality) else kinds
    findings: list[Finding] = [*_unknown_documents(locality, kinds), *wrong_numbers(locality)]
    numbers = number_values(locality)
    for kind in kinds:
        change = change_for(locality, kind)
        outline = outline_for(locality, kind, change)
        if outline is None:
            continue
        content, found = content_of(locality, programme, outline, change, numbers)
        findings += found
        name = f"{_stem(locality, kind)}.docx"
        about = _about(locality, outline, change)
        made.append(Draft(kind, name, outline.mau, content, change, about))
    return tuple(_joined(locality, made) if _one_file(locality) else made), tuple(findings)


def _one_file(locality: Locality) -> bool:
    return locality.profile.gop_tep == "co"


def _issuer_of(locality: Locality, kind: str) -> str:
    """The kind of document that issues the unit's document of this kind; "" if none."""
    outline = outline_for(locality, kind, change_for(locality, kind))
    return outline.issued_by if outline is not None else ""


def _with_companions(locality: Locality, kinds: Iterable[str]) -> list[str]:
    """`kinds` with those that stand in one file with them, in the order they are issued."""
    asked = set(kinds)
    issuers = {kind: _issuer_of(locality, kind) for kind in document_kinds(locality)}
    asked |= {issuer for kind, issuer in issuers.items() if kind in asked and issuer in issuers}
    asked |= {kind for kind, issuer in issuers.items() if issuer in asked}
    order = [*locality.catalogue.document_kinds]
    return sorted(asked, key=lambda kind: order.index(kind) if kind in order else len(order))


def _joined(locality: Locality, documents: list[Draft]) -> list[Draft]:
    """`documents`, those that another issues put into its file."""
    issuers = {d.kind: _issuer_of(locality, d.kind) for d in documents}
    made = []
    for document in documents:
        if issuers[document.kind] in issuers:
            continue
        own = tuple(d for d in documents if issuers[d.kind] == document.kind)
        made.append(replace(document, enclosed=own))
    return made


def change_for(locality: Locality, kind: str) -> DocumentChange | None:
    """What the unit's file says of its document of this kind."""
    return next((c for k, c in locality.profile.van_ban.items() if k == kind), None)


def outline_for(locality: Locality, kind: str, change: DocumentChange | None) -> Outline | None:
    """The outline the unit's document of this kind follows: the one its file names, else the default."""
    outlines = [o for o in locality.catalogue.outlines if o.loai == kind]
    if change is not None and change.mau_chu is not None:
        return next((o for o in outlines if o.ma == change.mau_chu), None)
    return next((o for o in outlines if o.mac_nhien is None and locality.holds(o.ap_dung)), None)


def _unknown_documents(locality: Locality, asked: Iterable[str]) -> Iterable[Finding]:
    outlines = locality.catalogue.outlines
    kinds = list(dict.fromkeys(str(o.loai) for o in outlines))
    for kind in (*locality.profile.loai_van_ban, *locality.profile.van_ban):
        if kind not in kinds:
            yield unknown_document(kind, kind.place, kinds)
    for kind, change in locality.profile.van_ban.items():
        if kind in kinds and change.mau_chu is not None:
            names = [str(o.ma) for o in outlines if o.loai == kind]
            if change.mau_chu not in names:
                yield unknown_document(change.mau_chu, change.mau_chu.place, names)
    made = {*asked, *document_kinds(locality)}
    for kind, change in locality.profile.van_ban.items():
        if kind in kinds and kind not in made and change.edits:
            yield not_made(kind, kind.place)


def _stem(locality: Locality, kind: str) -> str:
    """ASCII, short enough with its endings: offices' systems take names of 50 characters."""
    tail = f"-{kind}-{locality.catalogue.edition.nam}"
    room = NAME_LENGTH - len(tail) - len(".docx")
    return slug(locality.unit.ma)[:room].rstrip("-") + tail


def _about(locality: Locality, outline: Outline, change: DocumentChange | None) -> dict[str, str]:
    """What the properties of a file say: whose document it is, of what kind, by which catalogue."""
    catalogue = locality.catalogue
    profile = locality.profile
    source = PurePath(profile.place.path).name if _says_more(profile) else ""
    return {
        **({SOURCE: source} if source else {}),
        **({SIGNED_APART: "co"} if change is not None and change.nguoi_ky else {}),
        "don_vi": str(locality.unit.ma),
        "loai_van_ban": str(outline.loai),
        "dan_y": str(outline.ma),
        "danh_muc": f"{catalogue.city.ma}/{catalogue.edition.nam}",
        "van_tay_danh_muc": catalogue.fingerprint,
    }


def _says_more(profile: Profile) -> bool:
    """Whether a unit's file says more than whose it is, so that the catalogue alone is not enough."""
    given = {name for name in type(profile).model_fields if getattr(profile, name)}
    signer, facts = profile.nguoi_ky, profile.dac_diem
    if signer is not None and signer.ho_ten == LEFT_BLANK and not signer.chuc_vu:
        given.discard("nguoi_ky")
    if facts is not None and not (facts.co or facts.khong):
        given.discard("dac_diem")
    return bool(given - {"don_vi", "ten", "loai", "danh_muc"})
