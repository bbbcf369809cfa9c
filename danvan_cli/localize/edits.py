"""Changes of text and of lists, as a unit's file writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from danvan_cli.findings import Finding
from danvan_cli.localize.agencies import localized
from danvan_cli.localize.fill import filled_prose
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Assigned
from danvan_cli.localize.select import assigned
from danvan_cli.models.profile import ListEdit, TextEdit
from danvan_cli.nodes import Text
from danvan_cli.problems import not_a_member, unknown_agency, words_not_found
from danvan_cli.prose import Origin, Prose, prose
from danvan_cli.text import fold


def own_text(text: Text, values: Mapping[str, Prose]) -> Prose:
    """`text` of the unit's file with its placeholders filled."""
    return filled_prose(prose(text, Origin.UNIT), values)


def edited(
    text: Prose, edit: TextEdit, locality: Locality, subject: str, problems: list[Finding]
) -> Prose:
    """`text` as `edit` makes it; words that do not stand there once go to `problems`."""
    if edit.moi is not None:
        text = own_text(edit.moi, locality.values)
    changes: list[tuple[Text, Prose]] = [
        (old, own_text(new, locality.values)) for old, new in edit.thay.items()
    ]
    changes += [(old, Prose()) for old in edit.bot]
    for old, new in changes:
        wanted = str(own_text(old, locality.values))
        start, times = str(text).find(wanted), str(text).count(wanted)
        if times != 1:
            problems.append(words_not_found(wanted, old.place, subject, times, str(text)))
            continue
        text = text.replaced(start, start + len(wanted), new)
    return text


def edited_list(
    agencies: tuple[Assigned, ...],
    edit: ListEdit,
    locality: Locality,
    subject: str,
    problems: list[Finding],
) -> tuple[Assigned, ...]:
    """`agencies` as `edit` makes them, by member; a member that is not there goes to `problems`."""

    def own(refs: tuple[Assigned, ...]) -> tuple[Assigned, ...]:
        made = localized(refs, locality, (), subject, problems, chosen=True)
        return tuple(_of_unit(a) for a in made)

    if edit.has("moi"):
        agencies = own(assigned(edit.moi, Origin.UNIT))
    members = [a.ma for a in agencies]
    for name in (*edit.bot, *edit.thay):
        ma = locality.book.resolve(name)
        if ma is None:
            problems.append(unknown_agency(name, name.place, locality.book.nearest(name)))
        elif ma not in members:
            problems.append(not_a_member(name, name.place, subject, members))
    swaps = {
        locality.book.resolve(old): assigned(new, Origin.UNIT) for old, new in edit.thay.items()
    }
    gone = {locality.book.resolve(name) for name in edit.bot}
    made: list[Assigned] = []
    for agency in agencies:
        if agency.ma in swaps:
            made.extend(own(swaps[agency.ma]))
        elif agency.ma not in gone:
            made.append(agency)
    made.extend(own(assigned(edit.them, Origin.UNIT)))
    each: dict[tuple[str, str], Assigned] = {}
    for agency in made:
        each.setdefault((agency.ma, str(agency.vai_tro)), agency)
    return tuple(each.values())


def _of_unit(agency: Assigned) -> Assigned:
    name = Prose(
        tuple(replace(p, origin=Origin.UNIT, place=agency.place) for p in agency.ten.pieces)
    )
    return replace(agency, ten=name)


def base_mark(*texts: object) -> str:
    """Dấu gốc: eight hex digits of what a change stands on; the same for the same words."""
    folded = "\n".join(fold(str(text)) for text in texts)
    return hashlib.sha256(folded.encode()).hexdigest()[:8]
