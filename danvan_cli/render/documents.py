"""Which documents a unit has, and each of them as a finished file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from danvan_cli.findings import Finding
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Programme
from danvan_cli.models.outline import Outline
from danvan_cli.models.profile import DocumentChange
from danvan_cli.problems import unknown_document
from danvan_cli.prose import Origin
from danvan_cli.render.content import Content
from danvan_cli.render.context import content_of
from danvan_cli.render.numbers import issued_on, wrong_numbers
from danvan_cli.render.template import load_template, render
from danvan_cli.text import slug

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
    kinds = _with_companions(locality, kinds) if _one_file(locality) else kinds
    findings: list[Finding] = [*_unknown_documents(locality), *wrong_numbers(locality)]
    for kind in kinds:
        change = change_for(locality, kind)
        outline = outline_for(locality, kind, change)
        if outline is None:
            continue
        content, found = content_of(locality, programme, outline, change)
        findings += found
        name = f"{_stem(locality, kind)}.docx"
        about = _about(locality, outline)
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


def _unknown_documents(locality: Locality) -> Iterable[Finding]:
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


def _stem(locality: Locality, kind: str) -> str:
    """ASCII, short enough with its endings: offices' systems take names of 50 characters."""
    tail = f"-{kind}-{locality.catalogue.edition.nam}"
    room = NAME_LENGTH - len(tail) - len(".docx")
    return slug(locality.unit.ma)[:room].rstrip("-") + tail


def _about(locality: Locality, outline: Outline) -> dict[str, str]:
    """What the properties of a file say: whose document it is, of what kind, by which catalogue."""
    catalogue = locality.catalogue
    return {
        "don_vi": str(locality.unit.ma),
        "loai_van_ban": str(outline.loai),
        "dan_y": str(outline.ma),
        "danh_muc": f"{catalogue.city.ma}/{catalogue.edition.nam}",
        "van_tay_danh_muc": catalogue.fingerprint,
    }
